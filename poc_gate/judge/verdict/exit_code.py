"""Verdict, findings and what the caller accepts -> the exit code and the sentence that says why."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from poc_gate.errors import ExitCode
from poc_gate.judge.verdict.score import is_scored, is_undecided, state_of
from poc_gate.model.finding import Finding, State
from poc_gate.model.rule import SEVERITY_RANK, Severity
from poc_gate.model.verdict import Verdict, Word


class GateOptions(Struct, frozen=True):
    """What the caller asked for."""

    accept: Word = Word.GO
    """Worst word that still passes: GO or CONDITIONAL; the other two never pass."""
    fail_on: Severity | None = None
    """Failed findings of this severity or above do not pass, whatever the word."""


class GateAnswer(Struct, frozen=True):
    """The exit code and one sentence about it."""

    code: ExitCode
    sentence: str


def answer_gate(
    verdict: Verdict,
    findings: Sequence[Finding],
    *,
    options: GateOptions | None = None,
    regressions: Sequence[Finding] = (),
    selected: bool = False,
) -> GateAnswer:
    """Return what the process exits with; the only place where this is decided.

    `selected` says that only some rules were judged: that is never accepted, whatever the caller accepts. A regression counts only when the verdict itself passes, so that the worse news is told.
    """
    asked = options or GateOptions()
    passes = verdict.word is Word.GO or (
        verdict.word is Word.CONDITIONAL and asked.accept is Word.CONDITIONAL and not selected
    )
    if not passes:
        return GateAnswer(verdict.exit_code, f"{verdict.word}: {verdict.reasons[0]}")
    if asked.fail_on is not None:
        least = SEVERITY_RANK[asked.fail_on]
        hit = [f for f in findings if _is_failed(f) and SEVERITY_RANK[f.severity] >= least]
        if hit:
            rules = ", ".join(sorted({finding.rule for finding in hit})[:5])
            return GateAnswer(
                ExitCode.CONDITIONAL, f"{verdict.word}, but findings from {asked.fail_on} up fail: {rules}."
            )
    if regressions:
        rules = ", ".join(sorted({finding.rule for finding in regressions})[:5])
        return GateAnswer(ExitCode.REGRESSION, f"{verdict.word}, but worse than the base: {rules}.")
    accepted = "" if verdict.word is Word.GO else " (accepted)"
    return GateAnswer(ExitCode.GO, f"{verdict.word}{accepted}: {verdict.reasons[0]}")


def gate_exit_code(
    verdict: Verdict,
    findings: Sequence[Finding],
    *,
    options: GateOptions | None = None,
    regressions: Sequence[Finding] = (),
) -> ExitCode:
    """Return the exit code of `answer_gate`."""
    return answer_gate(verdict, findings, options=options, regressions=regressions).code


def _is_failed(finding: Finding) -> bool:
    """Whether `--fail-on` counts it: failed, or undecided where a blocker may not be; waived ones not."""
    if not is_scored(finding) or finding.state is State.WAIVED:
        return False
    undecided = is_undecided(finding) and finding.severity is Severity.BLOCKER
    return state_of(finding) is State.FAIL or undecided
