"""Facts -> what load tests of this pilot measured: points for its model's server, and loads that held or broke."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from poc_gate.flow.formulas.load.batching import BatchServer, Lengths
from poc_gate.flow.formulas.speed.calibration import Point
from poc_gate.flow.interface import FactView
from poc_gate.flow.span import Span
from poc_gate.model.quantity import Quantity

_STEPS = "load_test.steps"
TESTED_INPUTS = (
    *(
        f"{_STEPS}[].{field}"
        for field in (
            "rate", "served_rate", "concurrency", "requests", "duration", "p50", "p95", "p99", "tpot", "in_tokens",
            "out_tokens", "error_rate", "open_loop", "of_model",
        )
    ),
    "load_test.replicas", "target.replicas", "demand.in_tokens_p50", "demand.out_tokens_p50", "demand.in_tokens_p95",
    "demand.out_tokens_p95",
)  # fmt: skip
"""Every fact that this module may read."""

MOST_FAILED = 0.05
"""Share of failed requests over which the times of a step say nothing about its load."""
HOLDS_WITH = 0.01
"""Share of failed requests up to which a step held."""
LEAST_REQUESTS = 100
"""Requests from which on a step may prove that a load holds: p95 then has an upper end."""
SAME_PAYLOAD = 0.8
"""Share of the planned lengths below which a step was of a lighter load; above its inverse it was of a heavier one."""
_MOST_PACE = 50.0
_SPREAD = 0.5
"""Deviation of the logarithm of request times that the standard error of a median is taken with."""


class Tested(NamedTuple):
    """Points of the model's server, and the highest load among them."""

    points: tuple[Point, ...]
    highest: float
    """Requests per second over all replicas."""
    predicted: float
    """Seconds of the last point, before calibration."""
    measured: float
    what: str
    """`time per token` or `time per request`."""


class Bracket(NamedTuple):
    """Loads in requests per second between which the pilot was seen to break; None where none was seen."""

    holds: float | None
    breaks: float | None

    def words(self) -> str:
        """Return what was seen, in words; empty for nothing."""
        held = f"a load test held at {self.holds:.3g} req/s" if self.holds is not None else ""
        broke = f"one broke at {self.breaks:.3g} req/s" if self.breaks is not None else ""
        return " and ".join(filter(None, (held, broke)))


NOT_TESTED = Bracket(None, None)


def tested_server(view: FactView, server: BatchServer, replicas: float) -> Tested | None:
    """Return the measured times of the model's server beside their predictions; None where no step shows any."""
    points: list[Point] = []
    highest, last = 0.0, (0.0, 0.0, "")
    for step in view.each(_STEPS):
        if step.flag(f"{_STEPS}[].of_model") is not True or failed_share(step) > MOST_FAILED:
            continue
        found = _point(step, server, _replicas(view, replicas))
        if found is None:
            continue
        point, load, pair = found
        points.append(point)
        if load >= highest:
            highest, last = load, pair
    if not points:
        return None
    before, after, what = last
    view.assume(
        f"calibrated on {len(points)} measured load{'s' if len(points) > 1 else ''} of this model's server: {what} of "
        f"{Quantity(after, 's')} at {Quantity(highest, 'req/s')}, where {Quantity(before, 's')} had been predicted"
    )
    return Tested(tuple(points), highest, before, after, what)


def _replicas(view: FactView, planned: float) -> float:
    """Return the replicas that were tested: as stated with the test, else those of the plan, which is then said."""
    tested = view.maybe("load_test.replicas")
    if tested is not None and tested.likely >= 1:
        return tested.likely
    if planned > 1:
        view.assume(
            f"the load test ran against the {planned:g} replicas of the plan (load_test.replicas is not stated)"
        )
    return planned


def _point(
    step: FactView, server: BatchServer, replicas: float
) -> tuple[Point, float, tuple[float, float, str]] | None:
    served = step.maybe(f"{_STEPS}[].served_rate")
    lengths = _lengths(step)
    if served is None or served.likely <= 0 or lengths is None:
        return None
    tpot, whole = step.maybe(f"{_STEPS}[].tpot"), step.maybe(f"{_STEPS}[].p50")
    spent = whole.likely if whole is not None else (tpot.likely * lengths.answer if tpot is not None else 0.0)
    flight = served.likely * spent  # Little
    concurrency = step.maybe(f"{_STEPS}[].concurrency")
    if flight <= 0 and concurrency is not None:
        flight = concurrency.likely
    rate, flight = served.likely / replicas, max(1.0, flight / replicas)
    if flight > 1.1 * server.most:
        return None  # requests waited in a queue of the server, whose time is in none of the predictions
    if tpot is not None and tpot.likely > 0:
        measured, what = tpot.likely, "time per token"
    elif whole is not None and whole.likely > 0:
        measured, what = whole.likely, "time per request"
    else:
        return None

    def predicted(pace: float) -> float:
        paced = server._replace(pace=pace)
        if what == "time per token":
            return paced.step(flight, rate, lengths)
        return paced.time(flight, rate, lengths, lengths)

    pace = _pace(predicted, measured)
    if pace is None:
        return None
    requests = step.maybe(f"{_STEPS}[].requests")
    error = 1.2533 * _SPREAD / math.sqrt(max(1.0, requests.likely)) if requests else _SPREAD
    return Point(pace, error), served.likely, (predicted(1.0), measured, what)


