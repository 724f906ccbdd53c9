"""Findings: six states, messages, places, margins, flip points, subjects."""

from __future__ import annotations

import re

import pytest
from fact_texts import PLACE, TODAY, fact, judged, only
from rule_texts import BASE_RULE, pack_of, rule_text

from poc_gate.judge.evaluate.evaluate_rules import evaluate_rules
from poc_gate.model.claim import SHIPPED_TABLES, Place, Provenance
from poc_gate.model.fact import Fact, FactTree
from poc_gate.model.finding import State
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import Severity, Stage
from poc_gate.words.judged.findings import with_item


def test_a_pass_tells_its_numbers() -> None:
    finding = only(pack_of(BASE_RULE), fact("slo.p99", (0.4, "s")))
    assert finding.state is State.PASS
    assert finding.message == "99th percentile of the end-to-end latency: 400 ms, within the limit of 500 ms."
    assert finding.value == Quantity(0.4, "s")
    assert finding.limit == Quantity(0.5, "s")
    assert finding.margin == pytest.approx(0.8)
    assert finding.formula == "400 ms <= 500 ms * 1"
    assert finding.limit_set_by == "base/Z01-base"
    assert finding.place == PLACE
    assert finding.severity is Severity.HIGH


def test_a_failure_says_by_how_much_and_where_it_flips() -> None:
    finding = only(pack_of(BASE_RULE), fact("slo.p99", (0.6, "s")))
    assert finding.state is State.FAIL
    assert "600 ms, 20 % over the limit of 500 ms." in finding.message
    (point,) = finding.breakpoints
    assert point.fact == "slo.p99"
    assert point.value.value == pytest.approx(0.5)


def test_a_missing_fact_is_unknown_and_says_what_to_add() -> None:
    finding = only(pack_of(BASE_RULE), fact("slo.p50", (0.1, "s")))
    assert finding.state is State.UNKNOWN
    assert finding.unknown == ("slo.p99",)
    assert len(finding.resolve) == 1
    assert "slo.p99" in finding.resolve[0] or "p99" in finding.resolve[0]
    assert finding.place == PLACE, "the nearest thing in the same section"
    assert finding.held is None


def test_a_missing_section_points_at_the_manifest() -> None:
    assert only(pack_of(BASE_RULE)).place == Place("pilot.yaml", 1, 1)


def test_a_table_that_ships_is_never_the_place_since_nobody_finds_it_in_the_checkout() -> None:
    table = Place(f"{SHIPPED_TABLES}retirements.yaml", 27, 27)
    known = Fact("slo.p99", Quantity(0.6, "s"), Provenance.ASSUMED, table)
    assert only(pack_of(BASE_RULE), known).place == Place("pilot.yaml", 1, 1)
    assert only(pack_of(BASE_RULE), known, fact("slo.p50", (0.1, "s"))).place == PLACE
    beside = Fact("slo.p50", Quantity(0.1, "s"), Provenance.ASSUMED, table)
    assert only(pack_of(BASE_RULE), beside).place == Place("pilot.yaml", 1, 1)


def test_behind_a_derived_fact_the_missing_inputs_are_named() -> None:
    rule = rule_text("Z02-derived", "{value: load, at_most: 0.7}", "{load: flow.utilisation.peak}")
    derived = Fact("flow.utilisation.peak", None, derived=True, inputs=("demand.burst_factor", "slo.p50"))
    finding = only(pack_of(rule), derived, fact("slo.p50", (0.1, "s")))
    assert finding.unknown == ("demand.burst_factor",)


@pytest.mark.parametrize(
    ("expect", "value", "state", "said"),
    [
        ("{value: slow, at_least: 1 s}", 0.4, State.FAIL, "60 % below the required 1 s"),
        ("{value: slow, between: [100 ms, 300 ms]}", 0.4, State.FAIL, "outside the limit of 300 ms"),
        ("{value: slow, between: [100 ms, 500 ms]}", 0.4, State.PASS, "within"),
        ("{value: slow, equals: 400 ms}", 0.4, State.PASS, "It is so"),
        ("{value: slow, equals: 300 ms}", 0.4, State.FAIL, "400 ms; must be 300 ms"),
        ("{that: slow <= 300 ms && slow > 0}", 0.4, State.FAIL, "400 ms, 33.3 % over the limit of 300 ms"),
        ("{that: 'slow / 0 > 1 s'}", 0.4, State.ERROR, "division by zero"),
    ],
)
def test_every_operator(expect: str, value: float, state: State, said: str) -> None:
    finding = only(pack_of(rule_text("Z02-op", expect, "{slow: slo.p99}")), fact("slo.p99", (value, "s")))
    assert finding.state is state
    assert said in finding.message


def test_one_of_texts() -> None:
    rule = rule_text("Z02-one", "{value: h, one_of: [self, hosted]}", "{h: model.hosting}")
    assert only(pack_of(rule), fact("model.hosting", "self")).state is State.PASS
    failed = only(pack_of(rule), fact("model.hosting", "none"))
    assert failed.state is State.FAIL
    assert "none; must be one of self or hosted" in failed.message


