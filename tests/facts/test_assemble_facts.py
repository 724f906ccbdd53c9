"""The strongest statement gives the value, contradictions are recorded, and nothing unknown is filled in."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_gate.errors import InternalError, InvalidInputError
from poc_gate.facts.assemble_facts import assemble_facts
from poc_gate.facts.compare_values import EXACT, SHARE, TOLERANCE, contradict
from poc_gate.facts.fact_catalogue import assemble_catalogue
from poc_gate.inputs.manifest.fields.manifest_facts import manifest_facts
from poc_gate.model.claim import STRENGTH, Claim, Place, Provenance
from poc_gate.model.fact import FactSpec, Kind
from poc_gate.model.measurement import Measurement
from poc_gate.model.quantity import Quantity

MACHINE = FactSpec(
    "machine.memory.total", Kind.QUANTITY, "Memory", "B", low=0, resolve="run `poc-gate probe`"
)
CATALOGUE = assemble_catalogue(manifest_facts(), (MACHINE,))
P99 = "sources[db].p99"


def claim(fact, value, provenance=Provenance.DECLARED, line=1):
    return Claim(fact, value, provenance, Place("pilot.yaml", line, 3))


def seconds(number):
    return Quantity(number, "s")


def tree(claims=(), measurements=()):
    return assemble_facts(
        CATALOGUE,
        claims,
        measurements,
        items={"sources": ("db",)},
        item_places={"": Place("pilot.yaml", 1, 1), "sources[db]": Place("pilot.yaml", 9, 3)},
        today="2026-11-23",
    )


def test_a_claim_becomes_a_fact_with_its_place():
    fact = tree([claim(P99, seconds(0.14), line=12)]).get(P99)
    assert (fact.value, fact.provenance, fact.place.line) == (seconds(0.14), Provenance.DECLARED, 12)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_strongest_provenance_wins_in_any_order(order):
    claims = [
        claim(P99, seconds(0.14), Provenance.DECLARED, 3),
        claim(P99, seconds(0.141), Provenance.IMPORTED, 2),
        claim(P99, seconds(0.142), Provenance.EVIDENCED, 1),
    ]
    found = tree([claims[i] for i in order])
    assert found.get(P99).value == seconds(0.142)
    assert found.get(P99).provenance is Provenance.EVIDENCED
    assert found.contradictions == ()


def test_a_contradiction_is_recorded_with_both_places_and_lowers_the_class():
    measured = Measurement(P99, seconds(0.30), low=0.28, high=0.33, stable=True, source="run 7")
    found = tree([claim(P99, seconds(0.14), line=12)], [measured])
    (one,) = found.contradictions
    assert (one.fact, one.stronger, one.weaker) == (P99, seconds(0.30), seconds(0.14))
    assert (one.stronger_provenance, one.weaker_provenance) == (Provenance.MEASURED, Provenance.DECLARED)
    assert (one.stronger_place.file, one.weaker_place.line) == ("run 7", 12)
    assert one.difference == pytest.approx(0.16 / 0.30)
    fact = found.get(P99)
    assert fact.value == seconds(0.30)
    assert fact.provenance is Provenance.DECLARED
    assert "contradicted by declared 140 ms at pilot.yaml:12:3" in fact.note


def test_a_claim_within_the_measured_spread_is_no_contradiction():
    measured = Measurement(P99, seconds(0.30), low=0.10, high=0.40)
    found = tree([claim(P99, seconds(0.14))], [measured])
    assert found.contradictions == ()
    assert found.get(P99).provenance is Provenance.MEASURED


def test_equal_strength_and_different_values_contradict_and_the_first_place_gives_the_value():
    claims = [
        claim(P99, seconds(2.0), Provenance.IMPORTED, 8),
        claim(P99, seconds(1.0), Provenance.IMPORTED, 5),
    ]
    for order in (claims, claims[::-1]):
        found = tree(order)
        assert found.get(P99).value == seconds(1.0)
        assert len(found.contradictions) == 1


def test_assumed_values_contradict_nothing_and_stay_assumed():
    assumed = Measurement(MACHINE.name, Quantity(8e9, "B"), provenance=Provenance.ASSUMED, source="datasheet")
    alone = tree((), [assumed])
    assert alone.get(MACHINE.name).provenance is Provenance.ASSUMED
    both = tree((), [assumed, Measurement(MACHINE.name, Quantity(16e9, "B"))])
    assert both.get(MACHINE.name).value == Quantity(16e9, "B")
    assert both.contradictions == ()


def test_what_could_not_be_measured_says_why():
    unmeasured = Measurement(MACHINE.name, None, reason="no permission to read /proc")
    fact = tree((), [unmeasured]).get(MACHINE.name)
    assert fact.value is None
    assert fact.why_unknown == "no permission to read /proc"
    assert fact.resolve == "run `poc-gate probe`"


def test_a_claim_stands_in_for_a_measurement_that_failed_and_says_so():
    found = tree([claim(P99, seconds(0.14))], [Measurement(P99, None, reason="no driver")])
    assert found.get(P99).value == seconds(0.14)
    assert found.get(P99).note == "not measured: no driver"


def test_unstable_measurements_stay_marked():
    fact = tree((), [Measurement(P99, seconds(0.1), stable=False, reason="spread 40 %")]).get(P99)
    assert fact.stable is False
    assert fact.note == "spread 40 %"


def test_an_unstable_measurement_refutes_no_claim():
    measured = Measurement(P99, seconds(0.1), stable=False, reason="this machine sent too late")
    found = tree([claim(P99, seconds(0.002))], [measured])
    assert found.contradictions == ()
    assert found.get(P99).stable is False


def test_an_implausible_measurement_is_unknown_and_an_implausible_claim_is_refused():
    fact = tree((), [Measurement(P99, seconds(-1.0))]).get(P99)
    assert fact.value is None
    assert "implausible" in fact.why_unknown
    with pytest.raises(InvalidInputError, match=r"pilot.yaml:4:3: .*is outside 0 s to 1 d"):
        tree([claim(P99, seconds(1e9), Provenance.IMPORTED, 4)])
    with pytest.raises(InvalidInputError, match="is not one of live, snapshot, extract"):
        tree([claim("sources[db].kind", "dump", Provenance.IMPORTED)])


@pytest.mark.parametrize(
    "bad", [claim("slo.p98", seconds(1.0)), claim("slo.p99", "text"), claim("slo.p99", Quantity(1.0, "B"))]
)
def test_what_no_room_catalogues_is_a_bug_of_ours(bad):
    with pytest.raises(InternalError):
        tree([bad])


def test_an_absent_fact_is_unknown_with_place_and_the_line_to_add():
    fact = tree().get(P99)
    assert fact.value is None
    assert fact.resolve == "add `p99: 120 ms` under `sources[db]` of the manifest"
    assert fact.place.line == 9
    assert tree().get("slo.p50").place.line == 1


def test_today_comes_in_as_a_fact():
    assert tree().get("assessment.today").value == "2026-11-23"


def test_adding_facts_keeps_the_way_to_learn_the_others():
    assert tree().with_facts(()).get(P99).resolve.startswith("add `p99")


@pytest.mark.parametrize(
    ("fact", "left", "right", "against"),
    [
        ("slo.p99", seconds(1.0), seconds(1.09), False),
        ("slo.p99", seconds(1.0), seconds(1.2), True),
        ("target.device_memory", Quantity(80e9, "B"), Quantity(80 * 2.0**30, "B"), True),
        ("target.device_memory", Quantity(80e9, "B"), Quantity(80.5e9, "B"), False),
        ("model.layers", Quantity(32.0), Quantity(33.0), True),
        ("slo.availability", Quantity(0.999), Quantity(0.995), True),
        ("slo.availability", Quantity(0.999), Quantity(0.9990000001), False),
        ("sources[].cache_hit", Quantity(0.60), Quantity(0.62), False),
        ("sources[].system", "PostgreSQL", " postgresql ", False),
        ("sources[].system", "postgresql", "mysql", True),
        ("sources[].access_offered", ("scan", "lookup"), ("lookup", "scan"), False),
        ("sources[].access_offered", ("scan",), ("lookup", "scan"), True),
        ("sources[].personal_data", True, False, True),
        ("cost.monthly_cap", Quantity(1200.0, "money"), Quantity(1210.0, "money"), True),
    ],
)
def test_tolerance_follows_the_kind_of_fact(fact, left, right, against):
    spec = CATALOGUE.find(fact)
    assert contradict(spec, left, right) is against
    assert contradict(spec, right, left) is against


@given(
    st.floats(1e-6, 1e6),
    st.floats(0.5, 2.0),
    st.sampled_from(["slo.p99", "target.device_memory", "model.layers"]),
)
def test_a_contradiction_is_symmetric_and_starts_at_the_tolerance(value, factor, fact):
    spec = CATALOGUE.find(fact)
    left, right = Quantity(value, spec.unit), Quantity(value * factor, spec.unit)
    apart = abs(1 - factor) / max(1, factor)
    tolerance = TOLERANCE.get(spec.unit, EXACT)
    if abs(apart - tolerance) > 1e-6:
        assert contradict(spec, left, right) == contradict(spec, right, left) == (apart > tolerance)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([p for p in STRENGTH if p is not Provenance.ASSUMED]), st.floats(0.001, 10)
        ),
        min_size=1,
        max_size=5,
    ),
    st.randoms(),
)
def test_the_order_of_reading_never_matters(statements, random):
    claims = [
        claim(P99, seconds(value), provenance, line) for line, (provenance, value) in enumerate(statements, 1)
    ]
    first = tree(claims)
    random.shuffle(claims)
    assert tree(claims) == first


@given(st.lists(st.sampled_from(list(STRENGTH)), min_size=1, max_size=4), st.sampled_from(list(STRENGTH)))
def test_an_agreeing_statement_never_weakens_a_fact(provenances, further):
    claims = [claim(P99, seconds(1.0), provenance) for provenance in provenances]
    before = tree(claims).get(P99).provenance
    after = tree([*claims, claim(P99, seconds(1.0), further)]).get(P99).provenance
    assert STRENGTH[after] == max(STRENGTH[before], STRENGTH[further])


def test_the_tolerances_are_those_of_the_docs():
    assert TOLERANCE["s"] == SHARE == 0.10
    assert TOLERANCE["B"] == 0.02


def test_a_fact_of_two_rooms_gains_the_second_way_to_learn_it():
    measured = FactSpec(
        "sources[].p99", Kind.QUANTITY, "measured", "s", resolve="run `poc-gate sources run`", origin="source"
    )
    catalogue = assemble_catalogue(manifest_facts(), (measured,))
    spec = catalogue.find("sources[db].p99")
    assert spec.resolve.endswith(", or run `poc-gate sources run`")
    assert spec.origin == "manifest"


def test_rooms_that_mean_different_things_by_one_name_are_a_bug_of_ours():
    other = FactSpec("slo.p99", Kind.QUANTITY, "a size", "B", origin="source")
    with pytest.raises(
        InternalError, match=r"slo.p99 is quantity in s for manifest, but quantity in B for source"
    ):
        assemble_catalogue(manifest_facts(), (other,))
