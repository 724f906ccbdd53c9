"""Evidence predicates: a file that merely exists proves nothing; flip points: linear, curved, absorbed."""

from __future__ import annotations

import pytest
from fact_texts import NAME, PLACE, TODAY, fact, only
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from rule_texts import pack_of, rule_text

from poc_gate.judge.evaluate.checking.check_evidence import holds
from poc_gate.judge.evaluate.evaluate_rules import evaluate_rules
from poc_gate.model.claim import Evidence
from poc_gate.model.fact import Fact, FactTree
from poc_gate.model.finding import Finding, State
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import EvidenceClass, Stage
from poc_gate.words.judged.findings import worded

PREDICATE = (
    "{parses_as: [yaml, json], contains: [rollback.tested_on, rollback.minutes], "
    "where: content.rollback.minutes <= 30, max_age: 90 d, approver: true}"
)
SHOWN = rule_text("Z02-shown", "{evidence: true}", "{}", evidence=PREDICATE, requires="artifact")
BESIDE = rule_text(
    "Z02-beside",
    "{that: exercised}",
    "{exercised: operations.canary}",
    evidence=PREDICATE,
    requires="artifact",
)
GOOD = Evidence(
    "Z02-shown", "rollback.yaml", PLACE, "ab" * 32, observed_at="2026-11-01", approver="service owner",
    approval="author", parsed_as="yaml", content={"rollback": {"tested_on": "2026-11-01", "minutes": 12}},
)  # fmt: skip


def shown(evidence: Evidence, rule: str = SHOWN, *, exposure: str = "high") -> Finding:
    evidence = replace(evidence, rule=rule.split()[1])
    stated = (NAME, fact("operations.canary", value=True), fact("exposure.level", value=exposure))
    tree = FactTree({one.name: one for one in stated})
    (finding,) = evaluate_rules(pack_of(rule), tree, stage=Stage.PILOT, today=TODAY, evidence=[evidence])
    return worded(finding)


def test_a_file_that_satisfies_the_rule_counts_as_artifact() -> None:
    finding = shown(GOOD)
    assert finding.state is State.PASS
    assert finding.held is EvidenceClass.ARTIFACT
    assert finding.evidence_files == ("rollback.yaml",)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"content": {}}, "rollback.tested_on is missing or empty"),
        (
            {"content": {"rollback": {"tested_on": "", "minutes": 1}}},
            "rollback.tested_on is missing or empty",
        ),
        ({"content": {"rollback": {"tested_on": "x", "minutes": 45}}}, "does not hold"),
        ({"content": {"rollback": {"tested_on": "x", "minutes": "12 MB"}}}, "does not hold"),
        ({"parsed_as": "csv"}, "it is csv, not yaml or json"),
        ({"fault": "the file is empty"}, "the file is empty"),
        ({"approver": ""}, "no role has signed it off"),
    ],
)
def test_a_file_that_only_exists_proves_nothing(change: dict[str, object], said: str) -> None:
    evidence = replace(GOOD, **change)  # type: ignore[arg-type]
    finding = shown(evidence)
    assert finding.state is State.FAIL
    assert said in finding.message
    beside = shown(evidence, BESIDE)
    assert beside.state is State.PASS
    assert beside.held is EvidenceClass.DECLARED
    assert said in " ".join(beside.evidence_notes)


@pytest.mark.parametrize(
    ("observed", "committed", "held"),
    [
        ("2026-08-24", "", EvidenceClass.ARTIFACT),
        ("2026-08-23", "", EvidenceClass.DECLARED),
        ("", "", EvidenceClass.DECLARED),
        ("", "2026-11-01T10:00:00+00:00", EvidenceClass.ARTIFACT),
    ],
)
def test_old_or_undated_files_drop_one_class(observed: str, committed: str, held: EvidenceClass) -> None:
    finding = shown(replace(GOOD, observed_at=observed, committed_at=committed))
    assert finding.state is State.PASS
    assert finding.held is held
    assert bool(finding.resolve) is (held is EvidenceClass.DECLARED)


