"""Lengths that are log-normal through their median and 95th percentile: their moments."""

from __future__ import annotations

import math

Z95 = 1.6449
"""95th percentile of the normal distribution."""

Z99 = 2.3263
"""99th percentile of the normal distribution."""


def moment(median: float, p95: float, power: int = 1) -> float:
    """Return the mean of the length to that power; without a median below the p95, every length is the p95."""
    if median <= 0 or p95 <= median:
        return max(0.0, p95) ** power
    sigma = math.log(p95 / median) / Z95
    return float(median**power * math.exp((power * sigma) ** 2 / 2.0))


def mean_length(median: float, p95: float) -> float:
    """Return the mean length."""
    return moment(median, p95)
