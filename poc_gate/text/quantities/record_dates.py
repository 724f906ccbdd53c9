"""Plain data of a record -> the day of what it observed, by its own words, and the days that are still to come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import lru_cache

from poc_gate.text.lazy_pattern import lazily

_FIRST = (
    "observed_at",
    "observed_on",
    "date",
    "tested_on",
    "run_at",
    "run_on",
    "executed_at",
    "timestamp",
    "performed_on",
    "created_at",
)
"""Keys under which records carry the day of what they observed; the earlier ones say it more plainly."""
_HAPPENED = lazily(r"(?:^|_)(?:on|at|date|day|timestamp|time)$|^date_|^last_")
"""Ends and beginnings of keys that hold the day of something."""
_TO_COME = lazily(
    r"(?:^|_)(?:plan\w*|due|expir\w*|next|valid|until|by|deadline|target\w*|go_live|live|start\w*|begin\w*|end\w*|from|"
    r"effective|renew\w*|schedul\w*|review_due|launch\w*|retire\w*|sunset|applies|maturity|before|after|forecast\w*)(?:_|$)"
)
"""Words of keys whose day may lie ahead of whoever wrote it down."""
_DAY = lazily(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = lazily(
    r"(?i)\b(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?[ .-]*)?(?P<month>[a-z]{3,9})\.?[ ,-]*(?:(?P<after>\d{1,2})(?:st|nd|rd|th)?,? +)?(?P<year>\d{4})\b"
)
"""3 March 2026, March 3rd, 2026, 03-Mar-2026."""
_DOTTED = lazily(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")
_JOINED = lazily(r"(\d{4})(\d{2})(\d{2})(?!\d)")
_EPOCH = (1e9, 4e9)
"""Seconds since 1970 that are taken for a moment: 2001 to 2096; thousandths of them as well."""
_DEEPEST = 6
_MOST = 2000
"""Dates that are looked at in one record."""


def own_date(content: object) -> str:
    """Return the ISO 8601 day that a record gives for itself; empty when it gives none.

    The plain names count at the top and one level below it; without any of them the latest day of anything that the
    record says has happened.
    """
    if not isinstance(content, dict):
        return ""
    owners = [content, *(value for value in content.values() if isinstance(value, dict))]
    for owner in owners:
        for key in _FIRST:
            value = owner.get(key)
            day = _moment(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
            day = day or _day(value)
            if day:
                return day
    return max((day for _, day in happened(content)), default="")


def happened(content: object) -> list[tuple[str, str]]:
    """Return the dotted path and the ISO 8601 day of everything that a record says has happened."""
    return [found for found, _ in zip(_walk(content, "", 0), range(_MOST), strict=False)]


def _walk(content: object, path: str, depth: int) -> Iterator[tuple[str, str]]:
    if depth > _DEEPEST:
        return
    if isinstance(content, dict):
        for key, value in content.items():
            inside = isinstance(value, dict | list)
            day = "" if inside else _day(value)
            if not inside and not day:
                continue
            here = f"{path}.{key}" if path else str(key)
            past, to_come = _means(str(key))
            if inside and not to_come:
                yield from _walk(value, here, depth + 1)
            elif day and past and not to_come:
                yield here, day
    elif isinstance(content, list | tuple):
        for index, value in enumerate(content):
            yield from _walk(value, f"{path}[{index}]", depth + 1)


@lru_cache(maxsize=4096)
def _means(key: str) -> tuple[bool, bool]:
    """Return whether a key holds the day of something that happened, and whether of something to come."""
    name = key.lower().replace("-", "_").replace(" ", "_")
    return _HAPPENED.search(name) is not None, _TO_COME.search(name) is not None


def unread_date(content: object) -> str:
    """Return the key and value of a record's own date where it has one that cannot be read; else an empty text."""
    if not isinstance(content, dict) or own_date(content):
        return ""
    owners = [content, *(value for value in content.values() if isinstance(value, dict))]
    for owner in owners:
        for key in _FIRST:
            text = str(owner.get(key, "")) if isinstance(owner.get(key), str | int | float) else ""
            if any(letter.isdigit() for letter in text):
                return f"`{key}: {text[:40]}`"
    return ""


def _day(value: object) -> str:
    if value is None or isinstance(value, dict | list | bool | float):
        return ""
    text = str(value).strip()
    if found := _of_numbers(_DAY.match(text) or _JOINED.match(text)):
        return found
    dotted = _DOTTED.match(text)
    if dotted is not None:
        return _iso(dotted[3], dotted[2], dotted[1])
    return _of_words(text)


def _moment(value: float) -> str:
    """Return the day of a number of seconds or milliseconds since 1970; only under the plain names, as any figure looks alike."""
    seconds = value / 1000 if value > _EPOCH[1] else value
    if not _EPOCH[0] <= seconds <= _EPOCH[1]:
        return ""
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _of_numbers(match: re.Match[str] | None) -> str:
    return "" if match is None else _iso(*match.groups())


def _of_words(text: str) -> str:
    match = _NAMED.match(text)
    if match is None or (match["day"] is None) == (match["after"] is None):
        return ""
    name = match["month"].lower()
    number = next((at for at, month in enumerate(_MONTHS, start=1) if name.startswith(month)), 0)
    return _iso(match["year"], number, match["day"] or match["after"]) if number else ""


def _iso(*parts: str | int) -> str:
    try:
        return date(*map(int, parts)).isoformat()
    except (ValueError, OverflowError):
        return ""
