"""What is assumed of a kind of use where nobody has said: an interval and its published sources for each fact."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec
from msgspec import Struct

from poc_gate.base.shipped_files import known_file
from poc_gate.facts.known.tables import source
from poc_gate.model.claim import Place, Provenance, Value
from poc_gate.model.fact import Fact, FactTree
from poc_gate.model.quantity import Quantity

PLACE = "assumed"
"""The file of the place that assumed facts carry; the pointer is the fact."""


class Assumption(Struct, frozen=True):
    """One interval of one fact, in SI units, and the kind of use it is about."""

    fact: str
    low: float
    likely: float
    high: float
    sources: tuple[str, ...]
    """Keys of `sources.json`."""
    why: str
    uses: tuple[str, ...] = ()
    """Words of `pilot.uses` of which the pilot has one; empty = any pilot."""
    classes: tuple[str, ...] = ()
    """Values of `pilot.use_case_class`; empty = any."""
    relative_to: str = ""
    """A fact that the interval is a multiple of; empty = the interval stands alone."""
    better: Literal["low", "high"] = "low"
    """The end of the interval that makes load, memory and cost smaller."""


class _Pause(Struct, frozen=True):
    low: float
    likely: float
    high: float
    sources: tuple[str, ...]
    why: str


class _Tables(Struct, frozen=True):
    facts: tuple[Assumption, ...]
    think_time: _Pause


End = Literal["better", "likely", "worse"]
"""Which end of every interval is taken: the one that spares the pilot, the likely value, or the other end."""


def assumptions_for(tree: FactTree) -> tuple[Assumption, ...]:
    """Return the assumptions about a pilot: for each fact that nobody states the first that fits its use."""
    uses = _words(tree.get("pilot.uses").value)
    kind = _words(tree.get("pilot.use_case_class").value)
    found: dict[str, Assumption] = {}
    for one in _tables().facts:
        fits = (not one.uses or not uses.isdisjoint(one.uses)) and (
            not one.classes or not kind.isdisjoint(one.classes)
        )
        if fits and one.fact not in found and _is_open(tree, one.fact):
            found[one.fact] = one
    return tuple(found.values())


def with_assumptions(tree: FactTree, *, end: End = "likely", only: str = "") -> FactTree:
    """Return the tree with an assumed fact for everything that is open, at one end of its interval.

    With `only` that fact alone is at `end`, the others at their likely values. Each fact keeps its whole interval,
    its provenance `assumed`, and its sources as a note. A fact that is a multiple of another starts from the stated
    or assumed value of that one.
    """
    facts: dict[str, Fact] = {}
    for one in assumptions_for(tree):
        base = facts.get(one.relative_to) or (tree.get(one.relative_to) if one.relative_to else None)
        fact = _fact(one, base, tree, end if not only or one.fact == only else "likely")
        if fact is not None:
            facts[one.fact] = fact
    return tree.with_facts(tuple(facts.values())) if facts else tree


def think_time() -> tuple[float, float, float]:
    """Return the seconds between two questions of one person: quartile, median, upper quartile."""
    pause = _tables().think_time
    return pause.low, pause.likely, pause.high


def sources_of(one: Assumption) -> str:
    """Return why an interval is assumed and where that was published."""
    return f"{one.why} ({'; '.join(f'{source(key).title}, {source(key).date}' for key in one.sources)})"


def _fact(one: Assumption, base: Fact | None, tree: FactTree, end: End) -> Fact | None:
    spec = tree.catalogue.find(one.fact) if tree.catalogue is not None else None
    if spec is None:
        return None
    low, likely, high = one.low, one.likely, one.high
    if one.relative_to:
        held = base.value if base is not None else None
        if not isinstance(held, Quantity):
            return None
        low, likely, high = (part * held.value for part in (low, likely, high))
    value = {"likely": likely, "better": low if one.better == "low" else high}.get(
        end, high if one.better == "low" else low
    )
    return Fact(
        one.fact,
        Quantity(value, spec.unit),
        Provenance.ASSUMED,
        Place(PLACE, pointer=one.fact),
        low=low,
        high=high,
        note=f"assumed: {one.why}",
    )


def _is_open(tree: FactTree, name: str) -> bool:
    if tree.get(name).value is not None:
        return False
    if name == "model.weight_bits":
        stated = ("model.precision", "model.weight_bytes")
        return tree.get("model.parameters").value is not None and all(
            tree.get(other).value is None for other in stated
        )
    return True


def _words(value: Value | None) -> frozenset[str]:
    if isinstance(value, tuple):
        return frozenset(value)
    return frozenset({value}) if isinstance(value, str) else frozenset()


@cache
def _tables() -> _Tables:
    return msgspec.json.decode(known_file("assumed.json"), type=_Tables)


def every_assumption() -> tuple[Assumption, ...]:
    """Return the whole table, for documents and tests."""
    return _tables().facts
