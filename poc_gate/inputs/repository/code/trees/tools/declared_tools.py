"""Methods, classes, descriptions and lists that declare tools in TypeScript, Java, Go or C# -> the tools."""

from __future__ import annotations

import re
from typing import Any

from poc_gate.inputs.repository.code.effects import effect_of_tool
from poc_gate.inputs.repository.code.trees.syntax.tree_nodes import named, plain_of, text_of
from poc_gate.inputs.repository.code.trees.tools.named_tools import (
    is_a_step,
)
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.model.claim import Place

_SAYS_NAME = re.compile(
    r"@DefineKernelFunction\s*\(\s*(?:description\s*=\s*\"[^\"]*\"\s*,\s*)?name\s*=\s*\"([A-Za-z][\w-]{1,60})\"|(?:KernelFunction|McpServerTool)\(\s*(?:Name\s*=\s*|name:\s*)?\"([A-Za-z][\w-]{1,60})\"|@(?:Mcp)?Tool\s*\([^)]*?\bname\s*=\s*\"([A-Za-z][\w-]{1,60})\""
)
"""A mark that gives a tool another name than its method has."""
_SETS_OF_TOOLS = frozenset({"ToolCallbackProvider", "MethodToolCallbackProvider", "List<ToolCallback>", "ToolCallback[]"})  # fmt: skip
"""What a method returns that makes a set of tools."""
_PLAIN = frozenset({"method_declaration", "local_function_statement"})
_BY_CONSTANT = re.compile(r"@?(?:Mcp)?Tool\s*\(\s*name\s*=\s*(?:\w+\.)?([A-Z][A-Z0-9_]+)\b")


def _by_constant(node: Any, file: TextFile) -> str:
    """Return the name that a constant of the file gives a tool: `@McpTool(name = GET_ISSUE)`; or an empty text."""
    said = _BY_CONSTANT.match(text_of(node)[:300])
    given = re.search(rf"\b{said[1]}\s*=\s*\"([\w.-]{{2,60}})\"", file.text) if said else None
    return given[1] if given else ""


def note_tool_method(node: Any, place: Place, notes: Notes) -> None:
    """Note the method below an annotation that makes it a tool of an agent."""
    method = node
    for _ in range(3):
        method = method.parent
        if method is None or method.type in _PLAIN:
            break
    if method is None or method.type not in _PLAIN or is_a_step(method):
        return
    if text_of(method.child_by_field_name("type")) in _SETS_OF_TOOLS:
        return  # it only gathers what other classes declare
    said = _SAYS_NAME.match(text_of(node)[:300])
    name = next((part for part in said.groups() if part), "") if said else _by_constant(node, notes.file)
    name = name or text_of(method.child_by_field_name("name")).removesuffix("Async")
    calls = [text_of(inner)[:120].partition("(")[0] for inner in _calls_in(method)]
    if name:
        effect, why = effect_of_tool(name, calls)
        notes.tool(name, effect, why, place)
        at_hand = text_of(node).lstrip("@").startswith(("KernelFunction", "DefineKernelFunction"))
        notes.technique("functions" if at_hand else "tools", f"{name} is a tool", place)


_IS_A_TOOL = re.compile(r"\bextends\s+(?:Structured|Dynamic|DynamicStructured)?Tool\b")


def note_tool_of_class(node: Any, name: str, place: Place, notes: Notes) -> None:
    """Note a class of LangChain.js that is a tool: it derives from one, and a field says its name."""
    body = node.parent
    holder = body.parent if body is not None else None
    if holder is None or "@langchain/core" not in notes.file.text or not re.fullmatch(r"[\w.-]{2,60}", name):
        return
    if not _IS_A_TOOL.search(text_of(holder)[:300].partition("{")[0]):
        return
    calls = [text_of(inner)[:120].partition("(")[0] for inner in _calls_in(holder)]
    effect, why = effect_of_tool(name, calls)
    notes.tool(name, effect, why, place)
    notes.technique("functions", f"{name} is a tool", place)


_HEIR = re.compile(r"\bextends\s+[\w.]*Tool(?:Base)?\b")


def note_tool_of_heir(node: Any, name: str, place: Place, notes: Notes) -> None:
    """Note a tool whose class derives from the program's own: `class Count extends StoreTool { static toolName = "count" }`."""
    body = node.parent
    holder = body.parent if body is not None else None
    if holder is None or not re.fullmatch(r"[\w.-]{2,60}", name):
        return
    if _HEIR.search(text_of(holder)[:300].partition("{")[0]):
        calls = [text_of(inner)[:120].partition("(")[0] for inner in _calls_in(holder)]
        notes.tool(name, *effect_of_tool(name, calls), place)
        notes.technique("functions", f"{name} is a tool", place)


def _calls_in(method: Any) -> list[Any]:
    found: list[Any] = []
    pending = [method]
    while pending and len(found) < 200:
        node = pending.pop()
        if node.type in {"method_invocation", "invocation_expression", "call_expression"}:
            found.append(node)
        pending += node.named_children
    return found


_TEMPLATES = re.compile(r"(?i)(?:^|[/_-]|tools?)(?:templates?|presets?|samples?|examples?)\.\w+$")
"""Files of tools that people may choose and fill in: none of them is given to a model as it stands."""


