"""Measured times of this pilot's own model -> how much faster or slower than predicted it is, with an honest width.

One factor multiplies the predicted times. Before anything was measured it is 1 with the interval of the published cases;
each measured point is a draw of it, blurred by its sampling error and by the shape of the model, which one factor does not
mend. The posterior of normal logarithms is a closed form (Gelman et al., Bayesian Data Analysis, 3rd edition, section 2.5).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from poc_gate.flow.span import Span

SHAPE = 0.12
"""Standard deviation, in logarithms, that stays between loads of one server after one factor is fitted.

On the open published cases: 0.09 of times between tokens (12 degrees of freedom), 0.05 of whole requests (6), 0.11 of
single streams (79), 0.15 to 0.20 of batches of all sizes (59).
"""

AT_A_LOSS = 4.0
"""At so many times the highest load that was measured, no more is known than before."""

_Z = 1.959963984540054


class Point(NamedTuple):
    """One measured time beside its prediction."""

    ratio: float
    """Measured over predicted time, > 0."""
    error: float
    """Relative standard error of the measured time; 0 where the sample is large."""


class Calibration(NamedTuple):
    """What measured points say of the factor on predicted times."""

    factor: Span
    """Measured over predicted time: the likely value, and the 95 % interval at loads that were measured."""
    prior: float
    """Standard deviation of the logarithm before anything was measured."""
    deviation: float
    """The same afterwards, the shape of the model included."""
    points: int

    def ends(self, load: float, tested: float) -> tuple[float, float]:
        """Return the 95 % interval of time over the likely time at a load, `tested` being the highest that was measured.

        Beyond it a deviation is added that grows with the logarithm of the load, up to that of the prior.
        """
        beyond = math.log(load / tested) if load > tested > 0 else 0.0
        grown = min(1.0, beyond / math.log(AT_A_LOSS))
        variance = self.deviation**2 + grown**2 * max(0.0, self.prior**2 - self.deviation**2)
        half = _Z * math.sqrt(variance)
        return math.exp(-half), math.exp(half)


def calibrate(points: Sequence[Point], low: float, high: float, *, known: float = 0.0) -> Calibration | None:
    """Return the factor after measurement; None without points.

    `low` and `high` enclose the factor with 95 % before. Points that scatter more among themselves than their errors
    allow widen it (their chi-square over the degrees of freedom, Birge 1932); `known` are degrees of freedom with which
    the scatter was known before, so that two points that differ by chance widen little and points that differ widely do.
    """
    usable = [point for point in points if point.ratio > 0 and math.isfinite(point.ratio)]
    if not usable:
        return None
    prior = max(-math.log(low), math.log(high)) / _Z
    logs = [math.log(point.ratio) for point in usable]
    weights = [1.0 / (point.error**2 + SHAPE**2) for point in usable]
    whole = math.fsum(weights)
    centre = math.fsum(w * y for w, y in zip(weights, logs, strict=True)) / whole
    chi = math.fsum(w * (y - centre) ** 2 for w, y in zip(weights, logs, strict=True))
    free = len(usable) - 1
    scatter = max(1.0, (known + chi) / (known + free)) if free else 1.0
    # Points of one server share what they get wrong, so many of them say little more than a few.
    information = min(whole, 4.0 / SHAPE**2) / scatter
    total = information + 1.0 / prior**2
    mean = centre * information / total
    deviation = min(prior, math.sqrt(1.0 / total + SHAPE**2 * scatter))
    likely, half = math.exp(mean), math.exp(_Z * deviation)
    return Calibration(Span(likely, likely / half, likely * half), prior, deviation, len(usable))


def outside_prior(low: float, high: float, points: Sequence[Point]) -> bool:
    """Whether the measured points, pooled, fall outside of the interval that was believed before."""
    if not points:
        return False
    logs = [math.log(point.ratio) for point in points if point.ratio > 0]
    centre = math.fsum(logs) / len(logs)
    error = max(point.error for point in points)
    return centre - _Z * error > math.log(high) or centre + _Z * error < math.log(low)
