"""Models that are named in Rust, PHP and Ruby, in addresses that any language asks and in statements of SQL, by marks in the text."""

from __future__ import annotations

from poc_gate.inputs.repository.code.texts.model_marks import note_models
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.marks.model_marks import MODEL_MARKS


def _wants(path: str) -> bool:
    return path.endswith(tuple(MODEL_MARKS))


def _read(file: TextFile, notes: Notes) -> None:
    note_models(MODEL_MARKS[f".{file.name.lower().rpartition('.')[2]}"], file, notes)


READER = Reader(
    name="model-mark",
    summary="models by marks in Rust, PHP and Ruby, in an address or in SQL",
    wants=_wants,
    read=_read,
    worst=Standing.EXAMPLE,
)
