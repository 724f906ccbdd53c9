"""Addresses in code that begin with what a name holds, `f"{SEARCH_URL}/v1"` -> that the name is asked, in whatever language."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.marks import ASKED_BY_NAME
from poc_gate.inputs.repository.noting.notes import Notes

_BUILT = re.compile(
    r"[\"'`]\$?\{(?P<within>[\w.]{3,60})\}/|\b(?P<before>[A-Za-z_][\w.]{2,60}) ?\+ ?[\"'`]/|\burljoin\((?P<joined>[\w.]{3,60}),"
)
_HOLDS_AN_ADDRESS = re.compile(r"(?i)ur[li]|host|base|endpoint|server|domain|api|address|origin")
_MOST = 40


def note_built(file: TextFile, notes: Notes) -> None:
    """Note the names with which a file's addresses begin."""
    names: dict[str, int] = {}
    for match in _BUILT.finditer(file.text):
        name = (match["within"] or match["before"] or match["joined"]).rpartition(".")[2]
        if _HOLDS_AN_ADDRESS.search(name):
            names.setdefault(name, match.start())
    for name, start in list(names.items())[:_MOST]:
        notes.technique(ASKED_BY_NAME, name, file.at(start), weight=1)
