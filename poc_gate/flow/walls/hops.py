"""The data path hop by hop: what one request and one second ask of each, what it can give, what binds."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from msgspec.structs import replace

from poc_gate.flow.derive_facts import Deriver
from poc_gate.flow.facts.data.movement_facts import device_leg, request_bytes
from poc_gate.flow.formulas.load.path_model import ModelStation, Station
from poc_gate.flow.formulas.speed.engine_model import compute_reached
from poc_gate.flow.formulas.speed.family_constants import constants_of
from poc_gate.flow.formulas.speed.prompt_phase import prefill_flops
from poc_gate.flow.interface import CannotDeriveError, FactView
from poc_gate.flow.reading.model_station import batching_station, is_served_language_model
from poc_gate.flow.reading.path_reading import source_station, stage_station
from poc_gate.flow.reading.quota_reading import request_tokens
from poc_gate.model.fact import FactTree
from poc_gate.model.verdict import Hop

MODEL_SPREAD = 1.8
"""Saturated serving lies within this factor of the prediction on published cases."""


class Ask(NamedTuple):
    """What a hop is asked for by one request, and what it gives per second."""

    per_request: float
    capacity: float | None
    time: float | None = None
    low: float = 1.0
    """Factor on the capacity at the low end."""
    high: float = 1.0


def data_path(tree: FactTree) -> tuple[Hop, ...]:
    """Return the hops of the request path that the facts describe, the binding one marked.

    Hops whose utilisation cannot be told apart from the highest are marked too: then the answer is
    "not separable", and their assumptions name the measurement that would decide. Empty without a
    planned load.
    """
    deriver = Deriver(tree)
    try:
        peak = deriver.view().one("flow.demand.peak_rate").likely
    except CannotDeriveError:
        return ()
    hops: list[Hop] = []
    for source in deriver.view().each("sources"):
        _add(
            hops,
            deriver,
            (source.item, "source", f"source {source.item}", "req/s"),
            peak,
            _of_source(source.item),
        )
    _add(hops, deriver, ("network", "network", "network link", "B/s"), peak, _network)
    for stage in tree.items.get("path.stages", ()):
        _add(hops, deriver, (stage, "queue", f"stage {stage}", "req/s"), peak, _of_stage(stage))
    _add(hops, deriver, ("link", "link", "copy to the accelerator", "B/s"), peak, _link)
    for id_, kind, title, unit, ask in _MODEL_HOPS:
        _add(hops, deriver, (id_, kind, title, unit), peak, ask)
    _add(hops, deriver, ("storage", "storage", "storage that feeds training", "B/s"), 1.0, _storage)
    return _marked(hops)


def _add(
    hops: list[Hop],
    deriver: Deriver,
    names: tuple[str, str, str, str],
    peak: float,
    ask: Callable[[FactView], Ask | None],
) -> None:
    view = deriver.view()
    try:
        found = ask(view)
    except (CannotDeriveError, ZeroDivisionError, OverflowError):
        return  # not described, or with numbers that no hop can have
    if found is None:
        return
    demand, capacity = found.per_request * peak, found.capacity
    shares: tuple[float | None, ...] = (None, None, None)
    if capacity is not None:
        ends = (capacity * found.high, capacity, capacity * found.low)
        shares = tuple(demand / end if end > 0 else float("inf") for end in ends)
    hops.append(
        Hop(
            id=names[0], kind=names[1], title=names[2], unit=names[3], demand=demand, per_request=found.per_request,
            capacity=capacity, utilisation_low=shares[0], utilisation=shares[1], utilisation_high=shares[2],
            time_per_request=found.time, assumptions=tuple(view.trace.assumptions),
        )
    )  # fmt: skip


def _of_source(item: str) -> Callable[[FactView], Ask | None]:
    def ask(view: FactView) -> Ask:
        source = view.standing_on(item)
        found = _of_station(source_station(source))
        tolerated = source.maybe("sources[].tolerated_rate")
        if tolerated is None or (found.capacity is not None and found.capacity <= tolerated.likely):
            return found
        view.assume(f"the source's owner tolerates {tolerated.shown('req/s')}")
        return Ask(found.per_request, tolerated.likely, time=found.time)

    return ask


def _of_stage(item: str) -> Callable[[FactView], Ask | None]:
    def ask(view: FactView) -> Ask | None:
        stage = view.standing_on(item)
        station = stage_station(view, stage)
        if isinstance(station, ModelStation) or stage.text("path.stages[].source"):
            return None
        return _of_station(station)

    return ask


def _of_station(station: Station) -> Ask:
    highest = station.highest_rate()
    reach = station.calls_that_reach
    capacity = highest * reach if highest is not None and reach > 0 else None
    service = station.service()
    return Ask(
        reach, capacity, time=service.mean * station.sequential, low=1 / station.high, high=1 / station.low
    )


def _network(view: FactView) -> Ask:
    size = request_bytes(view)
    link = view.first("path.network_bandwidth", "machine.network.link_speed", "target.network")
    return Ask(size.likely, link.likely, time=size.likely / link.likely if link.likely > 0 else None)


def _requests_quota(view: FactView) -> Ask:
    return Ask(1.0, view.one("model.quota_requests").likely)


def _tokens_quota(view: FactView) -> Ask:
    """Return a request's part of the busiest minute, at its 95th percentile: what the quota is held against."""
    quota, tokens, peak = (
        view.one("model.quota_tokens"),
        request_tokens(view),
        view.maybe("flow.demand.peak_rate"),
    )
    busy = peak is not None and peak.likely > 0
    return Ask(tokens.per_second(peak.likely) / peak.likely if busy and peak else tokens.mean, quota.likely)


