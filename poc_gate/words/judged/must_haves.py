"""Findings -> the must-haves of this stage, each rule once, and the words that count them; once for all formats."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from poc_gate.model.finding import Finding, State
from poc_gate.model.rule import Severity
from poc_gate.words.grammar import and_list

_MUST = (Severity.BLOCKER, Severity.HIGH)


class MustHaves(Struct, frozen=True):
    """Rules that a verdict waits for, by the gravest of their findings; the four parts add up to all of them."""

    failed: tuple[str, ...]
    unanswered: tuple[str, ...]
    unproven: tuple[str, ...]
    """Answered, but on less than the rule asks for; only where the rule is a blocker."""
    met: tuple[str, ...]
    """Met, or accepted in the ledger."""

    @property
    def total(self) -> int:
        """Number of must-haves."""
        return len(self.failed) + len(self.unanswered) + len(self.unproven) + len(self.met)


def must_haves(findings: Iterable[Finding]) -> MustHaves:
    """Return the rules of the severities blocker and high that bind today, sorted by id in each part."""
    parts: dict[str, int] = {}
    for finding in findings:
        if finding.severity not in _MUST or finding.due or finding.state is State.NOT_APPLICABLE:
            continue
        parts[finding.rule] = min(parts.get(finding.rule, 3), _part(finding))
    sorted_out = [
        tuple(sorted(rule for rule, part in parts.items() if part == number)) for number in range(4)
    ]
    return MustHaves(*sorted_out)


def _part(finding: Finding) -> int:
    """Return the place of a finding among failed, unanswered, unproven and met."""
    if finding.state is State.FAIL:
        return 0
    if finding.state in (State.UNKNOWN, State.ERROR):
        return 1
    unproven = finding.state is State.PASS and not finding.proven and finding.severity is Severity.BLOCKER
    return 2 if unproven else 3


def count_words(counted: MustHaves) -> str:
    """Return the count as a clause, such as `of 32 must-haves, 9 fail, 10 are unanswered, 8 are unproven and 5 are met`.

    Empty where none is open.
    """
    if len(counted.met) == counted.total:
        return ""
    parts = [
        _some(len(counted.failed), "fails", "fail"),
        _some(len(counted.unanswered), "is unanswered", "are unanswered"),
        _some(len(counted.unproven), "is unproven", "are unproven"),
        _some(len(counted.met), "is met", "are met"),
    ]
    noun = "must-have" if counted.total == 1 else "must-haves"
    return f"of {counted.total} {noun}, {and_list([part for part in parts if part])}"


def _some(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}" if number else ""
