"""Values that a function of TypeScript takes where it is given none, or gives on by their name -> models, passages."""

from __future__ import annotations

import re
from typing import Any

from poc_gate.inputs.repository.code.trees.calls.tree_counts import note_count
from poc_gate.inputs.repository.code.trees.calls.tree_pieces import note_parameter_of_pieces
from poc_gate.inputs.repository.code.trees.syntax.tree_nodes import place_of, plain_of, text_of
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.marks import DEFAULT_OF_PARAMETER
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.model_versions import is_dated
from poc_gate.inputs.repository.tables.models import names_a_model, read_model_name, role_of_key, role_of_name
from poc_gate.inputs.repository.tables.settings import IS_ASIDE

_ASKS = re.compile(r"\b(?:Chat\w+|OpenAI|Anthropic|generateText|streamText|generateContent)\s*\(")
"""What a file does that asks a model."""


_WHOSE = frozenset({"userId", "user_id", "sessionId", "session_id", "conversationId", "threadId", "clerkUserId", "tenantId"})  # fmt: skip
_OF_A_REQUEST = frozenset({"messages", "prompt", "input", "system", "temperature", "maxTokens", "max_tokens", "stream", "tools", "apiKey"})  # fmt: skip


def is_of_a_record(siblings: frozenset[str]) -> bool:
    """Say whether an object is a record of somebody's and asks nothing: the model in it is part of what is kept."""
    return bool(siblings & _WHOSE) and not siblings & _OF_A_REQUEST


_LABELS = frozenset({"name", "label", "title", "displayName", "display_name", "description"})
_FEWEST_LISTED = 6


def is_one_of_a_list(node: Any, siblings: frozenset[str]) -> bool:
    """Say whether a pair stands in one of many objects of a list, each with a name for people: what there is to choose from."""
    listed = node.parent.parent if node.type == "pair" and node.parent is not None else None
    if listed is None or listed.type != "array" or not siblings & _LABELS:
        return False
    return len([one for one in listed.named_children[:60] if one.type == "object"]) >= _FEWEST_LISTED


_COMPLETES = re.compile(r"\bcompletions\.create\(|\bmessages\.(?:create|stream)\(|\bresponses\.create\(")
_CAPS = frozenset({"maxTokens", "max_tokens", "maxOutputTokens", "max_output_tokens", "max_completion_tokens"})  # fmt: skip


def note_part(node: Any, file: TextFile, notes: Notes) -> None:
    """Note how long an answer may be where the options that a function takes apart do not say: `const { max_tokens = 4096 } = options`."""
    name, (plain, at) = text_of(node.child_by_field_name("left")), plain_of(node.child_by_field_name("right"))
    if name in _CAPS and isinstance(plain, float) and file.shows(_COMPLETES) and not IS_ASIDE.search(file.path):  # fmt: skip
        notes.number("security.output_cap", plain, place_of(at, file.path), unit="tok", weight=1)


def note_parameter(node: Any, file: TextFile, notes: Notes) -> None:
    """Note the model that a function asks where its caller names none, `(model: string = 'gemini-2.0-flash')`, and how it cuts texts."""
    name, (plain, at) = (
        text_of(node.child_by_field_name("pattern")),
        plain_of(node.child_by_field_name("value")),
    )
    if isinstance(plain, float):
        note_parameter_of_pieces(node, name, plain, notes)
    note_count(node, name, file, notes)
    if not isinstance(plain, str) or not names_a_model(name) or not read_model_name(plain):
        return
    if is_dated(plain) or file.shows(_ASKS):
        role = role_of_name(plain) or role_of_key(name) or "chat"
        weight = 3 if is_dated(plain) else 1
        notes.model(plain, place_of(at, file.path), role=role, weight=weight, note=DEFAULT_OF_PARAMETER)  # fmt: skip


_OF_A_MODEL = re.compile(r"\b(?!\w*Embedding)\w*ChatModel\.builder\(\)")
_LASTS = re.compile(r"Duration\.of(Millis|Seconds|Minutes)\((\d{1,7})\)")
_SECONDS = {"Millis": 1e-3, "Seconds": 1.0, "Minutes": 60.0}


def seconds_of_call(callee: str, short: str, arguments: list[Any]) -> float | None:
    """Return how long a chat model of LangChain4j may take, as its builder is told; None for other calls."""
    if short != "timeout" or len(arguments) != 1 or not _OF_A_MODEL.search(callee):
        return None
    found = _LASTS.fullmatch(text_of(arguments[0])[:60])
    return _SECONDS[found[1]] * int(found[2]) if found else None
