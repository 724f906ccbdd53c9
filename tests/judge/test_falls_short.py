"""A failure that falls short only is a condition; where the facts that would tell are missing, the rule is unknown."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from random_findings import BLANK
from rule_texts import pack_of, rule_text

from poc_gate.app.assess.assess import assess
from poc_gate.app.assess.reading.case import CaseRequest
from poc_gate.app.ground.packs.rule_packs import load_rule_packs
from poc_gate.errors import PocGateError
from poc_gate.judge.evaluate.checking.gather_inputs import Context
from poc_gate.judge.evaluate.evaluate_rules import rule_findings
from poc_gate.judge.packs.read_example import EXAMPLE_DAY, example_tree
from poc_gate.judge.verdict.decide import decide
from poc_gate.model.claim import Provenance
from poc_gate.model.fact import Fact
from poc_gate.model.finding import Finding, State
from poc_gate.model.rule import EvidenceClass, Example, Severity, Stage
from poc_gate.model.verdict import Word
from poc_gate.words.judged.findings import worded

PACKS = load_rule_packs([])
WITH_SHORT = sorted(rule.id for rule in PACKS.rules.values() if rule.short)


def judged(name: str, **given: object) -> Finding:
    rule = PACKS.rules[name]
    tree = example_tree(rule, Example("fail", given), PACKS.catalogue, EXAMPLE_DAY)
    return rule_findings(rule, Context(PACKS, tree, Stage.PRODUCTION, EXAMPLE_DAY))[0]


@pytest.mark.parametrize(
    ("given", "state", "short"),
    [
        ({"duration": "20 min", "rate": 1.2, "on_target": True}, State.FAIL, True),
        ({"duration": "20 min", "rate": 1.2}, State.UNKNOWN, False),
        ({"duration": "2 min", "rate": 1.2, "on_target": True}, State.FAIL, False),
        ({"duration": "2 min"}, State.FAIL, False),
        ({"duration": "20 min", "rate": 1.2, "on_target": False}, State.FAIL, False),
        ({"duration": "40 min", "rate": 1.2, "on_target": True}, State.PASS, False),
    ],
)
def test_how_short_decides_whether_it_stops(given: dict[str, object], state: State, *, short: bool) -> None:
    finding = judged("B06-load-tested-at-peak", **given)
    assert (finding.state, finding.short) == (state, short)


def test_a_bound_beyond_the_limit_leaves_open_whether_it_is_far_beyond() -> None:
    """A known part that is too much by itself stops where it is too far, and leaves the rest open where it is not."""
    rule = PACKS.rules["D02-worst-case-age"]
    for low, state in ((5 * 3600.0, State.UNKNOWN), (9 * 3600.0, State.FAIL)):
        tree = example_tree(rule, Example("fail", {"needed": "4 h"}), PACKS.catalogue, EXAMPLE_DAY)
        age = Fact("sources[example].worst_age", None, Provenance.DECLARED, low=low)
        tree = replace(tree, facts={**tree.facts, age.name: age})
        [finding] = rule_findings(rule, Context(PACKS, tree, Stage.PRODUCTION, EXAMPLE_DAY))
        assert (finding.state, finding.short) == (state, False), low


@pytest.mark.parametrize("severity", [Severity.BLOCKER, Severity.HIGH])
def test_what_falls_short_is_a_condition(severity: Severity) -> None:
    good = replace(BLANK, held=EvidenceClass.MEASURED, required=EvidenceClass.MEASURED)
    many = [replace(good, rule=f"Z{number:02}-r", severity=Severity.BLOCKER) for number in range(20)]
    failed = replace(many[0], state=State.FAIL, severity=severity)
    assert decide([failed, *many[1:]], stage=Stage.PRODUCTION).word is Word.NO_GO
    found = decide([replace(failed, short=True), *many[1:]], stage=Stage.PRODUCTION)
    assert found.word is Word.CONDITIONAL
    assert "fell short" in found.reasons[0]


def test_it_says_so_in_a_title_of_its_own() -> None:
    finding = worded(judged("H08-feedback-loop", triaged="60 %", time="14 d", into_eval=True))
    assert finding.title == PACKS.rules["H08-feedback-loop"].title_short
    assert "condition" in finding.message
    failed = worded(judged("H08-feedback-loop", triaged="10 %", time="14 d", into_eval=True))
    assert failed.title == PACKS.rules["H08-feedback-loop"].title_fails


def test_a_rule_without_such_a_title_says_that_it_is_a_condition() -> None:
    text = rule_text(
        "Z01-rule", "{that: slow <= 1 s}", "{slow: slo.p99}", short="slow <= 2 s",
        title="{fails: It is slow, unknown: How slow it is}",
        examples="[{state: pass, given: {slow: 1 s}}, {state: fail, given: {slow: 3 s}}, {state: short, given: {slow: 2 s}}, {state: unknown, given: {}}]",
    )  # fmt: skip
    packs = pack_of(text)
    rule = packs.rules["Z01-rule"]
    tree = example_tree(rule, Example("short", {"slow": "2 s"}), packs.catalogue, EXAMPLE_DAY)
    [finding] = rule_findings(rule, Context(packs, tree, Stage.PRODUCTION, EXAMPLE_DAY))
    assert finding.title == "It is slow (a condition)"


def test_a_missing_fact_never_makes_a_failure_milder() -> None:
    """No shipped expression asks whether a fact is missing, and the loader refuses one that does."""
    text = rule_text(
        "Z01-rule", "{that: slow <= 1 s}", "{slow: slo.p99}", short="'!has(slow) || slow <= 2 s'"
    )
    with pytest.raises(PocGateError) as refused:
        pack_of(text)
    assert "milder" in str(refused.value)


@pytest.mark.parametrize("name", WITH_SHORT)
def test_leaving_a_line_out_never_turns_a_stop_into_a_condition(name: str) -> None:
    rule = PACKS.rules[name]
    for example in rule.examples:
        if example.state != "fail":
            continue
        for left_out in rule.given.keys() & example.given.keys():
            rest = {key: value for key, value in example.given.items() if key != left_out}
            assert not judged(name, **rest).short, f"{example.given} without {left_out}"


def test_a_technique_that_is_used_and_not_listed_can_be_refuted(tmp_path: Path) -> None:
    """Wrong citations are wrong, whether or not `retrieval` was listed under `uses`."""
    (tmp_path / "pilot.yaml").write_text(
        "apiVersion: poc-gate/v1\npilot: {name: summaries, stage: production, use_case_class: assistive, uses: [llm]}\n"
        "retrieval: {citations_checked: 50, citations_wrong: 17}\n"
    )
    result = assess(CaseRequest(tmp_path, EXAMPLE_DAY, "", machine="l4-24gb"))
    found = {finding.rule: finding.state for finding in result.findings}
    assert found["K02-citations-verified"] is State.FAIL
    assert found["K01-retrieval-recall"] is State.UNKNOWN
