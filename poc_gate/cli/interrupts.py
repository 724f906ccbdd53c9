"""Every polite request to stop (Ctrl-C, SIGTERM, a terminal that hangs up) -> one interrupt, and its exit code."""

from __future__ import annotations

import signal
from types import FrameType

_ASKING = ("SIGTERM", "SIGHUP")
"""What service managers, CI runners and `timeout` send, and what a closed terminal sends."""


class _Heard:
    """The request that came last."""

    number: int = signal.SIGINT


def heed_requests_to_stop() -> None:
    """Let what asks the program to stop do what Ctrl-C does: keep what there is, remove what is temporary.

    What the caller had ignored stays ignored, such as SIGHUP under `nohup`.
    """
    for name in _ASKING:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _interrupt)


def heard() -> int:
    """Return the signal that asked the program to stop."""
    return _Heard.number


def stopped_code() -> int:
    """Return the exit code of a program that was asked to stop, as a shell shows it."""
    return 128 + _Heard.number


def _interrupt(number: int, _frame: FrameType | None) -> None:
    _Heard.number = number
    raise KeyboardInterrupt
