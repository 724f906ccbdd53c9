"""Changes over time -> the sentences that people read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from poc_gate.model.many.run_history import Change, PilotCourse

_RULER = "ruler"


def course_line(course: PilotCourse, word: str) -> str:
    """Return one line on what changed since the run that is compared with."""
    states = sum(change.kind == "state" for change in course.changes)
    told = f"{states} finding{'' if states == 1 else 's'} changed" if states else "no finding changed"
    moved = f"{course.before} -> {word}" if course.before != word else f"still {word}"
    return f"since {course.since}: {moved}, {told}"


def change_line(change: Change) -> str:
    """Return one change, without its cause."""
    if change.kind == _RULER:
        return f"{change.what}: {change.before} -> {change.now} (the line breaks here)"
    return f"{change.what}: {change.before} -> {change.now}"
