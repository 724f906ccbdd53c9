"""Requests in Python that speak the interface of language models -> how long their client lets them take, and how long an answer may be."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.python.calls.python_interfaces import INTERFACE, seconds_of
from poc_gate.inputs.repository.code.python.models.python_limits import CAPS, note_cap, note_time
from poc_gate.inputs.repository.code.python.values.python_dotted_names import dotted_name
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes
from poc_gate.inputs.repository.code.python.values.python_values import argument_named, worth
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.settings import IS_ASIDE

_CLIENTS = re.compile(r"(?:^|\.)(?:AsyncClient|Client|ClientSession)$")
_BODIES = ("json", "data")
_LONGEST = 400


def opened_clients(node: ast.With | ast.AsyncWith) -> dict[str, ast.expr]:
    """Return the clients of HTTP that a block is opened with, by their names: `async with httpx.AsyncClient(timeout=20) as client`."""
    return {
        one.optional_vars.id: one.context_expr
        for one in node.items
        if isinstance(one.optional_vars, ast.Name)
        and isinstance(one.context_expr, ast.Call)
        and _CLIENTS.search(dotted_name(one.context_expr.func))
    }


def note_model_request(node: ast.Call, scopes: Scopes, notes: Notes) -> None:
    """Note the limits of a request to a model that says no time of its own: its client's time, and the cap in its body."""
    if IS_ASIDE.search(notes.file.path) or not any(_asks(one, scopes) for one in node.args[:2]):
        return
    given = None if argument_named(node, "timeout") is not None else _of_client(node.func, scopes)
    if given is not None:
        note_time(given, seconds_of(given, scopes), notes)
    for name in _BODIES:
        body = argument_named(node, name)
        held = scopes.find(body.id) if isinstance(body, ast.Name) else body
        if isinstance(held, ast.Dict):
            _note_body(held, scopes, notes)


def _asks(node: ast.expr, scopes: Scopes) -> bool:
    held = scopes.find(node.id) if isinstance(node, ast.Name) else node
    return held is not None and INTERFACE.search(ast.unparse(held)[:_LONGEST]) is not None


def _of_client(called: ast.expr, scopes: Scopes) -> ast.expr | None:
    """Return the time that the client of a request was made with."""
    owner = called.value if isinstance(called, ast.Attribute) else None
    made = scopes.find(owner.id) if isinstance(owner, ast.Name) else None
    return argument_named(made, "timeout") if isinstance(made, ast.Call) else None


def _note_body(body: ast.Dict, scopes: Scopes, notes: Notes) -> None:
    """Note the cap of answers that a body names; a plain number is noted with the dictionary itself."""
    for key, value in zip(body.keys, body.values, strict=True):
        named = key.value if isinstance(key, ast.Constant) else None
        if named in CAPS and not isinstance(value, ast.Constant):
            found = worth(value, scopes)
            if isinstance(found.value, int | float) and not isinstance(found.value, bool) and found.value > 0:
                note_cap(value, found, notes)
