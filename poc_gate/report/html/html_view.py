"""Result -> the values of the page below its first screen that are not findings: pictures, steps, ledger, frameworks."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

from msgspec import Struct

from poc_gate.base.days import exact_day
from poc_gate.model.finding import Finding, State
from poc_gate.model.verdict import Result, Step, Wall, WallPicture, Word
from poc_gate.report import report_view as view
from poc_gate.report.brief.launch import Launch
from poc_gate.report.brief.pressing import pressing
from poc_gate.report.differences.comparison import Change, compare_results
from poc_gate.report.drawing.launch_drawing import DrawnSpan, LaunchLine, draw_launch
from poc_gate.report.drawing.wall_drawing import draw_wall
from poc_gate.report.html.html_course import course_values
from poc_gate.report.interface import RenderOptions
from poc_gate.words.first_look import assumed_rows
from poc_gate.words.judged.findings import title
from poc_gate.words.judged.way_in_brief import way_in_brief
from poc_gate.words.load_units import in_one_unit, show_load, show_loads
from poc_gate.words.plain_amounts import plain_time
from poc_gate.words.shown_values import show_commit, show_value

SHOWN_CHANGES = 12
SHOWN_REGIMES = 5
WIDE, NARROW = 720, 380
"""View-box widths of the wall picture on a desk and on a phone; text keeps its size in both."""

_AXES = {"req/s": "the load", "cost": "the volume", "corpus": "the corpus", "volume": "the volume of data"}
"""What grows along each axis."""
_EFFORTS = ("months", "weeks", "days", "hours")


class StepRow(Struct, frozen=True):
    """One step of the way out with the finding that it closes."""

    action: str
    reach: str
    effort: str
    owner: str
    closes: list[tuple[str, str]]
    """Rule and title of each finding that it closes."""
    kind: str
    """`fix`, `answer` or `prove`."""
    after: str
    """The word from this step on, where it changes."""


def below_the_screen(result: Result, options: RenderOptions) -> dict[str, Any]:
    """Return what the parts between the first screen and the findings show."""
    regimes = view.regimes(result)
    pressing_ones = sorted((r for r in regimes if r.open or r.due), key=view.pressing_first)[:SHOWN_REGIMES]
    return {
        "stage": view.stage_asked(result),
        "machine": machine_words(result),
        "commit": show_commit(result.commit),
        "walls": [_wall_picture(in_one_unit(picture), result.currency) for picture in result.walls],
        "steps": step_rows(result),
        "way_brief": way_in_brief(result.verdict.word, result.way_out, result.findings),
        "waivers": view.listed_waivers(result),
        "approvals": view.pending_approvals(result),
        "no_ledger": view.no_ledger(result),
        "change": _change(result, options),
        "course": course_values(options.course, result),
        "honesty": view.honesty(result),
        "regimes": pressing_ones,
        "more_regimes": len(regimes) - len(pressing_ones),
        "no_conformity": view.NO_CONFORMITY,
        "assumed": assumed_rows(result.first_look) if result.first_look is not None else [],
    }


def launch_line(result: Result, launch: Launch) -> LaunchLine:
    """Return the way out on a line: what is waited for, then the work of what fails, by class of effort."""
    spans = [DrawnSpan(wait.what, wait.who, wait.begins, wait.ends, wait.takes) for wait in launch.waits]
    failing = [group[0] for group in pressing(result) if group[0].state is State.FAIL]
    counts = Counter(finding.effort for finding in failing)
    if result.verdict.word in (Word.GO, Word.CONDITIONAL) and not spans:
        spans = _spans_of_a_go(result, launch)
    work = [(counts[effort], effort) for effort in _EFFORTS if counts[effort]]
    return draw_launch(launch.today, launch.planned, spans, work)


def _spans_of_a_go(result: Result, launch: Launch) -> list[DrawnSpan]:
    """Return what a passing word looks ahead to: the launch, and the day on which the word ends."""
    ahead = [("until the launch", launch.planned)]
    if result.verdict.holds_until:
        ahead.append(("this answer holds", exact_day(result.verdict.holds_until)))
    return [
        DrawnSpan(
            what, "", launch.today, day, plain_time((day - launch.today).days * 86400.0), holds_up=False
        )
        for what, day in ahead
        if day is not None and day > launch.today
    ]


def machine_words(result: Result) -> str:
    """Return name, kind and origin of the machine."""
    machine = result.machine
    if machine is None or not machine.fingerprint:
        return ""
    kind = "data sheet, not measured" if machine.kind == "datasheet" else machine.kind
    parts = (machine.name, kind, machine.source if machine.source != machine.name else "")
    return ", ".join(part for part in parts if part)


def step_rows(result: Result) -> list[StepRow]:
    """Return the steps in order, each with what it closes and the word where that changes."""
    titles: dict[str, Finding] = {}
    for finding in view.worst_first(result.findings):
        titles.setdefault(finding.rule, finding)
    words = [result.verdict.word.value, *(step.verdict_after for step in result.way_out)]
    return [
        _step(step, titles, after if after != before else "")
        for step, (before, after) in zip(result.way_out, pairwise(words), strict=True)
    ]


def _step(step: Step, titles: dict[str, Finding], after: str) -> StepRow:
    found = [titles[rule] for rule in step.rules if rule in titles]
    states = {finding.state for finding in found}
    kind = "fix" if State.FAIL in states else "prove" if states == {State.PASS} else "answer"
    return StepRow(
        step.action, step.reach, step.effort, step.owner,
        [(finding.rule, finding.title or title(finding)) for finding in found], kind, after,
    )  # fmt: skip


def _wall_picture(picture: WallPicture, currency: str) -> dict[str, Any]:
    return {
        "sentence": picture.sentence,
        "axis": _AXES.get(picture.axis, picture.axis),
        "before": _before_plan(picture.walls, picture),
        "drawings": [draw_wall(picture, width, currency) for width in (WIDE, NARROW)],
        "walls": [_wall(wall, picture, currency) for wall in picture.walls],
        "assumptions": picture.assumptions,
    }


def _wall(wall: Wall, picture: WallPicture, currency: str) -> dict[str, Any]:
    lever = next((lever for lever in wall.relieved_by if lever.needed is not None), None)
    relief = f"{lever.fact} = {show_value(lever.needed, currency, lever.fact)}" if lever else ""
    return {
        "load": show_load(wall.load, picture.axis_unit, currency),
        "range": show_loads(wall.low, wall.high, picture.axis_unit, currency),
        "station": wall.station,
        "cause": wall.cause,
        "relief": relief,
        "moved": lever.note if lever else "",
        "before": _before_plan((wall,), picture),
    }


def _before_plan(walls: tuple[Wall, ...], picture: WallPicture) -> str:
    """Return how walls are flagged that come before the plan, or may: the interval decides where the likely value does not."""
    if any(wall.load < picture.planned for wall in walls):
        return "before the plan"
    grows = picture.planned > picture.today
    return (
        "perhaps before the plan"
        if grows and any((wall.low or wall.load) < picture.planned for wall in walls)
        else ""
    )


def _day_and_commit(result: Result) -> str:
    commit = show_commit(result.commit)
    return f"{result.assessed_on}, commit {commit}" if commit else result.assessed_on


def _change(result: Result, options: RenderOptions) -> dict[str, Any] | None:
    if options.base_result is None:
        return None
    comparison = compare_results(options.base_result, result)
    changes: list[Change] = [*comparison.verdict, *comparison.findings]
    return {
        "since": _day_and_commit(options.base_result),
        "shown": changes[:SHOWN_CHANGES],
        "more": max(len(changes) - SHOWN_CHANGES, 0),
        "facts": len(comparison.facts),
        "same": comparison.same,
    }
