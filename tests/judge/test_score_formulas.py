"""The numbers of a score, each added up by hand on a few findings."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from random_findings import BLANK

from poc_gate.judge.verdict.score import (
    credit,
    is_scored,
    is_undecided,
    is_unproven,
    score_parts,
    total,
    weights_of,
)
from poc_gate.model.finding import Finding, State
from poc_gate.model.rule import OFF, EvidenceClass, Severity

D, A, M = EvidenceClass.DECLARED, EvidenceClass.ARTIFACT, EvidenceClass.MEASURED


def one(rule: str, state: State = State.PASS, **changed: object) -> Finding:
    """Return a finding in governance; what is undecided holds no evidence."""
    held = changed.pop("held", M if state in (State.PASS, State.FAIL) else None)
    made = {"required": M, "held": held, "rule": rule, "state": state} | changed
    return replace(BLANK, **made)  # type: ignore[arg-type]


MIXED = [
    one("a", severity=Severity.BLOCKER),  # weight 10, credit 1
    one("b", severity=Severity.HIGH, held=A),  # weight 5, credit 0.5, could reach 1
    one("c", State.UNKNOWN, severity=Severity.MEDIUM),  # weight 3, could reach 3
    one("d", State.FAIL, severity=Severity.LOW),  # weight 1, nothing
    one("e", State.ERROR, severity=Severity.LOW),  # weight 1, counts as unknown
    one("f", severity=Severity.LOW, required=D, held=D),  # weight 1, credit 1, but not shown
    one("g", State.NOT_APPLICABLE, severity=Severity.HIGH, held=None),  # 5, aside
]


def test_a_dimension_by_hand() -> None:
    part = score_parts(MIXED)[4]
    dimension = part.dimension
    assert (dimension.key, dimension.title) == ("governance", "Governance & risk")
    assert part.weight == 21
    assert dimension.low == pytest.approx(100 * (10 + 2.5 + 1) / 21)
    assert dimension.high == pytest.approx(100 * (10 + 2.5 + 1 + 2.5 + 3 + 1) / 21)
    assert (part.known, part.shown, part.aside) == (17, 15, 5)
    assert (part.decided, part.applicable, part.rank) == (4, 6, 2)
    assert (
        dimension.rules,
        dimension.passed,
        dimension.failed,
        dimension.unknown,
        dimension.not_applicable,
    ) == (6, 3, 1, 2, 1)


def test_the_totals_by_hand() -> None:
    other = [
        one("x", severity=Severity.LOW, dimension="economics", held=D),
        one("y", State.NOT_APPLICABLE, dimension="economics", held=None),
    ]
    found = total(score_parts([*MIXED, *other]))
    assert found.coverage == pytest.approx(18 / 22)
    assert found.confidence == pytest.approx(15 / 22)
    assert found.not_applicable_share == pytest.approx(8 / 30)
    assert (found.applicable, found.decided, found.label) == (7, 5, "PG-DAM")


def test_totals_of_nothing_are_no_numbers() -> None:
    empty = total(score_parts([]))
    assert (empty.coverage, empty.confidence, empty.not_applicable_share) == (None, None, None)
    assert (empty.applicable, empty.decided, empty.label) == (0, 0, "PG-D")
    aside = total(score_parts([one("a", State.NOT_APPLICABLE, held=None)]))
    assert (aside.coverage, aside.not_applicable_share) == (None, 1.0)
    assert total([]).label == "PG-D"
    half = total(score_parts([one("a"), one("b", State.NOT_APPLICABLE, held=None)]))
    assert half.not_applicable_share == 0.5
    assert score_parts([])[0].dimension.low is None
    assert score_parts([])[0].dimension.high is None


@pytest.mark.parametrize(("held", "label"), [(D, "PG-D"), (A, "PG-DA"), (M, "PG-DAM")])
def test_the_label_is_the_best_evidence_of_a_pass(held: EvidenceClass, label: str) -> None:
    assert total(score_parts([one("a", held=held), one("b", State.FAIL, held=M)])).label == label


@pytest.mark.parametrize(
    ("required", "held", "expected"),
    [
        (D, D, 1),
        (D, A, 1),
        (D, M, 1),
        (A, D, 0.5),
        (A, A, 1),
        (A, M, 1),
        (M, D, 0.25),
        (M, A, 0.5),
        (M, M, 1),
        (M, None, 0.25),
    ],
)
def test_the_credit_table_of_the_documentation(required, held, expected) -> None:
    assert credit(one("a", required=required, held=held)) == expected
    assert credit(one("a", State.FAIL, required=required, held=held)) == 0


def test_what_counts_and_as_what() -> None:
    assert is_scored(one("a"))
    assert not is_scored(one("a", due="2027-01-01"))
    assert not is_scored(one("a", dimension=""))
    waived = one("a", State.WAIVED, waived_from=State.UNKNOWN)
    assert is_undecided(waived)
    assert not is_undecided(one("a", State.WAIVED, waived_from=State.FAIL))
    assert not is_undecided(one("a", State.FAIL))
    assert is_unproven(one("a", held=A))
    assert not is_unproven(one("a", held=M))
    assert not is_unproven(one("a", State.FAIL, held=A))


def test_weights_by_hand() -> None:
    """A cause weighs as much as its gravest rule, shared by its rules; a rule's subjects share its weight."""
    scored = [
        one("alone", severity=Severity.HIGH),
        *[one("many", subject=f"sources[{n}]", severity=Severity.BLOCKER) for n in "abcd"],
        one("age-1", severity=Severity.BLOCKER, cause="age"),
        one("age-2", severity=Severity.LOW, cause="age"),
        *[one("age-3", subject=f"sources[{n}]", severity=Severity.MEDIUM, cause="age") for n in "ab"],
        one("aside", State.NOT_APPLICABLE, held=None),
    ]
    assert weights_of(scored) == pytest.approx(
        {"alone": 5, "many": 2.5, "age-1": 10 / 3, "age-2": 10 / 3, "age-3": 5 / 3}
    )


def test_what_does_not_apply_shares_its_weight_among_subjects_too() -> None:
    aside = [
        one("a", State.NOT_APPLICABLE, subject=f"sources[{n}]", severity=Severity.BLOCKER, held=None)
        for n in "abcd"
    ]
    assert score_parts([one("b"), *aside])[4].aside == 10


def test_a_pass_weighs_no_more_than_if_the_exposure_were_known_and_mild() -> None:
    """Blockers, but low or no rules at all where nothing outward happens; a failure weighs what it says."""
    scored = [
        one("off", severity=Severity.BLOCKER, mildest=OFF),
        one("mild", severity=Severity.BLOCKER, mildest="low"),
        one("failed", State.FAIL, severity=Severity.BLOCKER, mildest="low"),
        one("plain", severity=Severity.HIGH),
    ]
    assert weights_of(scored) == {"off": 0.0, "mild": 1, "failed": 10, "plain": 5}
    assert score_parts(scored)[4].weight == 16


def test_a_subject_that_passes_mildly_shares_the_weight_of_one_that_fails() -> None:
    both = [
        one("a", severity=Severity.BLOCKER, mildest="low", subject="sources[x]"),
        one("a", State.FAIL, severity=Severity.BLOCKER, mildest="low", subject="sources[y]"),
    ]
    part = score_parts(both)[4]
    assert weights_of(both) == {"a": 5}
    assert part.weight == 5.5
    assert part.dimension.low == pytest.approx(100 * 0.5 / 5.5)
