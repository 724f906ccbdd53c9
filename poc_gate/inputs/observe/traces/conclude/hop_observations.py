"""Visits to a source or stage -> its percentiles, errors, calls per request, share of the request, each with its interval."""

from __future__ import annotations

import math
from collections.abc import Iterable

from msgspec import Struct

from poc_gate.inputs.estimate.percentiles import interval_ranks, nearest_rank
from poc_gate.inputs.estimate.shares import Z95, share_interval
from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.traces.totals.trace_totals import EntryTotals, HopTotals

_NS = 1e-9
_SHARES = {"p50": 0.50, "p95": 0.95, "p99": 0.99}


class Visits(Struct):
    """All visits to what counts as one: of every entry, and of the main one."""

    everywhere: list[HopTotals]
    main: list[HopTotals]


def observe_times(prefix: str, visits: Iterable[HopTotals], what: str, finds: Finds) -> None:
    """State p50, p95 and p99 under `prefix`; calls of one request count as one look together."""
    totals = list(visits)
    ordered = sorted(length for one in totals for length in one.lengths)
    if not ordered:
        return
    inflation = max(1.0, len(ordered) / max(1, sum(one.requests for one in totals)))
    for name, share in _SHARES.items():
        low, high = interval_ranks(len(ordered), share, inflation)
        finds.observe(
            f"{prefix}.{name}", nearest_rank(ordered, share) * _NS, unit="s", samples=len(ordered),
            low=ordered[low - 1] * _NS if low else None, high=ordered[high - 1] * _NS if high else None,
            interval="order statistics", method=what, stable=low is not None and high is not None,
        )  # fmt: skip


def observe_source(source: str, visits: Visits, entry: EntryTotals, finds: Finds, *, holds: bool) -> None:
    """State what calls to one source show; `holds` says whether the sampling lets percentiles and shares follow."""
    prefix = f"sources[{source}]"
    if holds:
        observe_times(prefix, visits.everywhere, "calls as the caller saw them", finds)
        _counted(prefix, visits.everywhere, finds)
    if not visits.main:
        return
    requests = entry.requests
    calls = sum(one.count for one in visits.main)
    _mean(f"{prefix}.calls_per_request", calls, sum(one.squares for one in visits.main), requests, finds)
    chains = sum(one.sequential for one in visits.main)
    finds.observe(
        f"{prefix}.sequential_calls", chains / requests, samples=requests,
        method="longest chain of calls that do not overlap, mean over requests",
    )  # fmt: skip
    reached = min(requests, max(one.requests for one in visits.main))
    finds.observe_share(f"{prefix}.request_share", reached, requests, method="requests with a call to it")
    if holds:
        observe_critical(f"{prefix}.observed_share", visits.main, entry, finds)


def _counted(prefix: str, visits: list[HopTotals], finds: Finds) -> None:
    count = sum(one.count for one in visits)
    looks = min(1.0, sum(one.requests for one in visits) / max(1, count))
    finds.observe(f"{prefix}.samples", count, samples=count, method="calls that were seen")
    for name, hits, method in (
        ("error_rate", sum(one.errors for one in visits), "calls whose span ended in an error"),
        ("timeout_rate", sum(one.timeouts for one in visits), "calls whose error is a time-out"),
        ("retry_rate", sum(one.retries + one.resent for one in visits), "calls that followed a failed one; retries inside a client leave no span"),
        ("resent_rate", sum(one.resent for one in visits), "calls that say themselves that they were sent again"),
    ):  # fmt: skip
        _clustered(f"{prefix}.{name}", hits, count, looks, method, finds)
    finds.observe_share(
        f"{prefix}.failed_through", sum(one.failed_through for one in visits), sum(one.failed for one in visits),
        method="requests that failed, of those whose last call to it failed",
    )  # fmt: skip
    hits, misses = sum(one.hits for one in visits), sum(one.misses for one in visits)
    if hits + misses:
        _clustered(
            f"{prefix}.cache_hit",
            hits,
            hits + misses,
            looks,
            "calls that tell whether a cache answered",
            finds,
        )


def _clustered(fact: str, hits: int, count: int, looks: float, method: str, finds: Finds) -> None:
    """State a share of calls; `looks` is the share of them that are independent of each other."""
    hits = min(hits, count)
    tried = max(1, round(count * looks))
    low, high = share_interval(min(tried, round(hits * looks)), tried)
    share = hits / count
    finds.observe(
        fact,
        share,
        samples=count,
        low=min(low, share),
        high=max(high, share),
        interval="Wilson score",
        method=method,
    )


def _mean(fact: str, total: int, squares: int, requests: int, finds: Finds) -> None:
    mean = total / requests
    variance = max(0.0, squares / requests - mean * mean)
    half = Z95 * math.sqrt(variance / requests) if requests > 1 else math.inf
    finds.observe(
        fact, mean, samples=requests, low=max(0.0, mean - half), high=mean + half, interval="normal, over requests",
        method="calls over requests",
    )  # fmt: skip


def observe_critical(fact: str, visits: Iterable[HopTotals], entry: EntryTotals, finds: Finds) -> None:
    """State the share of a request's time that is waiting for something; a ratio of sums with its linearised interval."""
    totals = list(visits)
    found = critical_share(totals, entry)
    if found is None:
        return
    share, half = found
    finds.observe(
        fact, min(1.0, share), samples=entry.requests, low=max(0.0, share - half), high=min(1.0, share + half),
        interval="ratio of sums", method="time on the critical path over the time of the requests",
    )  # fmt: skip


def critical_share(visits: list[HopTotals], entry: EntryTotals) -> tuple[float, float] | None:
    """Return share of the critical path and half the width of its 95 % interval; None where no time passed."""
    whole = sum(entry.lengths)
    if whole <= 0 or not entry.requests:
        return None
    share = sum(one.critical for one in visits) / whole
    # Of several hops the spread is taken as if they moved together, which is never too narrow.
    spread = sum(
        math.sqrt(max(0.0, one.critical_square - 2 * part * one.critical_cross + part * part * entry.square))
        for one in visits
        for part in (one.critical / whole,)
    )
    count = entry.requests
    half = Z95 * spread / whole * math.sqrt(count / (count - 1)) if count > 1 else 1.0
    return share, half
