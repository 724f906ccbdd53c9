"""Sizes as clusters and clouds write them -> bytes."""

from __future__ import annotations

import re

_SIZE = re.compile(r"^(\d+(?:\.\d+)?)\s*(|[kKMGTP]i?B?|m)$")
_FACTORS = {
    "": 1,
    "k": 1e3,
    "K": 1e3,
    "M": 1e6,
    "G": 1e9,
    "T": 1e12,
    "P": 1e15,
    "Ki": 2**10,
    "Mi": 2**20,
    "Gi": 2**30,
    "Ti": 2**40,
    "Pi": 2**50,
}


def bytes_of(text: str) -> float | None:
    """Return the bytes of `512Mi`, `1.0Gi` or `2G`; None for anything else, and for milli-units."""
    match = _SIZE.match(text.strip().strip("\"'"))
    if not match or match[2] == "m":
        return None
    factor = _FACTORS.get(match[2].removesuffix("B"))
    return float(match[1]) * factor if factor else None
