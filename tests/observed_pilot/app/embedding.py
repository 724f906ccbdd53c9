"""Words hashed into 64 numbers: an embedding that needs no model."""

from __future__ import annotations

import math
import zlib

SIZE = 64


def embed(text: str) -> list[float]:
    """Return the unit vector of a text, shape (64,)."""
    made = [0.0] * SIZE
    for word in text.lower().split():
        digest = zlib.crc32(word.encode())
        made[digest % SIZE] += 1.0 if digest & 64 else -1.0
    length = math.sqrt(sum(one * one for one in made)) or 1.0
    return [round(one / length, 5) for one in made]
