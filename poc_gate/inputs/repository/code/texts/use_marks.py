"""Marks in a text -> evidence of what a pilot uses."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.uses.mark import Mark, Marks

_PLACES = 5
_COMMENT = re.compile(r"\s*(?:#(?!\[|include\b)|//|\*|/\*|<!--)")


def note_marks(marks: Marks, file: TextFile, notes: Notes) -> None:
    """Note what a text shows by the rows of a table."""
    said = marks.words.said_in(file.text)
    for row in marks.rows if said else ():
        if not said.isdisjoint(row.words):
            _note(row, file, notes)


def _note(row: Mark, file: TextFile, notes: Notes) -> None:
    """Note a mark at its first places outside comments, where the file shows what has to stand beside it.

    One place is not enough: the first may stand in a function that nothing calls.
    """
    noted = 0
    for match in row.pattern.finditer(file.text):
        begin = file.text.rfind("\n", 0, match.start()) + 1
        if _COMMENT.match(file.text, begin):
            continue
        if not all(map(file.shows, row.beside)):
            return
        notes.technique(row.evidence, row.why, file.at(match.start()), weight=row.weight)
        noted += 1
        if noted == _PLACES:
            return
