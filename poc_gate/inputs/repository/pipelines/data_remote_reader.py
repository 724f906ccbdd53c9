"""`.dvc/config` -> the object storage that keeps the data and the models of a pipeline.

Source: DVC documentation, "remote": the scheme of `url` says what it is.
"""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes

_URL = re.compile(r"(?m)^[ \t]*url\s*=\s*(?P<scheme>s3|gs|azure)://")
_SYSTEMS = {"s3": "s3", "gs": "gcs", "azure": "azure-blob-storage"}


def _read(file: TextFile, notes: Notes) -> None:
    for found in _URL.finditer(file.text[:20_000]):
        notes.system(_SYSTEMS[found["scheme"]], file.at(found.start("scheme")), how="used", direction="read", note="where DVC keeps data and models")  # fmt: skip


READER = Reader(
    name="data-remote",
    summary=".dvc/config: where data and models are kept",
    wants=lambda path: path.endswith(".dvc/config"),
    read=_read,
    worst=Standing.SERVICE,
)
