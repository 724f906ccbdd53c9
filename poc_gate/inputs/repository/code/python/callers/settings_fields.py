"""A name -> the fields of classes in Python that are called so, with their defaults."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from poc_gate.inputs.repository.code.python.values.python_dotted_names import dotted_name
from poc_gate.inputs.repository.code.python.values.python_names import names_of


def fields_of(tree: ast.Module, name: str) -> Iterator[tuple[ast.ClassDef, ast.expr]]:
    """Yield the classes of a file that have a field of that name, each with what the field is where it is given nothing."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield from ((node, _default(value)) for given, value in names_of(node.body) if given == name)


def is_of_settings(node: ast.ClassDef) -> bool:
    """Say whether a class fills itself from the environment, so that its defaults stand where nothing is set there."""
    return any(dotted_name(base).endswith("BaseSettings") for base in node.bases)


def plain_default(value: ast.expr | None) -> ast.expr | None:
    """Return the default that a field of a class of fields is described with, `field(default=10)`; other values as they are."""
    if not isinstance(value, ast.Call) or dotted_name(value.func).rpartition(".")[2] != "field":
        return value
    return next((one.value for one in value.keywords if one.arg == "default"), value)


def _default(value: ast.expr) -> ast.expr:
    """Return the default that a field is described with, `Field(default=10, alias="LIMIT")`; other values as they are."""
    if not isinstance(value, ast.Call) or dotted_name(value.func).rpartition(".")[2] != "Field":
        return value
    named = next((one.value for one in value.keywords if one.arg == "default"), None)
    return named or (value.args[0] if value.args else value)
