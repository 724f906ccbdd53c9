"""Several sources, each with windows that lie apart -> every source's next step when it is due, one at a time."""

from __future__ import annotations

import datetime as dt
import inspect
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
        try:
            if number in found:
                del due[number]
            elif interrupted and number not in begun:
                found[number] = unbegun(number)
            else:
                _wait_until(0.0 if interrupted else due[number], announce)
                begun.add(number)
                due[number] = jobs[number].throw(KeyboardInterrupt) if interrupted else next(jobs[number])
        except StopIteration as end:
            found[number] = end.value
            interrupted = interrupted or is_interrupted(end.value)
        except KeyboardInterrupt:
            interrupted = True
            if _has_ended(jobs[number]):  # outside what a job can answer for, such as asking for a credential
                found[number] = unbegun(number)
    return [found[number] for number in range(len(jobs))]


def _has_ended(job: Turns[_T]) -> bool:
    return inspect.getgeneratorstate(job) == inspect.GEN_CLOSED


def _wait_until(moment: float, announce: Callable[[str], None]) -> None:
    """Wait for a moment of the monotonic clock, saying when that is."""
    seconds = moment - time.monotonic()
    if seconds <= 0:
        return
    at = (dt.datetime.now(tz=dt.UTC) + dt.timedelta(seconds=seconds)).astimezone()
    left = show_quantity(Quantity(round(seconds), "s"))
    announce(f"the next window begins at {at:%H:%M:%S} (in {left}); Ctrl-C ends here and keeps what there is")
    time.sleep(seconds)
