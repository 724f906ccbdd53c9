"""Pages of Streamlit in Python -> the settings that people find there: what a slider begins with, and what a session keeps."""

from __future__ import annotations

import ast

from poc_gate.inputs.repository.code.named_values import note_named
from poc_gate.inputs.repository.code.python.python_context import PythonContext
from poc_gate.inputs.repository.code.python.values.python_dotted_names import dotted_name
from poc_gate.inputs.repository.code.python.values.python_values import argument_named, worth
from poc_gate.inputs.repository.noting.notes import INFERRED
from poc_gate.inputs.repository.tables.models import (
    names_a_model,
    read_model_name,
    role_of_key,
    role_of_name,
)

_BEGINS_AT = {"slider": 3, "number_input": 3}
"""What takes a number -> where among its arguments the first value stands, as Streamlit documents it."""


def note_widget(module: PythonContext, name: str, value: ast.expr) -> bool:
    """Note what a name begins with that a page lets people change: `top_k = st.slider("Passages", 1, 20, 5)`."""
    if not isinstance(value, ast.Call) or "streamlit" not in module.imports.values():
        return False
    widget = dotted_name(value.func).rpartition(".")[2]
    at = _BEGINS_AT.get(widget)
    if at is None:
        return _note_choice(module, name, value) if widget in _CHOICES else False
    in_place = value.args[at] if len(value.args) > at else None
    _note(module, name, argument_named(value, "value") or in_place)
    return True


_CHOICES = frozenset({"selectbox", "radio", "select_slider", "segmented_control", "pills"})
"""What lets people choose one of a list, the first where nothing else is said."""
_MOST_CHOICES = 12


def _note_choice(module: PythonContext, name: str, value: ast.Call) -> bool:
    """Note the models of which people choose one: the one that a page begins with is the default, the others weigh less."""
    listed = argument_named(value, "options") or (value.args[1] if len(value.args) > 1 else None)
    listed = module.scopes.find(listed.id) if isinstance(listed, ast.Name) else listed
    if not names_a_model(name) or not isinstance(listed, ast.List | ast.Tuple):
        return False
    first = worth(argument_named(value, "index") or (value.args[2] if len(value.args) > 2 else None), module.scopes).value  # fmt: skip
    begins = first if isinstance(first, int) else 0
    for at, item in enumerate(listed.elts[:_MOST_CHOICES]):
        said = worth(item, module.scopes).value
        if isinstance(said, str) and read_model_name(said):
            chosen = at == begins
            role = role_of_key(name) or role_of_name(said) or "chat"
            module.notes.model(said, module.place(item), role=role, weight=2 if chosen else 1, sure=INFERRED, default=chosen, note="people choose it on a page")  # fmt: skip
    return True


def note_session(module: PythonContext, target: ast.Subscript, value: ast.expr | None) -> None:
    """Note what a session begins with under a name: `st.session_state["top_k"] = 3`."""
    key = target.slice
    kept = dotted_name(target.value).rpartition(".")[2] == "session_state"
    if kept and isinstance(key, ast.Constant) and isinstance(key.value, str):
        _note(module, key.value, value)


def _note(module: PythonContext, name: str, given: ast.expr | None) -> None:
    if not isinstance(given, ast.Constant):
        return
    found = worth(given, module.scopes)
    if found.value not in (None, "") and "://" not in str(found.value):
        note_named(name, found.value, module.place(given), module.notes, kind="", local=True)
