"""Marks in a text -> the models that it names."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.noting.signals import Ref
from poc_gate.inputs.repository.tables.marks.model_marks import ModelMark
from poc_gate.inputs.repository.tables.model_constants import model_of_constant

_COMMENT = re.compile(r"\s*(?:#(?!\[)|//|\*|/\*)")
_TESTS = re.compile(r"^[ \t]*(?:#\[cfg\(test\)\]|mod tests\b)", re.MULTILINE)
"""Where the tests of a file in Rust begin."""
_MOST = 40


def note_models(rows: tuple[ModelMark, ...], file: TextFile, notes: Notes) -> None:
    """Note the models that a text names by the rows of a table."""
    tests = _TESTS.search(file.text) if file.name.endswith(".rs") else None
    ends = tests.start() if tests else len(file.text)
    for row in rows:
        if file.shows(row.home):
            for match in list(row.pattern.finditer(file.text, 0, ends))[:_MOST]:
                _note(row, match, file, notes)


def _note(row: ModelMark, match: re.Match[str], file: TextFile, notes: Notes) -> None:
    begin = file.text.rfind("\n", 0, match.start()) + 1
    if _COMMENT.match(file.text, begin):
        return
    groups = {key: text for key, text in match.groupdict().items() if text}
    if kept := groups.get("kept"):
        notes.model(Ref("name", kept), file.at(match.start("kept")), role=row.role, provider=row.provider, hosting="hosted")  # fmt: skip
        return
    key = next((one for one in ("name", "other", "third", "constant") if one in groups), "")
    if not key:
        return
    text = model_of_constant(groups[key]) if key == "constant" else groups[key]
    place = file.at(match.start(key))
    if variable := groups.get("variable"):
        notes.setting("env", variable, text, place)
    hosting = "self" if row.provider == "ollama" else "hosted" if row.provider else ""
    notes.model(text, place, role=row.role, provider=row.provider, hosting=hosting, weight=2, note="named in code")  # fmt: skip
