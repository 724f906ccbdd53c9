"""Totals of the main entry -> plain data for views: hops in the order of their share, entries, models; no contents."""

from __future__ import annotations

from poc_gate.inputs.estimate.percentiles import nearest_rank
from poc_gate.inputs.observe.traces.conclude.hop_observations import critical_share
from poc_gate.inputs.observe.traces.conclude.kept_share import Sampling
from poc_gate.inputs.observe.traces.conclude.match_systems import System, system_of
from poc_gate.inputs.observe.traces.describe_span import CALLS
from poc_gate.inputs.observe.traces.totals.trace_totals import EntryTotals, Hop, HopTotals, TraceTotals

_NS = 1e-9
_MOST = 60


def path_view(
    totals: TraceTotals, name: tuple[str, str], entry: EntryTotals, systems: dict[System, list[tuple[EntryTotals, HopTotals]]],
    names: dict[System, str], sampling: Sampling,
) -> dict[str, object]:  # fmt: skip
    """Return `hops`, `entries`, `models` and what describes the whole; times in seconds, None where sampling forbids them."""
    hops = list(totals.hops)
    by_visits = {id(visits): system for system, several in systems.items() for _, visits in several}
    rows = []
    for at, visits in sorted(entry.hops.items(), key=lambda pair: -pair[1].critical)[:_MOST]:
        if not (visits.count or visits.critical):
            continue
        system = by_visits.get(id(visits), system_of(hops[at]))
        row = _row(hops[at], visits, entry, system, names.get(system, ""), holds=sampling.holds)
        if hops[at].service != name[0] and not row["is_call"] and hops[at].role != "entry":
            row["name"] = f"{row['name']} ({hops[at].service})"
        rows.append(row)
    return {
        "entry": {"service": name[0], "name": name[1]},
        "requests": entry.requests,
        "spans": totals.spans,
        "traces": totals.traces,
        "services": dict(sorted(totals.services.items())),
        "sampling": {"mode": sampling.mode, "share": sampling.share},
        "hops": rows,
        "entries": [
            {"service": key[0], "name": key[1], "requests": one.requests, "errors": one.errors}
            for key, one in sorted(totals.entries.items(), key=lambda pair: -pair[1].requests)[:_MOST]
        ],
        "models": [
            {"role": key[0], "provider": key[1], "model": key[2], "asked": key[3], "calls": one.count, "errors": one.errors}
            for key, one in sorted(totals.models.items())[:_MOST]
        ],
        "first": totals.first * _NS,
        "last": totals.last * _NS,
    }  # fmt: skip


def _row(
    hop: Hop, visits: HopTotals, entry: EntryTotals, system: System, source: str, *, holds: bool
) -> dict[str, object]:
    share = critical_share([visits], entry)
    ordered = sorted(visits.lengths)
    times = {
        name: nearest_rank(ordered, part) * _NS if ordered and holds else None
        for name, part in (("p50_s", 0.5), ("p95_s", 0.95), ("p99_s", 0.99))
    }
    return {
        "id": source or shown_hop(hop, system),
        "source": source,
        "name": shown_hop(hop, system),
        "kind": hop.role,
        "system": hop.system,
        "host": system.host,
        "service": hop.service,
        "answered_by": list(system.services),
        "is_call": hop.role in CALLS,
        "calls": visits.count,
        "calls_per_request": visits.count / entry.requests,
        "sequential_per_request": visits.sequential / entry.requests,
        "requests": visits.requests,
        "share_of_critical_path": share[0] if share and holds else None,
        "share_half_width": share[1] if share and holds else None,
        "errors": visits.errors,
        "timeouts": visits.timeouts,
        "retries": visits.retries + visits.resent,
        "n": visits.count,
        **times,
    }


def shown_hop(hop: Hop, system: System) -> str:
    """Return how people would name a hop."""
    if hop.role == "entry":
        return f"{hop.service or 'the service'} itself, not accounted for"
    if hop.role in ("model", "embedding", "rerank"):
        return f"{hop.role} {hop.name or hop.system}"
    if hop.role in CALLS:
        return system.services[0] if system.is_own else system.shown
    return f"{hop.role} {hop.name}"
