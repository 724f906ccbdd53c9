"""JSON text -> where each value stands, so that a claim from a one-line or a pretty JSON file has a line."""

from __future__ import annotations

import json
from collections.abc import Mapping

from poc_gate.model.claim import Path, Place
from poc_gate.text.lazy_pattern import lazily

MAX_CHARACTERS = 2_000_000
"""Larger files get JSON pointers without lines: locating costs about a second per 2 MB."""
MAX_DEPTH = 200
"""Levels; what lies deeper has the place of the value that holds it, as long paths cost memory."""
_TOKEN = lazily(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s\[\]{},:"]+|\n')


def json_places(text: str, file: str) -> dict[Path, Place]:
    """Return the place of each value in a JSON text that is known to parse; empty when it is too large."""
    places: dict[Path, Place] = {}
    if len(text) > MAX_CHARACTERS:
        return places
    open_lists: list[bool] = []
    path: list[str | int] = []
    key_next, line, line_start = False, 1, 0
    for match in _TOKEN.finditer(text):
        mark = match[0]
        if mark == "\n":
            line, line_start = line + 1, match.end()
        elif mark == ",":
            key_next = not open_lists[-1]
            if open_lists[-1] and isinstance(path[-1], int):
                path[-1] += 1
        elif mark in "]}":
            open_lists.pop()
            path.pop()
        elif mark == ":":
            key_next = False
        elif key_next and mark[0] == '"':
            path[-1] = str(json.loads(mark, strict=False))
        else:
            column = match.start() - line_start + 1
            if len(path) <= MAX_DEPTH:
                places[tuple(path)] = Place(file, line, column, line, column + len(mark))
            if mark in "[{":
                open_lists.append(mark == "[")
                path.append(0 if mark == "[" else "")
                key_next = mark == "{"
    return places


def nearest_place(places: Mapping[Path, Place], path: Path, file: str) -> Place:
    """Return the place of a value, or of its nearest parent that has one; without any, the file's first column."""
    while path and path not in places:
        path = path[:-1]
    return places.get(path, Place(file, 1, 1))
