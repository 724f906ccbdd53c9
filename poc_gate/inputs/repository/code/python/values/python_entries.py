"""A literal dictionary in Python -> the keys that are plain texts, and the value of one of them."""

from __future__ import annotations

import ast


def keys_of(node: ast.Dict) -> list[str]:
    """Return the keys that are plain texts."""
    return [key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]


def entry_named(node: ast.Dict, name: str) -> ast.expr | None:
    """Return the first value under a key, or None."""
    pairs = zip(node.keys, node.values, strict=True)
    return next((value for key, value in pairs if getattr(key, "value", None) == name), None)
