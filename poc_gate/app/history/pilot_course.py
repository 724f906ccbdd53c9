"""One result and a history -> the run kept, and what the history adds to the pilot's page."""

from __future__ import annotations

from pathlib import Path

from poc_gate.app.history.course import since_day
from poc_gate.app.history.history_index import HistoryIndex
from poc_gate.app.history.keep_run import keep_record, kept_path
from poc_gate.many.history.course import line_of
from poc_gate.model.many.run_history import Change, PilotCourse
from poc_gate.model.verdict import Result

_ORDER = {"ruler": 0, "word": 1, "state": 2, "figure": 3}


def keep_and_follow(history: Path, result: Result) -> PilotCourse:
    """Keep the result's record and return its course; raises UsageError where the folder cannot be written to."""
    from poc_gate.report.result.record_of import record_of

    folder = str(Path(result.manifest).parent)
    keep_record(history, folder, record_of(result))
    return follow(history, kept_path(folder, result.pilot), result.assessed_on)


def follow(history: Path, path: str, day: str) -> PilotCourse:
    """Return the course of the pilot that is kept under a path, as seen from a day."""
    index = HistoryIndex(history)
    try:
        steps = [step for step in index.steps(path) if step[0] <= day]
        since = since_day(sorted({step[0] for step in steps}), day)
        before = next((step[1] for step in reversed(steps) if step[0] <= since), "") if since else ""
        found = [one for one in index.changes(since) if one.path == path and one.day <= day] if since else []
    finally:
        index.close()
    line = line_of([(one[0], one[2], one[3]) for one in steps])
    found.sort(key=lambda one: (_ORDER.get(one.kind, 9), one.day, one.what))
    return PilotCourse(line, since, before, tuple(_net(found)))


def _net(changes: list[Change]) -> list[Change]:
    """Return the changes with those left out that were taken back since."""
    first: dict[tuple[str, str], Change] = {}
    last: dict[tuple[str, str], Change] = {}
    for one in changes:
        first.setdefault((one.kind, one.what), one)
        last[(one.kind, one.what)] = one
    return [one for key, one in last.items() if first[key].before != one.now]
