"""Marks of tools in languages and files without a syntax tree here -> how a tool's name is found; a new one is one row."""

from __future__ import annotations

import re
from typing import NamedTuple

from poc_gate.text.lazy_pattern import lazily


class ToolMark(NamedTuple):
    """How a tool is marked, and where its name is."""

    word: str
    """Plain text that a file with such a mark holds."""
    home: re.Pattern[str]
    """What must be named in the file for the mark to make a tool."""
    pattern: re.Pattern[str]
    """With the group `name` where the mark itself says the name, or `names` where it lists several in quotes."""
    function: re.Pattern[str] | None
    """How the function below a mark without a name begins; None where the mark always says it."""
    serves: bool
    """A server offers it; no model of the pilot's own picks it."""


def _row(word: str, home: str, pattern: str, function: str = "", *, serves: bool = False) -> ToolMark:
    return ToolMark(word, lazily(home), lazily(pattern, re.MULTILINE), lazily(function) if function else None, serves)  # fmt: skip


_SAID = r"(?:\s*\(\s*name\s*=\s*\"(?P<name>[\w.-]+)\")?"
_KOTLIN = (
    _row("@McpTool", r"springframework\.ai", r"^[ \t]*@McpTool\b" + _SAID, r"\bfun\s+(?P<name>\w+)\s*\(", serves=True),
    _row("@Tool", r"springframework\.ai|langchain4j|quarkiverse|koog|embabel", r"^[ \t]*@Tool\b" + _SAID, r"\bfun\s+(?P<name>\w+)\s*\("),
)  # fmt: skip
_RUST = (
    _row("impl Tool for", r"\brig(?:_core)?::", r"^[ \t]*impl(?:<[^>\n]*>)?\s+(?:\w+::)*Tool\s+for\b", r"const NAME:\s*&(?:'static\s+)?str\s*=\s*\"(?P<name>[\w.-]+)\""),
    _row("#[tool", r"\brmcp::", r"^[ \t]*#\[tool\b(?!_)(?:\s*\([^)]*?\bname\s*=\s*\"(?P<name>[\w.-]+)\")?", r"\bfn\s+(?P<name>\w+)\s*[<(]", serves=True),
)  # fmt: skip
_TYPESCRIPT = (
    _row("ToolDefinition", r"from\s+[\"'][./]*tools(?:\.js)?[\"']", r"^export const [\w$]+\s*:\s*ToolDefinition\b[^=\n]*=\s*\{\s*name:\s*[\"'](?P<name>[\w.-]+)[\"']", serves=True),
)  # fmt: skip
"""Servers of tools that a generator makes from an OpenAPI description: one file for each operation."""
_PHP = (
    _row("Tool::as(", r"\bPrism\b", r"\bTool::as\(\s*[\"'](?P<name>[\w.-]+)[\"']"),
    _row("extends Tool", r"\bNeuronAI\b|\bPrism\b", r"^[ \t]*(?:final )?class \w+ extends Tool\b", r"(?:->as\(|name:\s*|parent::__construct\(\s*)[\"'](?P<name>[\w.-]+)[\"']"),
)  # fmt: skip
_GIVEN = r"\b\w*[tT]ools\b\s*(?:[:=]|\.(?:push|append)\()"
_OF_TYPE = r"[{{,(]\s*[\"']?type[\"']?\s*:\s*[\"'](?P<name>{})(?:_\d{{4,8}}(?:_\d\d_\d\d)?)?[\"'](?:\s+as const)?\s*(?:\}}|,(?!\s*[\"']?(?:title|url|link|snippet|source|results?|content|text|status)[\"']?\s*[:,}}]))"
"""How an entry of a list says what kind of tool it is; beside a title or an address it says where a finding is from."""
_DATED = r"[{{,(]\s*[\"']?type[\"']?\s*:\s*[\"'](?P<name>{})_\d{{8}}[\"']"
"""The same with the date that Anthropic gives each of its tools."""
_OF_GEMINI = r"(?:\bTool\(\s*|[\[{,(]\s*\{?\s*[\"']?)(?P<name>google_?[sS]earch(?:_?[rR]etrieval)?|url_?[cC]ontext|code_?[eE]xecution|google_?[mM]aps)[\"']?\s*[:=]\s*(?:\{\s*\}|(?:\w+\.)*(?:GoogleSearch|UrlContext|ToolCodeExecution|GoogleMaps)\w*\(|\{\s*[\"']?dynamic_?[rR]etrieval)"
"""What a model of Google may use by itself, as a key of its tools: `{ googleSearch: {} }`, `Tool(google_search=GoogleSearch())`."""
_GOOGLE = r"(?i)gemini|@google/gen|google\.gen|google import genai|vertexai"
_BUILT_IN = (
    _row("web_fetch", _GIVEN, _DATED.format("web_fetch")),
    _row("code_execution", _GIVEN, _DATED.format("code_execution")),
    _row("bash_", _GIVEN, _DATED.format("bash")),
    _row("oogle", _GOOGLE, _OF_GEMINI),
    _row("web_search", _GIVEN, _OF_TYPE.format("web_search(?:_preview)?")),
    _row("file_search", _GIVEN, _OF_TYPE.format("file_search")),
    _row("code_interpreter", _GIVEN, _OF_TYPE.format("code_interpreter")),
    _row("computer_use_preview", _GIVEN, _OF_TYPE.format("computer_use_preview")),
    _row("computer_call", _GIVEN, _OF_TYPE.format("computer")),
    _row("image_generation", _GIVEN, _OF_TYPE.format("image_generation")),
)  # fmt: skip
"""Tools that the provider of a model runs, or whose form it knows: their type is their name."""
_ON_A_PAGE = (
    _row("onClientTool", r"\bonClientTool\b", r"(?<![\w.])(?:(?:invocation|tool|toolCall|call)\.)?name\s*===?\s*[\"'](?P<name>[\w-]{2,60})[\"']"),
    _row("onClientTool", r"\bonClientTool\b(?:(?!\bonClientTool\b)[\s\S])*?\bswitch\s*\(\s*(?:\w+\.)?name\s*\)", r"^[ \t]*case\s+[\"'](?P<name>[\w-]{2,60})[\"']\s*:"),
)  # fmt: skip
"""Tools that a page runs for an agent which is set up elsewhere, by the name that it compares."""
_SQL_AGENT = (
    _row("tool_spec", r"(?i)\bCREATE\s+(?:OR\s+REPLACE\s+)?(?:CORTEX\s+)?AGENT\b", r"^[ \t]*-\s*tool_spec:\s*\n(?:[ \t]+type:[^\n]*\n)?[ \t]+name:\s*[\"']?(?P<name>[\w.-]+)"),
)  # fmt: skip
"""Tools in the specification of an agent that a database keeps."""
_LETS_HAVE = (
    _row("allowedTools", r"claude-(?:agent-sdk|code)\b", r"\ballowedTools\s*:\s*\[(?P<names>[^\]]{1,4000})\]"),
    _row("allowed_tools", r"[\"']?\btype[\"']?\s*:\s*[\"']mcp[\"']", r"\ballowed_tools[\"']?\s*:\s*\[(?P<names>[^\]]{1,4000})\]"),
)  # fmt: skip
"""Tools that an agent brings along or a server keeps, where a list says which of them it may call."""
TOOL_MARKS = {
    ".php": _PHP,
    ".kt": _KOTLIN,
    ".rs": _RUST,
    ".ts": (*_TYPESCRIPT, *_BUILT_IN, *_ON_A_PAGE, *_LETS_HAVE),
    **dict.fromkeys((".tsx", ".js", ".jsx", ".mjs"), (*_BUILT_IN, *_ON_A_PAGE, *_LETS_HAVE)),
    ".py": (*_BUILT_IN, *_SQL_AGENT),
    ".sql": _SQL_AGENT,
}
"""Ending of a file in small letters -> the marks of its language."""
