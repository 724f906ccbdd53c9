"""Result -> the values of the leadership page, in reading order; the template only places them."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from poc_gate.model.fact_name import item_of
from poc_gate.model.finding import Finding, State
from poc_gate.model.quantity import Quantity, round_as_shown
from poc_gate.model.rule import EvidenceClass
from poc_gate.model.verdict import DimensionScore, Result, Step, Wall, WallPicture
from poc_gate.report import report_view as view
from poc_gate.report.differences.comparison import Change, compare_results
from poc_gate.report.drawing.wall_drawing import draw_wall
from poc_gate.report.html.html_course import course_values
from poc_gate.report.interface import RenderOptions
from poc_gate.words.findings import title, with_item
from poc_gate.words.load_units import in_one_unit, show_load, show_loads
from poc_gate.words.must_haves import must_haves, open_words
from poc_gate.words.shown_values import (
    first_sentence,
    show_amount,
    show_commit,
    show_percent,
    show_range,
    show_score,
    show_value,
)
from poc_gate.words.way_in_brief import way_in_brief

SHOWN_BLOCKERS = 5
SHOWN_CHANGES = 6
SHOWN_STEPS = 5
SHOWN_REGIMES = 5
PRINTED_ROWS = 5
"""Rows of a table that paper has room for; the style sheet hides the others there."""
SHOWN_OTHERS = 3
"""Items named beside the worst one of a blocker; the findings list them all."""
WIDE, NARROW = 720, 380
"""View-box widths of the wall picture on a desk and on a phone; text keeps its size in both."""

_AXES = {"req/s": "the load"}
"""What grows, where the axis' own name is a unit."""
_PRICES = (
    ("flow.cost.month", "per month", "money"),
    ("flow.cost.per_request", "per request now", "money"),
    ("flow.cost.per_request_10x", "per request at ten times the volume", "money"),
    ("flow.value.ratio", "value over cost", "1"),
)


class Bar(Struct, frozen=True):
    """One dimension as a bar; positions in percent."""

    letter: str
    title: str
    low: float
    width: float
    text: str
    spoken: str
    lowest: bool
    judged: bool


def leadership(result: Result, options: RenderOptions) -> dict[str, Any]:
    """Return everything the first two pages say."""
    blockers = view.open_blockers(result)
    groups = view.by_rule(blockers or view.open_findings(result))
    regimes = view.regimes(result)
    pressing = sorted((r for r in regimes if r.open or r.due), key=view.pressing_first)[:SHOWN_REGIMES]
    waivers, approvals = view.listed_waivers(result), view.pending_approvals(result)
    return {
        "stage": view.stage_asked(result),
        "binding": result.binding,
        "machine": _machine(result),
        "commit": show_commit(result.commit),
        "numbers": _numbers(result),
        "bars": [_bar(score, result.verdict.index_dimension) for score in result.verdict.dimensions],
        "blockers": [_blocker(group) for group in groups[:SHOWN_BLOCKERS]],
        "open_blockers": len(blockers),
        "more_blockers": max(len(groups) - SHOWN_BLOCKERS, 0),
        "walls": [_wall_picture(in_one_unit(picture), result.currency) for picture in result.walls],
        "steps": [_step(step) for step in result.way_out[:SHOWN_STEPS]],
        "more_steps": max(len(result.way_out) - SHOWN_STEPS, 0),
        "way_brief": way_in_brief(result.verdict.word, result.way_out, result.findings),
        "prices": _prices(result),
        "waivers": waivers,
        "approvals": approvals,
        "ledger_left": max(len(waivers) + len(approvals) - PRINTED_ROWS, 0),
        "change": _change(result, options),
        "course": course_values(options.course, result.verdict.word.value),
        "honesty": view.honesty(result),
        "regimes": pressing,
        "more_regimes": len(regimes) - len(pressing),
        "no_conformity": view.NO_CONFORMITY,
        "due": view.due_findings(result),
    }


def _numbers(result: Result) -> list[tuple[str, str, str]]:
    """Return what a reader asks first: how much is open, how much was checked, and on what it rests."""
    verdict = result.verdict
    counted = must_haves(result.findings)
    open_ones = counted.total - len(counted.met)
    parts = open_words(counted) or "none is open"
    return [
        (f"{open_ones} of {counted.total}", "must-haves open", parts),
        (show_percent(verdict.coverage), "checked", "of what applies could be judged"),
        (show_percent(verdict.confidence), "proven", f"by files or measurements: {_mix(result)}"),
    ]


