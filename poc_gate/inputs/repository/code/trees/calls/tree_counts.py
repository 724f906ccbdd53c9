"""Functions of TypeScript that are told how many passages to look up, and the numbers that calls give them -> passages."""

from __future__ import annotations

import re
from typing import Any

from poc_gate.inputs.repository.code.trees.syntax.tree_nodes import place_of, plain_of, text_of
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.noting.of_parts import GIVES_PASSAGES, TAKES_PASSAGES

_PASSAGES = frozenset({"topK", "top_k", "matchCount", "match_count", "k"})
_SEARCHES = re.compile(
    r"similaritySearch|similarity_search|BaseRetriever\b|match_count|\.rpc\(|Knn\("
    r"|\btopK\b[^;]{0,400}\b(?:vector|namespace|filter)\b|\bvector\b[^;]{0,400}\btopK\b"
)
"""What a file does that looks passages up."""
_DRAWS = re.compile(r"\btemperature\b|\btopP\b|\btop_p\b")
"""What a file speaks of where a like name says from how many words the next one is drawn."""
_CALLED = re.compile(
    r"(?i)match|search|retriev|context|similar|nearest|docs|documents|passages|chunks|query|relevant"
)
"""Names of functions that may look passages up."""
_MOST_ARGUMENTS = 8


def note_count(node: Any, name: str, file: TextFile, notes: Notes) -> None:
    """Note how many passages a function looks up that is told nothing else, or that its callers say it."""
    if name not in _PASSAGES or not file.shows(_SEARCHES) or file.shows(_DRAWS):
        return
    plain, at = plain_of(node.child_by_field_name("value"))
    if isinstance(plain, float):
        notes.named_value("top_k", plain, place_of(at, file.path), weight=1)
        return
    listed = node.parent
    function = _name_of(listed.parent) if listed is not None else ""
    if function:
        places = [one.start_byte for one in listed.named_children if one.type != "comment"]
        notes.technique(TAKES_PASSAGES, f"{function}.{places.index(node.start_byte)}", place_of(node, file.path), weight=1)  # fmt: skip


def _name_of(function: Any) -> str:
    """Return the name of a function, or that of the constant which an arrow is kept under."""
    if function is None:
        return ""
    if (name := function.child_by_field_name("name")) is not None:
        return text_of(name)[:80]
    holder = function.parent
    return text_of(holder.child_by_field_name("name"))[:80] if holder is not None and holder.type == "variable_declarator" else ""  # fmt: skip


def note_numbers_given(short: str, arguments: list[Any], file: TextFile, notes: Notes) -> None:
    """Note the plain numbers that a call gives a function which may look passages up."""
    if not _CALLED.search(short) or not 1 < len(arguments) <= _MOST_ARGUMENTS:
        return
    for index, one in enumerate(arguments):
        plain, at = plain_of(one) if one.type == "number" else (None, None)
        if isinstance(plain, float) and plain > 0 and not plain % 1:
            notes.technique(GIVES_PASSAGES, f"{short}.{index}={int(plain)}", place_of(at, file.path), weight=1)  # fmt: skip
