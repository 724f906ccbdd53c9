"""A time as a source keeps it -> its age in seconds."""

from __future__ import annotations

import datetime as dt
from typing import Any

from poc_gate.connect.interface import SourceError


def newest_age(value: Any, now: float) -> float:
    """Return the age in seconds of a time kept as ISO 8601 text (UTC unless it says otherwise) or Unix time."""
    if isinstance(value, dt.datetime):
        stamp = value
    elif isinstance(value, int | float):
        return max(0.0, now - (value / 1000 if value > 1e11 else value))
    else:
        try:
            stamp = dt.datetime.fromisoformat(str(value))
        except ValueError:
            raise SourceError(
                "the time column holds neither ISO 8601 nor Unix times", kind="protocol"
            ) from None
    if stamp.tzinfo is None:
        stamp = stamp.replace(tzinfo=dt.UTC)
    return max(0.0, now - stamp.timestamp())
