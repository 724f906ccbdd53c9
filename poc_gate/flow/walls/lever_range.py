"""The values that a lever can take: its plausible range, whole steps where it counts things, choices."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from poc_gate.model.fact import generic_name, is_share_name
from poc_gate.model.quantity import Quantity, round_as_shown

WHOLE = frozenset(
    [
        "target.count",
        "target.replicas",
        "target.replicas_max",
        "target.failure_domain_size",
        "model.planned_concurrency",
        "model.max_concurrency",
        "model.tensor_parallel",
        "retrieval.replicas",
        "retrieval.m",
        "sources[].calls_per_request",
        "sources[].sequential_calls",
        "sources[].retries",
        "sources[].servers",
        "path.stages[].servers",
        "path.stages[].retries",
        "training.accelerators",
        "oversight.reviewers",
        "path.cross_region_hops",
        "path.retry_layers",
        "retrieval.dims",
        "training.batch_size",
        "evaluation.n",
        "agent.max_steps",
        "agent.max_tool_calls",
        "agent.steps_typical",
    ]
)
"""Facts that count things and move in whole steps; tokens do as well."""

MAY_BE_NONE = frozenset(
    [
        "retrieval.replicas",
        "sources[].retries",
        "path.stages[].retries",
        "path.cross_region_hops",
        "path.retry_layers",
        "agent.max_tool_calls",
    ]
)
"""Of those, the ones of which there may be none; with no call or server there is nothing to judge."""


class Bounds(NamedTuple):
    """The values a lever can take, SI; None = open."""

    low: float | None = None
    high: float | None = None
    unit: str | None = None
    """Of a quantity, so that it can be sought where it is not stated."""
    choices: tuple[str, ...] = ()

    def holds(self, value: float) -> bool:
        """Whether the value is one that the fact can have."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    def within(self) -> Iterator[float]:
        """Yield values over the whole range, rising by a quarter of a decade; an open end is a far one."""
        low = self.low if self.low is not None else 0.0
        high = self.high if self.high is not None else MOST
        yield low
        value = max(low, LEAST) if high > 1.0 else max(low, high / 1e3)
        while value < high:
            if value > low:
                yield value if value < 1.0 else float(f"{value:.2g}")
            value *= 10**0.25
        yield high


LEAST, MOST = 1e-6, 1e15
"""Ends of an open range in SI units; beyond them no fact of a pilot lies."""


def is_whole(name: str, present: Quantity) -> bool:
    """Whether a lever that stands at this value moves in whole steps."""
    counts = generic_name(name) in WHOLE or present.unit == "tok"
    return counts and present.value == int(present.value)


def as_shown(name: str, value: Quantity, *, up: bool) -> Quantity:
    """Return the value as it reads in a report, rounded away from where the lever stands now."""
    return round_as_shown(value, up=up, share=is_share_name(name))


def nearer_as_shown(name: str, value: Quantity, present: float) -> Iterator[float]:
    """Yield the values between `value` and `present` that a report shows in full, one of three figures first."""
    up = value.value < present
    short = as_shown(name, Quantity(_three_figures(value.value, up=up), value.unit), up=up).value
    for one in (short, as_shown(name, value, up=up).value):
        if min(present, value.value) < one < max(present, value.value):
            yield one


def _three_figures(value: float, *, up: bool) -> float:
    """Return the next value of three significant figures."""
    if value == 0:
        return value
    step = 10.0 ** (math.floor(math.log10(abs(value))) - 2)
    return (math.ceil if up else math.floor)(round(value / step, 6)) * step
