"""A recorded day and today -> why a record is too old to count, or from the future."""

from __future__ import annotations

import datetime as dt


def age_fault(measured_at: str, today: str, most_days: int) -> str:
    """Return why something recorded at an ISO 8601 time does not count on the day `today`; empty where it does."""
    try:
        days = (dt.date.fromisoformat(today) - dt.datetime.fromisoformat(measured_at).date()).days
    except ValueError:
        return f"it does not say when it was measured ({measured_at[:40]!r})"
    if days < -1:  # a day of slack for clocks and time zones
        return f"it was measured on {measured_at[:10]}, in the future"
    return f"it was measured {days} d ago, more than {most_days} d" if days > most_days else ""
