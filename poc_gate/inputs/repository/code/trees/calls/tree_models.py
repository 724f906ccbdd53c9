"""A call in TypeScript, Java, Go or C# that makes a model -> the model, and how long its answers may be."""

from __future__ import annotations

import re
from typing import Any

from poc_gate.inputs.repository.code.trees.syntax.tree_nodes import (
    BY_SETTING,
    named,
    pairs_given,
    place_of,
    plain_of,
    text_of,
)
from poc_gate.inputs.repository.code.trees.syntax.tree_surroundings import function_around
from poc_gate.inputs.repository.noting.named_models import is_tag_of_ollama
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.calls.call import Call
from poc_gate.inputs.repository.tables.models import NO_MODELS, is_hosted, read_model_name
from poc_gate.inputs.repository.tables.settings import IS_ASIDE
from poc_gate.model.claim import Place

_CHECKS = re.compile(
    r"(?i)inject|moderat|jailbreak|guardrail|toxic|(?:verify|check|sanitize|screen)_?(?:draft|answer|response|reply|output|message|input|prompt|content)"
)
"""Functions that look at what is asked or answered: the model that they ask is not the one that answers."""


def note_model(call: Call, node: Any, arguments: Any, short: str, file: str, notes: Notes) -> None:
    """Note the model that a call is given: a plain first argument, or `model` among its options."""
    if call.what in {"", "chat"} and _CHECKS.search(function_around(node)):
        call = call._replace(what="guardrail")
    for argument in arguments[:4]:
        plain, at = plain_of(argument)
        if isinstance(plain, str) and (read_model_name(plain) or _is_of_ollama(call, plain)):
            notes.model(
                plain,
                place_of(at, file),
                role=call.what,
                provider=call.provider,
                hosting=_hosting_of(call),
                weight=1 if BY_SETTING.search(text_of(argument)[:120]) else 3,
                note=f"given to {short}",
            )
            return
        _note_options(call, argument, short, place_of(node, file), notes)


def _hosting_of(call: Call) -> str:
    return "hosted" if is_hosted(call.provider) else "self" if call.provider == "ollama" else ""


def _is_of_ollama(call: Call, name: str) -> bool:
    return call.provider == "ollama" and name not in NO_MODELS and is_tag_of_ollama(name)


_NAMES = frozenset({"model", "modelName", "deploymentName", "modelId", "azureOpenAIApiDeploymentName"})
_TOKENS = frozenset({"maxTokens", "max_tokens", "maxOutputTokens", "max_completion_tokens"})


def _note_options(call: Call, argument: Any, short: str, asked: Place, notes: Notes) -> None:
    """Note the model among the options of a call, and the cap of its answers, which is that model's."""
    said, file = "", asked.file
    caps: list[Place] = []
    for pair in pairs_given(argument):
        name, value = named(pair)
        plain, at = plain_of(value) if value is not None else (None, None)
        if name in _NAMES and isinstance(plain, str) and not said:
            said = plain
            notes.model(
                plain,
                place_of(at, file),
                role=call.what,
                provider=call.provider,
                hosting=_hosting_of(call),
                weight=3,
                note=f"given to {short}",
            )
        elif (
            name in _TOKENS
            and isinstance(plain, int | float)
            and call.what == "chat"
            and not IS_ASIDE.search(file)
        ):
            caps.append(place_of(at, file))
            notes.number("security.output_cap", plain, caps[-1], unit="tok", weight=3)
    for place in [*caps, asked] if said and caps else ():
        notes.signals.of_models[place] = said.lower()
