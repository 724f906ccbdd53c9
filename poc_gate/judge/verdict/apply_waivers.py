"""Findings + waiver ledger -> findings with waived ones marked, and what became of every waiver."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from datetime import date

from msgspec import structs

from poc_gate.judge.verdict.score import is_scored
from poc_gate.model.finding import Finding, State, Waiver
from poc_gate.model.rule import Severity
from poc_gate.text.placeholders import is_nobody, is_placeholder

LONGEST = 180
"""Days; a longer waiver is a decision to change the rule, and is made there."""
WAIVABLE = {State.FAIL, State.UNKNOWN}
_NEVER = "a blocker is never waived"


def apply_waivers(
    findings: Sequence[Finding], waivers: Sequence[Waiver], *, today: str
) -> tuple[tuple[Finding, ...], tuple[Waiver, ...]]:
    """Return the findings, covered ones as waived, and the waivers with status and note.

    A waiver holds until the end of its day, UTC. It is refused on a blocker, on an error, for a
    finding that is not scored, and when it runs for more than 180 days; a refused or expired one
    covers nothing, so its finding stays open.
    """
    held = list(findings)
    told: list[Waiver] = []
    for waiver in waivers:
        status, note, covered = _judge(waiver, held, today)
        for index in covered:
            held[index] = structs.replace(
                held[index],
                state=State.WAIVED,
                waived_from=held[index].state,
                waiver=waiver.id,
                waiver_plan="" if is_placeholder(waiver.plan) else waiver.plan,
            )
        told.append(structs.replace(waiver, status=status, note=note))
    return tuple(held), tuple(told)


def _judge(waiver: Waiver, findings: list[Finding], today: str) -> tuple[str, str, list[int]]:
    """Return status, note and the positions of the findings that a waiver covers."""
    named = _rule_named(waiver.rule, findings)
    matching = [index for index, f in enumerate(findings) if f.rule == named]
    here = [index for index in matching if findings[index].subject == waiver.subject]
    fault = _unnamed(waiver) or _out_of_time(waiver, today)
    if fault:
        return *fault, []
    if not here:
        open_ones = [found for index in matching if (found := findings[index]).state in WAIVABLE]
        if open_ones and all(found.severity is Severity.BLOCKER for found in open_ones):
            return "refused", _NEVER, []
        return (
            "unused",
            _nothing_to_cover(waiver, findings, [findings[index].subject for index in matching]),
            [],
        )
    refusal = _refusal(findings[here[0]])
    if refusal:
        return *refusal, []
    return "active", "", here


def _out_of_time(waiver: Waiver, today: str) -> tuple[str, str] | None:
    """Return status and note of a waiver that has ended, or would never end."""
    left = (date.fromisoformat(waiver.expires) - date.fromisoformat(today)).days
    if left < 0:
        return "expired", f"it ended on {waiver.expires}; the finding is open again"
    return ("refused", f"it runs for {left} days; at most {LONGEST} are allowed") if left > LONGEST else None


def _unnamed(waiver: Waiver) -> tuple[str, str] | None:
    """Return status and note where a part says nothing: somebody owns it, somebody approved it, for a reason."""
    for part, text, empty in (
        ("owner", waiver.owner, is_nobody),
        ("approver", waiver.approver, is_nobody),
        ("reason", waiver.reason, is_placeholder),
    ):
        if empty(text):
            return "refused", f"its {part} is {text!r}, which says nothing"
    return None


def _rule_named(name: str, findings: list[Finding]) -> str:
    """Return the rule of a full id, or of a short one such as J02 that only one judged rule has."""
    judged = {finding.rule for finding in findings}
    short = [rule for rule in judged if rule.partition("-")[0] == name]
    return short[0] if name not in judged and len(short) == 1 else name


def _refusal(finding: Finding) -> tuple[str, str] | None:
    """Return status and note where a finding cannot be waived or need not be."""
    if finding.due:
        return "unused", "the duty is not yet due"
    if not is_scored(finding):
        return "refused", "this finding cannot be waived"
    if finding.state is State.ERROR:
        return "refused", "an error is fixed, not waived"
    if finding.state not in WAIVABLE:
        return "unused", "the finding passes" if finding.state is State.PASS else "the rule does not apply"
    return ("refused", _NEVER) if finding.severity is Severity.BLOCKER else None


def _nothing_to_cover(waiver: Waiver, findings: list[Finding], subjects: list[str]) -> str:
    if subjects and not waiver.subject:
        return f"the rule is judged for each subject: name one, such as {subjects[0]}"
    if subjects:
        return f"there is no subject {waiver.subject}"
    near = difflib.get_close_matches(waiver.rule, {finding.rule for finding in findings}, n=1)
    return "no rule of that name was judged" + (f"; the nearest is {near[0]}" if near else "")
