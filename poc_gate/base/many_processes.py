"""One kind of work over many things, shared among processes where there is more than one processor.

The parent does its share itself. A process that fails costs nothing but time: its share is done again by the parent, so
that errors come out as they would without processes.
"""

from __future__ import annotations

import itertools
import os
import pickle
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")
MOST_PROCESSES = 4
"""More of them wait for the disk, and for each other's memory."""


def in_processes(
    work: Callable[[Sequence[T]], R], items: Sequence[T], *, least: int, weight: Callable[[T], float]
) -> list[R]:
    """Return the results of `work` on consecutive parts of `items`, in their order.

    Args:
        work: Called once for each part; what it returns has to be picklable. It must change nothing outside.
        items: All there is to do.
        least: Number of items up to which it is not worth a process: one part is made.
        weight: How much an item costs, in any unit; parts are cut where the costs are about equal.
    """
    count = min(MOST_PROCESSES, _processors())
    if count < 2 or len(items) <= least or not hasattr(os, "fork"):
        return [work(items)]
    parts = _parts(items, count, weight)
    children = [_started(work, part) for part in parts[1:]]
    results = [work(parts[0])]
    results += [_collected(child, work, part) for child, part in zip(children, parts[1:], strict=True)]
    return results


def _processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _parts(items: Sequence[T], count: int, weight: Callable[[T], float]) -> list[Sequence[T]]:
    costs = [weight(item) for item in items]
    share = sum(costs) / count
    cuts, spent = [0], 0.0
    for index, cost in enumerate(costs):
        spent += cost
        if spent >= share * len(cuts) and len(cuts) < count:
            cuts.append(index + 1)
    cuts.append(len(items))
    return [items[start:end] for start, end in itertools.pairwise(cuts) if end > start]


def _started(work: Callable[[Sequence[T]], R], part: Sequence[T]) -> tuple[int, int]:
    """Start a process for one part; return its id and where its result will be read."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    status = 1
    try:
        os.close(reading)
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(work(part), pipe, pickle.HIGHEST_PROTOCOL)
        status = 0
    finally:
        os._exit(status)  # nothing of the parent's is flushed or cleaned up twice


def _collected(child: tuple[int, int], work: Callable[[Sequence[T]], R], part: Sequence[T]) -> R:
    process, reading = child
    with os.fdopen(reading, "rb") as pipe:
        content = pipe.read()
    _, status = os.waitpid(process, 0)
    if status == 0:
        result: R = pickle.loads(content)  # noqa: S301 - written by our own process
        return result
    return work(part)
