"""Result -> the upper half of the terminal report: the answer, the ten ranges, the wall, the way out."""

from __future__ import annotations

from poc_gate.model.quantity import show_number
from poc_gate.model.verdict import DimensionScore, Result, Wall, WallPicture
from poc_gate.report.drawing.picture_scales import fit_scale
from poc_gate.report.lines.terminal_lines import (
    MAX_TEXT,
    Line,
    StyledText,
    cells,
    columns,
    fit,
    heading,
    line,
    paragraph,
    plain,
    range_bar,
    span,
)
from poc_gate.report.report_view import (
    dimension_letter,
    honesty,
    listed_waivers,
    pending_approvals,
    stage_asked,
)
from poc_gate.words.judged.way_in_brief import way_in_brief
from poc_gate.words.load_units import in_one_unit, show_load, show_loads, tells_today
from poc_gate.words.shown_values import (
    first_sentence,
    show_commit,
    show_percent,
    show_score,
    show_value,
)

_LONGEST_BAR = 60
_SHOWN_STEPS = 5


def answer(result: Result, width: int) -> list[Line]:
    """Return the plain sentence, then the word with its label and what it holds for."""
    verdict = result.verdict
    where = f"{result.manifest}{f' @ {show_commit(result.commit)}' if result.commit else ''}"
    rows = paragraph(result.sentence, width=width, style="strong")
    rows += [
        line(),
        line(
            span(f" {verdict.word.value} ", f"word:{verdict.word.name}"), span(f"  {verdict.label}", "strong")
        ),
    ]
    rows += paragraph(
        f"stage {stage_asked(result)}, {result.assessed_on}, {where}", width=width, indent=2, style="dim"
    )
    for reason in verdict.reasons:
        rows += paragraph(reason, width=width, indent=2, lead="because ")
    if result.binding:
        rows += paragraph(result.binding, width=width, indent=2, lead="tightest ")
    return rows


def dimensions(result: Result, width: int) -> list[Line]:
    """Return the ten dimensions as ranges, the lowest marked."""
    verdict = result.verdict
    key = "█ proven  ▒ unknown or unproven  0 to 100"
    rows = heading("Dimensions", key)
    if cells(plain(rows[-1])) > width:
        rows = [*heading("Dimensions"), *paragraph(key, width=width, style="dim")]
    if not verdict.dimensions:
        return [*rows, line("  no rule was judged")]
    names = [f"{dimension_letter(score.key)} {score.title}" for score in verdict.dimensions]
    label = min(max(cells(name) for name in names), max(width - 40, 10))
    bar = max(min(width - label - 20, _LONGEST_BAR), 10)
    for name, score in zip(names, verdict.dimensions, strict=True):
        lowest = score.key == verdict.index_dimension
        ends = [
            span(f"  {_range_text(score)}", "strong" if lowest else ""),
            span("  lowest" if lowest else "", "bad"),
        ]
        rows.append(line(span("  " + fit(name, label) + "  "), *range_bar(score.low, score.high, bar), *ends))
    index = (
        f"Readiness index {show_score(verdict.index)} of 100 (the lowest area); coverage "
        f"{show_percent(verdict.coverage)}, confidence {show_percent(verdict.confidence)}, "
        f"not applicable {show_percent(verdict.not_applicable_share)}"
    )
    return [*rows, *paragraph(index, width=width, indent=2)]


def _range_text(score: DimensionScore) -> str:
    if score.low is None or score.high is None:
        return "-"
    low, high = show_score(score.low), show_score(score.high)
    return low if low == high else f"{low}-{high}"


def where_it_breaks(result: Result, width: int, *, every: bool = False) -> list[Line]:
    """Return the walls in the order in which growing load meets them; `every` adds the assumptions."""
    rows: list[Line] = []
    for picture in map(in_one_unit, result.walls):
        rows += heading(f"Where it breaks ({picture.axis})")
        if picture.sentence:
            rows += paragraph(picture.sentence, width=width, indent=2, style="strong")
        rows += _load_axis(picture, min(width, MAX_TEXT) - 4)
        for number, wall in enumerate(picture.walls, 1):
            rows += paragraph(
                _wall_text(wall, picture, result.currency), width=width, indent=2, lead=f"{number}. "
            )
        for assumption in picture.assumptions if every else ():
            rows += paragraph(assumption, width=width, indent=5, lead="assumes ", style="dim")
    return rows


def _wall_text(wall: Wall, picture: WallPicture, currency: str) -> str:
    unit = picture.axis_unit
    between = show_loads(wall.low, wall.high, unit, currency)
    text = f"{show_load(wall.load, unit, currency)}{f' ({between})' if between else ''}, {wall.station}: {wall.cause}"
    lever = next((lever for lever in wall.relieved_by if lever.needed is not None), None)
    if lever is not None:
        note = f", which {lever.note}" if lever.note else ""
        text += f"; {lever.fact} = {show_value(lever.needed, currency, lever.fact)}{note}"
    return text


