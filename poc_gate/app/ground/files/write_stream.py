"""Bytes -> a pipe or device that is there already, without waiting for ever for whoever should read them."""

from __future__ import annotations

import errno
import os
import select
import stat
import time
from pathlib import Path

from poc_gate.errors import UsageError

WAIT_S = 10.0
"""Seconds that a pipe may be without a reader, or a reader may take nothing."""
_STEP = "start the reader first, or write to a regular file"
_PIECE = 1 << 16


def write_stream(path: Path, content: bytes, wait: float = WAIT_S) -> None:
    """Write to a pipe or device.

    Raises UsageError where nobody opens a pipe for reading within `wait` seconds, or takes nothing for as long, and
    OSError as the system gives it.
    """
    number = _opened(path, wait)
    try:
        left = memoryview(content)
        while left:
            if not select.select([], [number], [], wait)[1]:
                raise UsageError(
                    f"{path} cannot be written: its reader took nothing for {wait:g} s", next_step=_STEP
                )
            try:
                left = left[os.write(number, left[:_PIECE]) :]
            except BlockingIOError:  # less room than the piece needs
                time.sleep(0.01)
    finally:
        os.close(number)


def _opened(path: Path, wait: float) -> int:
    ends = time.monotonic() + wait
    while True:
        try:
            return os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
        except OSError as error:
            if error.errno != errno.ENXIO or not stat.S_ISFIFO(path.stat().st_mode):
                raise
            if time.monotonic() > ends:
                what = f"{path} cannot be written: it is a pipe that nobody reads, after {wait:g} s"
                raise UsageError(what, next_step=_STEP) from None
        time.sleep(0.05)
