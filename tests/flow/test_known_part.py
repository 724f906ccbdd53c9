"""What is known bounds a derived fact that lacks inputs, and the truth always lies within those bounds."""

from __future__ import annotations

import random
from collections import Counter

import flow_pilots as pilots
import pytest

from poc_gate.app.ground.catalogue import full_catalogue
from poc_gate.flow.derivations import DERIVATIONS
from poc_gate.flow.derive_facts import Deriver, derived_facts
from poc_gate.model.claim import Provenance
from poc_gate.model.fact import FactTree, generic_name
from poc_gate.model.quantity import Quantity

CATALOGUE = full_catalogue()
TREES = [
    FactTree(tree.facts, tree.items, tree.item_places, tree.contradictions, CATALOGUE)
    for tree in pilots.rich_trees()
]
NEARLY = 1 + 1e-9
UNUSUAL = "cost.volume_discount_10x"
"""Nothing is taken off a price unless somebody says so; the one default that a bound shares with the value."""


def forgetting(tree: FactTree, names: set[str]) -> FactTree:
    """Return the tree without the facts of these names."""
    kept = {name: fact for name, fact in tree.facts.items() if name not in names}
    return FactTree(kept, tree.items, tree.item_places, tree.contradictions, CATALOGUE)


def bounds_of(
    tree: FactTree, wanted: frozenset[str] | None = None
) -> dict[str, tuple[float | None, float | None]]:
    """Return the bounds of every derived fact without a value, or of those that are wanted."""
    return {fact.name: (fact.low, fact.high) for fact in derived_facts(tree, wanted=wanted)
            if fact.value is None and (fact.low is not None or fact.high is not None)}  # fmt: skip


def bounds_without(tree: FactTree, names: set[str]) -> dict[str, tuple[float | None, float | None]]:
    """Return the bounds of what rests on these facts once they are forgotten; nothing else moves."""
    resting = frozenset[str]().union(*(CATALOGUE.resting_on(generic_name(name)) for name in names))
    return bounds_of(forgetting(tree, names), resting)


@pytest.mark.parametrize("number", range(len(TREES)))
def test_the_truth_lies_within_what_the_known_part_proves(number: int) -> None:
    tree, dice, bounded = TREES[number], random.Random(number), Counter[str]()
    truth = {fact.name: fact.value.value for fact in derived_facts(tree) if isinstance(fact.value, Quantity)}
    numbers = sorted(name for name, fact in tree.facts.items()
                     if isinstance(fact.value, Quantity) and name != UNUSUAL)  # fmt: skip
    samples = [{name} for name in numbers]
    samples += [set(dice.sample(numbers, dice.randint(2, 8))) for _ in range(25)]
    for lost in samples:
        for name, (low, high) in bounds_without(tree, lost).items():
            if name in truth:
                bounded[generic_name(name)] += 1
                assert low is None or low <= truth[name] * NEARLY, (name, lost)
                assert high is None or high * NEARLY >= truth[name], (name, lost)
    assert len(bounded) >= 4, bounded


def test_every_kind_of_bound_occurs() -> None:
    """A derivation that claims interval arithmetic and is never bounded claims nothing."""
    seen: set[str] = set()
    for tree in TREES:
        seen |= set(map(generic_name, bounds_of(tree)))
        for name, fact in tree.facts.items():
            if isinstance(fact.value, Quantity):
                seen |= set(map(generic_name, bounds_without(tree, {name})))
    claimed = {derivation.name for derivation in DERIVATIONS if derivation.by_ends}
    assert claimed - seen <= {
        # products: without one factor nothing is left but zero
        "flow.demand.peak_rate", "flow.quota.requests_share", "flow.network.utilisation", "flow.movement.h2d_share",
        "flow.region.rtt_share", "flow.review.load", "sources[].load_share", "sources[].peak_rate",
        "flow.demand.peak_rate_12m", "flow.movement.share", "flow.approvals.lead_time",
    }, claimed - seen  # fmt: skip


def test_a_bound_never_rests_on_a_value_that_nobody_stated() -> None:
    tree = TREES[0]
    lost = {
        next(name for name in sorted(tree.facts) if name.startswith("sources[") and name.endswith(".retries"))
    }
    known = Deriver(forgetting(tree, lost)).find("flow.retry.amplification")[0]
    assert known.value is None
    assert known.low is not None
    guessed = {
        name: pilots.fact(name, fact.value, Provenance.ASSUMED) if name.endswith(("retries", "layers")) else fact
        for name, fact in tree.facts.items() if name not in lost
    }  # fmt: skip
    bound = Deriver(FactTree(guessed, tree.items, catalogue=CATALOGUE)).find("flow.retry.amplification")[0]
    assert (bound.value, bound.low) == (None, None)


