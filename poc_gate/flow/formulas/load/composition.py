"""Composition: the end-to-end time of a request at one load, from the stations of its path."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from poc_gate.flow.formulas.load.path_model import ModelStation, RequestPath, Station
from poc_gate.flow.formulas.load.queueing import erlang_c, mean_wait
from poc_gate.flow.formulas.load.spread import (
    Spread,
    delayed_exponential,
    in_series,
    repeated,
    slowest,
    slowest_of,
)

NEGLIGIBLE = 0.002
"""A mean wait below this share of the unloaded time is added as a shift, not as a distribution."""


class Composed(NamedTuple):
    """End-to-end times at one load; `spread` None means overload."""

    load: float
    spread: Spread | None
    utilisation: float | None
    """Of the busiest station whose capacity is known."""
    busiest: str


class Queue(NamedTuple):
    """Where calls wait: whole servers, and the service time that their pace gives."""

    servers: float
    service: float
    """Mean seconds of one call at the pace of whole servers."""
    variation: float
    """(ca^2 + cs^2) / 2."""
    highest: float
    """Calls per second that are refused or never answered."""

    def wait(self, rate: float) -> tuple[float, float] | None:
        """Return the probability that a call waits and the mean wait of all calls; None when saturated."""
        if rate >= self.highest:
            return None
        mean = mean_wait(rate, self.service, self.servers, self.variation)
        return None if mean == float("inf") else (erlang_c(self.servers, rate * self.service), mean)


class Composer:
    """One path at one end of what is believed, prepared so that a load costs little to compose."""

    def __init__(self, path: RequestPath, end: str = "likely") -> None:
        """Add up what does not depend on load: the service times of stations that follow one another."""
        self.path = path
        self.end = end
        self.highest = [(station.id, station.highest_rate()) for station in path.stations]
        self._queues = {
            s.id: queue_of(path, s, self._factor(s)) for s in path.stations if isinstance(s, Station)
        }
        self._apart: list[tuple[Station | ModelStation, ...]] = []
        self._following: list[Station] = []
        for group in path.groups:
            single = group[0] if len(group) == 1 else None
            if isinstance(single, Station) and single.calls <= max(1, round(single.sequential)):
                self._following.append(single)
            else:
                self._apart.append(group)
        alike = tuple(s._replace(id="", servers=None, capacity=None, variation=None) for s in self._following)
        self._base = _unloaded(alike, tuple(self._factor(s) for s in self._following)).later(path.fixed)
        self._scale = self._base.mean
        self._at: dict[float, Composed] = {}
        self._without_wait: dict[str, Spread] = {}

    def _factor(self, station: Station) -> float:
        return {"low": station.low, "likely": 1.0, "high": station.high}[self.end]

    def at(self, load: float) -> Composed:
        """Return the end-to-end time at `load` requests per second, composed once for each load."""
        if load not in self._at:
            self._at[load] = self._composed(load)
        return self._at[load]

    def _composed(self, load: float) -> Composed:
        busiest, top = self._busiest(load)
        if top is not None and top >= 1.0:
            return Composed(load, None, top, busiest)
        parts, shift = [self._base], 0.0
        for station in self._following:
            found = self._waits(station, load)
            if found is None:
                return Composed(load, None, top, station.id)
            rounds, (probability, mean) = max(1, round(station.sequential)), found
            if mean * rounds < NEGLIGIBLE * self._scale:
                shift += mean * rounds
            else:
                parts += repeated(delayed_exponential(probability, mean), rounds)
        for group in self._apart:
            times = [self.time(station, load) for station in group]
            known = [time for time in times if time is not None]
            if len(known) < len(times):
                return Composed(load, None, top, busiest)
            parts.append(slowest(known))
        return Composed(load, in_series(parts).later(shift), top, busiest)

    def _busiest(self, load: float) -> tuple[str, float | None]:
        name, top = "", None
        for station, highest in self.highest:
            if highest is None:
                continue
            share = load / highest if highest > 0 else float("inf")
            if top is None or share > top:
                name, top = station, share
        return name, top

    def _waits(self, station: Station, load: float) -> tuple[float, float] | None:
        """Return probability and mean of the wait per call, hits of the cache counted as no wait."""
        queue = self._queues[station.id]
        if queue is None:
            return 0.0, 0.0
        found = queue.wait(load * station.calls_that_reach)
        if found is None:
            return None
        missed = 1.0 - station.cache_hit
        return found[0] * missed, found[1] * missed

    def time(self, station: Station | ModelStation, load: float) -> Spread | None:
        """Return the time that one request spends at a station, waiting included; None when it overloads."""
        if isinstance(station, ModelStation):
            return station.spread(load, station.factor(self.end, load))
        queue = self._queues[station.id]
        found = (0.0, 0.0) if queue is None else queue.wait(load * station.calls_that_reach)
        if found is None:
            return None
        if found[1] > 0:
            return self._in_rounds(station, found)
        if station.id not in self._without_wait:
            self._without_wait[station.id] = self._in_rounds(station, None)
        return self._without_wait[station.id]

    def _in_rounds(self, station: Station, wait: tuple[float, float] | None) -> Spread:
        """Return the time of all calls of one request, given the probability and the mean of a call's wait."""
        reached = station.service(self._factor(station))
        if wait is not None:
            reached = in_series([reached, delayed_exponential(*wait)])
        rounds = max(1, round(station.sequential))
        together = slowest_of(station.answered(reached), max(1.0, station.calls / rounds))
        return in_series(repeated(together, rounds))


@lru_cache(maxsize=64)
def _unloaded(stations: tuple[Station, ...], factors: tuple[float, ...]) -> Spread:
    """Return the time of stations that follow one another, without waiting."""
    times: list[Spread] = []
    for station, factor in zip(stations, factors, strict=True):
        times += repeated(station.answered(station.service(factor)), max(1, round(station.sequential)))
    return in_series(times)


def queue_of(path: RequestPath, station: Station, factor: float = 1.0) -> Queue | None:
    """Return the queue in front of a station, or None where its servers are not known.

    A capacity without servers is read as the servers that give it at the mean service time. Fractional
    servers keep the utilisation: the next lower whole number at a proportionally faster pace, and a part of one
    server as one that is slower.
    """
    if station.servers is None and station.capacity is None:
        return None
    service = station.service(factor)
    mean = service.mean
    servers = station.servers
    if servers is None:
        servers = max(1.0, (station.capacity or 0.0) * station.service().mean)
    highest = float("inf") if station.capacity is None else station.capacity
    if servers <= 0:
        return Queue(1.0, mean, 1.0, 0.0)
    whole = float(max(1, int(servers)))
    own = service.variation if station.variation is None else station.variation
    return Queue(whole, mean * whole / servers, (path.arrival_variation + own) / 2.0, highest)


def compose(path: RequestPath, load: float, *, end: str = "likely") -> Composed:
    """Return the end-to-end time at `load` requests per second.

    `end` is `low`, `likely` or `high`: which end of each station's believed times is taken.
    """
    return Composer(path, end).at(load)
