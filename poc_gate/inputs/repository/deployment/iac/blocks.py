"""Terraform or Bicep -> statements: the path of blocks, the value as written, and its place. Nothing is evaluated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.model.claim import Place

_MOST_LINES = 20_000
_OPENS = re.compile(r"^(?P<head>.*?)(?P<sign>[{\[(])\s*$")
_ENTRY = re.compile(
    r"^\s*(?P<key>'[^']{1,80}'|\"[^\"]{1,80}\"|[A-Za-z_][\w.-]{0,80})\s*[=:]\s*(?P<value>.+?),?\s*$"
)
_INLINE = re.compile(r"(?P<key>[A-Za-z_]\w{0,60})\s*[=:]\s*(?P<value>\"[^\"]*\"|'[^']*'|[\w.${}-]+)")
_HEREDOC = re.compile(r"<<-?\s*\"?([A-Za-z_]+)\"?\s*$")


class Statement(NamedTuple):
    """One `key = value`, with the heads of the blocks around it."""

    blocks: tuple[str, ...]
    key: str
    value: str
    place: Place


def statements(file: TextFile) -> Iterator[Statement]:
    """Yield the statements of a file, and one with an empty key for each block that opens."""
    stack: list[str] = []
    until, comment = "", False
    for number, raw in enumerate(file.lines[:_MOST_LINES], start=1):
        if until:
            until = "" if raw.strip() == until or raw.strip().endswith(until) else until
            continue
        line, comment = _without_comments(raw[:2_000], within=comment)
        bare = line.strip()
        if not bare:
            continue
        while bare[:1] in {"}", "]", ")"}:
            stack = stack[:-1]
            bare = bare[1:].lstrip(" ,")
        opened = _OPENS.match(bare)
        if opened:
            head = opened["head"].strip()
            place = file.place(number, len(raw) - len(raw.lstrip()) + 1)
            stack = [*stack, head][:40]
            yield Statement(tuple(stack), "", "", place)
            continue
        entry = _ENTRY.match(bare)
        if entry is None:
            continue
        heredoc = _HEREDOC.search(bare)
        if heredoc or entry["value"].startswith("'''"):
            until = heredoc[1] if heredoc else "'''"
            continue
        column = raw.find(entry["value"]) + 1
        place = file.place(number, max(column, 1))
        yield Statement(tuple(stack), entry["key"].strip("'\""), entry["value"], place)
        if entry["value"].startswith("{"):
            for inner in _INLINE.finditer(entry["value"]):
                yield Statement((*stack, entry["key"]), inner["key"], inner["value"], place)


def _without_comments(line: str, *, within: bool) -> tuple[str, bool]:
    """Return a line without comments, and whether a comment of several lines goes on."""
    if within:
        end = line.find("*/")
        return ("", True) if end < 0 else (line[end + 2 :], False)
    quote = ""
    for index, character in enumerate(line):
        if quote:
            quote = "" if character == quote and line[index - 1] != "\\" else quote
        elif character in {'"', "'"}:
            quote = character
        elif character == "#" or line.startswith("//", index):
            return line[:index], False
        elif line.startswith("/*", index):
            end = line.find("*/", index)
            return (line[:index], True) if end < 0 else (line[:index] + line[end + 2 :], False)
    return line, False


def literal(value: str) -> str | float | None:
    """Return a plain text or number, None for an expression."""
    value = value.strip().rstrip(",")
    if len(value) > 1 and value[0] in "\"'" and value[-1] == value[0] and value[0] not in value[1:-1]:
        inner = value[1:-1]
        return None if "${" in inner else inner
    if re.fullmatch(r"-?\d{1,12}(?:\.\d{1,6})?", value):
        return float(value)
    return None
