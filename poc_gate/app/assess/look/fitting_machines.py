"""A case on every shipped data sheet -> which machines, and how many replicas of them, carry the plan."""

from __future__ import annotations

import math
from collections.abc import Mapping

from msgspec import structs

from poc_gate.app.assess.look.first_look_ends import Ends, full_tree
from poc_gate.app.assess.reading.case import Case, Progress
from poc_gate.errors import UsageError
from poc_gate.flow.walls.first_answers import carried_numbers
from poc_gate.flow.walls.levers import with_value
from poc_gate.model.claim import Place, Provenance
from poc_gate.model.fact import Fact, FactTree
from poc_gate.model.parts.machines import MachineFit, Machines
from poc_gate.model.quantity import Quantity

PLANNED_SHARE = 0.7
"""Share of what the replicas serve that the peak may take."""
MOST_REPLICAS = 64
_TOO_SMALL, _UNKNOWN = "too small", "not predicted"
COUNTS = (1, 2, 4, 8)
"""Devices of one replica that are tried: what servers have."""


def machines_or_none(case: Case) -> Machines | None:
    """Return the machines that carry the plan; None for a pilot of which that cannot be asked."""
    try:
        return fitting_machines(case)
    except UsageError:
        return None


def fitting_machines(
    case: Case,
    prices: Mapping[str, float] | None = None,
    progress: Progress = lambda _what, _share: None,
) -> Machines:
    """Return the data-sheet machines that carry the plan of a pilot that serves a language model itself.

    The likely peak may take 70 % of what the replicas likely serve. Raises UsageError for a pilot whose model somebody
    else serves, or whose load or model nobody has stated.
    """
    from poc_gate.inputs.probe.profile.datasheets import datasheet_titles, find_datasheet

    _check(case)
    found: list[MachineFit] = []
    without: list[str] = []
    untold: list[str] = []
    titles = datasheet_titles()
    for number, (name, title) in enumerate(titles):
        progress(name, number / len(titles))
        sheet = find_datasheet(name)
        if sheet is None or not any(
            m.fact == "machine.accelerators.state" for m in sheet.measurements if m.value
        ):
            continue
        known = [
            Fact(one.fact, one.value, Provenance.ASSUMED, Place("data sheet", pointer=name))
            for one in sheet.measurements
            if one.value is not None
        ]
        fit = _smallest(_bare(case.tree).with_facts(tuple(known)), name, title)
        if isinstance(fit, MachineFit):
            found.append(fit)
        else:
            (without if fit == _TOO_SMALL else untold).append(name)
    ends = Ends(case.tree)
    peak = ends.span("peak")
    assert peak is not None
    held = prices or {}
    found = [
        structs.replace(fit, price=held[fit.machine] * fit.devices if fit.machine in held else None)
        for fit in found
    ]
    found.sort(
        key=lambda fit: (math.inf if fit.price is None else fit.price, fit.devices, fit.likely, fit.machine)
    )
    stated = {name for name, fact in case.tree.facts.items() if fact.value is not None}
    assumed = tuple(
        doubt.fact for doubt in ends.doubts if doubt.fact not in stated and doubt.fact.startswith("demand.")
    )
    return Machines(case.name, peak, tuple(found), tuple(without), tuple(untold), assumed, PLANNED_SHARE)


def _check(case: Case) -> None:
    if case.tree.get("model.hosting").value != "self":
        raise UsageError(
            f"{case.name} does not serve its model itself: no machine has to carry it",
            next_step="state `hosting: self` under model, if it does",
        )
    ends = Ends(case.tree)
    if ends.likely.peak is None:
        raise UsageError(
            "nobody has said how many requests are planned",
            next_step="add `requests_per_day: 500 req/d` under demand",
        )
    if ends.likely.needed is None:
        raise UsageError(
            "the size of the model is not known",
            next_step="add its public `name:` or `parameters:` under model, or its `config:`",
        )


def _bare(tree: FactTree) -> FactTree:
    """Return the facts of the pilot without those of a machine and without how many there are of it."""
    gone = ("machine.", "target.count", "target.replicas", "target.device", "model.tensor_parallel")
    kept = {name: fact for name, fact in tree.facts.items() if not fact.derived and not name.startswith(gone)}
    return FactTree(kept, tree.items, tree.item_places, tree.contradictions, tree.catalogue)


def _smallest(tree: FactTree, name: str, title: str) -> MachineFit | str:
    """Return the smallest number of devices of one kind that carries the plan, or why there is none."""
    best: tuple[int, int] | None = None
    why = _UNKNOWN
    for count in COUNTS:
        found = carried_numbers(full_tree(_with(tree, count, name)), "likely")
        if found.served is None or found.peak is None or found.room is None:
            continue
        if found.room < 1 or found.served <= 0:
            why = _TOO_SMALL
            continue
        replicas = max(1, math.ceil(found.peak / (PLANNED_SHARE * found.served)))
        if replicas <= MOST_REPLICAS and (best is None or count * replicas < best[0] * best[1]):
            best = count, replicas
        if best is not None and best[0] * best[1] <= 2 * count:
            break  # more devices in a replica are no fewer in all
    return why if best is None else _fit(tree, name, title, *best)


def _fit(tree: FactTree, name: str, title: str, count: int, replicas: int) -> MachineFit:
    ends = Ends(_with(tree, count, name), carried_numbers)
    served, room = ends.span("served"), ends.span("room")
    assert served is not None
    assert room is not None
    low, likely, high = (end * replicas for end in served)
    return MachineFit(name, title, count, replicas, low, likely, high, room[1])


def _with(tree: FactTree, count: int, name: str) -> FactTree:
    """Return the facts with one replica of so many devices of a kind."""
    for fact, value in (
        ("target.count", count),
        ("model.tensor_parallel", count),
        ("target.replicas", 1),
    ):
        tree = with_value(tree, fact, Quantity(float(value)))
    return with_value(tree, "target.device", name)
