"""Constants by which libraries call models: `ChatModelGPT4oMini`, `GPT_4_O_MINI`, `ModelClaude3_7SonnetLatest` -> the model's name."""

from __future__ import annotations

import re
from functools import lru_cache

from poc_gate.inputs.repository.tables.models import read_model_name

_CONSTANT = re.compile(r"(?:[A-Za-z_][\w:]*(?:\.|::))+([A-Z][A-Za-z0-9_]{2,60})")
"""A member of a package or a class, whose own name says a model."""
_KIND = re.compile(r"^(?:Chat|Embedding)?Model(?=[A-Z])")
_PARTS = re.compile(r"[A-Z]{2,}(?=\d|_|$)|[A-Z]?[a-z]+|[A-Z]+|\d+")
_OTHER = frozenset({"model", "models", "key", "name", "deployment", "endpoint", "url", "tokens", "cost", "price", "id", "max", "limit"})  # fmt: skip
"""Parts of names that are of something about a model."""
_OLD = {
    "small-embedding-3": "text-embedding-3-small",
    "large-embedding-3": "text-embedding-3-large",
    "ada-embedding-v-2": "text-embedding-ada-002",
}
"""Names that one library turned round."""
_GPT = re.compile(r"^gpt-(?P<major>\d)(?:-dot)?(?:-(?P<minor>\d)(?=-|$))?(?:-(?P<omni>o)(?=-|$))?")
_VERSION = re.compile(r"^(gemini)-(\d)-(\d)(?=-|$)")
_REASONS = re.compile(r"^o-(\d)(?=-|$)")


@lru_cache(maxsize=4_096)
def model_of_constant(text: str) -> str:
    """Return the model that a constant's name says, or an empty text."""
    match = _CONSTANT.fullmatch(text) if len(text) < 120 else None
    if match is None:
        return ""
    said = _KIND.sub("", match[1])
    parts = re.sub(r"^GPT(?=\d)", "GPT_", said).split("_") if said.isupper() else _PARTS.findall(said)
    name = "-".join(part.lower() for part in parts if part)
    if not _OTHER.isdisjoint(name.split("-")):
        return ""
    name = _OLD.get(name, name)
    if found := _GPT.match(name):
        version = found["major"] + (f".{found['minor']}" if found["minor"] else "") + (found["omni"] or "")
        name = f"gpt-{version}{name[found.end() :]}"
    name = _REASONS.sub(r"o\1", _VERSION.sub(r"\1-\2.\3", name))
    return name if read_model_name(name) is not None and any(map(str.isdigit, name)) else ""


_OF_BEDROCK = {
    "ANTHROPIC_CLAUDE_HAIKU_V1_0": "anthropic.claude-3-haiku-20240307-v1:0",
    "ANTHROPIC_CLAUDE_SONNET_V1_0": "anthropic.claude-3-sonnet-20240229-v1:0",
    "ANTHROPIC_CLAUDE_OPUS_V1_0": "anthropic.claude-3-opus-20240229-v1:0",
    "ANTHROPIC_CLAUDE_3_5_SONNET_V1_0": "anthropic.claude-3-5-sonnet-20240620-v1:0",
    "ANTHROPIC_CLAUDE_3_5_SONNET_V2_0": "anthropic.claude-3-5-sonnet-20241022-v2:0",
    "ANTHROPIC_CLAUDE_3_5_HAIKU_V1_0": "anthropic.claude-3-5-haiku-20241022-v1:0",
    "ANTHROPIC_CLAUDE_3_7_SONNET_V1_0": "anthropic.claude-3-7-sonnet-20250219-v1:0",
    "TITAN_EMBED_TEXT_V1": "amazon.titan-embed-text-v1",
    "TITAN_EMBED_TEXT_V2_256": "amazon.titan-embed-text-v2:0",
    "TITAN_EMBED_TEXT_V2_512": "amazon.titan-embed-text-v2:0",
    "TITAN_EMBED_TEXT_V2_1024": "amazon.titan-embed-text-v2:0",
    "AMAZON_TITAN_EMBEDDINGS_G1_TEXT_V1": "amazon.titan-embed-text-v1",
}
"""Constants of the constructs for generative AI, as their source has them, whose names leave out a part of the model's."""
_WHOLE = re.compile(r"(ANTHROPIC|AMAZON|COHERE)_([A-Z0-9_]+?)(?:_V(\d+)(?:_(\d+))?)?")


def model_of_bedrock(constant: str) -> str:
    """Return the model of Bedrock that a constant of the AWS CDK names, such as `ANTHROPIC_CLAUDE_3_HAIKU_20240307_V1_0`, or an empty text."""
    if constant in _OF_BEDROCK:
        return _OF_BEDROCK[constant]
    match = _WHOLE.fullmatch(constant)
    if match is None or match[3] is None:
        return ""
    whole = (
        re.search(r"_20\d{6}$", match[2])
        or match[1] != "ANTHROPIC"
        or match[2] in {"CLAUDE", "CLAUDE_INSTANT"}
    )
    name = (
        f"{match[1]}.{match[2]}".lower().replace("_", "-")
        + f"-v{match[3]}"
        + (f":{match[4]}" if match[4] else "")
    )
    return name if whole and read_model_name(name) is not None else ""