def test_the_slowest_known_part_bounds_the_whole() -> None:
    values = {"pilot.uses": ("llm",), "model.hosting": "hosted", "model.time_per_call_p99": 7.0}
    tree = pilots.tree(values, sources=("db",))
    found = Deriver(tree).find("flow.latency.floor")[0]
    assert (found.value, found.low) == (None, 7.0)
    assert "sources[db].p99" in found.inputs
    whole = Deriver(pilots.tree({**values, "sources[db].p99": 9.0}, sources=("db",)))
    assert whole.find("flow.latency.floor")[0].value == Quantity(9.0, "s")


@pytest.mark.parametrize(
    "change",
    [{"hedged": True}, {"awaited": False}, {"cache_hit": 0.5}, {"calls_per_request": 0.1}],
    ids=lambda change: next(iter(change)),
)
def test_a_source_that_some_requests_do_without_bounds_nothing(change: dict[str, float]) -> None:
    values = {"pilot.uses": ("llm",), "model.hosting": "hosted", "model.time_per_call_p99": 1.0,
              "sources[db].p99": 9.0, **{f"sources[db].{name}": value for name, value in change.items()}}  # fmt: skip
    found = Deriver(pilots.tree(values, sources=("db",))).find("flow.latency.floor")[0]
    assert found.value == Quantity(1.0, "s")


def test_what_is_given_up_takes_no_longer_than_its_timeout() -> None:
    values = {
        "pilot.uses": ("llm",),
        "model.hosting": "none",
        "sources[db].p99": 9.0,
        "sources[db].timeout": 2.0,
    }
    found = Deriver(pilots.tree(values, sources=("db",))).find("flow.latency.floor")[0]
    assert found.value == Quantity(2.0, "s")


def test_cases_whose_outcome_nobody_stated_refute_nothing() -> None:
    found = Deriver(pilots.tree({"evaluation.n": 20})).find("flow.evaluation.failure_upper")[0]
    assert (found.value, found.low) == (None, None)


def test_a_rate_reaches_from_what_was_seen_to_its_upper_bound() -> None:
    seen = {"evaluation.n": 20, "evaluation.failures": 1}
    found = Deriver(pilots.tree(seen)).find("flow.evaluation.failure_upper")[0]
    assert found.value is not None
    assert (found.low, found.high) == (0.05, pytest.approx(found.value.value))
    assert found.value.value == pytest.approx(0.2161, abs=1e-4)
    assert "failures: 1 in 20 cases" in found.outside


def test_whole_requests_that_traces_show_bound_the_p99_from_below():
    """What takes nine seconds today takes no less at the planned peak, whatever the parts are."""
    known = pilots.tree({"sources[db].awaited": True, "sources[db].p99": 0.5, "pilot.uses": ("llm",), "observed.p99": 9.0,
                         "model.hosting": "none"}, sources=("db",))  # fmt: skip
    found = Deriver(known).find("flow.latency.floor")[0]
    assert (found.low if found.value is None else found.value.value) == 9.0
    parts = FactTree(
        {name: fact for name, fact in known.facts.items() if name != "observed.p99"}, known.items
    )
    before = Deriver(parts).find("flow.latency.floor")[0]
    assert (before.low if before.value is None else before.value.value) == 0.5


def test_an_index_that_outgrows_all_of_the_memory_is_refuted_without_the_engines_share() -> None:
    values = {
        "retrieval.vectors": 20e6, "retrieval.dims": 1536.0, "retrieval.bytes_per_element": 4.0, "retrieval.index": "hnsw",
        "retrieval.m": 16.0, "retrieval.engine": "pgvector", "retrieval.ram": 64 * 2**30, "demand.corpus_growth_12m": 2.0,
    }  # fmt: skip
    plain = pilots.tree(values)
    deriver = Deriver(FactTree(plain.facts, plain.items, catalogue=CATALOGUE))
    need, have = (deriver.find(f"flow.vector_index.{name}")[0] for name in ("bytes", "capacity"))
    assert (need.value, have.value) == (None, None)
    assert have.high == 64 * 2**30
    assert need.low is not None
    assert need.low >= 40e6 * 1536 * 4
