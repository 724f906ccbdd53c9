"""Which Python files can say anything: by plain words in one pass, since most files of a checkout say nothing."""

from __future__ import annotations

from poc_gate.inputs.repository.tables.calls.table import ROOTS
from poc_gate.inputs.repository.tables.estimators import ROOTS_OF_ESTIMATORS
from poc_gate.inputs.repository.tables.frameworks import PIPELINES, SCHEDULES, SERVES, TRACES
from poc_gate.text.lazy_pattern import lazily
from poc_gate.text.plain_words import PlainWords

_PACKAGES = frozenset(
    {
        *ROOTS, *ROOTS_OF_ESTIMATORS, *(name.partition(".")[0] for name in (*SERVES, *SCHEDULES, *PIPELINES)), *TRACES, "boto3", "aioboto3", "googleapiclient",
        "huggingface_hub", "requests", "httpx", "aiohttp", "pydantic_settings", "pickle", "joblib", "mlflow", "pandas", "torchvision",
        "keras", "torch", "tensorflow", "sagemaker", "modal", "fastmcp",
    }
)  # fmt: skip
"""Counted where they are imported."""
_PLAIN = frozenset(
    {
        "create_engine", "create_async_engine", "engine_from_config", "prompt_tokens", "input_tokens", "environ", "getenv",
        "BaseSettings", "BaseTool", "TOOLS.values()", "@tool", "(Tool)", ".add_tool(", "service_client(", "service_resource(", "aws_client(", "aws_resource(", "boto3_client(", "boto_client(",
        "strands_tools", ".tools[", "@regist_tool", "@register_tool", "@agent_tool", "@llm_tool", "@ai_tool", "@assistant_tool", "@expose_tool", "@define_tool", "@as_tool", "@add_tool",
        ".tool(", ".tool\n", ".tool\r\n", ".tool_plain",
    }
)  # fmt: skip
"""Counted wherever they are."""
_ENUM = "Enum"
_ASSIGNED = (
    "model", "chunk", "overlap", "topk", "top_k", "embed", "timeout", "max_tokens", "base_url", "dimension", "_cost", "price", "threshold", "history", "retries", "deployment",
)  # fmt: skip
"""Counted in any case where a name that holds them gets a value."""
_GETS_A_VALUE = lazily(r"\w*\s*(?:=(?!=)|:(?![ \t]*(?:#|\r?\n)))")
"""Neither a comparison nor the colon at the end of `for price in prices:` gives a name a value."""
_IMPORTED = lazily(r"[ \t]*(?:from|import)[ \t]+\Z")
_BASE = lazily(r"\(\s*(?:str\s*,\s*)?(?:Str)?Enum\s*\)")
_BEFORE_BASE = 200
"""Characters in which the list of a class's bases begins before `Enum`."""
_LOOKED_FOR = PlainWords((*sorted(_PACKAGES), *sorted(_PLAIN - _PACKAGES), _ENUM))
_LOOKED_FOR_IN_NAMES = PlainWords(_ASSIGNED)


def is_worth_parsing(text: str) -> bool:
    """Say whether a Python file can say anything."""
    if any(_counts(text, word, at) for word, at in _LOOKED_FOR.places_in(text)):
        return True
    small = text.lower()
    names = _LOOKED_FOR_IN_NAMES.places_in(small)
    if any(_GETS_A_VALUE.match(small, at + len(word)) for word, at in names):
        return True
    return _OBJECT.search(text) is not None and _SCHEMA.search(text) is not None


_OBJECT = lazily(r"[\"']type[\"']\s*:\s*[\"']object[\"']")
_SCHEMA = lazily(
    r"(?:[\"'](?:parameters|input_schema|inputSchema)[\"']\s*:|\b(?:parameters|input_schema)\s*=)\s*\{"
)
"""What describes the arguments of a tool to a model."""


def _counts(text: str, word: str, at: int) -> bool:
    if word in _PACKAGES:
        end = at + len(word)
        begin = text.rfind("\n", 0, at) + 1
        whole = not (text[end : end + 1].isalnum() or text[end : end + 1] == "_")
        return whole and _IMPORTED.match(text, begin, at) is not None
    if word == _ENUM:
        begin = max(0, at - _BEFORE_BASE)
        return any(found.end() > at for found in _BASE.finditer(text, begin, at + _BEFORE_BASE))
    return True
