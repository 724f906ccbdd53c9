"""Derived facts on the wall: at which load the pilot breaks, where, and how far off that is."""

from __future__ import annotations

from poc_gate.flow.formulas.load.load_walls import Break, first_break
from poc_gate.flow.interface import CannotDeriveError, Derivation, DerivedValue, FactView
from poc_gate.flow.reading.tested_path import path_as_measured
from poc_gate.flow.reading.tested_reading import tested_bracket, within
from poc_gate.flow.reading.wall_reading import (
    WALL_INPUTS,
    planned_peak,
    read_limited_path,
    read_promises,
)
from poc_gate.flow.span import Span
from poc_gate.model.fact import Kind
from poc_gate.model.quantity import Quantity


def _break(view: FactView, end: str = "likely") -> Break:
    promises = read_promises(view)
    found = first_break(path_as_measured(view, read_limited_path(view), promises=promises), promises, end=end)
    if found is None:
        raise CannotDeriveError(
            "no station on the path has a known capacity and no promise breaks under load"
        )
    return found


def _load(view: FactView) -> DerivedValue:
    likely = _break(view)
    near, far = _break(view, "high"), _break(view, "low")
    span = Span(likely.load, min(likely.load, near.load), max(likely.load, far.load))
    bracket = tested_bracket(view, read_promises(view))
    seen = within(span, bracket)
    return DerivedValue(
        seen, likely.cause if seen == span else f"{bracket.words()} (predicted: {likely.cause})"
    )


def _station(view: FactView) -> DerivedValue:
    found = _break(view)
    return DerivedValue(found.station, found.cause)


def _headroom(view: FactView) -> DerivedValue:
    load, peak = view.one("flow.wall.load"), planned_peak(view)
    room = load / peak
    return DerivedValue(room, f"{load.shown('req/s')} / {Quantity(peak, 'req/s')} = {room.likely:.3g}")


DERIVATIONS = (
    Derivation(
        "flow.wall.load", "Smallest load at which a promise breaks or a station saturates",
        "min over stations, promises and limits; bisection over the composed latency", WALL_INPUTS, _load, "req/s",
        reference="docs/models/wall.md",
    ),
    Derivation(
        "flow.wall.station", "What gives way at the wall", "argmin over stations, promises and limits", WALL_INPUTS, _station,
        kind=Kind.TEXT, reference="docs/models/wall.md",
    ),
    Derivation(
        "flow.wall.headroom", "Load at the wall over the planned peak", "wall / peak",
        ("flow.wall.load", "flow.demand.peak_rate"), _headroom, reference="docs/models/wall.md",
    ),
)  # fmt: skip
"""In the order in which they build on each other."""
