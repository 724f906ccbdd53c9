"""TOML text that was read -> where each of its keys is, as the standard library's reader keeps no positions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from poc_gate.text.documents.bounded_toml import read_toml
from poc_gate.text.lazy_pattern import lazily

KeyPath = tuple[str | int, ...]
"""Keys and, for lists of tables, numbers from 0: `("credentials", 1, "hosts")`."""

_PART = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_NAME = lazily(rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*")
_PARTS = lazily(_PART)
_TOKEN = lazily(
    r'"""(?:[^\\]|\\.)*?"{3,5}|'
    r"'''.*?'{3,5}|"
    r'"(?:[^"\\\n]|\\.)*"|'
    r"'[^'\n]*'|#[^\n]*|[\[{]|[\]}]|\n|[^\"'#\[\]{}\n]+",
    re.DOTALL,
)
_LONGEST = 60
"""Characters of a name or value that a message shows."""


def brief(shown: str) -> str:
    """Return a text as a message shows it: the start of a long one."""
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}… ({len(shown):,} characters)"


class TomlPlaces:
    """Finds line and column of a key, or of the nearest table around it."""

    def __init__(self, text: str) -> None:
        """Look through a text that a TOML reader has accepted."""
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self._places: dict[KeyPath, int] = {}
        self._last: dict[tuple[str, ...], int] = {}
        self._table: KeyPath = ()
        at = 0
        while at < len(text):
            at = self._line_from(text, at)

    def of(self, *path: str | int) -> tuple[int, int]:
        """Return line and column, both from 1; those of what encloses it where it has no name; (0, 0) for neither."""
        for length in range(len(path), 0, -1):
            at = self._places.get(path[:length])
            if at is not None:
                line = bisect_right(self._starts, at)
                return line, at - self._starts[line - 1] + 1
        return 0, 0

    def _line_from(self, text: str, at: int) -> int:
        """Take in what begins at the start of a line, and return where the next begins."""
        while at < len(text) and text[at] in " \t\r\n\ufeff":
            at += 1
        if text.startswith("[", at):
            many = text.startswith("[[", at)
            at = _after_blanks(text, at + (2 if many else 1))
            found = _NAME.match(text, at)
            if found:
                self._open(_parts(found[0]), at, many=many)
        elif found := _NAME.match(text, at):
            self._note((*self._table, *_parts(found[0])), at)
        return _after_value(text, found.end() if found else at)

    def _open(self, names: Sequence[str], at: int, *, many: bool) -> None:
        path: KeyPath = ()
        for depth, name in enumerate(names, 1):
            path = (*path, name)
            number = self._last.get(tuple(names[:depth]))
            if depth == len(names) and many:
                number = -1 if number is None else number
                self._last[tuple(names)] = number + 1
                self._places.setdefault(path, at)
                path = (*path, number + 1)
            elif number is not None:
                path = (*path, number)
        if many:
            for known in [
                key for key in self._last if key[: len(names)] == tuple(names) and len(key) > len(names)
            ]:
                del self._last[known]
        self._table = path
        self._note(path, at)

    def _note(self, path: KeyPath, at: int) -> None:
        for length in range(1, len(path) + 1):
            self._places.setdefault(path[:length], at)


def _after_blanks(text: str, at: int) -> int:
    while text[at : at + 1] in {" ", "\t"}:
        at += 1
    return at


def _parts(name: str) -> list[str]:
    return [_plain(part) for part in _PARTS.findall(name)]


def _plain(part: str) -> str:
    if "\\" in part and part[0] == '"':
        return str(read_toml(f"a = {part}", "", "")["a"])
    return part[1:-1] if part[0] in "\"'" else part


def _after_value(text: str, at: int) -> int:
    """Return where the line ends on which a value ends; brackets may hold several lines."""
    depth = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            at += 1
            continue
        at = token.end()
        if token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth -= 1
        elif token[0] == "\n" and depth <= 0:
            break
    return at
