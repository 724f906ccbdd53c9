"""The course of one pilot over earlier runs -> the values of its section on the leadership page."""

from __future__ import annotations

from typing import Any

from poc_gate.model.fact_name import item_of
from poc_gate.model.many.run_history import Change, PilotCourse
from poc_gate.model.verdict import Result
from poc_gate.report.drawing.spark_line import spark_line
from poc_gate.words.run_history import course_line

_SHOWN = 4
_WIDTH, _HEIGHT = 300.0, 60.0


def course_values(course: PilotCourse | None, result: Result) -> dict[str, Any] | None:
    """Return what the section says, rules by their statements and not by their ids; None without an earlier run."""
    if course is None or not course.since:
        return None
    known = [value for value in course.line.values if value is not None] if course.line is not None else []
    told = course_line(course, result.verdict.word.value).partition(": ")[2]
    statements = {f"{one.rule} {one.subject}".strip(): one.what.rstrip(".") for one in result.findings}
    return {
        "since": course.since,
        "sentence": f"{told[:1].upper()}{told[1:]}.",
        "spark": spark_line(course.line, _WIDTH, _HEIGHT) if course.line is not None else (),
        "spoken": f"from {known[0]:g} to {known[-1]:g}" if known else "",
        "changes": [
            {
                "name": _name(one, statements),
                "text": f"{one.before} → {one.now}",
                "day": one.day,
                "cause": one.cause,
            }
            for one in course.changes[:_SHOWN]
        ],
        "more": max(0, len(course.changes) - _SHOWN),
    }


def _name(change: Change, statements: dict[str, str]) -> str:
    if change.kind == "word":
        return "The answer"
    if change.kind != "state":
        return change.what
    item = item_of(change.what.partition(" ")[2])
    said = statements.get(change.what, "A rule that no longer applies")
    return f"{item}: {said}" if item else said
