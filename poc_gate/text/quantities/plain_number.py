"""A number of a stranger's file -> a finite one, or None: Python's whole numbers have no end, those of a machine do."""

from __future__ import annotations

import math


def finite(value: object) -> float | None:
    """Return a number as a float; None for what is none, true and false included, and for what no float holds."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None