def _load_axis(picture: WallPicture, width: int) -> list[Line]:
    """Draw today, the walls and the plan on one line, by logarithm where they lie far apart."""
    loads = [wall.load for wall in picture.walls]
    if max([picture.planned, picture.today, *loads, 0.0]) <= 0:
        return []
    scale = fit_scale([picture.planned, picture.today, *loads], 0, width - 1)
    axis = list("─" * width)
    axis[round(scale.at(picture.planned))] = "▲"
    for number, load in reversed(list(enumerate(loads, 1))):
        axis[round(scale.at(load))] = str(number) if number < 10 else "#"
    if tells_today(picture):
        axis[round(scale.at(picture.today))] = "●"
    unit = picture.axis_unit
    marks = [f"{mark} {name} {show_load(load, unit)}" for mark, name, load in _ends(picture)]
    kind = "   logarithmic" if scale.log else ""
    key = f"{'   '.join(marks)}{kind}"
    below = [line(span(f"  {key}", "dim"))] if cells(key) <= width else paragraph(key, width=width, indent=2)
    return [line("  ", StyledText("".join(axis))), *below]


def _ends(picture: WallPicture) -> tuple[tuple[str, str, float], ...]:
    planned = ("▲", "planned", picture.planned)
    return (("●", "today", picture.today), planned) if tells_today(picture) else (planned,)


def way_out(result: Result, width: int, *, every: bool = False) -> list[Line]:
    """Return the steps that turn the verdict, cheapest first, with the word where it changes: some, or every one."""
    if not result.way_out:
        return []
    rows = heading("Shortest path to GO")
    brief = way_in_brief(result.verdict.word, result.way_out, result.findings)
    rows += paragraph(brief, width=width, indent=2)
    shown = result.way_out if every else result.way_out[:_SHOWN_STEPS]
    word: str = result.verdict.word
    for number, step in enumerate(shown, 1):
        action = step.action if every else first_sentence(step.action)
        cost = "no cost" if step.cost == "none" else f"{step.cost} cost" if step.cost else ""
        price = ", ".join(part for part in (step.effort, cost, step.owner) if part)
        tail = f" ({price})" if price else ""
        turned = f" -> {step.verdict_after}" if step.verdict_after != word else ""
        word = step.verdict_after
        turns = f" resolves {', '.join(step.rules)}" if step.rules else ""
        rows += paragraph(
            f"{action}{f' Enough if {step.reach}.' if step.reach else ''}{tail}{turns}{turned}",
            width=width,
            indent=2,
            lead=f"{number}. ",
        )
    left = len(result.way_out) - len(shown)
    if left:
        rows += paragraph(f"... {left} more with -v", width=width, indent=2, style="dim")
    return rows


def ledger(result: Result, width: int) -> list[Line]:
    """Return the waivers and the approvals that are still outstanding."""
    rows: list[Line] = []
    if result.waivers:
        rows += heading("Waivers")
        table = [["id", "status", "expires", "rule", "owner"]]
        table += [
            [w.id, w.status, w.expires, f"{w.rule} {w.subject}".strip(), w.owner]
            for w in listed_waivers(result)
        ]
        rows += columns(table, width=width)
        for w in listed_waivers(result):
            note = f" {w.status.capitalize()}: {w.note}." if w.note else ""
            text = f"{w.reason.rstrip('.')}. Approved by {w.approver or 'nobody'}.{note}"
            rows += paragraph(text, width=width, indent=2, lead=f"{w.id}: ")
    waiting = pending_approvals(result)
    if waiting:
        rows += heading("Approvals outstanding")
        table = [["approval", "status", "takes", "decided by"]]
        table += [[a.name, a.status, a.lead_time, a.decider] for a in waiting]
        rows += columns(table, width=width)
    return rows


def honest_lines(result: Result, width: int) -> list[Line]:
    """Return what the verdict rests on, and on which machine it holds."""
    rows = heading("Basis of this verdict")
    for sentence in honesty(result):
        rows += paragraph(sentence, width=width, indent=2)
    for clash in result.contradictions:
        apart = f", {show_number(clash.difference * 100)} % apart" if clash.difference is not None else ""
        text = (
            f"{clash.fact}: {clash.stronger_provenance.value} {clash.stronger} at {clash.stronger_place}, "
            f"{clash.weaker_provenance.value} {clash.weaker} at {clash.weaker_place}{apart}; the stronger one was used"
        )
        rows += paragraph(text, width=width, indent=2, lead="disagree: ")
    machine = result.machine
    if machine is None:
        return [*rows, *paragraph("No machine was measured or named.", width=width, indent=2)]
    when = f", {machine.measured_at}" if machine.measured_at else ""
    text = (
        f"Machine {machine.name} ({machine.kind}, {machine.source}{when}, fingerprint {machine.fingerprint})."
    )
    return [*rows, *paragraph(text, width=width, indent=2)]
