"""Ratchet: what is new or worse counts, what was open before does not, and a weaker gate always shows."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from random_findings import BLANK

from poc_gate.errors import ExitCode
from poc_gate.judge.verdict.compare_results import find_regressions, find_weakenings
from poc_gate.judge.verdict.decide import decide
from poc_gate.judge.verdict.exit_code import GateOptions, answer_gate, gate_exit_code
from poc_gate.model.claim import Place, Provenance
from poc_gate.model.fact import Fact
from poc_gate.model.finding import Breakpoint, Finding, Input, State, Waiver
from poc_gate.model.parts.pack_use import PackUse
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import EvidenceClass, Severity, Stage
from poc_gate.model.verdict import Result, Verdict, Word

RULE = replace(BLANK, rule="Z01-r", held=EvidenceClass.MEASURED, required=EvidenceClass.MEASURED)
PACK = PackUse("p", "0.1.0", "aa", 1, applied=True)
WAIVER = Waiver("w1", "Z01-r", "", "r", "o", "a", "2027-01-31", Place("w.yaml", 2, 1), status="active")


def result(*findings: Finding, **changes: object) -> Result:
    verdict = decide(findings, stage=Stage.PRODUCTION)
    base = Result("0.1.0", "2026-11-22", "p", "production", "pilot.yaml", "aa", verdict, "", "",
                  tuple(findings), (), (PACK,), None)  # fmt: skip
    return replace(base, **changes)  # type: ignore[arg-type]


def state(value: State) -> Finding:
    return replace(RULE, state=value, held=EvidenceClass.MEASURED if value is State.PASS else None)


@pytest.mark.parametrize(
    ("before", "now", "worse"),
    [
        (State.PASS, State.PASS, False),
        (State.PASS, State.FAIL, True),
        (State.PASS, State.UNKNOWN, True),
        (State.PASS, State.ERROR, True),
        (State.FAIL, State.FAIL, False),
        (State.FAIL, State.UNKNOWN, True),
        (State.FAIL, State.PASS, False),
        (State.UNKNOWN, State.FAIL, False),
        (State.UNKNOWN, State.UNKNOWN, False),
        (State.UNKNOWN, State.ERROR, False),
        (State.NOT_APPLICABLE, State.FAIL, True),
        (None, State.FAIL, True),
        (None, State.UNKNOWN, True),
        (None, State.PASS, False),
    ],
)
def test_only_what_is_new_or_worse_counts(before: State | None, now: State, *, worse: bool) -> None:
    base = result(*([state(before)] if before else []))
    assert bool(find_regressions(base, result(state(now)))) is worse


def test_losing_the_proof_is_worse() -> None:
    declared = replace(RULE, held=EvidenceClass.DECLARED)
    found = find_regressions(result(RULE), result(declared))
    assert found == (replace(declared, was=found[0].was),)
    assert found[0].was == "shown by measured evidence, now declared"
    assert find_regressions(result(declared), result(declared)) == ()


def test_subjects_are_compared_one_by_one() -> None:
    old, new = replace(RULE, subject="sources[a]"), replace(state(State.FAIL), subject="sources[b]")
    found = find_regressions(result(old), result(old, new))
    assert found == (replace(new, was="not there"),)


def test_less_evidence_for_what_was_unproven_already_is_worse() -> None:
    artifact, declared = (
        replace(RULE, held=held) for held in (EvidenceClass.ARTIFACT, EvidenceClass.DECLARED)
    )
    assert [f.rule for f in find_regressions(result(artifact), result(declared))] == ["Z01-r"]
    assert find_regressions(result(declared), result(artifact)) == ()


def failing(value: float, limit: float = 2.0, operator: str = "at_most", fact: str = "slo.p99") -> Finding:
    return replace(
        RULE, state=State.FAIL, held=EvidenceClass.DECLARED, operator=operator, value=Quantity(value, "s"),
        limit=Quantity(limit, "s"), inputs=(Input("slow", fact, Quantity(value, "s"), None),),
    )  # fmt: skip


def stated(value: float, provenance: Provenance = Provenance.DECLARED, **changes: object) -> Fact:
    return Fact("slo.p99", Quantity(value, "s"), provenance, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "now", "worse"),
    [
        (failing(4), failing(5), True),
        (failing(5), failing(4), False),
        (failing(4), failing(4), False),
        (failing(1, operator="at_least"), failing(0.5, operator="at_least"), True),
        (failing(0.5, operator="at_least"), failing(1, operator="at_least"), False),
        (failing(3, 2, "between"), failing(4, 2, "between"), True),
        (failing(3, 0), failing(4, 0), True),
        (failing(4, 0), failing(3, 0), False),
    ],
)
def test_a_failure_that_grows_is_worse(before: Finding, now: Finding, *, worse: bool) -> None:
    assert before.value is not None
    assert now.value is not None
    facts = [(stated(finding.value.value),) for finding in (before, now) if finding.value]
    found = find_regressions(result(before, facts=facts[0]), result(now, facts=facts[1]))
    assert bool(found) is worse
    if worse:
        assert found[0].was == f"{before.value} against {before.limit}"


@pytest.mark.parametrize(
    ("flips", "now", "worse"), [(1, 3, True), (1, 2, False), (1, 1.5, False), (4, 3, False)]
)
def test_a_statement_that_is_further_off_is_worse(flips: float, now: float, *, worse: bool) -> None:
    def statement(value: float, flip: float) -> Finding:
        point = Breakpoint("slo.p99", Quantity(flip, "s"), Quantity(value, "s"))
        return replace(failing(value, operator="that"), value=None, limit=None, breakpoints=(point,))

    found = find_regressions(
        result(statement(2, 1), facts=(stated(2),)), result(statement(now, flips), facts=(stated(now),))
    )
    assert bool(found) is worse


def test_a_limit_that_the_rules_tightened_is_no_regression_of_the_pilot() -> None:
    facts = (stated(4),)
    assert find_regressions(result(failing(4), facts=facts), result(failing(4, 1), facts=facts)) == ()


@pytest.mark.parametrize(
    ("before", "now", "worse"),
    [
        (stated(4, Provenance.MEASURED), stated(4.3, Provenance.MEASURED), False),
        (stated(4, Provenance.MEASURED), stated(5, Provenance.MEASURED), True),
        (
            stated(4, Provenance.MEASURED, low=3.0, high=6.0),
            stated(5, Provenance.MEASURED, low=4.0, high=7.0),
            False,
        ),
        (
            stated(4, Provenance.MEASURED, low=3.9, high=4.1),
            stated(4.3, Provenance.MEASURED, low=4.2, high=4.4),
            True,
        ),
        (stated(4, Provenance.MEASURED), stated(4.3), True),
    ],
)
def test_what_a_measurement_scatters_is_not_worse(before: Fact, now: Fact, *, worse: bool) -> None:
    """The finding rests on a derived fact, which follows from the measured one."""
    derived = Fact("flow.latency.p99", None, derived=True, inputs=("slo.p99",))
    found = find_regressions(
        result(failing(4, fact=derived.name), facts=(before, derived)),
        result(failing(5, fact=derived.name), facts=(now, derived)),
    )
    assert bool(found) is worse


def test_a_waiver_of_the_same_change_does_not_hide_a_failure() -> None:
    waived = replace(state(State.FAIL), state=State.WAIVED, waived_from=State.FAIL, waiver="w1")
    found = find_regressions(result(RULE), result(waived, waivers=(WAIVER,)))
    assert [f.rule for f in found] == ["Z01-r", "X02-gate-not-weakened"]
    assert "adds the waiver w1" in found[1].message
    assert find_regressions(result(waived, waivers=(WAIVER,)), result(waived, waivers=(WAIVER,))) == ()


LIMITED = replace(
    RULE, operator="at_most", value=Quantity(1.0, "s"), limit=Quantity(2.0, "s"),
    inputs=(Input("slow", "slo.p99", Quantity(1.0, "s"), None),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("base", "now", "said"),
    [
        ({}, {"stage": "pilot"}, "lowered from production to pilot"),
        ({}, {"packs": ()}, "pack p was removed"),
        ({}, {"packs": (replace(PACK, applied=False, note="uses"),)}, "no longer applies"),
        ({}, {"findings": ()}, "Z01-r was removed"),
        ({}, {"findings": (replace(LIMITED, severity=Severity.LOW),)}, "fell from medium to low"),
        ({}, {"findings": (replace(LIMITED, required=EvidenceClass.DECLARED),)}, "asks for declared"),
        ({}, {"findings": (replace(LIMITED, limit=Quantity(3.0, "s")),)}, "loosened from 2 s to 3 s"),
        ({}, {"findings": (replace(LIMITED, operator="that"),)}, "was replaced"),
        ({}, {"findings": (replace(LIMITED, set_aside_by="owner"),)}, "set aside"),
        ({"waivers": (WAIVER,)}, {"waivers": (replace(WAIVER, expires="2027-03-31"),)}, "extended"),
    ],
)
def test_a_weaker_gate_is_a_finding(base: dict[str, object], now: dict[str, object], said: str) -> None:
    found = find_weakenings(result(LIMITED, **base), replace(result(LIMITED), **now))  # type: ignore[arg-type]
    assert len(found) == 1
    assert said in found[0].message
    assert found[0].dimension == "", "not scored, so that no waiver can cover it"


@pytest.mark.parametrize(
    "now",
    [
        {"stage": "production"},
        {"findings": (replace(LIMITED, limit=Quantity(1.0, "s")),)},
        {"findings": (replace(LIMITED, severity=Severity.BLOCKER),)},
        {"packs": (replace(PACK, sha256="bb"),)},
        {
            "findings": (
                replace(
                    LIMITED, limit=Quantity(3.0, "s"), inputs=(Input("slow", "slo.p99", Quantity(9.0), None),)
                ),
            )
        },
    ],
)
def test_a_gate_that_is_not_weaker_is_not_told(now: dict[str, object]) -> None:
    assert find_weakenings(result(LIMITED), replace(result(LIMITED), **now)) == ()  # type: ignore[arg-type]


def made(word: Word) -> Verdict:
    return replace(decide([RULE], stage=Stage.PRODUCTION), word=word, reasons=("Because.",))


@pytest.mark.parametrize(
    ("word", "accept", "code"),
    [
        (Word.GO, Word.GO, ExitCode.GO),
        (Word.CONDITIONAL, Word.GO, ExitCode.CONDITIONAL),
        (Word.CONDITIONAL, Word.CONDITIONAL, ExitCode.GO),
        (Word.INSUFFICIENT, Word.CONDITIONAL, ExitCode.INSUFFICIENT),
        (Word.NO_GO, Word.CONDITIONAL, ExitCode.NO_GO),
    ],
)
def test_the_exit_code_is_that_of_the_word(word: Word, accept: Word, code: ExitCode) -> None:
    answer = answer_gate(made(word), [RULE], options=GateOptions(accept=accept))
    assert answer.code is code
    assert answer.sentence.startswith(word)


def test_a_regression_ends_what_would_pass_and_nothing_else() -> None:
    worse = [state(State.FAIL)]
    assert gate_exit_code(made(Word.GO), worse, regressions=worse) is ExitCode.REGRESSION
    assert gate_exit_code(made(Word.NO_GO), worse, regressions=worse) is ExitCode.NO_GO


@pytest.mark.parametrize(
    ("change", "fail_on", "code"),
    [
        ({"state": State.FAIL}, Severity.MEDIUM, ExitCode.CONDITIONAL),
        ({"state": State.FAIL}, Severity.HIGH, ExitCode.GO),
        ({"state": State.WAIVED, "waived_from": State.FAIL}, Severity.LOW, ExitCode.GO),
        ({"state": State.UNKNOWN}, Severity.LOW, ExitCode.GO),
        ({"state": State.FAIL, "due": "2027-12-02"}, Severity.LOW, ExitCode.GO),
    ],
)
def test_fail_on_a_severity(change: dict[str, object], fail_on: Severity, code: ExitCode) -> None:
    finding = replace(RULE, **change)  # type: ignore[arg-type]
    assert gate_exit_code(made(Word.GO), [finding], options=GateOptions(fail_on=fail_on)) is code
