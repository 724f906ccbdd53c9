"""Models whose names other files decide -> the names that those files give, or a question where none does."""

from __future__ import annotations

from poc_gate.inputs.repository.conclude.ground import Ground, Resolved
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.signals import ModelSeen, Ref
from poc_gate.inputs.repository.tables.models import (
    NO_MODELS,
    has_organisation,
    names_a_model,
    provider_of_name,
    read_model_name,
    role_of_key,
    role_of_name,
    whisper_of_size,
)
from poc_gate.inputs.repository.tables.settings import words_of
from poc_gate.model.claim import Notice

_DEPLOYMENTS_OF = frozenset({"azure-openai", "azure-ai", "azure-apim", "openai", ""})
"""Providers whose models code may name by the deployment that was made of them."""
_MOST_ASKED = 12


def named_models(ground: Ground, questions: list[Notice]) -> list[ModelSeen]:
    """Return models by name; names that are decided elsewhere are looked up, or asked."""
    found: list[ModelSeen] = []
    asked: dict[str, ModelSeen] = {}
    for one in ground.signals.models:
        if not isinstance(one.name, Ref):
            found.append(_by_its_deployment(ground, one, one.name))
            continue
        value = ground.resolve(one.name, one.place, one.standing) if one.name.name else None
        if value is not None:
            found += _looked_up(ground, one, one.name, value)
        elif (variable := ground.variable_behind(one.name)) and one.name.name and ground.counts(one.standing):
            asked.setdefault(variable, one)
    questions += _questions(asked, found)
    return found


def _by_its_deployment(ground: Ground, one: ModelSeen, name: str) -> ModelSeen:
    """Return a model that code names, by the name of the model where it is a deployment's."""
    deployed = ground.signals.deployments.get(name, "") if one.provider in _DEPLOYMENTS_OF else ""
    return one._replace(name=deployed, note=f"deployment {name}") if deployed else one


def _looked_up(ground: Ground, one: ModelSeen, ref: Ref, value: Resolved) -> list[ModelSeen]:
    """Return a model by the name that another file gives; nothing where what stands there is no model."""
    text = ground.signals.deployments.get(value.value, "") or value.value
    if one.role == "speech":
        text = whisper_of_size(text) or text
    read = read_model_name(text)
    if read is None and (not _may_be_weights(text, one, ref) or text.lower() in NO_MODELS):
        return []
    name, provider = read or (text, "")
    by_key = role_of_key(ref.name) if one.role == "chat" else ""
    return [
        one._replace(
            name=name,
            role=role_of_name(name) or by_key or one.role,
            provider=provider or one.provider or provider_of_name(name),
            place=value.place,
            standing=max(one.standing, value.standing) if value.standing > Standing.SUPPORT else one.standing,
            weight=min(4, value.weight + 1),
            note=f"{one.note}, by {ref.name}" if one.note else f"by {ref.name}",
            called=f"{words_of(ref.name)} {one.called}",
        )
    ]


def _may_be_weights(text: str, one: ModelSeen, ref: Ref) -> bool:
    """Say whether a text may name a model that no table knows: by its form, or by its variable."""
    by_variable = ref.kind == "env" and names_a_model(ref.name) and " " not in text and bool(one.provider)
    return bool(text) and (has_organisation(text) or by_variable)


def _questions(asked: dict[str, ModelSeen], found: list[ModelSeen]) -> list[Notice]:
    """Return what is asked of variables that no file sets, where no other model of the same file plays the role."""
    named = {(one.place.file, one.role) for one in found if isinstance(one.name, str)}
    return [
        Notice(
            "question",
            f"which {one.role} model answers is decided by the environment variable {name}, which no file of the repository sets",
            one.place,
            f"say what {name} is in production",
        )
        for name, one in list(asked.items())[:_MOST_ASKED]
        if (one.place.file, one.role) not in named
    ]
