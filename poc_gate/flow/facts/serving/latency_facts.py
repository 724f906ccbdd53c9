"""Derived facts on latency and queueing: end-to-end quantiles at the peak, budgets, the busiest station."""

from __future__ import annotations

import math

from poc_gate.flow.formulas.load.composition import compose
from poc_gate.flow.formulas.load.path_model import ModelStation, RequestPath, Station
from poc_gate.flow.formulas.load.spread import Z99
from poc_gate.flow.formulas.normal import normal_quantile
from poc_gate.flow.interface import CannotDeriveError, Derivation, DerivedValue, FactView
from poc_gate.flow.reading.awaited_calls import awaited
from poc_gate.flow.reading.model_station import (
    MODEL_INPUTS,
    batching_station,
    calls_of_request,
    is_served_language_model,
)
from poc_gate.flow.reading.path_reading import PATH_INPUTS, read_path
from poc_gate.flow.reading.tested_path import path_as_measured
from poc_gate.flow.span import Span, as_span
from poc_gate.model.fact import Kind
from poc_gate.model.quantity import show_share


def _quantile(view: FactView, share: float) -> DerivedValue:
    peak = view.one("flow.demand.peak_rate").likely
    path = path_as_measured(view, read_path(view), at=peak)
    likely = compose(path, peak)
    if likely.spread is None:
        raise CannotDeriveError(
            f"at {peak:.4g} req/s {likely.busiest or 'a station'} is overloaded, so the time grows without bound"
        )
    value = likely.spread.quantile(share)
    ends = [compose(path, peak, end=end).spread for end in ("low", "high")]
    low = min(value, ends[0].quantile(share)) if ends[0] else value
    high = max(value, ends[1].quantile(share)) if ends[1] else float("inf")
    order = " + ".join(" | ".join(s.id for s in group) for group in path.groups)
    return DerivedValue(
        Span(value, low, high),
        f"{share:.0%} of requests at {peak:.4g} req/s pass {order} within {as_span(value).shown('s')}",
    )


def _p50(view: FactView) -> DerivedValue:
    return _quantile(view, 0.50)


def _p95(view: FactView) -> DerivedValue:
    return _quantile(view, 0.95)


def _p99(view: FactView) -> DerivedValue:
    return _quantile(view, 0.99)


def _tail_ratio(view: FactView) -> DerivedValue:
    p50, p99 = view.need("flow.latency.p50", "flow.latency.p99")
    ratio = p99.likely / p50.likely
    return DerivedValue(as_span(ratio), f"p99 / p50 = {p99.shown('s')} / {p50.shown('s')} = {ratio:.3g}")


def _fanout_latency(view: FactView) -> DerivedValue:
    p50, p99, quantile = view.need("sources[].p50", "sources[].p99", "flow.fanout.quantile_needed")
    if p99.likely < p50.likely:
        raise CannotDeriveError(f"{view.full_name('sources[].p99')} is below its p50: one of them is wrong")
    if not awaited(view):
        raise CannotDeriveError(f"no request waits for {view.item}")
    z = normal_quantile(min(quantile.likely, 1 - 1e-12))
    ratio = p99.likely / p50.likely if p50.likely > 0 else 1.0
    value = max(p99.likely, p50.likely * ratio ** (z / Z99))
    view.assume("beyond its p99 the source's time goes on as a log-normal")
    return DerivedValue(
        Span(value, p99.low, max(value, p99.high)),
        f"p50 x (p99 / p50)^(z / 2.33) at the {quantile.likely:.5f} quantile = {as_span(value).shown('s')}",
    )


def _fanout_budget(view: FactView) -> DerivedValue:
    for stage in view.each("path.stages"):
        if stage.text("path.stages[].source") == view.item:
            budget = stage.one("path.stages[].budget")
            return DerivedValue(budget, f"budget of stage {stage.item} = {budget.shown('s')}")
    raise CannotDeriveError(
        f"no stage of the path states a budget for {view.item}",
        (f"path.stages[].source: {view.item}",),
    )


