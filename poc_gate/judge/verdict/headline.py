"""Verdict and findings -> the plain sentence that opens every report, and the binding constraint."""

from __future__ import annotations

from poc_gate.model.finding import Finding, State
from poc_gate.model.rule import SEVERITY_RANK, Severity
from poc_gate.model.verdict import Verdict, Wall, Word

_ASKED = {"pilot": "run as a pilot", "limited": "go to a limited rollout", "production": "go to production"}

_ANSWER = {
    Word.GO: "may {asked}",
    Word.CONDITIONAL: "may {asked} on conditions",
    Word.INSUFFICIENT: "cannot be judged yet for whether it may {asked}",
    Word.NO_GO: "may not {asked}",
}


def headline(name: str, verdict: Verdict, findings: tuple[Finding, ...], *, selected: int = 0) -> str:
    """Return one sentence: who may do what, and how much stands in the way.

    `selected` is the number of rules where only a selection was judged: then it speaks of those alone.
    """
    asked = _ASKED.get(verdict.stage, f"go to stage {verdict.stage}")
    answer = _ANSWER[verdict.word].format(asked=asked)
    failed = _count(findings, State.FAIL)
    unknown = _count(findings, State.UNKNOWN)
    unproven = len({f.rule for f in findings if f.state is State.PASS and _binds(f) and not f.proven})
    reasons = []
    if failed:
        reasons.append(f"{failed} blocker{'s' if failed > 1 else ''} fail{'' if failed > 1 else 's'}")
    if unknown:
        reasons.append(f"{unknown} blocker{'s are' if unknown > 1 else ' is'} unknown")
    if unproven:
        reasons.append(f"{unproven} {'are' if unproven > 1 else 'is'} only claimed, not shown")
    if not reasons and verdict.word is not Word.GO:
        reasons = [verdict.reasons[0].removesuffix(".")] if verdict.reasons else []
    if selected:
        those = f"of the {selected} selected rules" if selected > 1 else "of the one selected rule"
        told = ", ".join(reasons) if failed or unknown or unproven else "no blocker is open"
        return f"{name}: only a selection was judged, which is no answer on the whole; {those} {told}."
    return f"{name} {answer}" + (f": {', '.join(reasons)}." if reasons else ".")


def binding_constraint(findings: tuple[Finding, ...], wall: Wall | None) -> str:
    """Return the sentence, with a number, of what binds first; empty when nothing is in the way.

    The worst failed finding comes first: by severity, then by how far its value is beyond its limit.
    Where nothing failed, the first wall says what breaks first as load grows.
    """
    failed = [f for f in findings if f.state is State.FAIL and not f.due]
    numbers = [f for f in failed if f.margin is not None and f.severity is Severity.BLOCKER]
    worst = max(numbers or failed, key=_urgency, default=None)
    if worst is not None:
        return worst.message
    if wall is not None:
        return wall.cause
    unknown = [f for f in findings if f.state is State.UNKNOWN]
    first = max(unknown, key=_urgency, default=None)
    return first.message if first is not None else ""


def _binds(finding: Finding) -> bool:
    return finding.severity is Severity.BLOCKER and not finding.due


def _count(findings: tuple[Finding, ...], state: State) -> int:
    return len({f.rule for f in findings if f.state is state and _binds(f)})


def _urgency(finding: Finding) -> tuple[int, float, str]:
    margin = finding.margin
    beyond = 0.0 if margin is None or margin <= 0 else max(margin, 1 / margin)
    return SEVERITY_RANK[finding.severity], beyond, finding.rule
