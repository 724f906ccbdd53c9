"""A first day that does not stop everybody: until a stated day the gate reports and exits 0, and says what it would be.

The verdict, the report and every finding stay as they are. A comparison with the base still counts, so that nothing
new or worse comes in meanwhile; a change that adds the day, or moves it back, is not shielded by it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from msgspec.structs import replace

from poc_gate.app.assess.reading.case import Case
from poc_gate.errors import ExitCode
from poc_gate.judge.verdict.exit_code import GateAnswer
from poc_gate.model.claim import Notice, Place
from poc_gate.model.finding import Finding
from poc_gate.model.verdict import ADVISORY, EXIT_OF_WORD, Result

LONGEST = 180
"""Days ahead that a gate may be advisory, as for waivers; a later day counts as this one."""
_WORDS = {code: word for word, code in EXIT_OF_WORD.items()}
_STOPS = (ExitCode.CONDITIONAL, ExitCode.INSUFFICIENT, ExitCode.NO_GO)


def advisory_until(case: Case, asked: str = "") -> str:
    """Return the day until which the gate only reports, or an empty text where it binds already.

    Of the option and the manifest the earlier day counts, and never one more than 180 days ahead.
    """
    stated = case.tree.get("gate.advisory_until").value
    days = [day for day in (asked, stated) if isinstance(day, str) and day]
    if not days:
        return ""
    today = dt.date.fromisoformat(case.today)
    until = min(*map(dt.date.fromisoformat, days), today + dt.timedelta(days=LONGEST))
    return until.isoformat() if until > today else ""


def under_advice(
    answer: GateAnswer, until: str, regressions: Sequence[Finding], *, ratchet: bool
) -> tuple[GateAnswer, bool]:
    """Return the answer of a gate that only reports until a day, and whether it would have stopped without it.

    With `ratchet` regressions against the base still stop. One of them that is about the day itself takes its
    shield away, with and without.
    """
    if not until or answer.code not in _STOPS or any(finding.subject == ADVISORY for finding in regressions):
        return answer, False
    word = _WORDS[answer.code]
    if regressions and ratchet:
        rules = ", ".join(sorted({finding.rule for finding in regressions})[:5])
        sentence = f"would be {word}, binding from {until}; worse than the base: {rules}."
        return GateAnswer(ExitCode.REGRESSION, sentence), True
    return GateAnswer(ExitCode.GO, f"would be {word}; binding from {until}"), True


def with_notice(result: Result, case: Case, until: str, *, shielded: bool) -> Result:
    """Return the result with a line that every report shows while the gate only reports."""
    if not until or not shielded:
        return result
    fact = case.tree.get("gate.advisory_until")
    place = fact.place or Place(case.manifest)
    text = f"this verdict stops nobody yet: the gate only reports until {until}"
    return replace(
        result,
        notices=(*result.notices, Notice("warning", text, place, "fix or accept what is open by then")),
    )
