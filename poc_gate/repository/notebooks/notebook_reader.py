"""A notebook -> its code cells as one module of Python, every line where it stands in the file; outputs are not read."""

from __future__ import annotations

import json
import re

from poc_gate.repository.code.python_reader import read_tree
from poc_gate.repository.code.python_text import parse_python
from poc_gate.repository.files.standing import Standing
from poc_gate.repository.files.text_file import TextFile
from poc_gate.repository.noting.interface import Reader
from poc_gate.repository.noting.notes import Notes

_CELL = re.compile(r'^\s*"cell_type":\s*"(\w+)"')
_SOURCE = re.compile(r'^\s*"source":\s*\[\s*$')
_LINE = re.compile(r'^\s*("(?:[^"\\]|\\.)*"),?\s*$')
_MAGIC = re.compile(r"^\s*[%!?]|^\s*\w+\?$")


def code_of(file: TextFile) -> str:
    """Return the code cells as text with as many lines as the file has; everything else is left empty.

    Only notebooks that are written line by line, as the usual tools do, are read.
    """
    found: list[str] = []
    kind, within = "", False
    for raw in file.lines:
        text = ""
        if match := _CELL.match(raw):
            kind = match[1]
        elif _SOURCE.match(raw):
            within = kind == "code"
        elif within:
            line = _LINE.match(raw)
            within = line is not None
            if line is not None:
                text = str(json.loads(line[1])).split("\n", maxsplit=1)[0]
        found.append("" if _MAGIC.match(text) else text)
    return "\n".join(found)


def _read(file: TextFile, notes: Notes) -> None:
    text = code_of(file)
    if not text.strip():
        return
    try:
        read_tree(parse_python(text), file, notes)
    except (RecursionError, MemoryError):
        raise ValueError("nested too deeply to be read") from None


READER = Reader(
    name="notebook",
    summary="notebooks: their code cells, read as Python",
    wants=lambda path: path.endswith(".ipynb"),
    read=_read,
    worst=Standing.EXAMPLE,
)