def station_shares(path: RequestPath, load: float) -> tuple[dict[str, float], list[Station | ModelStation]]:
    """Return the utilisation of every station with a known capacity, and the stations without one."""
    shares: dict[str, float] = {}
    unknown: list[Station | ModelStation] = []
    for station in path.stations:
        highest = station.highest_rate()
        if highest is None:
            unknown.append(station)
        else:
            shares[station.id] = load / highest if highest > 0 else float("inf")
    return shares, unknown


def _busiest(view: FactView) -> tuple[str, float]:
    peak = view.one("flow.demand.peak_rate").likely
    path = path_as_measured(view, read_path(view), at=peak)
    shares, unknown = station_shares(path, peak)
    network = view.maybe("flow.network.utilisation")
    if network is not None:
        shares["network link"] = network.likely
    top = max(shares.items(), key=lambda pair: pair[1], default=("", 0.0))
    if unknown and top[1] < 1.0:
        names = [_capacity_name(station) for station in unknown]
        raise CannotDeriveError(f"missing: {', '.join(names)}", tuple(names))
    return top


def busiest_servers(view: FactView) -> float:
    """Return how many servers work at once at the busiest station; one where that is not a plain station."""
    name, _ = _busiest(view)
    for station in read_path(view).stations:
        if station.id == name and isinstance(station, Station):
            return station.servers or 1.0
    return 1.0


def _capacity_name(station: Station | ModelStation) -> str:
    if station.kind == "source":
        return f"sources[{station.id}].servers"
    if station.kind == "stage":
        return f"path.stages[{station.id}].servers"
    if station.kind == "search":
        return "path.stages[search].servers"
    return "model.quota_requests"


def _utilisation(view: FactView) -> DerivedValue:
    name, share = _busiest(view)
    return DerivedValue(
        as_span(share), f"peak / capacity of the busiest station, {name} = {show_share(share)}"
    )


def _busiest_station(view: FactView) -> DerivedValue:
    name, share = _busiest(view)
    return DerivedValue(name, f"{name} at {share:.1%} of its capacity")


def _concurrency_needed(view: FactView) -> DerivedValue:
    peak, replicas = view.need("flow.demand.peak_rate", "target.replicas")
    if replicas.likely < 1:
        raise CannotDeriveError("target.replicas is below 1: nothing serves the model")
    each = peak.likely / replicas.likely * calls_of_request(view)
    stated = view.maybe("model.time_per_call")
    if stated is not None or not is_served_language_model(view):
        spent = stated or view.one("model.time_per_call")
        return DerivedValue(
            spent * each, f"Little: {each:.4g} req/s x {spent.shown('s')} = {each * spent.likely:.3g}"
        )
    station = batching_station(view)
    flight = station.server.in_flight(each, station.mean)
    if flight is None:
        highest = station.server.highest_rate(station.mean)
        over = station.server.most * each / highest if highest > 0 else float("inf")
        return DerivedValue(
            as_span(over), f"overload: {each:.4g} req/s per replica, at most {highest:.4g} req/s"
        )
    low, high = station.ends(peak.likely)
    return DerivedValue(
        Span(flight, flight * low, flight * high),
        f"fixed point of B = rate x R(B) at {each:.4g} req/s per replica = {flight:.3g}",
    )


def _replica_capacity(view: FactView) -> DerivedValue:
    if is_served_language_model(view) and view.maybe("model.time_per_call") is None:
        station = batching_station(view)
        rate = station.highest_rate() / station.replicas
        if station.calibration is None:
            view.assume("saturated serving is within a factor of 1.8 of the prediction")
        low, high = station.rate_end("high") / station.replicas, station.rate_end("low") / station.replicas
        return DerivedValue(
            Span(rate, low, high),
            f"rate at which {station.server.most:g} requests fit = {rate:.4g} req/s",
        )
    time, slots = view.need("model.time_per_call", "model.planned_concurrency")
    most = slots / time / calls_of_request(view)
    return DerivedValue(most, f"{slots.likely:g} slots / {time.shown('s')} = {most.likely:.4g} req/s")


