"""A dictionary in Python that describes a tool to a model -> the tool."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.effects import effect_of_tool
from poc_gate.inputs.repository.code.python.tools.python_tool_functions import effect_in_file
from poc_gate.inputs.repository.code.python.values.python_arguments import written_at
from poc_gate.inputs.repository.code.python.values.python_entries import entry_named
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes
from poc_gate.inputs.repository.code.python.values.python_values import worth
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.model.claim import Place


def note_described_function(
    node: ast.Dict, keys: list[str], scopes: Scopes, notes: Notes, place: Place
) -> None:
    """Note a tool that a dictionary describes to a model: its name, what it is for, and a schema of its arguments.

    A model that is forced to one tool only gives its answer a form.
    """
    schema = next((key for key in ("parameters", "input_schema", "inputSchema") if key in keys), "")
    if not schema or not {"name", "description"} <= set(keys) or is_forced(notes):
        return
    inner = entry_named(node, schema)
    if isinstance(inner, ast.Dict) and isinstance(held := entry_named(inner, "json"), ast.Dict):
        inner = held  # as Bedrock is told it
    values = inner.values if isinstance(inner, ast.Dict) else []
    of_object = any(isinstance(value, ast.Constant) and value.value == "object" for value in values)
    name = described_tool(node, scopes)
    if of_object and re.fullmatch(r"[\w.-]{2,60}", name):
        effect, why = effect_in_file(name, scopes)
        notes.tool(name, effect, why, place)


def note_described_constant(name: str, value: ast.expr, scopes: Scopes, notes: Notes) -> None:
    """Note the name under which a file keeps the description of a tool, which lists in other files write."""
    if not isinstance(value, ast.Dict) or is_forced(notes):
        return
    kind = entry_named(value, "type")
    is_function = isinstance(kind, ast.Constant) and kind.value == "function"
    tool = described_tool(value, scopes) if is_function else ""
    if re.fullmatch(r"[\w.-]{2,60}", tool):
        place = written_at(value, notes)
        notes.tool(tool, *effect_of_tool(tool), place, function=name)


def is_forced(notes: Notes) -> bool:
    """Say whether a file forces a model to one tool, which then only gives its answer a form."""
    return notes.file.shows(_FORCED)


_FORCED = re.compile(
    r"tool_?choice[\"']?\s*[:=]\s*\{|function_call[\"']?\s*[:=]\s*\{|\bforced?_tool(?:_call|_name|_use)?\s*=\s*(?:[\"']\w|[A-Z][A-Z_]+\b)"
)


def described_tool(node: ast.Dict, scopes: Scopes) -> str:
    """Return the name in a description of a tool: `{"name": ...}`, or the one under `function`."""
    for key, value in zip(node.keys, node.values, strict=True):
        if not isinstance(key, ast.Constant):
            continue
        if key.value == "name":
            found = worth(value, scopes).value
            return found if isinstance(found, str) else ""
        if key.value == "function" and isinstance(value, ast.Dict):
            return described_tool(value, scopes)
    return ""
