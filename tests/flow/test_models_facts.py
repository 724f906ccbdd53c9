"""Every model of a pilot counts: the first that ends, moves, is forbidden or learns from the data."""

from __future__ import annotations

import math

import flow_pilots as pilots
import pytest

from poc_gate.flow.derive_facts import Deriver
from poc_gate.model.fact import Fact

TODAY = {"assessment.today": "2026-11-23"}
BOTH: dict[str, object] = {
    "models[rerank].hosting": "hosted", "models[rerank].retires_on": "2027-06-01",
    "models[rerank].alias_floating": False, "models[rerank].provider_trains": False,
    "models[embed].hosting": "self", "models[embed].alias_floating": False, "models[embed].licence_allows": True,
}  # fmt: skip


def found(name: str, **changes: object) -> Fact:
    stated = {**TODAY, **BOTH, **{key.replace("__", "."): value for key, value in changes.items()}}
    known = {key: value for key, value in stated.items() if value is not None}
    return Deriver(pilots.tree(known, models=("rerank", "embed"))).find(name)[0]  # type: ignore[arg-type]


def number(fact: Fact) -> float:
    assert fact.value is not None, fact.why_unknown
    return fact.value.value  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["hosted", "self_hosted", "floating", "barred", "learning"])
def test_without_further_models_there_is_nothing_to_count(name: str) -> None:
    assert number(Deriver(pilots.tree(TODAY)).find(f"flow.models.{name}")[0]) == 0
    assert number(Deriver(pilots.tree(TODAY)).find("flow.models.served_for")[0]) == math.inf


def test_the_model_that_ends_first_counts_unless_its_successor_is_ready() -> None:
    assert number(found("flow.models.served_for")) == 190 * 86400
    ready = {"models[rerank].successor_evaluated": True}
    assert number(found("flow.models.served_for", **ready)) == math.inf
    gone = {**ready, "models[rerank].retires_on": "2026-11-01"}
    assert number(found("flow.models.served_for", **gone)) < 0
    silent = found("flow.models.served_for", **{"models[rerank].retires_on": None})
    assert (silent.value, silent.inputs) == (None, ("models[rerank].retires_on",))


def test_a_model_of_which_nobody_says_who_runs_it_is_asked_about() -> None:
    silent = found("flow.models.floating", **{"models[embed].hosting": None})
    assert (silent.value, silent.inputs) == (None, ("models[embed].hosting",))


@pytest.mark.parametrize(
    ("fact", "field", "bad", "good"),
    [
        ("floating", "models[embed].alias_floating", True, False),
        ("floating", "models[rerank].alias_floating", True, False),
        ("barred", "models[embed].licence_allows", False, True),
        ("learning", "models[rerank].provider_trains", True, False),
    ],
)
def test_one_model_that_falls_short_is_enough(fact: str, field: str, bad: bool, good: bool) -> None:
    name = f"flow.models.{fact}"
    assert number(found(name, **{field: bad})) == 1
    assert number(found(name, **{field: good})) == 0
    assert found(name, **{field: None}).value is None


def test_one_that_falls_short_is_known_though_another_is_silent() -> None:
    changes = {"models[embed].alias_floating": True, "models[rerank].alias_floating": None}
    fact = found("flow.models.floating", **changes)
    assert (fact.value, fact.low) == (None, 1.0)


def test_what_is_counted_is_named_and_bounded() -> None:
    fact = found("flow.models.hosted")
    assert fact.formula == "further models: rerank"
    assert Deriver(pilots.tree(TODAY)).find("flow.models.hosted")[0].formula == "further models: none"
    assert found("flow.models.floating").formula == "under an alias that can move: none"
    assert (
        found("flow.models.floating", **{"models[embed].alias_floating": True}).formula
        == "under an alias that can move: embed"
    )
    silent = found("flow.models.floating", **{"models[embed].alias_floating": None})
    assert (silent.value, silent.low) == (None, None)
    assert found("flow.models.served_for", **{"assessment.today": None}).inputs == ("assessment.today",)


def test_the_first_end_from_launch_on_with_the_time_of_day_left_out() -> None:
    """From 2026-11-23 it is 190 days to 2027-06-01, from a launch on 2027-05-31 one, and none on the day itself."""
    timed = {"assessment.today": "2026-11-23T10:00", "models[rerank].retires_on": "2027-06-01T10:00"}
    assert number(found("flow.models.served_for", **timed)) == 190 * 86400
    launched = {"pilot.go_live": "2027-05-31", "models[rerank].successor_evaluated": True}
    assert number(found("flow.models.served_for", **launched)) == math.inf
    same = {**launched, "pilot.go_live": "2027-06-01"}
    assert number(found("flow.models.served_for", **same)) == 0.0
    two = {"models[embed].hosting": "hosted", "models[embed].retires_on": "2027-01-22"}
    both = found("flow.models.served_for", **two)
    assert (number(both), both.formula) == (60 * 86400, "embed ends first")
    silent = found("flow.models.served_for", **{**two, "models[rerank].retires_on": None})
    assert (silent.value, silent.high, silent.inputs) == (None, 60 * 86400, ("models[rerank].retires_on",))
    none = found("flow.models.served_for", **{"models[rerank].retires_on": None})
    assert none.high is None
