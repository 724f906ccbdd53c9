"""Waits before a launch -> bars on one line from today, with the planned day across them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from msgspec import Struct

from poc_gate.words.grammar import count_of
from poc_gate.words.plain_amounts import plain_date

_ROOM = 1.06
"""The line ends so far behind the last day on it."""
_SHORTEST = 28
"""Days that the line shows at least."""
_LONGEST_WORK = {"hours": 1, "days": 5, "weeks": 21, "months": 60}
"""Days that work of a class is drawn with; how long it takes nobody has stated."""
MOST_ROWS = 4


class LineRow(Struct, frozen=True):
    """One bar; positions in percent."""

    what: str
    who: str
    start: float
    width: float
    end: str
    """The day it ends, in words, or why no day can be said."""
    kind: str
    """`dated`, `undated` or `work`."""
    is_late: bool
    spoken: str


class LaunchLine(Struct, frozen=True):
    """The whole line."""

    rows: tuple[LineRow, ...]
    planned: float | None
    planned_words: str
    begin: str
    end: str


class DrawnSpan(Struct, frozen=True):
    """What is drawn: from when to when; an open end where the day is not known."""

    what: str
    who: str
    begins: date
    ends: date | None
    takes: str
    holds_up: bool = True
    """Whether the launch waits for it."""


def draw_launch(
    today: date, planned: date | None, waits: Sequence[DrawnSpan], work: Sequence[tuple[int, str]]
) -> LaunchLine:
    """Return the line: the latest waits first, then the work that fails by class of effort, which has no date."""
    known = [wait.ends for wait in waits if wait.ends is not None]
    last = max([*known, *([planned] if planned is not None and planned > today else []), today])
    days = max((last - today).days * _ROOM, _SHORTEST)

    def at(day: date) -> float:
        return round(min(max((day - today).days / days, 0.0), 1.0) * 100, 2)

    dated = sorted((w for w in waits if w.ends is not None), key=lambda w: w.ends or today, reverse=True)
    undated = [wait for wait in waits if wait.ends is None]
    rows = [_dated(wait, at, planned) for wait in dated[: MOST_ROWS - 1]]
    rows += [_undated(wait) for wait in undated[: max(1, MOST_ROWS - 1 - len(rows))]]
    rows += _works(work, max(1, MOST_ROWS - len(rows)), days)
    return LaunchLine(
        tuple(rows),
        at(planned) if planned is not None and planned >= today else None,
        f"launch planned {plain_date(planned.isoformat())}" if planned is not None else "no launch planned",
        plain_date(today.isoformat()),
        plain_date(_end(today, days).isoformat()),
    )


def _end(today: date, days: float) -> date:
    """Return the last day of the line."""
    try:
        return today + timedelta(days=int(days))
    except OverflowError:
        return date.max


def _dated(wait: DrawnSpan, at: Callable[[date], float], planned: date | None) -> LineRow:
    assert wait.ends is not None
    start, end = at(wait.begins), at(wait.ends)
    late = wait.holds_up and planned is not None and wait.ends > planned
    day = plain_date(wait.ends.isoformat())
    words = f"{wait.takes}, to {day}"
    spoken = f"{wait.what}: {words}{', after the planned launch' if late else ''}"
    return LineRow(wait.what, wait.who, start, round(max(end - start, 0.8), 2), words, "dated", late, spoken)


def _undated(wait: DrawnSpan) -> LineRow:
    return LineRow(
        wait.what,
        wait.who,
        0.0,
        100.0,
        wait.takes,
        "undated",
        is_late=False,
        spoken=f"{wait.what}: {wait.takes}",
    )


def _works(work: Sequence[tuple[int, str]], most: int, days: float) -> list[LineRow]:
    """Return the work by class of effort, the longest first; what has no row of its own counts with the last one's."""
    if len(work) <= most:
        return [_work(number, f"{effort} of work each", effort, days) for number, effort in work]
    rest, longest = sum(number for number, _ in work[most - 1 :]), work[most - 1][1]
    own = [_work(number, f"{effort} of work each", effort, days) for number, effort in work[: most - 1]]
    return [*own, _work(rest, f"up to {longest} of work each", longest, days)]


def _work(number: int, words: str, effort: str, days: float) -> LineRow:
    width = min(_LONGEST_WORK.get(effort, 5) / days * 100, 100.0)
    what = count_of(number, "fix", "fixes")
    return LineRow(
        what,
        "",
        0.0,
        round(width, 2),
        words,
        "work",
        is_late=False,
        spoken=f"{what}: {words}",
    )
