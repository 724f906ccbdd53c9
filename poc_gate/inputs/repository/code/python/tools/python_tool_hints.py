"""Hints of a tool in Python on whether it only reads -> its effect, where they say more than its name."""

from __future__ import annotations

import ast

from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes


def hinted(node: ast.expr | None, scopes: Scopes) -> str:
    """Return whether a tool only reads, by its hints: `decided` where a setting says it, an empty text where none does."""
    held = scopes.find(node.id) if isinstance(node, ast.Name) else node
    pairs: list[tuple[object, ast.expr]] = []
    if isinstance(held, ast.Dict):
        pairs = [
            (getattr(key, "value", None), value) for key, value in zip(held.keys, held.values, strict=True)
        ]
    elif isinstance(held, ast.Call):
        pairs = [(keyword.arg, keyword.value) for keyword in held.keywords]
    given = next((value for key, value in pairs if key in {"readOnlyHint", "read_only_hint"}), None)
    if given is None:
        return ""
    value = given.value if isinstance(given, ast.Constant) else None
    if value is True:
        return "reads"
    return "writes" if value is False else "decided"


def by_hint(hint: str, effect: str, why: str) -> tuple[str, str]:
    """Return the effect of a tool and the reason: by its hint, unless name or code say more than that it does not only read."""
    if not hint or (hint == "writes" and effect in {"writes", "irreversible"}):
        return effect, why
    return _BY_HINT[hint]


_BY_HINT = {
    "reads": ("reads", "its hint says that it only reads"),
    "writes": ("writes", "its hint says that it does not only read"),
    "decided": ("unknown", "a setting decides whether it only reads"),
}
"""What the hint of a tool says -> its effect and the reason."""
