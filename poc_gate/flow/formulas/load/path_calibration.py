"""Measured times of whole requests -> the pace of this pilot's path beside the one predicted, with an honest width.

One pace multiplies the times of every station. At each measured load it is the pace at which the composed time, waiting
included, is the measured one. What is believed before, and how points narrow it, is as for a model's server
(`calibration.py`); two things differ. Load never makes a call faster than the unloaded calls from which its time is known,
so the low end stays where it was. And beyond the tested loads only the high end moves out, to where it was before.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from poc_gate.flow.formulas.load.composition import compose
from poc_gate.flow.formulas.load.path_model import ModelStation, RequestPath, Station
from poc_gate.flow.formulas.speed.calibration import AT_A_LOSS, Calibration, Point, calibrate
from poc_gate.flow.span import Span

_LEAST = 1.8
"""High end of the pace before anything was measured where no station brings a higher one: the factor of predicted saturation."""
_KNOWN = 12.0
"""Degrees of freedom on which the least known scatter between loads of one server rests (`calibration.SHAPE`)."""
_MOST_PACE = 8.0
_HALVINGS = 12
_SPREAD = 0.5
"""Deviation of the logarithm of request times that sampling errors are taken with."""
_DENSITY = {0.50: 1.2533, 0.95: 2.11}
"""Standard error of a percentile of a normal sample, times the root of its size over its deviation."""


class Measured(NamedTuple):
    """Times of whole requests at one load."""

    load: float
    """Requests per second."""
    requests: float
    p50: float | None
    """Seconds."""
    p95: float | None


class PathCalibration(NamedTuple):
    """What measured requests say of the path."""

    calibration: Calibration
    tested: float
    """Highest load that was measured, requests per second."""
    before: Span
    """The pace that was believed before: 1, and the ends of the stations' intervals."""
    points: tuple[Point, ...]
    what: str
    """Which percentile `predicted` and `measured` are, in words."""
    predicted: Span
    """Seconds at the highest load, at the pace that was believed before."""
    measured: float
    """Seconds."""

    @property
    def pace(self) -> float:
        """Return the likely pace."""
        return self.calibration.factor.likely

    def ends(self, load: float) -> tuple[float, float]:
        """Return low and high pace at a load, requests per second; each encloses the likely one."""
        low, high = self.calibration.factor.low, self.calibration.factor.high
        if self.before.low < 1.0 and self.before.low <= self.pace:
            low = max(low, self.before.low)
        if load > self.tested > 0:
            grown = min(1.0, math.log(load / self.tested) / math.log(AT_A_LOSS))
            high = high ** (1.0 - grown) * max(high, self.before.high) ** grown
        elif self.pace <= self.before.high:
            high = min(high, max(self.before.high, self.pace))
        return min(low, self.pace), max(high, self.pace)


def calibrate_path(path: RequestPath, seen: Sequence[Measured]) -> PathCalibration | None:
    """Return what measured loads say of a path; None where none does, or where its model's server was measured itself."""
    if any(isinstance(station, ModelStation) and station.calibration for station in path.stations):
        return None
    points: list[Point] = []
    highest: Measured | None = None
    for one in seen:
        point = _point(path, one)
        if point is not None:
            points.append(point)
            highest = one if highest is None or one.load > highest.load else highest
    low = min(1.0, *(station.low for station in path.stations))
    high = max(_LEAST, *(station.high for station in path.stations))
    found = calibrate(points, low, high, known=_KNOWN)
    if found is None or highest is None:
        return None
    share, time = (0.95, highest.p95) if highest.p95 is not None else (0.50, highest.p50)
    what = f"{'95th percentile' if highest.p95 is not None else 'median'} of whole requests"
    predicted = _predicted(path, highest.load, share)
    before = Span(1.0, low, high)
    return PathCalibration(found, highest.load, before, tuple(points), what, predicted, time or 0.0)


def _predicted(path: RequestPath, load: float, share: float) -> Span:
    """Return a percentile as the uncalibrated path has it, in seconds; infinite where it overloads."""
    ends = [compose(path, load, end=end).spread for end in ("low", "likely", "high")]
    low, likely, high = (math.inf if end is None else end.quantile(share) for end in ends)
    return Span(likely, min(low, likely), max(likely, high))


def _point(path: RequestPath, one: Measured) -> Point | None:
    found: list[tuple[float, float]] = []
    for share, seconds in ((0.50, one.p50), (0.95, one.p95)):
        pace = None if seconds is None else _pace(path, one.load, share, seconds)
        if pace is not None:
            found.append((math.log(pace), _DENSITY[share] * _SPREAD / math.sqrt(max(1.0, one.requests))))
    if not found:
        return None
    middle = math.fsum(log for log, _ in found) / len(found)
    apart = max(log for log, _ in found) - min(log for log, _ in found)
    return Point(math.exp(middle), max(apart / 2.0, min(error for _, error in found)))


def _pace(path: RequestPath, load: float, share: float, seconds: float) -> float | None:
    """Return the pace at which a percentile is what was measured, by bisection; None beyond a factor of eight."""

    def slower(pace: float) -> bool:
        spread = compose(paced(path, pace), load).spread
        return spread is None or spread.quantile(share) > seconds

    low, high = 1.0 / _MOST_PACE, _MOST_PACE
    if slower(low) or not slower(high):
        return None
    for _ in range(_HALVINGS):
        middle = math.sqrt(low * high)
        low, high = (low, middle) if slower(middle) else (middle, high)
    return math.sqrt(low * high)


def paced(path: RequestPath, pace: float, low: float = 1.0, high: float = 1.0) -> RequestPath:
    """Return the path with every station's times multiplied, and `low` and `high` pace as its interval around that."""
    ends = (low / pace, high / pace) if (low, high) != (1.0, 1.0) else (1.0, 1.0)
    groups = tuple(tuple(_paced(station, pace, *ends) for station in group) for group in path.groups)
    return path._replace(groups=groups)


def _paced(station: Station | ModelStation, pace: float, low: float, high: float) -> Station | ModelStation:
    if isinstance(station, ModelStation):
        server = station.server._replace(pace=station.server.pace * pace)
        return station._replace(server=server, low=low, high=high)
    return station._replace(
        p50=station.p50 * pace, p99=station.p99 * pace, low=low, high=high,
        p95=None if station.p95 is None else station.p95 * pace, cache_time=station.cache_time * pace,
    )  # fmt: skip
