"""Calls in TypeScript that make a client of a provider or ask Ollama over HTTP -> time limits, repetitions, the model that Ollama serves."""

from __future__ import annotations

import re
from typing import Any

from poc_gate.inputs.repository.code.trees.syntax.tree_nodes import (
    named,
    pairs_given,
    place_of,
    plain_of,
    text_of,
)
from poc_gate.inputs.repository.code.trees.syntax.tree_surroundings import function_around
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.tables.calls.call import Call

_SCRIPTS = (".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts", ".svelte", ".vue")
_PRODUCT = re.compile(r"(\d[\d_]{0,8})\s*\*\s*(\d[\d_]{0,8})")
_SHORTEST_MS, _LONGEST_MS = 1_000, 7_200_000
"""Limits below a second are given in another unit, or are none of a question to a model."""


def note_limits_of_maker(call: Call, arguments: Any, file: str, notes: Notes) -> None:
    """Note how long a client's questions may take and how often each is asked again: `new OpenAI({ timeout: 20_000 })`."""
    speaks = call.kind == "host" and "llm" in call.techniques
    if not file.endswith(_SCRIPTS) or not (speaks or (call.kind == "model" and call.what == "chat")):
        return
    for pair in (pair for argument in list(arguments)[:3] for pair in pairs_given(argument)):
        name, value = named(pair)
        number = _number(value) if name in {"timeout", "maxRetries"} else None
        if number is None:
            continue
        if name == "maxRetries" and number > 0:
            notes.number("path.stages[model].retries", number, place_of(value, file))
        elif name == "timeout" and _SHORTEST_MS <= number <= _LONGEST_MS:
            notes.number("path.stages[model].timeout", number / 1_000, place_of(value, file), unit="s")


def _number(value: Any) -> float | None:
    """Return a number, or the product of two: `30 * 1000`."""
    if value is None:
        return None
    product = _PRODUCT.fullmatch(text_of(value)[:40].strip())
    if product is not None:
        return float(product[1].replace("_", "")) * float(product[2].replace("_", ""))
    plain, _ = plain_of(value)
    return plain if isinstance(plain, float) else None


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
