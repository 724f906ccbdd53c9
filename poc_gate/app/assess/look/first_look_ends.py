"""Facts, some of them open -> the likely numbers of a first look, and how far each open fact may move them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import exp, log, sqrt

from msgspec import Struct

from poc_gate.facts.known.assumed import assumptions_for, sources_of, with_assumptions
from poc_gate.flow.walls.first_answers import MEASURED_RUN, End, FirstNumbers, first_numbers
from poc_gate.model.claim import Place, Provenance
from poc_gate.model.fact import Fact, FactTree
from poc_gate.model.parts.first_look import AssumedValue
from poc_gate.model.quantity import Quantity

_ONE = ("target.replicas", "target.count")


class Doubt(Struct, frozen=True):
    """One thing that nobody has said, and the numbers with it alone at either end."""

    fact: str
    """The fact that would settle it."""
    better: FirstNumbers
    worse: FirstNumbers


class Ends:
    """The likely numbers of one pilot, and what each open fact does to them.

    Doubts are independent, so their logarithms add up as squares: an interval of the result is as probable as
    those it comes from, and narrower than if all of them went wrong together.
    """

    def __init__(
        self, tree: FactTree, numbers: Callable[[FactTree, End], FirstNumbers] = first_numbers
    ) -> None:
        """Compute the likely numbers, and those with one doubt at a time at either end.

        `numbers` says how: `first_numbers`, or `carried_numbers` for those who need only what a machine carries.
        """
        self.tree = tree
        self.full = full_tree(tree)
        self.likely = numbers(self.full, "likely")
        names = [one.fact for one in assumptions_for(tree) if one.fact != "model.weight_bits"]
        self.doubts = [
            Doubt(name, *(numbers(self._moved(name, end), "likely") for end in _BOTH)) for name in names
        ]
        self.doubts.append(Doubt(SPEED, *(numbers(self.full, end) for end in _BOTH)))

    def _moved(self, name: str, end: End) -> FactTree:
        return _with_one(with_assumptions(self.tree, end=end, only=name), self.tree)

    def span(self, key: str, *, without: Iterable[str] = ()) -> tuple[float, float, float] | None:
        """Return the smallest, likely and largest value of one number; None where it cannot be told.

        `without` names doubts that are taken as settled.
        """
        likely = getattr(self.likely, key)
        if likely is None:
            return None
        low = high = 0.0
        for doubt in self.doubts:
            ends = [end for end in (getattr(doubt.better, key), getattr(doubt.worse, key)) if end is not None]
            ends = [*ends, likely]
            if doubt.fact in without:
                ends = [self._settled(doubt.fact, likely, end) for end in ends]
            low += _log(min(ends), likely) ** 2
            high += _log(max(ends), likely) ** 2
        if likely <= 0:
            return 0.0, likely, max(0.0, *(getattr(d.better, key) or 0.0 for d in self.doubts))
        return likely / exp(sqrt(low)), likely, likely * exp(sqrt(high))

    def _settled(self, fact: str, likely: float, end: float) -> float:
        """Return an end of the interval that is left once a doubt is settled: a measured run keeps a little."""
        if fact != SPEED or likely <= 0 or end == likely:
            return likely
        low, high = MEASURED_RUN
        return likely * (high if end > likely else low)

    def width(self, without: Iterable[str] = ()) -> float:
        """Return far over near end of the wall; 1 where there is none or it is known."""
        span = self.span("wall", without=without)
        return span[2] / span[0] if span is not None and span[0] > 0 else 1.0

    def doubt(self, without: Iterable[str] = ()) -> float:
        """Return how much is open about wall and peak together, in powers of e."""
        peak = self.span("peak", without=without)
        spread = log(peak[2] / peak[0]) if peak is not None and peak[0] > 0 else 0.0
        return log(self.width(without)) + 0.3 * spread


SPEED = "model.time_per_call"
"""What settles the doubt about the speed of engine and device: one measured answer."""

_BOTH: tuple[End, End] = ("better", "worse")
_FARTHEST = log(100.0)
"""An end that reaches zero counts as a hundredth of the likely value."""


def _log(end: float, likely: float) -> float:
    if likely <= 0:
        return 0.0
    return min(_FARTHEST, abs(log(end / likely))) if end > 0 else _FARTHEST


def full_tree(tree: FactTree) -> FactTree:
    """Return the facts with every open one at its likely value."""
    return _with_one(with_assumptions(tree), tree)


def _with_one(full: FactTree, tree: FactTree) -> FactTree:
    """Return the tree with one device and one replica where a pilot serves its model and nobody says how many."""
    if tree.get("model.hosting").value != "self":
        return full
    missing = [name for name in _ONE if full.get(name).value is None]
    one = [
        Fact(name, Quantity(1.0), Provenance.ASSUMED, Place("assumed", pointer=name), note="assumed: one")
        for name in missing
    ]
    return full.with_facts(tuple(one)) if one else full


def assumed_values(ends: Ends) -> tuple[AssumedValue, ...]:
    """Return every value that nobody stated and that was assumed, with its interval and its source."""
    found = []
    for one in assumptions_for(ends.tree):
        fact = ends.full.get(one.fact)
        if isinstance(fact.value, Quantity) and fact.low is not None and fact.high is not None:
            found.append(
                AssumedValue(
                    one.fact, fact.low, fact.value.value, fact.high, fact.value.unit, sources_of(one)
                )
            )
    single = [
        name for name in _ONE if ends.tree.get(name).value is None and ends.full.get(name).value is not None
    ]
    return (
        *found,
        *(AssumedValue(name, 1.0, 1.0, 1.0, "1", "one, until somebody says how many") for name in single),
    )
