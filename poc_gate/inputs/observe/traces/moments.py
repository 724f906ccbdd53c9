"""Times as trace files write them -> nanoseconds since 1970."""

from __future__ import annotations

import datetime as dt
import re

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_FRACTION = re.compile(r"(\.\d{6})\d+")
_NUMBER = re.compile(r"\d{1,20}")
_UNITS = ((10**17, 1), (10**14, 10**3), (10**11, 10**6), (10**8, 10**9))
"""Numbers from there on are nano-, micro-, milliseconds and seconds since 1970, of the years 1973 to 5138."""


def nanoseconds_of(value: object) -> int | None:
    """Return nanoseconds since 1970 of an ISO 8601 text (UTC where it names no zone) or a number; None for neither."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _of_number(float(value)) if not isinstance(value, int) else _of_whole(value)
    if not isinstance(value, str) or len(value) > 40:
        return None
    text = value.strip()
    if _NUMBER.fullmatch(text):
        return _of_whole(int(text))
    try:
        moment = dt.datetime.fromisoformat(_FRACTION.sub(r"\1", text))
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    past = moment - _EPOCH
    return (past.days * 86_400 + past.seconds) * 10**9 + past.microseconds * 1000


def _of_whole(value: int) -> int | None:
    if value >= 10**20:
        return None
    for least, factor in _UNITS:
        if value >= least:
            return value * factor
    return None


def _of_number(value: float) -> int | None:
    if not 10**8 <= value < 10**20:
        return None
    return next(int(value * factor) for least, factor in _UNITS if value >= least)


def day_of(nanoseconds: int) -> str:
    """Return the ISO 8601 time, to the second, of nanoseconds since 1970."""
    return dt.datetime.fromtimestamp(nanoseconds // 10**9, tz=dt.UTC).isoformat().replace("+00:00", "Z")
