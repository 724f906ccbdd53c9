"""What the six states become in a format for machines; each format holds its own, and the docs print them side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from poc_gate.model.finding import Finding, State
from poc_gate.model.rule import Severity

_OPEN = (State.FAIL, State.UNKNOWN)


class StateWords(Struct, frozen=True):
    """One format's words for the states of findings."""

    states: Mapping[State, str | Mapping[Severity, str]]
    """All six: one word, or one for each severity."""
    due: str
    """What an open finding becomes whose duty binds at a later date."""

    def of(self, finding: Finding) -> str:
        """Return what a finding becomes in the format."""
        if finding.due and finding.state in _OPEN:
            return self.due
        word = self.states[finding.state]
        return word if isinstance(word, str) else word[_gravity(finding)]


def _gravity(finding: Finding) -> Severity:
    """Return what a finding counts as: one that only falls short is a condition and stops nothing."""
    grave = finding.severity in (Severity.BLOCKER, Severity.HIGH)
    return Severity.MEDIUM if finding.short and grave else finding.severity


def by_severity(blocker: str, high: str, medium: str, low: str) -> Mapping[Severity, str]:
    """Return words that follow the severity of a finding."""
    return {Severity.BLOCKER: blocker, Severity.HIGH: high, Severity.MEDIUM: medium, Severity.LOW: low}


def state_table(words: Sequence[tuple[str, StateWords]]) -> str:
    """Return formats by name and their words as a Markdown table, as `docs/reports.md` prints it."""
    head = ["state", *(name for name, _ in words)]
    rows = [head, ["---"] * len(head)]
    rows += [[state.value, *(_cell(one.states[state]) for _, one in words)] for state in State]
    short = [one.states[State.FAIL] for _, one in words]
    rows.append(
        ["falls short (fail)", *(one if isinstance(one, str) else one[Severity.MEDIUM] for one in short)]
    )
    rows.append(["due later (fail or unknown)", *(one.due for _, one in words)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def _cell(word: str | Mapping[Severity, str]) -> str:
    return (
        word if isinstance(word, str) else ", ".join(f"{key.value}: {value}" for key, value in word.items())
    )
