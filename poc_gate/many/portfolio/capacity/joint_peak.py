"""Demands of several pilots on one resource -> bounds of their joint peak.

Above: the sum of the peaks, since at worst all fall into one moment. Below: the largest single peak, and the sum of
the means, since the peak of a sum is no less than its mean. (The largest peak plus the means of the others is no
lower bound: at the hour of one peak the others may be below their mean.) Where the hours of a day are stated, both
bounds tighten to the sum of each hour.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from poc_gate.model.many.record import Demand

HOURS = 24


class Use(Struct, frozen=True):
    """What one pilot takes of the resource."""

    pilot: str
    demand: Demand
    path: str = ""
    go_live: str = ""


class Bounds(Struct, frozen=True):
    """Bounds of a joint peak; `high` None where a pilot's peak has no upper bound."""

    low: float
    high: float | None


def joint_peak(uses: Sequence[Use], hours: Mapping[str, Sequence[float]] | None = None) -> Bounds:
    """Return the bounds; a pilot without a figure takes anything from nothing on."""
    if not uses:
        return Bounds(0.0, 0.0)
    stated = hours or {}
    lows = [peak_low(use.demand) for use in uses]
    highs = [peak_high(use.demand) for use in uses]
    low = max(*lows, 0.0, sum(mean_low(use.demand) for use in uses))
    by_hour = [_profile(use, stated) for use in uses]
    if any(by_hour):
        known = [(shape, peak) for shape, peak in zip(by_hour, lows, strict=True) if shape]
        low = max(low, *(sum(shape[hour] * peak for shape, peak in known) for hour in range(HOURS)))
    if any(high is None for high in highs):
        return Bounds(low, None)
    tops = [
        sum(
            (shape[hour] if shape else 1.0) * (high or 0.0)
            for shape, high in zip(by_hour, highs, strict=True)
        )
        for hour in (range(HOURS) if any(by_hour) else (0,))
    ]
    return Bounds(low, max(low, *tops, 0.0))


def _profile(use: Use, stated: Mapping[str, Sequence[float]]) -> tuple[float, ...]:
    """Return the pilot's rate in each hour as a share of its peak; empty where it is not stated."""
    shares = tuple(stated.get(use.pilot, ()))
    top = max(shares, default=0.0)
    return tuple(share / top for share in shares) if len(shares) == HOURS and top > 0 else ()


def peak_low(demand: Demand) -> float:
    """Return the least that a pilot's peak is known to be."""
    known = [value for value in (demand.peak.low, demand.peak.likely) if value is not None]
    return max(0.0, min(known, default=0.0))


def peak_high(demand: Demand) -> float | None:
    """Return the most that a pilot's peak can be; None where nothing bounds it."""
    known = [value for value in (demand.peak.high, demand.peak.likely) if value is not None]
    return max(known, default=None)


def mean_low(demand: Demand) -> float:
    """Return the least that a pilot takes over a day; no more than its peak, where the two disagree."""
    known = [value for value in (demand.mean.low, demand.mean.likely) if value is not None]
    least = max(0.0, min(known, default=0.0))
    top = peak_high(demand)
    return least if top is None else min(least, top)
