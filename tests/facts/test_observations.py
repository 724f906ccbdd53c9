"""What was seen of the running pilot counts before what anybody wrote; the difference is recorded once."""

from __future__ import annotations

import pytest

from poc_gate.facts.assemble_facts import assemble_facts
from poc_gate.facts.fact_catalogue import assemble_catalogue
from poc_gate.inputs.manifest.fields.manifest_facts import manifest_facts
from poc_gate.model.claim import Claim, Place, Provenance
from poc_gate.model.measurement import Measurement
from poc_gate.model.observation import Observation
from poc_gate.model.quantity import Quantity

CATALOGUE = assemble_catalogue(manifest_facts())
P99 = "sources[db].p99"


def seen(value, *, low=None, high=None, file="traces.jsonl", dated="2026-11-20", **more):  # noqa: ANN003
    return Observation(
        P99, Quantity(value, "s"), Place(file), low, high, samples=900, dated=dated, sha256="ab", **more
    )


def tree(claims=(), measurements=(), observations=()):
    return assemble_facts(
        CATALOGUE, claims, measurements, observations=observations,
        items={"sources": ("db",)}, item_places={}, today="2026-11-23",
    )  # fmt: skip


def typed(value):
    return Claim(P99, Quantity(value, "s"), Provenance.DECLARED, Place("pilot.yaml", 4, 3))


def test_an_observed_value_beats_a_typed_one_and_stays_measured():
    found = tree([typed(0.1)], (), [seen(0.4, low=0.35, high=0.5)])
    fact = found.get(P99)
    assert (fact.value, fact.provenance, fact.sha256) == (Quantity(0.4, "s"), Provenance.MEASURED, "ab")
    assert (fact.low, fact.high) == (0.35, 0.5)
    assert "counts in place of declared 100 ms at pilot.yaml:4:3" in fact.note
    (clash,) = found.contradictions
    assert (clash.stronger_place.file, clash.weaker_place.file) == ("traces.jsonl", "pilot.yaml")


@pytest.mark.parametrize("value", [0.36, 0.43])
def test_a_typed_value_within_the_interval_or_the_tolerance_is_no_difference(value):
    assert tree([typed(value)], (), [seen(0.4, low=0.35, high=0.5)]).contradictions == ()


def test_the_pilots_own_traffic_counts_before_a_probe_and_neither_is_lowered():
    probe = Measurement(P99, Quantity(0.2, "s"), "s", low=0.19, high=0.21, source="sources.json")
    found = tree((), [probe], [seen(0.4, low=0.35, high=0.5)])
    assert found.get(P99).value == Quantity(0.4, "s")
    assert found.get(P99).provenance is Provenance.MEASURED
    assert len(found.contradictions) == 1


def test_intervals_that_meet_do_not_contradict():
    probe = Measurement(P99, Quantity(0.2, "s"), "s", low=0.19, high=0.36, source="sources.json")
    assert tree((), [probe], [seen(0.4, low=0.35, high=0.5)]).contradictions == ()


@pytest.mark.parametrize("swap", [False, True])
def test_of_two_observations_the_newer_counts_in_any_order(swap):
    both = [seen(0.4, file="a.jsonl"), seen(0.8, file="b.jsonl", dated="2026-11-22")]
    found = tree((), (), both[::-1] if swap else both)
    assert found.get(P99).value == Quantity(0.8, "s")


def test_one_that_is_only_imported_is_lowered_like_any_file():
    weaker = seen(0.4, provenance=Provenance.IMPORTED, reason="the file does not give its version")
    found = tree([typed(0.1)], (), [weaker])
    assert found.get(P99).provenance is Provenance.DECLARED
    assert found.get(P99).value == Quantity(0.4, "s")


def test_too_few_samples_refute_nobody():
    assert tree([typed(0.1)], (), [seen(0.4, stable=False)]).contradictions == ()


def test_an_implausible_observation_says_why_it_is_unknown():
    fact = tree((), (), [seen(-3.0)]).get(P99)
    assert fact.value is None
    assert "implausible" in fact.why_unknown
