"""A cron expression -> the longest time between two of its runs, which is how old the last one can be."""

from __future__ import annotations

import datetime as dt
import itertools
import re

from poc_gate.text.lazy_pattern import lazily

_DAY_S = 86_400
_DAYS_LOOKED_AT = 366 * 4 + 60
"""Four years and two months, so that the 29th of February and the gap behind it are seen."""
_MACROS = {
    "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * 0", "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *",
}  # fmt: skip
_MONTHS = {
    name: at
    for at, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_DAYS = {name: at for at, name in enumerate(["sun", "mon", "tue", "wed", "thu", "fri", "sat"])}
_SHAPE = lazily(r"[\w*/,?#-]+")


def cron_gap(text: str) -> float | None:
    """Return the longest seconds between two runs of a cron expression, or None where it is none that is known.

    Five fields as cron has them, six with seconds in front as Quartz and Spring have them, seven with the year
    behind, or a macro such as `@daily`. Fields of Quartz that depend on the calendar (`L`, `W`, `#`) are not read.
    """
    fields = _MACROS.get(text.strip().lower(), text.strip()).split()
    if not 5 <= len(fields) <= 7 or not all(_SHAPE.fullmatch(field) for field in fields):
        return None
    quartz = len(fields) > 5
    if quartz and (not fields[0].isdigit() or (len(fields) == 7 and fields[6] not in ("*", "?"))):
        return None
    minutes, hours, days, months, weekdays = (
        _field(field, low, high, names)
        for field, (low, high, names) in zip(
            fields[1:6] if quartz else fields,
            ((0, 59, {}), (0, 23, {}), (1, 31, {}), (1, 12, _MONTHS), (0, 7, _DAYS)),
            strict=True,
        )
    )
    if minutes is None or hours is None or days is None or months is None or weekdays is None:
        return None
    if (
        quartz
        and fields[5] not in ("*", "?")
        and not re.search(r"[a-z]", fields[5].lower())
        and 0 not in weekdays
    ):
        weekdays = {number - 1 for number in weekdays}  # Quartz counts Sunday as one
    weekdays = {number % 7 for number in weekdays}
    times = sorted(hour * 3600 + minute * 60 for hour in hours for minute in minutes)
    day_field, week_field = (fields[3], fields[5]) if quartz else (fields[2], fields[4])
    return _longest(
        times, _running_days(days, months, weekdays, either=not {day_field, week_field} & {"*", "?"})
    )


def _field(text: str, low: int, high: int, names: dict[str, int]) -> set[int] | None:
    """Return the numbers of one field, or None where it says something that is not read."""
    found: set[int] = set()
    for part in text.lower().split(","):
        span, slash, step = part.partition("/")
        if slash and (not _is_count(step) or not 0 < int(step) <= high + 1):
            return None
        first, dash, last = span.partition("-")
        if span in ("*", "?"):
            numbers = range(low, (6 if high == 7 else high) + 1)
        else:
            start, end = _number(first, names), _number(last, names) if dash else None
            end = end if dash else high if slash else start
            if start is None or end is None or not low <= start <= end <= high:
                return None
            numbers = range(start, end + 1)
        found |= set(numbers[:: int(step) if slash else 1])
    return found


def _is_count(text: str) -> bool:
    """Whether a text is a number of a few plain digits; a raised two is a digit to Python, and no number."""
    return text.isascii() and text.isdecimal() and len(text) < 4


def _number(text: str, names: dict[str, int]) -> int | None:
    return (
        int(text) if _is_count(text) else names.get(text[:3]) if text in names or text[:3] in names else None
    )


def _running_days(days: set[int], months: set[int], weekdays: set[int], *, either: bool) -> list[int]:
    """Return the numbers of the days on which it runs; cron takes either of two restricted day fields."""
    start = dt.date(2023, 12, 31)
    found = []
    for at in range(_DAYS_LOOKED_AT):
        day = start + dt.timedelta(days=at)
        by_date, by_week = day.day in days, day.isoweekday() % 7 in weekdays
        if day.month in months and ((by_date or by_week) if either else (by_date and by_week)):
            found.append(at)
    return found


def _longest(times: list[int], days: list[int]) -> float | None:
    if not times or len(days) < 2:
        return None
    within = max((later - earlier for earlier, later in itertools.pairwise(times)), default=0)
    over_night = max(later - earlier for earlier, later in itertools.pairwise(days)) * _DAY_S
    return float(max(within, over_night - times[-1] + times[0]))
