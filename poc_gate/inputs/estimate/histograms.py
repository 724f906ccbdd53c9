"""Counts in buckets -> percentiles with the bounds that the buckets leave, as monitoring systems keep them."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from poc_gate.inputs.estimate.known_spread import Known
from poc_gate.inputs.estimate.percentiles import interval_ranks


def bucket_percentile(bounds: Sequence[float], counts: Sequence[float], share: float) -> Known | None:
    """Return a percentile of values of which only the counts up to each bound are known.

    `bounds` ascend and end in infinity, `counts` are running totals. Within a bucket values are taken as evenly spread,
    the lowest one beginning at zero; the interval reaches to the far ends of the buckets in which the ranks of the 95 %
    interval are. None for no values, totals that fall, or a percentile beyond the last finite bound.
    """
    total = counts[-1] if counts else 0
    falling = any(late < early for early, late in itertools.pairwise(counts))
    if total < 1 or falling or len(bounds) != len(counts) or not math.isinf(bounds[-1]):
        return None
    low, high = interval_ranks(int(total), share)
    at = _bucket(counts, max(1.0, share * total))
    if math.isinf(bounds[at]):
        return None
    below, start = (counts[at - 1], bounds[at - 1]) if at else (0.0, min(0.0, bounds[0]))
    inside = (share * total - below) / max(1e-12, counts[at] - below)
    value = start + (bounds[at] - start) * min(1.0, max(0.0, inside))
    lower = _bucket(counts, low) if low else None
    upper = _bucket(counts, high) if high else None
    return Known(
        value,
        None if lower is None else (bounds[lower - 1] if lower else min(0.0, bounds[0])),
        None if upper is None or math.isinf(bounds[upper]) else bounds[upper],
        int(total),
        "order statistics, ends of buckets",
    )


def _bucket(counts: Sequence[float], rank: float) -> int:
    return next(at for at, total in enumerate(counts) if total >= rank)