def _link(view: FactView) -> Ask | None:
    size = view.one("target.bytes_to_device")
    if size.likely <= 0:
        return None
    time = device_leg(view)
    replicas = view.maybe("target.replicas")
    count = replicas.likely if replicas else 1.0
    return Ask(size.likely, count * size.likely / time.likely, time=time.likely)


def _served(view: FactView) -> ModelStation:
    if not is_served_language_model(view):
        raise CannotDeriveError("no language model is served here")
    return batching_station(view)


def _memory_hop(view: FactView) -> Ask:
    station = _served(view)
    server, mean = station.server, station.mean
    context = mean.prompt + mean.answer / 2.0
    step = (
        server.network.weight_read(server.most) / max(1.0, server.most)
        + context * server.network.kv_per_token
    )
    reach = constants_of(server.constants)["reach"]
    capacity = station.replicas * server.hardware.bandwidth * server.hardware.devices * reach
    view.assume(f"weights are shared by the {server.most:g} requests of a full batch")
    return Ask(mean.answer * step, capacity, low=1 / MODEL_SPREAD, high=1 / reach)


def _compute_hop(view: FactView) -> Ask | None:
    station = _served(view)
    server, mean = station.server, station.mean
    rate = compute_reached(server.hardware, server.constants)
    if rate is None:
        return None
    flops = prefill_flops(server.network, mean.prompt) + 2.0 * server.network.computed * mean.answer
    return Ask(
        flops,
        station.replicas * rate,
        time=server.prompt_time(mean.prompt),
        low=1 / MODEL_SPREAD,
        high=MODEL_SPREAD,
    )


def _cache_hop(view: FactView) -> Ask:
    station = _served(view)
    highest = station.highest_rate()
    view.assume("requests in flight come from the fixed point of load and time per request")
    time = station.server.time(1.0, 0.0, station.mean, station.mean)
    held = station.replicas * station.server.most / highest if highest > 0 else float("inf")
    return Ask(
        held, station.replicas * station.server.most, time=time, low=1 / MODEL_SPREAD, high=MODEL_SPREAD
    )


def _interconnect_hop(view: FactView) -> Ask | None:
    station = _served(view)
    server, mean = station.server, station.mean
    devices = server.hardware.devices
    if devices <= 1:
        return None
    width = view.one("model.hidden_size").likely
    peer = view.first("machine.accelerators.peer_bandwidth", "machine.accelerators.link_bandwidth").likely
    per_token = 2.0 * server.network.layers * 2.0 * (devices - 1.0) / devices * 2.0 * width
    size = (mean.prompt + mean.answer) * per_token
    return Ask(size, station.replicas * peer, low=0.5)


def _storage(view: FactView) -> Ask:
    need, have = view.need("flow.ingest.need", "flow.ingest.have")
    return Ask(need.likely, have.likely)


_MODEL_HOPS: tuple[tuple[str, str, str, str, Callable[[FactView], Ask | None]], ...] = (
    ("request-quota", "queue", "provider's quota of requests", "req/s", _requests_quota),
    ("token-quota", "queue", "provider's quota of tokens", "tok/s", _tokens_quota),
    ("kv-capacity", "kv-capacity", "requests that fit in the KV cache", "1", _cache_hop),
    ("device-memory", "device-memory", "memory bandwidth of the devices", "B/s", _memory_hop),
    ("device-compute", "device-compute", "compute of the devices", "flop/s", _compute_hop),
    ("interconnect", "interconnect", "link between the devices", "B/s", _interconnect_hop),
)


def _marked(hops: list[Hop]) -> tuple[Hop, ...]:
    """Return the hops with the binding one marked, and those that overlap it with what would decide."""
    known = [hop for hop in hops if hop.utilisation is not None]
    if not known:
        return tuple(hops)
    top = max(known, key=lambda hop: hop.utilisation or 0.0)
    floor = top.utilisation_low or 0.0
    marked = []
    for hop in hops:
        overlaps = hop.utilisation_high is not None and hop.utilisation_high >= floor and hop is not top
        notes = hop.assumptions
        if hop.utilisation is None and hop.demand > 0:
            notes = (*notes, "capacity unknown: it may be the limit; state or measure it")
        elif overlaps:
            notes = (
                *notes,
                f"not separable from {top.title}: a load test that saturates one of them would decide",
            )
        marked.append(replace(hop, binding=hop is top or overlaps, assumptions=notes))
    return tuple(marked)
