"""Places in a pilot's folder -> a list that people can go through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

MOST_PLACES = 10
"""Places that a sentence lists; the result's notices hold them all."""


def listed_places(places: Sequence[str], most: int = MOST_PLACES) -> str:
    """Return the first places of many, and how many more there are; empty for none."""
    more = f" and {len(places) - most} more" if len(places) > most else ""
    return ", ".join(places[:most]) + more


def not_counted(why: Mapping[str, int], places: Sequence[str]) -> str:
    """Return what was seen and does not count, by reason."""
    reasons = "; ".join(f"{reason}: {count}" for reason, count in sorted(why.items()))
    return f"shown, not counted: {reasons} ({listed_places(places)})"
