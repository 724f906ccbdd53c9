"""One derived fact of a few stated ones, as the tables of the flow room look at it."""

from __future__ import annotations

from collections.abc import Mapping

import flow_pilots as pilots

from poc_gate.app.ground.catalogue import full_catalogue
from poc_gate.flow.derive_facts import Deriver
from poc_gate.model.claim import Value
from poc_gate.model.fact import Fact, FactTree
from poc_gate.model.quantity import Quantity


def derived(name: str, stated: Mapping[str, Value | float], **items: tuple[str, ...]) -> Fact:
    """Return the fact that follows from what is stated; items as for `flow_pilots.tree`."""
    return Deriver(pilots.tree(stated, **items)).find(name)[0]


def ends(
    name: str,
    stated: Mapping[str, Value | float],
    loose: Mapping[str, tuple[float, float]] | None = None,
    **items: tuple[str, ...],
) -> tuple[float | None, float | None, float | None]:
    """Return likely value, low and high end; `loose` gives stated facts an interval. None for what is not there."""
    tree = pilots.tree(stated, **items)
    facts = dict(tree.facts)
    for fact, (low, high) in (loose or {}).items():
        held = facts[fact]
        facts[fact] = Fact(fact, held.value, held.provenance, low=low, high=high)
    found = Deriver(FactTree(facts, tree.items)).find(name)[0]
    likely = found.value.value if isinstance(found.value, Quantity) else None
    return likely, found.low, found.high


def number(name: str, stated: Mapping[str, Value | float], **items: tuple[str, ...]) -> float:
    """Return the likely value of a fact that must be known."""
    found = derived(name, stated, **items)
    assert isinstance(found.value, Quantity), found.why_unknown
    return found.value.value


def bounds(
    name: str, stated: Mapping[str, Value | float], lacking: str, **items: tuple[str, ...]
) -> tuple[float | None, float | None]:
    """Return what bounds a fact where one of those stated is lacking, by what the catalogue says that it can be."""
    known = {key: value for key, value in stated.items() if key != lacking}
    tree = pilots.tree(known, **items)
    found = Deriver(FactTree(tree.facts, tree.items, catalogue=full_catalogue())).find(name)[0]
    assert found.value is None
    assert lacking in found.inputs
    return found.low, found.high
