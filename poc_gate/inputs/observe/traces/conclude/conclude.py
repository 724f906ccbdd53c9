"""Totals of traces + what a manifest says -> everything that the traces show."""

from __future__ import annotations

from collections.abc import Mapping

from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.traces.conclude.arrivals import observe_arrivals
from poc_gate.inputs.observe.traces.conclude.entries import main_entry
from poc_gate.inputs.observe.traces.conclude.hop_observations import Visits, observe_source, observe_times
from poc_gate.inputs.observe.traces.conclude.kept_share import Sampling, sampling_of, tell_sampling
from poc_gate.inputs.observe.traces.conclude.match_systems import (
    System,
    match_systems,
    plain,
    system_of,
)
from poc_gate.inputs.observe.traces.conclude.model_observations import observe_agents, observe_models
from poc_gate.inputs.observe.traces.conclude.path_view import path_view
from poc_gate.inputs.observe.traces.conclude.request_observations import observe_clocks, observe_requests
from poc_gate.inputs.observe.traces.conclude.undeclared import observe_egress, observe_undeclared
from poc_gate.inputs.observe.traces.describe_span import CALLS
from poc_gate.inputs.observe.traces.moments import day_of
from poc_gate.inputs.observe.traces.totals.trace_totals import EntryTotals, HopTotals, TraceTotals
from poc_gate.model.claim import Value
from poc_gate.model.observation import Observed, Origin

_MODELS = frozenset({"model", "embedding", "rerank"})

Items = Mapping[str, tuple[str, ...]]


def conclude(read: Observed, items: Items | None, values: Mapping[str, Value]) -> Observed:
    """Return what traces show under the names of a manifest; without one, systems are named as the traces name them.

    Args:
        read: The result of reading, which holds the totals.
        items: `sources` -> ids of the manifest.
        values: Fact -> value that the manifest states.
    """
    totals = read.held
    assert isinstance(totals, TraceTotals)
    finds = Finds(min(read.files, default=""), files=dict(read.files), notices=list(read.notices))
    found = main_entry(totals, values, finds)
    finds.origin, finds.samples = origin_of(totals, found[0][0] if found else ""), totals.spans
    _tell_losses(totals, finds)
    if found is None:
        finds.must_not("the spans contain no request: nothing enters a service, and no step begins a trace")
        return finds.result(read.kind, read.group)
    name, entry = found
    sampling = sampling_of(totals, entry, values)
    tell_sampling(sampling, totals, finds)
    hops = list(totals.hops)
    observe_requests(totals, entry, hops, finds, holds=sampling.holds)
    observe_clocks(totals, finds)
    observe_arrivals(entry.starts, sampling, finds)
    systems = _systems(totals)
    names = _sources(entry, systems, items, values, sampling, finds)
    _stages(totals, entry, items, sampling, finds)
    observe_egress(list(systems), names, items, finds)
    observe_models(totals, entry, values, finds, holds=sampling.holds, has_manifest=items is not None)
    observe_agents(totals, entry, values, finds, holds=sampling.holds)
    finds.details |= path_view(totals, name, entry, systems, names, sampling)
    return finds.result(read.kind, read.group)


def origin_of(totals: TraceTotals, service: str) -> Origin:
    """Return what wrote the traces, its version, the time of the last span, and the service that was observed."""
    place = totals.places.get(service, "")
    target = f"{service} ({place})" if service and place else service
    return Origin(
        ", ".join(sorted(totals.sdk)[:3]),
        ", ".join(sorted(filter(None, set(totals.sdk.values())))[:3]),
        day_of(totals.last) if totals.last else "",
        target,
    )


def _tell_losses(totals: TraceTotals, finds: Finds) -> None:
    if totals.broken:
        why = ", ".join(f"{count:,} with {reason}" for reason, count in sorted(totals.reasons.items()))
        finds.warn(f"{totals.broken:,} spans were left out: {why}")
    if totals.duplicates:
        finds.warn(f"{totals.duplicates:,} spans appear twice and were counted once")
    if totals.orphans:
        finds.warn(
            f"{totals.orphans:,} spans name a parent that is in no file",
            "export the traces of every service, and of the same time",
        )
    finds.must_not(
        "retries inside a client library leave no span of their own, so that errors and retries may be more than counted"
    )


def _systems(totals: TraceTotals) -> dict[System, list[tuple[EntryTotals, HopTotals]]]:
    """Return the systems that are called, each with its visits of every entry."""
    found: dict[System, list[tuple[EntryTotals, HopTotals]]] = {}
    hops = list(totals.hops)
    for entry in totals.entries.values():
        for at, visits in entry.hops.items():
            hop = hops[at]
            if hop.role in CALLS and visits.count:
                answered = [name for name, count in visits.answered.items() if count > visits.count / 2]
                host = hop.host or max(visits.hosts, key=visits.hosts.__getitem__, default="")
                system = system_of(hop, answered)
                system = System(system.role, system.system, host, system.part, system.services)
                found.setdefault(system, []).append((entry, visits))
    return found


def _sources(
    entry: EntryTotals, systems: dict[System, list[tuple[EntryTotals, HopTotals]]],
    items: Items | None, values: Mapping[str, Value], sampling: Sampling, finds: Finds,
) -> dict[System, str]:  # fmt: skip
    """State the facts of each source; return system -> id."""
    callable_ = [one for one in systems if one.role not in _MODELS]
    if items is None:
        names = {one: _own_name(one, callable_) for one in callable_ if not one.is_own}
    else:
        matches = match_systems(callable_, items.get("sources", ()), values)
        names = matches.source_of
        for system, ids in matches.open.items():
            finds.ask(
                f"{system.shown} could be {' or '.join(ids)}", f"write `seen_as: [{system.host or system.part or system.system}]` at the one that it is"
            )  # fmt: skip
        calls = sum(visits.count for several in systems.values() for _, visits in several)
        observe_undeclared(callable_, matches, items, values, (calls, entry.requests), finds)
    for source in dict.fromkeys(names.values()):
        pairs = [
            pair for system, several in systems.items() if names.get(system) == source for pair in several
        ]
        visits = Visits([one for _, one in pairs], [one for owner, one in pairs if owner is entry])
        observe_source(source, visits, entry, finds, holds=sampling.holds)
    return names


def _own_name(system: System, others: list[System]) -> str:
    """Return an id for a system where no manifest gives one: its product, and what tells it from others of it."""
    alike = [one for one in others if one.system == system.system and not one.is_own]
    parts = [system.system]
    if len(alike) > 1 or not system.system:
        parts += [system.host if system.host != system.system else "", system.part]
    return plain("-".join(part for part in parts if part))[:60].strip("-") or system.role


def _stages(
    totals: TraceTotals, entry: EntryTotals, items: Items | None, sampling: Sampling, finds: Finds
) -> None:
    """State the times of stages that the manifest lists, by the service that answers or by the name of the step."""
    if not sampling.holds or items is None:
        return
    hops = list(totals.hops)
    for stage in items.get("path.stages", ()):
        fitting = [
            visits
            for at, visits in entry.hops.items()
            if visits.count
            and plain(stage)
            in {plain(hops[at].name), *(plain(one) for one in visits.answered), hops[at].role}
        ]
        if len(fitting) == 1:
            observe_times(f"path.stages[{stage}]", fitting, "as seen under the pilot's own load", finds)
