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
    """Return the count as a clause, such as `of 32 must-haves, 9 fail, 10 are unanswered, 8 unproven and 5 met`.

    Empty where none is open.
    """
    if len(counted.met) == counted.total:
        return ""
    failed = len(counted.failed)
    parts = [f"{failed} {'fails' if failed == 1 else 'fail'}"] if failed else []
    rest = [(counted.unanswered, "unanswered"), (counted.unproven, "unproven"), (counted.met, "met")]
    known = [(len(rules), state) for rules, state in rest if rules]
    for place, (number, state) in enumerate(known):
        verb = "" if place else "is " if number == 1 else "are "  # said once: `10 are unanswered, 8 unproven`
        parts.append(f"{number} {verb}{state}")
    if len(parts) == 1 and counted.total > 1:
        return f"all {counted.total} must-haves {parts[0].partition(' ')[2]}"
    noun = "must-have" if counted.total == 1 else "must-haves"
    return f"of {counted.total} {noun}, {and_list(parts)}"
