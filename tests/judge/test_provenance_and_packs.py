"""Findings: intervals, evidence class held, stages, packs that adjust, rules set aside."""

from __future__ import annotations

import pytest
from fact_texts import NAME, PLACE, TODAY, fact, judged, only
from msgspec.structs import replace
from rule_texts import BASE_PACK, BASE_RULE, pack_of, rule_text

from poc_gate.judge.evaluate.evaluate_rules import evaluate_rules, pack_uses
from poc_gate.model.claim import Provenance
from poc_gate.model.fact import Contradiction, Fact, FactTree
from poc_gate.model.finding import State
from poc_gate.model.quantity import Quantity
from poc_gate.model.request import NotApplicableEntry
from poc_gate.model.rule import EvidenceClass, Severity, Stage
from poc_gate.words.judged.findings import worded

PER_SOURCE = rule_text(
    "Z02-each", "{value: slow, at_most: 100 ms}", "{slow: 'sources[].p99'}", for_each="sources"
)


MEASURED = rule_text("Z02-measured", "{value: t, at_most: 10 ms}", "{t: 'sources[].p99'}", requires="measured",
                     for_each="sources")  # fmt: skip


@pytest.mark.parametrize(
    ("interval", "state"),
    [((0.006, 0.009), State.PASS), ((0.008, 0.012), State.UNKNOWN), ((0.011, 0.014), State.FAIL)],
)
def test_the_whole_interval_must_agree(interval: tuple[float, float], state: State) -> None:
    low, high = interval
    held = fact("sources[a].p99", ((low + high) / 2, "s"), Provenance.MEASURED, low=low, high=high)
    finding = only(pack_of(MEASURED), held, sources=("a",))
    assert finding.state is state
    if state is State.UNKNOWN:
        assert "straddles the limit" in finding.message
        assert finding.resolve


def test_an_interval_does_not_matter_where_no_measurement_is_required() -> None:
    held = fact("sources[a].p99", (0.05, "s"), Provenance.MEASURED, low=0.01, high=0.3)
    assert only(pack_of(PER_SOURCE), held, sources=("a",)).state is State.PASS


def test_a_measurement_that_scatters_is_not_trusted() -> None:
    held = fact("sources[a].p99", (0.001, "s"), Provenance.MEASURED, stable=False)
    finding = only(pack_of(MEASURED), held, sources=("a",))
    assert finding.state is State.UNKNOWN
    assert "scatter too much" in finding.message


@pytest.mark.parametrize(
    ("provenance", "held"),
    [
        (Provenance.MEASURED, EvidenceClass.MEASURED),
        (Provenance.EVIDENCED, EvidenceClass.ARTIFACT),
        (Provenance.IMPORTED, EvidenceClass.ARTIFACT),
        (Provenance.DECLARED, EvidenceClass.DECLARED),
    ],
)
def test_the_class_held_is_that_of_the_fact(provenance: Provenance, held: EvidenceClass) -> None:
    finding = only(pack_of(MEASURED), fact("sources[a].p99", (0.001, "s"), provenance), sources=("a",))
    assert finding.held is held
    assert bool(finding.resolve) is (held is not EvidenceClass.MEASURED)


def test_an_assumed_value_refutes_but_never_passes() -> None:
    kept = only(pack_of(MEASURED), fact("sources[a].p99", (0.001, "s"), Provenance.ASSUMED), sources=("a",))
    assert kept.state is State.UNKNOWN
    assert kept.unknown == ("sources[a].p99",)
    assert "assumed" in kept.message
    broken = only(pack_of(MEASURED), fact("sources[a].p99", (1e4, "s"), Provenance.ASSUMED), sources=("a",))
    assert broken.state is State.FAIL


def test_the_weakest_observation_counts_and_intents_do_not() -> None:
    rule = rule_text("Z02-two", "{that: slow <= promise}", "{slow: 'sources[].p99', promise: slo.p99}",
                     for_each="sources", requires="measured")  # fmt: skip
    measured = fact("sources[a].p99", (0.1, "s"), Provenance.MEASURED)
    finding = only(pack_of(rule), measured, fact("slo.p99", (1.0, "s")), sources=("a",))
    assert finding.held is EvidenceClass.MEASURED


TARGET = rule_text(
    "C03-probe-matches-target", "{that: found == planned}",
    "{planned: target.fingerprint, found: machine.fingerprint}", requires="measured",
)  # fmt: skip
MEMORY = rule_text(
    "Z02-memory", "{value: m, at_least: 1 GiB}", "{m: machine.memory.total}", requires="measured"
)


@pytest.mark.parametrize(
    ("planned", "held"),
    [("abc", EvidenceClass.MEASURED), ("xyz", EvidenceClass.DECLARED), (None, EvidenceClass.DECLARED)],
)
def test_another_machine_counts_as_declared(planned: str | None, held: EvidenceClass) -> None:
    facts = [
        fact("machine.memory.total", (2.0**34, "B"), Provenance.MEASURED),
        fact("machine.fingerprint", "abc", Provenance.MEASURED),
    ]
    if planned:
        facts.append(fact("target.fingerprint", planned))
    findings = judged(pack_of(TARGET, MEMORY), *facts)
    assert [f.held for f in findings if f.rule == "Z02-memory"] == [held]


def test_severity_is_that_of_the_stage() -> None:
    finding = judged(pack_of(BASE_RULE), stage=Stage.PILOT)[0]
    assert finding.severity is Severity.MEDIUM


