"""Many short texts -> the first of them in one line, and how many more there are."""

from __future__ import annotations

from collections.abc import Sequence


def some_of(said: Sequence[str], most: int) -> str:
    """Return at most so many texts with commas between them: `oak, ash and 3 more`."""
    more = f" and {len(said) - most} more" if len(said) > most else ""
    return ", ".join(said[:most]) + more