def _mix(result: Result) -> str:
    """Return on what the passed rules rest, each kind with its count."""
    passed = [finding.held for finding in result.findings if finding.state is State.PASS]
    kinds = (
        (EvidenceClass.MEASURED, "measured"),
        (EvidenceClass.ARTIFACT, "from files"),
        (EvidenceClass.DECLARED, "on the team's word"),
    )
    told = [f"{passed.count(kind)} {words}" for kind, words in kinds if kind in passed]
    return ", ".join(told) or "nothing passed yet"


def _machine(result: Result) -> str:
    machine = result.machine
    if machine is None:
        return ""
    parts = (machine.name, machine.kind, machine.source if machine.source != machine.name else "")
    return ", ".join(part for part in parts if part)


def _bar(score: DimensionScore, lowest: str) -> Bar:
    low, high = score.low or 0.0, score.high or 0.0
    judged = score.low is not None
    shown = f"{show_score(score.low)}–{show_score(score.high)}" if judged else "–"
    if judged and show_score(score.low) == show_score(score.high):
        shown = show_score(score.low)
    spoken = f"{score.title}: proven {show_score(score.low)}, at most {show_score(score.high)} of 100"
    return Bar(
        letter=view.dimension_letter(score.key),
        title=score.title,
        low=round(low, 1),
        width=round(max(high - low, 0.0), 1),
        text=shown,
        spoken=spoken if judged else f"{score.title}: no rule applies",
        lowest=score.key == lowest and judged,
        judged=judged,
    )


def _blocker(group: list[Finding]) -> dict[str, Any]:
    """Return one blocker in plain words; other items that fail the same rule are named beside the worst."""
    finding = group[0]
    unknown = finding.state is State.UNKNOWN and finding.resolve
    item = item_of(finding.subject)
    return {
        "title": f"{item}: {finding.title or title(finding)}" if item else finding.title or title(finding),
        "message": with_item(finding) if finding.state is State.FAIL else "",
        "others": _others([item_of(other.subject) or other.subject for other in group[1:]]),
        "why": first_sentence(finding.why),
        "rule": finding.rule,
        "state": finding.state.name,
        "next": finding.action or first_sentence(finding.resolve[0] if unknown else finding.fix),
        "owner": finding.owner or "no owner named",
        "effort": finding.effort or "effort not stated",
    }


def _others(names: list[str]) -> str:
    """Return the other items of a rule; of many the number first, since paper cuts a long line."""
    if len(names) <= SHOWN_OTHERS:
        return ", ".join(names)
    return f"{len(names)} more, among them {', '.join(names[:SHOWN_OTHERS])}"


def _wall_picture(picture: WallPicture, currency: str) -> dict[str, Any]:
    return {
        "sentence": picture.sentence,
        "axis": _AXES.get(picture.axis, picture.axis),
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
    }


def _step(step: Step) -> dict[str, Any]:
    cost = {"": "", "none": "no cost"}.get(step.cost, f"{step.cost} cost")
    price = ", ".join(part for part in (step.effort, cost, step.owner) if part)
    return {
        "action": step.action,
        "reach": step.reach,
        "price": price,
        "rules": step.rules,
        "after": step.verdict_after,
    }


def _prices(result: Result) -> list[tuple[str, str, str]]:
    """Return (value, label, range) of the unit economics; an unknown one says what it waits for."""
    rows = []
    for name, label, plain_unit in _PRICES:
        fact = view.fact_of(result, name)
        if fact is None:
            rows.append(_bounded_price(result, name, label, plain_unit))
            continue
        unit = fact.value.unit if isinstance(fact.value, Quantity) else ""
        between = show_range(fact.low, fact.high, unit, result.currency) if unit else ""
        rows.append((view.shown_fact(result, name), label, between))
    return rows


def _bounded_price(result: Result, name: str, label: str, unit: str) -> tuple[str, str, str]:
    """Return what is certain of a price that is not known: its known parts are a bound."""
    fact = next((held for held in result.facts if held.name == name), None)
    waits = fact.why_unknown if fact else ""
    for bound, words in ((fact.low if fact else None, "at least"), (fact.high if fact else None, "at most")):
        if bound is not None:
            amount = round_as_shown(Quantity(bound, unit), up=words == "at most")
            return f"{words} {show_amount(amount, result.currency, name)}", label, waits
    return "not known", label, waits


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
