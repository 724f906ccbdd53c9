"""Classes in Python that derive from a library's tool -> the tool of an agent that they say they are."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.effects import effect_of_tool
from poc_gate.inputs.repository.code.python.python_tools import calls_and_texts
from poc_gate.inputs.repository.code.python.python_values import Scopes, dotted_name, worth
from poc_gate.inputs.repository.code.python.python_walk import members_of
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.model.claim import Place

_BASE = re.compile(r"Tool(?:Base)?$|^Base\w*Tool")
_UNNAMED = re.compile(r"(?i)(?:name of (?:my|the|your) tool|my_?(?:custom_?)?tool|your_?tool\w*)$")
"""What templates write where a tool's name belongs."""


def note_tool_class(node: ast.ClassDef, tree: ast.Module, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note a class that is a tool: it derives from a library's and says its name."""
    bases = [dotted_name(base).rpartition(".")[2] for base in node.bases]
    if not any(_BASE.search(base) and _is_of_others(base, tree) for base in bases):
        return
    name = worth(members_of(node).get("name") or _by_property(node), scopes).value
    if isinstance(name, str) and name and not name.startswith(("_", "invalid")) and not _UNNAMED.match(name):
        effect, why = effect_of_tool(name, *calls_and_texts(node))
        notes.tool(name, effect, why, place)
        notes.technique("tools", f"{name} is a tool", place)


def _by_property(node: ast.ClassDef) -> ast.expr | None:
    """Return what the property `name` of a class returns, where that is all it does."""
    for one in node.body:
        if isinstance(one, ast.FunctionDef) and one.name == "name" and one.decorator_list:
            last = one.body[-1]
            return last.value if isinstance(last, ast.Return) else None
    return None


def _is_of_others(base: str, tree: ast.Module) -> bool:
    """Say whether a base class comes from a library, itself or by the class of this file that derives from one.

    A class of the file's own that only describes what people can choose makes no tool of what derives from it.
    """
    seen: set[str] = set()
    while base not in seen:
        seen.add(base)
        own = next((one for one in tree.body if isinstance(one, ast.ClassDef) and one.name == base), None)
        if own is None:
            return True
        names = (dotted_name(one).rpartition(".")[2] for one in own.bases)
        base = next((name for name in names if _BASE.search(name)), base)
    return False
