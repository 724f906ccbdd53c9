"""No rule passes on a prediction that has left the ground of its model, unless its whole interval passes."""

from __future__ import annotations

import math

import pytest
from fact_texts import TODAY, fact, only
from msgspec.structs import replace
from rule_texts import pack_of, rule_text

from poc_gate.app.ground.packs.rule_packs import load_rule_packs
from poc_gate.judge.evaluate.checking.check_expectation import check
from poc_gate.judge.evaluate.checking.gather_inputs import Gathered, plain_value
from poc_gate.judge.packs.read_example import RESERVED, example_tree
from poc_gate.model.fact import Fact, FactTree
from poc_gate.model.finding import State
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import Rule

DECLARED = rule_text("Z02-declared", "{value: t, at_most: 10 ms}", "{t: 'sources[].p99'}", for_each="sources")
PACKS = load_rule_packs()
READING = sorted(
    (rule.id, name)
    for rule in PACKS.rules.values()
    for name, generic in rule.given.items()
    if generic.startswith("flow.") and rule.expect.operator in {"at_most", "at_least", "between"}
    and isinstance(_spec := PACKS.catalogue.specs[generic].unit, str) and _spec
    and name in PACKS.compiled(rule).used
    and not any("[]" in other for other in rule.given.values())  # the examples of these hold no items
)  # fmt: skip


@pytest.mark.parametrize(
    ("interval", "state"),
    [((0.006, 0.009), State.PASS), ((0.002, 0.012), State.UNKNOWN), ((0.011, 0.014), State.FAIL)],
)
def test_outside_its_ground_only_the_whole_interval_decides(
    interval: tuple[float, float], state: State
) -> None:
    low, high = interval
    held = fact(
        "sources[a].p99", ((low + high) / 2, "s"), low=low, high=high, outside="no such link was measured"
    )
    assert only(pack_of(DECLARED), held, sources=("a",)).state is state
    inside = replace(held, outside="")
    assert only(pack_of(DECLARED), inside, sources=("a",)).state is not State.UNKNOWN


@pytest.mark.parametrize(
    ("low", "likely", "state"),
    [(0.001, 0.002, State.UNKNOWN), (0.009, 0.02, State.UNKNOWN), (0.011, 0.02, State.FAIL)],
)
def test_a_time_without_an_upper_end_never_passes_and_fails_where_its_least_is_too_much(
    low: float, likely: float, state: State
) -> None:
    held = fact("sources[a].p99", (likely, "s"), low=low, high=math.inf, outside="requests may have to queue")
    assert only(pack_of(DECLARED), held, sources=("a",)).state is state


def outcome_of(rule: Rule, tree: FactTree) -> State:
    """Return what the rule's assertion comes to on plain facts."""
    facts = {name: (tree.get(generic),) for name, generic in rule.given.items()}
    values = {name: limit.value.value for name, limit in rule.limits.items()}
    values |= {name: plain_value(held[0]) for name, held in facts.items()}
    return check(PACKS.compiled(rule), Gathered(values, facts, (), ()), TODAY).state


@pytest.mark.parametrize(("rule_id", "name"), READING)
def test_no_shipped_rule_passes_on_a_likely_value_from_outside(rule_id: str, name: str) -> None:
    rule = PACKS.rules[rule_id]
    passed = 0
    for example in rule.examples:
        if example.state != "pass" or example.given.get(name) is None or name in RESERVED:
            continue
        tree = example_tree(rule, example, PACKS.catalogue, TODAY)
        if outcome_of(rule, tree) is not State.PASS:
            continue
        passed += 1
        held = tree.get(rule.given[name])
        assert isinstance(held.value, Quantity)
        wide: Fact = replace(held, low=-1e12, high=1e12, outside="ground that nobody measured")
        assert outcome_of(rule, tree.with_facts((wide,))) is State.UNKNOWN
    assert passed, f"no example of {rule_id} passes by {name}"


def test_of_many_uncertain_inputs_the_one_from_outside_is_varied() -> None:
    names = [f"sources[].{name}" for name in ("p50", "p99", "rtt", "timeout", "extract_time", "cache_ttl")]
    given = ", ".join(f"x{i}: '{name}'" for i, name in enumerate(names))
    total = " + ".join(f"x{i}" for i in range(len(names)))
    rule = rule_text("Z03-many", f"{{value: {total}, at_most: 10 s}}", f"{{{given}}}", for_each="sources")
    held = [
        fact(name.replace("[]", "[a]"), (1.0, "s"), low=0.99, high=1.01, outside="" if i < 5 else "elsewhere")
        for i, name in enumerate(names)
    ]
    assert only(pack_of(rule), *held, sources=("a",)).state is State.PASS
    held[-1] = replace(held[-1], high=9.0)
    assert only(pack_of(rule), *held, sources=("a",)).state is State.UNKNOWN
