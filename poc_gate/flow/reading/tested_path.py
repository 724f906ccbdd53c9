"""Facts -> the request path as load tests of the whole pilot found it: its pace, and how sure that is at a load."""

from __future__ import annotations

from functools import lru_cache

from poc_gate.flow.formulas.load.load_walls import first_break
from poc_gate.flow.formulas.load.path_calibration import Measured, PathCalibration, calibrate_path, paced
from poc_gate.flow.formulas.load.path_model import RequestPath
from poc_gate.flow.interface import FactView
from poc_gate.flow.reading.tested_reading import MOST_FAILED, failed_share, payload
from poc_gate.model.quantity import Quantity

_STEPS = "load_test.steps"
_HALVINGS = 7
LEAST_REQUESTS = 50
"""Requests of a step from which on its 95th percentile says something."""


def found_pace(view: FactView, path: RequestPath) -> PathCalibration | None:
    """Return what the steps of load tests say of the path; None where none can.

    Taken are steps that a clock sent to the pilot as a whole, of the planned prompts and answers, that were answered: those
    in which a backlog grew, or more than 5 % failed, say at which load it breaks and not how long a request takes.
    """
    seen = tuple(filter(None, (_measured(step) for step in view.each(_STEPS))))
    return _calibrated(path, seen) if seen else None


@lru_cache(maxsize=64)
def _calibrated(path: RequestPath, seen: tuple[Measured, ...]) -> PathCalibration | None:
    return calibrate_path(path, seen)


def _measured(step: FactView) -> Measured | None:
    rate, served, requests, p50, p95 = (
        step.maybe(f"{_STEPS}[].{field}") for field in ("rate", "served_rate", "requests", "p50", "p95")
    )
    whole = step.flag(f"{_STEPS}[].of_model") is False and step.flag(f"{_STEPS}[].open_loop") is True
    if (
        not whole
        or rate is None
        or rate.likely <= 0
        or failed_share(step) > MOST_FAILED
        or True in payload(step)
    ):
        return None
    if requests is None or requests.likely < LEAST_REQUESTS:
        return None
    if served is not None and served.likely < 0.9 * rate.likely:
        return None
    times = [time.likely if time is not None and time.likely > 0 else None for time in (p50, p95)]
    return Measured(rate.likely, requests.likely, *times) if any(times) else None


def path_as_measured(
    view: FactView, path: RequestPath, *, at: float | None = None, promises: dict[str, float] | None = None
) -> RequestPath:
    """Return the path at the pace that was measured, as sure as that is at a load in requests per second.

    `at` is that load; without it, each end is taken at the load at which the path breaks at that end. Without a fitting step the
    path comes back as it is.
    """
    found = found_pace(view, path)
    if found is None:
        return path
    low, high = found.ends(at) if at is not None else _at_the_wall(path, found, promises or {})
    said = (
        f"calibrated on {len(found.points)} load{'s' if len(found.points) > 1 else ''} that a load test of the pilot measured, "
        f"up to {Quantity(found.tested, 'req/s')}: requests take {found.pace:.3g} times as long as predicted"
    )
    view.assume(said)
    moved = paced(path, found.pace, low, high)
    return moved._replace(assumptions=(*path.assumptions, said))


def _at_the_wall(
    path: RequestPath, found: PathCalibration, promises: dict[str, float]
) -> tuple[float, float]:
    """Return the low pace at the likely wall, and the high pace at the load at which the path breaks at just that pace."""
    wall = first_break(paced(path, found.pace), promises)
    far = wall.load if wall is not None else found.tested
    low, high = found.ends(far)
    near = first_break(paced(path, high), promises)
    below = min(near.load, far) if near is not None else far
    above = far
    for _ in range(
        _HALVINGS
    ):  # the high pace grows with the load, and the load it allows falls with the pace
        middle = (below + above) / 2.0
        high = found.ends(middle)[1]
        broken = first_break(paced(path, high), promises)
        if broken is not None and broken.load < middle:
            above = middle
        else:
            below = middle
    return low, high
