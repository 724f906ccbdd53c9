"""Sampling: end-to-end times of many requests drawn at once, for checks and for pictures of whole distributions."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from poc_gate.flow.formulas.load.composition import queue_of
from poc_gate.flow.formulas.load.path_model import ModelStation, RequestPath, Station
from poc_gate.flow.formulas.load.spread import Z99

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray


def sample_times(path: RequestPath, load: float, *, requests: int, seed: int) -> NDArray[Any] | None:
    """Return the end-to-end seconds of `requests` independent requests at `load` per second.

    Service times are log-normal through p50 and p99, waits follow the same closed forms as the
    composition, drawn instead of added up. The same seed gives the same numbers. None at overload.
    """
    import numpy as np

    random = np.random.Generator(np.random.PCG64(seed))
    total = np.full(requests, path.fixed)
    for group in path.groups:
        slowest = np.zeros(requests)
        for station in group:
            times = _station(path, station, load, requests, random)
            if times is None:
                return None
            np.maximum(slowest, times, out=slowest)
        total += slowest
    return total


def _station(
    path: RequestPath, station: Station | ModelStation, load: float, requests: int, random: Generator
) -> NDArray[Any] | None:
    import numpy as np

    if isinstance(station, ModelStation):
        spread = station.spread(load)
        if spread is None:
            return None
        return _log_normal(spread.quantile(0.5), spread.quantile(0.99), requests, random)
    queue = queue_of(path, station)
    wait = queue.wait(load * station.calls_that_reach) if queue is not None else (0.0, 0.0)
    if wait is None:
        return None
    rounds = max(1, round(station.sequential))
    at_once = max(1, round(station.calls / rounds))
    total = np.zeros(requests)
    for _ in range(rounds):
        slowest = np.zeros(requests)
        for _ in range(at_once):
            np.maximum(slowest, _call(station, wait, requests, random), out=slowest)
        total += slowest
    return total


def _call(station: Station, wait: tuple[float, float], requests: int, random: Generator) -> NDArray[Any]:
    times = _log_normal(station.p50, station.p99, requests, random)
    probability, mean = wait
    if probability > 0 and mean > 0:
        waits = random.random(requests, dtype="float32") < probability
        count = int(waits.sum())
        times[waits] += random.standard_exponential(count, dtype="float32") * (mean / probability)
    if station.cache_hit > 0:
        hits = random.random(requests, dtype="float32") < station.cache_hit
        times[hits] = station.cache_time
    return times


def _log_normal(p50: float, p99: float, requests: int, random: Generator) -> NDArray[Any]:
    import numpy as np

    if p50 <= 0:
        return np.zeros(requests, dtype="float32")
    sigma = math.log(max(p99, p50) / p50) / Z99
    times = random.standard_normal(requests, dtype="float32")
    times *= sigma
    np.exp(times, out=times)
    times *= p50
    return times
