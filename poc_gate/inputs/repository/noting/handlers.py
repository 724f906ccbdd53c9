"""A file of a folder called `tools` -> whether a function of the cloud runs it, which an agent then calls as its tool."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.standing import Standing, holds_tools
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.notes import Notes

HANDLES = "handles"
"""A function of the cloud begins in a file."""
_HANDLER = re.compile(
    r"(?m)^(?:async )?def (?:lambda_)?handler\(\s*event\b[^()]{0,60},\s*_?context\b"
    r"|^export (?:const handler\b|async function handler\()|^exports\.handler\s*="
)


def note_handler(file: TextFile, notes: Notes) -> None:
    """Note that a function of the cloud begins in a file that only its folder calls tooling."""
    if notes.standing is not Standing.SUPPORT or not holds_tools(file.path):
        return
    found = _HANDLER.search(file.text)
    if found is not None:
        notes.technique(HANDLES, "a function of the cloud begins here", file.at(found.start()), weight=1)
