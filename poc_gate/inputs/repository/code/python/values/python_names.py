"""The statements of a block of Python -> what its names are given."""

from __future__ import annotations

import ast
from collections.abc import Iterator

_PARTS = frozenset({"split", "rsplit", "partition", "rpartition"})
"""Methods that take a text apart: `provider, model = name.split("/", 1)`."""


def names_of(body: list[ast.stmt]) -> Iterator[tuple[str, ast.expr]]:
    """Yield each name that a block gives a value, with what it is given."""
    for statement in body:
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            yield from _given(statement.targets[0], statement.value)
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            yield from _given(statement.target, statement.value)


def _given(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple):
        yield from zip(_names_in(target), _unpacked(target, value), strict=True)


def _names_in(target: ast.Tuple) -> list[str]:
    return [one.id if isinstance(one, ast.Name) else "" for one in target.elts]


def _unpacked(target: ast.Tuple, value: ast.expr) -> list[ast.expr]:
    """Return what each name of a tuple is given: nothing that is known, unless the value is a tuple or a name in parts."""
    if isinstance(value, ast.Tuple) and len(value.elts) == len(target.elts):
        return value.elts
    unknown: list[ast.expr] = [ast.copy_location(ast.Constant(None), value) for _ in target.elts]
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr in _PARTS:
        unknown[-1] = value.func.value  # what it is called at its maker's, with the maker before it
    return unknown
