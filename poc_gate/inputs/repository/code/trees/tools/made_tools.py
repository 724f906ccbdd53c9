"""A call that makes a tool, or a function of the program's own that does -> the tool, by its name."""

from __future__ import annotations

import re
from typing import Any

from poc_gate.inputs.repository.code.effects import effect_of_tool
from poc_gate.inputs.repository.code.trees.syntax.tree_nodes import named, text_of
from poc_gate.inputs.repository.code.trees.tools.named_tools import members, name_among
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.other_calls.table import OTHER_CALLS
from poc_gate.model.claim import Place

_OF_ITS_OWN = re.compile(r"this\.\w+\(")
"""A method of the class itself; `this.server.tool(` is one of a server that it keeps."""
_RUN_WHEN_ASKED = frozenset({"execute", "handler"})
_SCHEMAS = frozenset({"parameters", "inputSchema", "input_schema", "schema"})
_TAKES = re.compile(r"(?:z|v|Type|Schema)\.")


def note_made_tool(callee: str, node: Any, arguments: Any, place: Place, notes: Notes) -> None:
    """Note a tool that a function of the program's own makes of a description, a schema and what runs it: `find: makeTool({...})`."""
    if len(arguments) != 1 or arguments[0].type != "object" or "." in callee or callee in OTHER_CALLS:
        return
    entries = members(arguments[0])
    takes = any(_TAKES.match(text_of(entries[key])[:40]) for key in _SCHEMAS & entries.keys() if entries[key] is not None)  # fmt: skip
    if _RUN_WHEN_ASKED & entries.keys() and "description" in entries and takes:
        note_tool(node, arguments, place, notes)


def note_tool(node: Any, arguments: Any, place: Place, notes: Notes) -> None:
    """Note a tool by its name: the first text, a `name` among its options, or the key or variable that holds it."""
    if any(argument.type == "spread_element" for argument in arguments[:1]) or _OF_ITS_OWN.match(text_of(node)[:80]):  # fmt: skip
        return  # it is called, not made; or a method of the program's own makes it, and is read where it stands
    name, unread = name_among(node, arguments)
    if unread:
        notes.technique("tools", "tools are made by their names", place)
        return  # whoever calls the maker says the name
    holder = _holder_of(node)
    if holder is not None and holder == node.parent and holder.type == "variable_declarator":
        notes.constant("name", named(holder)[0], place)  # a list that leaves it out gives it to no model
    held = "" if name else _by_constant(arguments) or _held_by(holder)
    name = name or _name_of_holder(holder)
    if name:
        effect, why = effect_of_tool(name)
        notes.tool(name, effect, why, place, approved=_is_approved(arguments))
        notes.held_in(held)
        notes.technique("tools", f"{name} is a tool", place)


_WRAPS = frozenset(
    {
        "arrow_function",
        "parenthesized_expression",
        "return_statement",
        "statement_block",
        "await_expression",
    }
)


def _holder_of(node: Any) -> Any:
    """Return what holds a call, functions that return it at once passed over."""
    holder = node.parent
    while holder is not None and holder.type in _WRAPS:
        holder = holder.parent
    return holder


_CONSTANT = re.compile(r"[A-Z][\w$]*(?:\.[A-Za-z_$][\w$]*)?")


def _by_constant(arguments: Any) -> str:
    """Return the constant, in brackets, that holds the name of a tool among its options: `makeTool({ name: SEARCH_TOOL })`."""
    pairs = (pair for one in arguments[:3] if one.type == "object" for pair in one.named_children)
    given = (text_of(value)[:80] for key, value in map(named, pairs) if key == "name" and value is not None)
    return next((f"[{one}]" for one in given if _CONSTANT.fullmatch(one)), "")


def _held_by(holder: Any) -> str:
    """Return the variable that holds a tool, or the constant in brackets that is its key; empty for other holders."""
    if holder is not None and holder.type == "variable_declarator":
        return named(holder)[0]
    key = holder.child_by_field_name("key") if holder is not None and holder.type == "pair" else None
    return text_of(key) if key is not None and key.type == "computed_property_name" else ""


def _name_of_holder(holder: Any) -> str:
    """Return the key, or the name of the variable, under which a tool is kept; empty for other holders."""
    if holder is None or holder.type not in {"variable_declarator", "pair"}:
        return ""
    name = named(holder)[0]
    if holder.type == "variable_declarator" and len(name) > len("Tool") + 2:
        return name.removesuffix("Tool")  # mostly the key under which a model is given it
    return name


def _is_approved(arguments: Any) -> bool:
    """Say whether a person must agree before a tool runs, by its options."""
    pairs = (pair for one in arguments[:3] if one.type == "object" for pair in one.named_children)
    given = (value for key, value in map(named, pairs) if key == "needsApproval")
    return any(value is not None and value.type != "false" for value in given)