def _pace(predicted: Callable[[float], float], measured: float) -> float | None:
    """Return the pace at which the prediction is what was measured, by bisection; None beyond a factor of fifty.

    Times do not simply grow with the pace: prompts of a slower server also take more of the time for answers.
    """
    low, high = 1.0 / _MOST_PACE, _MOST_PACE
    if not predicted(low) < measured < predicted(high):
        return None
    for _ in range(50):
        middle = math.sqrt(low * high)
        low, high = (middle, high) if predicted(middle) < measured else (low, middle)
    return math.sqrt(low * high)


def _lengths(step: FactView) -> Lengths | None:
    prompt = step.maybe(f"{_STEPS}[].in_tokens") or step.maybe("demand.in_tokens_p50")
    answer = step.maybe(f"{_STEPS}[].out_tokens") or step.maybe("demand.out_tokens_p50")
    if prompt is None or answer is None or answer.likely <= 0:
        return None
    return Lengths(prompt.likely, answer.likely)


def failed_share(step: FactView) -> float:
    """Return the share of a step's requests that failed; 0 where the test does not say."""
    share = step.maybe(f"{_STEPS}[].error_rate")
    return share.likely if share is not None else 0.0


def tested_bracket(view: FactView, promises: dict[str, float]) -> Bracket:
    """Return the highest load that was seen to hold, and the lowest that was seen to break, of the pilot as a whole.

    A load holds only where a clock sent it (the percentiles of a closed loop leave out what waited), the pilot itself was
    asked, every promise was measured and kept, and hardly a request failed. One that breaks any promise, that answers
    less than nine tenths of what a clock sent, or that fails, breaks wherever it was asked.
    """
    held, broken = [], []
    for step in view.each(_STEPS):
        rate = step.maybe(f"{_STEPS}[].rate")
        if rate is None or rate.likely <= 0:
            continue
        lighter, heavier = payload(step)
        kept = [
            (promise, step.maybe(f"{_STEPS}[].{name.removeprefix('slo.')}"))
            for name, promise in promises.items()
        ]
        served, clocked = step.maybe(f"{_STEPS}[].served_rate"), step.flag(f"{_STEPS}[].open_loop") is True
        behind = clocked and served is not None and served.likely < 0.9 * rate.likely
        missed = any(time is not None and time.likely > promise for promise, time in kept)
        if missed or behind or failed_share(step) > MOST_FAILED:
            if not heavier:
                broken.append(rate.likely)
        elif not lighter and clocked and _proves(step) and all(time is not None for _, time in kept):
            held.append(rate.likely)
    lowest = min(broken, default=None)
    below = [rate for rate in held if lowest is None or rate < lowest]
    return Bracket(max(below, default=None), lowest)


def _proves(step: FactView) -> bool:
    requests = step.maybe(f"{_STEPS}[].requests")
    enough = requests is not None and requests.likely >= LEAST_REQUESTS
    whole = step.flag(f"{_STEPS}[].of_model") is False
    return enough and whole and failed_share(step) <= HOLDS_WITH


def payload(step: FactView) -> tuple[bool, bool]:
    """Return whether the step's prompts or answers were plainly shorter than planned, and whether they were longer."""
    pairs = (("in_tokens", "demand.in_tokens_p50"), ("out_tokens", "demand.out_tokens_p50"))
    lighter = heavier = False
    for field, planned in pairs:
        sent, wanted = step.maybe(f"{_STEPS}[].{field}"), step.maybe(planned)
        if sent is not None and wanted is not None:
            lighter |= sent.likely < SAME_PAYLOAD * wanted.likely
            heavier |= sent.likely > wanted.likely / SAME_PAYLOAD
    return lighter, heavier


def within(span: Span, bracket: Bracket) -> Span:
    """Return a predicted wall cut to what was seen: at or above the load that held, at or below the one that broke.

    Where the prediction lies wholly on the other side, what was seen counts, and the prediction's own width beyond it.
    """
    low = span.low if bracket.holds is None else max(span.low, bracket.holds)
    high = span.high if bracket.breaks is None else min(span.high, bracket.breaks)
    if low > high:
        grown = span.high / span.likely if span.likely > 0 else 1.0
        if bracket.holds is not None and low == bracket.holds:
            high = bracket.breaks if bracket.breaks is not None else low * grown
        else:
            low = bracket.holds if bracket.holds is not None else high * span.low / span.likely
    return Span(min(max(span.likely, low), high), low, high)
