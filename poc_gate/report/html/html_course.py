"""The course of one pilot over earlier runs -> the values of its section on the leadership page."""

from __future__ import annotations

from typing import Any

from poc_gate.model.run_history import PilotCourse
from poc_gate.report.drawing.spark_line import spark_line
from poc_gate.words.run_history import change_line, course_line

_SHOWN = 6
_WIDTH, _HEIGHT = 300.0, 60.0
_TONES = {True: "better", False: "worse", None: "changed"}


def course_values(course: PilotCourse | None, word: str) -> dict[str, Any] | None:
    """Return what the section says; None without an earlier run."""
    if course is None or not course.since:
        return None
    known = [value for value in course.line.values if value is not None] if course.line is not None else []
    told = course_line(course, word).partition(": ")[2]
    return {
        "since": course.since,
        "sentence": f"{told[:1].upper()}{told[1:]}.",
        "spark": spark_line(course.line, _WIDTH, _HEIGHT) if course.line is not None else (),
        "spoken": f"from {known[0]:g} to {known[-1]:g}" if known else "",
        "changes": [
            {"text": change_line(one), "day": one.day, "cause": one.cause, "tone": _TONES[one.better]}
            for one in course.changes[:_SHOWN]
        ],
        "more": max(0, len(course.changes) - _SHOWN),
    }