@pytest.mark.parametrize(
    "change",
    [
        {"observed_at": "2026-12-01"},
        {"observed_at": "", "committed_at": "2026-12-01T00:00:00+00:00"},
        {"content": {"rollback": {"tested_on": "2026-12-01", "minutes": 12}}},
        {
            "content": {
                "rollback": {"tested_on": "2026-10-01", "minutes": 12},
                "access": [{"granted-on": "2027/1/2"}],
            }
        },
    ],
)
def test_what_is_still_to_come_shows_nothing_yet(change: dict[str, object]) -> None:
    finding = shown(replace(GOOD, **change))  # type: ignore[arg-type]
    assert finding.state is State.FAIL
    assert "in the future" in finding.message


def test_what_is_planned_may_be_in_the_future() -> None:
    planned = {
        "rollback": {"tested_on": "2026-10-01", "minutes": 12, "next_test_on": "2027-10-01"},
        "expires_on": "2028-01-01",
    }
    assert shown(replace(GOOD, content=planned)).state is State.PASS


@pytest.mark.parametrize(
    ("typed", "committed", "held"),
    [
        ("2026-11-20", "2026-11-02T10:00:00+00:00", EvidenceClass.ARTIFACT),
        ("2026-11-20", "2026-06-02T10:00:00+00:00", EvidenceClass.DECLARED),
        ("2026-11-20", "2019-01-01T00:00:00+00:00", EvidenceClass.DECLARED),
    ],
)
def test_a_typed_day_is_not_later_than_the_day_on_which_the_file_was_last_changed(
    typed: str, committed: str, held: EvidenceClass
) -> None:
    content = {"rollback": {"tested_on": "x", "minutes": 12}}
    finding = shown(replace(GOOD, observed_at=typed, typed_at=typed, committed_at=committed, content=content))
    assert finding.held is held
    if held is EvidenceClass.DECLARED:
        told = " ".join(finding.evidence_notes)
        assert "the day it was last changed counts, not the 2026-11-20 of the manifest" in told


@pytest.mark.parametrize(
    ("tested", "state"), [("2026-06-02", State.PASS), ("2026-06-03", State.PASS), ("2026-06-04", State.FAIL)]
)
def test_a_record_does_not_foretell_what_happened_after_it_was_written(tested: str, state: State) -> None:
    """One day is left for the time zone of whoever wrote it."""
    content = {"rollback": {"tested_on": tested, "minutes": 12}}
    at = "2026-06-02T23:00:00-11:00"
    finding = shown(replace(GOOD, observed_at=tested, committed_at=at, content=content))
    assert finding.state is state
    if state is State.FAIL:
        assert (
            "rollback.tested_on is 2026-06-04, and the file was last changed on 2026-06-02" in finding.message
        )


def test_a_file_with_another_digest_is_an_error() -> None:
    finding = shown(replace(GOOD, declared_sha256="cd" * 32))
    assert finding.state is State.ERROR
    assert "digest" in finding.message
    assert shown(replace(GOOD, declared_sha256="AB" * 32)).state is State.PASS


AGAINST_CLAIM = rule_text(
    "Z02-claim",
    "{value: took, at_most: 1 h}",
    "{took: operations.rollback, target: operations.rollback_target}",
    evidence="{where: content.rollback.minutes * 1 min <= target}",
    requires="artifact",
)


