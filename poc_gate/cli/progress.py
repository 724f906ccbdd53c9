"""Progress on stderr: a bar on a terminal, nothing in a pipe."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

_WIDTH = 24
_REDRAW_AFTER_S = 0.05
_KNOWN_FROM, _ESTIMATED_AFTER_S = 0.05, 1.0
"""Share done and seconds passed before the time left says anything."""
_MINUTES_FROM_S = 100.0


@contextmanager
def progress(*, quiet: bool = False) -> Iterator[Callable[[str, float], None]]:
    """Yield a function that takes what runs and which share (0 to 1) is done.

    Draws one line on stderr when that is a terminal and `quiet` is off; clears it at the end. The bar never runs
    back; a share of exactly 0 begins a new one. Once it can be estimated, the line ends with the time that is left.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda _what, _share: None
        return
    begun = last = time.monotonic()
    furthest = 0.0

    def show(what: str, share: float) -> None:
        nonlocal begun, last, furthest
        now = time.monotonic()
        if share == 0:
            begun, furthest = now, 0.0
        furthest = max(furthest, min(1.0, share))
        if now - last < _REDRAW_AFTER_S and furthest < 1:
            return
        last = now
        _write(f"\r\x1b[K{bar_line(what, furthest, now - begun)}")

    try:
        yield show
    finally:
        _write("\r\x1b[K")


def bar_line(what: str, share: float, elapsed: float) -> str:
    """Return the bar at `share` (0 to 1) after `elapsed` seconds, with the time left where that can be estimated."""
    done = round(share * _WIDTH)
    left = ""
    if _KNOWN_FROM <= share < 1 and elapsed >= _ESTIMATED_AFTER_S:
        seconds = elapsed * (1 - share) / share
        left = f"  {seconds / 60:.0f} min left" if seconds >= _MINUTES_FROM_S else f"  {seconds:.0f} s left"
    return f"[{'#' * done}{'.' * (_WIDTH - done)}] {what[:40]}{left}"


def erase(*, quiet: bool = False) -> None:
    """Take away a bar that is being drawn, before something is printed; the next news of progress draws it again."""
    if not quiet and sys.stderr.isatty():
        _write("\r\x1b[K")


def say(text: str) -> None:
    """Put one line on stderr, in place of a bar that is being drawn there."""
    clear = "\r\x1b[K" if sys.stderr.isatty() else ""
    _write(f"{clear}poc-gate: {text}\n")


def _write(text: str) -> None:
    """Write what is only for the eye: where nobody is left to see it, what is being done goes on."""
    with suppress(OSError):
        sys.stderr.write(text)
        sys.stderr.flush()
