"""A hosted model's name -> whether it holds one version, can move to another, or leaves that open."""

from __future__ import annotations

import re
from functools import lru_cache

_DATED = re.compile(
    r"20\d\d-?[01]\d-?[0-3]\d|-\d{4}$|-00\d(?:$|-)|-v\d+:\d+$|@[\w.]*\d|-(?:0[1-9]|1[0-2])[0-3]\d$|-(?:0[1-9]|1[0-2])-(?:20)?2\d(?:$|\D)|-2[4-9](?:0[1-9]|1[0-2])$|-[01]\d[0-3]\d-preview$|[:@](?:sha256:)?[0-9a-f]{40,64}$"
)
_MOVES = re.compile(r"(?i)latest|(?<!-[01]\d[0-3]\d-)preview$|-exp$")
_ONE_VERSION = re.compile(
    r"(?i)(?:^|[./])claude-[a-z]+-(?:4-[6-9]|(?:[5-9]|\d\d)(?:-\d{1,2})?)(?:-v\d)?$|(?:^|/)claude-(?:2\.[01]|instant-1\.\d)$"
)
"""From the 4.6 generation on, an identifier of Anthropic without a date is one version, not an alias, on its own API, Bedrock
and Google's cloud alike (https://platform.claude.com/docs/en/about-claude/models/model-ids-and-versions)."""
_ALIASES = re.compile(
    r"(?ix)(?:^|[./])(?:"
    r"gpt-[345][\w.]*(?:-(?:turbo|mini|nano|pro|codex|audio|realtime|search))*(?:-(?:16|32)k)?|chatgpt-[\w.-]+|o[1345](?:-(?:mini|pro))?|gpt-(?:realtime|audio)(?:-mini)?"
    r"|claude-(?:3(?:-[57])?-)?(?:opus|sonnet|haiku)(?:-4(?:-[0-5])?)?|claude-instant|claude"
    r"|gemini-(?:pro|ultra|1\.[05]|2\.0)(?:-[a-z]+)*|text-bison|chat-bison"
    r"|deepseek-(?:chat|reasoner|coder)|(?:open-)?(?:mistral|codestral|pixtral|magistral|devstral|ministral)(?:-(?:tiny|small|medium|large|nemo))?"
    r"|command(?:-(?:r|r-plus|light|nightly))?|grok-\d(?:-(?:mini|fast))*|grok-beta|qwen-(?:max|plus|turbo|long|flash)|sonar(?:-[a-z]+)*|moonshot-v1-\w+"
    r")$"
)
"""Names that their providers move to a newer version: OpenAI, Anthropic before 4.6, Google before 2.5, DeepSeek, Mistral, Cohere,
xAI, Qwen, Perplexity and Moonshot say so in their lists of models. Names of open weights are left open."""


_OF_THE_INTERFACE = re.compile(r"(?i)20\d\d-[01]\d-[0-3]\d-preview")


def is_of_the_interface(version: str) -> bool:
    """Say whether a version is one of the interface of Azure OpenAI, a whole date before `preview`: models have none of the kind."""
    return _OF_THE_INTERFACE.fullmatch(version) is not None


@lru_cache(maxsize=4_096)
def can_move(name: str) -> bool | None:
    """Say whether a provider can move a hosted model's name to another version; None where the name leaves that open."""
    if _MOVES.search(name):
        return True
    if _DATED.search(name) or _ONE_VERSION.search(name):
        return False
    return True if _ALIASES.search(name) else None


def is_dated(name: str) -> bool:
    """Say whether a name carries a date or a revision, so that it cannot move."""
    return bool(_DATED.search(name)) and not _MOVES.search(name)
