"""A document without machine-readable facts -> its digest, so that a result names what was shown."""

from __future__ import annotations

from poc_gate.inputs.artifacts.file_reading import Reading
from poc_gate.inputs.artifacts.interface import Importer
from poc_gate.inputs.artifacts.opening.document import Document


def _read(reading: Reading) -> None:
    if not reading.document.content.strip():
        reading.note("warning", "the document is empty", next_step="give a document with content")


def _sniff(_document: Document) -> bool:
    return False


IMPORTER = Importer(
    name="document",
    summary="Runbook, model card, assessment or threshold file: digest and parseability, no facts",
    read=_read,
    sniff=_sniff,
    group="document",
)
