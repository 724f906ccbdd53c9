"""What is said after judging holds when it is tried: flip points, levers, walls and steps, over the examples and changes to them."""

from __future__ import annotations

import csv
import re
from functools import cache
from math import inf
from pathlib import Path

import pytest
from msgspec import structs

from poc_gate.app.assess.assess import assess
from poc_gate.app.assess.judge_case import judge_case
from poc_gate.app.assess.lever_values import finding_levers, passes_rule
from poc_gate.app.assess.reading.case import Case, CaseRequest, read_case, with_tree
from poc_gate.app.assess.step_words import action_by_facts, reach_of
from poc_gate.app.explore.show_wall import walls_as_text, walls_of_case
from poc_gate.app.explore.what_if import what_if, what_if_text
from poc_gate.errors import UsageError
from poc_gate.flow.walls.lever_range import Bounds
from poc_gate.flow.walls.levers import find_lever, with_value
from poc_gate.flow.walls.wall import first_wall
from poc_gate.judge.evaluate.evaluate_rules import evaluate_rules
from poc_gate.judge.packs.pack_set import PackSet
from poc_gate.model.fact import FactTree
from poc_gate.model.finding import DECIDED, Finding, State
from poc_gate.model.quantity import Quantity, round_as_shown
from poc_gate.model.rule import EvidenceClass, Stage
from poc_gate.report.interface import RenderOptions
from poc_gate.report.machine.csv_report import render_csv
from poc_gate.text.quantities.quantity_text import parse_quantity
from poc_gate.words.shown_values import show_value
from poc_gate.words.wall_text import lever_text

EXAMPLES = Path(__file__).parents[2] / "examples"
PILOTS = [
    ("claims-copilot", "l4-24gb"),
    ("claims-copilot", "h100-sxm-80gb"),
    ("fraud-scoring", ""),
    ("support-assistant", ""),
]
CHANGES: dict[str, dict[str, float]] = {
    "as it is": {},
    "ten times the load": {"demand.requests_per_day": 10.0},
    "a tenth of the load": {"demand.requests_per_day": 0.1},
    "stricter": {"slo.p95": 0.3, "slo.p99": 0.3, "cost.budget_12m": 0.1, "target.network": 0.1},
    "a small model": {"model.parameters": 0.1},
}


def request(name: str, machine: str = "") -> CaseRequest:
    """Return the request for an example on a data sheet, or on its recorded machine."""
    own = EXAMPLES / name / "machine.json"
    return CaseRequest(
        EXAMPLES / name, "2026-11-23", "2026-11-23T12:00:00+00:00", machine=machine or own.as_posix()
    )


@cache
def pilot(name: str, machine: str, change: str = "as it is") -> Case:
    """Return an example with some of its stated quantities multiplied."""
    if change != "as it is":
        case = pilot(name, machine)
        for fact, factor in CHANGES[change].items():
            held = case.tree.get(fact).value
            if isinstance(held, Quantity):
                case = with_tree(case, with_value(case.tree, fact, Quantity(held.value * factor, held.unit)))
        return case
    return read_case(request(name, machine))


def each(*changes: str) -> pytest.MarkDecorator:
    """Return every pilot under every one of these changes, or under all."""
    return pytest.mark.parametrize(
        ("name", "machine", "change"), [(*one, change) for one in PILOTS for change in changes or CHANGES]
    )


def again(case: Case, finding: Finding, tree: FactTree) -> State | None:
    """Return the state of one finding on other facts, derived ones taken as they are."""
    packs = tuple(
        structs.replace(p, rules=tuple(r for r in p.rules if r.id == finding.rule)) for p in case.packs.packs
    )
    found = evaluate_rules(
        PackSet(packs, case.packs.catalogue), tree, stage=case.stage, today=case.today, evidence=case.evidence
    )
    return next((f.state for f in found if (f.rule, f.subject) == (finding.rule, finding.subject)), None)


@each()
def test_beyond_a_flip_point_the_finding_is_another_and_before_it_is_not(name, machine, change):
    case = pilot(name, machine, change)
    judged = judge_case(case)
    tried = 0
    for finding in judged.findings:
        if finding.operator == "that":
            continue  # a value that must differ from another flips only where they meet
        for point in finding.breakpoints:
            then, now = point.value.value, point.current.value
            if then == now:
                continue
            step = max(abs(then), abs(then - now)) * 1e-6 * (1 if then >= now else -1)
            at = {
                x: FactTree(
                    {**judged.tree.facts, point.fact: structs.replace(judged.tree.get(point.fact),
                     value=Quantity(x, point.value.unit), low=None, high=None)},
                    judged.tree.items, judged.tree.item_places,
                )
                for x in (then + step, then - (then - now) * 1e-3)
            }  # fmt: skip
            beyond, before = (again(case, finding, tree) for tree in at.values())
            assert beyond in DECIDED - {finding.state}, (finding.rule, point)
            assert before not in DECIDED - {finding.state}, (finding.rule, point)
            tried += 1
    assert tried


