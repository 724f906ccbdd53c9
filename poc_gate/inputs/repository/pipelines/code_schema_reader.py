"""Tables and queries in SQL that code holds -> the width of stored vectors, how many a search returns, and the database."""

from __future__ import annotations

from poc_gate.inputs.repository.code.texts.sql_schemas import note_schema_in_code
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.interface import Reader

READER = Reader(
    name="code-schema",
    summary="SQL in code: the width of stored vectors, how many a search returns",
    wants=lambda path: path.endswith((".go", ".cs", ".java", ".py", ".ts")),
    read=note_schema_in_code,
    worst=Standing.SUPPORT,
)
