"""Verdict and findings -> the plain sentence that opens every report, and the binding constraint."""

from __future__ import annotations

from poc_gate.model.finding import Finding, State
from poc_gate.model.rule import SEVERITY_RANK, Severity
from poc_gate.model.verdict import Verdict, Wall, Word
from poc_gate.words.findings import with_item
from poc_gate.words.gates import holds_for
from poc_gate.words.grammar import and_list, count_of

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
    failed = _rules(findings, State.FAIL)
    unknown = _rules(findings, State.UNKNOWN) - failed
    unproven = {f.rule for f in findings if f.state is State.PASS and _binds(f) and not f.proven}
    unproven -= failed | unknown
    reasons = _counted(len(failed), len(unknown), len(unproven))
    if not reasons and verdict.word is not Word.GO:
        reasons = [verdict.reasons[0].removesuffix(".")] if verdict.reasons else []
    if selected:
        those = f"of the {selected} selected rules" if selected > 1 else "of the one selected rule"
        told = and_list(reasons) if failed or unknown or unproven else "no blocker is open"
        return f"{name}: only a selection was judged, which does not answer for the whole; {those}, {told}."
    holds = holds_for(verdict.bounds)
    return answer + (f": {and_list(reasons)}." if reasons else ".") + (f" {holds}" if holds else "")


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


def _binds(finding: Finding) -> bool:
    return finding.severity is Severity.BLOCKER and not finding.due


def _counted(failed: int, unknown: int, unproven: int) -> list[str]:
    """Return how many blockers stand in the way, each counted once, by the gravest of its findings."""
    told = [f"{count_of(failed, 'blocker')} failed"] if failed else []
    noun = "" if told else f" {'blocker' if unknown == 1 else 'blockers'}"
    told += [f"{unknown}{noun} could not be assessed"] if unknown else []
    noun = "" if told else f" {'blocker' if unproven == 1 else 'blockers'}"
    rest = "rests on a claim" if unproven == 1 else "rest on claims"
    return [*told, f"{unproven}{noun} {rest} without evidence"] if unproven else told


def _rules(findings: tuple[Finding, ...], state: State) -> set[str]:
    return {f.rule for f in findings if f.state is state and _binds(f)}


def _urgency(finding: Finding) -> tuple[int, float, str]:
    margin = finding.margin
    beyond = 0.0 if margin is None or margin <= 0 else max(margin, 1 / margin)
    return SEVERITY_RANK[finding.severity], beyond, finding.rule
