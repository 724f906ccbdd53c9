"""Derived facts on movement: bytes and round trips of a request, hot set, network, training ingest."""

from __future__ import annotations

from poc_gate.flow.interface import CannotDeriveError, Derivation, DerivedValue, FactView
from poc_gate.flow.reading.awaited_calls import REGION_INPUTS, awaited, cross_region_time
from poc_gate.flow.reading.machine_reading import (
    MACHINE_INPUTS,
    host_memory,
    memory_of_replica,
    runs_on_host,
)
from poc_gate.flow.span import Span, as_span, total
from poc_gate.model.fact import Kind

_SOURCE_LEGS = (
    "sources[].awaited", "sources[].calls_per_request", "sources[].sequential_calls",
    "sources[].bytes_read_per_call", "sources[].link_bandwidth", "sources[].rtt",
)  # fmt: skip
_LINK = (
    "target.bytes_to_device", "target.pinned_copies", "machine.accelerators.h2d_pinned",
    "machine.accelerators.h2d_pageable",
)  # fmt: skip
_NETWORK = ("path.network_bandwidth", "machine.network.link_speed", "target.network")


def source_leg(source: FactView) -> Span:
    """Return the seconds that one request's calls to a source spend moving bytes and on round trips."""
    calls, size, bandwidth, trip = source.need(
        "sources[].calls_per_request",
        "sources[].bytes_read_per_call",
        "sources[].link_bandwidth",
        "sources[].rtt",
    )
    sequential = source.maybe("sources[].sequential_calls") or calls
    if bandwidth.likely <= 0:
        raise CannotDeriveError(f"{source.full_name('sources[].link_bandwidth')} is 0: nothing can move")
    return calls * size / bandwidth + sequential * trip


def device_leg(view: FactView) -> Span:
    """Return the seconds that one request's copy to the accelerator takes; zero on a host."""
    if runs_on_host(view):
        return as_span(0.0)
    size = view.one("target.bytes_to_device")
    if size.likely == 0:
        return as_span(0.0)
    pinned = view.flag("target.pinned_copies")
    rate = view.one(f"machine.accelerators.h2d_{'pinned' if pinned else 'pageable'}")
    return size / rate


def network_leg(view: FactView) -> Span | None:
    """Return the seconds on the link that serves the pilot, or None when its bytes are not stated."""
    size = view.maybe("path.bytes_per_request")
    if size is None:
        return None
    return size / view.first(*_NETWORK)


def movement_legs(view: FactView) -> dict[str, Span]:
    """Return every leg of a request's movement in seconds; raises naming all facts that are missing."""
    legs: dict[str, Span] = {}
    missing: dict[str, None] = {}
    if "sources" not in view.tree.items:
        missing["sources"] = None
    for source in view.each("sources"):
        if not awaited(source):
            continue
        try:
            legs[f"source {source.item}"] = source_leg(source)
        except CannotDeriveError as error:
            missing.update(dict.fromkeys(error.missing or (error.why,)))
    uses = view.texts("pilot.uses")
    if uses is not None and {"llm", "training"}.isdisjoint(uses) and not view.text("target.device"):
        view.assume("no accelerator takes part (no target.device, no llm or training in pilot.uses)")
    elif view.text("model.hosting") not in {"hosted", "none"}:
        _try(legs, missing, "copy to the accelerator", lambda: device_leg(view))
    _try(legs, missing, "round trips across regions", lambda: cross_region_time(view)[0])
    link = network_leg(view)
    if link is not None:
        legs["network link"] = link
    if missing:
        raise view.missing(*missing)
    return legs


def _try(legs: dict[str, Span], missing: dict[str, None], name: str, leg: object) -> None:
    assert callable(leg)
    try:
        legs[name] = leg()
    except CannotDeriveError as error:
        missing.update(dict.fromkeys(error.missing or (error.why,)))


def _time(view: FactView) -> DerivedValue:
    legs = movement_legs(view)
    time = total(legs.values())
    shown = " + ".join(f"{name} {span.shown('s')}" for name, span in legs.items() if span.likely > 0)
    return DerivedValue(time, f"{shown or 'nothing moves'} = {time.shown('s')}")


def _share(view: FactView) -> DerivedValue:
    time, promised = view.need("flow.movement.time", "slo.p99")
    share = time / promised
    legs = movement_legs(view)
    name, longest = max(legs.items(), key=lambda leg: leg[1].likely)
    most = f" (largest leg: {name}, {longest.shown('s')})" if len(legs) > 1 and longest.likely > 0 else ""
    return DerivedValue(share, f"{time.shown('s')}{most} / slo.p99 {promised.shown('s')} = {share.share()}")


