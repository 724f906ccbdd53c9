"""What a live read is: a plan that is shown first, a budget, and the file that it makes."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

Tell = Callable[[str, float], None]
"""Takes what is being done and the share that is done."""


class LivePlan(Struct, frozen=True):
    """What a live read would do, in lines, or why it would not."""

    lines: tuple[str, ...]
    refused: tuple[str, ...] = ()
    """Reasons, each with what to do; empty where it can run."""


class LiveRead(Struct, frozen=True):
    """What a live read brought."""

    content: bytes
    """The file, as its observer reads it."""
    summary: str
    notes: tuple[str, ...] = ()
    """What was left out and why."""
