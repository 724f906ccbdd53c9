"""Tables of classes in Python of which a program makes one by its key -> the model that the one class of a library takes by itself."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.python.values.python_dotted_names import full_name
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes
from poc_gate.inputs.repository.noting.marks import TAKEN_BY_ITSELF
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.tables.calls.table import call_named
from poc_gate.inputs.repository.tables.models import is_hosted
from poc_gate.model.claim import Place

_MAKES_ONE = re.compile(r"\w\[\w+\]\(\s*(?:\*\*\w+\s*)?\)")
"""What makes an object of a class that a key finds, and names no model: `known[kind](**given)`."""


def note_class_table(node: ast.Dict, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note the model of a table in which one class alone is of a library: `{"openai": OpenAIEmbeddings, "debug": Fake}`."""
    if not all(isinstance(one, ast.Name) and one.id[:1].isupper() for one in node.values):
        return
    found = [call for one in node.values if (call := call_named(full_name(one, scopes))) is not None]
    if len(found) != 1 or found[0].kind != "model" or not notes.file.shows(_MAKES_ONE):
        return
    call = found[0]
    if call.default and call.default != "import":
        hosting = "hosted" if is_hosted(call.provider) else ""
        note = f"the class of a table {TAKEN_BY_ITSELF}"
        notes.model(call.default, place, role=call.what, provider=call.provider, hosting=hosting, sure=INFERRED, note=note)  # fmt: skip
