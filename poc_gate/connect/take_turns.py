"""Several sources, each with windows that lie apart -> every source's next step when it is due, one at a time."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Generator, Sequence
from typing import TypeVar

from poc_gate.model.quantity import Quantity, show_quantity

_T = TypeVar("_T")
Turns = Generator[float, None, _T]
"""Yields the moment, on the monotonic clock, at which it wants to go on; returns what it found."""


def take_turns(
    jobs: Sequence[Turns[_T]],
    *,
    unbegun: Callable[[int], _T],
    is_interrupted: Callable[[_T], bool],
    announce: Callable[[str], None],
) -> list[_T]:
    """Return what every job found, in their order; while one waits for its next window others are measured.

    An interrupt (Ctrl-C) reaches every job that has begun, which answers with what it has; for one that has
    not begun, `unbegun` answers.
    """
    found: dict[int, _T] = {}
    due = dict.fromkeys(range(len(jobs)), 0.0)
    begun: set[int] = set()
    interrupted = False
    while due:
        number = min(due, key=lambda one: (due[one], one))
        if not interrupted:
            interrupted = not _wait_until(due[number], announce)
        if interrupted and number not in begun:
            found[number] = unbegun(number)
            del due[number]
            continue
        begun.add(number)
        try:
            due[number] = jobs[number].throw(KeyboardInterrupt) if interrupted else next(jobs[number])
        except StopIteration as end:
            found[number] = end.value
            interrupted = interrupted or is_interrupted(end.value)
            del due[number]
        except (
            KeyboardInterrupt
        ):  # outside what a job can answer for, such as a command that gives a credential
            interrupted, found[number] = True, unbegun(number)
            del due[number]
    return [found[number] for number in range(len(jobs))]


def _wait_until(moment: float, announce: Callable[[str], None]) -> bool:
    """Wait for a moment of the monotonic clock, saying when that is; return False when interrupted meanwhile."""
    seconds = moment - time.monotonic()
    if seconds <= 0:
        return True
    at = (dt.datetime.now(tz=dt.UTC) + dt.timedelta(seconds=seconds)).astimezone()
    left = show_quantity(Quantity(round(seconds), "s"))
    announce(f"the next window begins at {at:%H:%M:%S} (in {left}); Ctrl-C ends here and keeps what there is")
    try:
        time.sleep(seconds)
    except KeyboardInterrupt:
        return False
    return True
