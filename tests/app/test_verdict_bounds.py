"""A passing word says up to which load, for whom and until when it holds; beyond that it is not GO."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from poc_gate.app.assess.bounds import load_bound, within_bounds
from poc_gate.app.assess.judge_case import judge_case
from poc_gate.app.assess.reading.case import Case, CaseRequest, read_case, with_tree
from poc_gate.flow.walls.levers import with_value
from poc_gate.model.claim import Evidence, Place
from poc_gate.model.fact import FactTree
from poc_gate.model.finding import Finding, State, Waiver
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import Severity
from poc_gate.model.verdict import Bound, Verdict, Word
from poc_gate.words.judged.headline import headline

EXAMPLE = Path(__file__).parents[2] / "examples" / "support-assistant"
DAY = 86400.0


@pytest.fixture(scope="module")
def case() -> Case:
    return read_case(CaseRequest(EXAMPLE, "2026-11-23", "2026-11-23T00:00:00Z", machine="l4-24gb"))


def go(
    case: Case, tree: FactTree, findings: tuple[Finding, ...] = (), waivers: tuple[Waiver, ...] = ()
) -> Verdict:
    """Return what becomes of a GO."""
    verdict = structs.replace(
        judge_case(case).verdict, word=Word.GO, reasons=("Every gate of this stage is met.",)
    )
    return within_bounds(case, tree, findings, waivers, structs.replace(verdict, bounds=()))


def test_the_load_that_holds_is_the_first_of_walls_budgets_and_quotas(case: Case) -> None:
    tree = case.tree
    bound = load_bound(tree)
    assert bound is not None
    assert bound.is_met
    most = float(bound.value.split()[0].replace(",", ""))
    for load, holds in ((most * 0.99, True), (most * 1.02, False)):
        moved = load_bound(with_value(tree, "demand.requests_per_day", Quantity(load / DAY, "req/s")))
        assert moved is not None
        assert moved.is_met is holds, (load, moved)


def test_beyond_the_load_that_holds_go_is_conditional_and_says_at_which_number(case: Case) -> None:
    """The reproduction: 200,000 requests a day at 300 times the budget stayed GO."""
    tree = with_value(case.tree, "demand.requests_per_day", Quantity(200_000 / DAY, "req/s"))
    verdict = go(with_tree(case, tree), tree)
    assert verdict.word is Word.CONDITIONAL
    assert verdict.reasons[0].startswith("The 200,000 requests a day planned are ")


def test_a_word_that_does_not_pass_has_no_bounds(case: Case) -> None:
    verdict = structs.replace(judge_case(case).verdict, word=Word.NO_GO, bounds=())
    assert within_bounds(case, case.tree, (), (), verdict) == verdict


def test_the_first_thing_that_ends_is_named(case: Case) -> None:
    place = Place("pilot.yaml", 1, 1)
    waiver = Waiver(
        "w1", "J02-cost-at-10x", "", "known", "owner", "head", "2027-02-01", place, status="active"
    )
    idle = structs.replace(waiver, id="w2", expires="2026-12-01", status="unused")
    judged = [f for f in judge_case(case).findings if f.rule in case.packs.rules]
    aged = {rule.id: rule.evidence.max_age for rule in case.packs.rules.values() if rule.evidence}
    passed = next(f for f in judged if aged.get(f.rule) is not None)
    age = aged[passed.rule]
    assert age is not None
    file = Evidence(passed.rule, "record.yaml", place, observed_at="2026-11-20")
    passed = structs.replace(
        passed, state=State.PASS, severity=Severity.HIGH, evidence_files=("record.yaml",)
    )
    assert go(case, case.tree, waivers=(waiver, idle)).holds_until == "2027-02-01"
    with_file = structs.replace(case, evidence=(file,))
    until = go(with_file, case.tree, (passed,), (waiver,))
    days = age.value / DAY
    assert (until.holds_until < "2027-02-01") is (days < 73)
    assert until.bounds[-1].kind == "time"


def test_growth_that_reaches_the_bound_ends_it(case: Case) -> None:
    bound = load_bound(case.tree)
    assert bound is not None
    most = float(bound.value.split()[0].replace(",", ""))
    half = with_value(case.tree, "demand.requests_per_day", Quantity(most / 2 / DAY, "req/s"))
    ends = [
        go(with_tree(case, tree), tree).holds_until
        for growth in (1.0, 2.5, 10.0)
        for tree in [with_value(half, "demand.growth_12m", Quantity(growth, "1"))]
    ]
    assert ends[0] == ""
    assert "2027-01-01" < ends[2] < ends[1] < "2027-11-23"


def test_the_end_by_growth_stays_where_it_is_within_a_month_and_is_never_past(case: Case) -> None:
    bound = load_bound(case.tree)
    assert bound is not None
    most = float(bound.value.split()[0].replace(",", ""))
    half = with_value(case.tree, "demand.requests_per_day", Quantity(most / 2 / DAY, "req/s"))
    half = with_value(half, "pilot.go_live", "2026-06-01")
    grown = with_value(half, "demand.growth_12m", Quantity(2.5, "1"))

    def end(today: str, tree: FactTree = grown) -> str:
        return go(structs.replace(with_tree(case, tree), today=today), tree).holds_until

    assert len({end(f"2026-11-{day:02}") for day in range(1, 31)}) == 1
    assert end("2026-11-01") < end("2026-12-01") < end("2027-01-31")
    launch = with_value(grown, "pilot.go_live", "2027-03-10")
    ends = [end(day, launch) for day in ("2026-11-23", "2026-12-31", "2027-03-10")]
    assert len(set(ends)) == 1, "counted from the launch that lies ahead"
    assert ends[0] > end("2026-11-23")
    near = with_value(half, "demand.growth_12m", Quantity(1e5, "1"))
    assert end("2026-11-30", near) == "2026-11-30", "reached since the beginning of the month: it ends today"


def test_the_headline_says_for_whom_and_until_when(case: Case) -> None:
    bounds = (
        Bound("load", "656 requests a day", "quota"),
        Bound("audience", "40 named colleagues", ""),
        Bound("time", "2027-02-01", "waiver"),
    )
    verdict = structs.replace(judge_case(case).verdict, word=Word.GO, bounds=bounds)
    told = headline("p", verdict, ())
    assert told.endswith("It holds for up to 656 requests a day and 40 named colleagues until 2027-02-01.")
