"""A time as a source keeps it -> its age in seconds."""

from __future__ import annotations

import datetime as dt
from typing import Any

from msgspec.structs import replace

from poc_gate.inputs.connect.declared.renewals import Renewals
from poc_gate.inputs.connect.interface import Newest, SourceError

CLOCK_S = 300.0
"""Seconds by which two clocks may differ; a time further ahead is planned, wrong or made up."""


def newest_so_far(found: Newest | None) -> Newest | None:
    """Return the newest record's age; raises SourceError for one of the future, which says nothing of freshness."""
    if found is None:
        return None
    if not found.age >= -CLOCK_S:
        what = f"the newest time lies {-found.age:,.0f} s in the future: it does not show when the source was renewed"
        raise SourceError(what, kind="protocol")
    return replace(found, age=max(0.0, found.age))


def renewals_so_far(found: Renewals | None) -> Renewals | None:
    """Return the renewals that have happened."""
    if found is None:
        return None
    return replace(found, ages=tuple(max(0.0, age) for age in found.ages if age >= -CLOCK_S))


def newest_age(value: Any, now: float) -> float:
    """Return the age in seconds, negative for a time to come, of ISO 8601 text (UTC unless it says otherwise) or Unix time."""
    if isinstance(value, dt.datetime):
        stamp = value
    elif isinstance(value, int | float):
        return now - (value / 1000 if value > 1e11 else value)
    else:
        try:
            stamp = dt.datetime.fromisoformat(str(value))
        except ValueError:
            raise SourceError(
                "the time column holds neither ISO 8601 nor Unix times", kind="protocol"
            ) from None
    if stamp.tzinfo is None:
        stamp = stamp.replace(tzinfo=dt.UTC)
    return now - stamp.timestamp()
