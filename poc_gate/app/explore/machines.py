"""A pilot on every shipped data sheet -> which machines, and how many replicas of them, carry the plan."""

from __future__ import annotations

import math
from collections.abc import Mapping

from msgspec import Struct, structs

from poc_gate.app.assess.look.first_look_ends import Ends
from poc_gate.app.assess.reading.case import Case, CaseRequest, Progress, read_case
from poc_gate.errors import UsageError
from poc_gate.flow.walls.levers import with_value
from poc_gate.model.claim import Place, Provenance
from poc_gate.model.fact import Fact, FactTree
from poc_gate.model.quantity import Quantity
from poc_gate.text.wrapped_text import wrapped

PLANNED_SHARE = 0.7
"""Share of what the replicas serve that the peak may take."""
MOST_REPLICAS = 64
_TOO_SMALL, _UNKNOWN = "too small", "not predicted"
_WIDTH = 79
_NAMED = 5
COUNTS = (1, 2, 4, 8)
"""Devices of one replica that are tried: what servers have."""


class Fit(Struct, frozen=True):
    """One machine with the devices and replicas that carry the plan."""

    machine: str
    title: str
    count: int
    """Devices of one replica."""
    replicas: int
    """0 where no number of replicas was found to carry the plan."""
    low: float
    likely: float
    high: float
    """Requests per second that all replicas serve, their wall."""
    room: float
    """Requests that one replica holds at once, likely."""
    price: float = math.inf
    """Of all devices an hour, in the unit that was given; infinite where no price was."""

    @property
    def devices(self) -> int:
        """Devices in all."""
        return self.count * self.replicas


class Machines(Struct, frozen=True):
    """What carries a pilot's plan."""

    pilot: str
    peak: tuple[float, float, float]
    fits: tuple[Fit, ...]
    """Cheapest first where prices were given, then fewest devices."""
    without: tuple[str, ...]
    """Machines on which the model does not fit, whatever the number."""
    untold: tuple[str, ...]
    """Machines whose data sheet lacks what the prediction needs."""
    assumed: tuple[str, ...]
    """Facts that nobody stated."""


def machines(
    request: CaseRequest,
    prices: Mapping[str, float] | None = None,
    progress: Progress = lambda _what, _share: None,
) -> Machines:
    """Return the data-sheet machines that carry the plan of a pilot that serves a language model itself.

    The likely peak may take 70 % of what the replicas likely serve. Raises what `read_case` raises, and UsageError
    for a pilot whose model somebody else serves, or whose load or model nobody has stated.
    """
    from poc_gate.probe.profile.datasheets import datasheet_titles, find_datasheet

    case = read_case(structs.replace(request, unprobed=True))
    _check(case)
    found: list[Fit] = []
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
        if isinstance(fit, Fit):
            found.append(fit)
        else:
            (without if fit == _TOO_SMALL else untold).append(name)
    ends = Ends(case.tree)
    peak = ends.span("peak")
    assert peak is not None
    held = prices or {}
    found = [structs.replace(fit, price=held.get(fit.machine, math.inf) * fit.devices) for fit in found]
    found.sort(key=lambda fit: (fit.price, fit.devices, fit.likely, fit.machine))
    stated = {name for name, fact in case.tree.facts.items() if fact.value is not None}
    assumed = tuple(
        doubt.fact for doubt in ends.doubts if doubt.fact not in stated and doubt.fact.startswith("demand.")
    )
    return Machines(case.name, peak, tuple(found), tuple(without), tuple(untold), assumed)


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


def _smallest(tree: FactTree, name: str, title: str) -> Fit | str:
    """Return the smallest number of devices of one kind that carries the plan, or why there is none."""
    best: Fit | None = None
    why = _UNKNOWN
    for count in COUNTS:
        ends = Ends(_with(tree, count, 1, name))
        served, peak, room = ends.span("served"), ends.span("peak"), ends.span("room")
        if served is None or peak is None or room is None:
            continue
        if room[1] < 1 or served[1] <= 0:
            why = _TOO_SMALL
            continue
        replicas = max(1, math.ceil(peak[1] / (PLANNED_SHARE * served[1])))
        if replicas <= MOST_REPLICAS and (best is None or count * replicas < best.devices):
            low, likely, high = (end * replicas for end in served)
            best = Fit(name, title, count, replicas, low, likely, high, room[1])
        if best is not None and best.devices <= 2 * count:
            break  # more devices in a replica are no fewer in all
    return best if best is not None else why


def _with(tree: FactTree, count: int, replicas: int, name: str) -> FactTree:
    for fact, value in (
        ("target.count", count),
        ("model.tensor_parallel", count),
        ("target.replicas", replicas),
    ):
        tree = with_value(tree, fact, Quantity(float(value)))
    return with_value(tree, "target.device", name)


def machines_text(found: Machines, *, most: int = 20) -> str:
    """Return the table as text of at most 80 columns."""
    low, likely, high = (f"{end:.2g}" for end in found.peak)
    lines = [
        f"{found.pilot}: machines that carry a peak of {likely} req/s ({low} to {high})",
        "",
        f"{'machine':<26}{'devices':>8}{'replicas':>10}{'serves, req/s':>24}{'room':>8}",
    ]
    for fit in found.fits[:most]:
        served = f"{fit.likely:.2g} ({fit.low:.2g} to {fit.high:.2g})"
        each = f"{fit.replicas} x {fit.count}"
        price = f"  {fit.price:.4g}/h" if fit.price < math.inf else ""
        lines.append(f"{fit.machine:<26}{fit.devices:>8}{each:>10}{served:>24}{fit.room:>8.0f}{price}")
    if len(found.fits) > most:
        lines.append(f"and {len(found.fits) - most} more with as many devices or more: --all")
    if not found.fits:
        lines.append("none of the shipped data sheets")
    told = []
    if found.without:
        told.append(f"Does not fit on {_some(found.without)}.")
    if found.untold:
        told.append(f"Not predicted, as the data sheet lacks a number: {_some(found.untold)}.")
    if found.assumed:
        told.append(f"Assumed, because nobody has said: {', '.join(found.assumed)}.")
    order = "Cheapest first where a price is given, then fewest devices"
    told.append(f"{order}; the peak takes at most 70 % of what they likely serve.")
    for paragraph in told:
        lines += ["", *wrapped(paragraph, _WIDTH)]
    return "\n".join(lines) + "\n"


def _some(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"
