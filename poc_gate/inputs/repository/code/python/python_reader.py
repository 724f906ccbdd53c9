"""Python -> constants, settings classes, look-ups of the environment, calls of known libraries, tools of agents."""

from __future__ import annotations

import ast

from poc_gate.errors import UnreadableError
from poc_gate.inputs.repository.code.built_addresses import note_built
from poc_gate.inputs.repository.code.python.models.python_alternatives import weigh_alternatives
from poc_gate.inputs.repository.code.python.models.python_usual_embeddings import note_given_embedding
from poc_gate.inputs.repository.code.python.python_module import PythonModule
from poc_gate.inputs.repository.code.python.statements.python_fields import note_opened
from poc_gate.inputs.repository.code.python.statements.python_makers import note_made_for
from poc_gate.inputs.repository.code.python.values.python_worth import is_worth_parsing
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.handlers import note_handler
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.text.documents.python_text import parse_python


def _wants(path: str) -> bool:
    return path.endswith((".py", ".pyw"))


def _read(file: TextFile, notes: Notes) -> None:
    note_made_for(file.text, notes)
    note_opened(file, notes)
    note_handler(file, notes)
    note_given_embedding(file, notes)
    if not is_worth_parsing(file.text):
        return
    note_built(file, notes)
    tree = parse_python(file.text)
    try:
        read_tree(tree, file, notes)
    except (RecursionError, MemoryError):
        raise UnreadableError("nested too deeply to be read") from None


def read_tree(tree: ast.Module, file: TextFile, notes: Notes, *, first_line: int = 0) -> None:
    """Note what a module's syntax tree says; `first_line` is added to every line."""
    PythonModule(tree, file, notes, first_line).read()
    weigh_alternatives(tree, file, notes, first_line)


READER = Reader(
    name="python",
    summary="Python by its syntax tree: settings, constants, calls of known libraries, tools",
    wants=_wants,
    read=_read,
    worst=Standing.MEASURED,
)
