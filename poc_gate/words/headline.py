"""Verdict and findings -> the plain sentence that opens every report, and the binding constraint."""

from __future__ import annotations

from poc_gate.model.finding import Finding, State
from poc_gate.model.rule import SEVERITY_RANK, Severity
from poc_gate.model.verdict import Verdict, Wall, Word
from poc_gate.words.findings import with_item
from poc_gate.words.gates import holds_for
from poc_gate.words.must_haves import count_words, must_haves

_ASKED = {"pilot": "to run as a pilot", "limited": "for a limited rollout", "production": "for production"}

_ANSWER = {
    Word.GO: "{name} is ready {asked}",
    Word.CONDITIONAL: "{name} is ready {asked} on conditions",
    Word.INSUFFICIENT: "It cannot be said yet whether {name} is ready {asked}",
    Word.NO_GO: "{name} is not ready {asked}",
}


def headline(name: str, verdict: Verdict, findings: tuple[Finding, ...], *, selected: int = 0) -> str:
    """Return one sentence: who may do what, and how much stands in the way.

    `selected` is the number of rules where only a selection was judged: then it speaks of those alone.
    """
    asked = _ASKED.get(verdict.stage, f"for stage {verdict.stage}")
    answer = _ANSWER[verdict.word].format(name=name, asked=asked)
    open_parts = count_words(must_haves(findings))
    reasons = open_parts
    if not reasons and verdict.word is not Word.GO:
        reasons = verdict.reasons[0].removesuffix(".") if verdict.reasons else ""
    if selected:
        those = f"{selected} rules" if selected > 1 else "one rule"
        told = open_parts or "no must-have is open"
        return f"{name}: only a selection was judged ({those}), which does not answer for the whole; {told}."
    holds = holds_for(verdict.bounds)
    return answer + (f": {reasons}." if reasons else ".") + (f" {holds}" if holds else "")


def binding_constraint(findings: tuple[Finding, ...], wall: Wall | None) -> str:
    """Return the sentence, with a number, of what binds first; empty when nothing is in the way.

    The worst failed finding comes first: by severity, then by how far its value is beyond its limit.
    Where nothing failed, the first wall says what breaks first as load grows.
    """
    failed = [f for f in findings if f.state is State.FAIL and not f.due]
    numbers = [f for f in failed if f.margin is not None and f.severity is Severity.BLOCKER]
    worst = max(numbers or failed, key=_urgency, default=None)
    if worst is not None:
        return with_item(worst)
    if wall is not None:
        return wall.cause
    unknown = [f for f in findings if f.state is State.UNKNOWN]
    first = max(unknown, key=_urgency, default=None)
    return with_item(first) if first is not None else ""


def _urgency(finding: Finding) -> tuple[int, float, str]:
    margin = finding.margin
    beyond = 0.0 if margin is None or margin <= 0 else max(margin, 1 / margin)
    return SEVERITY_RANK[finding.severity], beyond, finding.rule
