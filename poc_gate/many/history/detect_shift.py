"""A series of measured values -> whether its level changed, with few false alarms where values hang together.

The mean of the last four values is held against the mean of the 26 before them. The spread of both is widened by the
autocorrelation of the series: where each value resembles the one before, n of them tell less than n independent ones,
by the factor (1 - r) / (1 + r) for a correlation r of neighbours (Bayley and Hammersley 1946). A change below 5 % is
never told, and a series that is too noisy for one says which change it would not see.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean

from poc_gate.model.many.run_history import Point, Shift

LAST, WINDOW, LEAST = 4, 26, 8
FLOOR = 0.05
_SIGMAS = 3.0
"""Width of the test: chosen on simulated years of weekly values, see `benchmarks/false_alarms.py`."""
_MOST_CORRELATION = 0.9


def detect(values: Sequence[float]) -> tuple[float, float] | None:
    """Return the level before and now where it changed, None where it did not or too few values are there."""
    window, last = _parts(values)
    if len(window) < LEAST:
        return None
    before, now = fmean(window), fmean(last)
    if before == 0:
        return None
    change = abs(now - before) / abs(before)
    return (before, now) if change >= FLOOR and change > _smallest(window) else None


def smallest_change(values: Sequence[float]) -> float | None:
    """Return the smallest change, as a share, that would be seen now; None for too few values."""
    window, _ = _parts(values)
    if len(window) < LEAST or fmean(window) == 0:
        return None
    return max(FLOOR, _smallest(window))


def shift_of(points: Sequence[Point], told: str = "") -> Shift | None:
    """Return the change of level at the end of a series, among values of its last ruler alone.

    One change is told once: not again at a later run while the level stays, where `told` is the day of the run
    that told it.
    """
    same = [point for point in points if points and point.ruler == points[-1].ruler]
    found = detect([point.value for point in same])
    if found is None or (told and any(point.day <= told for point in same[-LAST:])):
        return None
    return Shift(same[-1].day, *found)


def _parts(values: Sequence[float]) -> tuple[list[float], list[float]]:
    return list(values[:-LAST][-WINDOW:]), list(values[-LAST:])


def _smallest(window: Sequence[float]) -> float:
    """Return the change, as a share of the mean, that the spread of the window and of four values does not explain."""
    mean = fmean(window)
    spread = math.sqrt(math.fsum((value - mean) ** 2 for value in window) / (len(window) - 1)) / abs(mean)
    correlation = min(max(_correlation(window, mean), 0.0), _MOST_CORRELATION)
    widened = spread * math.sqrt((1 + correlation) / (1 - correlation))
    return _SIGMAS * widened * math.sqrt(1 / LAST + 1 / len(window))


def _correlation(window: Sequence[float], mean: float) -> float:
    """Return the correlation of neighbours, its bias in short series added back (Marriott and Pope 1954)."""
    total = math.fsum((value - mean) ** 2 for value in window)
    if total == 0:
        return 0.0
    plain = math.fsum((one - mean) * (other - mean) for one, other in pairwise(window)) / total
    return plain + (1 + 3 * plain) / len(window)
