"""Models in Python that stand in for another one, or that a caller can ask instead -> they are not the one that answers."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.notes import Notes

_INSTEAD = "configurable_alternatives"
"""Method of LangChain's objects that names what a caller can ask instead, each under a key of its own."""
_AFTER = "with_fallbacks"
"""Method of LangChain's objects that names what is asked when they fail."""


def weigh_alternatives(tree: ast.Module, file: TextFile, notes: Notes, first_line: int) -> None:
    """Let models that are alternatives to another one count less, and those that follow when it fails be fallbacks."""
    if not (_INSTEAD in file.text or _AFTER in file.text):
        return
    made = {name.id: node.value for node in ast.walk(tree) if isinstance(node, ast.Assign) for name in node.targets if isinstance(name, ast.Name)}  # fmt: skip
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        method = node.func.attr
        for one in _given(node) if method in {_INSTEAD, _AFTER} else ():
            shown = made.get(one.id, one) if isinstance(one, ast.Name) else one
            _weigh(shown, method, file, notes, first_line)


def _given(node: ast.Call) -> Iterator[ast.expr]:
    """Yield what a call is given, the members of lists one by one."""
    for one in (*node.args, *(keyword.value for keyword in node.keywords)):
        yield from one.elts if isinstance(one, ast.List | ast.Tuple) else (one,)


def _weigh(node: ast.expr, method: str, file: TextFile, notes: Notes, first_line: int) -> None:
    lines = range(node.lineno + first_line, (node.end_lineno or node.lineno) + first_line + 1)
    models = notes.signals.models
    for index, one in enumerate(models):
        if one.role != "chat" or one.place.file != file.path or one.place.line not in lines:
            continue
        models[index] = one._replace(role="fallback") if method == _AFTER else one._replace(weight=min(one.weight, 2))  # fmt: skip
