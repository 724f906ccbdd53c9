"""A file given as a manifest that poc-gate wrote itself -> one fault that says what it is and what to do with it."""

from __future__ import annotations

import re
from typing import Any

from poc_gate.errors import Fault
from poc_gate.text.documents.positioned_yaml import Document, YamlLimits

_OTHERWISE = "give pilot.yaml or the folder that has it"
_WRITTEN = {
    "inspection": (
        "what `poc-gate inspect` found in a repository",
        "assess the repository itself: `poc-gate assess FOLDER`; or write a manifest of it: `poc-gate init --from FOLDER`",
    ),
    "sync": (
        "what `poc-gate sync` compared",
        "assess the pilot that it names: `poc-gate assess FOLDER`",
    ),
    "result": (
        "the result of an assessment",
        "render it: `poc-gate report FILE`; or assess its pilot again: `poc-gate assess FOLDER`",
    ),
    "machine": ("the profile of a machine", "assess with it: `poc-gate assess FOLDER --machine FILE`"),
    "sources": (
        "what `poc-gate sources run` measured",
        "assess with it: `poc-gate assess FOLDER --sources FILE`",
    ),
    "import": (
        "what `poc-gate import` printed of a file",
        "name that file itself under `imports:` of the manifest",
    ),
    "record": ("the record of an assessment", _OTHERWISE),
    "history": ("the history of a pilot", _OTHERWISE),
    "portfolio": ("what `poc-gate portfolio` found in many pilots", _OTHERWISE),
    "wall": ("what `poc-gate wall` printed", _OTHERWISE),
    "diff": ("what `poc-gate diff` printed", _OTHERWISE),
    "node": ("what a node of a fleet answered", _OTHERWISE),
    "fleet": ("what `poc-gate fleet` measured", _OTHERWISE),
}
"""What comes after `poc-gate.` in the file's `schema` -> what the file is, and what to do."""
_SCHEMA = re.compile(r"poc-gate\.([a-z-]{1,40})/[0-9]{1,4}")
_LARGE = re.compile(rb'^(?: {0,2}|\t)"schema": ?"(poc-gate\.[a-z-]{1,40}/[0-9]{1,4})"', re.MULTILINE)
"""The line of a file too large to be read as a manifest."""


def own_file(document: Document) -> Fault | None:
    """Return the fault of a document whose `schema` says that another command wrote it; None where none does."""
    data = document.data
    schema: Any = data.get("schema") if isinstance(data, dict) else None
    if not isinstance(schema, str) or "apiVersion" in data:
        return None
    place = document.place(("schema",))
    return _fault(schema, document.file, place.line, place.column)


def large_own_file(content: bytes, file: str) -> Fault | None:
    """Return the fault of a file that is larger than a manifest may be and that another command wrote."""
    if len(content) <= YamlLimits().size or not content.startswith(b"{"):
        return None
    found = _LARGE.search(content)
    if found is None:
        return None
    begun = content.rfind(b"\n", 0, found.start(1)) + 1
    return _fault(found[1].decode(), file, content.count(b"\n", 0, begun) + 1, found.start(1) - begun)


def _fault(schema: str, file: str, line: int, column: int) -> Fault | None:
    named = _SCHEMA.fullmatch(schema)
    if named is None:
        return None
    what, step = _WRITTEN.get(named[1], (f"a file of the format {schema}, which poc-gate wrote", _OTHERWISE))
    return Fault(file, line, column, f"this is {what}, not a manifest", step)
