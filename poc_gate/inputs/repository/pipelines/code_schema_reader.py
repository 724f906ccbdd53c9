"""Tables and queries in SQL that code holds -> the width of stored vectors, how many a search returns, and the database."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.pipelines.vector_schema_reader import note_nearest, note_schema

_CAST = re.compile(
    r"\bcosine_distance\([^)\n]{1,120}::(?:half)?vec(?:tor)?\b|(?:<=>|<->|<#>)\s*[^\n]{1,80}::(?:half)?vec(?:tor)?\b"
)


def _read(file: TextFile, notes: Notes) -> None:
    if "CREATE TABLE" in file.text:
        note_schema(file, notes)
    compares = "<=>" in file.text or "<->" in file.text or "<#>" in file.text
    if compares:
        note_nearest(file, notes)
    if (compares or "cosine_distance(" in file.text) and (cast := _CAST.search(file.text)):
        notes.system("postgresql", file.at(cast.start()), how="used", note="a query compares vectors")
        notes.technique("retrieval", "a query compares vectors", file.at(cast.start()), weight=2)


READER = Reader(
    name="code-schema",
    summary="SQL in code: the width of stored vectors, how many a search returns",
    wants=lambda path: path.endswith((".go", ".cs", ".java", ".py", ".ts")),
    read=_read,
    worst=Standing.SUPPORT,
)
