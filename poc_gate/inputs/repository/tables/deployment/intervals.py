"""Cron lines and rates -> the interval between runs, in seconds."""

from __future__ import annotations

import re

_RATE = re.compile(r"^rate\((\d{1,4})\s+(minute|hour|day)s?\)$")
_UNITS = {"minute": 60, "hour": 3_600, "day": 86_400}
_NAMED = {
    "@hourly": 3_600,
    "@daily": 86_400,
    "@midnight": 86_400,
    "@weekly": 604_800,
    "@monthly": 2_629_800,
    "@yearly": 31_557_600,
}
_NEVER = re.compile(r"\b(?:30|31)\s+2\b|\b31\s+(?:4|6|9|11)\b")


def interval_of(text: str) -> float | None:
    """Return the seconds between two runs of a schedule that repeats evenly; None for anything else.

    A month counts as 30.4 days. A day that no month has is a schedule that never runs: None.
    """
    text = text.strip()
    text = text[5:-1] if text.startswith("cron(") and text.endswith(")") else text
    if match := _RATE.match(text):
        return float(match[1]) * _UNITS[match[2]]
    if text in _NAMED:
        return float(_NAMED[text])
    parts = text.split()
    if len(parts) not in {5, 6, 7} or _NEVER.search(text):
        return None
    if len(parts) == 7 or (len(parts) == 6 and not _is_of_aws(parts)):
        if not parts[0].isdigit():
            return None  # every few seconds, or minutes where the seconds come last
        parts = parts[1:]  # Quartz, Spring and Azure Functions write seconds first
    minute, hour, day, month, weekday = parts[:5]
    return _of_fields(minute, hour, day, month, weekday)


def _is_of_aws(parts: list[str]) -> bool:
    """Say whether six fields end with a year: AWS wants a question mark for the day of the month or of the week."""
    return "?" in (parts[2], parts[4])


def _of_fields(minute: str, hour: str, day: str, month: str, weekday: str) -> float | None:  # noqa: PLR0911 - one shape of line each
    every = {"*", "?"}
    if month not in every:
        return None
    if minute.startswith("*/") and minute[2:].isdigit() and hour in every and int(minute[2:]):
        return int(minute[2:]) * 60.0
    if not minute.isdigit():
        return 60.0 if minute == "*" and hour == "*" else None
    if day in every and weekday in every:
        if hour in every:
            return 3_600.0
        if hour.startswith("*/") and hour[2:].isdigit() and int(hour[2:]):
            return int(hour[2:]) * 3_600.0
        return 86_400.0 if hour.isdigit() else None
    if hour.isdigit() and day in every:
        return 604_800.0 if re.fullmatch(r"[0-7]|(?i:sun|mon|tue|wed|thu|fri|sat)", weekday) else None
    return 2_629_800.0 if hour.isdigit() and day.isdigit() and weekday in every else None


_ASIDE = re.compile(
    r"(?i)monitor|observab|\bprob(?:e|er|es|ing)\b|watchdog|drift|poll(?:er|ing)|quality|report|token|clean(?:_?up|er|ing|s)?\b|password|sessions?\b|expir|backup|alert|producer|simulat|feedback|health|notif|check|renew|rotate|house_?keep|vacuum|maintenance|purge|prune"
)


_POLLS = 300
"""Seconds up to which a schedule looks whether there is anything to do."""


def is_polling(seconds: float) -> bool:
    """Say whether a schedule runs so often that it only looks for work: data are not made anew each time."""
    return seconds <= _POLLS


def is_aside(name: str) -> bool:
    """Say whether a path or a name is of what watches or tidies up: how often it runs does not say how fresh data are.

    What trains again where it sees a drift is none of that.
    """
    return bool(_ASIDE.search(name)) and not re.search(r"(?i)re-?train", name)
