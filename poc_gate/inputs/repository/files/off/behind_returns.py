"""Statements of Python that stand behind a return or a raise of the same block -> their lines: nothing runs them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from poc_gate.inputs.repository.files.off.off import Off
from poc_gate.text.documents.python_text import parse_python

_MAY = re.compile(r"(?m)^([ \t]+)(?:return|raise)\b[^\n]*\n(?:[ \t]*(?:#[^\n]*)?\n)*\1(?!(?:el(?:se|if)|except|finally|case|def|class|async def)\b)[A-Za-z_]")  # fmt: skip
_WHY = "it stands behind a return, so that nothing runs it"
_LARGEST = 256 << 10
_ENDS = (ast.Return, ast.Raise)
_DEFINES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def behind_returns(texts: Sequence[tuple[str, str]]) -> list[Off]:
    """Return the lines of such statements."""
    return [
        one
        for path, text in texts
        if path.endswith(".py") and len(text) <= _LARGEST and _MAY.search(text)
        for one in _left(path, text)
    ]


def _left(path: str, text: str) -> Iterator[Off]:
    try:
        tree = parse_python(text)
    except ValueError:
        return
    for node in ast.walk(tree):
        for block in (getattr(node, "body", None), getattr(node, "orelse", None), getattr(node, "finalbody", None)):  # fmt: skip
            if not isinstance(block, list):
                continue
            at = next((number for number, one in enumerate(block) if isinstance(one, _ENDS)), len(block))
            rest = block[at + 1 :]
            if rest and not isinstance(rest[0], _DEFINES):
                last = rest[-1]
                yield Off(path, rest[0].lineno, last.end_lineno or last.lineno, _WHY)