@pytest.mark.parametrize(
    ("minutes", "target", "held", "said"),
    [
        (12, (900.0, "s"), EvidenceClass.ARTIFACT, "counts"),
        (15, (900.0, "s"), EvidenceClass.ARTIFACT, "counts"),
        (16, (900.0, "s"), EvidenceClass.DECLARED, "does not hold"),
        (12, None, EvidenceClass.DECLARED, "cannot be decided without operations.rollback_target"),
    ],
)
def test_a_file_is_held_against_what_the_pilot_claims(
    minutes: int, target: tuple[float, str] | None, held: EvidenceClass, said: str
) -> None:
    """A file that shows 16 minutes proves no promise of 15, and none that was never made."""
    facts = [NAME, fact("operations.rollback", (600.0, "s"))]
    facts += [fact("operations.rollback_target", target)] if target else []
    evidence = replace(GOOD, rule="Z02-claim", content={"rollback": {"minutes": minutes}})
    (finding,) = evaluate_rules(
        pack_of(AGAINST_CLAIM),
        FactTree({one.name: one for one in facts}),
        stage=Stage.PILOT,
        today=TODAY,
        evidence=[evidence],
    )
    assert (finding.state, finding.held) == (State.PASS, held)
    assert said in finding.evidence_notes[0]


def test_without_a_file_it_is_unknown_with_the_line_to_add() -> None:
    finding = only(pack_of(SHOWN))
    assert finding.state is State.UNKNOWN
    assert "rule: Z02-shown, file:" in finding.resolve[0]


@pytest.mark.parametrize(
    ("content", "path", "wanted"),
    [
        ({"a": {"b": 0}}, "a.b", True),
        ({"a": {"b": False}}, "a.b", True),
        ({"a": {"b": None}}, "a.b", False),
        ({"a": [{"b": 1}, {"b": 2}]}, "a.b", True),
        ({"a": [{"b": 1}, {}]}, "a.b", False),
        ({"a": []}, "a.b", False),
        ({"a": ["x", ""]}, "a.0", True),
        ({"a": ["x", ""]}, "a.1", False),
        ({"a": ["x"]}, "a.7", False),
        (None, "a", False),
        ("text", "a", False),
    ],
)
def test_dotted_paths(content: object, path: str, *, wanted: bool) -> None:
    assert holds(content, path) is wanted


def flips(
    expect: str, value: float, names: str = "{a: slo.p99, b: slo.p50}", b: float = 2.0
) -> dict[str, float]:
    rule = rule_text("Z02-flip", expect, names)
    finding = only(pack_of(rule), fact("slo.p99", (value, "s")), fact("slo.p50", (b, "s")))
    return {point.fact: point.value.value for point in finding.breakpoints}


@pytest.mark.parametrize(
    ("expect", "a", "wanted"),
    [
        ("{value: a, at_most: b * 3}", 3.0, {"slo.p99": 6.0, "slo.p50": 1.0}),
        ("{value: a / b, at_most: 4}", 3.0, {"slo.p99": 8.0, "slo.p50": 0.75}),
        ("{value: a * a, at_most: b * b}", 1.0, {"slo.p99": 2.0, "slo.p50": 1.0}),
        ("{value: a, between: [b, 4 * b]}", 3.0, {"slo.p99": 2.0, "slo.p50": 3.0}),
        ("{that: 'a <= 5 s && b <= 4 s'}", 3.0, {"slo.p99": 5.0, "slo.p50": 4.0}),
        ("{that: 'a <= 5 s || b <= 1 s'}", 3.0, {"slo.p99": 5.0}),
        ("{that: 'a <= 5 s || b >= 1 s'}", 3.0, {}),
        ("{that: 'a > 5 s && b > 4 s'}", 3.0, {}),
        ("{value: 'max(a, b)', at_most: 7 s}", 3.0, {"slo.p99": 7.0, "slo.p50": 7.0}),
        ("{that: 'b > 0 && (a > 1 s ? b < 3 s : b < 9 s)'}", 3.0, {"slo.p50": 3.0}),
    ],
)
def test_flip_points(expect: str, a: float, wanted: dict[str, float]) -> None:
    assert flips(expect, a) == pytest.approx(wanted, rel=1e-6)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(
        ["a, at_most: b * 3", "a + b, at_most: 9 s", "a * a, at_least: b * b", "a / b, at_most: 1.5"]
    ),
    st.floats(0.1, 50),
    st.floats(0.1, 50),
)
def test_beyond_a_flip_point_the_finding_is_another(expect: str, a: float, b: float) -> None:
    rule = rule_text("Z02-flip", f"{{value: {expect}}}", "{a: slo.p99, b: slo.p50}")
    packs = pack_of(rule)
    before = only(packs, fact("slo.p99", (a, "s")), fact("slo.p50", (b, "s")))
    for point in before.breakpoints:
        held = {"slo.p99": a, "slo.p50": b}
        beyond = point.value.value + (point.value.value - held[point.fact]) * 1e-6
        held[point.fact] = beyond
        after = only(packs, *(fact(name, (value, "s")) for name, value in held.items()))
        assert after.state is not before.state


