"""Walls, what-if and the way out, on the examples that ship."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from msgspec import structs

from poc_gate.app.assess.assess import assess
from poc_gate.app.assess.judge_case import judge_case
from poc_gate.app.assess.lever_values import finding_levers, passes_rule
from poc_gate.app.assess.reading.case import CaseRequest, read_case, with_tree
from poc_gate.app.assess.way_out import WORD_RANK, cheapest_way_out, is_open
from poc_gate.app.explore.path import way_out, way_out_text
from poc_gate.app.explore.show_wall import walls_as_json, walls_as_text, walls_of, walls_of_case
from poc_gate.app.explore.what_if import what_if, what_if_text
from poc_gate.errors import UsageError
from poc_gate.flow.walls.levers import with_value
from poc_gate.judge.verdict.decide import decide
from poc_gate.model.finding import State
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import Severity
from poc_gate.model.verdict import Word

EXAMPLES = Path(__file__).parents[2] / "examples"


def request(name: str, machine: str = "") -> CaseRequest:
    """Return the request for an example on its recorded machine, or on a data sheet."""
    own = EXAMPLES / name / "machine.json"
    return CaseRequest(
        path=EXAMPLES / name,
        today="2026-11-22",
        now="2026-11-22T12:00:00+00:00",
        machine=machine or (own.as_posix() if own.exists() else "h100-sxm-80gb"),
    )


CLAIMS = request("claims-copilot", "h100-sxm-80gb")


@pytest.mark.parametrize("name", ["claims-copilot", "fraud-scoring", "support-assistant"])
def test_each_example_shows_a_wall_that_names_what_binds(name):
    walls = walls_of(request(name))
    assert walls.pictures
    first = walls.pictures[0].walls[0]
    assert first.station
    assert first.cause
    text = walls_as_text(walls)
    assert first.station in text
    assert all(len(line) <= 80 for line in text.splitlines())
    plain = json.loads(walls_as_json(walls))
    assert plain["schema"] == "poc-gate.wall/1"
    assert plain["pictures"][0]["walls"][0]["station"] == first.station


def test_the_first_wall_names_values_that_move_it():
    first = walls_of(CLAIMS).pictures[0].walls[0]
    helping = [lever for lever in first.relieved_by if lever.needed is not None]
    assert helping
    assert all("moves the limit to" in lever.note for lever in helping)


def test_what_if_tells_what_flips_and_what_moves():
    found = what_if(request("support-assistant"), ["demand.requests_per_day=200000"])
    flipped = {flip.after.rule: flip.after.state for flip in found.flips if flip.after}
    assert flipped["B09-provider-quota"] is State.FAIL
    assert any(new.name == "flow.demand.peak_rate" for _, new in found.facts)
    assert "B09-provider-quota: pass -> fail" in what_if_text(found)


def test_what_if_of_another_machine():
    found = what_if(CLAIMS, ["machine=l4-24gb"])
    assert any(new.name == "flow.device_memory.capacity" for _, new in found.facts)


def test_nothing_flips_when_nothing_changes():
    case = read_case(CLAIMS)
    same = case.tree.get("slo.p99").value
    found = what_if(CLAIMS, [f"slo.p99={same.value} s"])
    assert found.flips == ()
    assert found.facts == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("slo.p98=3 s", "did you mean slo.p9"),
        ("slo.p99", "is not a change"),
        ("slo.p99=3 GB", "is a size"),
        ("flow.wall.load=3", "is computed"),
        ("sources[nobody].p99=3 s", "names no item"),
        ("model.hosting=cloud", "write one of"),
        ("retrieval.incremental=perhaps", "true or false"),
        ("demand.peak_hour_share=700 %", "outside"),
    ],
)
def test_changes_that_make_no_sense_are_refused_in_words(change, words):
    with pytest.raises(UsageError, match=words.replace("[", r"\[")):
        what_if(CLAIMS, [change])


def test_a_misspelt_name_is_refused_before_anything_is_read(tmp_path: Path):
    nowhere = structs.replace(CLAIMS, path=tmp_path / "nowhere")
    with pytest.raises(UsageError, match=r"slo\.p98 is not a fact.*slo\.p99=abc"):
        what_if(nowhere, ["slo.p98=3 s", "slo.p99=abc"])


def test_the_way_out_never_worsens_and_ends_at_its_best_word():
    case = read_case(CLAIMS)
    judged = judge_case(case)
    steps = cheapest_way_out(case, judged)
    ranks = [WORD_RANK[Word(step.verdict_after)] for step in steps]
    assert ranks == sorted(ranks)
    assert ranks[-1] > WORD_RANK[judged.verdict.word]


def test_no_step_of_the_way_out_can_be_left_away():
    """Closing all rules of the way but one never gives the word that the whole way gives."""
    case = read_case(CLAIMS)
    judged = judge_case(case)
    steps = cheapest_way_out(case, judged)
    end = steps[-1].verdict_after
    rules = {rule for step in steps for rule in step.rules}

    def word_without(left: set[str]) -> str:
        closed = rules - left
        found = [
            structs.replace(f, state=State.PASS, held=f.required, waiver="")
            if f.rule in closed and is_open(f)
            else f
            for f in judged.findings
        ]
        return decide(found, stage=case.stage).word

    assert word_without(set()) == end
    assert [step for step in steps if step.rules and word_without(set(step.rules)) == end] == []


def test_the_word_leaves_no_go_only_after_everything_grave_that_fails():
    case = read_case(request("claims-copilot"))
    judged = judge_case(case)
    assert judged.verdict.word is Word.NO_GO
    grave = {Severity.BLOCKER, Severity.HIGH}
    failing = {
        f.rule
        for f in judged.findings
        if f.state is State.FAIL and f.severity in grave and not f.due and not f.short
    }
    steps = cheapest_way_out(case, judged)
    out = [step for step in steps if step.verdict_after == Word.NO_GO]
    last = steps[len(out)]
    assert failing <= {rule for step in (*out, last) for rule in step.rules}


def test_one_record_is_one_step_that_names_what_it_decides():
    case = read_case(request("claims-copilot"))
    judged = judge_case(case)
    several = [step for step in cheapest_way_out(case, judged) if len(step.rules) > 1]
    assert several
    for step in several:
        assert f"It settles {len(step.rules)} rules" in step.action, step


def test_the_way_names_what_is_so_not_the_limit_that_the_team_chose():
    steps = cheapest_way_out(case := read_case(request("claims-copilot")), judge_case(case))
    reached = {rule: step.reach for step in steps if step.reach for rule in step.rules}
    assert reached["B16-dependency-availability"].startswith(
        "sources[policy-db].availability = 99.95 % (now 99.9 %)"
    )
    assert "F04-injection-suite" not in reached, "a bound of several counts is not one value that can be set"
    assert "D02-worst-case-age" not in reached, "only the limit of the team could be set"
    assert "B10-source-protection" not in reached, "a load that is computed cannot be set"


def test_a_pilot_that_may_go_needs_no_way_out():
    asked = request("support-assistant")
    found = way_out(asked)
    if found.verdict.word is Word.GO:
        assert found.steps == ()
        assert "Nothing has to change" in way_out_text(found)
    else:
        assert found.steps


def test_values_that_levers_must_reach_do_turn_the_finding():
    case = read_case(CLAIMS)
    turned = 0
    for finding in judge_case(case).findings:
        if finding.state is not State.FAIL or finding.value is None:
            continue
        passes = passes_rule(case, finding)
        assert not passes(case.tree)
        for lever in finding_levers(case, finding):
            if lever.needed is not None:
                assert passes(with_value(case.tree, lever.fact, lever.needed)), (finding.rule, lever)
                turned += 1
    assert turned


def test_amounts_of_money_carry_the_pilots_currency():
    walls = walls_of(request("support-assistant"))
    (cost,) = (picture for picture in walls.pictures if picture.axis == "cost")
    assert re.search(r"the monthly cap of [\d,]+ [A-Z]{3} is used up\.", cost.sentence)
    assert "money" not in walls_as_text(walls)


def test_an_assessment_names_the_same_levers_as_the_wall():
    asked = request("fraud-scoring")
    first = assess(asked).walls[0].walls[0]
    assert first.relieved_by == walls_of(asked).pictures[0].walls[0].relieved_by
    assert first.relieved_by[0].needed is not None


def test_levers_reach_for_the_next_wall_where_it_stands_near():
    case = read_case(request("fraud-scoring"))
    first = walls_of_case(case).pictures[0].walls[0]
    near = Quantity(first.load * 1.1, "req/s")
    other = with_tree(case, with_value(case.tree, "sources[payment-events].tolerated_rate", near))
    moved, behind = walls_of_case(other).pictures[0].walls[:2]
    assert (moved.station, behind.station) == (first.station, "payment-events (tolerated load)")
    helping = [lever for lever in moved.relieved_by if lever.needed is not None]
    assert helping
    for lever in helping:
        assert re.search(
            r"close to the next one \(payment-events|where payment-events \(tolerated load\) is the next",
            lever.note,
        )
        turned = walls_of_case(with_tree(other, with_value(other.tree, lever.fact, lever.needed)))
        assert first.load < turned.pictures[0].walls[0].load <= near.value * 1.001


def test_what_if_tells_where_the_wall_moves():
    found = what_if(request("fraud-scoring"), ["sources[payments-warehouse].servers=12"])
    before, after = next(pair for pair in found.facts if pair[0].name == "flow.wall.load")
    assert after.value.value > before.value.value
    assert "flow.wall.headroom" in what_if_text(found)


def test_what_if_tells_why_a_fact_becomes_unknown():
    found = what_if(request("fraud-scoring"), ["sources[payments-warehouse].p99=1 ms"])
    text = " ".join(what_if_text(found).split())
    assert "B07-utilisation-at-peak: pass -> unknown" in text
    assert "are not in order: one of them is wrong" in text
    assert all(len(line) <= 80 for line in what_if_text(found).splitlines())


def test_the_path_says_where_to_read_what_a_file_must_hold():
    told = " ".join(way_out_text(way_out(request("claims-copilot"))).split())
    assert "`poc-gate explain RULE` says what a file must hold" in told
    assert "cost none" not in told


def test_the_load_of_the_pilot_is_todays_on_the_cost_axis_too():
    """400 requests a day now and 600 planned: both pictures say so, in one unit each."""
    found = walls_of(request("support-assistant")).pictures
    (cost,) = (picture for picture in found if picture.axis == "cost")
    assert cost.today == pytest.approx(400 / 86400)
    assert cost.planned == pytest.approx(600 / 86400)
