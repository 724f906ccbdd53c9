"""Phrases in code, infrastructure and workflows that no field of the manifest holds -> remarks, by a table."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.standing import Standing, is_workflow
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.phrases import Phrase, phrases_of

_MOST = 6
"""Places of one kind in one file."""
_COMMENT = re.compile(r"\s*(?:#|//|\*|/\*|<!--)")


def _read(file: TextFile, notes: Notes) -> None:
    small = file.path.lower()
    phrases = phrases_of(small, workflow=is_workflow(small))
    said = phrases.words.said_in(file.text) if phrases is not None else frozenset()
    for row in phrases.rows if phrases is not None and said else ():
        if not said.isdisjoint(row.words):
            _note(row, file, notes)


def _note(row: Phrase, file: TextFile, notes: Notes) -> None:
    """Note a phrase where it is said outside a comment; several values of one kind are all named."""
    seen: set[str] = set()
    for match in row.pattern.finditer(file.text):
        begin = file.text.rfind("\n", 0, match.start()) + 1
        if _COMMENT.match(file.text, begin):
            continue
        value = next((found for found in match.groupdict().values() if found), "")
        if value in seen:
            continue
        seen.add(value)
        notes.remark(row.kind, row.says or "it is set up", file.at(match.start()), "" if row.says else value)
        if row.says or len(seen) >= _MOST:
            return


READER = Reader(
    name="phrase",
    summary="phrases in code, infrastructure and workflows: open origins, machine sizes, roll-out, scans",
    wants=lambda path: phrases_of(path, workflow=is_workflow(path)) is not None,
    read=_read,
    worst=Standing.SUPPORT,
)
