"""Addresses that a call in Python is given by a name -> that the name is asked: the address itself is written elsewhere."""

from __future__ import annotations

import ast

from poc_gate.inputs.repository.noting.marks import ASKED_BY_NAME
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.model.claim import Place

_GIVEN = frozenset({"url", "base_url", "api_base", "api_url", "endpoint", "endpoint_url", "server_url", "service_url", "host", "uri", "address", "authority"})  # fmt: skip
"""Arguments by which clients are told whom to ask."""
_MOST = 4


def note_asked_names(given: ast.expr, place: Place, notes: Notes) -> None:
    """Note the names in what a client is given as its address: `f"{settings.SEARCH_URL}/v1"`."""
    found = [node.attr if isinstance(node, ast.Attribute) else node.id for node in ast.walk(given) if isinstance(node, ast.Attribute | ast.Name)]  # fmt: skip
    for name in found[:_MOST]:
        notes.technique(ASKED_BY_NAME, name, place, weight=1)


def note_given_names(node: ast.Call, place: Place, notes: Notes) -> None:
    """Note the names that a call is given as an address: `Client(base_url=settings.SEARCH_URL)`."""
    for keyword in node.keywords:
        if keyword.arg in _GIVEN and not isinstance(keyword.value, ast.Constant):
            note_asked_names(keyword.value, place, notes)
