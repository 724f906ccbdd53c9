"""Score and verdict: the gates one by one, and the properties that hold for any findings."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from random_findings import BLANK, finding_sets

from poc_gate.judge.verdict.decide import decide
from poc_gate.judge.verdict.headline import headline
from poc_gate.judge.verdict.score import CREDIT, score_parts, total
from poc_gate.judge.verdict.thresholds import BY_STAGE, Thresholds
from poc_gate.model.finding import Finding, State
from poc_gate.model.rule import EvidenceClass, Severity, Stage
from poc_gate.model.verdict import Verdict, Word

PASSING = {Word.GO: 2, Word.CONDITIONAL: 1, Word.INSUFFICIENT: 0, Word.NO_GO: 0}
TIERS = st.sampled_from(["", "minimal", "limited", "high"])
STAGES = st.sampled_from(list(Stage))


def rules(count: int, **changes: object) -> list[Finding]:
    """Return findings of several rules that pass on measurement unless changed."""
    good = replace(BLANK, held=EvidenceClass.MEASURED, required=EvidenceClass.MEASURED)
    return [replace(good, rule=f"Z{number:02}-r", **changes) for number in range(count)]  # type: ignore[arg-type]


def verdict(*findings: Finding, stage: Stage = Stage.PRODUCTION, tier: str = "limited") -> Verdict:
    return decide(findings, stage=stage, risk_tier=tier)


def test_all_proven_is_go() -> None:
    found = verdict(*rules(10))
    assert found.word is Word.GO
    assert (found.index, found.coverage, found.confidence, found.label) == (100, 1, 1, "PG-DAM")
    assert found.index_dimension == "governance"


@pytest.mark.parametrize(
    "findings",
    [
        [],
        rules(5, state=State.NOT_APPLICABLE),
        rules(5, state=State.UNKNOWN, held=None, severity=Severity.LOW),
        rules(5, state=State.ERROR, held=None, severity=Severity.LOW),
        rules(5, due="2027-12-02"),
        rules(5, dimension=""),
    ],
)
def test_having_looked_at_nothing_is_never_green_and_never_a_number(findings: list[Finding]) -> None:
    for stage in Stage:
        found = verdict(*findings, stage=stage)
        assert found.word is Word.INSUFFICIENT
        assert found.index is None
        assert found.reasons


def test_go_names_the_open_rules_of_high_severity_that_the_stage_lets_pass() -> None:
    highs = [
        replace(BLANK, rule=f"Z9{number}-high", severity=Severity.HIGH, state=state, held=None)
        for number, state in enumerate([State.FAIL, State.FAIL, State.UNKNOWN])
    ]
    found = verdict(*rules(40), *highs, stage=Stage.PILOT)
    assert found.word is Word.GO
    assert "lets 8 rules of high severity stay open, and 3 are, 2 of them failed" in found.reasons[1]
    assert "Z90-high, Z91-high, Z92-high" in found.reasons[1]
    assert verdict(*rules(40), *highs, stage=Stage.LIMITED).word is Word.CONDITIONAL


ONE = replace(BLANK, rule="Z99-one", held=EvidenceClass.MEASURED)


@pytest.mark.parametrize(
    ("change", "word", "said"),
    [
        ({"severity": Severity.BLOCKER, "state": State.FAIL}, Word.NO_GO, "1 blocker failed: Z99-one"),
        ({"severity": Severity.BLOCKER, "state": State.UNKNOWN}, Word.INSUFFICIENT, "1 blocker unknown"),
        ({"severity": Severity.BLOCKER, "state": State.ERROR}, Word.INSUFFICIENT, "1 blocker unknown"),
        (
            {
                "severity": Severity.BLOCKER,
                "required": EvidenceClass.MEASURED,
                "held": EvidenceClass.ARTIFACT,
            },
            Word.INSUFFICIENT,
            "claimed but not proven",
        ),
        (
            {"severity": Severity.HIGH, "state": State.FAIL},
            Word.INSUFFICIENT,
            "without owner, plan and expiry",
        ),
        (
            {
                "severity": Severity.HIGH,
                "state": State.WAIVED,
                "waived_from": State.FAIL,
                "waiver_plan": "By May",
            },
            Word.CONDITIONAL,
            "1 rule of high severity open",
        ),
        (
            {"severity": Severity.HIGH, "state": State.WAIVED, "waived_from": State.FAIL},
            Word.INSUFFICIENT,
            "without owner, plan",
        ),
        (
            {"severity": Severity.BLOCKER, "state": State.NOT_APPLICABLE, "set_aside_by": "owner"},
            Word.CONDITIONAL,
            "set aside by a person",
        ),
        ({"severity": Severity.MEDIUM, "state": State.FAIL}, Word.GO, "Every gate"),
        ({"severity": Severity.BLOCKER, "state": State.FAIL, "due": "2027-12-02"}, Word.GO, "Every gate"),
        ({"severity": Severity.BLOCKER, "state": State.FAIL, "dimension": ""}, Word.GO, "Every gate"),
    ],
)
def test_each_gate(change: dict[str, object], word: Word, said: str) -> None:
    found = verdict(*rules(30), replace(ONE, **change))  # type: ignore[arg-type]
    assert found.word is word
    assert said in " ".join(found.reasons)


def test_a_dimension_that_cannot_reach_the_floor_is_no_go() -> None:
    failed = rules(3, state=State.FAIL, dimension="economics")
    found = verdict(*rules(30), *[replace(f, rule=f"Y{i:02}-r") for i, f in enumerate(failed)])
    assert found.word is Word.NO_GO
    assert "Economics of scale reaches 0 of 100 at best" in " ".join(found.reasons)


def test_six_failed_highs_are_no_go_and_five_are_not() -> None:
    planned = {
        "severity": Severity.HIGH,
        "state": State.WAIVED,
        "waived_from": State.FAIL,
        "waiver_plan": "p",
    }
    for count, word in ((6, Word.NO_GO), (5, Word.CONDITIONAL)):
        highs = [replace(f, rule=f"Y{i:02}-r") for i, f in enumerate(rules(count, **planned))]
        assert verdict(*rules(40), *highs).word is word


def test_ignorance_and_deficiency_stay_apart() -> None:
    unknown = score_parts([*rules(1), *[replace(ONE, state=State.UNKNOWN, held=None)]])[4].dimension
    failed = score_parts([*rules(1), *[replace(ONE, state=State.FAIL)]])[4].dimension
    assert (unknown.low, unknown.high) == (50, 100)
    assert (failed.low, failed.high) == (50, 50)


def test_credit_is_capped_by_evidence() -> None:
    for (required, held), credit in CREDIT.items():
        scored = score_parts([replace(BLANK, required=required, held=held)])[4].dimension
        assert scored.low == pytest.approx(100 * credit)
        assert scored.high == 100


def test_subjects_share_the_weight_of_their_rule() -> None:
    many = [replace(ONE, subject=f"sources[{n}]", state=State.FAIL) for n in range(50)]
    assert score_parts([*rules(1), *many])[4].dimension.low == pytest.approx(50)


def test_the_index_is_the_lowest_low() -> None:
    found = verdict(
        *rules(5), *[replace(ONE, dimension="economics", state=State.FAIL, severity=Severity.LOW)]
    )
    assert (found.index, found.index_dimension) == (0, "economics")


@pytest.mark.parametrize("limits", BY_STAGE.values())
def test_the_numbers_of_a_stage_leave_no_gap(limits: Thresholds) -> None:
    assert limits.no_go_high <= limits.insufficient_low <= limits.conditional_low
    assert limits.insufficient_coverage <= limits.conditional_coverage
    assert limits.conditional_open_highs <= limits.most_open_highs


def test_a_high_risk_tier_takes_the_numbers_of_the_next_stage() -> None:
    declared = rules(10, held=EvidenceClass.DECLARED)
    assert (
        verdict(*declared, stage=Stage.PILOT, tier="high").word
        is verdict(*declared, stage=Stage.LIMITED).word
    )
    assert verdict(*declared, stage=Stage.PILOT, tier="").word is verdict(*declared, stage=Stage.LIMITED).word
    assert verdict(*declared, stage=Stage.PILOT).word is not verdict(*declared, stage=Stage.LIMITED).word


ANY = finding_sets() | finding_sets(mostly_pass=True)


@settings(max_examples=300)
@given(ANY, STAGES, TIERS, st.integers(0, 2**32 - 1))
def test_losing_knowledge_never_helps(findings: list[Finding], stage: Stage, tier: str, choice: int) -> None:
    index = choice % len(findings)
    if findings[index].state is State.NOT_APPLICABLE:
        return
    worse = list(findings)
    worse[index] = replace(findings[index], state=State.UNKNOWN, held=None)
    before = decide(findings, stage=stage, risk_tier=tier)
    after = decide(worse, stage=stage, risk_tier=tier)
    assert PASSING[after.word] <= PASSING[before.word]
    assert (after.coverage or 0) <= (before.coverage or 0) + 1e-12
    assert (after.confidence or 0) <= (before.confidence or 0) + 1e-12
    for now, then in zip(after.dimensions, before.dimensions, strict=True):
        assert (now.low or 0) <= (then.low or 0) + 1e-9
    assert (
        decide(findings, stage=stage, risk_tier="").word
        is decide(findings, stage=stage, risk_tier="high").word
    )


@settings(max_examples=300)
@given(ANY, STAGES, TIERS, st.sampled_from(list(Severity)), st.booleans())
def test_a_proven_pass_never_hurts(
    findings: list[Finding], stage: Stage, tier: str, severity: Severity, same_dimension: bool
) -> None:
    dimension = findings[0].dimension if same_dimension else "economics"
    added = replace(ONE, severity=severity, dimension=dimension, required=EvidenceClass.MEASURED)
    before = decide(findings, stage=stage, risk_tier=tier)
    after = decide([*findings, added], stage=stage, risk_tier=tier)
    assert PASSING[after.word] >= PASSING[before.word]
    assert (after.coverage or 0) >= (before.coverage or 0) - 1e-12
    for now, then in zip(after.dimensions, before.dimensions, strict=True):
        assert (now.low or 0) >= (then.low or 0) - 1e-9


@settings(max_examples=200)
@given(ANY, STAGES, TIERS)
def test_one_failed_blocker_ends_it(findings: list[Finding], stage: Stage, tier: str) -> None:
    failed = replace(ONE, severity=Severity.BLOCKER, state=State.FAIL)
    assert decide([*findings, failed], stage=stage, risk_tier=tier).word is Word.NO_GO


@settings(max_examples=200)
@given(ANY, STAGES, TIERS, st.integers(0, 2**32 - 1))
def test_order_does_not_matter(findings: list[Finding], stage: Stage, tier: str, seed: int) -> None:
    other = list(findings)
    random.Random(seed).shuffle(other)
    assert decide(other, stage=stage, risk_tier=tier) == decide(findings, stage=stage, risk_tier=tier)


@settings(max_examples=200)
@given(ANY, TIERS)
def test_a_later_stage_asks_no_less(findings: list[Finding], tier: str) -> None:
    ranks = [PASSING[decide(findings, stage=stage, risk_tier=tier).word] for stage in Stage]
    assert ranks == sorted(ranks, reverse=True)


@settings(max_examples=200)
@given(ANY)
def test_numbers_stay_in_their_range(findings: list[Finding]) -> None:
    for dimension in (part.dimension for part in score_parts(findings)):
        assert (dimension.low is None) == (dimension.high is None)
        if dimension.low is not None and dimension.high is not None:
            assert -1e-9 <= dimension.low <= dimension.high + 1e-9 <= 100 + 2e-9
    totals = total(score_parts(findings))
    assert (totals.confidence or 0) <= (totals.coverage or 0) + 1e-12


def test_the_sentence_of_a_selection_speaks_of_the_selection_alone() -> None:
    verdict = decide([BLANK], stage=Stage.PRODUCTION)
    sentence = headline("p", verdict, (BLANK,), selected=1)
    assert "only a selection was judged" in sentence
    assert "may" not in sentence.split()
