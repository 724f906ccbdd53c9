"""Facts of two results -> which of them say something else, and which findings rest on those."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from poc_gate.model.claim import Provenance
from poc_gate.model.fact import Fact, generic_name, intervals_meet
from poc_gate.model.finding import Finding
from poc_gate.model.quantity import Quantity
from poc_gate.model.verdict import Result

SCATTER = 0.10
"""Relative difference of two measurements without intervals that says nothing: times and rates move by
some percent from one run to the next."""


_NONE = Fact("", None)


class ChangedFacts(Struct, frozen=True):
    """What was stated or measured anew between two results."""

    names: frozenset[str]
    inputs: Mapping[str, tuple[str, ...]]
    """Derived fact -> the facts it was computed from."""
    taken_back: frozenset[str] = frozenset()
    """Statements that were true before and are false now."""

    def reach(self, finding: Finding) -> bool:
        """Say whether a finding rests on one of them, directly or through what is derived from them."""
        waiting = [given.fact for given in finding.inputs]
        seen: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name in self.names:
                return True
            if name not in seen:
                seen.add(name)
                waiting += self.inputs.get(name, ())
        # A long list names its first items alone.
        return any("more" in given.note and self._has_item_of(given.fact) for given in finding.inputs)

    def takes_back(self, finding: Finding) -> bool:
        """Say whether a finding rests on a statement that was true before and is false now."""
        return any(given.fact in self.taken_back for given in finding.inputs)

    def _has_item_of(self, fact: str) -> bool:
        wanted = generic_name(fact)
        return any(generic_name(name) == wanted for name in self.names)


def changed_facts(base: Result, now: Result) -> ChangedFacts:
    """Return the stated and measured facts that differ by more than a measurement scatters.

    Derived facts follow from those and are none themselves: a rate computed from a noisy measurement and
    a declared size moves with either.
    """
    before = {fact.name: fact for fact in base.facts if not fact.derived}
    after = {fact.name: fact for fact in now.facts if not fact.derived}
    names = frozenset(
        name for name in before.keys() | after.keys() if _is_changed(before.get(name), after.get(name))
    )
    derived = {fact.name: fact.inputs for result in (base, now) for fact in result.facts if fact.derived}
    back = frozenset(
        name
        for name in names
        if before.get(name, _NONE).value is True and after.get(name, _NONE).value is False
    )
    return ChangedFacts(names, derived, back)


def _is_changed(before: Fact | None, now: Fact | None) -> bool:
    old, new = (fact.value if fact is not None else None for fact in (before, now))
    if old == new or before is None or now is None:
        return old != new
    measured = before.provenance is now.provenance is Provenance.MEASURED
    if not measured or not isinstance(old, Quantity) or not isinstance(new, Quantity):
        return True
    if before.low is not None and now.low is not None:
        return not intervals_meet(before, now)
    return abs(new.value - old.value) > SCATTER * max(abs(old.value), abs(new.value))
