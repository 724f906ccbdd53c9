"""A history -> what is asked of it: the course of pilots, changes with their causes, what got worse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from poc_gate.app.ground.stated_words import check_day
from poc_gate.app.history.history_index import HistoryIndex
from poc_gate.errors import ExitCode, UsageError, one_of
from poc_gate.many.history.watch import FALSE_A_YEAR, watched
from poc_gate.model.many.run_history import Change, Seen
from poc_gate.model.quantity import Quantity
from poc_gate.text.inert_text import inert
from poc_gate.words.run_history import change_line
from poc_gate.words.shown_values import show_amount

_MOST = 40
_FEW = 5
_LONGEST_NAME = 60
_BARS = " ▁▂▃▄▅▆▇█"
_BY = ("rule", "pilot", "cause")


def show(history: Path, pilot: str = "") -> str:
    """Return the course of every pilot on a line each, or of one with its changes and what was measured."""
    index = HistoryIndex(history)
    try:
        known = index.paths()
        if not pilot:
            if not known:
                raise UsageError(
                    f"{history} has no runs yet",
                    next_step=f"add one: poc-gate assess PILOT --history {history}",
                )
            return _text(_course(index, path, name) for path, name in known)
        found = [(path, name) for path, name in known if pilot in (path, name, path.rpartition("/")[2])]
        if len(found) != 1:
            near = ", ".join(path for path, _ in (found or known)[:5])
            what = f"{len(found)} pilots" if found else "no pilot"
            raise UsageError(f"{what} in the history called {pilot!r}", next_step=f"give its path: {near}")
        return _text(_one(index, *found[0]))
    finally:
        index.close()


def _text(lines: Iterable[str]) -> str:
    """Return lines of which no name ends one, hides one or speaks to the terminal."""
    return "\n".join(inert(line) for line in lines) + "\n"


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"


def _course(index: HistoryIndex, path: str, name: str) -> str:
    steps = index.steps(path)
    day, word = steps[-1][0], steps[-1][1]
    since = next((one[0] for one in _since(steps) if one[1] == word), day)
    return f"{word:<21} since {since}  {_bars(steps)}  {_cut(name)}  ({path}, {len(steps)} run{'s' if len(steps) > 1 else ''})"


def _since(steps: Sequence[tuple[str, str, float | None, str]]) -> list[tuple[str, str, float | None, str]]:
    """Return the last stretch of steps that have one word."""
    start = len(steps) - 1
    while start and steps[start - 1][1] == steps[-1][1]:
        start -= 1
    return list(steps[start:])


def _bars(steps: Sequence[tuple[str, str, float | None, str]]) -> str:
    """Return the proven share of each of the last runs as a bar, parted where the ruler changed."""
    drawn = ""
    last = steps[-20:]
    for number, (_, _, value, held) in enumerate(last):
        if number and held != last[number - 1][3]:
            drawn += "|"
        drawn += "?" if value is None else _BARS[round(value / 100 * (len(_BARS) - 1))]
    return drawn


def _one(index: HistoryIndex, path: str, name: str) -> Iterator[str]:
    yield _course(index, path, name)
    mine = [change for change in index.changes() if change.path == path]
    for change in mine[-_MOST:]:
        yield f"  {change.day}  {change_line(change)}"
        yield f"              {change.cause}"
    if len(mine) > _MOST:
        yield f"  and {len(mine) - _MOST} earlier ones: poc-gate history changes"
    for whose, seen in watched({key: points for key, points in index.series().items() if key[0] == path}):
        del whose
        yield f"  {_measured(seen)}"


def _measured(seen: Seen) -> str:
    last = show_amount(Quantity(seen.points[-1].value, seen.unit or "1"), fact=seen.fact)
    told = f"{seen.fact}: {last}, {len(seen.points)} days"
    if seen.shift is not None:
        change = (seen.shift.now - seen.shift.before) / abs(seen.shift.before)
        return f"{told}; its level changed by {change:+.0%}"
    if seen.detectable is None:
        return f"{told}; too few to see a change"
    return f"{told}; a change of less than {seen.detectable:.0%} would not be seen here"


def changes(history: Path, *, since: str = "", by: str = "", kind: str = "") -> str:
    """Return the changes after a day, or how often each rule, pilot or cause has one; raises UsageError for an odd word."""
    if by and by not in _BY:
        raise UsageError(f"--by {by!r} is unknown", next_step=one_of(by, _BY))
    if since:
        check_day("--since", since)
    index = HistoryIndex(history)
    try:
        found = index.changes(since, kind)
    finally:
        index.close()
    if not found:
        return f"nothing changed{f' after {since}' if since else ''}\n"
    if not by:
        return _text(f"{one.day}  {_cut(one.pilot)}: {change_line(one)}  ({one.cause})" for one in found)
    names = {"rule": lambda one: one.what, "pilot": lambda one: one.path, "cause": lambda one: one.cause}
    worse, better, other = Counter[str](), Counter[str](), Counter[str]()
    for one in found:
        {False: worse, True: better, None: other}[one.better][names[by](one)] += 1
    total = worse + better + other
    rows = [
        f"{worse[name]:>6} worse {better[name]:>6} better {other[name]:>6} other  {name}"
        for name, _ in total.most_common()
    ]
    return _text(rows)


def check(history: Path, *, since: str = "") -> tuple[ExitCode, str]:
    """Return what got worse since a day, by default since the run before the last, and 13 where something did.

    A word or state that got worse where packs or the tool changed is told and does not count: the ruler moved. A
    measurement counts where its level changed for the worse beyond its own noise.
    """
    if since:
        check_day("--since", since)
    index = HistoryIndex(history)
    try:
        days = index.days()
        start = since or (days[-2] if len(days) > 1 else "")
        found = index.changes(start) if start else []
        gone = index.only_before(days[-1], start) if start else []
        seen = watched(index.series())
    finally:
        index.close()
    moved = {(one.day, one.path) for one in found if one.kind == "ruler"}
    worse = [
        one
        for one in found
        if one.better is False and one.kind == "word" and (one.day, one.path) not in moved
    ]
    unsure = [
        one for one in found if one.better is False and one.kind == "word" and (one.day, one.path) in moved
    ]
    shifts = [(whose, one) for whose, one in seen if one.shift is not None and one.shift.day > start]
    lines = [*_checked(worse, unsure), *(f"{whose}: {_measured(one)}" for whose, one in shifts)]
    fallen = [one for _, one in shifts if one.shift is not None and one.shift.better is False]
    if gone:
        more = f" and {len(gone) - _FEW} more" if len(gone) > _FEW else ""
        lines.append(f"no longer judged on {days[-1]}: {', '.join(gone[:_FEW])}{more}")
    if seen:
        wrongly = f"of clean ones about {len(seen) * FALSE_A_YEAR:.1f} a year would be reported wrongly"
        lines.append(f"{len(seen)} series of measurements watched; {wrongly}")
    code = ExitCode.REGRESSION if worse or fallen else ExitCode.GO
    head = f"since {start}: " if start else "the first run: there is nothing to compare with; "
    answer = (
        f"{_some(len(worse), 'pilot')} and {_some(len(fallen), 'measurement')} got worse"
        if code
        else "nothing got worse"
    )
    return code, _text([head + answer, *lines])


def _some(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _checked(worse: list[Change], unsure: list[Change]) -> Iterator[str]:
    for one in worse:
        yield f"{one.day}  {_cut(one.pilot)}: {change_line(one)}  ({one.cause})"
    for one in unsure:
        yield f"{one.day}  {_cut(one.pilot)}: {change_line(one)}  (does not count: {one.cause})"
