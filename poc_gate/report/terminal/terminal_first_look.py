"""The first look in a terminal: what it seems to be, what can be said, what is assumed, and the five questions."""

from __future__ import annotations

import datetime as dt

from poc_gate.model.finding import State
from poc_gate.model.parts.first_look import FirstLook, SeenFact
from poc_gate.model.rule import Severity
from poc_gate.model.verdict import Result
from poc_gate.report.lines.terminal_lines import Line, line, span
from poc_gate.text.wrapped_text import wrapped
from poc_gate.words.first_look import (
    answer_hint,
    assumed_words,
    questions_heading,
    seen_label,
    seen_value,
    telling,
)
from poc_gate.words.judged.against import against_rows
from poc_gate.words.judged.headline import word_today

_MOST_SEEN = 12
_MOST_AGAINST = 5
_NOTHING = "Nothing about load, memory, quota or cost"
_UNTIL = f"{_NOTHING} until somebody says how many requests a day are planned."


def first_look_lines(result: Result, width: int) -> list[Line]:
    """Return the block of a report that says what can be said already; nothing where all of it is known."""
    look = result.first_look
    if look is None or not (look.answers or look.questions):
        return []
    lines = [line(), _heading("What can be said already")]
    for answer in look.answers:
        lines += _paragraph(answer.sentence, width)
    if not look.answers:
        asked = any(one.fact == "demand.requests_per_day" for one in look.questions)
        lines += _paragraph(_UNTIL if asked else f"{_NOTHING} yet.", width)
    lines += _assumed(look, width)
    if look.questions:
        lines += [line(), _heading(questions_heading(look))]
        lines += _questions(look, width)
    return lines


def first_look_page(result: Result, width: int) -> list[Line]:
    """Return the whole output for a folder without a manifest."""
    look = result.first_look
    assert look is not None
    lines = [_heading(f"First look at {result.pilot}: no pilot.yaml yet, nothing was written")]
    lines += [line(), _heading("What it seems to be")]
    lines += _seen(look.seen, width) or [line("  No file says what this pilot is made of.")]
    against = [f for f in result.findings if f.state is State.FAIL and f.severity in _GRAVE and not f.short]
    lines += [line(), _heading(f"What already decides against {_what(look)}")]
    lines += _against(against_rows(against, look, result.currency), width) or [
        line("  Nothing that the repository shows.")
    ]
    lines += first_look_lines(result, width)
    lines += [line()]
    lines += _paragraph(f"No release yet; the answer today is {word_today(result.verdict)}.", width)
    lines += _paragraph(f"keep it: poc-gate init {_folder(result)}", width)
    day = (dt.date.fromisoformat(result.assessed_on) + dt.timedelta(days=30)).isoformat()
    gate = f"gate it from today without stopping anybody: poc-gate assess {_folder(result)} --advisory-until {day}"
    lines += _paragraph(gate, width)
    return lines


def _what(look: FirstLook) -> str:
    """Return what findings of the strictest stage decide against, where nobody has stated one."""
    return "production" if any(one.fact == "pilot.stage" for one in look.questions) else "it"


_GRAVE = (Severity.BLOCKER, Severity.HIGH)


def _seen(seen: tuple[SeenFact, ...], width: int) -> list[Line]:
    lines: list[Line] = []
    shown = telling(seen)
    for one in shown[:_MOST_SEEN]:
        doubt = "" if one.certain else " (to confirm)"
        lines += _paragraph(f"{seen_label(one.fact)}: {seen_value(one)}{doubt}   {one.place}", width)
    if len(shown) > _MOST_SEEN:
        lines += _paragraph(f"and {len(shown) - _MOST_SEEN} more: poc-gate inspect", width)
    return lines


def _against(found: list[tuple[str, str]], width: int) -> list[Line]:
    lines: list[Line] = []
    for sentence, place in found[:_MOST_AGAINST]:
        lines += _paragraph(f"{sentence}   {place}".rstrip(), width)
    if len(found) > _MOST_AGAINST:
        lines += _paragraph(f"and {len(found) - _MOST_AGAINST} more", width)
    return lines


def _assumed(look: FirstLook, width: int) -> list[Line]:
    words = assumed_words(look)
    return _paragraph(words, width, style="dim") if words else []


def _questions(look: FirstLook, width: int) -> list[Line]:
    lines: list[Line] = []
    for number, one in enumerate(look.questions, 1):
        lines += [line(row) for row in wrapped(f"{number}. {one.text}", width, first="  ", rest="     ")]
        rows = wrapped(answer_hint(one), width, first="     ", rest="     ")
        lines += [line(span(row, "dim")) for row in rows]
    lines += _paragraph("answer them: poc-gate ask", width)
    return lines


def _folder(result: Result) -> str:
    return result.manifest.removesuffix("/pilot.yaml").removesuffix("pilot.yaml") or "."


def _heading(text: str) -> Line:
    return line(span(text, "heading"))


def _paragraph(text: str, width: int, style: str = "") -> list[Line]:
    return [line(span(row, style)) for row in wrapped(text, width, first="  ", rest="    ")]
