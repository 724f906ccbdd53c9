"""What is off by default: the lines of a file, or all of it, and what would turn it on."""

from __future__ import annotations

from typing import NamedTuple

TO_THE_END = 1 << 30
"""Last line of what reaches to the end of its file."""


class Off(NamedTuple):
    """Lines that count only where somebody turns something on."""

    file: str
    first: int
    last: int
    why: str
    """What would turn it on, for the note beside it or the question."""
    asked: bool = False
    """It is a question, not a note: nothing in the checkout decides it for certain."""
    only: tuple[str, ...] = ()
    """Kinds of signals that are meant, where not all are."""


def whole(path: str, why: str, *, asked: bool = False) -> Off:
    """Return all of a file as off."""
    return Off(path, 0, TO_THE_END, why, asked)
