"""What a file keeps of many times (all of them, bins, a few percentiles) -> percentiles with honest intervals.

Intervals are binomial order statistics as in `percentiles`. Where only some percentiles are stated, the ends are the
stated values next outward of the ranks, so that such an interval is wider than the samples would give, never narrower.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from poc_gate.inputs.estimate.percentiles import interval_ranks, measure_percentile, nearest_rank


class Known(Struct, frozen=True):
    """One percentile of what a file keeps; an end that it cannot carry is None."""

    value: float
    low: float | None
    high: float | None
    count: int | None
    """Values that it rests on; None where the file does not say."""
    interval: str
    """How the interval was found; empty where there is none."""


class Spread(Struct, frozen=True):
    """Many times or lengths of one kind, as far as a file keeps them."""

    samples: Sequence[float] = ()
    """Every value, in the order it was taken where `in_order`."""
    in_order: bool = False
    bins: tuple[tuple[float, int], ...] = ()
    """Value and count in ascending order, where values were rounded or counted in bins."""
    stated: Mapping[float, float] = {}
    """Share -> value; 0 is the smallest and 1 the largest."""
    count: int | None = None
    """Values behind `stated`."""
    mean: float | None = None

    def __bool__(self) -> bool:
        """Say whether there is anything."""
        return bool(len(self.samples) or self.bins or self.stated or self.mean is not None)

    @property
    def total(self) -> int | None:
        """Return the number of values, where it is known."""
        if len(self.samples):
            return len(self.samples)
        return sum(count for _, count in self.bins) if self.bins else self.count

    def at(self, share: float) -> Known | None:
        """Return the percentile of a share between 0 and 1, or None where the file does not show it."""
        if len(self.samples):
            return _of_samples(self.samples, share, in_order=self.in_order)
        if self.bins:
            return _of_bins(self.bins, share)
        return self._of_stated(share)

    def average(self) -> float | None:
        """Return the mean, where it is known."""
        if len(self.samples):
            return math.fsum(self.samples) / len(self.samples)
        if self.bins and self.mean is None:
            return math.fsum(value * count for value, count in self.bins) / max(1, self.total or 1)
        return self.mean

    def scaled(self, factor: float) -> Spread:
        """Return the same in another unit."""
        return Spread(
            [value * factor for value in self.samples], self.in_order,
            tuple((value * factor, count) for value, count in self.bins),
            {share: value * factor for share, value in self.stated.items()}, self.count,
            None if self.mean is None else self.mean * factor,
        )  # fmt: skip

    def _of_stated(self, share: float) -> Known | None:
        value = self.stated.get(share)
        if value is None:
            return None
        if not self.count:
            return Known(value, None, None, self.count, "")
        low, high = interval_ranks(self.count, share)
        below = [at for at in self.stated if low and at <= (low - 1) / self.count]
        above = [at for at in self.stated if high and at >= high / self.count]
        return Known(
            value,
            self.stated[max(below)] if below else None,
            self.stated[min(above)] if above else None,
            self.count,
            "order statistics, ends at stated percentiles",
        )


def merged(parts: Iterable[Spread]) -> Spread:
    """Return the values of several spreads as one; empty where one of them keeps neither values nor bins."""
    samples: list[float] = []
    counted: dict[float, int] = {}
    for part in parts:
        if len(part.samples):
            samples += part.samples
        elif part.bins:
            for value, count in part.bins:
                counted[value] = counted.get(value, 0) + count
        elif part:
            return Spread()
    if counted:
        for value in samples:
            counted[value] = counted.get(value, 0) + 1
        return Spread(bins=tuple(sorted(counted.items())))
    return Spread(samples)


def _of_samples(samples: Sequence[float], share: float, *, in_order: bool) -> Known:
    if in_order:
        found = measure_percentile(samples, share)
        return Known(found.value, found.low, found.high, found.samples, "order statistics")
    ordered = sorted(samples)
    low, high = interval_ranks(len(ordered), share)
    ends = (ordered[low - 1] if low else None, ordered[high - 1] if high else None)
    return Known(nearest_rank(ordered, share), *ends, len(ordered), "order statistics")


def _of_bins(bins: tuple[tuple[float, int], ...], share: float) -> Known | None:
    reached: list[int] = []
    total = 0
    for _, count in bins:
        total += count
        reached.append(total)
    if not total:
        return None

    def ranked(rank: int | None) -> float | None:
        return bins[bisect.bisect_left(reached, rank)][0] if rank else None

    low, high = interval_ranks(total, share)
    value = ranked(min(total, max(1, math.ceil(share * total - 1e-9))))
    assert value is not None
    return Known(value, ranked(low), ranked(high), total, "order statistics over bins")
