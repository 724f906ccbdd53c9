"""Tables that code creates by SQL in its texts -> the width of stored vectors, and the database that stores them."""

from __future__ import annotations

from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.pipelines.vector_schema_reader import note_schema


def _read(file: TextFile, notes: Notes) -> None:
    if "CREATE TABLE" in file.text:
        note_schema(file, notes)


READER = Reader(
    name="code-schema",
    summary="tables that code creates: the width of stored vectors",
    wants=lambda path: path.endswith((".go", ".cs", ".java", ".py", ".ts")),
    read=_read,
    worst=Standing.SUPPORT,
)
