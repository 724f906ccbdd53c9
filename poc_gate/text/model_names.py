"""Names of models as tools and people write them -> whether two of them are one model."""

from __future__ import annotations

import re


def same_model(tested: str, planned: str) -> bool:
    """Say whether two names are of one model: without vendor and punctuation, one begins or ends with the other."""
    left, right = (
        re.sub(r"[^a-z0-9]+", "", name.lower().rstrip("/").rsplit("/", 1)[-1]) for name in (tested, planned)
    )
    if not left or not right:
        return False
    short, long = sorted((left, right), key=len)
    return left == right or (len(short) > 3 and (long.startswith(short) or long.endswith(short)))
