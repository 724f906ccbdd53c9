"""The wall: the load at which the pilot breaks, what binds there, and the walls behind it."""

from __future__ import annotations

import math

from msgspec import structs

from poc_gate.flow.derive_facts import Deriver
from poc_gate.flow.formulas.load.composition import Composer
from poc_gate.flow.formulas.load.load_walls import Break, first_break, holds_at, relieved
from poc_gate.flow.formulas.load.path_model import RequestPath
from poc_gate.flow.interface import CannotDeriveError, FactView
from poc_gate.flow.reading.tested_path import path_as_measured
from poc_gate.flow.reading.tested_reading import NOT_TESTED, tested_bracket, within
from poc_gate.flow.reading.wall_reading import planned_peak, read_limited_path, read_promises
from poc_gate.flow.span import Span
from poc_gate.flow.walls.batch_walls import feeding_wall, window_wall
from poc_gate.flow.walls.further_walls import corpus_wall, cost_wall
from poc_gate.model.fact import FactTree
from poc_gate.model.quantity import Quantity, two_figures
from poc_gate.model.verdict import Wall, WallPicture, WallPoint

WALLS = 4
"""The first wall and the three behind it."""

POINTS = 14
_BESIDE = 1e-6
"""So far beside a wall, as a share of its load, the curve is computed once more."""
BEYOND = 10.0
"""The axis runs to ten times the load of twelve months."""


def wall_stands_beyond(tree: FactTree, load: float) -> bool:
    """Return whether the pilot holds at a load in requests per second; False where that cannot be told."""
    view = Deriver(tree).view()
    try:
        promises = read_promises(view)
        return holds_at(path_as_measured(view, read_limited_path(view), promises=promises), promises, load)
    except CannotDeriveError:
        return False


def first_wall(tree: FactTree) -> Break | None:
    """Return the first wall in load of a tree of stated facts; None where nothing gives way or it cannot be told."""
    view = Deriver(tree).view()
    try:
        promises = read_promises(view)
        return first_break(path_as_measured(view, read_limited_path(view), promises=promises), promises)
    except CannotDeriveError:
        return None


def find_walls(tree: FactTree) -> tuple[WallPicture, ...]:
    """Return the pictures that the facts allow: in load, cost, corpus, volume of a run, accelerators."""
    deriver = Deriver(tree)
    pictures = []
    for build in (load_wall, cost_wall, corpus_wall, window_wall, feeding_wall):
        try:
            pictures.append(build(deriver.view()))
        except (CannotDeriveError, ZeroDivisionError, OverflowError):
            continue  # the facts do not describe this axis, or with numbers that no axis can have
    return tuple(pictures)


def load_wall(view: FactView) -> WallPicture:
    """Return the picture in load: the curve of p95 over req/s and the walls in order.

    Raises CannotDeriveError naming what is missing.
    """
    promises, peak = read_promises(view), planned_peak(view)
    path = path_as_measured(view, read_limited_path(view), promises=promises)
    today, far = _axis(view, peak)
    seen = tested_bracket(view, promises)
    picture = picture_of(path, promises, today=today, planned=peak, far=far)
    if seen == NOT_TESTED or not picture.walls:
        return picture
    first, *behind = picture.walls
    span = within(
        Span(first.load, first.low if first.low is not None else first.load, first.high or first.load), seen
    )
    cause = first.cause if span.likely == first.load else f"{seen.words()} (predicted: {first.cause})"
    walls = (structs.replace(first, load=span.likely, low=span.low, high=span.high, cause=cause), *behind)
    said = (*picture.assumptions, seen.words())
    return structs.replace(picture, walls=walls, assumptions=said, sentence=_sentence(walls, peak))


def picture_of(
    path: RequestPath, promises: dict[str, float], *, today: float, planned: float, far: float
) -> WallPicture:
    """Return the picture of a path: loads in req/s, the axis running to `far` or beyond the first wall."""
    walls = _walls_in_order(path, promises)
    axis_end = max(far, planned, *(2.0 * wall.load for wall in walls[:1]))
    strictest = promises.get("slo.p95") or promises.get("slo.p99") or promises.get("slo.p50")
    return WallPicture(
        axis="req/s",
        axis_unit="req/s",
        today=today,
        planned=planned,
        points=_curve(path, today, axis_end, walls),
        walls=walls,
        slo=strictest,
        assumptions=path.assumptions,
        sentence=_sentence(walls, planned),
    )


def _axis(view: FactView, peak: float) -> tuple[float, float]:
    mean, pilot = view.maybe("demand.requests_per_day"), view.maybe("demand.pilot_requests_per_day")
    today = peak
    if mean and pilot and mean.likely > 0:
        today = peak * pilot.likely / mean.likely
    grown = view.maybe("flow.demand.peak_rate_12m")
    return min(today, peak), BEYOND * (max(peak, grown.likely) if grown else peak)


def _walls_in_order(path: RequestPath, promises: dict[str, float]) -> tuple[Wall, ...]:
    walls: list[Wall] = []
    for _ in range(WALLS):
        found = first_break(path, promises)
        if found is None or not math.isfinite(found.load):
            break
        near = far = None
        if not walls:
            near, far = _interval(path, promises, found)
        if walls and (found.load, found.station) == (walls[-1].load, walls[-1].station):
            break  # it stays where it is, however much it is relieved
        walls.append(Wall(found.load, near, far, found.station, found.cause))
        path = relieved(path, found)
    return tuple(walls)


def _interval(path: RequestPath, promises: dict[str, float], found: Break) -> tuple[float, float]:
    if all(station.low == 1.0 and station.high == 1.0 for station in path.stations):
        return found.load, found.load
    near, far = first_break(path, promises, end="high"), first_break(path, promises, end="low")
    low = min(found.load, near.load) if near else found.load
    return low, max(found.load, far.load) if far else found.load


def _curve(path: RequestPath, start: float, end: float, walls: tuple[Wall, ...]) -> tuple[WallPoint, ...]:
    """Return the curve on a logarithmic grid and on both sides of the first wall, where it may turn sharply."""
    start = max(start, end / 1e4)
    if end <= start:
        end = start * 10.0
    points = []
    composers = [Composer(path, end) for end in ("likely", "low", "high")]
    known = all(station.low == station.high == 1.0 for station in path.stations)
    grid = {start * (end / start) ** (i / (POINTS - 1)) for i in range(POINTS)}
    beside = {wall.load * (1.0 + side) for wall in walls[:1] for side in (-_BESIDE, _BESIDE)}
    for load in sorted(grid | {load for load in beside if start < load < end}):
        found = composers[0].at(load)
        spread = found.spread
        low, high = (None, None) if known or spread is None else (c.at(load).spread for c in composers[1:])
        points.append(
            WallPoint(
                load=load,
                p50=spread.quantile(0.50) if spread else None,
                p95=spread.quantile(0.95) if spread else None,
                p95_low=low.quantile(0.95) if low else None,
                p95_high=high.quantile(0.95) if high else None,
                utilisation=found.utilisation,
            )
        )
    return tuple(points)


def _sentence(walls: tuple[Wall, ...], peak: float) -> str:
    if not walls:
        return (
            "No wall was found: no station on the path has a known capacity and no promise breaks under load."
        )
    first = walls[0]
    share = first.load / peak
    if first.load <= 0:
        return f"It breaks at any load: {first.cause}."
    placed = (
        f"{two_figures(share)} times the planned peak"
        if share >= 1
        else f"{share * 100:.0f} % of the planned peak"
    )
    return f"The first bottleneck appears at {Quantity(first.load, 'req/s')}, {placed}: {first.cause}."
