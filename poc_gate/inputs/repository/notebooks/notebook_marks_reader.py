"""Marks in the code of a notebook -> what the pilot uses, the models and the vectors that statements of SQL name."""

from __future__ import annotations

from poc_gate.inputs.repository.code.texts.model_marks import note_models
from poc_gate.inputs.repository.code.texts.sql_schemas import note_schema_in_code
from poc_gate.inputs.repository.code.texts.use_marks import note_marks
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.notebooks.notebook_reader import code_of
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.marks.model_marks import MODELS_IN_CODE
from poc_gate.inputs.repository.tables.uses.marks import marks_of_code


def _read(file: TextFile, notes: Notes) -> None:
    text = code_of(file)
    if not text.strip():
        return
    code = TextFile(file.path, content=text.encode())
    note_marks(marks_of_code(), code, notes)
    note_models(MODELS_IN_CODE, code, notes)
    note_schema_in_code(code, notes)


READER = Reader(
    name="notebook-marks",
    summary="notebooks: marks of what a pilot uses, and statements of SQL, in their code",
    wants=lambda path: path.endswith(".ipynb"),
    read=_read,
    worst=Standing.EXAMPLE,
    largest=16 << 20,
)
