"""The load axis: at which load a promise breaks or a station saturates, and what binds there."""

from __future__ import annotations

from dataclasses import dataclass, replace

from poc_gate.flow.composition import compose, station_time
from poc_gate.flow.path_model import ModelStation, RequestPath, Station

QUANTILE_OF_SLO = {"slo.p50": 0.50, "slo.p95": 0.95, "slo.p99": 0.99}


@dataclass(frozen=True, slots=True)
class Break:
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
    found = [_saturation(path, end), _limit(path), _promise(path, promises, end)]
    breaks = [one for one in found if one is not None]
    return min(breaks, key=lambda one: one.load, default=None)


def _saturation(path: RequestPath, end: str) -> Break | None:
    rates = []
    for station in path.stations:
        highest = _highest(station, end)
        if highest is not None:
            rates.append((highest, station))
    if not rates:
        return None
    load, station = min(rates, key=lambda pair: pair[0])
    return Break(load, station.id, f"{station.title} saturates at {load:.4g} req/s", "saturation")


def _highest(station: Station | ModelStation, end: str) -> float | None:
    highest = station.highest_rate()
    if highest is None or end == "likely":
        return highest
    if isinstance(station, ModelStation):
        return highest * (1.8 if end == "low" else 1 / 1.8)
    return highest / (station.low if end == "low" else station.high)


def _limit(path: RequestPath) -> Break | None:
    if not path.limits:
        return None
    name, (load, cause) = min(path.limits.items(), key=lambda pair: pair[1][0])
    return Break(load, name, cause, "limit")


def _promise(path: RequestPath, promises: dict[str, float], end: str) -> Break | None:
    if not promises:
        return None
    at_rest = compose(path, 0.0, end=end)
    broken = _broken(path, promises, 0.0, end)
    if broken and at_rest.spread is not None:
        slow = _slowest_station(path, 0.0, end)
        return Break(0.0, slow, f"{broken} even without load: {slow} takes the most time", "unloaded")
    ceiling = _saturation(path, end)
    high = ceiling.load if ceiling is not None else _unbounded(path, promises, end)
    if high is None or high <= 0:
        return None
    return _bisect(path, promises, high, end)


def _unbounded(path: RequestPath, promises: dict[str, float], end: str) -> float | None:
    """Return a load at which a promise is broken where no station saturates, or None when none is."""
    return 1e9 if _broken(path, promises, 1e9, end) else None


def _bisect(path: RequestPath, promises: dict[str, float], high: float, end: str) -> Break | None:
    low = 0.0
    for _ in range(14):
        middle = (low + high) / 2.0
        if _broken(path, promises, middle, end):
            high = middle
        else:
            low = middle
    cause = _broken(path, promises, high, end)
    if not cause:
        return None
    station = _waiting_most(path, high, end)
    return Break(low, station, f"{cause} at {low:.4g} req/s: {station} queues", "promise")


def _broken(path: RequestPath, promises: dict[str, float], load: float, end: str) -> str:
    composed = compose(path, load, end=end)
    if composed.spread is None:
        return f"{composed.busiest or 'a station'} is overloaded"
    for name, promised in promises.items():
        time = composed.spread.quantile(QUANTILE_OF_SLO[name])
        if time > promised:
            return f"{name} of {promised:.4g} s breaks ({time:.4g} s)"
    return ""


def _slowest_station(path: RequestPath, load: float, end: str) -> str:
    times = [(station_time(path, station, load, end), station.id) for station in path.stations]
    means = [(time.mean if time is not None else float("inf"), name) for time, name in times]
    return max(means, default=(0.0, "path"))[1]


def _waiting_most(path: RequestPath, load: float, end: str) -> str:
    """Return the station whose time grew most since the unloaded path."""
    grown = []
    for station in path.stations:
        now, rest = station_time(path, station, load, end), station_time(path, station, 0.0, end)
        if rest is None:
            continue
        grown.append((now.quantile(0.95) - rest.quantile(0.95) if now else float("inf"), station.id))
    return max(grown, default=(0.0, "path"))[1]


def relieved(path: RequestPath, end: Break) -> RequestPath:
    """Return the path with that end lifted: unlimited capacity, or for an unloaded break no time at all."""
    if end.kind == "limit":
        return path.without_limit(end.station)
    groups = tuple(
        tuple(_relieved(station, no_time=end.kind == "unloaded") if station.id == end.station else station for station in group)
        for group in path.groups
    )  # fmt: skip
    return replace(path, groups=groups)


def _relieved(station: Station | ModelStation, *, no_time: bool) -> Station | ModelStation:
    if isinstance(station, ModelStation):
        # Ten thousand times the replicas: time of an empty batch, no end in sight.
        return (
            replace(station, replicas=station.replicas * 1e4)
            if not no_time
            else Station(station.id, "model", 0.0, 0.0)
        )
    if no_time:
        return replace(station, p50=0.0, p95=None, p99=0.0, servers=None, capacity=None)
    return replace(station, servers=None, capacity=None)
