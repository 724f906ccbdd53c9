"""What people read in a report: an item named once, loads in one unit, counts that agree, hints that run as printed."""

from __future__ import annotations

import json
import shlex

import pytest
from msgspec.structs import replace
from sample_result import sample_result

from poc_gate.model.finding import State
from poc_gate.model.parts.reason import Reason, ReasonKind
from poc_gate.model.verdict import Result, Wall, WallPicture
from poc_gate.report.brief.screen import screen_of
from poc_gate.report.formats import find_format
from poc_gate.report.interface import RenderOptions
from poc_gate.report.lines.terminal_lines import plain
from poc_gate.report.report_view import open_blockers, stage_asked
from poc_gate.report.terminal.terminal_findings import where_to_look
from poc_gate.words.load_units import in_one_unit, show_load, tells_today
from poc_gate.words.shown_values import lower_first

SAMPLE = sample_result()
OPTIONS = RenderOptions(width=200)
ITEM = "sources[policy-db]"


def _with_item() -> Result:
    first = next(f for f in SAMPLE.findings if f.state is State.FAIL)
    named = replace(
        first, subject=ITEM, message="Its age is 4 d, over the limit of 4 h.", reason=Reason(ReasonKind.HOLDS)
    )
    return replace(SAMPLE, findings=(named,))


@pytest.mark.parametrize("name", ["gitlab", "sarif"])
def test_ci_formats_name_the_item_of_a_finding_once(name: str) -> None:
    text = find_format(name).render(_with_item(), OPTIONS).decode()
    assert "policy-db: Its age" in json.dumps(json.loads(text))
    assert "policy-db: policy-db" not in text


@pytest.mark.parametrize("name", ["markdown", "terminal"])
def test_the_message_beside_its_item_does_not_repeat_it(name: str) -> None:
    text = find_format(name).render(_with_item(), replace(OPTIONS, verbosity=1)).decode()
    assert "Its age is 4 d" in text
    assert "policy-db: Its age" not in text.replace("\\", "")


def _picture(*, today: float, planned: float, wall: float, axis: str = "req/s") -> WallPicture:
    return WallPicture(
        axis, "req/s", today, planned, (), (Wall(wall, wall / 2, wall * 2, "quota", "it is used up"),)
    )


def test_a_picture_keeps_one_unit_and_counts_by_the_day_only_where_all_is_rare() -> None:
    mixed = in_one_unit(_picture(today=0.05, planned=0.075, wall=1.27))
    assert [show_load(load, mixed.axis_unit) for load in (mixed.today, mixed.planned)] == [
        "0.05 req/s",
        "0.075 req/s",
    ]
    rare = in_one_unit(_picture(today=0.001, planned=0.002, wall=0.01))
    assert (rare.axis, rare.axis_unit) == ("req/d", "req/d")
    assert [show_load(load, rare.axis_unit) for load in (rare.today, rare.walls[0].load)] == [
        "86.4 req/d",
        "864 req/d",
    ]
    assert rare.walls[0].low == pytest.approx(432)


def test_a_load_of_today_that_nobody_stated_is_not_shown() -> None:
    assert not tells_today(_picture(today=0.2, planned=0.2, wall=1.0))
    assert tells_today(_picture(today=0.1, planned=0.2, wall=1.0))
    assert tells_today(_picture(today=0.2, planned=0.2, wall=1.0, axis="corpus"))
    result = replace(SAMPLE, walls=(_picture(today=0.2, planned=0.2, wall=1.0),))
    for name in ("terminal", "html"):
        text = find_format(name).render(result, OPTIONS).decode()
        assert "planned 0.2 req/s" in text
        assert "today 0.2 req/s" not in text


def test_the_stage_says_where_the_manifest_is_silent() -> None:
    silent = replace(SAMPLE, facts=tuple(fact for fact in SAMPLE.facts if fact.name != "pilot.stage"))
    assert stage_asked(silent) == f"{SAMPLE.stage} (not stated in the manifest)"
    for name in ("terminal", "html", "markdown"):
        text = find_format(name).render(silent, OPTIONS).decode().replace("\\", "")
        assert "not stated in the manifest" in text


def test_the_hints_name_pilot_and_machine_so_that_they_run_as_printed() -> None:
    machine = replace(SAMPLE.machine, source="prod node.json")
    result = replace(SAMPLE, manifest="Schäden copilot/pilot.yaml", machine=machine)
    hints = [
        text.partition("see: ")[2]
        for row in where_to_look(result, OPTIONS)
        if "see: " in (text := plain(row))
    ]
    assert hints
    for hint in hints:
        words = shlex.split(hint)
        assert "Schäden copilot/pilot.yaml" in words
        assert words[words.index("--machine") + 1] == "prod node.json"
    probed = replace(result, machine=replace(machine, source="probed now"))
    assert not any("--machine" in plain(row) for row in where_to_look(probed, OPTIONS))


def test_the_number_of_open_must_haves_counts_a_rule_once_and_says_how_it_is_open() -> None:
    first = open_blockers(SAMPLE)[0]
    twice = replace(
        SAMPLE, findings=(replace(first, subject="sources[a]"), replace(first, subject="sources[b]"))
    )
    assert screen_of(twice).counts == "Of 1 must-have, 1 fails."
    met = replace(first, state=State.PASS, held=first.required)
    assert screen_of(replace(SAMPLE, findings=(met,))).counts == "The one must-have is met."


def test_a_sentence_inside_another_begins_small_and_names_stay() -> None:
    assert lower_first("A licence is named") == "a licence is named"
    assert lower_first("SLO is stated") == "SLO is stated"
    assert lower_first("Weights are pinned") == "weights are pinned"
    assert lower_first("KV cache fits") == "KV cache fits"


def test_markdown_names_the_verdict_of_a_step_only_where_it_changes() -> None:
    text = find_format("markdown").render(SAMPLE, OPTIONS).decode()
    words = [line for line in text.splitlines() if line.startswith("1. ") and "): then **" in line]
    changes = {step.verdict_after for step in SAMPLE.way_out} - {SAMPLE.verdict.word.value}
    assert len(words) == len(changes)
