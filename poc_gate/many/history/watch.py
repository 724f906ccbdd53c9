"""Points of many series -> those whose level changed, and what the watching itself would cry wolf about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from msgspec.structs import replace

from poc_gate.many.history.detect_shift import shift_of, smallest_change
from poc_gate.model.many.run_history import Point, Seen

FALSE_A_YEAR = 0.06
"""False alerts of a clean series in a year of weekly values with independent noise of 3 %; 0.21 where neighbours
resemble each other by 0.6. Measured by `benchmarks/false_alarms.py` on 2,000 series, held by a test."""
_LOWER_IS_BETTER = ("s",)
_HIGHER_IS_BETTER = ("B/s", "req/s", "tok/s", "flop/s", "1/s", "rows/s")


def watched(series: Mapping[tuple[str, str, str], Iterable[Point]]) -> list[tuple[str, Seen]]:
    """Return for each series (whose, fact, unit) what it shows; several values of one day count as their median."""
    found = []
    for (whose, fact, unit), points in sorted(series.items()):
        daily = one_a_day(sorted(points, key=lambda point: point.day))
        shift = shift_of(daily)
        if shift is not None:
            shift = replace(shift, better=is_better(unit, shift.before, shift.now))
        same = [point.value for point in daily if point.ruler == daily[-1].ruler]
        found.append((whose, Seen(fact, unit, tuple(daily), shift, smallest_change(same))))
    return found


def one_a_day(points: Sequence[Point]) -> list[Point]:
    """Return one point for each day and ruler: runs of one session share their bias, so they confirm nothing."""
    held: dict[tuple[str, str], list[float]] = {}
    for point in points:
        held.setdefault((point.day, point.ruler), []).append(point.value)
    return [Point(day, median(values), ruler) for (day, ruler), values in held.items()]


def is_better(unit: str, before: float, now: float) -> bool | None:
    """Return whether a change is for the better; None where the unit does not tell."""
    if unit in _LOWER_IS_BETTER:
        return now < before
    return now > before if unit in _HIGHER_IS_BETTER else None
