"""The first look within the brief report: what can be said already, and the questions, a line or two each."""

from __future__ import annotations

from poc_gate.model.parts.first_look import FirstLook
from poc_gate.model.verdict import Result
from poc_gate.report.lines.terminal_lines import Line, cells, fit, line, paragraph, plain, span
from poc_gate.report.report_view import same_case
from poc_gate.words.first_look import questions_heading


def brief_look_lines(look: FirstLook, result: Result, width: int, room: int) -> list[Line]:
    """Return what can be said before anybody has answered, what it rests on, and what to answer first.

    Answers have two lines each, later ones a single line where there is no `room` for more.
    """
    told = [paragraph(answer.sentence, width=width, indent=2) for answer in look.answers]
    questions = _questions(look, width)
    rest = [*_assumed(look, result, width), *questions]
    spare = room - len(rest) - 1 - len(told)
    rows = [line(span("What can be said already", "heading"))] if told else []
    for answer in told:
        allowed = 2 if spare > 0 else 1
        rows += _cut(answer, allowed, width)
        spare -= min(len(answer), allowed) - 1
    return [*rows, *rest]


def _cut(told: list[Line], allowed: int, width: int) -> list[Line]:
    if len(told) <= allowed:
        return told
    return [*told[: allowed - 1], line(fit(f"{plain(told[allowed - 1])} …", width).rstrip())]


def _questions(look: FirstLook, width: int) -> list[Line]:
    if not look.questions:
        return []
    rows = [line(span(questions_heading(look), "heading"))]
    for number, one in enumerate(look.questions, 1):
        key = f"  {one.fact}"
        text = fit(f"  {number} {one.text}", max(width - cells(key), width // 2)).rstrip()
        shown = fit(key, width - cells(text)).rstrip() if cells(text) + cells(key) <= width else ""
        rows.append(line(text, span(shown, "dim")))
    return [*rows, line(span("  answer them: poc-gate ask", "dim"))]


def _assumed(look: FirstLook, result: Result, width: int) -> list[Line]:
    """Return how many values these answers rest on that nobody stated; nothing where there is none."""
    used = {name for answer in look.answers for name in answer.rests_on}
    number = sum(one.fact in used for one in look.assumed)
    if not number:
        return []
    words = f"  rests on {number} assumed value{'s' if number != 1 else ''}: poc-gate assess {same_case(result)} -v"
    return [line(span(fit(words, width).rstrip(), "dim"))]