def test_the_failing_part_of_a_statement_is_named() -> None:
    rule = rule_text(
        "Z02-parts", "{that: agreed && lanes <= 3}", "{agreed: path.retry_jitter, lanes: path.retry_layers}"
    )
    finding = only(
        pack_of(rule), fact("path.retry_jitter", value=False), fact("path.retry_layers", (2.0, "1"))
    )
    assert finding.message.startswith("Not met: ")
    assert "lanes" not in finding.message
    assert finding.breakpoints == ()


def test_a_failed_statement_is_told_in_words_with_the_inputs_that_decide() -> None:
    rule = rule_text(
        "Z02-words",
        '{that: hosting != "none" && (jitter || share <= most)}',
        "{hosting: model.hosting, jitter: path.retry_jitter, share: flow.reindex.full_share}",
        what="Rebuilding is rare, or spread out",
        limits="{most: {value: 20 %, reason: A fifth is enough.}}",
    )
    finding = only(
        pack_of(rule),
        fact("model.hosting", "self"),
        fact("path.retry_jitter", value=False),
        fact("flow.reindex.full_share", (0.5, "1")),
    )
    assert finding.message == (
        "Not met: rebuilding is rare, or spread out. Retry jitter: no; share of the refresh interval that a full rebuild takes: "
        "50 %; limit: 20 %."
    )
    assert finding.formula == 'self != "none" && (false || 50 % <= 20 %)'


def test_an_empty_text_and_an_age_are_told_in_words() -> None:
    rule = rule_text("Z02-empty", "{that: 'rights != \"\"'}", "{rights: purpose.intended_use}")
    message = only(pack_of(rule), fact("purpose.intended_use", "")).message
    assert message.endswith(": not stated.")
    rule = rule_text(
        "Z02-age",
        "{value: age(day), at_most: oldest}",
        "{day: security.impact_assessed_on}",
        limits="{oldest: {value: 30 d, reason: It ages.}}",
    )
    message = only(pack_of(rule), fact("security.impact_assessed_on", "2020-01-01")).message
    assert re.fullmatch(r".*: [\d,.]+ d ago, [\d.]+ times the limit of 30 d ago\.", message), message


def test_a_precondition_that_is_false_or_unknown() -> None:
    rule = rule_text("Z02-when", "{that: j}", "{h: model.hosting, j: path.retry_jitter}", when='h == "self"')
    jitter = fact("path.retry_jitter", value=True)
    assert only(pack_of(rule), fact("model.hosting", "hosted"), jitter).state is State.NOT_APPLICABLE
    unknown = only(pack_of(rule), jitter)
    assert unknown.state is State.UNKNOWN, "never not applicable for want of a fact"
    assert unknown.unknown == ("model.hosting",)


PER_SOURCE = rule_text(
    "Z02-each", "{value: slow, at_most: 100 ms}", "{slow: 'sources[].p99'}", for_each="sources"
)


def test_each_subject_has_a_finding_of_its_own() -> None:
    facts = (fact("sources[a].p99", (0.05, "s")), fact("sources[b].p99", (0.2, "s")))
    findings = judged(pack_of(PER_SOURCE), *facts, sources=("a", "b", "c"))
    assert [(f.subject, f.state) for f in findings] == [
        ("sources[a]", State.PASS),
        ("sources[b]", State.FAIL),
        ("sources[c]", State.UNKNOWN),
    ]
    assert with_item(findings[1]).startswith("b: 99th percentile")
    assert len({finding.fingerprint for finding in findings}) == 3


def test_no_subjects_is_unknown_never_pass_and_a_list_stated_empty_asks_nothing() -> None:
    silent = only(pack_of(PER_SOURCE))
    assert silent.state is State.UNKNOWN
    assert "write `sources: []` if there are none" in silent.message
    empty = only(pack_of(PER_SOURCE), sources=())
    assert empty.state is State.NOT_APPLICABLE
    assert "states that there are none" in empty.message


def test_a_list_of_all_items() -> None:
    rule = rule_text(
        "Z02-all", "{that: 'all.all(x, x < 100 ms)'}", "{all: 'sources[].p99'}".replace("all:", "times:")
    )
    rule = rule.replace("all.all", "times.all")
    one = fact("sources[a].p99", (0.05, "s"))
    assert only(pack_of(rule), one, sources=("a",)).state is State.PASS
    assert only(pack_of(rule), one, sources=("a", "b")).state is State.UNKNOWN
    assert only(pack_of(rule), one).state is State.UNKNOWN


@pytest.mark.parametrize("slow", [0.4, 0.6, None])
def test_the_quick_answer_is_the_same_answer(slow: float | None) -> None:
    facts = {"slo.p99": fact("slo.p99", (slow, "s"))} if slow else {}
    tree = FactTree(facts)
    full, quick = (
        evaluate_rules(pack_of(BASE_RULE), tree, stage=Stage.PILOT, today=TODAY, in_full=in_full)[0]
        for in_full in (True, False)
    )
    assert (quick.state, quick.held, quick.margin) == (full.state, full.held, full.margin)
    assert quick.breakpoints == ()
    assert quick.reason is None


def test_a_list_that_nobody_stated_is_begun_with_the_keys_of_an_item() -> None:
    rule = rule_text("Z02-list", "{that: size(where) > 0}", "{where: 'security.egress[].region'}")
    (line,) = only(pack_of(rule)).resolve
    assert line.startswith("list every item under `security.egress:` in the manifest, each as `- name: ...`")
    assert "`region`" in line
