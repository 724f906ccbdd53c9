"""Any stated number, zero and huge ones too, gives a value or a reason, never an exception."""

from __future__ import annotations

import math

import flow_pilots as pilots
from hypothesis import example, given, settings
from hypothesis import strategies as st

from poc_gate.flow.derive_facts import derived_facts
from poc_gate.flow.walls.hops import data_path
from poc_gate.flow.walls.wall import find_walls
from poc_gate.model.fact import FactTree
from poc_gate.model.quantity import Quantity

RICH = pilots.rich_trees()
CHANGES = [
    st.dictionaries(
        st.sampled_from(sorted(n for n, f in tree.facts.items() if isinstance(f.value, Quantity))),
        st.sampled_from([0.0, 1e-12, 0.5, 1.0, 3.0, 1e6, 1e15]),
        min_size=1,
        max_size=4,
    )
    for tree in RICH
]


def changed(tree: FactTree, values: dict[str, float], without: str) -> FactTree:
    """Return the tree with some numbers replaced and one fact left out."""
    facts = {name: fact for name, fact in tree.facts.items() if name != without}
    facts |= {name: pilots.fact(name, value) for name, value in values.items()}
    return FactTree(facts, tree.items)


@settings(max_examples=20, deadline=None)
@example((0, {"sources[claims].calls_per_request": 1e15}, "agent.step_success"))
@given(
    st.integers(0, len(RICH) - 1).flatmap(
        lambda i: st.tuples(st.just(i), CHANGES[i], st.sampled_from(sorted(RICH[i].facts)))
    )
)
def test_every_tree_derives_without_an_exception(drawn):
    number, values, without = drawn
    tree = changed(RICH[number], values, without)
    for fact in derived_facts(tree):
        if fact.value is None:
            assert fact.why_unknown
        elif isinstance(fact.value, Quantity):
            assert not math.isnan(fact.value.value), fact.name
    find_walls(tree)
    data_path(tree)
