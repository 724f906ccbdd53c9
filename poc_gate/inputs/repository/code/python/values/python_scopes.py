"""Names of a module in Python -> the expressions that they were given, from the inside out."""

from __future__ import annotations

import ast
from collections.abc import Mapping

DEEPEST = 12


class OfClass(dict[str, ast.expr]):
    """Names of a class's body, which its methods do not see."""


class Scopes:
    """Names that an expression may use: of functions, from the inside out, then of classes and of the module."""

    def __init__(self, imports: Mapping[str, str]) -> None:
        """Start with the names that the module imports."""
        self.imports = imports
        self.stack: list[dict[str, ast.expr]] = [{}]
        self.classes: dict[str, dict[str, ast.expr]] = {}
        self.functions: dict[str, ast.FunctionDef | ast.AsyncFunctionDef] = {}
        self.defaults: set[int] = set()
        """Expressions that are defaults of parameters, by identity; the tree keeps them alive."""

    def find(self, name: str) -> ast.expr | None:
        """Return the expression that a name was given last, from the inside out; a class's own names only in its body."""
        for depth, scope in enumerate(reversed(self.stack)):
            if name in scope and not (depth and isinstance(scope, OfClass)):
                return scope[name]
        return None


def resolved(node: ast.AST, scopes: Scopes) -> ast.AST | None:
    """Return what a name or an entry of a literal dictionary stands for; the node itself for anything else."""
    current: ast.AST | None = node
    for _ in range(DEEPEST):
        if isinstance(current, ast.Name):
            found = scopes.find(current.id)
            if found is None or found is current:
                return None
            current = found
        elif isinstance(current, ast.Subscript) and isinstance(current.slice, ast.Constant):
            table = resolved(current.value, scopes) if isinstance(current.value, ast.Name) else None
            current = _entry_of(table, current.slice.value)
        else:
            return current
    return None


def _entry_of(table: ast.AST | None, wanted: object) -> ast.expr | None:
    """Return what a literal dictionary holds under a key; None for anything else."""
    if not isinstance(table, ast.Dict):
        return None
    for key, value in zip(table.keys, table.values, strict=True):
        if isinstance(key, ast.Constant) and key.value == wanted:
            return value
    return None