def _largest(view: FactView) -> DerivedValue:
    legs = movement_legs(view)
    name, span = max(legs.items(), key=lambda leg: leg[1].likely)
    return DerivedValue(name, f"largest of {len(legs)} legs: {name}, {span.shown('s')}")


def _device_share(view: FactView) -> DerivedValue:
    leg, promised = device_leg(view), view.one("slo.p99")
    share = leg / promised
    return DerivedValue(share, f"{leg.shown('s')} / slo.p99 {promised.shown('s')} = {share.share()}")


def _hot_set(view: FactView) -> DerivedValue:
    hot, tier = view.one("target.hot_set"), view.text("target.hot_tier")
    if tier == "device":
        room = memory_of_replica(view)
    elif tier == "dram":
        room = host_memory(view)
    elif tier == "nvme":
        room = view.one("machine.storage.free")
    else:
        raise (
            view.missing("target.hot_tier")
            if not tier
            else CannotDeriveError("a remote tier has no capacity that poc-gate can read")
        )
    share = hot / room
    return DerivedValue(share, f"hot set {hot.shown('B')} / {tier} {room.shown('B')} = {share.share()}")


def request_bytes(view: FactView) -> Span:
    """Return the bytes that one request moves over the pilot's link."""
    stated = view.maybe("path.bytes_per_request")
    if stated is not None:
        return stated
    missing: list[str] = []
    parts: list[Span] = []
    for source in view.each("sources"):
        calls, size = (
            source.maybe("sources[].calls_per_request"),
            source.maybe("sources[].bytes_read_per_call"),
        )
        if calls is None or size is None:
            missing += [
                source.full_name(f"sources[].{name}")
                for name, span in (("calls_per_request", calls), ("bytes_read_per_call", size))
                if span is None
            ]
        else:
            parts.append(calls * size)
    if missing or not parts:
        raise view.missing("path.bytes_per_request", *missing)
    return total(parts)


def _network(view: FactView) -> DerivedValue:
    peak, size, link = view.one("flow.demand.peak_rate"), request_bytes(view), view.first(*_NETWORK)
    share = peak * size / link
    return DerivedValue(
        share,
        f"peak x bytes / link = {peak.shown('req/s')} x {size.shown('B')} / {link.shown('B/s')} = "
        f"{share.share()}",
    )


DERIVATIONS = (
    Derivation(
        "flow.movement.time", "Time that one request spends on moving bytes and on round trips",
        "Q5: sum(bytes_i / BW_i) + sum(hops_j x RTT_j)",
        (*_SOURCE_LEGS, *_LINK, *_NETWORK, *REGION_INPUTS, "path.bytes_per_request", "pilot.uses", "model.hosting",
         *MACHINE_INPUTS),
        _time, "s", reference="docs/models/movement.md", by_ends=True,
    ),
    Derivation(
        "flow.movement.share", "Share of the promised p99 that movement takes", "Q5: t_mv / slo.p99",
        ("flow.movement.time", "slo.p99", *_SOURCE_LEGS, *_LINK, *_NETWORK, *REGION_INPUTS,
         "path.bytes_per_request", "pilot.uses", "model.hosting", *MACHINE_INPUTS),
        _share, by_ends=True,
    ),
    Derivation(
        "flow.movement.largest_leg", "Leg of the path that takes the most movement time", "Q5: argmax of the legs",
        (*_SOURCE_LEGS, *_LINK, *_NETWORK, *REGION_INPUTS, "path.bytes_per_request", "pilot.uses", "model.hosting",
         *MACHINE_INPUTS),
        _largest, kind=Kind.TEXT,
    ),
    Derivation(
        "flow.movement.h2d_share", "Share of the promised p99 that the copy to the accelerator takes",
        "Q5: bytes_h2d / BW_h2d / slo.p99", (*_LINK, *MACHINE_INPUTS, "slo.p99"), _device_share, by_ends=True,
    ),
    Derivation(
        "flow.hot_set.share", "Share of its tier that the hot set fills", "hot set / tier",
        ("target.hot_set", "target.hot_tier", "machine.storage.free", *MACHINE_INPUTS), _hot_set,
    ),
    Derivation(
        "flow.network.utilisation", "Share of the link that the peak load takes", "Q10: peak x bytes / link",
        ("flow.demand.peak_rate", "path.bytes_per_request", "sources[].calls_per_request",
         "sources[].bytes_read_per_call", *_NETWORK),
        _network, by_ends=True,
    ),
)  # fmt: skip
"""In the order in which they build on each other."""
