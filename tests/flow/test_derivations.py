"""The derived facts as a catalogue: names, inputs, intents, and what each function really reads."""

from __future__ import annotations

import flow_pilots as pilots
import pytest

from poc_gate.app.ground.catalogue import full_catalogue
from poc_gate.flow.derivations import DERIVATIONS
from poc_gate.flow.derive_facts import Deriver, derive_facts, derived_facts, flow_facts
from poc_gate.flow.intents import INTENTS, STRUCTURE
from poc_gate.inputs.manifest.fields.manifest_facts import manifest_facts
from poc_gate.model.claim import Provenance
from poc_gate.model.fact import Fact, FactTree, Role, generic_name
from poc_gate.model.quantity import Quantity, unit_powers

RICH = pilots.rich_trees()


def test_every_input_is_a_catalogued_fact():
    catalogue = full_catalogue()
    unknown = {name for d in DERIVATIONS for name in d.inputs if catalogue.find(name) is None}
    assert unknown == set()


def test_intents_are_those_of_the_manifest():
    assert {spec.name for spec in manifest_facts() if spec.role is Role.INTENT} == INTENTS
    assert not INTENTS & STRUCTURE


@pytest.mark.parametrize("derivation", DERIVATIONS, ids=lambda d: d.name)
def test_entry_is_complete(derivation):
    spec = derivation.spec()
    assert spec.formula
    assert spec.inputs
    assert not spec.meaning[0].islower()
    if spec.unit:
        unit_powers(spec.unit)


@pytest.mark.parametrize("tree", RICH, ids=lambda tree: str(tree.facts["pilot.uses"].value))
def test_functions_read_only_what_their_entry_names(tree):
    for fact in derived_facts(tree):
        if fact.value is None:
            continue
        declared = set(next(d for d in DERIVATIONS if d.name == generic_name(fact.name)).inputs)
        assert {generic_name(name) for name in fact.inputs} <= declared, fact.name


@pytest.mark.parametrize("tree", RICH, ids=lambda tree: str(tree.facts["pilot.uses"].value))
def test_known_facts_have_an_interval_around_the_value_and_a_formula(tree):
    for fact in derived_facts(tree):
        if isinstance(fact.value, Quantity):
            assert fact.low <= fact.value.value <= fact.high, fact.name
        if fact.value is not None:
            assert fact.formula, fact.name
            assert fact.provenance is not None


def test_what_rests_on_an_unstable_measurement_is_not_stable_either():
    from poc_gate.model.claim import Provenance
    from poc_gate.model.fact import Fact, FactTree

    def measured(name: str, value: float, *, stable: bool) -> Fact:
        fact = f"sources[db].{name}"
        return Fact(name=fact, value=Quantity(value, "s"), provenance=Provenance.MEASURED, stable=stable)

    for stable, expected in ((True, None), (False, False)):
        facts = [measured("p50", 0.01, stable=stable), measured("p99", 0.02, stable=True)]
        found = derived_facts(FactTree({fact.name: fact for fact in facts}, {"sources": ("db",)}))
        ratio = next(fact for fact in found if fact.name == "sources[db].tail_ratio")
        assert ratio.stable is expected
        assert ("sources[db].p50" in ratio.note) is not stable


def test_rich_trees_derive_nearly_everything():
    known = {generic_name(f.name) for tree in RICH for f in derived_facts(tree) if f.value is not None}
    assert {spec.name for spec in flow_facts()} - known == set()


def test_an_empty_tree_derives_nothing_and_names_what_is_missing():
    for fact in derived_facts(FactTree({})):
        if fact.name == "exposure.level":
            assert (fact.value, len(fact.assumptions)) == ("high", 5), "what is unknown counts as high"
            continue
        if fact.name.startswith("flow.models."):
            assert fact.value is not None, "a pilot that lists no further models has none"
            continue
        if fact.name == "flow.scan.read":
            assert fact.value is False, "no report of a scan was read"
            continue
        if fact.name == "flow.target.nodes_ours":
            assert fact.value is True, (
                "only a serverless platform, which nobody stated, takes nodes off the team"
            )
            continue
        assert fact.value is None, fact.name
        assert fact.why_unknown, fact.name


def test_only_what_is_wanted_is_computed():
    tree = derive_facts(pilots.assistant("a", "b"), wanted=frozenset({"sources[a].tail_ratio"}))
    assert tree.get("sources[a].tail_ratio").value == Quantity(4.0)
    assert "sources[b].tail_ratio" not in tree.facts
    assert "flow.weights.bytes" not in tree.facts


def test_a_missing_fact_is_traced_to_what_a_person_can_state():
    tree = pilots.assistant("a")
    facts = {k: v for k, v in tree.facts.items() if k != "model.kv_heads"}
    fact = Deriver(FactTree(facts, tree.items)).find("flow.device_memory.free_share")[0]
    assert fact.value is None
    assert "model.kv_heads" in fact.inputs
    assert "model.kv_heads" in fact.why_unknown


def test_provenance_is_the_weakest_observation_and_intents_do_not_count():
    facts = {
        "model.weight_bytes": pilots.fact("model.weight_bytes", 16e9, Provenance.IMPORTED),
        "model.kv_bytes_per_token": pilots.fact("model.kv_bytes_per_token", 1e5, Provenance.MEASURED),
        "demand.in_tokens_p95": pilots.fact("demand.in_tokens_p95", 100.0, Provenance.MEASURED),
        "demand.out_tokens_p95": pilots.fact("demand.out_tokens_p95", 100.0, Provenance.MEASURED),
        "model.planned_concurrency": pilots.fact("model.planned_concurrency", 4.0, Provenance.DECLARED),
        "model.activation_bytes": pilots.fact("model.activation_bytes", 1e9, Provenance.MEASURED),
        "target.device": pilots.fact("target.device", "h100", Provenance.DECLARED),
        "target.count": pilots.fact("target.count", 1.0, Provenance.DECLARED),
    }
    needed = Deriver(FactTree(facts)).find("flow.device_memory.required")[0]
    assert needed.provenance is Provenance.IMPORTED
    facts["model.weight_bytes"] = pilots.fact("model.weight_bytes", 16e9, Provenance.ASSUMED)
    assert Deriver(FactTree(facts)).find("flow.device_memory.required")[0].provenance is Provenance.ASSUMED


def test_a_stated_value_is_never_replaced_by_a_derived_one():
    stated = Fact("flow.weights.bytes", Quantity(1.0, "B"), Provenance.MEASURED)
    tree = FactTree({**pilots.assistant().facts, stated.name: stated})
    assert derive_facts(tree).get(stated.name) == stated