@pytest.mark.parametrize(
    ("approval", "exposure", "held"),
    [
        ("author", "high", EvidenceClass.ARTIFACT),
        ("trailer", "high", EvidenceClass.ARTIFACT),
        ("tag", "high", EvidenceClass.ARTIFACT),
        ("signed-file", "high", EvidenceClass.ARTIFACT),
        ("typed", "high", EvidenceClass.DECLARED),
        ("", "high", EvidenceClass.DECLARED),
        ("typed", "medium", EvidenceClass.DECLARED),
        ("typed", "low", EvidenceClass.ARTIFACT),
    ],
)
def test_an_approval_that_only_the_author_typed_is_a_claim(
    approval: str, exposure: str, held: EvidenceClass
) -> None:
    finding = shown(replace(GOOD, approval=approval), exposure=exposure)
    assert finding.state is State.PASS
    assert finding.held is held
    claimed = held is EvidenceClass.DECLARED
    assert ("only the manifest's author says who approved it" in " ".join(finding.evidence_notes)) is claimed
    assert any("Reviewed-by:" in line for line in finding.resolve) is claimed
    beside = shown(replace(GOOD, approval=approval), BESIDE, exposure=exposure)
    assert beside.held is held


def with_files(*files: Evidence) -> Finding:
    tree = FactTree({one.name: one for one in (NAME, fact("exposure.level", value="high"))})
    (finding,) = evaluate_rules(pack_of(SHOWN), tree, stage=Stage.PILOT, today=TODAY, evidence=list(files))
    return worded(finding)


def test_today_is_no_day_to_come() -> None:
    content = {"rollback": {"tested_on": TODAY, "minutes": 12}}
    assert shown(replace(GOOD, observed_at=TODAY, content=content)).held is EvidenceClass.ARTIFACT
    assert (
        shown(replace(GOOD, observed_at="", committed_at=f"{TODAY}T10:00:00+00:00", content=content)).held
        is EvidenceClass.ARTIFACT
    )


@pytest.mark.parametrize(
    ("tested", "foretold"), [("2026-11-01", False), ("2026-11-02", False), ("2026-11-03", True)]
)
def test_a_file_records_nothing_that_came_after_it_was_last_changed(tested: str, *, foretold: bool) -> None:
    """Wherever on earth it was written, it was so by the day after."""
    content = {"rollback": {"tested_on": tested, "minutes": 12}}
    finding = shown(replace(GOOD, observed_at="", committed_at="2026-11-01T10:00:00+00:00", content=content))
    said = f"rollback.tested_on is {tested}, and the file was last changed on 2026-11-01: it recorded that in advance"
    assert (said in finding.message) is foretold
    assert finding.state is (State.FAIL if foretold else State.PASS)


def test_what_is_missing_is_said_before_what_does_not_hold() -> None:
    message = shown(replace(GOOD, content={"rollback": {"minutes": 45}})).message
    assert "rollback.tested_on is missing or empty" in message
    assert "does not hold" not in message


