"""Variables of Terraform, and those of an environment that it sets -> models, stores, limits and hosts by their names."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.code.named_values import note_key_variable, note_named
from poc_gate.inputs.repository.deployment.iac.blocks import Statement, literal
from poc_gate.inputs.repository.deployment.iac.cloudformation import SECRET
from poc_gate.inputs.repository.noting.marks import OF_A_VARIABLE, OF_TERRAFORM
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.model.claim import Place

_ENVIRONMENT = re.compile(r"(?i)^(?:\w+_)?(?:environment|env)(?:_variables|_vars)?\b|^variables\b")
"""Heads of blocks that hold the variables of a function or a container."""
_REFERS = re.compile(r"\"?(?:\$\{)?var\.(\w{1,80})\}?\"?")
_NAME = re.compile(r"[A-Z][A-Z0-9_]{2,60}")


def note_under(name: str, plain: str | float, place: Place, notes: Notes, *, weight: int) -> None:
    """Note what a variable's name says of its value; a model is told under which variable it is written."""
    notes.setting(OF_TERRAFORM, name, plain, place, weight=weight)
    before = len(notes.signals.models)
    note_named(name, plain, place, notes, kind="", weight=weight)
    models = notes.signals.models
    models[before:] = [one._replace(note=f"{OF_A_VARIABLE}{name}") for one in models[before:]]


def is_of_an_environment(one: Statement) -> bool:
    """Say whether a statement sets a variable of what is deployed, such as `environment { variables = { MODEL_ID = "..." } }`."""
    return len(one.blocks) > 1 and bool(_NAME.fullmatch(one.key) and _ENVIRONMENT.match(one.blocks[-1]))


def note_set(one: Statement, notes: Notes) -> None:
    """Note a variable of what is deployed: the provider whose key it holds, or its value."""
    note_key_variable(one.key, one.place, notes)
    if SECRET.search(one.key):
        return
    value = literal(one.value)
    if isinstance(value, str) and value:
        note_named(one.key, value, one.place, notes, kind="env", weight=3)
    elif referred := _REFERS.fullmatch(one.value.strip()):
        notes.setting("env", one.key, f"{OF_TERRAFORM}.{referred[1]}", one.place, weight=3)
