"""Choices in Bicep -> what holds when nothing else is set: `!empty(version) ? version : '0125'` by the defaults of parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping

from poc_gate.inputs.repository.deployment.iac.blocks import literal

_PARAMETER = re.compile(r"(?m)^param\s+(\w+)\s+\w+\s*=\s*(true|false|'[^'\n]*'|-?\d{1,12})\s*(?://.*)?$")
_DEEPEST = 8
"""Choices within choices; what people write has three."""
_EMPTY = re.compile(r"(?P<no>!?)\s*empty\(\s*(?P<name>[\w.]+)\s*\)")
_SWITCH = re.compile(r"(?P<no>!?)\s*(?P<name>[A-Za-z_][\w.]*)")
_COMPARED = re.compile(r"(?P<name>[A-Za-z_][\w.]*)\s*(?P<sign>==|!=)\s*(?P<value>'[^']*'|-?\d+|true|false)")
_BEGINS = re.compile(r"(?P<no>!?)\s*startsWith\(\s*(?P<name>[\w.]+)\s*,\s*'(?P<text>[^']*)'\s*\)")

Known = Mapping[str, str | float | bool]
"""Parameters and variables with a plain value, empty texts and switches among them."""


def stated_parameters(text: str) -> dict[str, str | float | bool]:
    """Return the defaults of the parameters of a file that are plain, by their names."""
    return {match[1]: _plain(match[2]) for match in _PARAMETER.finditer(text)}


def chosen(text: str, known: Known) -> str | float | None:
    """Return the plain value of an expression, of a choice the branch that holds; None where that is decided elsewhere."""
    return _chosen(text.strip().rstrip(","), known, _DEEPEST)


def _chosen(text: str, known: Known, deepest: int) -> str | float | None:
    text = _bare(text)
    parts = _parts(text)
    if parts is None:
        value = known.get(text, literal(text)) if not text.startswith("'") else literal(text)
        return None if isinstance(value, bool) else value
    holds = _holds(parts[0], known)
    if deepest == 0:
        return None
    if holds is None:
        either = {_chosen(part, known, deepest - 1) for part in parts[1:]}
        return either.pop() if len(either) == 1 else None
    return _chosen(parts[1] if holds else parts[2], known, deepest - 1)


def _holds(condition: str, known: Known) -> bool | None:
    """Say whether a condition holds, or None where a part of it is not known."""
    condition = _bare(condition)
    for sign, decides in (("||", True), ("&&", False)):
        if sign in condition:
            parts = [_holds(part, known) for part in condition.split(sign)]
            return decides if decides in parts else None if None in parts else not decides
    if match := _COMPARED.fullmatch(condition):
        value = known.get(match["name"])
        return None if value is None else (value == _plain(match["value"])) is (match["sign"] == "==")
    for form in (_EMPTY, _BEGINS, _SWITCH):
        if match := form.fullmatch(condition):
            value = known.get(match["name"])
            found = _simple(form, value, match.groupdict().get("text", ""))
            return None if found is None else found is not bool(match["no"])
    return None


def _simple(form: re.Pattern[str], value: str | float | bool | None, text: str) -> bool | None:
    if form is _SWITCH:
        return value if isinstance(value, bool) else None
    if not isinstance(value, str):
        return None
    return value.startswith(text) if form is _BEGINS else not value


def _plain(text: str) -> str | float | bool:
    value = literal(text)
    return value if value is not None else text == "true"


def _bare(text: str) -> str:
    """Return a text without brackets around the whole of it."""
    text = text.strip()
    while text.startswith("(") and text.endswith(")") and _closes(text) == len(text) - 1:
        text = text[1:-1].strip()
    return text


def _closes(text: str) -> int:
    """Return where the first bracket of a text closes, or -1."""
    return next((at for at, depth, _ in _walk(text) if depth == 0), -1)


def _parts(text: str) -> tuple[str, str, str] | None:
    """Return condition and both branches of a choice, or None."""
    asked, open_choices = -1, 0
    for at, depth, letter in _walk(text):
        if depth or letter not in "?:":
            continue
        if letter == "?" and text[at + 1 : at + 2] not in {"?", "."} and text[at - 1 : at] != "?":
            asked, open_choices = (at if asked < 0 else asked), open_choices + 1
        elif letter == ":" and asked >= 0:
            open_choices -= 1
            if open_choices == 0:
                return text[:asked], text[asked + 1 : at], text[at + 1 :]
    return None


def _walk(text: str) -> list[tuple[int, int, str]]:
    """Return place, depth of brackets behind it, and letter of everything outside of texts."""
    found, depth, quoted = [], 0, False
    for at, letter in enumerate(text):
        if letter == "'":
            quoted = not quoted
        elif not quoted:
            depth += (letter in "([{") - (letter in ")]}")
            found.append((at, depth, letter))
    return found
