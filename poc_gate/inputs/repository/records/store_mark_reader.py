"""Clients of stores, mostly in languages without a syntax tree here -> the systems they reach, by marks in the text."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.marks.store_marks import STORE_MARKS

_COMMENT = re.compile(r"\s*(?:#(?!\[)|//|\*|/\*)")
_TESTS = re.compile(r"^[ \t]*(?:#\[cfg\(test\)\]|mod tests\b)", re.MULTILINE)
"""Where the tests of a file in Rust begin."""


def _wants(path: str) -> bool:
    return path.endswith(tuple(STORE_MARKS))


def _read(file: TextFile, notes: Notes) -> None:
    tests = _TESTS.search(file.text) if file.name.endswith(".rs") else None
    ends = tests.start() if tests else len(file.text)
    for row in STORE_MARKS[f".{file.name.lower().rpartition('.')[2]}"]:
        if row.beside is not None and not file.shows(row.beside):
            continue
        for match in row.pattern.finditer(file.text, 0, ends):
            begin = file.text.rfind("\n", 0, match.start()) + 1
            if not _COMMENT.match(file.text, begin):
                notes.system(row.system, file.at(match.start()), note=f"{match[0].strip()[:60]} is used")
                break


READER = Reader(
    name="store-mark",
    summary="clients of stores in R, Rust, Scala, Kotlin, Java, Ruby, PHP and Elixir, and of mailboxes, by marks in the text",
    wants=_wants,
    read=_read,
    worst=Standing.EXAMPLE,
)
