"""Answers as people type them -> values of a manifest: `500 a day`, `50 percent`, `2s`, `1,000`, `yes`."""

from __future__ import annotations

import re

from poc_gate.inputs.manifest.fields.field_tree import Leaf
from poc_gate.inputs.manifest.reading.read_value import read_value
from poc_gate.inputs.manifest.schema.field_types import Number, RequestRate, Share, Tokens
from poc_gate.model.claim import Value
from poc_gate.text.quantities.quantity_spellings import in_plain_spelling

_BARE = re.compile(r"[+-]?[0-9.]+(?:e[+-]?[0-9]+)?", re.IGNORECASE)
_ABOUT = re.compile(
    r"(?:about|around|approx(?:imately|\.)?|roughly|some|circa|ca\.?|~|\u2248)\s*(?=[\d.])", re.IGNORECASE
)
"""People say that a number is rough; the number is what counts."""
_ALONE = {RequestRate: "req/d", Tokens: "tok"}
"""What a number alone is taken for, as the question says."""
_YES = {"y": True, "yes": True, "true": True, "n": False, "no": False, "false": False}
_NONE = frozenset({"none", "no", "nothing", "-", "keine"})


def read_typed(leaf: Leaf, text: str) -> Value:
    """Return the value that a person typed for a field; raises ValueFault for what the manifest would refuse."""
    if leaf.listed and text.strip().lower() in _NONE:
        return ()
    return read_answer(leaf, as_written(leaf, text))


def read_answer(leaf: Leaf, text: str) -> Value:
    """Return the value that a person typed for a field; lists are separated by commas.

    Raises ValueFault for what the manifest would refuse.
    """
    if leaf.listed:
        words = [word.strip() for word in text.strip("[]").split(",") if word.strip()]
        return tuple(str(read_value(leaf, word)) for word in words)
    if leaf.type is bool:
        return read_value(leaf, _YES.get(text.lower(), text)) is True
    if leaf.type is Number and re.fullmatch(r"[+-]?[0-9.]+(e[+-]?[0-9]+)?", text, re.IGNORECASE):
        try:
            return read_value(leaf, float(text))
        except ValueError:
            pass
    return read_value(leaf, text)


def as_written(leaf: Leaf, text: str) -> str:
    """Return an answer in the manifest's own spelling, where people spell it otherwise."""
    text = text.strip()
    if not (leaf.unit or leaf.type in (Number, Share)):
        return text
    text = _ABOUT.sub("", text, count=1) if _ABOUT.match(text) else text
    text = re.sub(r"\s+", " ", in_plain_spelling(text, leaf.unit, any_case=True)).strip()
    if leaf.type in _ALONE and _BARE.fullmatch(text):
        return f"{text} {_ALONE[leaf.type]}"
    return text
