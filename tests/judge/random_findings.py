"""Random findings, for properties of score and verdict."""

from __future__ import annotations

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


@st.composite
def finding_sets(draw: st.DrawFn, *, mostly_pass: bool = False) -> list[Finding]:
    """Return findings of some rules over some dimensions, some with several subjects."""
    few = draw(st.integers(1, 4))
    dimensions = list(DIMENSIONS)[:few]
    states = [State.PASS] * 30 + STATES if mostly_pass else STATES
    found: list[Finding] = []
    for number in range(draw(st.integers(1, 25))):
        rule = replace(
            BLANK,
            rule=f"Z{number:02}-rule",
            severity=draw(st.sampled_from(list(Severity))),
            dimension=draw(st.sampled_from(dimensions)),
            required=draw(st.sampled_from(list(EvidenceClass))),
        )
        for subject in ["", *("abc"[: draw(st.sampled_from([0, 0, 0, 2, 3]))])]:
            state = draw(st.sampled_from(states))
            held = draw(st.sampled_from([*EvidenceClass, EvidenceClass.MEASURED, EvidenceClass.MEASURED]))
            short = state is State.FAIL and draw(st.booleans())
            held = held if state in _DECIDED else None
            found.append(replace(rule, subject=subject, state=state, held=held, short=short))
    return found


_DECIDED = {State.PASS, State.FAIL}
