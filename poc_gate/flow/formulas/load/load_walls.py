"""The load axis: at which load a promise breaks or a station saturates, and what binds there."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

from poc_gate.flow.formulas.load.composition import Composer
from poc_gate.flow.formulas.load.path_model import ModelStation, RequestPath, Station
from poc_gate.flow.formulas.load.spread import Spread
from poc_gate.model.quantity import Quantity

QUANTILE_OF_SLO = {"slo.p50": 0.50, "slo.p95": 0.95, "slo.p99": 0.99}

_NEAR = 1.01
"""Up to this multiple of a promise it is named alone: where it breaks, the time is the promise itself."""
_PROMISE_WORDS = {"slo.p50": "median", "slo.p95": "95th percentile", "slo.p99": "99th percentile"}


class Break(NamedTuple):
    """One end of the load axis: the load, what binds, and why."""

    load: float
    station: str
    cause: str
    kind: str
    """`saturation`, `promise`, `unloaded` (broken at any load) or `limit`."""


def first_break(path: RequestPath, promises: dict[str, float], *, end: str = "likely") -> Break | None:
    """Return the smallest load at which something gives way, or None when nothing known does.

    `promises` are seconds by name of the SLO. `end` chooses the end of each station's interval: times
    at their `high` end bring the wall nearer.
    """
    return _first_break(path, tuple(promises.items()), end)


def holds_at(path: RequestPath, promises: dict[str, float], load: float) -> bool:
    """Return whether nothing gives way up to this load; times grow with the load, so its end decides."""
    ends = (_saturation(path, "likely"), _limit(path))
    if any(end is not None and end.load < load for end in ends):
        return False
    return not promises or not _broken(Composer(path, "likely"), promises, load)


@lru_cache(maxsize=256)
def _first_break(path: RequestPath, promised: tuple[tuple[str, float], ...], end: str) -> Break | None:
    found = [_saturation(path, end), _limit(path), _promise(path, dict(promised), end)]
    breaks = [one for one in found if one is not None]
    return min(breaks, key=lambda one: one.load, default=None)


def _saturation(path: RequestPath, end: str) -> Break | None:
    rates = []
    for station in path.stations:
        highest = _highest(station, end)
        if highest is not None and highest < math.inf:  # what a cache answers wholly, nothing saturates
            rates.append((highest, station))
    if not rates:
        return None
    load, station = min(rates, key=lambda pair: pair[0])
    cause = f"{_named(station)} is saturated" if load > 0 else _none_fits(station)
    return Break(load, station.id, cause, "saturation")


def _none_fits(station: Station | ModelStation) -> str:
    reason = ": not one fits in the memory of the devices" if isinstance(station, ModelStation) else ""
    return f"{_named(station)} takes no request at all{reason}"


def _named(station: Station | ModelStation) -> str:
    return f"the {station.title}" if isinstance(station, ModelStation) else station.title


def _called(name: str, path: RequestPath) -> str:
    """Return what a station of the path is called in a sentence: people know a source by its id, a model by its kind."""
    models = (station for station in path.stations if station.kind == "model" and station.id == name)
    return next((f"the {station.title}" for station in models), name)


def _highest(station: Station | ModelStation, end: str) -> float | None:
    highest = station.highest_rate()
    if highest is None or end == "likely":
        return highest
    if isinstance(station, ModelStation):
        return station.rate_end(end)
    return highest / (station.low if end == "low" else station.high)


def _limit(path: RequestPath) -> Break | None:
    if not path.limits:
        return None
    name, load, cause = min(path.limits, key=lambda limit: limit[1])
    return Break(load, name, cause, "limit")


def _promise(path: RequestPath, promises: dict[str, float], end: str) -> Break | None:
    if not promises:
        return None
    composer = Composer(path, end)
    broken = _broken(composer, promises, 0.0)
    if broken:
        slow = _slowest_station(composer)
        return Break(
            0.0, slow, f"{broken} even without load; {_called(slow, path)} takes the most time", "unloaded"
        )
    ceiling = _saturation(path, end)
    # Where nothing saturates nothing waits, so the times at any load are those without load.
    return None if ceiling is None else _bisect(composer, promises, ceiling.load)


def _bisect(composer: Composer, promises: dict[str, float], high: float) -> Break | None:
    """Return where the promise breaks below `high`, to 1/4096 of it; None when it holds until something overloads."""
    low = 0.0
    for _ in range(12):
        middle = (low + high) / 2.0
        if _broken(composer, promises, middle):
            high = middle
        else:
            low = middle
    cause = _broken(composer, promises, high)
    if not cause or composer.at(high).spread is None:
        return None
    station = _waiting_most(composer, high)
    return Break(
        low, station, f"{cause}, because requests wait for {_called(station, composer.path)}", "promise"
    )


def _broken(composer: Composer, promises: dict[str, float], load: float) -> str:
    composed = composer.at(load)
    if composed.spread is None:
        return f"{composed.busiest} overloads"
    for name, promised in promises.items():
        time = composed.spread.quantile(QUANTILE_OF_SLO[name])
        if time > promised:
            which, most = _PROMISE_WORDS[name], Quantity(promised, "s")
            if time <= _NEAR * promised:
                return f"the promised {which} of {most} is missed"
            return f"the {which} takes {Quantity(time, 's')} instead of the promised {most}"
    return ""


def _slowest_station(composer: Composer) -> str:
    means = [(time.mean, name) for name, time in _times(composer, 0.0).items()]
    return max(means, default=(0.0, "path"))[1]


def _waiting_most(composer: Composer, load: float) -> str:
    """Return the station whose time grew most since the unloaded path."""
    rest = _times(composer, 0.0)
    grown = [
        (now.quantile(0.95) - rest[name].quantile(0.95), name) for name, now in _times(composer, load).items()
    ]
    return max(grown)[1]


def _times(composer: Composer, load: float) -> dict[str, Spread]:
    """Return the time of every station at a load that none of them overloads at."""
    every = ((station.id, composer.time(station, load)) for station in composer.path.stations)
    return {name: time for name, time in every if time is not None}


def relieved(path: RequestPath, end: Break) -> RequestPath:
    """Return the path with that end lifted: unlimited capacity, or for an unloaded break no time at all."""
    if end.kind == "limit":
        return path.without_limit(end.station)
    groups = tuple(
        tuple(_relieved(station, no_time=end.kind == "unloaded") if station.id == end.station else station for station in group)
        for group in path.groups
    )  # fmt: skip
    return path._replace(groups=groups)


def _relieved(station: Station | ModelStation, *, no_time: bool) -> Station | ModelStation:
    if isinstance(station, ModelStation):
        # Ten thousand times the replicas: time of an empty batch, no end in sight.
        return (
            station._replace(replicas=station.replicas * 1e4)
            if not no_time
            else Station(station.id, "model", 0.0, 0.0)
        )
    if no_time:
        return station._replace(p50=0.0, p95=None, p99=0.0, servers=None, capacity=None)
    return station._replace(servers=None, capacity=None)
