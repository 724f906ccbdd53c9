"""The numbers of the gates: at a limit a pilot passes, a little below it does not."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from random_findings import BLANK

from poc_gate.judge.verdict.decide import decide, hold_selection, hold_stage
from poc_gate.judge.verdict.score import ScorePart, score_parts
from poc_gate.judge.verdict.thresholds import BY_STAGE
from poc_gate.model.finding import Finding, State
from poc_gate.model.rule import EvidenceClass, Severity, Stage
from poc_gate.model.verdict import Verdict, Word

D, M = EvidenceClass.DECLARED, EvidenceClass.MEASURED


def rules(count: int, name: str = "r", **changes: object) -> list[Finding]:
    fields = {"held": M, "required": M, "severity": Severity.LOW, **changes}
    return [replace(BLANK, rule=f"Z{number:03}-{name}", **fields) for number in range(count)]  # type: ignore[arg-type]


def known(share: float, shown: float, stage: Stage) -> Verdict:
    """Return the verdict where so many of a hundred rules are decided, and so many of them by more than a word."""
    few, proven = round(100 * share), round(100 * shown)
    findings = [
        *rules(proven, "proven"), *rules(few - proven, "said", held=D, required=D),
        *rules(100 - few, "open", state=State.UNKNOWN, held=None),
    ]  # fmt: skip
    return decide(findings, stage=stage, parts=[_with_low(part, 100.0) for part in score_parts(findings)])


def scored(low: float, stage: Stage) -> Verdict:
    findings = rules(100)
    return decide(findings, stage=stage, parts=[_with_low(part, low) for part in score_parts(findings)])


def _with_low(part: ScorePart, low: float) -> ScorePart:
    dimension = part.dimension
    return replace(part, dimension=replace(dimension, low=low if dimension.low is not None else None))


@pytest.mark.parametrize(
    ("stage", "least", "go", "shown", "low", "go_low"),
    [(Stage.PRODUCTION, 0.75, 0.90, 0.60, 60, 75), (Stage.LIMITED, 0.60, 0.75, 0.40, 40, 55)],
)
def test_at_a_limit_a_pilot_passes_and_below_it_does_not(stage, least, go, shown, low, go_low):
    """The numbers of docs/verdict.md."""
    assert known(go, shown, stage).word is Word.GO
    assert known(go - 0.01, shown, stage).word is Word.CONDITIONAL
    assert known(go, shown - 0.01, stage).word is Word.CONDITIONAL
    assert known(least, shown, stage).word is Word.CONDITIONAL
    assert known(least - 0.01, least - 0.01, stage).word is Word.INSUFFICIENT
    assert scored(go_low, stage).word is Word.GO
    assert scored(go_low - 0.1, stage).word is Word.CONDITIONAL
    assert scored(low, stage).word is Word.CONDITIONAL
    assert scored(low - 0.1, stage).word is Word.INSUFFICIENT
    needed = scored(go_low, stage).needed
    assert (needed.checked, needed.proven, needed.area) == (go, shown, go_low)


def test_a_sandbox_asks_for_no_share_of_the_whole():
    limits = BY_STAGE[Stage.PILOT]
    assert (limits.insufficient_coverage, limits.insufficient_low, limits.conditional_low) == (0, 0, 0)
    assert (limits.conditional_coverage, limits.conditional_confidence) == (0, 0)
    assert known(0.01, 0, Stage.PILOT).word is Word.GO
    assert scored(0, Stage.PILOT).word is Word.GO


def test_the_index_is_the_lowest_low_also_below_one_and_at_nothing():
    findings = [*rules(60), *rules(60, "e", dimension="economics")]
    lows = {"governance": 0.0, "economics": 0.5}
    parts = [_with_low(part, lows.get(part.dimension.key, 50.0)) for part in score_parts(findings)]
    found = decide(findings, stage=Stage.PILOT, parts=parts)
    assert (found.index, found.index_dimension) == (0.0, "governance")


def test_where_nothing_was_decided_no_dimension_gives_an_index():
    found = decide(rules(40, state=State.UNKNOWN, held=None), stage=Stage.PRODUCTION)
    assert (found.index, found.index_dimension) == (None, "")


def test_a_selection_of_rules_is_never_go():
    go = decide(rules(40), stage=Stage.PRODUCTION)
    held = hold_selection(go, 40, 200)
    assert go.word is Word.GO
    assert held.word is Word.CONDITIONAL
    assert len(held.reasons) == 1
    assert "40" in held.reasons[0]
    assert "200" in held.reasons[0]
    stopped = decide(rules(40, state=State.FAIL, severity=Severity.BLOCKER), stage=Stage.PRODUCTION)
    kept = hold_selection(stopped, 40, 200)
    assert kept.word is Word.NO_GO
    assert kept.reasons == (*stopped.reasons, held.reasons[0])


def test_a_stage_that_nobody_stated_stops_only_where_both_ends_do():
    go = decide(rules(40), stage=Stage.PILOT)
    stopped = decide(rules(40, state=State.FAIL, severity=Severity.BLOCKER), stage=Stage.PRODUCTION)
    assert hold_stage(go, stopped) is go
    assert hold_stage(stopped, stopped) is stopped
    assert hold_stage(stopped, go).word is Word.INSUFFICIENT


def test_what_falls_short_is_told_once_and_what_passes_never():
    graver = rules(3, "high", severity=Severity.HIGH)
    assert decide([*rules(40), *graver], stage=Stage.PRODUCTION).word is Word.GO
    short = rules(1, "short", severity=Severity.HIGH, state=State.FAIL, short=True)
    found = decide([*rules(200), *graver, *short], stage=Stage.PRODUCTION)
    assert found.word is Word.CONDITIONAL
    assert len(found.reasons) == 1
    assert "Z000-short" in found.reasons[0]
    waived = rules(1, "short", severity=Severity.HIGH, state=State.WAIVED, waived_from=State.FAIL, short=True)
    accepted = decide([*rules(200), *graver, *waived], stage=Stage.PRODUCTION)
    assert accepted.word is Word.CONDITIONAL
    assert len(accepted.reasons) == 1
    assert accepted.reasons != found.reasons


def test_nothing_known_is_a_share_of_nought():
    """All that applies is unknown but one rule without weight in the total: both shares are told as 0 %."""
    low = rules(1, "said", held=D, required=D)
    found = decide([*low, *rules(99, state=State.UNKNOWN, held=None)], stage=Stage.LIMITED)
    assert found.word is Word.INSUFFICIENT
    assert any("1 %" in reason for reason in found.reasons)
    proven_by_nothing = decide(rules(100, held=D, required=D), stage=Stage.LIMITED)
    assert proven_by_nothing.confidence == 0
    assert any("0 %" in reason and "40 %" in reason for reason in proven_by_nothing.reasons)
