"""Lists and described objects in Python -> the names that they hold."""

from __future__ import annotations

import ast

from poc_gate.inputs.repository.code.python.values.python_dotted_names import dotted_name
from poc_gate.inputs.repository.code.python.values.python_scopes import DEEPEST, Scopes, resolved
from poc_gate.inputs.repository.code.python.values.python_values import argument_named, worth


def texts_of(node: ast.AST | None, scopes: Scopes, depth: int = 0) -> list[tuple[str, ast.AST]]:
    """Return the names that a list of functions or objects holds: of a literal list, or of the list a name was given."""
    if isinstance(node, ast.Name):
        bound = scopes.find(node.id)
        return texts_of(bound, scopes, depth + 1) if bound is not None and depth < DEEPEST else []
    if isinstance(node, ast.BinOp) and depth < DEEPEST:
        return texts_of(node.left, scopes, depth + 1) + texts_of(node.right, scopes, depth + 1)
    if isinstance(node, ast.IfExp) and depth < DEEPEST:
        return texts_of(_taken(node, scopes), scopes, depth + 1)
    if not isinstance(node, ast.List | ast.Tuple | ast.Set):
        return []
    found: list[tuple[str, ast.AST]] = []
    for item in map(_either, node.elts[:200]):
        if isinstance(item, ast.Attribute) and item.attr.isupper():
            continue  # a member of an enumeration stands for something else
        if isinstance(item, ast.Name | ast.Attribute):
            found.append((dotted_name(item).rpartition(".")[2], item))
        elif isinstance(item, ast.Starred) and depth < DEEPEST:
            found += texts_of(item.value, scopes, depth + 1)
    return found


def _taken(node: ast.IfExp, scopes: Scopes) -> ast.expr | None:
    """Return the list that a switch takes as it stands by default, where what it stands at can be read; None for others."""
    stands = _stands(node.test, scopes)
    return None if stands is None else node.body if stands else node.orelse


def _stands(test: ast.expr, scopes: Scopes) -> bool | None:
    """Return how a switch stands by default; with other conditions beside it, how it stands where they are met."""
    bound = scopes.find(test.id) if isinstance(test, ast.Name) else test
    if isinstance(bound, ast.BoolOp) and isinstance(bound.op, ast.And):
        parts = {_stands(one, scopes) for one in bound.values if not isinstance(one, ast.BoolOp)}
        return False if False in parts else True if True in parts else None
    stands = worth(test, scopes).value
    if stands is None and isinstance(bound, ast.Call) and dotted_name(bound.func).rpartition(".")[2] in _LOOKS_UP:  # fmt: skip
        stands = worth(argument_named(bound, "default") or next(iter(bound.args[1:2]), None), scopes).value
    if isinstance(stands, str):
        stands = {"true": True, "1": True, "false": False, "0": False, "": False}.get(stands.lower())
    return stands if isinstance(stands, bool) else None


_LOOKS_UP = frozenset({"get", "getenv", "getboolean", "get_bool", "get_value"})
"""What looks a setting up and is told what it stands at otherwise: `config.get("SEARCH", True)`."""


def _either(item: ast.expr) -> ast.expr:
    """Return one of two functions of the same name, whichever a condition takes: `quick.search if fast else full.search`."""
    if not isinstance(item, ast.IfExp):
        return item
    names = {dotted_name(one).rpartition(".")[2] for one in (item.body, item.orelse)}
    return item.orelse if len(names) == 1 and names != {""} else item


def described_model(node: ast.AST, scopes: Scopes) -> tuple[str, ast.AST] | None:
    """Return the name of the model that an object describes by `id`, `name` or `model`, and where it is written."""
    bound = resolved(node, scopes)
    if not isinstance(bound, ast.Call):
        return None
    node = bound
    for name in ("id", "model", "model_id", "model_name", "name"):
        found = worth(argument_named(node, name), scopes)
        if isinstance(found.value, str) and found.node is not None:
            return found.value, found.node
    return None
