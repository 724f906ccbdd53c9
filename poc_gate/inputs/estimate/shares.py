"""Counts -> shares with 95 % intervals, and events over time -> rates with intervals.

Shares: the score interval of Wilson (1927), which Brown, Cai and DasGupta (Statistical Science 16, 2001) recommend
for every sample size. Rates: counts per window as they were seen, so that bursts widen the interval; Poisson counts
where the windows are too few to tell.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

Z95 = 1.959963984540054
"""97.5 % point of the standard normal distribution."""
_FEWEST_WINDOWS = 8
_STUDENT = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
    2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
    2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip
"""97.5 % points of Student's t for 1 to 30 degrees of freedom."""


def share_interval(hits: int, tried: int) -> tuple[float, float]:
    """Return the 95 % score interval of a share; raises ValueError unless 0 <= hits <= tried and tried > 0."""
    if tried <= 0 or not 0 <= hits <= tried:
        raise ValueError(f"{hits} of {tried} is not a share")
    share, square = hits / tried, Z95 * Z95
    centre = (share + square / (2 * tried)) / (1 + square / tried)
    half = Z95 * math.sqrt(share * (1 - share) / tried + square / (4 * tried * tried)) / (1 + square / tried)
    low = 0.0 if hits == 0 else max(0.0, centre - half)
    high = 1.0 if hits == tried else min(1.0, centre + half)
    return low, high


def mean_interval(values: Sequence[float]) -> tuple[float, float, float]:
    """Return mean and 95 % interval of values that do not hang together; raises ValueError for none.

    Normal approximation with Student's t by `student`; one value alone has no width and gives infinite ends.
    """
    if not values:
        raise ValueError("no values have no mean")
    count = len(values)
    mean = math.fsum(values) / count
    if count == 1:
        return mean, -math.inf, math.inf
    spread = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (count - 1))
    half = student(count - 1) * spread / math.sqrt(count)
    return mean, mean - half, mean + half


def rate_interval(counts: Sequence[int], window: float) -> tuple[float, float, float]:
    """Return events per second and the 95 % interval from the counts of consecutive windows of equal length.

    The spread between windows is taken as it is, and never below that of a Poisson process. Raises ValueError for
    no windows or a length that is not positive.
    """
    if not counts or window <= 0:
        raise ValueError("a rate needs windows of some length")
    total, span = sum(counts), len(counts) * window
    variance = float(max(total, 1))
    if len(counts) >= _FEWEST_WINDOWS:
        mean = total / len(counts)
        between = sum((count - mean) ** 2 for count in counts) / (len(counts) - 1)
        variance = max(variance, between * len(counts))
    half = Z95 * math.sqrt(variance)
    return total / span, max(0.0, total - half) / span, (total + half) / span


def student(freedom: int) -> float:
    """Return the 97.5 % point of Student's t for `freedom` >= 1 degrees of freedom.

    Up to 30 from the published table (NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2), beyond
    by the Cornish-Fisher series (Abramowitz and Stegun 26.7.5), which is then right to 1e-4.
    """
    if freedom <= len(_STUDENT):
        return _STUDENT[freedom - 1]
    z = Z95
    return z + (z**3 + z) / (4 * freedom) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
