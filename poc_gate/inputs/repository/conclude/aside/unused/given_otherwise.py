"""Defaults that no call leaves -> what they say is replaced by what the calls give, or taken back."""

from __future__ import annotations

from collections.abc import Mapping

from poc_gate.inputs.repository.noting.signals import FactSeen, ModelSeen, Scalar, Signals
from poc_gate.inputs.repository.tables.models import is_of_a_hub, read_model_name
from poc_gate.model.claim import Place
from poc_gate.model.quantity import Quantity

Given = Mapping[Place, tuple[Scalar | None, Place | None]]


def places_in_python(signals: Signals) -> frozenset[Place]:
    """Return where code of Python says a value, a model, a setting or an address."""
    kinds = (signals.facts, signals.models, signals.hosts)
    return frozenset(one.place for kind in kinds for one in kind if one.reader == "python")


def leave_given_otherwise(signals: Signals, given: Given) -> None:
    """Put what every call gives in the place of defaults, where it is one constant; take back the others."""
    if not given:
        return
    signals.facts[:] = [fact for one in signals.facts if (fact := _fact(one, given)) is not None]
    signals.models[:] = [model for one in signals.models if (model := _model(one, given)) is not None]
    signals.hosts[:] = [one for one in signals.hosts if one.place not in given]
    signals.settings[:] = [one for one in signals.settings if one.place not in given]


def _fact(one: FactSeen, given: Given) -> FactSeen | None:
    if one.place not in given:
        return one
    value, place = given[one.place]
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if place is None or value is None or not isinstance(one.value, Quantity) or not number:
        return None
    return one._replace(value=Quantity(float(value), one.value.unit), place=place)


def _model(one: ModelSeen, given: Given) -> ModelSeen | None:
    if one.place not in given:
        return one
    value, place = given[one.place]
    if place is None or not isinstance(value, str) or not (read_model_name(value) or is_of_a_hub(value)):
        return None
    return one._replace(name=value, place=place)
