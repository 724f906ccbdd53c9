"""Ratchet: what is new or worse counts, what was open before does not, and a weaker gate always shows."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from random_findings import BLANK

from poc_gate.errors import ExitCode
from poc_gate.judge.verdict.compare_results import find_regressions, find_weakenings
from poc_gate.judge.verdict.decide import decide
from poc_gate.judge.verdict.exit_code import GateOptions, answer_gate, gate_exit_code
from poc_gate.model.claim import Place, Provenance
from poc_gate.model.fact import Fact
from poc_gate.model.finding import Breakpoint, Finding, Input, State, Waiver
from poc_gate.model.parts.pack_use import PackUse, RuleTerms
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import EvidenceClass, Severity, Stage
from poc_gate.model.verdict import Result, Verdict, Word

RULE = replace(BLANK, rule="Z01-r", held=EvidenceClass.MEASURED, required=EvidenceClass.MEASURED)
PACK = PackUse("p", "0.1.0", "aa", 1, applied=True)
WAIVER = Waiver("w1", "Z01-r", "", "r", "o", "a", "2027-01-31", Place("w.yaml", 2, 1), status="active")


def result(*findings: Finding, **changes: object) -> Result:
    verdict = decide(findings, stage=Stage.PRODUCTION)
    base = Result("0.1.0", "2026-11-22", "p", "production", "pilot.yaml", "aa", verdict, "", "",
                  tuple(findings), (), (PACK,), None)  # fmt: skip
    return replace(base, **changes)  # type: ignore[arg-type]


def state(value: State) -> Finding:
    return replace(RULE, state=value, held=EvidenceClass.MEASURED if value is State.PASS else None)


@pytest.mark.parametrize(
    ("before", "now", "worse"),
    [
        (State.PASS, State.PASS, False),
        (State.PASS, State.FAIL, True),
        (State.PASS, State.UNKNOWN, True),
        (State.PASS, State.ERROR, True),
        (State.FAIL, State.FAIL, False),
        (State.FAIL, State.UNKNOWN, True),
        (State.FAIL, State.PASS, False),
        (State.UNKNOWN, State.FAIL, False),
        (State.UNKNOWN, State.UNKNOWN, False),
        (State.UNKNOWN, State.ERROR, False),
        (State.NOT_APPLICABLE, State.FAIL, True),
        (None, State.FAIL, True),
        (None, State.UNKNOWN, True),
        (None, State.PASS, False),
    ],
)
def test_only_what_is_new_or_worse_counts(before: State | None, now: State, *, worse: bool) -> None:
    base = result(*([state(before)] if before else []))
    assert bool(find_regressions(base, result(state(now)))) is worse


def test_losing_the_proof_is_worse() -> None:
    declared = replace(RULE, held=EvidenceClass.DECLARED)
    found = find_regressions(result(RULE), result(declared))
    assert found == (replace(declared, was=found[0].was),)
    assert found[0].was == "shown by measured evidence, now declared"
    assert find_regressions(result(declared), result(declared)) == ()


def test_subjects_are_compared_one_by_one() -> None:
    old, new = replace(RULE, subject="sources[a]"), replace(state(State.FAIL), subject="sources[b]")
    found = find_regressions(result(old), result(old, new))
    assert found == (replace(new, was="not there"),)


def test_less_evidence_for_what_was_unproven_already_is_worse() -> None:
    artifact, declared = (
        replace(RULE, held=held) for held in (EvidenceClass.ARTIFACT, EvidenceClass.DECLARED)
    )
    assert [f.rule for f in find_regressions(result(artifact), result(declared))] == ["Z01-r"]
    assert find_regressions(result(declared), result(artifact)) == ()


def failing(value: float, limit: float = 2.0, operator: str = "at_most", fact: str = "slo.p99") -> Finding:
    return replace(
        RULE, state=State.FAIL, held=EvidenceClass.DECLARED, operator=operator, value=Quantity(value, "s"),
        limit=Quantity(limit, "s"), inputs=(Input("slow", fact, Quantity(value, "s"), None),),
    )  # fmt: skip


def stated(value: float, provenance: Provenance = Provenance.DECLARED, **changes: object) -> Fact:
    return Fact("slo.p99", Quantity(value, "s"), provenance, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "now", "worse"),
    [
        (failing(4), failing(5), True),
        (failing(5), failing(4), False),
        (failing(4), failing(4), False),
        (failing(1, operator="at_least"), failing(0.5, operator="at_least"), True),
        (failing(0.5, operator="at_least"), failing(1, operator="at_least"), False),
        (failing(3, 2, "between"), failing(4, 2, "between"), True),
        (failing(3, 0), failing(4, 0), True),
        (failing(4, 0), failing(3, 0), False),
    ],
)
def test_a_failure_that_grows_is_worse(before: Finding, now: Finding, *, worse: bool) -> None:
    assert before.value is not None
    assert now.value is not None
    facts = [(stated(finding.value.value),) for finding in (before, now) if finding.value]
    found = find_regressions(result(before, facts=facts[0]), result(now, facts=facts[1]))
    assert bool(found) is worse
    if worse:
        assert found[0].was == f"{before.value} against {before.limit}"


@pytest.mark.parametrize(
    ("flips", "now", "worse"), [(1, 3, True), (1, 2, False), (1, 1.5, False), (4, 3, False)]
)
def test_a_statement_that_is_further_off_is_worse(flips: float, now: float, *, worse: bool) -> None:
    def statement(value: float, flip: float) -> Finding:
        point = Breakpoint("slo.p99", Quantity(flip, "s"), Quantity(value, "s"))
        return replace(failing(value, operator="that"), value=None, limit=None, breakpoints=(point,))

    found = find_regressions(
        result(statement(2, 1), facts=(stated(2),)), result(statement(now, flips), facts=(stated(now),))
    )
    assert bool(found) is worse


def test_a_limit_that_the_rules_tightened_is_no_regression_of_the_pilot() -> None:
    facts = (stated(4),)
    assert find_regressions(result(failing(4), facts=facts), result(failing(4, 1), facts=facts)) == ()


@pytest.mark.parametrize(
    ("before", "now", "worse"),
    [
        (stated(4, Provenance.MEASURED), stated(4.3, Provenance.MEASURED), False),
        (stated(4, Provenance.MEASURED), stated(5, Provenance.MEASURED), True),
        (
            stated(4, Provenance.MEASURED, low=3.0, high=6.0),
            stated(5, Provenance.MEASURED, low=4.0, high=7.0),
            False,
        ),
        (
            stated(4, Provenance.MEASURED, low=3.9, high=4.1),
            stated(4.3, Provenance.MEASURED, low=4.2, high=4.4),
            True,
        ),
        (stated(4, Provenance.MEASURED), stated(4.3), True),
    ],
)
def test_what_a_measurement_scatters_is_not_worse(before: Fact, now: Fact, *, worse: bool) -> None:
    """The finding rests on a derived fact, which follows from the measured one."""
    derived = Fact("flow.latency.p99", None, derived=True, inputs=("slo.p99",))
    found = find_regressions(
        result(failing(4, fact=derived.name), facts=(before, derived)),
        result(failing(5, fact=derived.name), facts=(now, derived)),
    )
    assert bool(found) is worse


def test_a_waiver_of_the_same_change_does_not_hide_a_failure() -> None:
    waived = replace(state(State.FAIL), state=State.WAIVED, waived_from=State.FAIL, waiver="w1")
    found = find_regressions(result(RULE), result(waived, waivers=(WAIVER,)))
    assert [f.rule for f in found] == ["Z01-r", "X02-gate-not-weakened"]
    assert "adds the waiver w1" in found[1].message
    assert find_regressions(result(waived, waivers=(WAIVER,)), result(waived, waivers=(WAIVER,))) == ()


LIMITED = replace(
    RULE, operator="at_most", value=Quantity(1.0, "s"), limit=Quantity(2.0, "s"),
    inputs=(Input("slow", "slo.p99", Quantity(1.0, "s"), None),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("base", "now", "said"),
    [
        ({}, {"stage": "pilot"}, "lowered from production to pilot"),
        ({}, {"packs": ()}, "pack p was removed"),
        ({}, {"packs": (replace(PACK, applied=False, note="uses"),)}, "no longer applies"),
        ({}, {"findings": ()}, "Z01-r was removed"),
        ({}, {"findings": (replace(LIMITED, severity=Severity.LOW),)}, "fell from medium to low"),
        ({}, {"findings": (replace(LIMITED, required=EvidenceClass.DECLARED),)}, "asks for declared"),
        ({}, {"findings": (replace(LIMITED, limit=Quantity(3.0, "s")),)}, "loosened from 2 s to 3 s"),
        ({}, {"findings": (replace(LIMITED, operator="that"),)}, "was replaced"),
        ({}, {"findings": (replace(LIMITED, set_aside_by="owner"),)}, "set aside"),
        ({"waivers": (WAIVER,)}, {"waivers": (replace(WAIVER, expires="2027-03-31"),)}, "extended"),
    ],
)
def test_a_weaker_gate_is_a_finding(base: dict[str, object], now: dict[str, object], said: str) -> None:
    found = find_weakenings(result(LIMITED, **base), replace(result(LIMITED), **now))  # type: ignore[arg-type]
    assert len(found) == 1
    assert said in found[0].message
    assert found[0].dimension == "", "not scored, so that no waiver can cover it"


@pytest.mark.parametrize(
    "now",
    [
        {"stage": "production"},
        {"findings": (replace(LIMITED, limit=Quantity(1.0, "s")),)},
        {"findings": (replace(LIMITED, severity=Severity.BLOCKER),)},
        {"packs": (replace(PACK, sha256="bb"),)},
        {
            "findings": (
                replace(
                    LIMITED, limit=Quantity(3.0, "s"), inputs=(Input("slow", "slo.p99", Quantity(9.0), None),)
                ),
            )
        },
    ],
)
def test_a_gate_that_is_not_weaker_is_not_told(now: dict[str, object]) -> None:
    assert find_weakenings(result(LIMITED), replace(result(LIMITED), **now)) == ()  # type: ignore[arg-type]


def made(word: Word) -> Verdict:
    return replace(decide([RULE], stage=Stage.PRODUCTION), word=word, reasons=("Because.",))


@pytest.mark.parametrize(
    ("word", "accept", "code"),
    [
        (Word.GO, Word.GO, ExitCode.GO),
        (Word.CONDITIONAL, Word.GO, ExitCode.CONDITIONAL),
        (Word.CONDITIONAL, Word.CONDITIONAL, ExitCode.GO),
        (Word.INSUFFICIENT, Word.CONDITIONAL, ExitCode.INSUFFICIENT),
        (Word.NO_GO, Word.CONDITIONAL, ExitCode.NO_GO),
    ],
)
def test_the_exit_code_is_that_of_the_word(word: Word, accept: Word, code: ExitCode) -> None:
    answer = answer_gate(made(word), [RULE], options=GateOptions(accept=accept))
    assert answer.code is code
    assert answer.sentence.startswith(word)


def test_a_regression_ends_what_would_pass_and_nothing_else() -> None:
    worse = [state(State.FAIL)]
    assert gate_exit_code(made(Word.GO), worse, regressions=worse) is ExitCode.REGRESSION
    assert gate_exit_code(made(Word.NO_GO), worse, regressions=worse) is ExitCode.NO_GO


@pytest.mark.parametrize(
    ("change", "fail_on", "code"),
    [
        ({"state": State.FAIL}, Severity.MEDIUM, ExitCode.CONDITIONAL),
        ({"state": State.FAIL}, Severity.HIGH, ExitCode.GO),
        ({"state": State.WAIVED, "waived_from": State.FAIL}, Severity.LOW, ExitCode.GO),
        ({"state": State.UNKNOWN}, Severity.LOW, ExitCode.GO),
        ({"state": State.FAIL, "due": "2027-12-02"}, Severity.LOW, ExitCode.GO),
    ],
)
def test_fail_on_a_severity(change: dict[str, object], fail_on: Severity, code: ExitCode) -> None:
    finding = replace(RULE, **change)  # type: ignore[arg-type]
    assert gate_exit_code(made(Word.GO), [finding], options=GateOptions(fail_on=fail_on)) is code


def rests_on(name: str = "slo.p99", note: str = "", **changes: object) -> Finding:
    given = Input("slow", name, Quantity(1.0), None, note=note)
    beside = Input("other", "slo.ttft", Quantity(1.0), None)
    return replace(failing(4), inputs=(given, beside), **changes)  # type: ignore[arg-type]


def test_a_failure_that_stays_as_large_is_not_worse_though_what_it_rests_on_moved() -> None:
    base, now = (result(failing(4), facts=(stated(value),)) for value in (4, 5))
    assert find_regressions(base, now) == ()
    gone = result(failing(5), facts=())
    assert [found.was for found in find_regressions(base, gone)] == ["4 s against 2 s"]
    bare = replace(failing(5), limit=None)
    assert find_regressions(base, result(bare, facts=(stated(5),))) == ()


def test_a_waived_failure_that_grows_stays_waived() -> None:
    before, now = (
        replace(failing(value), state=State.WAIVED, waived_from=State.FAIL, waiver="w1") for value in (4, 5)
    )
    waivers = (WAIVER,)
    base, after = (
        result(before, facts=(stated(4),), waivers=waivers),
        result(now, facts=(stated(5),), waivers=waivers),
    )
    assert find_regressions(base, after) == ()


@pytest.mark.parametrize(
    ("before", "now", "worse"),
    [
        ((2.0, 1.0), (0.2, 1.0), False),
        ((0.5, 1.0), (0.2, 1.0), True),
        ((2.0, 0.0), (3.0, 0.0), True),
        ((2.0, 0.0), (2.9, 1.0), False),
        ((2.0, 0.0), (3.1, 1.0), True),
    ],
)
def test_a_statement_is_as_far_off_as_its_input_lies_from_its_flip(before, now, *, worse: bool) -> None:
    """A share of the value at which it flips, and where that is none the distance itself."""
    points = [
        Breakpoint("slo.p99", Quantity(flip, "s"), Quantity(value, "s")) for value, flip in (before, now)
    ]
    found = [
        replace(failing(1, operator="that"), value=None, limit=None, breakpoints=(point,)) for point in points
    ]
    base, after = (
        result(one, facts=(stated(point.current.value),)) for one, point in zip(found, points, strict=True)
    )
    assert bool(find_regressions(base, after)) is worse


@pytest.mark.parametrize(
    ("before", "now", "worse"),
    [
        (stated(4, Provenance.MEASURED), stated(4.42, Provenance.MEASURED), False),
        (stated(4, Provenance.MEASURED), stated(4.46, Provenance.MEASURED), True),
        (stated(4.42, Provenance.MEASURED), stated(4, Provenance.MEASURED), False),
        (stated(4, Provenance.MEASURED, low=3.9, high=4.1), stated(4.3, Provenance.MEASURED), False),
    ],
)
def test_a_tenth_of_the_larger_is_scatter_where_no_interval_is_known(
    before: Fact, now: Fact, *, worse: bool
) -> None:
    assert (
        bool(find_regressions(result(failing(4), facts=(before,)), result(failing(5), facts=(now,)))) is worse
    )


@pytest.mark.parametrize(
    ("note", "changed", "worse"),
    [
        ("and 2 more", "sources[z].p99", True),
        ("and 2 more", "sources[z].p50", False),
        ("", "sources[z].p99", False),
    ],
)
def test_a_long_list_names_its_first_items_alone(note: str, changed: str, *, worse: bool) -> None:
    before, now = (replace(rests_on("sources[a].p99", note), value=Quantity(value, "s")) for value in (4, 5))
    facts = [(Fact(changed, Quantity(value)), Fact("slo.p50", Quantity(value))) for value in (4.0, 5.0)]
    assert bool(find_regressions(result(before, facts=facts[0]), result(now, facts=facts[1]))) is worse


@pytest.mark.parametrize(
    ("before", "now", "worse"),
    [
        (True, False, True),
        (False, True, False),
        (None, False, False),
        (True, None, False),
        (True, True, False),
    ],
)
def test_a_statement_that_is_taken_back_is_worse_than_silence(before, now, *, worse: bool) -> None:
    base = result(
        rests_on("scan.of_packages", state=State.UNKNOWN), facts=(Fact("scan.of_packages", before),)
    )
    after = result(rests_on("scan.of_packages"), facts=(Fact("scan.of_packages", now),))
    assert bool(find_regressions(base, after)) is worse


DAY = "gate.advisory_until"


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (None, "2027-01-01", "The day from which the gate binds was added: 2027-01-01."),
        (
            "2027-01-01",
            "2027-03-01",
            "The day from which the gate binds was moved from 2027-01-01: 2027-03-01.",
        ),
        ("2027-03-01", "2027-01-01", None),
        ("2027-01-01", "2027-01-01", None),
        ("2027-01-01", None, None),
    ],
)
def test_the_day_from_which_the_gate_binds(before: str | None, now: str | None, said: str | None) -> None:
    results = [
        result(facts=(Fact("slo.p50", Quantity(1.0)), Fact(DAY, day, place=Place("p.yaml", 3, 1))))
        for day in (before, now)
    ]
    found = find_weakenings(*results)
    assert [one.message for one in found] == ([said] if said else [])
    assert [one.place for one in found] == ([Place("p.yaml", 3, 1)] if said else [])


def test_a_weakening_is_shown_where_it_was_made_or_at_the_pilot() -> None:
    lowered = {"stage": "pilot"}
    assert find_weakenings(result(), result(**lowered))[0].place == Place("pilot.yaml")
    at = Place("pilot.yaml", 9, 1)
    assert find_weakenings(result(), result(**lowered, place=at))[0].place == at
    rule = RuleTerms("Z01-r", "aa", (), Place("rules.yaml", 5, 1))
    changed = [(replace(PACK, terms=(replace(rule, asserts=digest),)),) for digest in ("aa", "bb")]
    assert [one.place for one in find_weakenings(result(packs=changed[0]), result(packs=changed[1]))] == [
        rule.place
    ]
    looser = replace(LIMITED, limit=Quantity(3.0, "s"))
    for packs, count in (((changed[0], (PACK,)), 1), ((changed[0], changed[0]), 0)):
        assert len(find_weakenings(result(LIMITED, packs=packs[0]), result(looser, packs=packs[1]))) == count


@pytest.mark.parametrize(
    ("operator", "limit", "looser"),
    [
        ("at_least", 1.0, True),
        ("at_least", 2.0, False),
        ("at_least", 3.0, False),
        ("at_most", 2.5, True),
        ("between", 3.0, False),
        ("at_least", 1.5, True),
    ],
)
def test_a_limit_is_loosened_in_its_own_direction(operator: str, limit: float, *, looser: bool) -> None:
    before, now = (replace(LIMITED, operator=operator, limit=Quantity(end, "s")) for end in (2.0, limit))
    found = [one.message for one in find_weakenings(result(before), result(now))]
    assert found == ([f"The limit of Z01-r was loosened from 2 s to {limit:g} s."] if looser else [])


def test_a_waiver_behind_one_that_expired_is_told() -> None:
    late = replace(WAIVER, id="w0", status="expired")
    assert [one.subject for one in find_weakenings(result(), result(waivers=(late, WAIVER)))] == ["w1"]


def test_a_pass_that_lost_all_evidence_is_worse() -> None:
    artifact, nothing = (replace(RULE, held=held) for held in (EvidenceClass.ARTIFACT, None))
    assert len(find_regressions(result(artifact), result(nothing))) == 1


def test_five_rules_are_named_and_what_was_accepted_is_said() -> None:
    failed = [replace(state(State.FAIL), rule=f"Z0{number}-r", severity=Severity.HIGH) for number in range(7)]
    five = "Z00-r, Z01-r, Z02-r, Z03-r, Z04-r."
    on = answer_gate(made(Word.GO), failed, options=GateOptions(fail_on=Severity.HIGH))
    assert on.sentence == f"{Word.GO}, but findings from high up fail: {five}"
    assert (
        answer_gate(made(Word.GO), [RULE], regressions=failed).sentence
        == f"{Word.GO}, but worse than the base: {five}"
    )
    assert answer_gate(made(Word.GO), [RULE]).sentence == f"{Word.GO}: Because."
    accepted = answer_gate(made(Word.CONDITIONAL), [RULE], options=GateOptions(accept=Word.CONDITIONAL))
    assert accepted.sentence == f"{Word.CONDITIONAL} (accepted): Because."
