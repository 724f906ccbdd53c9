"""Records of settings that say themselves that they are off -> their lines, and the code that asks for the settings of one by its name."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Collection, Iterator, Sequence

from poc_gate.inputs.repository.files.off.off import Off, whole
from poc_gate.inputs.repository.files.text_file import line_at
from poc_gate.text.documents.python_text import parse_python

_SWITCH = r"(?:deploy|enabled?|is_?[Ee]nabled?|active|use)"
_OFF_IN_JSON = re.compile(rf"\"{_SWITCH}\"\s*:\s*false\b")
_INNERMOST = re.compile(r"\{[^{}]*\}")
_OFF_IN_PYTHON = re.compile(rf"[\"']{_SWITCH}[\"']\s*:\s*False\b")
_SWITCHES = frozenset({"deploy", "enabled", "enable", "is_enabled", "active", "use"})
_WHY = "its own record says that it is off"
_FEWEST = 3
"""Records of a file that are off, from which on code is asked for that looks one of them up."""
_LONGEST = 300 << 10


def records_off(texts: Sequence[tuple[str, str]]) -> list[Off]:
    """Return the lines of records that are off: `{"name": "small", "deploy": false}`, `"maps": {"use": False, "key": ""}`."""
    found: list[Off] = []
    for path, text in texts:
        if len(text) > _LONGEST:
            continue
        if path.endswith(".json") and _OFF_IN_JSON.search(text) and not _OF_TOOLS.search(path):
            found += _in_json(path, text)
        elif path.endswith(".py") and _OFF_IN_PYTHON.search(text):
            found += _in_python(path, text, texts)
    return found


_OF_TOOLS = re.compile(
    r"(?:^|/)(?:package(?:-lock)?|tsconfig[\w.-]*|renovate|components|\.\w[\w.-]*)\.json$|(?:^|/)\."
)
"""Files that tools of development read."""


def _in_json(path: str, text: str) -> Iterator[Off]:
    """Yield the records that hold no others and are off, where another record beside them is on."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return
    if not re.search(rf"\"{_SWITCH}\"\s*:\s*true\b", text):
        return
    off: set[str] = set()
    for match in _INNERMOST.finditer(text):
        if _OFF_IN_JSON.search(match[0]):
            yield Off(path, line_at(text, match.start()), line_at(text, match.end()), _WHY)
            if key := _KEY_BEFORE.search(text, max(0, match.start() - _LONGEST_KEY), match.start()):
                off.add(key["name"])
    if off:
        yield from _of_vendors(path, text, off)


_KEY_BEFORE = re.compile(r"\"(?P<name>[^\"\n]+)\"\s*:\s*$")
_LONGEST_KEY = 80
_VENDOR = re.compile(r"\"(?:vendor|provider|platform|backend)\"\s*:\s*\"(?P<name>[^\"\n]+)\"")


def _of_vendors(path: str, text: str, off: Collection[str]) -> Iterator[Off]:
    """Yield the records that name a vendor or a provider which is off in the same file."""
    for match in _VENDOR.finditer(text):
        if match["name"] in off:
            first, last = _around(text, match.start())
            yield Off(
                path, line_at(text, first), line_at(text, last), f"{match['name']} is off in the same file"
            )


def _around(text: str, at: int) -> tuple[int, int]:
    """Return where the innermost record around a place begins and ends; texts that hold braces widen it at most."""
    depth, first = 0, at
    while first > 0 and not (text[first] == "{" and depth == 0):
        depth += {"}": 1, "{": -1}.get(text[first], 0)
        first -= 1
    depth, last = 1, at
    while last < len(text) and depth:
        depth += {"{": 1, "}": -1}.get(text[last], 0)
        last += 1
    return first, last - 1


def _in_python(path: str, text: str, texts: Sequence[tuple[str, str]]) -> Iterator[Off]:
    """Yield the dictionaries of Python that are off, and the files that look the settings of one of them up."""
    try:
        tree = parse_python(text)
    except ValueError:
        return
    off: dict[str, Off] = {}
    for node in ast.walk(tree):
        for name, value in _held(node):
            if isinstance(value, ast.Dict) and _is_off(value):
                off[name] = Off(path, value.lineno, value.end_lineno or value.lineno, f"{name} is off in its own settings", asked=True)  # fmt: skip
    yield from off.values()
    if len(off) < _FEWEST:
        return
    for other, code in texts:
        if not other.endswith(".py") or other == path:
            continue
        asked = set(_LOOKS_UP.findall(code))
        if asked and asked <= off.keys():
            name = min(asked)
            yield whole(other, f"the settings of {name} leave it off ({path}:{off[name].first})", asked=True)


_LOOKS_UP = re.compile(r"\bget_\w*(?:config|settings?)\w*\(\s*[\"'](\w+)[\"']\s*\)")


def _held(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Yield names and what they hold: variables, fields of a class, keys of a dictionary."""
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
        yield node.target.id, node.value
    elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        yield node.targets[0].id, node.value
    elif isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield key.value, value


def _is_off(node: ast.Dict) -> bool:
    return any(
        isinstance(key, ast.Constant) and key.value in _SWITCHES and isinstance(value, ast.Constant) and value.value is False
        for key, value in zip(node.keys, node.values, strict=True)
    )  # fmt: skip
