"""Schemas and queries in SQL -> the width of stored vectors, how many a search returns, and the database."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.systems import system_named

_COLUMN = re.compile(r"(?im)^[^\n-]{0,120}?\b\"?\w*(?:embed|vector)\w*\"?\s+(?:Unsupported\(\")?(?:\w+\.)?(?:half)?vec(?:tor)?\((\d{2,5})\)")  # fmt: skip
_EXTENSION = re.compile(r"(?i)create\s+extension\s+(?:if\s+not\s+exists\s+)?\"?(?:vector|pgvector)\b")
_TABLE = re.compile(r"(?i)create\s+(?:unlogged\s+)?table\b")
_OF_VECTORS = re.compile(
    r"(?i)\b(?:half|sparse)?vec(?:tor)?\s*\(\s*\d|[\w\"]\s+(?:\w+\.)?(?:half|sparse)?vec(?:tor)?\b(?!\s*\()\s*(?:,|\)|not\b|null\b|default\b|$)|<=>|<->|<#>",
    re.MULTILINE,
)
"""A column of vectors or a search by distance: a file that makes other tables and none of them only gets the database ready."""
_DATASOURCE = re.compile(r"^[ \t]*datasource\s+\w+\s*\{[^}]*?\bprovider\s*=\s*\"(\w+)\"", re.MULTILINE)
_SMALLEST, _LARGEST = 8, 16_384


_NEAREST = re.compile(r"(?:<=>|<->|<#>)[^;]{0,300}?\b(?:LIMIT|limit)\s+(\d{1,3})\b")
"""A query that sorts by distance, and how many rows it returns."""


_FUSED = re.compile(r"(?i)ts_rank|to_tsquery|\brrf\b|full outer join")
"""A search by words beside it: the rows of both are candidates."""


def note_nearest(file: TextFile, notes: Notes) -> None:
    """Note how many passages a query that sorts by distance returns."""
    fused = bool(_FUSED.search(file.text))
    for match in list(_NEAREST.finditer(file.text))[:20]:
        notes.named_value("fetch_k" if fused else "top_k", int(match[1]), file.at(match.start(1)))


def note_schema(file: TextFile, notes: Notes) -> None:
    """Note the width of stored vectors, and the database that stores them."""
    if (
        notes.standing is Standing.DOCS
        and "migration" in file.path.lower()
        and "example" not in file.path.lower()
    ):
        notes.standing = Standing.SERVICE
    datasource = _DATASOURCE.search(file.text) if file.name.endswith(".prisma") else None
    if datasource and (named := system_named(datasource[1])):
        place = file.at(datasource.start(1))
        notes.system(named, place, how="selected", note="the schema's address is of it")
    extension = _EXTENSION.search(file.text)
    if extension:
        notes.system("postgresql", file.at(extension.start()), how="used", note="the extension for vectors is made")  # fmt: skip
    columns = list(_COLUMN.finditer(file.text))[:50]
    bare = extension and (not _TABLE.search(file.text) or _OF_VECTORS.search(file.text))
    if first := columns[0] if columns else extension if bare else None:
        notes.technique("retrieval", "a table of vectors", file.at(first.start()), weight=2)
    for match in columns:
        width = int(match[1])
        if _SMALLEST <= width <= _LARGEST:
            notes.number("retrieval.dims", width, file.at(match.start(1)), note="a column of vectors")


_CAST = re.compile(
    r"\bcosine_distance\([^)\n]{1,120}::(?:half)?vec(?:tor)?\b|(?:<=>|<->|<#>)\s*[^\n]{1,80}::(?:half)?vec(?:tor)?\b"
)


def note_schema_in_code(file: TextFile, notes: Notes) -> None:
    """Note the tables and the queries of vectors that code holds as text."""
    if "CREATE TABLE" in file.text:
        note_schema(file, notes)
    compares = "<=>" in file.text or "<->" in file.text or "<#>" in file.text
    if compares:
        note_nearest(file, notes)
    if (compares or "cosine_distance(" in file.text) and (cast := _CAST.search(file.text)):
        notes.system("postgresql", file.at(cast.start()), how="used", note="a query compares vectors")
        notes.technique("retrieval", "a query compares vectors", file.at(cast.start()), weight=2)
