"""Tables in Python that keep tools by their names -> the tools that an agent is given of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

from poc_gate.inputs.repository.code.effects import effect_of_tool
from poc_gate.inputs.repository.code.python.values.python_dotted_names import dotted_name
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.calls.library_tools import effect_of_library_tool
from poc_gate.model.claim import Place

_TABLE = re.compile(r"(?i)(?:^|[._])tools?(?:_?(?:registry|map|table|by_name))?$")
_MADE = re.compile(r"Tool\w*$")
_SAYS = frozenset({"handler", "func", "fn", "function", "callable", "parameters", "input_schema", "inputSchema"})  # fmt: skip
"""What an entry is given beside its purpose: what runs it, or the schema of its arguments."""
_GIVES = re.compile(r"^(?:get|load|build|create|make|all|default|available)_(?:\w+_)?tools$")
_OF_TOOLS = re.compile(r"^(?:strands_tools|langchain_community\.tools|crewai_tools|agno\.tools|smolagents)\b")
"""Packages whose members are tools."""
_NAME = re.compile(r"[\w.-]{2,60}")


def note_kept_tool(target: ast.Subscript, value: ast.expr | None, notes: Notes, place: Place) -> None:
    """Note a tool that is made as an entry of a table: `self.tools["find"] = DeskTool(name="find", description=..., handler=...)`."""
    key = target.slice
    if not isinstance(value, ast.Call) or not isinstance(key, ast.Constant) or not isinstance(key.value, str):
        return
    given = {one.arg for one in value.keywords}
    described = "description" in given and bool(given & _SAYS) and _MADE.search(dotted_name(value.func))
    runs = notes.standing is not Standing.SUPPORT
    if described and runs and _TABLE.search(dotted_name(target.value)) and _NAME.fullmatch(key.value):
        notes.tool(key.value, *effect_of_tool(key.value), place)
        notes.technique("tools", f"{key.value} is a tool", place)


def note_gathered_tools(
    node: ast.FunctionDef | ast.AsyncFunctionDef,
    scopes: Scopes,
    place: Callable[[ast.AST], Place],
    notes: Notes,
) -> None:
    """Note the tools of libraries that a function such as `get_tools` gathers in a table under the names that a model sees."""
    if not _GIVES.match(node.name):
        return
    for key, value in _entries(node):
        path = scopes.imports.get(value.id, "")
        if _OF_TOOLS.match(path) and _NAME.fullmatch(key):
            effect, why = effect_of_library_tool(path) or effect_of_tool(key)
            notes.tool(key, effect, why, place(value), function=value.id)
            notes.technique("tools", f"{key} is given to an agent", place(value))


def _entries(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[tuple[str, ast.Name]]:
    """Yield the entries of the tables that a function writes, each a name and what stands for the tool."""
    for one in ast.walk(node):
        for key, value in zip(one.keys, one.values, strict=True) if isinstance(one, ast.Dict) else ():
            if isinstance(key, ast.Constant) and isinstance(key.value, str) and isinstance(value, ast.Name):
                yield key.value, value
