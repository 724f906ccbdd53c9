"""A call of TypeScript, Java, Go or C# that looks up a variable of the environment -> its name and its default."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from poc_gate.inputs.repository.code.trees.syntax.tree_nodes import plain_of, text_of
from poc_gate.inputs.repository.files.text_file import TextFile

_LOOKS_UP = re.compile(
    r"(?i)(?:get|read|require|must|load|lookup)?_?(?:required|optional|mandatory)?_?env(?:ironment)?_?(?:variable|var|value)?"
    r"_?(?:as_?)?(?:int(?:eger)?|long|float|double|bool(?:ean)?|str(?:ing)?|number|duration)?_?(?:or|with|or_?default|with_?default|or_?else|default|or_?panic|or_?throw)?_?(?:default)?"
)
"""Functions that look a variable up, the program's own among them: `getRequiredEnvAsInteger`, `envOrDefault`."""
_NAME = re.compile(r"(?:\w+\.)?([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)")
"""A constant in capital letters: by custom it holds its own name."""


class LookedUp(NamedTuple):
    """A variable, and the value that is taken where nobody sets it."""

    variable: str
    default: str | int | float | None
    at: Any


def looked_up(callee: str, arguments: list[Any], file: TextFile) -> LookedUp | None:
    """Return what a call looks up; None for a call that looks nothing up."""
    short = callee.rpartition(".")[2]
    of_map = callee.endswith(("getenv.getOrDefault", "getenv().getOrDefault", "Deno.env.get"))
    if not arguments or not (of_map or (_LOOKS_UP.fullmatch(short) and "env" in short.lower())):
        return None
    plain, _ = plain_of(arguments[0])
    named = _NAME.fullmatch(text_of(arguments[0])[:120])
    variable = plain if isinstance(plain, str) else named[1] if named else ""
    if not re.fullmatch(r"\w{2,120}", variable):
        return None
    if len(arguments) != _WITH_DEFAULT:
        return LookedUp(variable, None, arguments[0])
    default, at = plain_of(arguments[1])
    if default is None:
        default = _constant(text_of(arguments[1])[:120], file)
    return LookedUp(variable, default, at)


_WITH_DEFAULT = 2


def _constant(name: str, file: TextFile) -> str | int | float | None:
    """Return the plain value that a constant of the same file has, such as `static final String MAX_TOKENS = "1000"`."""
    if not re.fullmatch(r"[A-Za-z]\w{1,80}", name):
        return None
    found = re.search(rf"\b{name}\b\s*(?::\s*\w+\s*)?=\s*(?:\"([^\"\n]{{1,200}})\"|(\d[\d_]*(?:\.\d+)?)[fFdDlL]?\s*[;,\n)])", file.text)  # fmt: skip
    if found is None:
        return None
    return found[1] if found[1] is not None else float(found[2].replace("_", ""))
