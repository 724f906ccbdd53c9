"""JSON text -> line and column of every value, so that a fault can be shown where it stands.

Only used once a file is known to be faulty: it is slower than the decoder that reads sound files.
"""

from __future__ import annotations

import json

_SPACE = " \t\n\r"
Path = tuple[str | int, ...]


class JsonPlaces:
    """The places of all values of one JSON document, by path."""

    def __init__(self, text: str) -> None:
        """Scan `text`, which must be valid JSON."""
        self._text = text
        self._decoder = json.JSONDecoder()
        self.places: dict[Path, tuple[int, int]] = {}
        self._value((), 0)

    def find(self, path: Path) -> tuple[int, int]:
        """Return line and column (1-based) of a value, or of its nearest parent."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))

    def _skip(self, at: int) -> int:
        while at < len(self._text) and self._text[at] in _SPACE:
            at += 1
        return at

    def _value(self, path: Path, at: int) -> int:
        at = self._skip(at)
        start = self._text.rfind("\n", 0, at) + 1
        self.places[path] = (self._text.count("\n", 0, at) + 1, at - start + 1)
        if self._text[at] == "{":
            return self._object(path, at + 1)
        if self._text[at] == "[":
            return self._array(path, at + 1)
        return int(self._decoder.raw_decode(self._text, at)[1])

    def _object(self, path: Path, at: int) -> int:
        at = self._skip(at)
        while self._text[at] != "}":
            key, at = self._decoder.raw_decode(self._text, self._skip(at))
            at = self._skip(self._value((*path, key), self._skip(at) + 1))
            at = self._skip(at + 1) if self._text[at] == "," else at
        return at + 1

    def _array(self, path: Path, at: int) -> int:
        at = self._skip(at)
        index = 0
        while self._text[at] != "]":
            at = self._skip(self._value((*path, index), at))
            at = self._skip(at + 1) if self._text[at] == "," else at
            index += 1
        return at + 1
