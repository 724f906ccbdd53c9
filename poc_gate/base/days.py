"""Text -> the day of the calendar that it names, written as ISO 8601 writes one: `2026-12-01`."""

from __future__ import annotations

from datetime import date


def exact_day(text: str) -> date | None:
    """Return the day that a text is; None for any other text, other spellings of ISO 8601 among them.

    Days are compared as text in many places, which holds for this one spelling alone.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def day_of(text: str) -> date | None:
    """Return the day that a date, or a date and time, begins with; None for any other text."""
    return exact_day(text[:10])
