"""A history and the portfolio of today -> what changed since last month, and the course of every pilot."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from msgspec import Struct

from poc_gate.app.history.history_index import HistoryIndex
from poc_gate.app.history.keep_run import kept_path
from poc_gate.many.history.course import line_of
from poc_gate.model.many.portfolio import FAILED, Line, Portfolio, Row, Turn

MONTH_DAYS = 28
_WORDS = {"NO-GO": 0, "INSUFFICIENT EVIDENCE": 1, "CONDITIONAL": 2, "GO": 3}


class Course(Struct, frozen=True):
    """What a history adds to an overview."""

    since: str
    turns: tuple[Turn, ...]
    lines: dict[str, Line]


def course_of(history: Path, portfolio: Portfolio) -> Course:
    """Return the words that changed since last month and the lines; raises what `HistoryIndex` raises."""
    index = HistoryIndex(history)
    try:
        since = since_day(index.days(), portfolio.day)
        causes = {change.path: change.cause for change in index.changes(since, "word")} if since else {}
        before = index.words_on(since) if since else {}
        kept = {row.path: kept_path(row.path, row.pilot) for row in portfolio.rows}
        turns = [
            _turn(row, before[kept[row.path]], causes.get(kept[row.path], "not kept in the history"))
            for row in portfolio.rows
            if before.get(kept[row.path], row.word) not in (row.word, "")
        ]
        steps = index.lines()
        drawn = {path: line_of(steps.get(name, ())) for path, name in kept.items()}
        lines = {path: line for path, line in drawn.items() if line is not None}
    finally:
        index.close()
    return Course(since, tuple(sorted(turns, key=lambda turn: (turn.better, turn.path))), lines)


def since_day(days: list[str], day: str) -> str:
    """Return the last day of a run that is a month back, else the first one; empty where none is earlier."""
    month = (dt.date.fromisoformat(day) - dt.timedelta(days=MONTH_DAYS)).isoformat()
    earlier = [one for one in days if one < day]
    return max((one for one in earlier if one <= month), default=min(earlier, default=""))


def _turn(row: Row, before: str, why: str) -> Turn:
    """Return what became of a pilot; one that cannot be judged any more is worse off, whatever it was."""
    if not row.word:
        return Turn(row.pilot, row.path, before, FAILED, row.reason, better=False)
    return Turn(row.pilot, row.path, before, row.word, why, _better(before, row.word))


def _better(before: str, now: str) -> bool:
    return _WORDS.get(now, 0) > _WORDS.get(before, 0)
