"""Levers: the value one fact, or the cheapest pair of facts, must reach for something to pass."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from poc_gate.model.claim import Provenance
from poc_gate.model.fact import Fact, FactTree, generic_name
from poc_gate.model.finding import Lever
from poc_gate.model.quantity import Quantity

Passes = Callable[[FactTree], bool]

REACH = (1.1, 1.5, 2.0, 4.0, 10.0, 30.0, 100.0, 1000.0)
"""Factors tried in both directions, the nearest first."""

STEPS = 24
"""Halvings of the interval in which the answer flips."""

WHOLE = frozenset(
    [
        "target.count",
        "target.replicas",
        "target.replicas_max",
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
        "agent.max_steps",
    ]
)
"""Facts that count things and move in whole steps."""

MAY_BE_NONE = frozenset(["retrieval.replicas", "sources[].retries", "path.stages[].retries"])
"""Of those, the ones of which there may be none; with no call or server there is nothing to judge."""


class Bounds(NamedTuple):
    """The values a lever can take, SI; None = open."""

    low: float | None = None
    high: float | None = None

    def holds(self, value: float) -> bool:
        """Whether the value is one that the fact can have."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


def find_lever(tree: FactTree, fact_name: str, passes: Passes, *, bounds: Bounds | None = None) -> Lever:
    """Return the value of one fact, nearest to its present one, at which `passes` holds.

    `passes` gets a tree of stated facts in which only that fact differs. Values are sought up to a
    thousand times larger and smaller, inside `bounds`, then narrowed by bisection; `needed` None means
    that no value of this lever helps. Facts that are no quantities are turned over if they are flags.
    """
    current = tree.get(fact_name)
    value = current.value
    if isinstance(value, bool):
        turned = with_value(tree, fact_name, not value)
        helps = passes(turned)
        return Lever(fact_name, value, (not value) if helps else None, note="" if helps else _NOTHING)
    if not isinstance(value, Quantity):
        return Lever(fact_name, value, None, note="its value is not stated, or it is a choice with no order")
    found = _search(tree, (fact_name, value), passes, bounds or Bounds())
    if found is None:
        return Lever(fact_name, value, None, note=_NOTHING)
    return Lever(fact_name, value, Quantity(found, value.unit))


_NOTHING = "no value of this lever is enough on its own"


def _search(tree: FactTree, lever: tuple[str, Quantity], passes: Passes, bounds: Bounds) -> float | None:
    name, present = lever

    def ok(value: float) -> bool:
        return passes(with_value(tree, name, Quantity(value, present.unit)))

    start = present.value
    if _is_whole(name, present) and generic_name(name) not in MAY_BE_NONE:
        bounds = Bounds(max(1.0, bounds.low or 1.0), bounds.high)
    for low, high in zip((1.0, *REACH), REACH, strict=False):
        for inside, outside in _pairs(start, low, high, bounds):
            if bounds.holds(outside) and outside != inside and ok(outside):
                return _narrowed(inside, outside, ok, whole=_is_whole(name, present))
    for edge, inside in _edges(start, bounds):
        if ok(edge):
            return _narrowed(inside, edge, ok, whole=_is_whole(name, present))
    return None


def _pairs(start: float, low: float, high: float, bounds: Bounds) -> tuple[tuple[float, float], ...]:
    """Return where to look in this ring: upward and downward, from the failing side to the trial."""
    if start == 0:
        top = bounds.high if bounds.high is not None else 1.0
        return ((top * (low - 1.0) / REACH[-1], top * high / REACH[-1]),)
    return (start * low, start * high), (start / low, start / high)


def _edges(start: float, bounds: Bounds) -> tuple[tuple[float, float], ...]:
    return tuple((edge, start) for edge in (bounds.low, bounds.high) if edge is not None and edge != start)


def _is_whole(name: str, present: Quantity) -> bool:
    return generic_name(name) in WHOLE and present.value == int(present.value)


def _narrowed(failing: float, passing: float, ok: Callable[[float], bool], *, whole: bool) -> float:
    """Return the passing value closest to the failing one, in whole steps where the fact counts things."""
    if whole:
        return _narrowed_whole(failing, passing, ok)
    for _ in range(STEPS):
        middle = (failing + passing) / 2.0
        if ok(middle):
            passing = middle
        else:
            failing = middle
        if abs(passing - failing) <= 1e-3 * abs(passing):
            break
    return passing


def _narrowed_whole(failing: float, passing: float, ok: Callable[[float], bool]) -> float:
    up = passing > failing
    low, high = math.floor(min(failing, passing)), math.ceil(max(failing, passing))
    good, bad = (high, low) if up else (low, high)
    if not ok(float(good)):
        return passing
    while abs(good - bad) > 1:
        middle = (good + bad) // 2
        if ok(float(middle)):
            good = middle
        else:
            bad = middle
    return float(good)


def find_pair(
    tree: FactTree, names: Sequence[str], passes: Passes, *, bounds: dict[str, Bounds] | None = None
) -> tuple[Lever, Lever] | None:
    """Return the pair of levers that passes together with the least change, or None when no pair does.

    The first of a pair moves by a factor of 1.25, 1.5, 2 or 4 either way, then the second is sought; the
    sum of both changes, as logarithms, decides.
    """
    limits = bounds or {}
    best: tuple[float, tuple[Lever, Lever]] | None = None
    for first, moved, change in _first_moves(tree, names, limits):
        there = with_value(tree, first, moved)
        for second in (name for name in names if name != first):
            lever = find_lever(there, second, passes, bounds=limits.get(second))
            cost = _change(lever)
            if cost is not None and (best is None or change + cost < best[0]):
                best = change + cost, (Lever(first, tree.get(first).value, moved), lever)
    return best[1] if best else None


def _first_moves(
    tree: FactTree, names: Sequence[str], limits: dict[str, Bounds]
) -> Iterator[tuple[str, Quantity, float]]:
    """Yield each lever at each factor that it may take: name, value, and the change as a logarithm."""
    for name in names:
        value = tree.get(name).value
        if not isinstance(value, Quantity) or value.value <= 0:
            continue
        for factor in (1.25, 0.8, 1.5, 2 / 3, 2.0, 0.5, 4.0, 0.25):
            moved = value.value * factor
            if _is_whole(name, value):
                moved = float(math.ceil(moved) if factor > 1 else math.floor(moved))
            if moved > 0 and moved != value.value and limits.get(name, Bounds()).holds(moved):
                yield name, Quantity(moved, value.unit), abs(math.log(moved / value.value))


def _change(lever: Lever) -> float | None:
    if lever.needed is None:
        return None
    if isinstance(lever.current, Quantity) and isinstance(lever.needed, Quantity):
        if lever.current.value <= 0 or lever.needed.value <= 0:
            return 1.0
        return abs(math.log(lever.needed.value / lever.current.value))
    return 1.0


def with_value(tree: FactTree, name: str, value: Quantity | bool | str) -> FactTree:
    """Return the tree with one stated fact changed, and every derived fact taken out, to be derived anew."""
    kept = {key: fact for key, fact in tree.facts.items() if not fact.derived}
    old = kept.get(name)
    changed = (
        replace(old, value=value, low=None, high=None)
        if old is not None
        else Fact(name=name, value=value, provenance=Provenance.DECLARED)
    )
    kept[name] = changed
    return FactTree(kept, tree.items, tree.item_places, tree.contradictions)
