"""Requests of the pilot as a whole -> end-to-end times, errors, unaccounted time, joined ids, clocks, content on spans."""

from __future__ import annotations

from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.traces.conclude.hop_observations import observe_critical
from poc_gate.inputs.observe.traces.totals.trace_totals import Clock, EntryTotals, Hop, TraceTotals

_NS = 1e-9
_JOINED, _APART = 0.95, 0.05
_FEWEST = 20
_SKEWED_SHARE = 0.05
_LEAST_SKEW = 1e-3
"""Seconds; smaller differences are within what time stamps of one machine show."""


def observe_requests(
    totals: TraceTotals, entry: EntryTotals, hops: list[Hop], finds: Finds, *, holds: bool
) -> None:
    """State what the requests show; `holds` says whether the sampling lets percentiles and shares follow."""
    finds.observe(
        "observed.requests", entry.requests, samples=entry.requests, method="requests of the main entry"
    )
    if holds:
        seconds = [one * _NS for one in entry.lengths]
        for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99)):
            finds.observe_percentile(
                f"observed.{name}", seconds, share, method="from the first span's start to its end"
            )
        finds.observe_share(
            "observed.error_rate",
            entry.errors,
            entry.requests,
            method="requests whose first span ended in an error",
        )
        own = [visits for at, visits in entry.hops.items() if hops[at].role == "entry"]
        observe_critical("observed.unaccounted_share", own, entry, finds)
    finds.observe(
        "observed.fan_out", entry.fan_out, samples=entry.requests, method="most calls below one span"
    )
    _mode(entry, finds)
    _joined(totals, entry, finds)
    _content(totals, finds)


def _mode(entry: EntryTotals, finds: Finds) -> None:
    """State whether calls run one after the other or together, where the requests agree about it."""
    if entry.several < _FEWEST:
        return
    share = entry.parallel / entry.several
    if share <= 0.1 or share >= 0.9:
        finds.observe(
            "path.mode", "parallel" if share >= 0.9 else "series", samples=entry.several,
            method=f"calls to different systems overlap in {share:.0%} of the requests",
        )  # fmt: skip
    else:
        finds.warn(
            f"calls to different systems overlap in {share:.0%} of the requests: the path is neither in series nor parallel"
        )


def _joined(totals: TraceTotals, entry: EntryTotals, finds: Finds) -> None:
    """State whether one id joins a request with its calls."""
    lone = sum(totals.lone.values()) + totals.orphans
    inside = sum(visits.count for one in totals.entries.values() for visits in one.hops.values())
    calls = lone + inside
    if not calls:
        return
    finds.observe_share(
        "observed.unjoined_share",
        lone,
        calls,
        method="calls and steps whose trace has no request around them",
    )
    if entry.requests < _FEWEST:
        return
    models = sum(one.count for key, one in totals.models.items() if key[0] == "model")
    joined = lone <= _APART * calls and entry.with_calls >= _JOINED * entry.requests
    if joined and (not models or entry.models_with):
        finds.observe(
            "monitoring.trace_id", value=True, samples=entry.requests, method=f"{entry.with_calls:,} of {entry.requests:,} requests hold their calls",
        )  # fmt: skip
    elif lone > _APART * calls:
        finds.observe(
            "monitoring.trace_id", value=False, samples=calls, method=f"{lone:,} of {calls:,} calls and steps belong to no request"
        )  # fmt: skip


def _content(totals: TraceTotals, finds: Finds) -> None:
    if not totals.spans:
        return
    finds.observe_share(
        "observed.content_share",
        totals.content,
        totals.spans,
        method="spans with text written by people or models",
    )
    finds.observe_share(
        "observed.query_share", totals.query, totals.spans, method="spans with query parts or literal values"
    )
    if totals.content:
        worst = sorted(totals.content_services, key=lambda one: -totals.content_services[one])[:4]
        finds.warn(
            f"{totals.content:,} of {totals.spans:,} spans keep text written by people or models (services: {', '.join(worst)})",
            "switch the capture of contents off, or treat the store of traces as a store of those texts",
        )


def observe_clocks(totals: TraceTotals, finds: Finds) -> None:
    """Say where clocks of services differ, and state the largest difference."""
    largest, seen = 0.0, 0
    for (caller, service), clock in sorted(totals.clocks.items()):
        skew = skew_of(clock)
        seen += clock.count
        if skew is None or abs(skew) < _LEAST_SKEW:
            continue
        largest = max(largest, abs(skew))
        finds.must_not(
            f"the clock of {service or 'one service'} is about {abs(skew) * 1000:.3g} ms {'ahead of' if skew > 0 else 'behind'} that of "
            f"{caller or 'its caller'}: time on the way between them cannot be separated from waiting"
        )
    if seen:
        finds.observe(
            "observed.clock_skew",
            largest,
            unit="s",
            samples=seen,
            method="bounds from calls and the spans that answer them",
        )


def skew_of(clock: Clock) -> float | None:
    """Return by how many seconds the answering service's clock is ahead; None where the calls fit as they are.

    Each call bounds the difference: an answer cannot begin before its call nor end after it. The medians of both
    bounds are used, since single calls may be slow to be seen.
    """
    if not clock.least or clock.outside <= _SKEWED_SHARE * clock.count:
        return None
    least, most = sorted(clock.least), sorted(clock.most)
    low, high = least[len(least) // 2], most[len(most) // 2]
    if low <= 0 <= high:
        return None
    return (low + high) / 2 * _NS
