"""A notebook -> its code cells as one module of Python, every line where it stands in the file; outputs are not read."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator

from poc_gate.errors import UnreadableError
from poc_gate.inputs.repository.code.python.python_reader import read_tree
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.text.documents.python_text import parse_python

_CELL = re.compile(r'^\s*"cell_type":\s*"(\w+)"')
_SOURCE = re.compile(r'^\s*"source":\s*\[\s*$')
_LINE = re.compile(r'^\s*("(?:[^"\\]|\\.)*"),?\s*$')
_MAGIC = re.compile(r"^\s*[%!?]|^\s*\w+\?$")
_RUN = re.compile(r"^(?P<indent>[ \t]*)(?:!|%[a-z])")
"""A command of a shell, or one of the notebook's own, among statements."""
_ANSWERED = re.compile(r"^(?P<kept>[ \t]*\w+(?:[ \t]*,[ \t]*\w+)*[ \t]*=[ \t]*)(?:!|%(?!%)[a-z])")
"""What a command answers is kept under a name: `files = !ls`."""


_MOST_CODE = 1 << 20
"""Characters of code; what makes notebooks large are pictures."""


def code_of(file: TextFile) -> str:
    """Return the code cells as text with as many lines as the file has; everything else is left empty.

    Empty for a notebook that is not written line by line, as the usual tools do.
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
                text = _written(line[1]).split("\n", maxsplit=1)[0]
        found.append(text)
    return "\n".join(_without_commands(found))


def _written(quoted: str) -> str:
    """Return one line of a cell; raises UnreadableError where it is not valid JSON."""
    try:
        return str(json.loads(quoted))
    except ValueError:
        raise UnreadableError("not readable as a notebook") from None


def _without_commands(lines: list[str]) -> Iterator[str]:
    """Yield the lines of Python, and for each command of a shell one line that does nothing, however many lines it has."""
    goes_on = False
    for line in lines:
        stands_in = "" if goes_on else _in_place_of(line)
        goes_on = stands_in is not None and line.rstrip().endswith("\\")
        yield line if stands_in is None else stands_in


def _in_place_of(line: str) -> str | None:
    """Return what stands in Python for a command; None for a line that is none.

    A block may hold nothing else, so that it needs a statement in its place.
    """
    if answered := _ANSWERED.match(line):
        return f"{answered['kept']}[]"
    if _MAGIC.match(line) is None:
        return None
    run = _RUN.match(line)
    return f"{run['indent']}pass" if run and run["indent"] else ""


def _code_on_one_line(file: TextFile) -> str:
    """Return the code of a notebook that is written without line breaks, or with a cell's text as a whole.

    Raises UnreadableError for what is not a notebook.
    """
    try:
        cells = json.loads(file.text).get("cells", [])
        sources = [cell["source"] for cell in cells if cell.get("cell_type") == "code"]
    except (ValueError, RecursionError, AttributeError, TypeError, KeyError):
        raise UnreadableError("not readable as a notebook") from None
    text = "\n".join("".join(source) if isinstance(source, list) else str(source) for source in sources)
    return "\n".join(_without_commands(text.split("\n")))


def _read(file: TextFile, notes: Notes) -> None:
    text, placed = code_of(file), True
    if not text.strip() and '"source"' in file.text:
        text, placed = _code_on_one_line(file), False
    if not text.strip():
        return
    if len(text.replace("\n", "")) > _MOST_CODE:
        raise UnreadableError(f"more than {_MOST_CODE >> 20} MiB of code: data")
    try:
        tree = parse_python(text)
        for node in ast.walk(tree) if not placed else ():
            if isinstance(node, ast.expr | ast.stmt):
                node.lineno, node.col_offset = 1, 0  # where a line would be in the file is not known
        read_tree(tree, file, notes)
    except (RecursionError, MemoryError):
        raise UnreadableError("nested too deeply to be read") from None


READER = Reader(
    name="notebook",
    summary="notebooks: their code cells, read as Python",
    wants=lambda path: path.endswith(".ipynb"),
    read=_read,
    worst=Standing.EXAMPLE,
    largest=16 << 20,
)
