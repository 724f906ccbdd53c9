"""Notebooks beside a service -> where its model is trained, and where it is asked for many rows."""

from __future__ import annotations

from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.uses.marks import marks_of

_LARGEST = 16 << 20


def _read(file: TextFile, notes: Notes) -> None:
    """Note the first place of each kind of evidence; the notebook is searched as text, its cells are not parsed."""
    marks = marks_of(file.name)
    said = marks.words.said_in(file.text) if marks is not None else frozenset()
    noted: set[str] = set()
    for row in marks.rows if marks is not None and said else ():
        fits = row.evidence not in noted and not said.isdisjoint(row.words)
        match = row.pattern.search(file.text) if fits else None
        if match is not None:
            notes.technique(row.evidence, row.why, file.at(match.start()), weight=row.weight)
            noted.add(row.evidence)


READER = Reader(
    name="notebook-use",
    summary="notebooks that train the model of a service",
    wants=lambda path: path.endswith(".ipynb"),
    read=_read,
    largest=_LARGEST,
    worst=Standing.NOTEBOOK,
)
