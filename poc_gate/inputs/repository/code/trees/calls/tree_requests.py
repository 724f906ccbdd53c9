"""A function of the program's own that asks a provider by plain HTTP -> the model that it is given by name."""

from __future__ import annotations

import re
from typing import Any

from poc_gate.inputs.repository.code.trees.syntax.tree_nodes import place_of, plain_of
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.models import provider_of_name, role_of_name

_INTERFACE = re.compile(r"/v1/(?:chat/)?completions\b|/v1/(?:responses|messages)\b|:generateContent\b")
"""Addresses at which language models answer."""
_ASKS = re.compile(r"(?i)complet|chat|ask|prompt|generat|openai|gpt|claude|gemini|llm")
"""Names of functions that ask one, or make what is sent to it."""
_FIRST = 3
_MAKERS = frozenset({"openai", "anthropic", "google"})


def note_requested_model(short: str, arguments: Any, file: TextFile, notes: Notes) -> None:
    """Note the model that such a function is given: a plain text that is a name of a maker whose interface the file speaks."""
    if not _ASKS.search(short):
        return
    for argument in arguments[:_FIRST]:
        plain, at = plain_of(argument)
        named = isinstance(plain, str) and provider_of_name(plain) in _MAKERS and not role_of_name(plain)
        if named and file.shows(_INTERFACE):
            place = place_of(at, file.path)
            notes.model(str(plain), place, role="chat", weight=2, note=f"given to {short[:60]}")
            notes.technique("llm", "a request names its model", place)
            return
