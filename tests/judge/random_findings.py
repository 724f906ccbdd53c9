"""Random findings, for properties of score and verdict."""

from __future__ import annotations

from itertools import product

from hypothesis import strategies as st
from msgspec.structs import replace

from poc_gate.model.claim import Place
from poc_gate.model.finding import Finding, State
from poc_gate.model.rule import DIMENSIONS, EvidenceClass, Severity

BLANK = Finding(
    rule="Z01-blank", pack="p", subject="", state=State.PASS, severity=Severity.MEDIUM,
    dimension="governance", what="It is so", message="It is so.", required=EvidenceClass.DECLARED,
    held=EvidenceClass.DECLARED, place=Place("pilot.yaml", 1, 1),
)  # fmt: skip
STATES = [State.PASS, State.PASS, State.PASS, State.FAIL, State.UNKNOWN, State.ERROR, State.NOT_APPLICABLE]


_DECIDED = {State.PASS, State.FAIL}
_HELD = [*EvidenceClass, EvidenceClass.MEASURED, EvidenceClass.MEASURED]
_RULES = [
    st.sampled_from(list(product(Severity, list(DIMENSIONS)[:few], EvidenceClass, (0, 0, 0, 2, 3))))
    for few in range(1, 5)
]
"""Severity, dimension, evidence required and number of further subjects of a rule over one, two, ... dimensions."""
_SUBJECTS = {
    mostly_pass: st.sampled_from(
        list(product([State.PASS] * 30 * mostly_pass + STATES, _HELD, (False, True)))
    )
    for mostly_pass in (False, True)
}
"""State, evidence held, and whether it falls short, of one subject: drawn at once, since each draw takes its time."""


@st.composite
def finding_sets(draw: st.DrawFn, *, mostly_pass: bool = False) -> list[Finding]:
    """Return findings of some rules over some dimensions, some with several subjects."""
    rules = _RULES[draw(st.integers(0, 3))]
    found: list[Finding] = []
    for number in range(draw(st.integers(1, 25))):
        severity, dimension, required, more = draw(rules)
        rule = replace(
            BLANK, rule=f"Z{number:02}-rule", severity=severity, dimension=dimension, required=required
        )
        for subject in ["", *"abc"[:more]]:
            state, held, short = draw(_SUBJECTS[mostly_pass])
            found.append(
                replace(
                    rule,
                    subject=subject,
                    state=state,
                    held=held if state in _DECIDED else None,
                    short=short and state is State.FAIL,
                )
            )
    return found
