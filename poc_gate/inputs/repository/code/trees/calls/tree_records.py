"""A record of Java or C# that is made with plain values -> those values, under the names that the record gives them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from poc_gate.inputs.repository.code.named_values import note_named
from poc_gate.inputs.repository.code.trees.syntax.tree_nodes import place_of, plain_of
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.notes import Notes

_RECORD = re.compile(r"\brecord\s+(?:class\s+|struct\s+)?(?P<name>\w+)\s*\((?P<components>[^()]{1,2000})\)")
_COMPONENT = re.compile(r"(?:@\w+(?:\([^)]*\))?\s+)*[\w.<>\[\]?, ]*?\b(\w+)\s*(?:=[^,]*)?$")


def note_record(short: str, arguments: list[Any], file: TextFile, notes: Notes) -> None:
    """Note the plain values that a record of the same file is made with: `new ChunkingConfig(4000, 500)`."""
    if not file.name.endswith((".java", ".cs", ".kt")) or not short[:1].isupper():
        return
    declared = _records(file.text).get(short) if "record" in file.text else None
    if declared is None:
        return
    if len(declared) < len(arguments):
        return
    for name, argument in zip(declared, arguments, strict=False):
        value, at = plain_of(argument)
        if name and isinstance(value, int | float):
            note_named(name, value, place_of(at, file.path), notes, kind="")


@lru_cache(maxsize=4)
def _records(text: str) -> dict[str, list[str]]:
    """Return the names that records of a file give to what they are made with; of two of one name the first counts."""
    found: dict[str, list[str]] = {}
    for one in _RECORD.finditer(text):
        if one["name"] not in found:
            parts = (_COMPONENT.match(part.strip()) for part in one["components"].split(","))
            found[one["name"]] = [part[1] if part else "" for part in parts]
    return found
