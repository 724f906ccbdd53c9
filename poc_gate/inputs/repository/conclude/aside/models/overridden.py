"""Models that code takes where a variable is not set -> those that what deploys the pilot sets it to."""

from __future__ import annotations

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.noting.signals import OF_A_VARIABLE, OF_TERRAFORM, ModelSeen, SettingSeen
from poc_gate.inputs.repository.tables.models import provider_of_name, read_model_name

_CODE = frozenset({"python", "tree"})
_IN_EFFECT = 3
"""Weight of a value that is deployed."""
_KINDS = frozenset({"env", OF_TERRAFORM})


def with_overriding(ground: Ground, seen: list[ModelSeen]) -> list[ModelSeen]:
    """Return the models; for a default of code stands the model that its variable is given, by Terraform or in an environment."""
    given = {one.name.upper(): one for one in ground.signals.settings if _gives(one, ground)}
    if not given:
        return seen
    defaults = {one.place: one.name.upper() for one in ground.signals.settings if one.kind == "env" and one.weight < _IN_EFFECT}  # fmt: skip
    return [
        _overridden(one, given[defaults[one.place]])
        if one.reader in _CODE and defaults.get(one.place, "") in given
        else one
        for one in seen
    ]


def _gives(one: SettingSeen, ground: Ground) -> bool:
    """Say whether a setting is in effect and names a model."""
    return one.kind in _KINDS and one.weight >= _IN_EFFECT and ground.counts(one.standing) and read_model_name(str(one.value)) is not None  # fmt: skip


def _overridden(one: ModelSeen, by: SettingSeen) -> ModelSeen:
    """Return a model under the name that a setting gives it."""
    name, provider = read_model_name(str(by.value)) or (str(by.value), "")
    note = f"{one.note}, by {by.name}" if one.note else f"by {by.name}"
    return one._replace(name=name, provider=provider or one.provider or provider_of_name(name), place=by.place, weight=by.weight, note=note)  # fmt: skip


def as_given(seen: list[ModelSeen]) -> list[ModelSeen]:
    """Return the models without a parameter's default where a file of parameters gives another value."""
    given = {one.note for one in seen if one.note.startswith(("parameter ", OF_A_VARIABLE)) and not one.place.file.endswith(_WITH_DEFAULTS)}  # fmt: skip
    return [one for one in seen if one.note not in given or not one.place.file.endswith(_WITH_DEFAULTS)]


_WITH_DEFAULTS = (".bicep", ".tf")
"""Files in which a parameter has a default, beside files that give it a value."""
