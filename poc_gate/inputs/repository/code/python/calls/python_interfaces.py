"""Ollama asked over HTTP or by a command in Python -> the model that it serves; how a call says how many seconds it waits."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.python.values.python_arguments import argument_of, place_of, written_at
from poc_gate.inputs.repository.code.python.values.python_dotted_names import dotted_name
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes, resolved
from poc_gate.inputs.repository.code.python.values.python_values import worth
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes

TIMEOUT = "path.stages[model].timeout"
INTERFACE = re.compile(r"/api/(?:generate|chat)\b|chat/completions\b|/v1/messages\b|:generateContent\b")
"""Paths at which models are asked over HTTP."""
_OF_OLLAMA = re.compile(r"/api/(?:generate|chat)\b")
_CALLED_OLLAMA = re.compile(r"(?i)ollama|:11434\b")
_POSTS = re.compile(r"(?:^|\.)(?:post|request|stream)$")
_STARTS = re.compile(r"^(?:subprocess\.(?:run|Popen|call|check_output|check_call)|asyncio\.create_subprocess_exec)$")  # fmt: skip
_QUESTIONS = frozenset({"messages", "prompt"})
_TIMES = frozenset({"Timeout", "ClientTimeout"})
_CASTS = frozenset({"int", "float"})


def note_ollama(node: ast.Call, name: str, scopes: Scopes, notes: Notes) -> None:
    """Note the model that Ollama is asked for without its library."""
    if _STARTS.match(name):
        _note_command(node, scopes, notes)
    elif _POSTS.search(name) and notes.file.shows(_OF_OLLAMA) and notes.file.shows(_CALLED_OLLAMA):
        _note_question(resolved(argument_of(node, ("json",)) or node, scopes), scopes, notes)


def _note_question(body: ast.AST | None, scopes: Scopes, notes: Notes) -> None:
    """Note the model that the body of a question names."""
    if not isinstance(body, ast.Dict):
        return
    fields = {one.value: value for one, value in zip(body.keys, body.values, strict=True) if isinstance(one, ast.Constant)}  # fmt: skip
    if "model" in fields and _QUESTIONS & fields.keys():
        _note_model(fields["model"], scopes, notes)


def _note_model(model: ast.expr, scopes: Scopes, notes: Notes) -> None:
    found = worth(model, scopes)
    named = found.value if isinstance(found.value, str) else found.ref
    if named is not None:
        at = place_of(found.node, written_at(model, notes))
        notes.model(
            named, at, role="chat", provider="ollama", hosting="self", weight=2, note="asked of ollama"
        )
        notes.fact("model.engine", "ollama", at, sure=INFERRED)


def _note_command(node: ast.Call, scopes: Scopes, notes: Notes) -> None:
    """Note what a command asks: `subprocess.run(["ollama", "run", MODEL, text], timeout=30)`."""
    first = node.args[0] if node.args else None
    words = first.elts if isinstance(first, ast.List) else node.args
    if [worth(one, scopes).value for one in words[:2]] != ["ollama", "run"] or len(words) < _WITH_A_MODEL:
        return
    notes.technique("llm", "ollama run asks a model", written_at(node, notes))
    _note_model(words[2], scopes, notes)
    given = argument_of(node, ("timeout",))
    found = worth(seconds_in(given, scopes), scopes)
    if given is not None and isinstance(found.value, int | float) and found.value > 0:
        at = place_of(found.node, written_at(given, notes))
        notes.number(TIMEOUT, found.value, at, unit="s", weight=1 if found.default else 2)


_WITH_A_MODEL = 3
"""Words of a command that names its model."""


def seconds_in(given: ast.expr | None, scopes: Scopes) -> ast.expr | None:
    """Return what says the seconds: the whole time of `httpx.Timeout(60, connect=5)`, the second of a pair, which is for reading."""
    inner = resolved(given, scopes) if isinstance(given, ast.Name) else given
    if isinstance(inner, ast.Tuple):
        return inner.elts[-1] if inner.elts else None
    if isinstance(inner, ast.Call):
        short = dotted_name(inner.func).rpartition(".")[2]
        if short not in _TIMES:
            return given if short in _CASTS else None
        return argument_of(inner, ("total",)) or next(iter(inner.args), None)
    return given
