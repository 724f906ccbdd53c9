"""Derived facts on operation: cold start, the ramp meanwhile, quotas of a hosted model."""

from __future__ import annotations

from poc_gate.flow.formulas.movement import FASTEST_STORE, engine_start, load_time
from poc_gate.flow.interface import CannotDeriveError, Derivation, DerivedValue, FactView
from poc_gate.flow.reading.machine_reading import runs_on_host
from poc_gate.flow.reading.model_reading import read_family
from poc_gate.flow.reading.quota_reading import MINUTE, request_tokens, tokens_of
from poc_gate.flow.span import Span, as_span, total
from poc_gate.model.fact import Kind

_STORE = ("machine.storage.read_sequential_streams", "machine.storage.read_sequential", "target.storage_read")
_LOAD = (
    *_STORE, "flow.weights.bytes", "machine.accelerators.h2d_pinned", "target.count", "target.device", "model.engine",
    "machine.accelerators.memory_total", "target.load_streams", "target.load_cached",
)  # fmt: skip
_START = (
    "target.engine_start", "target.device", "model.engine", "model.engine_version", "machine.accelerators.name", "model.layers",
    "model.tensor_parallel", "model.eager",
)  # fmt: skip
_COLD = (
    "target.cold_start", "target.node_start", "target.image_bytes", "target.network", "machine.network.link_speed",
    "flow.cold_start.load_time", "model.hosting", *_START,
)  # fmt: skip


def _cold_start(view: FactView) -> DerivedValue:
    if view.text("model.hosting") == "hosted":
        raise CannotDeriveError("the provider starts the model; the pilot cannot size it")
    measured = view.stated("target.cold_start")
    if measured is not None:
        return DerivedValue(measured, f"measured from trigger to first answer = {measured.shown('s')}")
    node, image = view.need("target.node_start", "target.image_bytes")
    network = view.first("target.network", "machine.network.link_speed")
    parts = [
        ("node", node), ("image", image / network), ("weights", view.one("flow.cold_start.load_time")),
        ("engine", _engine_time(view)),
    ]  # fmt: skip
    time = total(span for _, span in parts)
    shown = " + ".join(f"{name} {span.shown('s')}" for name, span in parts)
    return DerivedValue(time, f"{shown} = {time.shown('s')}")


def _load_time(view: FactView) -> DerivedValue:
    weights, store = view.one("flow.weights.bytes"), view.first(*_STORE)
    rate, slowest = store, "store"
    if not runs_on_host(view):
        link = view.maybe("machine.accelerators.h2d_pinned")
        if link is None:
            view.assume("the link to the accelerator is faster than the store (its rate was not measured)")
        else:
            both = link * max(1.0, view.one("target.count").likely)
            if both.likely < store.likely:
                rate, slowest = both, "link"
    streams, cached = view.maybe("target.load_streams"), view.flag("target.load_cached")
    if streams is None:
        view.outside(
            "how many streams read the weights is not known (target.load_streams): one reaches a quarter of many"
        )
    span = load_time(
        weights.likely, rate.likely, readers=streams.likely if streams else None, cached=bool(cached)
    )
    if rate.likely > FASTEST_STORE:
        view.outside(
            "loaders differ by a factor of twelve on stores of more than 30 GB/s (target.storage_read)"
        )
    span = span.widened(rate.likely / rate.high, rate.likely / rate.low if rate.low > 0 else float("inf"))
    return DerivedValue(
        span, f"{weights.shown('B')} from the {slowest} at up to {rate.shown('B/s')} = {span.shown('s')}"
    )


def _engine_time(view: FactView) -> Span:
    start = view.maybe("target.engine_start")
    if start is not None:
        return start
    family = read_family(view)
    layers, sharing = view.maybe("model.layers"), view.maybe("model.tensor_parallel")
    found = engine_start(
        family,
        engine=view.text("model.engine"),
        layers=layers.likely if layers else None,
        sharing=sharing.likely if sharing else None,
        eager=view.flag("model.eager") is True,
    )
    if family == "unknown":
        view.outside("which engine has to start is not known (model.engine)")
    view.assume(
        f"the engine needs {found.low:g} to {found.high:g} s from loaded weights to ready (target.engine_start is not stated)"
    )
    return found


def _ready(view: FactView) -> DerivedValue:
    load, start = view.one("flow.cold_start.load_time"), _engine_time(view)
    time = load + start
    return DerivedValue(time, f"weights {load.shown('s')} + engine {start.shown('s')} = {time.shown('s')}")


