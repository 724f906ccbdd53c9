"""Score and verdict: the gates one by one, and the properties that hold for any findings."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from random_findings import BLANK, finding_sets

from poc_gate.judge.verdict.decide import decide, hold_stage
from poc_gate.judge.verdict.score import CREDIT, score_parts, total
from poc_gate.judge.verdict.thresholds import BY_STAGE, Thresholds
from poc_gate.model.finding import Finding, State
from poc_gate.model.rule import EvidenceClass, Severity, Stage
from poc_gate.model.verdict import Verdict, Word
from poc_gate.words.judged.headline import headline, word_today

PASSING = {Word.GO: 2, Word.CONDITIONAL: 1, Word.INSUFFICIENT: 0, Word.NO_GO: 0}
STAGES = st.sampled_from(list(Stage))


def rules(count: int, **changes: object) -> list[Finding]:
    """Return findings of several rules that pass on measurement unless changed."""
    good = replace(BLANK, held=EvidenceClass.MEASURED, required=EvidenceClass.MEASURED)
    return [replace(good, rule=f"Z{number:02}-r", **changes) for number in range(count)]  # type: ignore[arg-type]


def verdict(*findings: Finding, stage: Stage = Stage.PRODUCTION) -> Verdict:
    return decide(findings, stage=stage)


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


def test_go_names_what_only_advises_and_is_open() -> None:
    open_ones = [
        replace(BLANK, rule=f"Z9{number}-lesser", severity=Severity.MEDIUM, state=state, held=None)
        for number, state in enumerate([State.FAIL, State.FAIL, State.UNKNOWN])
    ]
    found = verdict(*rules(40), *open_ones)
    assert found.word is Word.GO
    assert "2 failed, 1 unknown: Z90-lesser, Z91-lesser, Z92-lesser" in found.reasons[1]


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
            Word.NO_GO,
            "1 rule of high severity failed and nobody accepted the risk",
        ),
        (
            {"severity": Severity.HIGH, "state": State.UNKNOWN},
            Word.INSUFFICIENT,
            "1 rule of high severity unknown: Z99-one",
        ),
        (
            {
                "severity": Severity.HIGH,
                "state": State.WAIVED,
                "waived_from": State.FAIL,
            },
            Word.CONDITIONAL,
            "1 rule of high severity open and accepted",
        ),
        (
            {"severity": Severity.HIGH, "state": State.WAIVED, "waived_from": State.UNKNOWN},
            Word.CONDITIONAL,
            "1 rule of high severity open and accepted",
        ),
        (
            {"severity": Severity.HIGH, "state": State.NOT_APPLICABLE, "set_aside_by": "owner"},
            Word.CONDITIONAL,
            "set aside by a person",
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


@pytest.mark.parametrize("stage", list(Stage))
def test_one_failed_high_that_nobody_accepted_stops_at_every_stage(stage: Stage) -> None:
    failed = replace(ONE, severity=Severity.HIGH, state=State.FAIL)
    assert verdict(*rules(30), failed, stage=stage).word is Word.NO_GO
    accepted = replace(failed, state=State.WAIVED, waived_from=State.FAIL)
    assert verdict(*rules(30), accepted, stage=stage).word is Word.CONDITIONAL


def test_a_dimension_speaks_only_with_enough_rules() -> None:
    failed = [
        replace(f, rule=f"Y{i:02}-r") for i, f in enumerate(rules(5, state=State.FAIL, dimension="economics"))
    ]
    few, enough = verdict(*rules(60), *failed[:4]), verdict(*rules(60), *failed)
    assert (few.word, few.index_dimension) == (Word.GO, "governance")
    assert (enough.word, enough.index_dimension) == (Word.INSUFFICIENT, "economics")
    assert "Economics of scale is at 0 of 100" in " ".join(enough.reasons)
    assert verdict(*rules(60), *failed, stage=Stage.PILOT).word is Word.GO


def test_one_cause_counts_once_however_many_rules_it_touches() -> None:
    """Four findings of one cause weigh as one and are one reason; four causes are four."""
    four = [replace(ONE, rule=f"Y{n}-r", state=State.FAIL, severity=Severity.HIGH) for n in range(4)]
    apart, together = (
        verdict(*rules(10), *four),
        verdict(*rules(10), *[replace(f, cause="memory") for f in four]),
    )
    one = verdict(*rules(10), four[0])
    lows = [next(d.low for d in v.dimensions if d.key == "governance") for v in (apart, together, one)]
    assert lows[1] == pytest.approx(lows[2])
    assert lows[0] < lows[1]
    assert together.reasons[0].startswith("1 rule of high severity failed")
    assert "Y0-r (and 3 more of the same cause)" in together.reasons[0]
    assert apart.reasons[0].startswith("4 rules")


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
        *rules(5),
        *[
            replace(ONE, rule=f"Y{n}-r", dimension="economics", state=State.FAIL, severity=Severity.LOW)
            for n in range(5)
        ],
    )
    assert (found.index, found.index_dimension) == (0, "economics")


@pytest.mark.parametrize("limits", BY_STAGE.values())
def test_the_numbers_of_a_stage_leave_no_gap(limits: Thresholds) -> None:
    assert limits.insufficient_low <= limits.conditional_low
    assert limits.insufficient_coverage <= limits.conditional_coverage


ANY = finding_sets() | finding_sets(mostly_pass=True)


@settings(max_examples=300)
@given(ANY, STAGES, st.integers(0, 2**32 - 1))
def test_losing_knowledge_never_helps(findings: list[Finding], stage: Stage, choice: int) -> None:
    index = choice % len(findings)
    if findings[index].state is State.NOT_APPLICABLE:
        return
    worse = list(findings)
    worse[index] = replace(findings[index], state=State.UNKNOWN, held=None)
    before = decide(findings, stage=stage)
    after = decide(worse, stage=stage)
    assert PASSING[after.word] <= PASSING[before.word]
    assert (after.coverage or 0) <= (before.coverage or 0) + 1e-12
    assert (after.confidence or 0) <= (before.confidence or 0) + 1e-12
    for now, then in zip(after.dimensions, before.dimensions, strict=True):
        assert (now.low or 0) <= (then.low or 0) + 1e-9


@settings(max_examples=300)
@given(ANY, STAGES, st.integers(0, 2**32 - 1))
def test_a_truthful_no_passes_wherever_silence_does(
    findings: list[Finding], stage: Stage, choice: int
) -> None:
    """Saying no is never worse for the release than saying nothing: neither may pass where it matters."""
    index = choice % len(findings)
    no, silence = list(findings), list(findings)
    no[index] = replace(findings[index], state=State.FAIL, held=EvidenceClass.DECLARED)
    silence[index] = replace(findings[index], state=State.UNKNOWN, held=None)
    assert PASSING[decide(no, stage=stage).word] >= PASSING[decide(silence, stage=stage).word]


@settings(max_examples=300)
@given(ANY, STAGES, st.sampled_from(list(Severity)), st.booleans())
def test_a_proven_pass_never_hurts(
    findings: list[Finding], stage: Stage, severity: Severity, same_dimension: bool
) -> None:
    dimension = findings[0].dimension if same_dimension else "economics"
    added = replace(ONE, severity=severity, dimension=dimension, required=EvidenceClass.MEASURED)
    before = decide(findings, stage=stage)
    after = decide([*findings, added], stage=stage)
    # The fifth rule of a dimension makes it speak for the first time, and it may speak of what the others failed.
    if [now.speaks for now in after.dimensions] == [then.speaks for then in before.dimensions]:
        assert PASSING[after.word] >= PASSING[before.word]
    assert (after.coverage or 0) >= (before.coverage or 0) - 1e-12
    for now, then in zip(after.dimensions, before.dimensions, strict=True):
        assert (now.low or 0) >= (then.low or 0) - 1e-9


@settings(max_examples=200)
@given(ANY, STAGES)
def test_one_failed_blocker_ends_it(findings: list[Finding], stage: Stage) -> None:
    failed = replace(ONE, severity=Severity.BLOCKER, state=State.FAIL)
    assert decide([*findings, failed], stage=stage).word is Word.NO_GO


@settings(max_examples=200)
@given(ANY, STAGES, st.integers(0, 2**32 - 1))
def test_order_does_not_matter(findings: list[Finding], stage: Stage, seed: int) -> None:
    other = list(findings)
    random.Random(seed).shuffle(other)
    assert decide(other, stage=stage) == decide(findings, stage=stage)


@settings(max_examples=200)
@given(ANY)
def test_a_later_stage_asks_no_less(findings: list[Finding]) -> None:
    ranks = [PASSING[decide(findings, stage=stage).word] for stage in Stage]
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


def test_what_stops_production_alone_is_no_no_go_where_nobody_stated_a_stage() -> None:
    failed = replace(rules(1, state=State.FAIL)[0], severity=Severity.BLOCKER)
    strictest, mild = verdict(failed), verdict(*rules(9), stage=Stage.PILOT)
    held = hold_stage(strictest, mild)
    assert held.word is Word.INSUFFICIENT
    assert held.reasons[0].startswith(
        "Nobody has said which stage this is for; for production it would be NO-GO: "
    )
    assert headline("p", held, (failed,)).startswith(
        "For production p would be NO-GO: of 1 must-have, 1 fails. Nobody"
    )
    assert word_today(held).endswith("for production it would be NO-GO")
    assert word_today(strictest) == "NO-GO"
    assert hold_stage(strictest, verdict(failed, stage=Stage.PILOT)) == strictest
    assert hold_stage(mild, mild) == mild