def test_a_duty_that_binds_later_is_due() -> None:
    rule = rule_text("Z02-due", "{that: j}", "{j: path.retry_jitter}", applies_from="2027-12-02")
    finding = only(pack_of(rule), fact("path.retry_jitter", value=False))
    assert finding.state is State.FAIL
    assert finding.due == "2027-12-02"


PACK_WHEN = "id: base\nversion: 0.1.0\ntitle: Base\ngiven: {uses: pilot.uses}\nwhen: '\"llm\" in uses'\n"


def test_a_pack_applies_when_its_precondition_does() -> None:
    packs = pack_of(BASE_RULE, pack=PACK_WHEN)
    slow = fact("slo.p99", (0.4, "s"))
    assert judged(packs, slow, fact("pilot.uses", ("agent",))) == []
    assert only(packs, slow, fact("pilot.uses", ("llm",))).state is State.PASS
    unknown = only(packs, slow)
    assert unknown.state is State.UNKNOWN
    assert "pilot.uses" in unknown.message


def test_which_pack_took_part_is_told() -> None:
    packs = pack_of(BASE_RULE, pack=PACK_WHEN)
    tree = FactTree({"pilot.uses": fact("pilot.uses", ("agent",))})
    (use,) = pack_uses(packs, tree, stage=Stage.PILOT, today=TODAY)
    assert not use.applied
    assert use.sha256 == packs.packs[0].sha256
    assert "false" in use.note


STRICT = """\
id: {id}
version: 0.1.0
title: Strict
adjust:
  - {{rule: Z01-base, {what}limits: {{allowed: {{value: {value}, reason: Strict.}}}}}}
"""


def test_an_adjustment_of_a_pack_that_applies_tightens() -> None:
    strict = STRICT.format(id="strict", what="severity: blocker, ", value="300 ms").encode()
    finding = only(pack_of(BASE_RULE, strict={"pack.yaml": strict}), fact("slo.p99", (0.4, "s")))
    assert finding.state is State.FAIL
    assert finding.severity is Severity.BLOCKER
    assert finding.limit_set_by.startswith("strict/Z01-base")


def test_of_two_packs_the_tighter_limit_stands_in_either_order() -> None:
    def pack(name: str, value: str) -> dict[str, bytes]:
        text = STRICT.format(id=name, what="", value=value)
        return {"pack.yaml": text.encode()}

    for first, second in (("100 ms", "300 ms"), ("300 ms", "100 ms")):
        packs = pack_of(BASE_RULE, a=pack("aa", first), b=pack("bb", second))
        assert only(packs, fact("slo.p99", (0.4, "s"))).limit == Quantity(0.1, "s")


def test_a_role_can_set_a_rule_aside_and_is_named() -> None:
    packs = pack_of(BASE_RULE)
    tree = FactTree({NAME.name: NAME})
    entry = NotApplicableEntry("Z01-base", "no user waits", "service owner", PLACE)
    (finding,) = evaluate_rules(packs, tree, stage=Stage.PILOT, today=TODAY, not_applicable=[entry])
    assert finding.state is State.NOT_APPLICABLE
    assert finding.set_aside_by == "service owner"
    nobody = replace(entry, approver=" ")
    (finding,) = evaluate_rules(packs, tree, stage=Stage.PILOT, today=TODAY, not_applicable=[nobody])
    assert finding.state is State.UNKNOWN


def test_a_contradiction_is_a_finding_of_its_own() -> None:
    told = Contradiction("slo.p99", Quantity(0.4, "s"), Provenance.MEASURED, PLACE, Quantity(0.1, "s"),
                         Provenance.DECLARED, PLACE, 0.75)  # fmt: skip
    tree = FactTree({}, contradictions=(told,))
    findings = evaluate_rules(pack_of(BASE_RULE), tree, stage=Stage.PILOT, today=TODAY)
    assert findings[-1].rule == "X01-statements-agree"
    assert (
        "400 ms (measured) in one place and 100 ms (declared) in another, 75 % apart"
        in worded(findings[-1]).message
    )


def test_prices_carry_the_currency_of_the_pilot() -> None:
    rule = rule_text("Z02-price", "{value: c, at_most: 1 EUR}", "{c: flow.cost.per_request}")
    price = Fact("flow.cost.per_request", Quantity(2.0, "money"), Provenance.DECLARED, PLACE)
    finding = only(pack_of(rule), price, fact("cost.currency", "CHF"))
    assert finding.message.endswith(": 2 CHF, twice the limit of 1 CHF.")
    assert finding.formula.startswith("2 CHF <= ")


def test_a_rule_that_speaks_of_money_keeps_its_words() -> None:
    rule = rule_text("Z02-paid", "{that: agreed}", "{agreed: path.retry_jitter}").replace(
        "what: It is so", "what: A person decides before any money is paid back"
    )
    finding = only(pack_of(rule), fact("path.retry_jitter", value=True), fact("cost.currency", "CHF"))
    assert finding.message == "A person decides before any money is paid back."


def test_the_order_of_packs_does_not_matter() -> None:
    other = BASE_PACK.replace("base", "other")
    second = rule_text("Z02-op", "{value: slow, at_most: 1 s}", "{slow: slo.p99}")
    files = {"pack.yaml": other.encode(), "Z02-op.yaml": second.encode()}
    one = judged(pack_of(BASE_RULE, a=files), fact("slo.p99", (0.4, "s")))
    two = judged(pack_of(BASE_RULE, zz=files), fact("slo.p99", (0.4, "s")))
    assert [f.rule for f in one] == [f.rule for f in two] == ["Z01-base", "Z02-op"]