def _ramp(view: FactView) -> DerivedValue:
    spare, burst = view.need("target.spare_capacity", "demand.burst_factor")
    covered = 1.0 + spare.likely >= burst.likely
    return DerivedValue(
        covered,
        f"1 + spare capacity {spare.likely:.3g} {'>=' if covered else '<'} burst factor {burst.likely:g}",
    )


def _requests_share(view: FactView) -> DerivedValue:
    peak, quota = view.need("flow.demand.peak_rate", "model.quota_requests")
    share = peak / quota
    return DerivedValue(share, f"{peak.shown('req/s')} / {quota.shown('req/s')} = {share.share()}")


def _tokens_share(view: FactView) -> DerivedValue:
    peak, quota = view.need("flow.demand.peak_rate", "model.quota_tokens")
    known = [kind for kind in ("in", "out") if view.maybe(f"demand.{kind}_tokens_p95") is not None]
    if len(known) == 1 and quota.likely > 0:  # the other kind takes something on top
        (other,) = {"in", "out"} - set(known)
        least = peak.likely * _least_tokens(view, known[0]) / quota.likely
        raise view.missing(f"demand.{other}_tokens_p95").bounded(low=least or None)
    tokens = request_tokens(view)
    likely, burst = peak.likely * MINUTE, tokens.burst(peak.likely)
    share = (peak * tokens.mean * MINUTE + burst) / (quota * MINUTE)
    return DerivedValue(
        share,
        f"tokens of the busiest minute at p95 / quota = ({likely:.3g} req x {tokens.mean:,.0f} tok + "
        f"{burst:,.0f} tok) / {quota.likely * MINUTE:,.0f} tok = {share.share()}",
    )


def _least_tokens(view: FactView, kind: str) -> float:
    """Return the least mean of the tokens of one request: of a p95 alone one request in twenty has that many."""
    middle, tail = view.maybe(f"demand.{kind}_tokens_p50"), view.one(f"demand.{kind}_tokens_p95").likely
    return tokens_of(view, kind)[0] if middle is not None else tail / 20.0


def _quota_headroom(view: FactView) -> DerivedValue:
    requests, tokens = view.need("flow.quota.requests_share", "flow.quota.tokens_share")
    worst = as_span(max(requests.likely, tokens.likely))
    return DerivedValue(worst, f"max({requests.share()}, {tokens.share()}) = {worst.share()}")


DERIVATIONS = (
    Derivation(
        "flow.cold_start.load_time", "Time to load the weights from the store to the device",
        "W / min(store, n x h2d, what the readers reach)", _LOAD, _load_time, "s", reference="docs/models/cold-start.md",
    ),
    Derivation(
        "flow.cold_start.ready_time", "Time from a started engine to a served request", "load + engine",
        ("flow.cold_start.load_time", *_START), _ready, "s", reference="docs/models/cold-start.md",
    ),
    Derivation(
        "flow.cold_start.time", "Time until one more replica serves, from nothing",
        "Q18: as measured, or node + image / network + W / min(store, n x h2d) + engine", _COLD, _cold_start, "s",
        reference="docs/models/cold-start.md; ServerlessLLM 2024", by_ends=True,
    ),
    Derivation(
        "flow.cold_start.ramp_covered", "Spare capacity carries the burst while new capacity starts",
        "1 + spare >= burst factor", ("target.spare_capacity", "demand.burst_factor"), _ramp, kind=Kind.FLAG,
    ),
    Derivation(
        "flow.quota.requests_share", "Share of the contracted request quota that the peak takes", "peak / quota",
        ("flow.demand.peak_rate", "model.quota_requests"), _requests_share, by_ends=True,
    ),
    Derivation(
        "flow.quota.tokens_share", "Share of the contracted token quota that the peak takes", "p95 of a minute's tokens / quota, lengths log-normal, arrivals Poisson",
        ("flow.demand.peak_rate", "demand.in_tokens_p50", "demand.in_tokens_p95", "demand.out_tokens_p50",
         "demand.out_tokens_p95", "model.quota_tokens"), _tokens_share,
    ),
    Derivation(
        "flow.quota.worst_share", "Larger of the two shares of the contracted quotas", "max(requests, tokens)",
        ("flow.quota.requests_share", "flow.quota.tokens_share"), _quota_headroom,
    ),
)  # fmt: skip
"""In the order in which they build on each other."""
