"""Go: methods of a type, or a value that describes it -> a tool of an agent."""

from __future__ import annotations

import re
from typing import Any

from poc_gate.inputs.repository.code.effects import effect_of_tool
from poc_gate.inputs.repository.code.trees.syntax.tree_nodes import place_of, plain_of, text_of
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.model.claim import Place

_RUNS = frozenset({"Call", "Run", "Execute", "Invoke", "InvokableRun", "StreamableRun"})
_NAME = re.compile(r"^[A-Za-z][\w.-]{1,60}$")
_CALLS = re.compile(r"\b([\w.]+)\(")


_DESCRIBES = re.compile(
    r"(?:^|[\]*.])(?:mcp\.Tool|protocol\.Tool|FunctionDefinition(?:Param)?|FunctionDeclaration|schema\.ToolInfo|llms\.FunctionDefinition)$"
)
"""Types whose values describe a tool to a model, or to a client that has one."""
_DEEP = 5
"""Nodes between a field and the value that it is of, an element of a list included."""


class GoTool:
    """What was seen of one type: the name it says, whether it is described and can be run, and what its code calls."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self.name, self.described, self.place = "", False, Place("")
        self.calls: list[str] = []
        self.runs = False


def note_go_tool(node: Any, tools: dict[str, GoTool], notes: Notes, place: Place) -> None:
    """Note a method; with the one that completes it, its type is noted as a tool."""
    receiver = text_of(node.child_by_field_name("receiver"))
    kind = receiver.strip("()").split()[-1:] or [""]
    method = text_of(node.child_by_field_name("name"))
    if not (method in _RUNS or method in {"Name", "Description"}):
        return
    tool = tools.setdefault(kind[0].lstrip("*"), GoTool())
    body = node.child_by_field_name("body")
    if method == "Name":
        said = _returned(body)
        if said and _NAME.match(said):
            tool.name, tool.place = said, place
    elif method == "Description":
        tool.described = True
    else:
        tool.runs = True
        tool.calls = _CALLS.findall(text_of(body)[:20_000])
    if tool.name and tool.described and tool.runs:
        effect, why = effect_of_tool(tool.name, tool.calls)
        notes.tool(tool.name, effect, why, tool.place)
        notes.technique("tools", f"{tool.name} is a tool", tool.place)


def note_go_description(node: Any, notes: Notes, file: str) -> None:
    """Note a tool that a value describes: `mcp.Tool{Name: "search", ...}`, with the name that a constant of the file gives."""
    if text_of(node.named_children[0]) != "Name":
        return
    holder = node.parent
    for _ in range(_DEEP):
        if holder is None or holder.type == "composite_literal":
            break
        holder = holder.parent
    kind = text_of(holder.child_by_field_name("type")) if holder is not None and holder.type == "composite_literal" else ""  # fmt: skip
    if not _DESCRIBES.search(kind):
        return
    value = node.named_children[-1]
    while value.type == "literal_element" and value.named_children:
        value = value.named_children[0]
    said = plain_of(value)[0]
    if value.type == "identifier":
        given = re.search(
            rf"\b{re.escape(text_of(value))}\s*(?:string\s*)?=\s*\"([\w.-]+)\"", notes.file.text
        )
        said = given[1] if given else None
    place = place_of(value, file)
    if isinstance(said, str) and _NAME.match(said):
        effect, why = effect_of_tool(said)
        notes.tool(said, effect, why, place)
    if not kind.endswith(("mcp.Tool", "protocol.Tool")):
        notes.technique("tools", f"{said or 'a function'} is a tool", place)


def _returned(body: Any) -> str:
    """Return the plain text that a body of one statement returns, or an empty text."""
    pending, seen = [body] if body is not None else [], 0
    while pending and seen < 20:
        node = pending.pop(0)
        seen += 1
        if node.type == "return_statement" and node.named_children:
            value = plain_of(node.named_children[0])[0]
            return value if isinstance(value, str) else ""
        pending += node.named_children
    return ""
