"""Marks of what a pilot uses in code, settings and descriptions of packages -> evidence, by two tables."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.code.texts.use_marks import note_marks
from poc_gate.inputs.repository.files.standing import Standing, is_workflow
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.uses.marks import marks_of, paths_say
from poc_gate.inputs.repository.tables.uses.said import spoken_of

_DESCRIBED = re.compile(r"^[ \t]*[\"']?description[\"']?\s*[:=]\s*[\"']([^\"'\n]{8,300})", re.MULTILINE)
_DESCRIBES = frozenset({"package.json", "pyproject.toml", "setup.py", "setup.cfg", "cargo.toml"})


def _wants(path: str) -> bool:
    return path in _DESCRIBES or (not is_workflow(path) and not path.endswith(".ipynb") and (marks_of(path) is not None or paths_say(path) != ()))  # fmt: skip


def _read(file: TextFile, notes: Notes) -> None:
    small = file.path.lower()
    if small in _DESCRIBES and (described := _DESCRIBED.search(file.text)):
        for use, words in spoken_of(described[1]):
            notes.technique(f"says {use}", f"its description says {words}", file.at(described.start(1)), weight=1)  # fmt: skip
    for mark in paths_say(small) if file.text.strip() else ():  # one that is still empty does nothing
        notes.technique(mark.evidence, mark.why, file.place(1), weight=mark.weight)
    marks = marks_of(small)
    if marks is not None:
        note_marks(marks, file, notes)


READER = Reader(
    name="use-mark",
    summary="marks of what a pilot uses: tools whose answers go back to a model, servers of tools, training, scoring in batches",
    wants=_wants,
    read=_read,
    worst=Standing.EXAMPLE,
)