def as_read(case: Case, fact: str, value: object) -> Quantity:
    """Return a value as somebody copies it from a report."""
    spec = case.packs.catalogue.find(fact)
    assert spec is not None
    assert isinstance(value, Quantity)
    return parse_quantity(show_value(value, case.reading.currency, fact).replace(",", ""), spec.unit)


@each("as it is", "ten times the load", "stricter")
def test_the_value_of_a_lever_passes_when_it_is_copied_as_shown(name, machine, change):
    case = pilot(name, machine, change)
    for finding in judge_case(case).findings:
        for lever in finding_levers(case, finding) if finding.rule in case.packs.rules else ():
            if lever.needed is None:
                continue
            copied = as_read(case, lever.fact, lever.needed)
            assert passes_rule(case, finding)(with_value(case.tree, lever.fact, copied)), (
                finding.rule,
                lever,
            )
            assert copied != lever.current


@each("as it is", "a tenth of the load", "stricter")
def test_a_lever_of_the_wall_moves_it_to_where_it_says(name, machine, change):
    case = pilot(name, machine, change)
    for picture in walls_of_case(case).pictures:
        for lever in picture.walls[0].relieved_by if picture.walls else ():
            if lever.needed is None:
                continue
            then = first_wall(with_value(case.tree, lever.fact, as_read(case, lever.fact, lever.needed)))
            said = re.match(r"moves the limit to ([\d.,]+ req/[sd])", lever.note)
            if then is None:
                assert lever.note == "leaves no limit to the load"
                continue
            assert said, lever
            assert then.load == pytest.approx(
                parse_quantity(said[1].replace(",", ""), "req/s").value, rel=0.006
            )


@pytest.mark.parametrize(("name", "machine"), PILOTS)
def test_walls_are_told_in_numbers_that_people_read(name, machine):
    text = walls_as_text(walls_of_case(pilot(name, machine)))
    assert not re.search(r"\de[+-]\d|\bnan\b|\binf\b", text)
    assert not re.search(r"\w-$", text, re.MULTILINE)  # a name that is copied must be whole


def test_a_model_that_does_not_fit_is_told_as_the_only_wall():
    walls = walls_of_case(pilot("claims-copilot", "a2-16gb"))
    (wall,) = walls.pictures[0].walls
    assert (wall.load, wall.station) == (0.0, "model")
    assert "takes no request at all: not one fits in the memory of the devices" in wall.cause
    assert "It breaks at any load" in walls_as_text(walls)
    sheet = render_csv(result := assess(request("claims-copilot", "a2-16gb")), RenderOptions())
    assert "inf" not in {cell for row in csv.reader(sheet.decode().splitlines()) for cell in row}
    assert any(finding.margin == inf for finding in result.findings)


def test_a_cap_that_fixed_costs_exceed_is_told_without_a_load():
    case = pilot("fraud-scoring", "")
    fixed = with_value(case.tree, "cost.fixed_month", Quantity(1e6, "money"))
    (cost,) = (p for p in walls_of_case(with_tree(case, fixed)).pictures if p.axis == "cost")
    assert cost.walls[0].load == 0.0
    assert cost.sentence.startswith("A month without a single request already costs more than the ")


def test_levers_that_are_not_stated_are_sought_over_their_range():
    case = pilot("claims-copilot", "l4-24gb")
    (finding,) = (
        f for f in judge_case(case).findings
        if f.rule == "B10-source-protection" and f.state is State.FAIL
    )  # fmt: skip
    levers = {lever.fact.rpartition(".")[2]: lever for lever in finding_levers(case, finding)}
    hit = levers["cache_hit"]
    assert hit.current is None
    assert lever_text(hit).endswith("cache_hit: not stated; enough if 66.7 % or more")


def test_a_choice_is_tried_value_by_value():
    def passes(tree: FactTree) -> bool:
        return tree.get("model.hosting").value in {"hosted", "hybrid"}

    bounds = Bounds(choices=("self", "hosted", "hybrid"))
    lever = find_lever(
        with_value(FactTree({}), "model.hosting", "self"), "model.hosting", passes, bounds=bounds
    )
    assert (lever.needed, lever.note) == ("hosted", "or hybrid")
    assert find_lever(FactTree({}), "model.hosting", lambda _: False, bounds=bounds).needed is None
    no_order = find_lever(FactTree({}), "pilot.go_live", passes)
    assert "no order" in no_order.note


@pytest.mark.parametrize(
    ("value", "unit", "up", "shown"),
    [
        (520.4, "1", True, "521"),
        (46209.375, "s", True, "12.9 h"),
        (4198.5, "s", False, "1.16 h"),
        (0.6671, "1", True, "0.668"),
        (12.0, "s", True, "12 s"),
        (3.0e9, "B", False, "2.79 GiB"),
        (1.157407e-5 * 7.001, "req/s", True, "7.01 req/d"),
        (0.0000722, "money", True, "0.0722 money per 1,000"),
        (2.10e-4, "money/s", True, "0.756 money/h"),
    ],
)
def test_a_rounded_quantity_reads_as_it_is(value, unit, up, shown):
    rounded = round_as_shown(Quantity(value, unit), up=up)
    assert str(rounded) == shown
    assert rounded.value >= value * (1 - 1e-9) if up else rounded.value <= value * (1 + 1e-9)
    assert round_as_shown(rounded, up=up).value == pytest.approx(rounded.value, rel=1e-12)


