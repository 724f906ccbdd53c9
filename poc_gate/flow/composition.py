"""Composition: the end-to-end time of a request at one load, from the stations of its path."""

from __future__ import annotations

from dataclasses import dataclass

from poc_gate.flow.path_model import ModelStation, RequestPath, Station
from poc_gate.flow.queueing import waiting
from poc_gate.flow.spread import Spread, in_series, slowest, slowest_of


@dataclass(frozen=True, slots=True)
class Composed:
    """End-to-end times at one load; `spread` None means overload."""

    load: float
    spread: Spread | None
    utilisation: float | None
    """Of the busiest station whose capacity is known."""
    busiest: str


def compose(path: RequestPath, load: float, *, end: str = "likely") -> Composed:
    """Return the end-to-end time at `load` requests per second.

    `end` is `low`, `likely` or `high`: which end of each station's believed times is taken.
    """
    busiest, top = "", None
    for station in path.stations:
        highest = station.highest_rate()
        if highest is None:
            continue
        share = load / highest if highest > 0 else float("inf")
        if top is None or share > top:
            top, busiest = share, station.id
    if top is not None and top >= 1.0:
        return Composed(load, None, top, busiest)
    parts: list[Spread] = []
    for group in path.groups:
        times = [station_time(path, station, load, end) for station in group]
        known = [time for time in times if time is not None]
        if len(known) < len(times):
            return Composed(load, None, top, busiest)
        parts.append(slowest(known))
    return Composed(load, in_series(parts).later(path.fixed), top, busiest)


def station_time(path: RequestPath, station: Station | ModelStation, load: float, end: str) -> Spread | None:
    """Return the time that one request spends at a station, waiting included; None when it overloads."""
    factor = {"low": station.low, "likely": 1.0, "high": station.high}[end]
    if isinstance(station, ModelStation):
        return station.spread(load, factor)
    service = station.service(factor)
    reached = service
    rate = load * station.calls_that_reach
    wait = _wait(path, station, service, rate)
    if wait is None:
        return None
    if wait.values != (0.0,):
        reached = in_series([service, wait])
    once = station.answered(reached)
    rounds = max(1, round(station.sequential))
    at_once = max(1.0, station.calls / rounds)
    together = slowest_of(once, at_once)
    return together if rounds == 1 else in_series([together] * rounds)


def _wait(path: RequestPath, station: Station, service: Spread, rate: float) -> Spread | None:
    servers = station.servers
    if servers is None:
        if station.capacity is None or station.capacity <= 0:
            return in_series([]) if station.capacity is None else None
        # A capacity without servers is read as the servers that give it at the mean service time.
        servers = max(1.0, station.capacity * service.mean)
    elif station.capacity is not None and rate >= station.capacity:
        return None
    if servers < 1:
        return None
    scaled = service
    if station.variation is not None:
        scaled = _with_variation(service, station.variation)
    mean = service.mean
    if rate * mean >= servers:
        return None
    # Fractional servers keep the utilisation: a whole number of servers at a proportionally faster pace.
    whole = max(1, int(servers))
    pace = whole / servers
    return waiting(rate, scaled.times(pace), whole, path.arrival_variation)


def _with_variation(service: Spread, variation: float) -> Spread:
    """Return a two-point distribution with the service's mean and the stated variation, for waiting only."""
    mean = service.mean
    if variation <= 0:
        return Spread((mean,), (1.0,))
    share = 1.0 / (1.0 + variation)
    return Spread((0.0, mean / share), (1.0 - share, share))
