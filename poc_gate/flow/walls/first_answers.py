"""Facts, some of them assumed -> how much one replica serves and holds, at one end of everything that is not known.

Called three times, with the facts at the end that spares the pilot, at their likely values and at the other end,
these numbers bound what the pilot can do: throughput and room fall with longer prompts and answers, the peak rises
with the share of the busiest hour. Parts of the path that cannot be described are left out and named, so the wall
is an upper bound there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal, NamedTuple, TypeVar

from msgspec import Struct

from poc_gate.flow.derive_facts import Deriver
from poc_gate.flow.facts.money.costs import known_prices
from poc_gate.flow.facts.serving.cache_room import least_memory, room_for_cache
from poc_gate.flow.facts.serving.footprint_facts import copies_of_cache
from poc_gate.flow.formulas.load.load_walls import first_break
from poc_gate.flow.formulas.load.path_model import ModelStation, RequestPath, Station
from poc_gate.flow.formulas.lognormal import mean_length
from poc_gate.flow.interface import CannotDeriveError, FactView
from poc_gate.flow.reading.awaited_calls import awaited
from poc_gate.flow.reading.model_station import (
    batching_station,
    is_served_language_model,
    model_station,
)
from poc_gate.flow.reading.path_reading import search_station, source_station, stage_station
from poc_gate.flow.reading.wall_reading import read_promises
from poc_gate.flow.span import Span
from poc_gate.model.fact import FactTree

T = TypeVar("T")

End = Literal["better", "likely", "worse"]

MEASURED_RUN = (0.85, 1.2)
"""Interval of the speed around one run of the pilot itself (one run on the same machine, judgement)."""

SATURATED = 1.8
"""Factor around the predicted throughput of a saturated server that covers 95 % of published cases."""

FIRST_TOKEN = {"better": 0.6, "likely": 1.0, "worse": 2.5}
"""Factors on the predicted time to first token that cover published loaded runs."""


class FirstNumbers(Struct, frozen=True):
    """What one set of facts comes to; None where it cannot be told."""

    peak: float | None = None
    """Requests per second in the busiest minute."""
    tokens_per_s: float | None = None
    """Tokens per second of that peak, prompts and answers, over all calls of a request."""
    tokens_per_day: float | None = None
    needed: float | None = None
    """Bytes of weights and reserve on one replica."""
    each: float | None = None
    """Bytes of cache that one request holds."""
    capacity: float | None = None
    """Bytes of memory of one replica."""
    least_memory: float | None = None
    """Bytes of device memory from which on the weights and one long request fit."""
    cache: float | None = None
    """Bytes that the engine leaves for the KV cache beside the weights."""
    room: float | None = None
    """Long requests in flight that these bytes hold, parts of a request counted too."""
    served: float | None = None
    """Requests per second at which the model's replicas are full."""
    wall: float | None = None
    """Requests per second at which the first described part gives way."""
    station: str = ""
    cause: str = ""
    first_token: float | None = None
    """Seconds to the first token of a long prompt at the planned peak, or unloaded where that overloads."""
    replicas: float | None = None
    left_out: tuple[str, ...] = ()
    cost_month: float | None = None
    """Money of a month at the planned load, of what has a price."""
    unpriced: tuple[str, ...] = ()
    """Facts about cost that nobody has stated."""


class _Path(NamedTuple):
    stations: tuple[Station | ModelStation, ...]
    left_out: tuple[str, ...]


