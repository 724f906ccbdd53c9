"""Repeated samples -> one figure with median, spread, interval and grade."""

from __future__ import annotations

import math
from collections.abc import Callable

from msgspec import Struct

from poc_gate.inputs.probe.host.disturbance import Disturbance

COVERAGE = 0.95
_NARROW = 0.02
_NARROW_ON_A_GUEST = 0.04
_BESIDE = 0.1
"""poc-gate's own choice; what it reaches is told in docs/probe.md."""


class Summary(Struct, frozen=True):
    """What the samples of one figure say, all in the samples' unit."""

    best: float
    median: float
    minimum: float
    maximum: float
    spread: float
    """(p75 - p25) / median."""
    low: float
    high: float
    """Interval of the long run's median."""


def is_narrow(summary: Summary, *, guest: bool = False) -> bool:
    """Say whether the interval's half-width is at most 2 % of the median: more samples would tell little more.

    On a `guest` 4 %: what its neighbours do between two probes moves the median by more than that.
    """
    return (summary.high - summary.low) / 2 <= (_NARROW_ON_A_GUEST if guest else _NARROW) * summary.median


def until_narrow(
    take: Callable[[], float], least: int, most: int, *, higher_is_better: bool, guest: bool = False
) -> tuple[float, ...]:
    """Return at least `least` samples, and more until their interval is narrow or there are `most`."""
    samples = [take() for _ in range(least)]
    while len(samples) < most:
        if is_narrow(summarise(tuple(samples), higher_is_better=higher_is_better), guest=guest):
            break
        samples.append(take())
    return tuple(samples)


def quantile(ordered: tuple[float, ...], share: float) -> float:
    """Return a quantile of sorted values by linear interpolation between neighbours."""
    at = share * (len(ordered) - 1)
    below = math.floor(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (at - below)


def summarise(samples: tuple[float, ...], *, higher_is_better: bool) -> Summary:
    """Return the summary of at least one sample.

    The interval holds the median of a long run. It takes the order statistics that bracket a median
    with 95 % for independent samples (binomial), widened by half their own width on both sides:
    slices of a second are drawn from one mood of the host, and the mood of the next minute differs. More
    slices of the same second tell nothing of that, so it is never narrower than the slices themselves
    lie: from their 5th to their 95th percentile, and a tenth of that distance on both sides.
    """
    ordered = tuple(sorted(samples))
    median = quantile(ordered, 0.5)
    rank = median_rank(len(ordered))
    low, high = ordered[rank], ordered[len(ordered) - 1 - rank]
    slack = max((high - low) / 2, 0.01 * abs(median))
    least, most = quantile(ordered, 0.05), quantile(ordered, 0.95)
    apart = _BESIDE * (most - least)
    low, high = min(low - slack, least - apart), max(high + slack, most + apart)
    spread = (quantile(ordered, 0.75) - quantile(ordered, 0.25)) / median if median else 0.0
    best = ordered[-1] if higher_is_better else ordered[0]
    return Summary(best, median, ordered[0], ordered[-1], spread, max(0.0, low), high)


def median_rank(count: int) -> int:
    """Return the largest rank r whose interval [x(r), x(n-1-r)] covers the median with at least 95 %.

    P(covered) = 1 - 2 P(Binomial(n, 1/2) <= r); with fewer than six samples no rank reaches 95 % and
    the whole range is used.
    """
    below, rank = 0.0, 0
    for r in range(count // 2):
        below += math.comb(count, r) * 0.5**count
        if 1 - 2 * below < COVERAGE:
            break
        rank = r
    return rank


def grade(
    summary: Summary,
    disturbance: Disturbance,
    *,
    higher_is_better: bool,
    threads: int = 1,
    widest: float = 0.0,
) -> tuple[str, str]:
    """Return the grade and, for B and C, why.

    The limits come from 108 figures on a shared guest: with steal under 0.05 CPU they stayed within a
    few percent of the quiet value, above 0.3 they fell to half. A: steal < 0.02, foreign < 0.05 per two
    CPUs, median within 5 % of the best; B: steal < 0.05, within 10 %, or nobody says what else ran; C: the rest.
    A figure whose `threads` leave no CPU idle ends with its slowest one: there a quarter of a CPU of other
    work already ends the A and half a CPU the B, however many CPUs there are.
    What varies by nature, as shared storage does, names the `widest` spread with which it still is a B.
    """
    ratio = summary.median / summary.best if higher_is_better else summary.best / summary.median
    near = ratio if summary.best and summary.median else 0.0
    alone, beside = _foreign_limits(disturbance.cpus, threads)
    calm = disturbance.steal < 0.02 and disturbance.foreign < alone and not disturbance.throttled
    if calm and disturbance.known and near >= 0.95:
        return "A", ""
    reasons = []
    if not disturbance.known:
        reasons.append("the system shows no CPU accounts: steal and other load are unknown")
    if disturbance.steal >= 0.02:
        reasons.append(f"the host took {disturbance.steal:.2f} CPU away (steal)")
    if disturbance.foreign >= alone:
        reasons.append(f"other work used {disturbance.foreign:.2f} CPU")
    if near < 0.95:
        reasons.append(f"the median is {near:.2f} of the best slice")
    if disturbance.throttled:
        reasons.append(f"the CPU quota stopped it in {disturbance.throttled} periods")
    steady = near >= 0.90 or summary.spread < widest
    usable = disturbance.steal < 0.05 and steady and not disturbance.throttled
    return ("B" if usable and disturbance.foreign < beside else "C"), "; ".join(reasons)


def _foreign_limits(cpus: int, threads: int) -> tuple[float, float]:
    """Return the CPUs of other work below which a figure may be an A, and a B."""
    alone, beside = 0.025 * cpus, 0.25 * cpus
    return (min(alone, 0.25), min(beside, 0.5)) if threads >= cpus else (alone, beside)
