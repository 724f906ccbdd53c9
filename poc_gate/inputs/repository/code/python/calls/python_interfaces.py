"""Questions to a model over HTTP, by a command or by a client in Python -> how long one may take, and that Ollama answers."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.python.values.python_arguments import argument_of, place_of, written_at
from poc_gate.inputs.repository.code.python.values.python_dotted_names import dotted_name
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes, resolved
from poc_gate.inputs.repository.code.python.values.python_values import UNKNOWN, Worth, worth
from poc_gate.inputs.repository.noting.marks import OF_ONE_REQUEST
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes

TIMEOUT = "path.stages[model].timeout"
INTERFACE = re.compile(r"/api/(?:generate|chat)\b|chat/completions\b|/v1/messages\b|:generateContent\b")
"""Paths at which models are asked over HTTP."""
_OF_OLLAMA = re.compile(r"/api/(?:generate|chat)\b")
_CALLED_OLLAMA = re.compile(r"(?i)ollama|:11434\b")
_POSTS = re.compile(r"(?:^|\.)(?:post|apost|request|stream)$")
_CLIENTS = re.compile(r"^(?:httpx\.(?:AsyncClient|Client)|aiohttp\.ClientSession)$")
_LASTING = re.compile(r"(?:httpx\.(?:AsyncClient|Client)|aiohttp\.ClientSession)\([^()]*timeout\s*=")
_STARTS = re.compile(r"^(?:subprocess\.(?:run|Popen|call|check_output|check_call)|asyncio\.create_subprocess_exec)$")  # fmt: skip
_QUESTIONS = frozenset({"messages", "prompt", "contents"})


def note_interface(node: ast.Call, name: str, scopes: Scopes, notes: Notes) -> None:
    """Note how long a question to a model may take that a program asks without a library of the provider."""
    if _STARTS.match(name):
        _note_command(node, scopes, notes)
    elif _CLIENTS.match(name):
        if notes.file.shows(INTERFACE) and len(_LASTING.findall(notes.file.text)) == 1:
            _note_time(argument_of(node, ("timeout",)), scopes, notes)
    elif _POSTS.search(name) and (body := argument_of(node, ("json",))) is not None:
        _note_question(node, resolved(body, scopes), scopes, notes)


def _note_question(node: ast.Call, body: ast.AST | None, scopes: Scopes, notes: Notes) -> None:
    """Note the time limit of a question to a model, by what its body says; and the model, where Ollama answers."""
    if not isinstance(body, ast.Dict):
        return
    fields = {one.value: value for one, value in zip(body.keys, body.values, strict=True) if isinstance(one, ast.Constant)}  # fmt: skip
    if "model" not in fields or not _QUESTIONS & fields.keys():
        return
    _note_time(argument_of(node, ("timeout",)), scopes, notes)
    if notes.file.shows(_OF_OLLAMA) and notes.file.shows(_CALLED_OLLAMA):
        _note_of_ollama(fields["model"], scopes, notes)


def _note_of_ollama(model: ast.expr, scopes: Scopes, notes: Notes) -> None:
    """Note the model that Ollama is asked for."""
    found = worth(model, scopes)
    named = found.value if isinstance(found.value, str) else found.ref
    if named is not None:
        at = place_of(found.node, written_at(model, notes))
        notes.model(
            named, at, role="chat", provider="ollama", hosting="self", weight=2, note="asked of ollama"
        )
        notes.fact("model.engine", "ollama", at, sure=INFERRED)


def _note_command(node: ast.Call, scopes: Scopes, notes: Notes) -> None:
    """Note the model that a command asks: `subprocess.run(["ollama", "run", MODEL, text], timeout=30)`."""
    first = node.args[0] if node.args else None
    words = first.elts if isinstance(first, ast.List) else node.args
    if [worth(one, scopes).value for one in words[:2]] != ["ollama", "run"] or len(words) < _WITH_A_MODEL:
        return
    at = written_at(node, notes)
    notes.technique("llm", "ollama run asks a model", at)
    notes.fact("model.engine", "ollama", at, sure=INFERRED)
    _note_of_ollama(words[2], scopes, notes)
    _note_time(argument_of(node, ("timeout",)), scopes, notes)


_WITH_A_MODEL = 3
"""Words of a command that names its model."""


def _note_time(given: ast.expr | None, scopes: Scopes, notes: Notes) -> None:
    """Note a time limit; one that a parameter has by default counts less."""
    found = seconds_of(given, scopes)
    if given is not None and isinstance(found.value, int | float) and found.value > 0:
        at = place_of(found.node, written_at(given, notes))
        weight = 1 if found.default else 2
        notes.number(TIMEOUT, found.value, at, unit="s", weight=weight, note=OF_ONE_REQUEST)


def seconds_of(given: ast.expr | None, scopes: Scopes) -> Worth:
    """Return the seconds that a limit gives, also as `httpx.Timeout(60)`, `aiohttp.ClientTimeout(total=60)` and `(5, 60)`."""
    inner = resolved(given, scopes) if isinstance(given, ast.Name) else given
    if isinstance(inner, ast.Call) and dotted_name(inner.func).rpartition(".")[2] in {
        "Timeout",
        "ClientTimeout",
    }:
        given = inner.args[0] if inner.args else argument_of(inner, ("total", "timeout", "read"))
    elif isinstance(inner, ast.Tuple) and len(inner.elts) == 2:
        given = inner.elts[1]
    found = worth(given, scopes)
    return UNKNOWN if isinstance(found.value, bool) else found
