"""Numbers as people write them become values of the manifest; what could mean two things is refused."""

from __future__ import annotations

import pytest

from poc_gate.inputs.manifest.fields.field_tree import Leaf, manifest_tree
from poc_gate.inputs.manifest.reading.read_value import ValueFault
from poc_gate.inputs.manifest.writing.typed_answers import read_typed
from poc_gate.model.quantity import Quantity

LEAVES = {leaf.path: leaf for leaf in manifest_tree().leaves()}


def leaf(path: str) -> Leaf:
    return LEAVES[path]


@pytest.mark.parametrize(
    "typed", ["500/day", "500 a day", "500 per day", "500", "500 requests a day", "500 req/d", "0.5k a day"]
)
def test_a_load_is_taken_as_people_write_it(typed: str) -> None:
    found = read_typed(leaf("demand.requests_per_day"), typed)
    assert isinstance(found, Quantity)
    assert found.value == pytest.approx(500 / 86400)


@pytest.mark.parametrize(
    ("path", "typed", "value"),
    [
        ("demand.peak_hour_share", "50%", 0.5),
        ("demand.peak_hour_share", "50 percent", 0.5),
        ("slo.p99", "2s", 2.0),
        ("slo.p99", "2 seconds", 2.0),
        ("slo.p99", "3 minutes", 180.0),
        ("sources[].max_age_needed", "2 days", 172800.0),
        ("demand.in_tokens_p50", "1,000", 1000.0),
        ("demand.in_tokens_p50", "1200 tokens", 1200.0),
        ("demand.requests_per_day", "1,000 per hour", 1000 / 3600),
        ("demand.requests_per_day", "2 million a day", 2e6 / 86400),
        ("target.replicas", "1,000", 1000.0),
    ],
)
def test_numbers_as_people_write_them(path: str, typed: str, value: float) -> None:
    found = read_typed(leaf(path), typed)
    assert isinstance(found, Quantity)
    assert found.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("path", "typed"), [("slo.p99", "2"), ("slo.p99", "2 parsecs"), ("demand.peak_hour_share", "0.5")]
)
def test_what_could_mean_two_things_is_asked_again(path: str, typed: str) -> None:
    with pytest.raises(ValueFault):
        read_typed(leaf(path), typed)


def test_none_is_an_empty_list_and_names_stay_as_typed() -> None:
    assert read_typed(leaf("purpose.regimes"), "none") == ()
    assert read_typed(leaf("model.name"), "a day in May") == "a day in May"


@pytest.mark.parametrize(
    "typed", ["about 500 a day", "~500/day", "ca. 500 a day", "Roughly 500 a day", "≈ 500 a day"]
)
def test_a_rough_number_is_taken_as_the_number(typed: str) -> None:
    demand = leaf("demand.requests_per_day")
    assert read_typed(demand, typed) == read_typed(demand, "500 a day")
