"""Schemas in SQL, Prisma and migrations -> the width of stored vectors, and the database that stores them."""

from __future__ import annotations

from poc_gate.inputs.repository.code.texts.sql_schemas import note_schema
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.interface import Reader

READER = Reader(
    name="vector-schema",
    summary="schemas in SQL and Prisma: the width of stored vectors",
    wants=lambda path: path.endswith((".sql", ".prisma")),
    read=note_schema,
    worst=Standing.DOCS,
)
