"""Progress on stderr: a bar on a terminal, nothing in a pipe."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

_WIDTH = 24
_REDRAW_AFTER_S = 0.05


@contextmanager
def progress(*, quiet: bool = False) -> Iterator[Callable[[str, float], None]]:
    """Yield a function that is told what runs and which share (0 to 1) is done.

    Draws one line on stderr when that is a terminal and `quiet` is off; clears it at the end.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda _what, _share: None
        return
    last = 0.0

    def show(what: str, share: float) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < _REDRAW_AFTER_S and share < 1:
            return
        last = now
        done = round(max(0.0, min(1.0, share)) * _WIDTH)
        bar = "#" * done + "." * (_WIDTH - done)
        _write(f"\r\x1b[K[{bar}] {what[:48]}")

    try:
        yield show
    finally:
        _write("\r\x1b[K")


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
