"""Arguments of a call in Python -> what they give: an expression, a text, an address, a place."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes
from poc_gate.inputs.repository.code.python.values.python_values import worth
from poc_gate.inputs.repository.noting.notes import INFERRED, STATED, Notes
from poc_gate.inputs.repository.reading import Certainty
from poc_gate.inputs.repository.tables.providers import is_region
from poc_gate.model.claim import Place


def argument_of(node: ast.Call, names: tuple[str, ...]) -> ast.expr | None:
    """Return the first of several keyword arguments that is given, or None."""
    given = {keyword.arg: keyword.value for keyword in node.keywords}
    return next((given[name] for name in names if name in given), None)


def text_of(node: ast.Call, names: tuple[str, ...], scopes: Scopes) -> str:
    """Return a keyword argument as text, empty where it is none."""
    value = worth(argument_of(node, names), scopes).value
    return value if isinstance(value, str) else ""


def region_of(node: ast.AST | None, scopes: Scopes) -> tuple[str, Certainty]:
    """Return the region that an expression names, empty for none, and how sure that is.

    One that is only taken where a variable is not set, or where a caller gives no other, is inferred.
    """
    found = worth(node, scopes)
    text = found.value if isinstance(found.value, str) and is_region(found.value) else ""
    usual = found.default or (found.ref is not None and found.ref.kind == "env")
    return text, INFERRED if usual else STATED


def written_at(node: ast.expr | ast.stmt, notes: Notes) -> Place:
    """Return where a node of the file is written."""
    return Place(notes.file.path, node.lineno, node.col_offset + 1)


def place_of(node: ast.AST | None, place: Place) -> Place:
    """Return where a node is written, or the place that stands in for it."""
    line = getattr(node, "lineno", 0)
    return Place(place.file, line + 0, getattr(node, "col_offset", 0) + 1) if line else place


_ORIGIN = re.compile(r"(?:https?|wss)://[\w.-]+(?::\d+)?(?=[/?])")


def begins_with(node: ast.AST, scopes: Scopes) -> str:
    """Return the host's address that a text with parts to put in begins with, or an empty text."""
    bound = scopes.find(node.id) if isinstance(node, ast.Name) else node
    first = bound.values[0] if isinstance(bound, ast.JoinedStr) and bound.values else None
    plain = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""
    match = _ORIGIN.match(plain)
    return match[0] if match else ""
