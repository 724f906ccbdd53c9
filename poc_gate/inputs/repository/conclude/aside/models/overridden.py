"""Models that code takes where nothing says otherwise -> those that what deploys the pilot, or what it loads, says instead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.noting.loads import LOADED, OPENED
from poc_gate.inputs.repository.noting.marks import OF_A_VARIABLE, OF_SETTINGS, OF_TERRAFORM
from poc_gate.inputs.repository.noting.signals import ModelSeen, SettingSeen
from poc_gate.inputs.repository.reading import Certainty
from poc_gate.inputs.repository.tables.models import provider_of_name, read_model_name, role_of_name
from poc_gate.inputs.repository.tables.settings import words_of
from poc_gate.model.claim import Place

_CODE = frozenset({"python", "tree"})
_IN_EFFECT = 3
"""Weight of a value that is deployed."""
_KINDS = frozenset({"env", OF_TERRAFORM})


class _Given(NamedTuple):
    """What stands in place of defaults, by the name of the variable or of the key."""

    deployed: dict[str, SettingSeen]
    examples: dict[str, SettingSeen]
    """Of an environment that the pilot loads."""
    opened: dict[str, SettingSeen]
    """Of a file that code opens by its name, and fills its settings with."""


def with_overriding(ground: Ground, seen: list[ModelSeen]) -> list[ModelSeen]:
    """Return the models; for a default of code stands what its variable, or its key in a file of settings, is given."""
    deployed = {one.name.upper(): one for one in ground.signals.settings if _gives(one, ground)}
    given = _Given(deployed, _examples(ground), _opened(ground))
    if not any(given):
        return seen
    variables = _variables(ground)
    keys = {place: words_of(name) for _, name, place in ground.signals.constants}
    return [
        _with_given(one, given, variables.get(one.place, ""), keys.get(one.place, ""))
        if one.reader in _CODE
        else one
        for one in seen
    ]


def _variables(ground: Ground) -> dict[Place, str]:
    """Return where defaults are written -> the variable that decides each."""
    signals = ground.signals
    fields = {place: signals.aliases[name].upper() for _, name, place in signals.constants if signals.aliases.get(name)}  # fmt: skip
    looked_up = {one.place: one.name.upper() for one in signals.settings if one.kind == "env" and one.weight < _IN_EFFECT}  # fmt: skip
    return {**fields, **looked_up}


def _with_given(one: ModelSeen, given: _Given, variable: str, key: str) -> ModelSeen:
    """Return a model of code under the name that is given in its place, what is deployed before the rest."""
    if variable in given.deployed:
        return _overridden(one, given.deployed[variable])
    if key in given.opened:
        by = given.opened[key]
        return _overridden(one, by._replace(weight=max(by.weight, one.weight)))
    if variable in given.examples:
        by = given.examples[variable]
        found = _overridden(one, by._replace(weight=one.weight))
        return found if found is one else found._replace(certainty=Certainty.INFERRED)
    return one


def _gives(one: SettingSeen, ground: Ground) -> bool:
    """Say whether a setting is in effect and names a model."""
    return one.kind in _KINDS and one.weight >= _IN_EFFECT and _names_one(one, ground)


def _names_one(one: SettingSeen, ground: Ground) -> bool:
    return ground.counts(one.standing) and read_model_name(str(one.value)) is not None


def _examples(ground: Ground) -> dict[str, SettingSeen]:
    """Return the variables of an example of an environment, where people are told to load it as it is."""
    if not any(name == LOADED for name, _ in ground.signals.switches):
        return {}
    found = (one for one in ground.signals.settings if one.kind == "env" and ".env" in one.place.file and _names_one(one, ground))  # fmt: skip
    said = {
        one.name.upper() for one in ground.signals.settings if one.kind == "env" and _is_said_elsewhere(one)
    }
    return _agreed((one.name.upper(), one) for one in found if one.name.upper() not in said)


def _is_said_elsewhere(one: SettingSeen) -> bool:
    """Say whether a file that is neither code nor an example gives a variable: that stands before the example."""
    return one.weight > 1 and ".env" not in one.place.file and not one.place.file.endswith(OF_CODE)


OF_CODE = (".py", ".ts", ".tsx", ".js", ".mjs", ".go", ".java", ".kt", ".cs")


def _opened(ground: Ground) -> dict[str, SettingSeen]:
    """Return the keys of settings files that code opens by their names and fills its settings with."""
    names = {value for name, value in ground.signals.switches if name == OPENED}
    found = (
        one
        for one in ground.signals.settings
        if one.kind == OF_SETTINGS and one.place.file.rpartition("/")[2].lower() in names and "_" in one.name
    )
    return _agreed((one.name, one) for one in found if _names_one(one, ground))


def _agreed(found: Iterable[tuple[str, SettingSeen]]) -> dict[str, SettingSeen]:
    """Return the names that all places give the same value."""
    agreed: dict[str, SettingSeen | None] = {}
    for name, one in found:
        before = agreed.setdefault(name, one)
        if before is not None and before.value != one.value:
            agreed[name] = None
    return {name: one for name, one in agreed.items() if one is not None}


def _overridden(one: ModelSeen, by: SettingSeen) -> ModelSeen:
    """Return a model under the name that a setting gives it."""
    name, provider = read_model_name(str(by.value)) or (str(by.value), "")
    if name == one.name:
        return one
    note = f"{one.note}, by {by.name}" if one.note and not one.note.endswith(f"by {by.name}") else one.note or f"by {by.name}"  # fmt: skip
    own = provider_of_name(str(one.name))
    kept = "" if own and one.provider == own else one.provider
    hosting = "self" if (provider or kept) == "ollama" else one.hosting
    return one._replace(name=name, role=role_of_name(name) or one.role, provider=provider or kept or provider_of_name(name), hosting=hosting, place=by.place, weight=by.weight, note=note)  # fmt: skip


def as_given(seen: list[ModelSeen]) -> list[ModelSeen]:
    """Return the models without a parameter's default where a file of parameters gives another value."""
    given = {one.note for one in seen if one.note.startswith(("parameter ", OF_A_VARIABLE)) and not one.place.file.endswith(_WITH_DEFAULTS)}  # fmt: skip
    return [one for one in seen if one.note not in given or not one.place.file.endswith(_WITH_DEFAULTS)]


_WITH_DEFAULTS = (".bicep", ".tf")
"""Files in which a parameter has a default, beside files that give it a value."""
