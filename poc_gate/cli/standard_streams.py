"""Standard streams that are closed, full, or read no longer, and terminals that lack a character."""

from __future__ import annotations

import io
import os
import signal
import sys
from typing import TextIO

_READER_GONE = 128 + 13
"""What a shell shows for SIGPIPE, where a system has no such signal."""


def open_closed_streams() -> None:
    """Let a caller that closed a standard stream have the exit code and the files all the same.

    Without it the first file that is opened would take the number of the closed stream.
    """
    if sys.stdin is None:
        sys.stdin = os.fdopen(os.open(os.devnull, os.O_RDONLY))
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w"))


def escape_what_cannot_be_shown() -> None:
    """Let a terminal that lacks a character show its escape: a name in a manifest must not end a run."""
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="backslashreplace")


def reader_gone() -> int:
    """End as programs of Unix do when their reader went away (`| head`): by SIGPIPE, without a word.

    Not by giving the signal its default meaning from the start: then a server that hangs up while it is being
    measured would end the program too.
    """
    write_to_nowhere(sys.__stdout__)
    write_to_nowhere(sys.__stderr__)
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        signal.raise_signal(signal.SIGPIPE)
    return _READER_GONE


def write_to_nowhere(stream: TextIO | None) -> None:
    """Let what is still to be flushed go nowhere, else Python fails on it once more at its end."""
    if stream is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
