"""Derived facts on the further models of a pilot: how long they are served, whether they are pinned and allowed."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import date

from poc_gate.flow.interface import Derivation, DerivedValue, FactView
from poc_gate.flow.span import as_span

_DAY = 86400.0


def _of(view: FactView, hosting: str) -> Iterator[FactView]:
    """Yield the further models that are run that way; raises naming those of which nobody says how."""
    every = list(view.each("models"))
    silent = [one.full_name("models[].hosting") for one in every if not one.text("models[].hosting")]
    if silent:
        raise view.missing(*silent)
    return (one for one in every if one.text("models[].hosting") == hosting)


def _count(view: FactView, hosting: str) -> DerivedValue:
    names = [one.item for one in _of(view, hosting)]
    return DerivedValue(as_span(float(len(names))), f"further models: {', '.join(names) or 'none'}")


def _hosted(view: FactView) -> DerivedValue:
    return _count(view, "hosted")


def _self_hosted(view: FactView) -> DerivedValue:
    return _count(view, "self")


def _served_for(view: FactView) -> DerivedValue:
    """Return the shortest time from launch to an end; endless where none ends or a successor stands ready."""
    models = list(_of(view, "hosted"))
    if not models:
        return DerivedValue(as_span(math.inf), "no further model is served by a provider")
    today, launch = view.text("assessment.today"), view.text("pilot.go_live")
    if not today:
        raise view.missing("assessment.today")
    start = date.fromisoformat(max(today, launch)[:10])
    left: dict[str, float] = {}
    missing: list[str] = []
    for one in models:
        end = one.text("models[].retires_on")
        if not end:
            missing.append(one.full_name("models[].retires_on"))
            continue
        days = (date.fromisoformat(end[:10]) - start).days
        replaced = days > 0 and one.flag("models[].successor_evaluated") is True
        left[one.item] = math.inf if replaced else days * _DAY
    soonest = min(left, key=left.__getitem__, default="")
    if missing:
        raise view.missing(*missing).bounded(high=left[soonest] if soonest else None)
    return DerivedValue(as_span(left[soonest]), f"{soonest} ends first")


def _counted(view: FactView, hosting: tuple[str, ...], flag: str, *, bad: bool, noun: str) -> DerivedValue:
    """Return how many of these models have a flag that they must not have; raises naming those that are silent."""
    models = [one for kind in hosting for one in _of(view, kind)]
    states = {one.item: one.flag(f"models[].{flag}") for one in models}
    found = [item for item, state in states.items() if state is bad]
    silent = [one.full_name(f"models[].{flag}") for one in models if states[one.item] is None]
    if silent:
        raise view.missing(*silent).bounded(low=float(len(found)) or None)
    return DerivedValue(as_span(float(len(found))), f"{noun}: {', '.join(found) or 'none'}")


def _floating(view: FactView) -> DerivedValue:
    return _counted(view, ("self", "hosted"), "alias_floating", bad=True, noun="under an alias that can move")


def _barred(view: FactView) -> DerivedValue:
    return _counted(view, ("self",), "licence_allows", bad=False, noun="licence forbids it")


def _learning(view: FactView) -> DerivedValue:
    return _counted(view, ("hosted",), "provider_trains", bad=True, noun="provider may train on it")


def _number(
    name: str, meaning: str, inputs: tuple[str, ...], compute: Callable[[FactView], DerivedValue]
) -> Derivation:
    return Derivation(
        name, meaning, "count; none where no further model is listed", ("models[].hosting", *inputs), compute
    )


DERIVATIONS = (
    _number("flow.models.hosted", "Further models that a provider serves", (), _hosted),
    _number("flow.models.self_hosted", "Further models that the team serves", (), _self_hosted),
    _number("flow.models.floating", "Further models under an alias that can move", ("models[].alias_floating",), _floating),
    _number("flow.models.barred", "Further models whose licence forbids this use", ("models[].licence_allows",), _barred),
    _number("flow.models.learning", "Further models whose provider may train on what is sent", ("models[].provider_trains",), _learning),
    Derivation(
        "flow.models.served_for", "Time for which every further model is served after the launch, or has a successor",
        "min over further hosted models of end date - max(launch, today)",
        ("assessment.today", "pilot.go_live", "models[].hosting", "models[].retires_on", "models[].successor_evaluated"),
        _served_for, "s",
    ),
)  # fmt: skip
"""In the order in which they build on each other."""
