"""One figure of many equal nodes -> which nodes are slow, by how much a node must differ, and what would be missed.

Work is done on losses: the logarithm of the ratio to the centre, positive where a node is worse. A node is slow when its
loss exceeds both a practical floor and what chance alone brings about in the whole fleet.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping

from msgspec import Struct

from poc_gate.many.fleet.comparing.orientation import Better
from poc_gate.many.fleet.comparing.student import student_quantile

FLOOR = 0.05
"""Smallest loss that is called slow, however equal the nodes are: less does not matter in practice."""
FALSE_ALARMS = 0.02
"""Share of clean fleets in which any node is called slow by any figure; divided by nodes and figures (Bonferroni)."""
LEAST = 4
"""With fewer nodes nobody can say which one differs."""
_MISSED = 0.05
"""Chance of missing the loss that is said to be found."""
_TO_DEVIATION = 1.4826
"""Median absolute deviation -> standard deviation of normal values; times n / (n - 0.8) (Croux and Rousseeuw, 1992)."""
_EFFICIENCY = 0.37
"""Of the median absolute deviation: n values tell of the deviation as much as 0.37 n would by the usual estimate."""
_MANY = 50
"""From here on medians are used; of fewer nodes they know too little."""


class _Chance(Struct, frozen=True):
    """What differs by chance, in logarithms."""

    centre: float
    deviation: float
    limit: float
    """Loss that chance brings about in few fleets only."""
    noise: float
    """By how much a loss must exceed the limit to be found with 95 %."""


class FigureSpread(Struct, frozen=True):
    """What the nodes of a group show in one figure."""

    centre: float
    """In the figure's unit."""
    deviation: float
    """Relative, robust."""
    limit: float
    """Loss, 0 to 1, from which on a node is slow."""
    found_from: float
    """Loss, 0 to 1, that is found with 95 %."""
    slow: Mapping[str, float]
    """Node -> its loss, 0 to 1."""
    two_kinds: bool


def compare(values: Mapping[str, float], better: Better, *, figures: int) -> FigureSpread | None:
    """Return what the values of at least `LEAST` nodes show, or None for fewer.

    `figures` is how many figures are compared in the whole fleet, so that many of them bring no more false alarms.
    Where values fall into two clusters and at least a third is in the faster one, that one is the reference: a
    median deviation sees nothing when almost half of the nodes are slow.
    """
    usable = {node: math.log(value) for node, value in values.items() if value > 0}
    if len(usable) < LEAST or better is Better.NEITHER:
        return None
    goodness = {node: value * better.value for node, value in usable.items()}
    reference = _faster_kind(sorted(goodness.values()))
    two_kinds = reference is not None
    peers = sorted(goodness.values()) if reference is None else reference
    chance = (_of_many if len(peers) >= _MANY else _of_few)(peers, len(usable) * figures)
    limit = max(-math.log1p(-FLOOR), chance.limit)
    slow = {node: loss for node, value in goodness.items() if (loss := chance.centre - value) > limit}
    return FigureSpread(
        centre=math.exp(chance.centre * better.value),
        deviation=chance.deviation,
        limit=-math.expm1(-limit),
        found_from=-math.expm1(-limit - chance.noise),
        slow={node: -math.expm1(-loss) for node, loss in slow.items()},
        two_kinds=two_kinds,
    )


def _of_many(values: list[float], looks: int) -> _Chance:
    """Return what chance does among many nodes, by median and median absolute deviation: a third may be slow."""
    count = len(values)
    centre = statistics.median(values)
    deviation = _TO_DEVIATION * count / (count - 0.8) * statistics.median(abs(v - centre) for v in values)
    freedom, widened = _EFFICIENCY * (count - 1), deviation * math.sqrt(1 + math.pi / (2 * count))
    limit = student_quantile(FALSE_ALARMS / looks, freedom) * widened
    return _Chance(centre, deviation, limit, student_quantile(_MISSED, freedom) * widened)


def _of_few(values: list[float], looks: int) -> _Chance:
    """Return what chance does among few nodes, by mean and deviation of those that are left without the odd ones.

    The generalised test of extremes (Rosner, 1983): up to a third is taken away, the furthest from the mean first, fast
    ones too; all up to the last one that lies further from the rest than chance allows are odd.
    """
    others, rest = list(values), list(values)
    for _ in range(len(values) // 3):
        mean = statistics.fmean(others)
        odd = max(others, key=lambda value: abs(value - mean))
        others.remove(odd)
        if abs(statistics.fmean(others) - odd) > _beyond(others, 2 * looks):  # on either side
            rest = list(others)
    count, deviation = len(rest), statistics.stdev(rest)
    noise = student_quantile(_MISSED, count - 1) * deviation * math.sqrt(1 + 1 / count)
    return _Chance(statistics.median(rest), deviation, _beyond(rest, 1.5 * looks), noise)


def _beyond(values: list[float], looks: float) -> float:
    """Return how far from the mean of these a further value of the same kind lies only by a chance in `looks`."""
    t = student_quantile(FALSE_ALARMS / looks, len(values) - 1)
    return t * statistics.stdev(values) * math.sqrt(1 + 1 / len(values))


def _faster_kind(ordered: list[float]) -> list[float] | None:
    """Return the better cluster of values that fall into two, or None.

    They do where a gap between neighbours, with at least three values and a tenth of all on both sides, is as wide as
    chance makes none in 998 of 1,000 normal samples, in units of the deviation inside the clusters: 195 n^-1.35, at
    least 1.2 (from 4,000 simulated samples of 6 to 128 values each), and the clusters' medians differ by the floor.
    """
    count = len(ordered)
    least = max(3, math.ceil(count / 10))
    if count < 2 * least:
        return None
    cut = max(range(least, count - least + 1), key=lambda n: ordered[n] - ordered[n - 1])
    below, above = ordered[:cut], ordered[cut:]
    inside = math.sqrt((_squares(below) + _squares(above)) / (count - 2))
    wide = ordered[cut] - ordered[cut - 1] > max(1.2, 195 * count**-1.35) * inside
    apart = statistics.median(above) - statistics.median(below) > -math.log1p(-FLOOR)
    return above if wide and apart and 3 * len(above) >= count else None


def _squares(values: list[float]) -> float:
    mean = statistics.fmean(values)
    return sum((value - mean) ** 2 for value in values)
