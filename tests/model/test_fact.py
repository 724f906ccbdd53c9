"""Names with item ids, the catalogue's look-up, and a tree that answers for what it lacks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_gate.app.ground.catalogue import full_catalogue
from poc_gate.model.claim import Place
from poc_gate.model.fact import (
    Catalogue,
    Fact,
    FactSpec,
    FactTree,
    Kind,
    generic_name,
    is_share_name,
    item_name,
)

SPECS = (
    FactSpec("slo.p99", Kind.QUANTITY, "99th percentile", "s", resolve="add `p99: 2 s`"),
    FactSpec(
        "sources[].p99", Kind.QUANTITY, "99th percentile of one call", "s", resolve="add under `sources[ID]`"
    ),
)
CATALOGUE = Catalogue(SPECS)
PLACES = {
    "": Place("pilot.yaml", 1, 1),
    "slo": Place("pilot.yaml", 5, 1),
    "sources": Place("pilot.yaml", 8, 1),
    "sources[a.b]": Place("pilot.yaml", 9, 3),
}


@given(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,20}", fullmatch=True))
def test_an_item_s_name_leads_back_to_its_generic_name(item):
    assert generic_name(item_name("sources[].p99", item)) == "sources[].p99"
    assert generic_name(item_name("path.stages[].p99", item)) == "path.stages[].p99"


def test_the_catalogue_finds_items_and_the_nearest_name():
    assert CATALOGUE.find("sources[policy-db].p99") is SPECS[1]
    assert CATALOGUE.find("sources[policy-db].p98") is None
    assert CATALOGUE.nearest("slo.p9") == "slo.p99"
    assert CATALOGUE.nearest("zzz") == ""


def test_a_name_given_twice_is_refused():
    with pytest.raises(ValueError, match=r"catalogued twice: slo\.p99"):
        Catalogue((*SPECS, SPECS[0]))


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("slo.p50", 5),
        ("sources[a.b].p99", 9),
        ("sources[gone].p99", 8),
        ("model.layers", 1),
        ("sources[a.b].x.y", 9),
    ],
)
def test_an_absent_fact_stands_where_its_nearest_parent_begins(name, line):
    tree = FactTree({}, item_places=PLACES, catalogue=CATALOGUE)
    fact = tree.get(name)
    assert fact.value is None
    assert fact.why_unknown == "not stated"
    assert fact.place.line == line


def test_an_absent_fact_tells_the_line_to_add_for_its_item():
    tree = FactTree({}, item_places=PLACES, catalogue=CATALOGUE)
    assert tree.get("sources[a.b].p99").resolve == "add under `sources[a.b]`"
    assert tree.get("slo.p99").resolve == "add `p99: 2 s`"
    assert FactTree({}).get("slo.p99").resolve == ""


def test_an_unknown_never_replaces_what_is_known():
    known, unknown = Fact("slo.p99", "2"), Fact("slo.p99", None, why_unknown="lost")
    tree = FactTree({"slo.p99": known}, catalogue=CATALOGUE)
    assert tree.with_facts((unknown,)).get("slo.p99") is known
    assert tree.with_facts((Fact("slo.p99", "3"),)).get("slo.p99").value == "3"
    assert tree.get("slo.p99") is known


def test_a_share_is_told_by_its_name_as_the_catalogue_has_it():
    """Whatever is a share of one by its range has a name that says so, and no count or factor has such a name."""
    plain = [
        spec for spec in full_catalogue().specs.values() if spec.kind is Kind.QUANTITY and spec.unit == "1"
    ]
    of_one = {spec.name for spec in plain if spec.high == 1}
    counts = {spec.name for spec in plain if spec.high is not None and spec.high > 10}
    assert {name for name in of_one if not is_share_name(name)} == set()
    assert {name for name in counts if is_share_name(name)} == set()
    assert is_share_name("sources[orders].load_share")
    assert not is_share_name("flow.latency.tail_ratio")
