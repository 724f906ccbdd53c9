"""A literal dictionary in Python -> settings, models of a table, passages of a search, tools that it describes."""

from __future__ import annotations

import ast

from poc_gate.inputs.repository.code.named_values import note_named
from poc_gate.inputs.repository.code.python.models.python_class_tables import note_class_table
from poc_gate.inputs.repository.code.python.models.python_limits import note_limit_of_entry
from poc_gate.inputs.repository.code.python.python_context import PythonContext
from poc_gate.inputs.repository.code.python.python_walk import HOSTED_ID
from poc_gate.inputs.repository.code.python.statements.python_labels import (
    AS_NOTHING,
    hyperparameters_in,
    is_label,
    loads_of_tokenizers,
    shown_in,
)
from poc_gate.inputs.repository.code.python.statements.python_makers import note_makers
from poc_gate.inputs.repository.code.python.tools.python_described_tools import note_described_function
from poc_gate.inputs.repository.code.python.tools.python_server_tools import note_server_described
from poc_gate.inputs.repository.code.python.values.python_entries import keys_of
from poc_gate.inputs.repository.code.python.values.python_values import worth
from poc_gate.inputs.repository.noting.notes import INFERRED
from poc_gate.inputs.repository.tables.models import names_a_model
from poc_gate.inputs.repository.tables.systems import system_named

_MOST_ENTRIES = 200
"""More are data, and no settings."""
_OF_A_SERVER = frozenset({"url", "description", "variables"})
"""What OpenAPI tells of a server: the addresses under which the pilot itself answers."""


def note_dictionary(module: PythonContext, node: ast.Dict) -> None:
    """Note what a literal dictionary says as a whole, and each of its entries beside the others."""
    keys = keys_of(node)
    if not 0 < len(keys) <= _MOST_ENTRIES:
        return
    note_makers(node, module.in_class, module.place, module.notes)
    note_class_table(node, module.scopes, module.notes, module.place(node))
    note_described_function(node, keys, module.scopes, module.notes, module.place(node))
    note_server_described(node, keys, module.scopes, module.notes)
    siblings = frozenset(keys)
    nothing = (*hyperparameters_in(node), *loads_of_tokenizers(node), *shown_in(node))
    module.weighed |= {id(one): AS_NOTHING for one in nothing}
    weight = 0 if _is_off(node) else module.weighed.get(id(node), module.weight)
    for key, value in zip(node.keys, node.values, strict=True):
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            _note_entry(module, key.value, value, siblings, weight)


def _note_entry(
    module: PythonContext, key: str, value: ast.expr, siblings: frozenset[str], weight: int
) -> None:
    found, place, notes = worth(value, module.scopes).value, module.place(value), module.notes
    if is_label(key, notes.file):
        return
    if key == "vector_store" and isinstance(value, ast.Dict) and notes.file.shows("mem0"):
        _note_memory(module, value)
    note_limit_of_entry(key, value, siblings, module.scopes, notes)
    if key == "type" and found == "file_search":
        notes.technique("retrieval", "a model searches files", place)
    if isinstance(found, str) and HOSTED_ID.match(found) and not names_a_model(key):
        notes.model(found, place, weight=1, sure=INFERRED, note="one of a table")
    if key == "limit" and siblings == {"query", "limit"} and notes.file.shows("/documents/search"):
        notes.named_value("top_k", str(found), place)
    if key == "url" and _is_of_a_server(siblings):
        return
    if found is not None and isinstance(value, ast.Constant):
        note_named(key, found, place, notes, siblings=siblings, kind="", local=True, weight=weight)


def _is_off(node: ast.Dict) -> bool:
    """Say whether a dictionary says of itself that it is off: `{"url": "...", "enabled": False}`."""
    entries = zip(node.keys, node.values, strict=True)
    return any(isinstance(key, ast.Constant) and key.value == "enabled" and isinstance(value, ast.Constant) and value.value is False for key, value in entries)  # fmt: skip


def _note_memory(module: PythonContext, given: ast.Dict) -> None:
    """Note the index that mem0 is told to keep memories in: `"vector_store": {"provider": "qdrant", ...}`."""
    for key, value in zip(given.keys, given.values, strict=True):
        provider = worth(value, module.scopes).value
        if isinstance(key, ast.Constant) and key.value == "provider" and isinstance(provider, str) and (system := system_named(provider)):  # fmt: skip
            module.notes.system(
                system, module.place(value), direction="both", note="mem0 keeps memories there"
            )


def _is_of_a_server(keys: frozenset[str]) -> bool:
    """Say whether keys are those with which OpenAPI describes a server; extensions of it begin with `x-`."""
    return "description" in keys and all(key in _OF_A_SERVER or key.startswith("x-") for key in keys)
