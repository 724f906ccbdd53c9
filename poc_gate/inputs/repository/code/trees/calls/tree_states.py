"""What a page keeps while people look at it, in React and Vue -> the model that it asks for where nobody chooses another."""

from __future__ import annotations

import re
from typing import Any

from poc_gate.inputs.repository.code.trees.syntax.tree_nodes import (
    arguments_of,
    callee_of,
    place_of,
    plain_of,
)
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.marks import FIRST_ON_A_PAGE
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.tables.models import names_a_model, read_model_name, role_of_name

_KEEPS = re.compile(r"(?:React\.)?useState|(?:shallowR|r)ef")
_CHATS = re.compile(r"\bfetch\(|\baxios\b|\buseChat\(")
_SENT = r"\bmodel(?:_?id|_?name)?[\"']?\s*:\s*(?:\w+\.)?{0}\b"


def note_state(name: str, value: Any, file: TextFile, notes: Notes) -> None:
    """Note the model that a page begins with and sends along: `const [model, setModel] = useState("gpt-4o")`."""
    held = name.partition(",")[0].strip()
    if value.type != "call_expression" or not names_a_model(held) or not _KEEPS.fullmatch(callee_of(value)):
        return
    given = arguments_of(value)
    plain, at = plain_of(given[0]) if len(given) == 1 else (None, None)
    if not isinstance(plain, str) or not read_model_name(plain) or role_of_name(plain) not in {"", "chat"}:
        return
    if file.shows(_CHATS) and re.search(_SENT.format(re.escape(held)), file.text, re.IGNORECASE):
        notes.model(plain, place_of(at, file.path), role="chat", weight=1, sure=INFERRED, note=FIRST_ON_A_PAGE)  # fmt: skip
