"""Agents for Amazon Bedrock AgentCore -> those that no settings of its starter toolkit start, beside others that they do."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SETTINGS = re.compile(r"(?:^|/)\.bedrock_agentcore[\w.-]*\.ya?ml$")
_STARTS = re.compile(r"(?m)^[ \t]*entrypoint:[ \t]*[\"']?(?:[^\s\"'#]*/)?(?P<file>[\w-]+\.py)\b")
_APP = re.compile(r"\bBedrockAgentCoreApp\(")
_ENTERED = re.compile(r"(?m)^@\w+\.entrypoint\b")


def unstarted_agents(texts: Sequence[tuple[str, str]]) -> frozenset[str]:
    """Return the programs of AgentCore that none of the settings in their folder starts, and no other file writes the name of.

    Only where one of the folder is started: elsewhere the settings are not in the checkout.
    """
    started: dict[str, set[str]] = {}
    for path, text in texts:
        if _SETTINGS.search(path):
            started.setdefault(path.rpartition("/")[0], set()).update(_STARTS.findall(text))
    programs: dict[str, set[str]] = {}
    for path, text in texts if started else ():
        folder, _, name = path.rpartition("/")
        if folder in started and name.endswith(".py") and _APP.search(text) and _ENTERED.search(text):
            programs.setdefault(folder, set()).add(name)
    idle = {
        f"{folder}/{name}".lstrip("/")
        for folder, names in programs.items()
        if names & started[folder]
        for name in names - started[folder]
    }
    return frozenset(path for path in idle if not _is_named(path, texts))


def _is_named(path: str, texts: Sequence[tuple[str, str]]) -> bool:
    stem = path.rpartition("/")[2].removesuffix(".py")
    word = re.compile(
        rf"(?:from|import)[ \t]+(?:[\w.]+\.)?{re.escape(stem)}\b|(?<![\w-]){re.escape(stem)}(?:\.py\b|:app\b)"
    )
    return any(other != path and stem in text and word.search(text) for other, text in texts)
