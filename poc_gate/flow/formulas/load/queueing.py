"""Queues: waiting at stations with finite servers, batching servers, textbook results; pure formulas."""

from __future__ import annotations

import math

from poc_gate.flow.formulas.load.spread import Spread, constant, delayed_exponential


def erlang_c(servers: float, load: float) -> float:
    """Return the probability that a call waits at `servers` servers under `load` erlangs (M/M/c).

    One when the load reaches the servers. A fractional number of servers is read as the next lower
    whole one, at least one.
    """
    count = max(1, int(servers))
    if load <= 0:
        return 0.0
    if load >= count:
        return 1.0
    blocked = 1.0
    for k in range(1, min(count, 100_000) + 1):
        blocked = load * blocked / (k + load * blocked)
        if blocked < 1e-300:
            return 0.0
    return blocked / (1.0 - (load / count) * (1.0 - blocked))


def mean_wait(rate: float, service: float, servers: float, variation: float = 1.0) -> float:
    """Return the mean wait in seconds at a station (Allen and Cunneen); infinite at or beyond saturation.

    `variation` is (ca^2 + cs^2) / 2: 1 gives M/M/c exactly, 1/2 M/D/c closely.
    """
    count = max(1, int(servers))
    load = rate * service
    if load >= count:
        return math.inf
    if load <= 0:
        return 0.0
    return erlang_c(count, load) * service / (count - load) * variation


def waiting(rate: float, service: Spread, servers: float, arrival_variation: float = 1.0) -> Spread | None:
    """Return the distribution of the wait at a station, or None when it is saturated.

    A call waits with the probability of Erlang C, and then exponentially with the mean that Allen and
    Cunneen give for the variation of arrivals and service.
    """
    mean = service.mean
    variation = (arrival_variation + service.variation) / 2.0
    wait = mean_wait(rate, mean, servers, variation)
    if math.isinf(wait):
        return None
    if wait <= 0:
        return constant(0.0)
    return delayed_exponential(erlang_c(servers, rate * mean), wait)


def little(rate: float, time: float) -> float:
    """Return the mean number in a system with that throughput and time: N = X R."""
    return rate * time