def test_a_rate_of_things_that_are_counted_reads_back():
    assert parse_quantity(str(Quantity(550.0, "1/s")), "1/s") == Quantity(550.0, "1/s")
    assert parse_quantity(str(Quantity(0.01, "1/s")), "1/s").value == pytest.approx(0.01)


def finding(state: State, subject: str = "", **more: object) -> Finding:
    """Return a finding of one rule on one of its items."""
    (one,) = (f for f in judge_case(pilot("claims-copilot", "l4-24gb")).findings if f.rule == "G03-canary")
    return structs.replace(one, state=state, subject=subject, breakpoints=(), fix="Mend it.", **more)


def test_a_step_tells_all_that_closes_its_rule():
    broken = finding(State.FAIL, "sources[a]", held=EvidenceClass.DECLARED, required=EvidenceClass.ARTIFACT)
    silent = finding(State.UNKNOWN, "sources[b]", held=None, unknown=("sources[b].p99",))
    other = finding(State.UNKNOWN, "sources[c]", held=None, unknown=("path.stages[].source: c",))
    assert action_by_facts((broken, silent, other), broken) == (
        "Mend it. Also state or measure sources[b].p99, `source: c` under `path.stages`. Then show it by a file."
    )
    claimed = finding(
        State.PASS, held=EvidenceClass.DECLARED, required=EvidenceClass.MEASURED, what="A licence is named"
    )
    assert action_by_facts((claimed,), claimed) == "Show by measurement that a licence is named."
    silent = structs.replace(claimed, state=State.UNKNOWN, held=None, unknown=("a.b",))
    assert (
        action_by_facts((silent,), silent)
        == "Show by measurement that a licence is named; unknown so far: a.b."
    )
    declared = structs.replace(silent, required=EvidenceClass.DECLARED)
    assert action_by_facts((declared,), declared) == "State whether a licence is named; unknown so far: a.b."
    bare = structs.replace(silent, required=EvidenceClass.ARTIFACT, unknown=("evidence",))
    assert action_by_facts((bare,), bare) == "Show by a file that a licence is named."


def failing_of(rule: str) -> list[Finding]:
    """Return the failing findings of a rule on the claims copilot."""
    findings = judge_case(pilot("claims-copilot", "l4-24gb")).findings
    return [f for f in findings if f.rule == rule and f.state is State.FAIL]


def test_a_step_names_the_value_to_reach_of_every_item_that_fails():
    failing = failing_of("B16-dependency-availability")
    assert len(failing) > 1
    told = reach_of(failing)
    for one in failing:
        assert f"{one.subject}.availability = 99.95 %" in told


@pytest.mark.parametrize("rule", ["D02-worst-case-age", "E05-sample-size"])
def test_a_step_offers_no_limit_of_the_team_as_the_value_to_reach(rule):
    case = pilot("claims-copilot", "l4-24gb")  # 2.1 % of its cases failed
    stricter = with_tree(case, with_value(case.tree, "evaluation.failure_max", Quantity(0.01)))
    (failing,) = [f for f in judge_case(stricter).findings if f.rule == rule and f.state is State.FAIL]
    (limit,) = (point for point in failing.breakpoints if point.settable)
    assert failing.reason is not None
    if failing.reason.bound:  # a rule of several parts names its limits in the parts
        assert limit.fact in {term.fact for term in failing.reason.bound}
    assert reach_of([failing]) == ""
    settable = structs.replace(limit, fact="sources[a].refresh_interval")
    own = structs.replace(failing, breakpoints=(limit, settable))
    assert reach_of([own]).startswith("sources[a].refresh_interval = ")


def test_what_if_tells_what_stands_elsewhere_without_flipping():
    change = "sources[payments-warehouse].max_age_needed=8 h"
    found = what_if(request("claims-copilot", "l4-24gb"), [change])
    assert found.flips == ()
    assert [f.rule for f in found.moved] == ["D02-worst-case-age"]
    assert "12.4 times the limit of 8 h" in " ".join(what_if_text(found).split())


def test_what_if_takes_lists_and_refuses_what_is_no_date():
    asked = request("claims-copilot", "l4-24gb")
    found = what_if(asked, ["pilot.uses=llm, retrieval"])
    assert (found.flips, found.moved) == ((), ())
    with pytest.raises(UsageError, match="write year-month-day"):
        what_if(asked, ["pilot.go_live=soon"])


@pytest.mark.parametrize("stage", list(Stage))
def test_messages_are_whole_sentences(stage):
    for name, machine in PILOTS:
        for one in judge_case(structs.replace(pilot(name, machine), stage=stage)).findings:
            text = one.message.removeprefix(f"{one.subject}: ") if one.subject else one.message
            assert text.endswith("."), one
            assert not text[0].islower() or one.rule == "X01-statements-agree", one
            assert not re.search(r"\[\]\.|\bnan\b|\binf\b|\(A [a-z]", text), one
