"""Must-haves: every rule once, and the parts add up to the whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from poc_gate.model.claim import Place
from poc_gate.model.finding import Finding, State
from poc_gate.model.rule import EvidenceClass, Severity
from poc_gate.words.judged.must_haves import count_words, must_haves


def finding(
    rule: str, state: State, severity: Severity = Severity.BLOCKER, *, held: bool = True, due: str = ""
) -> Finding:
    return Finding(
        rule=rule, pack="core", subject="", state=state, severity=severity, dimension="governance", what="It is so",
        required=EvidenceClass.ARTIFACT, held=EvidenceClass.ARTIFACT if held else EvidenceClass.DECLARED,
        place=Place("pilot.yaml"), due=due,
    )  # fmt: skip


def test_a_rule_counts_once_by_its_gravest_finding_and_the_parts_add_up():
    counted = must_haves(
        [
            finding("A01-x", State.PASS), finding("A01-x", State.FAIL), finding("A01-x", State.UNKNOWN),
            finding("A02-x", State.UNKNOWN, Severity.HIGH), finding("A03-x", State.PASS, held=False),
            finding("A04-x", State.PASS, Severity.HIGH, held=False), finding("A05-x", State.FAIL, Severity.MEDIUM),
            finding("A06-x", State.NOT_APPLICABLE), finding("A07-x", State.FAIL, due="2027-01-01"),
            finding("A08-x", State.WAIVED, Severity.HIGH),
        ]
    )  # fmt: skip
    assert counted.failed == ("A01-x",)
    assert counted.unanswered == ("A02-x",)
    assert counted.unproven == ("A03-x",)
    assert counted.met == ("A04-x", "A08-x")
    assert count_words(counted) == "of 5 must-haves, 1 fails, 1 is unanswered, 1 unproven and 2 met"
    alone = must_haves([finding("A01-x", State.UNKNOWN), finding("A02-x", State.UNKNOWN)])
    assert count_words(alone) == "all 2 must-haves are unanswered"
    assert count_words(must_haves([finding("A01-x", State.FAIL)])) == "of 1 must-have, 1 fails"


@given(
    st.lists(
        st.tuples(st.sampled_from("ABCD"), st.sampled_from(State), st.sampled_from(Severity), st.booleans())
    )
)
def test_no_rule_is_counted_twice(drawn: list[tuple[str, State, Severity, bool]]):
    findings = [finding(rule, state, severity, held=held) for rule, state, severity, held in drawn]
    counted = must_haves(findings)
    rules = [*counted.failed, *counted.unanswered, *counted.unproven, *counted.met]
    assert len(rules) == len(set(rules)) == counted.total
    assert (count_words(counted) == "") == (counted.total == len(counted.met))
