"""Bounds decide: where the known part alone refutes or proves a rule, the rule is decided and says so."""

from __future__ import annotations

import pytest
from fact_texts import only
from rule_texts import pack_of, rule_text

from poc_gate.app.ground.catalogue import full_catalogue
from poc_gate.flow.derive_facts import derive_facts
from poc_gate.model.claim import Provenance
from poc_gate.model.fact import Fact, FactTree
from poc_gate.model.finding import Finding, State
from poc_gate.model.quantity import Quantity

CATALOGUE = full_catalogue()
DAY = 86400.0
MOST = rule_text(
    "Z02-cost", "{value: month, at_most: budget}", "{month: flow.cost.month, budget: cost.monthly_cap}"
)
LEAST = rule_text("Z03-worth", "{value: ratio, at_least: 1}", "{ratio: flow.value.ratio}")
SHARE = rule_text("Z04-share", "{value: share, at_least: 80 %}", "{share: flow.contracts.coverage}")
UNITS = {"demand.requests_per_day": "req/s", "cost.in_token": "money/tok", "cost.out_token": "money/tok"}
HOSTED: dict[str, object] = {
    "pilot.uses": ("llm",),
    "model.hosting": "hosted",
    "demand.requests_per_day": 200_000 / DAY,
    "demand.in_tokens_p50": 2000.0,
    "demand.out_tokens_p50": 300.0,
    "cost.in_token": 3e-6,
    "cost.monthly_cap": 5000.0,
    "value.value_per_request": 0.001,
}


def found(rule: str, **changes: object) -> Finding:
    """Return the finding of one rule over a hosted pilot; None leaves a fact out."""
    stated = {**HOSTED, **{name.replace("__", "."): value for name, value in changes.items()}}
    facts = {
        name: Fact(name, Quantity(value, UNITS.get(name, "money" if "cost" in name or "value" in name else "tok"))
                   if isinstance(value, float) else value)
        for name, value in stated.items() if value is not None
    }  # fmt: skip
    tree = derive_facts(FactTree(facts))  # type: ignore[arg-type]
    return only(pack_of(rule), *tree.facts.values())


def test_a_price_that_is_missing_does_not_hide_what_the_others_cost() -> None:
    """6,087,500 requests a month at 2,000 prompt tokens of 3 money a million are 36,525 money already."""
    finding = found(MOST)
    assert finding.state is State.FAIL
    assert finding.value is not None
    assert finding.value.value == pytest.approx(200_000 * 365.25 / 12 * 2000 * 3e-6)
    assert "at least 36,5" in finding.message
    assert "unknown and left out: cost.out_token" in finding.message


def test_a_lower_bound_under_the_limit_decides_nothing() -> None:
    finding = found(MOST, cost__monthly_cap=50_000.0)
    assert finding.state is State.UNKNOWN
    assert "cost.out_token" in finding.unknown


def test_without_the_load_only_what_is_paid_every_month_counts() -> None:
    lacking = {"demand__requests_per_day": None, "cost__fixed_month": 6000.0}
    assert found(MOST, **lacking).state is State.FAIL
    assert found(MOST, demand__requests_per_day=None).state is State.UNKNOWN


def test_a_value_below_the_known_part_of_the_cost_is_refuted() -> None:
    finding = found(LEAST)
    assert finding.state is State.FAIL
    assert "at most" in finding.message
    assert found(LEAST, value__value_per_request=1.0).state is State.UNKNOWN


def test_more_truth_never_turns_what_a_bound_decided() -> None:
    for price in (0.0, 1e-6, 1e-4):
        assert found(MOST, cost__out_token=price).state is State.FAIL


@pytest.mark.parametrize(
    ("contracts", "state"),
    [
        (("none", "none", ""), State.FAIL),
        (("a", "b", "c", "d", ""), State.PASS),
        (("a", ""), State.UNKNOWN),
        (("", ""), State.UNKNOWN),
    ],
)
def test_shares_are_decided_by_what_is_stated(contracts: tuple[str, ...], state: State) -> None:
    ids = tuple(f"s{number}" for number in range(len(contracts)))
    facts = [Fact(f"sources[{one}].contract", text) for one, text in zip(ids, contracts, strict=True) if text]
    tree = derive_facts(FactTree({fact.name: fact for fact in facts}, {"sources": ids}))
    assert only(pack_of(SHARE), *tree.facts.values(), sources=ids).state is state


BUDGETS = rule_text(
    "Z05-budgets",
    "{that: total <= promise && slack <= 1}",
    "{total: flow.latency.budget_sum, promise: slo.p99, slack: flow.latency.budget_quantile_slack}",
)


def budgets(**stated: float) -> Finding:
    """Return the finding over two stages of which the second may be silent."""
    names = {"a": "path.stages[a].", "b": "path.stages[b]."}
    facts = {f"{names[key[0]]}{key[2:]}": value for key, value in stated.items() if key[1] == "_"}
    plain = {
        name: Fact(name, Quantity(value, "s" if name.endswith("budget") else "1"))
        for name, value in facts.items()
    }
    promise = Fact("slo.p99", Quantity(5.0, "s"))
    tree = FactTree(
        {**plain, "slo.p99": promise}, {"path.stages": ("a", "b"), "sources": ()}, catalogue=CATALOGUE
    )
    return only(pack_of(BUDGETS), *derive_facts(tree).facts.values())


def test_a_part_of_a_statement_is_refuted_by_what_is_known() -> None:
    finding = budgets(a_budget=7.0, a_quantile=0.999)
    assert finding.state is State.FAIL
    assert "at least 7 s" in finding.message
    assert "unknown and left out: " in finding.message
    assert "path.stages[b].budget" in finding.message


def test_a_part_that_may_still_hold_decides_nothing() -> None:
    assert budgets(a_budget=3.0, a_quantile=0.999).state is State.UNKNOWN
    assert budgets(a_budget=3.0, a_quantile=0.9).state is State.FAIL, (
        "one stage spends ten times what may be late"
    )


@pytest.mark.parametrize(
    ("low", "high", "state"),
    [
        (50.0, 300.0, State.PASS),
        (1.0, 8.0, State.FAIL),
        (5.0, 300.0, State.UNKNOWN),
        (None, 300.0, State.UNKNOWN),
    ],
)
def test_the_interval_of_a_measurement_that_scattered_can_decide(
    low: float | None, high: float, state: State
) -> None:
    name = "machine.memory.read_all"
    rule = rule_text("Z06-rate", "{value: rate, at_least: 10 B/s}", f"{{rate: {name}}}")
    fact = Fact(name, Quantity(100.0, "B/s"), Provenance.MEASURED, low=low, high=high, stable=False)
    finding = only(pack_of(rule), fact)
    assert finding.state is state
    if state is State.FAIL:
        assert "at most 8 B/s" in finding.message
    if state is State.UNKNOWN:
        assert "scatter too much" in finding.message