def test_one_thing_in_a_list_or_a_mapping_fills_it() -> None:
    told = {
        "a": ["x"],
        "b": ["", "x"],
        "c": {"one": "", "two": "x"},
        "d": [""],
        "e": {"one": ""},
        "f": [{"k": "x"}, {"k": ""}],
    }
    assert [holds(told, path) for path in ("a.0", "a.1", "b", "c", "d", "e", "f.k", "f.0.k")] == [
        True,
        False,
        True,
        True,
        False,
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("typed", "committed", "said"),
    [
        (
            "2026-11-20",
            "2026-01-01T00:00:00+00:00",
            " (the day it was last changed counts, not the 2026-11-20 of the manifest)",
        ),
        ("2026-01-01T08:00", "2026-01-01T00:00:00+00:00", ""),
        ("", "2026-01-01T00:00:00+00:00", ""),
    ],
)
def test_the_day_that_counts_is_told_from_the_one_that_was_typed(
    typed: str, committed: str, said: str
) -> None:
    content = {"rollback": {"tested_on": "2026-01-01", "minutes": 12}}
    notes = shown(
        replace(GOOD, observed_at="", typed_at=typed, committed_at=committed, content=content)
    ).evidence_notes
    assert any(f"it is 325 d old, older than 90 d{said}" in note for note in notes)
    assert any("counts, not the" in note for note in notes) is bool(said)


def test_a_file_that_counts_stands_beside_one_that_does_not() -> None:
    for files in ((replace(GOOD, content={}), GOOD), (GOOD, replace(GOOD, content={}))):
        assert with_files(*files).held is EvidenceClass.ARTIFACT
    wrong = with_files(replace(GOOD, declared_sha256="cd" * 32))
    assert wrong.state is State.ERROR
    assert "does not have the digest that the manifest states" in wrong.message


def test_a_long_list_names_twenty_items_and_counts_the_rest() -> None:
    rule = pack_of(rule_text("Z04-names", "{that: 'names.all(n, n != \"\")'}", "{names: 'sources[].system'}"))
    for count, note in ((20, ""), (21, "and 1 more"), (25, "and 5 more")):
        ids = tuple(f"s{number:02}" for number in range(count))
        facts = [fact(f"sources[{item}].system", "pg", note="seen") for item in ids]
        inputs = only(rule, *facts, sources=ids).inputs
        assert (len(inputs), inputs[0].note, inputs[-1].note) == (20, "seen", note or "seen")


def test_why_a_fact_is_unknown_stands_beside_it() -> None:
    rule = pack_of(rule_text("Z05-late", "{value: late, at_most: 1 s}", "{late: flow.latency.p99}"))
    unknown = Fact("flow.latency.p99", None, derived=True, why_unknown="it overloads")
    assert [given.note for given in only(rule, unknown).inputs] == ["it overloads"]
    assert [given.note for given in only(rule, replace(unknown, note="own words")).inputs] == ["own words"]
    known = Fact("flow.latency.p99", Quantity(0.5, "s"), derived=True, why_unknown="no more")
    assert [given.note for given in only(rule, known).inputs] == [""]


def test_a_day_after_the_last_change_is_the_day_of_what_a_file_shows() -> None:
    """Written on the far side of the date line: its own day counts, 324 days before today."""
    notes = shown(
        replace(
            GOOD,
            observed_at="2026-01-02",
            committed_at="2026-01-01T00:00:00+00:00",
            content={"rollback": {"tested_on": "2026-01-01", "minutes": 12}},
        )
    ).evidence_notes
    assert any("it is 324 d old" in note for note in notes)


def test_a_rule_that_asks_for_no_signature_takes_none() -> None:
    unsigned = SHOWN.replace(", approver: true", "")
    found = shown(replace(GOOD, approver="", approval=""), unsigned)
    assert (found.state, found.held) == (State.PASS, EvidenceClass.ARTIFACT)
