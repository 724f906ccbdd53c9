"""Pages of Streamlit in Python -> the settings that people find there: what a slider begins with, and what a session keeps."""

from __future__ import annotations

import ast

from poc_gate.inputs.repository.code.named_values import note_named
from poc_gate.inputs.repository.code.python.python_context import PythonContext
from poc_gate.inputs.repository.code.python.values.python_dotted_names import dotted_name
from poc_gate.inputs.repository.code.python.values.python_values import argument_named, worth

_BEGINS_AT = {"slider": 3, "number_input": 3}
"""What takes a number -> where among its arguments the first value stands, as Streamlit documents it."""


def note_widget(module: PythonContext, name: str, value: ast.expr) -> bool:
    """Note what a name begins with that a page lets people change: `top_k = st.slider("Passages", 1, 20, 5)`."""
    if not isinstance(value, ast.Call) or "streamlit" not in module.imports.values():
        return False
    at = _BEGINS_AT.get(dotted_name(value.func).rpartition(".")[2])
    if at is None:
        return False
    in_place = value.args[at] if len(value.args) > at else None
    _note(module, name, argument_named(value, "value") or in_place)
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
