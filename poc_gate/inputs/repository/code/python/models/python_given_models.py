"""Calls in Python that are given a model by name, such as agents and classes of the pilot's own -> the model."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from poc_gate.inputs.repository.code.python.values.python_arguments import place_of, written_at
from poc_gate.inputs.repository.code.python.values.python_dotted_names import dotted_name, full_name
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes
from poc_gate.inputs.repository.code.python.values.python_values import worth
from poc_gate.inputs.repository.noting.notes import STATED, Notes
from poc_gate.inputs.repository.tables.calls.table import call_named
from poc_gate.inputs.repository.tables.models import read_model_name, role_of_key, role_of_name
from poc_gate.model.claim import Place

_GIVEN = re.compile(
    r"(?:^|_)(?:llm|llm_name|model|model_name|model_id|chat_model|embedder|reranker|deployment_name)$|^(?:llm|model)_"
)
_COUNTS = re.compile(
    r"(?i)token|count|encod|price|cost|assert|test|mock|getattr|format|print|log|raise|error|schema|field|enum|literal|example|parse|usage|span|trace|startswith|prompt|^(?:get|is|has|supports|register)_"
)
"""Calls that speak of a model without asking it: they count its tokens, know its price, or log its name."""


def note_given_model(node: ast.Call, name: str, notes: Notes) -> None:
    """Note a model that a class of the pilot's own is given by name, such as `QueryAgent(llm="gpt-4")`."""
    short = name.rpartition(".")[2]
    for keyword in node.keywords:
        given = keyword.arg or ""
        value = keyword.value
        if not (isinstance(value, ast.Constant) and isinstance(value.value, str) and _GIVEN.search(given)):
            continue
        if _COUNTS.search(short):
            return
        if read_model_name(value.value):
            place = written_at(value, notes)
            called = next((one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)), "")  # fmt: skip
            role = role_of_key(given) or role_of_key(short) or role_of_key(called) or "chat"
            local = short in _OF_OLLAMA and notes.file.shows(_TAKES_OLLAMA)
            by = {"provider": "ollama", "hosting": "self", "weight": 3} if local else {"weight": 1}
            notes.model(value.value, place, role=role, note=f"given to {short}", **by)


_OF_OLLAMA = frozenset({"chat", "generate", "embed", "embeddings"})
_TAKES_OLLAMA = re.compile(r"(?m)^[ \t]*(?:import ollama\b|from ollama import )")
_MODEL_OF_ARN = re.compile(r"foundation-model/([\w.:-]+)$")


def note_arns(node: ast.Call, notes: Notes) -> None:
    """Note the models of Bedrock that names of resources end with, also where the region before them is filled in."""
    for keyword in node.keywords:
        if (keyword.arg or "").endswith("model_arn"):
            note_arn(keyword.arg or "", keyword.value, notes)


def note_arn(given: str, value: ast.expr, notes: Notes) -> None:
    """Note the model of Bedrock that a name of a resource ends with, by what it is given as."""
    last = value.values[-1] if isinstance(value, ast.JoinedStr) and value.values else value
    said = last.value if isinstance(last, ast.Constant) else ""
    found = _MODEL_OF_ARN.search(said) if isinstance(said, str) else None
    if found and read_model_name(found[1]):
        role = role_of_name(found[1]) or role_of_key(given) or "chat"
        notes.model(
            found[1], written_at(value, notes), role=role, provider="bedrock", hosting="hosted", weight=3
        )


def note_agents_model(
    node: ast.Call, scopes: Scopes, notes: Notes, place: Place, *, role: str = "chat", first: bool = False
) -> None:
    """Note the model that an agent is made with, where it is given by name; `first` where it may stand without a keyword."""
    given = [keyword.value for keyword in node.keywords if keyword.arg in {"model", "llm"}]
    given += node.args[:1] if first else []
    for one in (named for expression in given for named in _names_in(expression, scopes)):
        found = worth(one, scopes)
        if isinstance(found.value, str):
            named = role_of_key(dotted_name(one)) if role == "chat" else ""
            notes.model(found.value, place_of(found.node, place), role=named or role, weight=3)


def _names_in(given: ast.expr, scopes: Scopes) -> Iterator[ast.expr]:
    """Yield what may name the model in what an agent is given: each side of a choice, and what a function of the program's own makes it of.

    `model=resilient("gemini-2.5-flash") if hosted else local(NAME)`; what a library makes is noted where it is made.
    """
    if isinstance(given, ast.IfExp):
        yield from _names_in(given.body, scopes)
        yield from _names_in(given.orelse, scopes)
    elif not isinstance(given, ast.Call):
        yield given
    elif call_named(full_name(given.func, scopes)) is None and not _COUNTS.search(dotted_name(given.func)):
        named = next((one.value for one in given.keywords if _GIVEN.search(one.arg or "")), None)
        first = named or next(iter(given.args), None)
        said = worth(first, scopes).value if first is not None else None
        if first is not None and isinstance(said, str) and read_model_name(said):
            yield first
        else:
            yield given


_ENCODES = re.compile(
    r"(?:^|/)((?:universal-sentence-encoder|sentence-t5|sentence-encoder|LaBSE|gtr-|nnlm-)[\w-]*)/"
)
"""Models of TensorFlow's hub that turn texts into vectors, by the path of their address."""


def note_of_hub(node: ast.Call, scopes: Scopes, notes: Notes, place: Place, short: str) -> None:
    """Note the model that TensorFlow's hub is asked for by its address, and the hub."""
    said = worth(node.args[0], scopes).value if node.args else None
    if not isinstance(said, str) or not said.startswith("https://"):
        return
    notes.host(said, f"{short} calls it", place, sure=STATED)
    if found := _ENCODES.search(said):
        notes.model(found[1], place, role="embedding", hosting="self", weight=3, note=f"given to {short}")
        notes.technique("embeds", f"{found[1]} embeds", place)