def note_described_tool(node: Any, place: Place, notes: Notes) -> None:
    """Note a tool that an object describes to a model: `{ type: "function", function: { name } }`, or with the name beside the type."""
    entries = dict(named(pair) for pair in node.named_children[:40] if pair.type == "pair")
    kind = plain_of(entries["type"])[0] if entries.get("type") is not None else None
    inner = entries.get("function")
    if kind != "function" or _TEMPLATES.search(place.file):
        return
    if inner is not None and inner.type == "object":
        entries = dict(named(pair) for pair in inner.named_children[:40] if pair.type == "pair")
    name = plain_of(entries["name"])[0] if entries.get("name") is not None else None
    name = name or _of_table(entries.get("name"), place.file, notes)
    if not isinstance(name, str) or _is_forced(name, _held_as(node), notes.file.text):
        return
    if "parameters" in entries and re.fullmatch(r"[\w-]{2,60}", name):
        effect, why = effect_of_tool(name)
        notes.tool(name, effect, why, place)
        notes.technique("tools", f"{name} is a tool", place)


_FORCES = re.compile(r"\btool_?[cC]hoice[\"']?\s*:\s*\{(?P<inside>(?:[^{}]|\{[^{}]*\}){1,400})\}")
_NAMED_SO = re.compile(r"\bname\s*:\s*(?:[\"'`](?P<text>[\w-]+)[\"'`]|(?P<holder>[A-Za-z_$][\w$]*)\.function\.name\b)")  # fmt: skip


def _is_forced(name: str, holder: str, text: str) -> bool:
    """Say whether a file forces a model to that tool, by its name or by what holds it: it then only gives an answer its form."""
    forced = [said for match in _FORCES.finditer(text) if (said := _NAMED_SO.search(match["inside"]))]
    return any(said["text"] == name or (holder and said["holder"] == holder) for said in forced)


def _held_as(node: Any) -> str:
    """Return the variable that holds an object; empty for none."""
    while node is not None and node.type in {"object", "satisfies_expression", "as_expression"}:
        node = node.parent
    return text_of(node.child_by_field_name("name")) if node is not None and node.type == "variable_declarator" else ""  # fmt: skip


_OF_TABLE = re.compile(r"([A-Za-z_]\w*)\.(\w+)")


def _of_table(node: Any, file: str, notes: Notes) -> str:
    """Return the text that an object of the file keeps under a name: `TOOL_NAMES.getOrder`; or an empty text."""
    said = _OF_TABLE.fullmatch(text_of(node)[:120]) if node is not None and file == notes.file.path else None
    if said is None:
        return ""
    table = re.search(
        rf"\b(?:const|let|var)\s+{said[1]}\b[^=\n]{{0,120}}=\s*\{{([^{{}}]{{1,4000}})\}}", notes.file.text
    )
    found = re.search(rf"\b{said[2]}\s*:\s*[\"']([\w-]{{2,60}})[\"']", table[1]) if table else None
    return found[1] if found else ""


SCHEMAS = frozenset({"inputSchema", "inputShape", "input_schema"})
"""What describes the arguments of a tool beside its name."""
_TOOL_SERVERS = re.compile(
    r"modelcontextprotocol|ListTools|\bMCP\b|\bmcp\b|input_schema|ToolAnnotations|\btoolSpec\b|\breadOnlyHint\b|\bdestructiveHint\b"
)


def note_listed_tool(node: Any, place: Place, notes: Notes) -> None:
    """Note a tool that an object of a list describes: `{ name, description, inputSchema }`, or with hints on what it does."""
    entries = dict(named(pair) for pair in node.named_children[:40] if pair.type == "pair")
    hinted = entries.get("annotations") is not None and "Hint" in notes.file.text
    name = plain_of(entries["name"])[0] if entries.get("name") is not None else None
    name = name or _by_name(entries.get("name"), node, notes.file.text)
    if (
        isinstance(name, str)
        and "description" in entries
        and (hinted or any(text_of(entries[one]) != "undefined" for one in SCHEMAS & set(entries)))
        and re.fullmatch(r"[\w./-]{2,60}", name)
        and notes.file.shows(_TOOL_SERVERS)
    ):
        notes.tool(name, *effect_of_tool(name), place)
        if holder := _kept_under(node):
            notes.constant("name", holder, place)


def _kept_under(node: Any) -> str:
    """Return the constant that holds an object, or what it is a part of: `export const readTool = {...}`; empty for none."""
    while node is not None and node.type != "variable_declarator":
        node = node.parent
    top = node.parent.parent if node is not None and node.parent is not None else None
    exported = top is not None and top.type == "export_statement"
    return text_of(node.child_by_field_name("name")) if exported else ""


def _by_name(value: Any, node: Any, text: str) -> str:
    """Return the text that a constant of the file holds, which an object has as its name: `{ name, description }`; or an empty text."""
    short = [text_of(one) for one in node.named_children[:40] if one.type == "shorthand_property_identifier"]
    held = text_of(value) if value is not None else "name" if "name" in short else ""
    if not re.fullmatch(r"[A-Za-z_$][\w$]{0,60}", held):
        return ""
    found = re.findall(
        rf"\bconst\s+{re.escape(held)}(?:\s*:\s*string)?\s*=\s*[\"'`]([\w./-]{{2,60}})[\"'`]", text
    )
    return found[0] if len(found) == 1 else ""