def first_numbers(tree: FactTree, end: End) -> FirstNumbers:
    """Return what a tree of facts comes to at one end of the model's own intervals; never raises for missing facts."""
    view = Deriver(tree).view()
    model = _tried(lambda: batching_station(view)) if is_served_language_model(view) else None
    speed = _speed(view, model, end)
    path = _described_path(view)
    wall = _wall(view, path, model, speed, end)
    weights = _low_or_high(view, "flow.weights.bytes", end)
    calls = _calls(view)
    tokens = _tokens(view)
    peak, mean = _value(view, "flow.demand.peak_rate"), _value(view, "demand.requests_per_day")
    cost, unpriced = _cost(view, mean)
    cache = _end_of(_tried(lambda: room_for_cache(view)[0]), end, up=True)
    return FirstNumbers(
        peak=peak,
        tokens_per_s=peak * calls * tokens if peak is not None and tokens is not None else None,
        tokens_per_day=mean * 86400 * calls * tokens if mean is not None and tokens is not None else None,
        needed=weights,
        each=_value(view, "flow.kv.bytes_per_sequence"),
        capacity=_value(view, "flow.device_memory.capacity"),
        least_memory=_end_of(_tried(lambda: least_memory(view)), end),
        cache=cache,
        room=_room(view, cache),
        served=_served(model, speed),
        wall=wall[0],
        station=wall[1],
        cause=wall[2],
        first_token=_first_token(model, peak, end),
        replicas=_value(view, "target.replicas"),
        left_out=path.left_out,
        cost_month=cost,
        unpriced=unpriced,
    )


def carried_numbers(tree: FactTree, end: End) -> FirstNumbers:
    """Return of `first_numbers` what decides whether a machine carries the plan: peak, room and what is served."""
    view = Deriver(tree).view()
    model = _tried(lambda: batching_station(view)) if is_served_language_model(view) else None
    cache = _end_of(_tried(lambda: room_for_cache(view)[0]), end, up=True)
    return FirstNumbers(
        peak=_value(view, "flow.demand.peak_rate"),
        room=_room(view, cache),
        served=_served(model, _speed(view, model, end)),
    )


def _tried(build: Callable[[], T]) -> T | None:
    try:
        return build()
    except (CannotDeriveError, ZeroDivisionError, OverflowError):
        return None


def _value(view: FactView, name: str) -> float | None:
    span = _tried(lambda: view.maybe(name))
    return span.likely if span is not None else None


def _low_or_high(view: FactView, name: str, end: End, *, up: bool = False) -> float | None:
    """Return a fact at its end: `up` where more of it spares the pilot."""
    return _end_of(_tried(lambda: view.maybe(name)), end, up=up)


def _end_of(span: Span | None, end: End, *, up: bool = False) -> float | None:
    if span is None:
        return None
    if end == "likely":
        return span.likely
    return span.high if (end == "better") is up else span.low


def _room(view: FactView, cache: float | None) -> float | None:
    """Return the long requests that so many bytes of cache hold, at most as many as the engine admits."""
    each = _tried(lambda: view.one("flow.kv.bytes_per_sequence") * copies_of_cache(view))
    if cache is None or each is None or each.likely <= 0:
        return None
    admitted = _value(view, "model.max_concurrency")
    return min(cache / each.likely, admitted if admitted is not None else float("inf"))


def _cost(view: FactView, mean: float | None) -> tuple[float | None, tuple[str, ...]]:
    """Return the money of a month for what has a price, and the facts about cost that are missing."""
    found = _tried(lambda: known_prices(view))
    if found is None:
        return None, ()
    prices, missing = found
    unpriced = tuple(name for name in missing if name.startswith(("cost.", "oversight.")))
    priced = any(prices.per_request.values()) or prices.replica_second > 0 or prices.month > 0
    return (prices.monthly(mean, planned=mean) if priced and mean is not None else None), unpriced


def _calls(view: FactView) -> float:
    steps = view.maybe("agent.steps_typical") if "agent" in (view.texts("pilot.uses") or ()) else None
    return max(1.0, steps.likely) if steps is not None else 1.0


def _tokens(view: FactView) -> float | None:
    """Return the mean tokens of one call: log-normal through the median and the 95th percentile."""
    parts = []
    for kind in ("in", "out"):
        median, tail = view.maybe(f"demand.{kind}_tokens_p50"), view.maybe(f"demand.{kind}_tokens_p95")
        if median is None and tail is None:
            return None
        middle, far = (median or tail), (tail or median)
        assert middle is not None
        assert far is not None
        parts.append(mean_length(middle.likely, max(middle.likely, far.likely)))
    return sum(parts)


