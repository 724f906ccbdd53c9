"""Start times of requests -> rate, busiest minute and hour, burstiness; each only where the time that was seen carries it."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Sequence

from poc_gate.inputs.estimate.shares import mean_interval, rate_interval
from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.traces.conclude.kept_share import Sampling

_NS = 10**9
_DAY, _HOUR, _MINUTE = 86_400, 3600, 60
_FEWEST = 30
"""Arrivals without which no burstiness is told."""


def observe_arrivals(starts: Sequence[int], sampling: Sampling, finds: Finds) -> None:
    """State what the arrival times of requests (nanoseconds, any order) show; of a tail sample, nothing."""
    ordered = sorted(starts)
    if sampling.mode == "tail" or len(ordered) < 2 or ordered[-1] <= ordered[0]:
        return
    span = (ordered[-1] - ordered[0]) / _NS
    _rates(ordered, span, sampling, finds)
    if len(ordered) >= _FEWEST and sampling.mode in ("none", "unknown"):
        _burstiness(ordered, sampling, finds)


def _rates(ordered: list[int], span: float, sampling: Sampling, finds: Finds) -> None:
    windows = max(1, min(60, int(span // _MINUTE)))
    width = span / windows
    counts = [0] * windows
    for start in ordered:
        counts[min(windows - 1, int((start - ordered[0]) / _NS / width))] += 1
    scale = 1 / sampling.share
    rate, low, high = (scale * one for one in rate_interval(counts, width))
    how = f"requests over {_time(span)}" + (f", scaled by {scale:.3g}" if scale > 1.001 else "")
    daily = span >= 20 * _HOUR
    for fact in ("observed.rate", *(["demand.pilot_requests_per_day"] if daily else [])):
        finds.observe(
            fact, rate, unit="req/s", low=low, high=high, interval="counts of windows", method=how,
            samples=len(ordered), reason=sampling.rate_reason,
        )  # fmt: skip
    minutes = Counter((start - ordered[0]) // (_MINUTE * _NS) for start in ordered)
    peak = max(minutes.values())
    if span >= _MINUTE:
        half = 1.96 * math.sqrt(peak)
        finds.observe(
            "observed.peak_rate", scale * peak / _MINUTE, unit="req/s", low=scale * max(0.0, peak - half) / _MINUTE,
            high=scale * (peak + half) / _MINUTE, interval="Poisson count", samples=len(ordered), reason=sampling.rate_reason,
            method=f"busiest minute of {len(minutes):,} with requests",
        )  # fmt: skip
    if not daily:
        finds.must_not(
            f"the traces cover {_time(span)}: a day's load and its busiest hour do not follow from them"
        )
    elif span >= _DAY:
        _day_shape(ordered, peak, finds)


def _day_shape(ordered: list[int], peak_minute: int, finds: Finds) -> None:
    """State the share of the busiest hour, day by day, and the busiest minute over the busiest hour."""
    hours = Counter(start // (_HOUR * _NS) for start in ordered)
    days: dict[int, list[int]] = {}
    for hour, count in hours.items():
        days.setdefault(hour // 24, []).append(count)
    whole = [counts for counts in days.values() if len(counts) >= 12 or len(days) == 1]
    shares = [max(counts) / sum(counts) for counts in whole]
    if shares:
        mean, low, high = mean_interval(shares)
        finds.observe(
            "demand.peak_hour_share", mean, low=max(1 / 24, low) if math.isfinite(low) else None, high=min(1.0, high) if math.isfinite(high) else None,
            samples=len(shares), interval="days" if len(shares) > 1 else "", method=f"busiest hour of each of {len(shares)} days (UTC)",
            stable=len(shares) > 2,
        )  # fmt: skip
    busiest = max(hours.values())
    if busiest >= 60:
        factor = max(1.0, peak_minute * 60 / busiest)
        finds.observe(
            "demand.burst_factor", factor, samples=busiest, method="busiest minute over the busiest hour",
            low=max(1.0, factor * (1 - 1.96 / math.sqrt(peak_minute))), high=factor * (1 + 1.96 / math.sqrt(peak_minute)),
            interval="Poisson count",
        )  # fmt: skip


def _burstiness(ordered: list[int], sampling: Sampling, finds: Finds) -> None:
    """State the coefficient of variation of the gaps, within batches, so that the course of a day does not enter."""
    batches = max(1, min(20, len(ordered) // 50))
    size = len(ordered) // batches
    values = [
        one
        for at in range(batches)
        if (one := variation(ordered[at * size : (at + 1) * size + 1])) is not None
    ]
    if not values:
        return
    mean, low, high = mean_interval(values)
    if len(values) < 3:
        # Of exponential gaps the coefficient scatters by about 1 / sqrt(n).
        low, high = (mean * (1 - 1.96 / math.sqrt(len(ordered))), mean * (1 + 1.96 / math.sqrt(len(ordered))))
    finds.observe(
        "demand.arrival_cv", min(100.0, mean), samples=len(ordered), low=max(0.0, low), high=min(100.0, high), interval="batches",
        method=f"gaps between arrivals in {len(values)} batches", reason=sampling.rate_reason and "whether traces were sampled is not known, and sampling hides bursts",
    )  # fmt: skip


def variation(ordered: Sequence[int]) -> float | None:
    """Return the coefficient of variation of the gaps between ordered times; None of fewer than ten gaps or no time."""
    gaps = [later - earlier for earlier, later in itertools.pairwise(ordered)]
    mean = sum(gaps) / len(gaps) if len(gaps) >= 10 else 0.0
    if mean <= 0:
        return None
    return math.sqrt(sum((gap - mean) ** 2 for gap in gaps) / (len(gaps) - 1)) / mean


def _time(seconds: float) -> str:
    for unit, name in ((_DAY, "d"), (_HOUR, "h"), (_MINUTE, "min")):
        if seconds >= 2 * unit:
            return f"{seconds / unit:.3g} {name}"
    return f"{seconds:.3g} s"
