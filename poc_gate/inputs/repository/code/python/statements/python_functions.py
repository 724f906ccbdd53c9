"""A function in Python -> what the defaults of its parameters say, and what it says only to count tokens or to try a key."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping

from poc_gate.inputs.repository.code.named_values import note_named
from poc_gate.inputs.repository.code.python.python_context import PythonContext
from poc_gate.inputs.repository.code.python.values.python_values import worth
from poc_gate.inputs.repository.noting.marks import DEFAULT_OF_PARAMETER, OF_A_CLASS
from poc_gate.inputs.repository.noting.notes import INFERRED
from poc_gate.inputs.repository.tables.model_versions import is_dated
from poc_gate.inputs.repository.tables.models import (
    names_a_model,
    provider_of_name,
    read_model_name,
    role_of_key,
    role_of_name,
)

_OF_A_PROVIDER = re.compile(r"(?m)^[ \t]*(?:import|from)\s+(?:openai|anthropic|cohere|mistralai|groq|google\.gen|pinecone_text|litellm|ollama|together|voyageai)\b")  # fmt: skip
"""Packages of providers: a class beside one wraps its client."""
_SCORES = re.compile(r"\.predict(?:_proba)?\(|predict_proba|\bproba(?:bilit)|sigmoid|softmax|\bscores?\b")
"""What a file speaks of where a model's answer is held against a threshold."""
_PREDICTS = re.compile(r"(?i)predict|fraud|classif|churn|is_positive|decide")
_WATCHES = re.compile(
    r"(?i)(?:^|[/_])(?:train(?:ing|er)?|validation|drift|overfit\w*|monitoring|feature_selection)(?:[/_.]|$)"
)
"""Files whose thresholds are of learning and of watching, not of an answer."""
_SPEAKS = re.compile(r"[\"'/}](?:api/(?:generate|chat)|chat/completions|v1/messages)[\"']")
"""A file that asks a model over its interface: what it takes by default is asked where nobody says otherwise."""


def note_threshold(module: PythonContext, name: str, defaults: Mapping[str, ast.expr]) -> None:
    """Note the score at which a function that predicts says yes by default."""
    file, threshold = module.notes.file, defaults.get("threshold")
    if threshold is None or not _PREDICTS.search(name):
        return
    if not file.shows(_SCORES) or _WATCHES.search(file.path):
        return
    value = worth(threshold, module.scopes).value
    if value is not None:
        module.notes.named_value("prediction_threshold", value, module.place(threshold), weight=1)


def note_defaults(module: PythonContext, defaults: Mapping[str, ast.expr]) -> None:
    """Note the models and addresses that parameters have by default."""
    for name, default in defaults.items():
        said = default.value if isinstance(default, ast.Constant) else None
        if not isinstance(said, str):
            continue
        if names_a_model(name) and read_model_name(said):
            _note_model(module, name, said, default)
        if said.startswith("https://"):
            note_named(name, said, module.place(default), module.notes, kind="", local=True)


def _note_model(module: PythonContext, name: str, said: str, default: ast.expr) -> None:
    """Note the model of a default; one without a version only where the file asks a model itself."""
    dated = is_dated(said)
    if dated or module.notes.file.shows(_SPEAKS):
        role, weight = role_of_key(name) or "chat", 3 if dated else 1
        module.notes.model(said, module.place(default), role=role, weight=weight, note=DEFAULT_OF_PARAMETER)
    elif module.in_class and not module.in_function and module.notes.file.shows(_OF_A_PROVIDER):
        given_on = re.compile(
            rf"(?:super\(\)\.__init__|[A-Z]\w+)\(\s*(?:\w+\s*=\s*)?{name}\b|self\.\w+\s*=\s*{name}\b"
        )
        if module.notes.file.shows(given_on):
            role, note = role_of_key(name) or role_of_name(said) or "chat", f"{OF_A_CLASS}{module.in_class[-1].name}"  # fmt: skip
            own = "azure" not in module.in_class[-1].name.lower() and provider_of_name(said) == "openai"
            provider = "openai" if own else ""
            module.notes.model(said, module.place(default), role=role, provider=provider, weight=1, sure=INFERRED, note=note)  # fmt: skip


_COUNTS = re.compile(r"(?i)token")
_TOKENISER = re.compile(r"\b(?:encoding_for_model|get_encoding|count_tokens|token_counter)\(")


def counts_tokens(module: PythonContext, name: str) -> bool:
    """Say whether a function counts the tokens of a text: the model in it only says by which rules."""
    return bool(_COUNTS.search(name)) and module.notes.file.shows(_TOKENISER)


_CHECKS = re.compile(r"(?i)^_?(?:check|test|verify|validate)_(?:auth\w*|connection|connectivity|credentials?|(?:api_?)?keys?)(?:_|$)")  # fmt: skip


def only_tries_a_key(name: str) -> bool:
    """Say whether a function only finds out whether a provider answers: the model that it asks for that answers nobody."""
    return bool(_CHECKS.search(name))
