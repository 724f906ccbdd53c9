"""Objects of TypeScript and JavaScript that describe a tool beside what runs it -> the tools that a model is given."""

from __future__ import annotations

import re
from typing import Any

from poc_gate.inputs.repository.code.effects import effect_of_tool
from poc_gate.inputs.repository.code.trees.syntax.tree_nodes import callee_of, named, plain_of, text_of
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.model.claim import Place

_RUNS = frozenset({"handler", "execute", "run", "invoke", "call", "func", "handle"})
"""What runs a tool, beside its description."""
_DESCRIBES = frozenset({"definition", "schema", "spec", "declaration", "function", "tool"})
_GIVEN_TOGETHER = frozenset({"functionDeclarations", "function_declarations"})
"""Under what Gemini is given the functions that it may call."""
_NAME = re.compile(r"[\w.-]{2,60}")
_OF_OBJECT = re.compile(r"[\"']?type[\"']?\s*:\s*(?:[\"'](?:object|OBJECT)[\"']|(?:\w+\.)?OBJECT\b)")
_LISTS_TOOLS = re.compile(
    r"(?i)^(?:get_?|create_?|build_?)?(?:\w*_)?tool_?(?:definitions?|defs|schemas?|specs?)$|^tools$"
)
"""Names of methods and constants that hold tools by their names."""
_BY_SCHEMA = re.compile(r"z\.object\(")
_HOLDERS = frozenset(
    {"variable_declarator", "method_definition", "function_declaration", "public_field_definition"}
)
_FAR = 4


def note_tool_at_hand(node: Any, place: Place, notes: Notes) -> None:
    """Note a tool that an object describes by name, purpose and parameters, beside what runs it or in a list for Gemini."""
    entries = _entries(node)
    name = plain_of(entries["name"])[0] if entries.get("name") is not None else None
    parameters = entries.get("parameters")
    if isinstance(name, str) and _NAME.fullmatch(name) and _runs_by_schema(node):
        notes.tool(name, *effect_of_tool(name), place)
        notes.technique("functions", f"{name} is a tool", place)
        return
    if not isinstance(name, str) or parameters is None or "description" not in entries:
        return
    if not _NAME.fullmatch(name) or not _OF_OBJECT.search(text_of(parameters)[:400]):
        return
    if _is_run(node) or _is_declared(node):
        notes.tool(name, *effect_of_tool(name), place)
        notes.technique("tools", f"{name} is a tool", place)


def _runs_by_schema(node: Any) -> bool:
    """Say whether an object describes itself, has a schema, and runs: `{ name, schema, getDescription, execute }`."""
    held = members(node)
    return "schema" in held and "execute" in held and any("escription" in one for one in held)


def note_tool_by_key(node: Any, place: Place, notes: Notes) -> None:
    """Note a tool that a table describes under its name: `getToolDefinitions() { return { find: { description, schema } } }`."""
    entries = _entries(node)
    schema = entries.get("schema", entries.get("parameters", entries.get("inputSchema")))
    pair = node.parent
    if schema is None or not _BY_SCHEMA.match(text_of(schema)[:40]) or pair is None or pair.type != "pair":
        return
    holder = pair.parent
    for _ in range(_FAR):
        holder = holder.parent if holder is not None else None
        if holder is None or holder.type in _HOLDERS:
            break
    if holder is None or holder.type not in _HOLDERS:
        return
    name = named(pair)[0]
    if _LISTS_TOOLS.match(text_of(holder.child_by_field_name("name"))) and _NAME.fullmatch(name):
        notes.tool(name, *effect_of_tool(name), place)
        notes.technique("tools", f"{name} is a tool", place)


def _is_run(node: Any) -> bool:
    """Say whether what runs a tool stands in its description or beside it, or follows it in a call that takes both."""
    if _RUNS & members(node).keys() or _is_added(node):
        return True
    pair = node.parent
    beside = (
        pair.parent if pair is not None and pair.type == "pair" and named(pair)[0] in _DESCRIBES else None
    )
    return beside is not None and bool(_RUNS & members(beside).keys())


_ADDS = re.compile(r"(?:^|\.)(?:add|register|define|set)_?(?:Client)?Tool$", re.IGNORECASE)
_FUNCTIONS = frozenset({"arrow_function", "function_expression", "identifier", "member_expression", "function"})  # fmt: skip


def _is_added(node: Any) -> bool:
    """Say whether a call takes a description and a function after it: `client.addTool({ name, parameters }, async () => ...)`."""
    given = node.parent
    if given is None or given.type != "arguments" or given.parent is None:
        return False
    after = [one for one in given.named_children if one.start_byte > node.start_byte]
    return bool(after) and after[0].type in _FUNCTIONS and _ADDS.search(callee_of(given.parent)) is not None


def _is_declared(node: Any) -> bool:
    """Say whether an object is a function that Gemini is given: in its list, or of the type that it has for them."""
    holder = node.parent
    if holder is not None and holder.type == "array":
        holder = holder.parent
        return holder is not None and holder.type == "pair" and named(holder)[0] in _GIVEN_TOGETHER
    if holder is None or holder.type != "variable_declarator":
        return False
    return "FunctionDeclaration" in text_of(holder)[:120].partition("=")[0]


def members(node: Any) -> dict[str, Any]:
    """Return an object's entries by their names, with methods and what is named alone, which have no value."""
    names = _entries(node)
    for child in node.named_children[:40]:
        if child.type == "method_definition":
            names[text_of(child.child_by_field_name("name"))] = None
        elif child.type.startswith("shorthand"):
            names[text_of(child)] = None
    return names


def _entries(node: Any) -> dict[str, Any]:
    return dict(named(pair) for pair in node.named_children[:40] if pair.type == "pair")


_STEP = re.compile(r"\bclass\s+\w+(?:\([^)]*\))?\s*:\s*[^{]*\bKernelProcessStep\b")


def is_a_step(method: Any) -> bool:
    """Say whether a function of a kernel is a step of a process, which events start and no model picks."""
    owner = method.parent
    while owner is not None and owner.type != "class_declaration":
        owner = owner.parent
    return owner is not None and _STEP.search(text_of(owner)[:1_000].partition("{")[0]) is not None


def name_among(node: Any, arguments: Any) -> tuple[str, bool]:
    """Return the name that a call gives a tool: the first text, or a `name` among its options; and whether a parameter holds it."""
    name = ""
    for argument in arguments[:3]:
        plain, _ = plain_of(argument)
        if isinstance(plain, str) and re.fullmatch(r"[\w-]{2,60}", plain):
            return plain, False
        for pair in argument.named_children if argument.type == "object" else ():
            key, value = named(pair)
            if key in {"name", "id"} and value is not None and isinstance(plain_of(value)[0], str):
                name = str(plain_of(value)[0])
            elif key == "name" and value is not None and value.type == "identifier" and _is_given(node, text_of(value)):  # fmt: skip
                return "", True
    return name, False


def _is_given(node: Any, name: str) -> bool:
    """Say whether a name is a parameter of the method or function around a node."""
    around = node.parent
    while around is not None:
        given = around.child_by_field_name("parameters")
        if given is not None and re.search(rf"\b{re.escape(name)}\b", text_of(given)[:400]):
            return True
        around = around.parent
    return False
