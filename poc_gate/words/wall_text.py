"""Wall pictures -> plain text: the curve drawn in characters, the walls in order, what relieves the first."""

from __future__ import annotations

import math
from itertools import pairwise

from poc_gate.model.finding import Lever
from poc_gate.model.quantity import Quantity, show_count
from poc_gate.model.verdict import Hop, WallPicture, WallPoint
from poc_gate.text.wrapped_text import wrapped
from poc_gate.words.load_units import in_one_unit, show_load, show_loads, tells_today
from poc_gate.words.shown_values import show_value
from poc_gate.words.tightest import mark_of

ROWS = 12
_MARGIN = 10

COUNTED = {"accelerators": " accelerators"}
"""What the axes count that carry no unit."""


def wall_text(picture: WallPicture, *, width: int = 80, currency: str = "") -> str:
    """Return one picture as text of at most `width` columns."""
    picture = in_one_unit(picture)
    lines = [*wrapped(picture.sentence, width), ""]
    lines += _chart(picture, max(30, width - _MARGIN - 2))
    for number, wall in enumerate(picture.walls, 1):
        place = f"{show_load(wall.load, picture.axis_unit, currency)}{COUNTED.get(picture.axis, '')}"
        interval = show_loads(wall.low, wall.high, picture.axis_unit, currency)
        between = f" ({interval})" if interval else ""
        text = f"{number}. {place}{between}, {wall.station}: {wall.cause}"
        lines += wrapped(text, width, rest="   ")
        for lever in wall.relieved_by:
            lines += wrapped(f"- {lever_text(lever, currency)}", width, first="   ", rest="     ")
    for assumption in picture.assumptions:
        lines += wrapped(f"assumed: {assumption}", width, rest="  ")
    return "\n".join(lines) + "\n"


def lever_text(lever: Lever, currency: str = "") -> str:
    """Return one lever as a sentence: from which value to which, or that none helps."""
    current = show_value(lever.current, currency, lever.fact)
    if lever.needed is None:
        stands = "not stated" if lever.current is None else f"now {current}"
        return f"{lever.fact}: {lever.note or 'no value of it is enough'} ({stands})"
    needed = show_value(lever.needed, currency, lever.fact)
    if lever.current is None:
        return f"{lever.fact}: not stated; enough if {needed}{f' {lever.note}' if lever.note else ''}"
    return f"{lever.fact}: from {current} to {needed}{f'; {lever.note}' if lever.note else ''}"


def path_text(hops: tuple[Hop, ...], *, width: int = 80) -> str:
    """Return the hops of the data path as a table, the binding ones marked."""
    lines = [f"{'hop':<34} {'per second':>12} {'capacity':>12} {'used':>8}"]
    for hop in hops:
        used = "unknown" if hop.utilisation is None else _percent(hop.utilisation)
        capacity = "unknown" if hop.capacity is None else str(Quantity(hop.capacity, hop.unit))
        mark = mark_of(hop, hops)
        mark = f" <- {mark}" if mark else ""
        lines.append(
            f"{hop.title[:34]:<34} {Quantity(hop.demand, hop.unit)!s:>12} {capacity:>12} {used:>8}{mark}"[
                :width
            ]
        )
    names = [hop.title for hop in hops if hop.binding]
    if len(names) > 1:
        told = (
            f"Cannot be separated: {', '.join(names)}. A load test that saturates one of them would decide."
        )
        lines += wrapped(told, width)
    return "\n".join(lines) + "\n"


def _percent(share: float) -> str:
    """Return a utilisation with one digit, and less than that as such, as nothing is used for free."""
    return "< 0.1 %" if 0 < share < 0.0005 else f"{share * 100:.1f} %"


def _chart(picture: WallPicture, columns: int) -> list[str]:
    """Return the curve over the load: `*` the value, `-` the limit, `|` walls, T today, P the plan."""
    points = picture.points
    if len(points) < 2:
        return []
    timed = any(point.p95 is not None for point in points)
    limit = picture.slo if timed else 1.0
    top = 2.0 * (limit or max((_value(p, timed=timed) or 0.0) for p in points) or 1.0)
    start, end = math.log(points[0].load), math.log(points[-1].load)
    grid = [[" "] * columns for _ in range(ROWS)]

    def column(load: float) -> int:
        share = (math.log(max(load, 1e-12)) - start) / (end - start) if end > start else 0.0
        return min(columns - 1, max(0, round(share * (columns - 1))))

    def row(value: float) -> int:
        return min(ROWS - 1, max(0, ROWS - 1 - round(value / top * (ROWS - 1))))

    if limit:
        grid[row(limit)] = ["-"] * columns
    for wall in picture.walls:
        if points[0].load <= wall.load <= points[-1].load:
            for line in grid:
                line[column(wall.load)] = "|"
    for x in range(columns):
        value = _between(points, math.exp(start + (end - start) * x / (columns - 1)), timed=timed)
        grid[row(top if value is None else min(value, top))][x] = (
            "*" if value is not None and value <= top else "^"
        )
    labels = _labels(top, limit, row, timed=timed)
    drawn = [f"{labels.get(i, ''):>{_MARGIN}} {''.join(line)}".rstrip() for i, line in enumerate(grid)]
    foot = [" "] * columns
    marks = "T today, P planned" if tells_today(picture) else "P planned"
    if tells_today(picture):
        foot[column(picture.today)] = "T"
    foot[column(picture.planned)] = "P"
    unit = COUNTED.get(picture.axis, f" {picture.axis_unit}")
    first, last = (show_count(points[end].load) for end in (0, -1))
    ends = f"{first} .. {last}{unit}, log scale; {marks}"
    what = "p95" if timed else "share of the limit"
    return [*drawn, f"{what:>{_MARGIN}} {''.join(foot)}".rstrip(), f"{'':>{_MARGIN}} {ends}", ""]


def _labels(top: float, limit: float | None, row: object, *, timed: bool) -> dict[int, str]:
    assert callable(row)
    unit = "s" if timed else "1"
    labels = {0: str(Quantity(top, unit)), ROWS - 1: "0"}
    if limit:
        labels[row(limit)] = f"{Quantity(limit, unit)}"
    return labels


def _value(point: WallPoint, *, timed: bool) -> float | None:
    value = point.p95 if timed else point.utilisation
    return value if value is not None and math.isfinite(value) else None


def _between(points: tuple[WallPoint, ...], load: float, *, timed: bool) -> float | None:
    """Return the value at a load, by straight lines between the points; None where there is overload."""
    for left, right in pairwise(points):
        if left.load * (1 - 1e-9) <= load <= right.load * (1 + 1e-9):
            one, other = _value(left, timed=timed), _value(right, timed=timed)
            if one is None or other is None:
                return None
            return one + (other - one) * (load - left.load) / max(right.load - left.load, 1e-12)
    return _value(points[-1], timed=timed)
