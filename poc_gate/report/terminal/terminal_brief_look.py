"""The first look within the brief report: what can be said already, and the questions, none of them cut."""

from __future__ import annotations

from poc_gate.model.parts.first_look import FirstLook, PlainQuestion
from poc_gate.model.verdict import Result
from poc_gate.report.lines.terminal_lines import Line, cells, fit, line, paragraph, plain, span
from poc_gate.report.report_view import same_case
from poc_gate.words.first_look import answer_hint, questions_heading


def brief_look_lines(look: FirstLook, result: Result, width: int, room: int) -> list[Line]:
    """Return what can be said before anybody has answered, what it rests on, and what to answer first.

    Answers have two lines each, later ones a single line where there is no `room` for more.
    """
    told = [paragraph(answer.sentence, width=width, indent=2) for answer in look.answers]
    assumed = _assumed(look, result, width)
    needed = sum(min(len(answer), 2) for answer in told) + bool(told) + len(assumed)
    rest = [*assumed, *_questions(look, width, room - needed)]
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


def _questions(look: FirstLook, width: int, room: int) -> list[Line]:
    """Return every question in full; the first ones with their choices, as long as there is `room`."""
    if not look.questions:
        return []
    told = [_in_short(number, one, width) for number, one in enumerate(look.questions, 1)]
    head = _questions_head(look, width)
    spare = room - len(head) - sum(map(len, told))
    for place, one in enumerate(look.questions):
        longer = _with_choices(place + 1, one, width)
        more = len(longer) - len(told[place])
        if more <= spare:
            told[place] = longer
            spare -= more
    return [*head, *(row for rows in told for row in rows)]


def _questions_head(look: FirstLook, width: int) -> list[Line]:
    heading, step = span(questions_heading(look), "heading"), span("  answer them: poc-gate ask", "dim")
    whole = line(heading, step)
    return [whole] if cells(plain(whole)) <= width else [line(heading), line(step)]


def _in_short(number: int, one: PlainQuestion, width: int) -> list[Line]:
    """Return a question, with its key where there is room beside it."""
    rows = paragraph(one.text, width=width, indent=2, lead=f"{number} ")
    key = f"  {one.fact}"
    if cells(plain(rows[-1])) + cells(key) <= width:
        rows[-1] = line(*rows[-1], span(key, "dim"))
    return rows


def _with_choices(number: int, one: PlainQuestion, width: int) -> list[Line]:
    """Return a question with its key and choices below it."""
    asked = paragraph(one.text, width=width, indent=2, lead=f"{number} ")
    return [*asked, *paragraph(answer_hint(one), width=width, indent=4, style="dim")]


def _assumed(look: FirstLook, result: Result, width: int) -> list[Line]:
    """Return how many values these answers rest on that nobody stated; nothing where there is none."""
    used = {name for answer in look.answers for name in answer.rests_on}
    number = sum(one.fact in used for one in look.assumed)
    if not number:
        return []
    words = f"  rests on {number} assumed value{'s' if number != 1 else ''}: poc-gate assess {same_case(result)} -v"
    return [line(span(fit(words, width).rstrip(), "dim"))]
