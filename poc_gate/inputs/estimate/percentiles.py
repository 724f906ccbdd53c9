"""Samples -> percentiles with distribution-free intervals, verdicts against an objective, and the n still needed.

Percentiles are nearest ranks: the smallest sample that at least the share q of all samples does not exceed.
Intervals are binomial order statistics (Conover, Practical Nonparametric Statistics, section 3.2), with the
sample size first divided by the variance inflation that the autocorrelation of "this call exceeded the
percentile" shows (Geyer's initial positive sequence, Statistical Science 7, 1992).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from poc_gate.inputs.estimate.shares import Z95, student

CONFIDENCE = 0.95
_TAIL = (1 - CONFIDENCE) / 2
_MOST_LAGS = 200
_MOST_NEEDED = 10_000_000
"""Above this a sample size is no advice any more."""


class SampleVerdict(StrEnum):
    """What samples say about an objective."""

    PASS = "pass"  # noqa: S105 - an answer, no password
    FAIL = "fail"
    UNDETERMINED = "undetermined"


class Percentile(Struct, frozen=True):
    """One percentile of a sample; an end that the sample cannot carry is None."""

    share: float
    """0.99 for the 99th percentile."""
    value: float
    low: float | None
    high: float | None
    samples: int
    inflation: float
    """Variance inflation by correlation, 1 or more; the sample counts as samples / inflation."""

    @property
    def complete(self) -> bool:
        """Whether both ends of the interval are known."""
        return self.low is not None and self.high is not None


def smallest_sample(share: float) -> int:
    """Return the least n whose largest value bounds the percentile from above: 72 for p95, 368 for p99."""
    return math.ceil(math.log(_TAIL) / math.log(share))


def nearest_rank(ordered: Sequence[float], share: float) -> float:
    """Return the percentile of values in ascending order; raises ValueError for none."""
    if not ordered:
        raise ValueError("no samples have no percentile")
    return ordered[min(len(ordered), max(1, math.ceil(share * len(ordered) - 1e-9))) - 1]


def measure_percentile(samples: Sequence[float], share: float) -> Percentile:
    """Return a percentile of samples in the order they were taken, with its 95 % interval."""
    ordered = sorted(samples)
    value = nearest_rank(ordered, share)
    inflation = variance_inflation([sample > value for sample in samples])
    low, high = interval_ranks(len(ordered), share, inflation)
    return Percentile(
        share=share,
        value=value,
        low=ordered[low - 1] if low else None,
        high=ordered[high - 1] if high else None,
        samples=len(ordered),
        inflation=inflation,
    )


def interval_ranks(count: int, share: float, inflation: float = 1.0) -> tuple[int | None, int | None]:
    """Return the 1-based ranks that enclose a percentile with 95 % confidence; None where there is no such rank."""
    effective = max(1, int(count / inflation))
    lower, upper = _ranks(effective, share)
    scale = count / effective
    low = max(1, math.floor(lower * scale)) if lower else None
    high = min(count, math.ceil(upper * scale)) if upper else None
    return low, high


_COUNTED = 1_000_000
"""Samples up to which the binomial sum is taken term by term; beyond, its normal limit differs by less than a rank in a thousand."""
_NORMAL = 1.959964
"""Standard deviations that hold 95 % of a normal distribution."""


@lru_cache(maxsize=256)
def _ranks(count: int, share: float) -> tuple[int | None, int | None]:
    """Return ranks r and s with P(B <= r-1) <= 2.5 % and P(B <= s-1) >= 97.5 %, B binomial(count, share)."""
    if count > _COUNTED:
        middle, half = count * share, _NORMAL * math.sqrt(count * share * (1 - share))
        return max(1, math.floor(middle - half)), min(count, math.ceil(middle + half) + 1)
    log_share, log_rest = math.log(share), math.log1p(-share)
    cumulative, lower, upper = 0.0, None, None
    # Below twelve standard deviations under the mean there is less than one part in 10^30.
    first = max(0, math.floor(count * share - 12 * math.sqrt(count * share * (1 - share)) - 50))
    for hits in range(first, count):
        log_choose = math.lgamma(count + 1) - math.lgamma(hits + 1) - math.lgamma(count - hits + 1)
        cumulative += math.exp(log_choose + hits * log_share + (count - hits) * log_rest)
        if cumulative <= _TAIL:
            lower = hits + 1
        if cumulative >= 1 - _TAIL:
            upper = hits + 1
            break
    return lower, upper


def variance_inflation(exceeded: Sequence[bool]) -> float:
    """Return 1 + 2 x the sum of the autocorrelations of an indicator, at least 1.

    Summed in neighbouring pairs until a pair is no longer positive, so that the noise of far lags stays out.
    """
    count = len(exceeded)
    hits = [index for index, hit in enumerate(exceeded) if hit]
    rate = len(hits) / count if count else 0.0
    if not 0 < rate < 1:
        return 1.0
    present = set(hits)
    total = 1.0
    for lag in range(1, min(_MOST_LAGS, count // 4), 2):
        pair = sum(_autocorrelation(hits, present, count, lag + step) for step in (0, 1))
        if pair <= 0:
            break
        total += 2 * pair
    return min(total, float(count))


def _autocorrelation(hits: list[int], present: set[int], count: int, lag: int) -> float:
    rate = len(hits) / count
    both = sum(1 for index in hits if index + lag in present) / count
    edges = sum(1 for index in hits if index < count - lag) + sum(1 for index in hits if index >= lag)
    covariance = both - rate * edges / count + rate * rate * (count - lag) / count
    return covariance / (rate * (1 - rate))


def widen_by_windows(percentile: Percentile, windows: Sequence[Sequence[float]]) -> Percentile:
    """Return a percentile whose interval also covers how much it moved from window to window.

    A t interval over the logarithms of the windows' own percentiles; fewer than four windows say too
    little about that movement and leave the interval as it is.
    """
    values = [nearest_rank(sorted(window), percentile.share) for window in windows if window]
    if len(values) < 4 or min(values) <= 0 or not percentile.complete:
        return percentile
    logs = [math.log(value) for value in values]
    mean = sum(logs) / len(logs)
    spread = math.sqrt(sum((log - mean) ** 2 for log in logs) / (len(logs) - 1))
    half = student(len(logs) - 1) * spread / math.sqrt(len(logs))
    assert percentile.low is not None
    assert percentile.high is not None
    return Percentile(
        percentile.share,
        percentile.value,
        min(percentile.low, math.exp(mean - half)),
        max(percentile.high, math.exp(mean + half)),
        percentile.samples,
        percentile.inflation,
    )


def answer(percentile: Percentile, objective: float) -> SampleVerdict:
    """Return pass, fail, or undetermined when the interval holds the objective or lacks the end that decides."""
    if percentile.high is not None and percentile.high <= objective:
        return SampleVerdict.PASS
    if percentile.low is not None and percentile.low > objective:
        return SampleVerdict.FAIL
    return SampleVerdict.UNDETERMINED


def samples_needed(
    samples: Sequence[float], percentile: Percentile, objective: float | None = None
) -> int | None:
    """Return how many samples in all would decide, or None when the objective is too close to say.

    Without an objective: the size from which the interval has both ends.
    """
    least = math.ceil(smallest_sample(percentile.share) * percentile.inflation)
    if objective is None or not samples:
        return least
    within = sum(1 for sample in samples if sample <= objective) / len(samples)
    distance = abs(within - percentile.share)
    variance = percentile.share * (1 - percentile.share)
    if distance <= Z95 * math.sqrt(variance / len(samples)) / 4:
        return None
    needed = math.ceil(percentile.inflation * Z95**2 * variance / distance**2)
    return max(least, needed) if needed <= _MOST_NEEDED else None