def _speed(view: FactView, model: ModelStation | None, end: End) -> float:
    """Return the factor on the predicted throughput: wide from published cases, narrow around a measured call."""
    stated = view.maybe("model.time_per_call")
    if model is not None and stated is not None and stated.likely > 0:
        predicted = model.server.time(1.0, 0.0, model.p50, model.p50)
        low, high = MEASURED_RUN
        around = {"better": high, "likely": 1.0, "worse": low}[end]
        return around * predicted / stated.likely
    return {"better": SATURATED, "likely": 1.0, "worse": 1.0 / SATURATED}[end]


def _served(model: ModelStation | None, speed: float) -> float | None:
    return model.highest_rate() * speed if model is not None else None


def _described_path(view: FactView) -> _Path:
    """Return every part of the path but the served model that the facts describe, and the names of the others."""
    stations: list[Station | ModelStation] = []
    left_out: list[str] = []

    def take(name: str, build: Callable[[], Station | ModelStation]) -> None:
        try:
            stations.append(build())
        except CannotDeriveError:
            left_out.append(name)

    staged = {stage.text("path.stages[].source") for stage in view.each("path.stages")} - {""}
    for source in view.each("sources"):
        if awaited(source) and source.item not in staged:
            take(f"source {source.item}", partial(source_station, source))
    for stage in view.each("path.stages"):
        take(f"stage {stage.item}", partial(stage_station, view, stage))
    uses = view.texts("pilot.uses") or ()
    if "retrieval" in uses:
        take("search in the index", lambda: search_station(view))
    if not is_served_language_model(view) and not {"llm", "classic-ml", "agent"}.isdisjoint(uses):
        take("model", lambda: model_station(view))
    return _Path(
        tuple(one for one in stations if one.kind != "model" or not isinstance(one, ModelStation)),
        tuple(left_out),
    )


def _wall(
    view: FactView, path: _Path, model: ModelStation | None, speed: float, end: End
) -> tuple[float | None, str, str]:
    """Return the load at which the first described part gives way, with what binds and why."""
    promises = _tried(lambda: read_promises(view)) or {}
    ends: list[tuple[float, str, str]] = []
    if model is not None:
        rate = model.highest_rate() * speed
        ends.append((rate, "model", f"the language model takes at most {rate:.3g} requests a second"))
    if path.stations:
        groups = tuple((station,) for station in path.stations)
        side = {"better": "low", "likely": "likely", "worse": "high"}[end]
        limits = _quota(view)
        found = _tried(lambda: first_break(RequestPath(groups, limits=limits), promises, end=side))
        if found is not None and found.load < float("inf"):
            ends.append((found.load, found.station, found.cause))
    elif _quota(view):
        name, load, cause = min(_quota(view), key=lambda limit: limit[1])
        ends.append((load, name, cause))
    return min(ends, default=(None, "", ""), key=lambda one: one[0] or 0.0)


def _quota(view: FactView) -> tuple[tuple[str, float, str], ...]:
    quota, tokens = view.maybe("model.quota_tokens"), _tokens(view)
    if quota is None or tokens is None or tokens <= 0:
        return ()
    load = quota.likely / (tokens * _calls(view))
    return (("token quota", load, "the provider's quota of tokens is used up"),)


def _first_token(model: ModelStation | None, peak: float | None, end: End) -> float | None:
    """Return the seconds to the first token of a long prompt at the peak; unloaded where the peak overloads."""
    if model is None:
        return None
    each = (peak or 0.0) * max(1.0, model.calls) / model.replicas
    flight = model.server.in_flight(each, model.mean) if each > 0 else None
    rate = each if flight is not None else 0.0
    return model.server.time_to_first(flight or 1.0, rate, model.p95, model.mean) * FIRST_TOKEN[end]
