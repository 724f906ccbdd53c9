"""Variables of Terraform that nothing reads, and routes that nothing asks -> what their files say is taken back."""

from __future__ import annotations

from collections.abc import Collection

from poc_gate.inputs.repository.noting.marks import OF_TERRAFORM
from poc_gate.inputs.repository.noting.signals import Signals
from poc_gate.model.claim import Place

_PLACED = ("models", "systems", "hosts")


def variables_to_look_for(signals: Signals) -> frozenset[tuple[str, str]]:
    """Return the variables of Terraform that have a value, each with the folder that it holds in."""
    return frozenset((_folder(one.place), one.name) for one in signals.settings if _is_variable(one.kind, one.place))  # fmt: skip


def leave_unread_variables(signals: Signals, unread: Collection[tuple[str, str]]) -> None:
    """Take back what the values of those variables say."""
    places = _places(signals, unread)
    for name in _PLACED if places else ():
        found = getattr(signals, name)
        found[:] = [one for one in found if one.place not in places]


def leave_arms_not_taken(signals: Signals, idle: Collection[tuple[str, str]], given: Collection[str]) -> None:
    """Take back the sizes and limits that those variables say, and what an environment gives them; a model stays one to choose."""
    places = _places(signals, idle)
    places |= {one.place for one in signals.settings if one.kind == "env" and one.name in given}
    signals.facts[:] = [one for one in signals.facts if one.place not in places]


def _places(signals: Signals, variables: Collection[tuple[str, str]]) -> set[Place]:
    return {one.place for one in signals.settings if _is_variable(one.kind, one.place) and (_folder(one.place), one.name) in variables}  # fmt: skip


def _is_variable(kind: str, place: Place) -> bool:
    return kind == OF_TERRAFORM and place.file.endswith((".tf", ".tfvars"))


def _folder(place: Place) -> str:
    return place.file.rpartition("/")[0]


def leave_models_of(signals: Signals, files: Collection[str]) -> None:
    """Take back the models that routes ask which nothing asks, and the limits of their answers."""
    signals.models[:] = [one for one in signals.models if one.place.file not in files]
    signals.facts[:] = [one for one in signals.facts if one.place.file not in files or one.fact != "security.output_cap"]  # fmt: skip
