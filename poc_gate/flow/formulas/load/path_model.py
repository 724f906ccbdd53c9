"""The request path as values: stations with their times, servers and order, ready to be composed."""

from __future__ import annotations

import math
from typing import NamedTuple

from poc_gate.flow.formulas.load.batching import BatchServer, Lengths
from poc_gate.flow.formulas.load.spread import Spread, constant, fitted, mixture
from poc_gate.flow.formulas.speed.calibration import Calibration


class Station(NamedTuple):
    """One place on the path where a request spends time; times in seconds, per call."""

    id: str
    kind: str
    """`source`, `stage`, `search` or `model`."""
    p50: float
    p99: float
    p95: float | None = None
    calls: float = 1.0
    """Calls of one request."""
    sequential: float = 1.0
    """How many of them wait for each other; the others run at the same time."""
    servers: float | None = None
    """Calls it can work on at once; None when unknown."""
    capacity: float | None = None
    """Calls per second at which it saturates; None when unknown."""
    variation: float | None = None
    """Squared coefficient of variation of the service time, when stated."""
    cache_hit: float = 0.0
    cache_time: float = 0.0
    timeout: float | None = None
    retries: float = 0.0
    low: float = 1.0
    """Factor on the times at the low end of what is believed."""
    high: float = 1.0

    @property
    def title(self) -> str:
        """Name for people."""
        return f"{self.kind} {self.id}" if self.kind in {"source", "stage"} else self.id

    def service(self, factor: float = 1.0) -> Spread:
        """Return the time of one call that reaches the station."""
        once = fitted(self.p50 * factor, self.p99 * factor, self.p95 * factor if self.p95 else None)
        return once if self.timeout is None else _given_up(once, self.timeout, int(self.retries))

    def answered(self, reached: Spread) -> Spread:
        """Return the time of one call with the cache in front: hits take the cache's time."""
        if self.cache_hit <= 0:
            return reached
        hit = fitted(self.cache_time, self.cache_time * 2.0) if self.cache_time > 0 else constant(0.0)
        return mixture([(self.cache_hit, hit), (1.0 - self.cache_hit, reached)])

    @property
    def calls_that_reach(self) -> float:
        """Calls of one request that the cache does not answer."""
        return self.calls * (1.0 - self.cache_hit)

    def highest_rate(self) -> float | None:
        """Return the requests per second at which the station saturates, or None when unknown."""
        limits = []
        if self.capacity is not None:
            limits.append(self.capacity)
        if self.servers is not None:
            mean = self.service().mean
            limits.append(self.servers / mean if mean > 0 else float("inf"))
        if not limits:
            return None
        reach = self.calls_that_reach
        return min(limits) / reach if reach > 0 else float("inf")


def _given_up(once: Spread, timeout: float, retries: int) -> Spread:
    """Return the time of a call that is given up at the timeout and tried again `retries` times."""
    late = sum(w for v, w in zip(once.values, once.weights, strict=True) if v > timeout)
    if late <= 0 or retries <= 0:
        capped = tuple(min(v, timeout) for v in once.values)
        return Spread(capped, once.weights)
    in_time = [(v, w) for v, w in zip(once.values, once.weights, strict=True) if v <= timeout]
    if not in_time:
        return constant(timeout * (1 + retries))
    answered = Spread(tuple(v for v, _ in in_time), tuple(w / (1.0 - late) for _, w in in_time))
    parts = [(late**k * (1.0 - late), answered.later(k * timeout)) for k in range(retries + 1)]
    parts.append((late ** (retries + 1), constant(timeout * (retries + 1))))
    return mixture(parts)


SATURATED_SPREAD = 1.8
"""Saturated serving of published cases lies within this factor of its prediction."""


class ModelStation(NamedTuple):
    """The language model's replicas: their time depends on how many requests are in flight."""

    server: BatchServer
    replicas: float
    p50: Lengths
    p95: Lengths
    mean: Lengths
    id: str = "model"
    kind: str = "model"
    low: float = 0.6
    high: float = 2.5
    """Interval of loaded times on published cases."""
    calls: float = 1.0
    """Calls of one request, one after the other: the steps of an agent."""
    calibration: Calibration | None = None
    """What measured loads say of its times; its likely value is the `pace` of the server."""
    tested: float = 0.0
    """Highest load that was measured, requests per second over all replicas."""

    @property
    def title(self) -> str:
        """Name for people."""
        return "language model"

    def factor(self, end: str, rate: float) -> float:
        """Return the factor on the likely time at one end of what is believed: `low`, `likely` or `high`."""
        if end == "likely":
            return 1.0
        low, high = self.ends(rate)
        return low if end == "low" else high

    def ends(self, rate: float) -> tuple[float, float]:
        """Return the interval of time over likely time at `rate`: narrow where it was measured, wider beyond."""
        if self.calibration is None:
            return self.low, self.high
        return self.calibration.ends(rate, self.tested)

    def rate_end(self, end: str) -> float:
        """Return the requests per second at which all replicas are full, at one end of what is believed.

        `low` stands for low times, so for the high rate.
        """
        highest = self.highest_rate()
        if end == "likely":
            return highest
        if self.calibration is None:
            return highest * (SATURATED_SPREAD if end == "low" else 1.0 / SATURATED_SPREAD)
        spread = min(SATURATED_SPREAD, self.factor("high", highest))
        return highest * spread if end == "low" else highest / spread

    def highest_rate(self) -> float:
        """Return the requests per second at which all replicas are full."""
        return self.replicas * self.server.highest_rate(self.mean) / max(1.0, self.calls)

    def spread(self, rate: float, factor: float = 1.0) -> Spread | None:
        """Return the time of one request at `rate` over all replicas, or None when they overload."""
        calls = max(1.0, self.calls)
        each = rate * calls / self.replicas
        flight = self.server.in_flight(each, self.mean)
        if flight is None:
            return None
        middle = self.server.time(flight, each, self.p50, self.mean)
        tail = self.server.time(flight, each, self.p95, self.mean)
        # Published runs below saturation show p99 at 1.04 to 1.27 of the mean for requests of one length.
        spread95 = max(tail / middle, 1.08)
        # Calls that follow one another add up, and their spread averages out.
        spread99 = spread95 ** (2.3263 / 1.6449 / math.sqrt(calls))
        return fitted(calls * middle * factor, calls * middle * spread99 * factor)


class RequestPath(NamedTuple):
    """All stations in order: groups follow one another, stations of a group run at the same time."""

    groups: tuple[tuple[Station | ModelStation, ...], ...]
    fixed: float = 0.0
    """Seconds that every request spends on round trips and copies beside the stations."""
    arrival_variation: float = 1.0
    """Squared coefficient of variation of the time between arrivals; 1 = Poisson."""
    limits: tuple[tuple[str, float, str], ...] = ()
    """Further ends of the load axis: name, requests per second, sentence."""
    assumptions: tuple[str, ...] = ()

    @property
    def stations(self) -> tuple[Station | ModelStation, ...]:
        """Every station in order."""
        return tuple(station for group in self.groups for station in group)

    def without_limit(self, name: str) -> RequestPath:
        """Return the path with one further limit lifted."""
        kept = tuple(limit for limit in self.limits if limit[0] != name)
        return RequestPath(self.groups, self.fixed, self.arrival_variation, kept, self.assumptions)