def _failure_share(view: FactView) -> DerivedValue:
    replicas, lost = view.need("target.replicas", "target.failure_domain_size")
    left = replicas.likely - lost.likely
    if left <= 0:  # whatever the load and the capacity of one are
        return DerivedValue(
            as_span(math.inf),
            f"nothing survives the loss of {lost.likely:g} of {replicas.likely:g} replicas",
        )
    peak, each = view.need("flow.demand.peak_rate", "flow.replica.capacity")
    share = peak / (each * left * RHO_MAX)
    return DerivedValue(
        share,
        f"{peak.likely:.4g} req/s / ({left:g} x {each.likely:.4g} req/s x {RHO_MAX}) = {share.likely:.3g}",
    )


RHO_MAX = 0.7
"""Utilisation up to which waiting stays predictable; the same limit as rule B07."""

DERIVATIONS = (
    Derivation(
        "flow.latency.p50", "Median end-to-end time at the planned peak", "composition of all stations, Q7 to Q9",
        ("flow.demand.peak_rate", *PATH_INPUTS), _p50, "s", reference="docs/models/latency.md",
    ),
    Derivation(
        "flow.latency.p95", "95th percentile of the end-to-end time at the planned peak",
        "composition of all stations, Q7 to Q9", ("flow.demand.peak_rate", *PATH_INPUTS), _p95, "s",
        reference="docs/models/latency.md",
    ),
    Derivation(
        "flow.latency.p99", "99th percentile of the end-to-end time at the planned peak",
        "composition of all stations, Q7 to Q9", ("flow.demand.peak_rate", *PATH_INPUTS), _p99, "s",
        reference="docs/models/latency.md",
    ),
    Derivation(
        "flow.latency.tail_ratio", "How much slower the slowest percent of requests is than the median", "p99 / p50",
        ("flow.latency.p50", "flow.latency.p99"), _tail_ratio,
    ),
    Derivation(
        "sources[].fanout_latency", "Time of one call at the quantile that the fan-out asks of it",
        "Q7: F^-1(0.99^(1/n))", ("sources[].p50", "sources[].p99", "sources[].awaited", "flow.fanout.quantile_needed"),
        _fanout_latency, "s", reference="Dean and Barroso 2013",
    ),
    Derivation(
        "sources[].fanout_budget", "Budget of the stage that calls the source", "budget of its stage",
        ("path.stages[].source", "path.stages[].budget"), _fanout_budget, "s",
    ),
    Derivation(
        "flow.utilisation.peak", "Utilisation of the busiest station at the planned peak", "Q9: rho = peak / capacity",
        ("flow.demand.peak_rate", "flow.network.utilisation", *PATH_INPUTS), _utilisation,
        reference="docs/models/queueing.md",
    ),
    Derivation(
        "flow.utilisation.station", "Busiest station at the planned peak", "argmax of peak / capacity",
        ("flow.demand.peak_rate", "flow.network.utilisation", *PATH_INPUTS), _busiest_station, kind=Kind.TEXT,
    ),
    Derivation(
        "flow.concurrency.needed", "Requests in flight that the peak puts on one replica",
        "Q9: L = lambda x W, fixed point for batching servers",
        ("flow.demand.peak_rate", *MODEL_INPUTS), _concurrency_needed, reference="Little 1961; docs/models/queueing.md",
    ),
    Derivation(
        "flow.replica.capacity", "Requests per second at which one replica is full", "C / R(C)", MODEL_INPUTS,
        _replica_capacity, "req/s", reference="docs/models/serving.md",
    ),
    Derivation(
        "flow.failure.load_share", "Peak load as a share of what the surviving replicas may carry after the largest failure",
        "Q11: peak / ((N - f) x capacity x 0.7)",
        ("flow.demand.peak_rate", "target.replicas", "target.failure_domain_size", "flow.replica.capacity"),
        _failure_share,
    ),
)  # fmt: skip
"""In the order in which they build on each other."""
