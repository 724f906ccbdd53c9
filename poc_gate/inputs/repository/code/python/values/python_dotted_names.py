"""A chain of names in Python -> its name as written, in full, and as it is shown."""

from __future__ import annotations

import ast

from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes


def dotted_name(node: ast.AST) -> str:
    """Return `a.b.c` for a chain of attributes, calls and subscripts within it passed over; empty for anything else."""
    parts: list[str] = []
    while True:
        if isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        elif isinstance(node, ast.Name):
            parts.append(node.id)
            return ".".join(reversed(parts))
        elif isinstance(node, (ast.Call, ast.Subscript)):
            node = node.func if isinstance(node, ast.Call) else node.value
        else:
            return ".".join(reversed(parts)) if parts else ""


def full_name(node: ast.AST, scopes: Scopes) -> str:
    """Return the dotted name of an expression with the module's imports resolved."""
    name = dotted_name(node)
    head, dot, rest = name.partition(".")
    return f"{scopes.imports[head]}{dot}{rest}" if head in scopes.imports else name


def shown_name(name: str) -> str:
    """Return the class of a class method, the method otherwise: `PGVectorStore` of `PGVectorStore.from_params`."""
    parts = name.split(".")
    named = next((part for part in reversed(parts) if part[:1].isupper()), "")
    return named or parts[-1]
