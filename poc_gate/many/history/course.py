"""Records of one pilot over time -> the course of its proven share, broken where the ruler changed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from statistics import fmean

from poc_gate.model.many.portfolio import Line
from poc_gate.model.many.record import Record

MOST_POINTS = 26

Step = tuple[str, float | None, str]
"""Day, proven share of 100, ruler."""


def proven(record: Record) -> float | None:
    """Return the proven share of 100, the mean over the areas that apply; None where none does."""
    lows = [area.low for area in record.areas if area.low is not None]
    return round(fmean(lows), 1) if lows else None


def ruler(record: Record) -> str:
    """Return what has to be the same for two answers to be drawn as one line: tool and packs."""
    text = f"{record.tool} {sorted(record.packs.items())}"
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def line_of(steps: Sequence[Step]) -> Line | None:
    """Return the last steps as a line with a gap wherever the ruler changed; None for fewer than two."""
    last = list(steps)[-MOST_POINTS:]
    if len(last) < 2:
        return None
    values: list[float | None] = []
    days: list[str] = []
    for number, (day, value, held) in enumerate(last):
        if number and held != last[number - 1][2]:
            values.append(None)
            days.append(day)
        values.append(value)
        days.append(day)
    return Line(tuple(values), tuple(days))
