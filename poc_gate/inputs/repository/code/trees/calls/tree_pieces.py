"""Bodies of questions to Ollama, and functions that cut texts, in TypeScript -> the model that it serves, how large the pieces are."""

from __future__ import annotations

import re
from typing import Any

from poc_gate.inputs.repository.code.trees.syntax.tree_nodes import place_of, text_of
from poc_gate.inputs.repository.code.trees.syntax.tree_surroundings import function_around
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes

_OF_OLLAMA = re.compile(r"/api/(?:generate|chat)\b")
_CALLED_OLLAMA = re.compile(r"(?i)ollama|:11434\b")
_QUESTIONS = frozenset({"messages", "prompt"})


def is_of_ollama(name: str, siblings: frozenset[str], file: TextFile) -> bool:
    """Say whether an entry names the model in the body of a question to Ollama's own interface."""
    return (
        name == "model"
        and bool(siblings & _QUESTIONS)
        and file.shows(_OF_OLLAMA)
        and file.shows(_CALLED_OLLAMA)
    )


def note_of_ollama(plain: str, value: Any, notes: Notes) -> None:
    """Note the model that Ollama is asked for, and that it answers."""
    place = place_of(value, notes.file.path)
    notes.model(
        plain, place, role="chat", provider="ollama", hosting="self", weight=2, note="asked of ollama"
    )
    notes.fact("model.engine", "ollama", place, sure=INFERRED)


_SPLITS = re.compile(r"(?i)chunk|split")
_SIZE = re.compile(r"(?:max)?(?:chunk)?(?:size|length|chars|characters|tokens)|chunk(?:Size|Length|Chars|Tokens)|max(?:Size|Length|Chars|Tokens)")  # fmt: skip
_OVERLAP = re.compile(r"(?:chunk)?[oO]verlap(?:Size|Chars|Tokens)?")


def note_parameter_of_pieces(node: Any, name: str, plain: float, notes: Notes) -> None:
    """Note how large the pieces are that a function cuts a text into, where it takes size and overlap: `(text, size = 900, overlap = 90)`."""
    said = "chunk_size" if _SIZE.fullmatch(name) else "chunk_overlap" if _OVERLAP.fullmatch(name) else ""
    if not said or not _SPLITS.search(function_around(node)):
        return
    beside = [text_of(one.child_by_field_name("pattern")) for one in node.parent.named_children[:12]]
    if any(_SIZE.fullmatch(one) for one in beside) and any(_OVERLAP.fullmatch(one) for one in beside):
        notes.named_value(said, plain, place_of(node.child_by_field_name("value"), notes.file.path), weight=1)
