"""Levers: the value one fact, or the cheapest pair of facts, must reach for something to pass."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from poc_gate.flow.walls.lever_range import MAY_BE_NONE, Bounds, as_shown, is_whole, nearer_as_shown
from poc_gate.model.claim import Provenance, Value
from poc_gate.model.fact import Fact, FactTree, generic_name
from poc_gate.model.finding import Lever
from poc_gate.model.quantity import Quantity

Passes = Callable[[FactTree], bool]

REACH = (1.1, 1.5, 2.0, 4.0, 10.0, 30.0, 100.0, 1000.0)
"""Factors tried in both directions, the nearest first."""

STEPS = 24
"""Halvings of the interval in which the answer flips."""

_DECADES = 1000.0
"""An interval whose ends are further apart than that is halved in logarithms: the end of a range may be 15 decades away."""


def find_lever(
    tree: FactTree, fact_name: str, passes: Passes, *, bounds: Bounds | None = None, monotone: bool = False
) -> Lever:
    """Return the value of one fact, nearest to its present one, at which `passes` holds.

    `passes` gets a tree of stated facts in which only that fact differs. Values are sought up to a
    thousand times larger and smaller, inside `bounds`, then narrowed by bisection and rounded to what is
    shown; over the whole of `bounds` where the fact is not stated. Of flags and choices every other value is
    tried. `needed` None means that no value of it is enough. Of a `monotone` lever, where more or less of it
    only ever helps or harms, the far ends are tried first, and nothing else where both fail.
    """
    limits = bounds or Bounds()
    value = tree.get(fact_name).value
    if isinstance(value, bool) or limits.choices:
        return _chosen(tree, fact_name, passes, limits)
    unit = value.unit if isinstance(value, Quantity) else limits.unit
    if unit is None or not isinstance(value, Quantity | None):
        return Lever(fact_name, value, None, note="no value of it can be sought: it has no order")
    search = _Search(tree, fact_name, unit, passes, limits)
    search.hopeless = _fails_far if monotone else None
    found = search.near(value.value) if isinstance(value, Quantity) else search.over_all()
    if found is None:
        return Lever(fact_name, value, None, note=_NOTHING)
    needed, note = found
    return Lever(fact_name, value, Quantity(needed, unit), note=note)


_NOTHING = "no value of this lever is enough on its own"


def _chosen(tree: FactTree, name: str, passes: Passes, bounds: Bounds) -> Lever:
    """Return the first other value of a flag or a choice that passes, the rest of them in the note."""
    value = tree.get(name).value
    others: tuple[bool | str, ...] = (
        (not value,) if isinstance(value, bool) else tuple(c for c in bounds.choices if c != value)
    )
    helping = [other for other in others if passes(with_value(tree, name, other))]
    if not helping:
        return Lever(name, value, None, note=_NOTHING)
    return Lever(name, value, helping[0], note=" or ".join(("", *map(str, helping[1:]))).strip())


class _Search:
    """Seeks the value of one quantity that passes."""

    hopeless: Callable[[_Search, float], bool] | None = None
    """Whether a lever is given up after a few trials; None = every ring is tried."""

    def __init__(self, tree: FactTree, name: str, unit: str, passes: Passes, bounds: Bounds) -> None:
        self.tree, self.name, self.unit, self.passes = tree, name, unit, passes
        present = tree.get(name).value
        self.whole = is_whole(name, present if isinstance(present, Quantity) else Quantity(1.0, unit))
        if self.whole and generic_name(name) not in MAY_BE_NONE:
            bounds = bounds._replace(low=max(1.0, bounds.low or 1.0))
        self.bounds = bounds

    def ok(self, value: float) -> bool:
        return self.bounds.holds(value) and self.passes(
            with_value(self.tree, self.name, Quantity(value, self.unit))
        )

    def near(self, start: float) -> tuple[float, str] | None:
        """Return the passing value nearest to the present one, in rings around it, then at the ends of its range."""
        if start == 0:
            return self.over_all()
        if self.hopeless is not None and self.hopeless(self, start):
            return None
        for low, high in zip((1.0, *REACH), REACH, strict=False):
            for inside, outside in ((start * low, start * high), (start / low, start / high)):
                tried = self.outward(outside, inside)
                if tried != inside and self.ok(tried):
                    return self.narrowed(inside, tried), ""
        for edge in (self.bounds.low, self.bounds.high):
            if edge not in (None, start) and self.ok(edge):
                return self.narrowed(start, edge), ""
        return None

    def over_all(self) -> tuple[float, str] | None:
        """Return the value at which a range begins to pass or ceases to, and which side of it does."""
        grid = self.bounds.within()
        values = sorted({float(round(value)) for value in grid}) if self.whole else list(grid)
        held = [self.ok(value) for value in values]
        if not any(held):
            return None
        if all(held):
            return values[0], "or any other"
        if held[0]:
            last = held.index(False) - 1
            return self.narrowed(values[last + 1], values[last]), "or less"
        first = held.index(True)
        return self.narrowed(values[first - 1], values[first]), "or more" if held[-1] else "or about that"

    def outward(self, value: float, inside: float) -> float:
        """Return a trial value in whole steps where the fact counts things."""
        if not self.whole:
            return value
        return float(math.ceil(value) if value > inside else math.floor(value))

    def narrowed(self, failing: float, passing: float) -> float:
        """Return the passing value closest to the failing one, of those that are shown in full where one passes."""
        found = _narrowed(failing, passing, self.ok, whole=self.whole)
        for nearer in nearer_as_shown(self.name, Quantity(found, self.unit), failing):
            if self.ok(nearer):
                return nearer
        further = as_shown(self.name, Quantity(found, self.unit), up=found > failing).value
        return further if further != found and self.ok(further) else found


_FAR = (1000.0, 1 / 1000.0, 4.0, 0.25)
"""Trials of a monotone lever: both ends of what is sought, and two nearer ones in case an end makes no sense."""


def _fails_far(search: _Search, start: float) -> bool:
    limits = search.bounds
    for factor in _FAR:
        value = start * factor
        if limits.low is not None:
            value = max(value, limits.low)
        if limits.high is not None:
            value = min(value, limits.high)
        if search.ok(search.outward(value, start)):
            return False
    return True


def _narrowed(failing: float, passing: float, ok: Callable[[float], bool], *, whole: bool) -> float:
    """Return the passing value closest to the failing one, in whole steps where the fact counts things."""
    if whole:
        return _narrowed_whole(failing, passing, ok)
    for _ in range(STEPS):
        near, far = sorted((failing, passing))
        middle = math.sqrt(near * far) if 0 < near * _DECADES < far else (near + far) / 2.0
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
        if best is not None and change >= best[0]:
            continue  # whatever the second adds
        there = with_value(tree, first, moved)
        for second in (n for n in names if n != first and isinstance(tree.get(n).value, Quantity)):
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
            if is_whole(name, value):
                moved = float(math.ceil(moved) if factor > 1 else math.floor(moved))
            moved = as_shown(name, Quantity(moved, value.unit), up=factor > 1).value
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


def with_value(tree: FactTree, name: str, value: Value) -> FactTree:
    """Return the tree with one stated fact changed, and every derived fact taken out, to be derived anew."""
    kept = {key: fact for key, fact in tree.facts.items() if not fact.derived}
    old = kept.get(name)
    changed = (
        replace(old, value=value, low=None, high=None)
        if old is not None
        else Fact(name=name, value=value, provenance=Provenance.DECLARED)
    )
    kept[name] = changed
    return FactTree(kept, tree.items, tree.item_places, tree.contradictions, tree.catalogue)
