"""What observations prove false fails a rule; what was not observed changes nothing; what reaches over the limit decides nothing."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from poc_gate.app.ground.packs.rule_packs import load_rule_packs
from poc_gate.judge.evaluate.checking.gather_inputs import Context
from poc_gate.judge.evaluate.evaluate_rules import rule_findings
from poc_gate.judge.packs.read_example import EXAMPLE_DAY, example_tree
from poc_gate.model.finding import State
from poc_gate.model.rule import Example, Stage
from poc_gate.words.judged.findings import worded

PACKS = load_rule_packs([])
WITH_SEEN = sorted(rule.id for rule in PACKS.rules.values() if rule.seen)


def judged(rule, given, change=None):
    tree = example_tree(rule, Example("pass", given), PACKS.catalogue, EXAMPLE_DAY)
    if change:
        facts = {
            name: (change(fact) if not name.startswith("assessment") else fact)
            for name, fact in tree.facts.items()
        }
        tree = replace(tree, facts=facts)
    return rule_findings(rule, Context(PACKS, tree, Stage.PRODUCTION, EXAMPLE_DAY))[0]


def test_observations_reach_the_rules_that_they_are_about():
    short = {rule.partition("-")[0] for rule in WITH_SEEN}
    assert short >= {
        "A01",
        "B03",
        "B07",
        "B08",
        "B09",
        "B16",
        "B17",
        "D09",
        "F07",
        "F11",
        "F13",
        "G01",
        "G06",
        "G07",
    }


@pytest.mark.parametrize("name", WITH_SEEN)
def test_without_observations_a_rule_is_what_it_was(name):
    rule = PACKS.rules[name]
    plain = replace(rule, seen=())
    only = PACKS.compiled(rule).only_seen
    assert only
    for example in rule.examples:
        given = {
            key: value
            for key, value in example.given.items()
            if key not in only and not key.startswith("evidence")
        }
        told, before = judged(rule, given), judged(plain, given)
        assert (told.state, told.held, told.unknown, told.margin) == (
            before.state,
            before.held,
            before.unknown,
            before.margin,
        )
        assert not any(one.name in only for one in told.inputs)


@pytest.mark.parametrize("name", WITH_SEEN)
def test_an_observation_that_fails_says_what_was_seen(name):
    rule = PACKS.rules[name]
    only = PACKS.compiled(rule).only_seen
    failing = [one for one in rule.examples if one.state == "fail" and only & set(one.given)]
    assert failing
    for example in failing:
        found = worded(judged(rule, dict(example.given)))
        assert found.state is State.FAIL
        assert any(found.message.startswith(part.says) for part in rule.seen)
        without = {key: value for key, value in example.given.items() if key not in only}
        assert judged(rule, without).state is not State.FAIL


def spread(name, low, high):
    return lambda fact: replace(fact, low=low, high=high) if fact.name == name else fact


@pytest.mark.parametrize(
    ("low", "high", "state"), [(0.006, 0.04, State.FAIL), (0.004, 0.04, State.PASS), (None, 0.04, State.FAIL)]
)
def test_the_whole_interval_of_an_observation_must_be_beyond_the_limit(low, high, state):
    given = {"klass": "interactive", "product": "99.9 %", "promise": "99.5 %", "errors": "2 %"}
    assert (
        judged(PACKS.rules["B17-path-availability"], given, spread("observed.error_rate", low, high)).state
        is state
    )


def test_a_measurement_that_scattered_says_nothing():
    given = {"klass": "interactive", "product": "99.9 %", "promise": "99.5 %", "errors": "20 %"}
    found = judged(
        PACKS.rules["B17-path-availability"], given,
        lambda fact: replace(fact, stable=False) if fact.name == "observed.error_rate" else fact,
    )  # fmt: skip
    assert found.state is State.PASS


def test_a_condition_that_nobody_knows_is_not_met():
    given = {"hosting": "self", "needed": 9, "most": 32, "kv_use": "96 %", "preempted": 5, "peak": "5 req/s"}
    assert judged(PACKS.rules["B08-concurrency-fits"], given).state is State.PASS


def test_sources_that_are_listed_as_none_do_not_hide_a_store_that_is_called():
    rule = PACKS.rules["A01-sources-inventoried"]
    tree = example_tree(
        rule, Example("fail", {"called": ["redis cache:6379"], "unseen": []}), PACKS.catalogue, EXAMPLE_DAY
    )
    tree = replace(tree, items={"sources": ()})
    assert rule_findings(rule, Context(PACKS, tree, Stage.PRODUCTION, EXAMPLE_DAY))[0].state is State.FAIL
