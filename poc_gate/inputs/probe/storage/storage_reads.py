"""A file -> sequential and random read rates and latencies, past the page cache where the file system allows it.

Plain `preadv` into page-aligned buffers reaches 0.9 to 1.05 of what fio measures with the same pattern below about
70,000 reads per second (docs/probe.md), so no native code is needed.
"""

from __future__ import annotations

import mmap
import os
import random
import threading
import time
from array import array
from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path

from msgspec import Struct, field

SEQUENTIAL = 1 << 20
"""Bytes of one sequential read."""
_MOST_READ = 4 << 30
"""Bytes read at most in one measurement."""
_ALIGNMENT = 4096
_PLACES = 1 << 15
"""Random places of one stream before they come again: more than it reads in a slice."""


class Reads(Struct):
    """What one pattern of reads showed."""

    seconds: float = 0.0
    bytes_read: int = 0
    latencies: list[float] = field(default_factory=list)
    """Seconds of each read."""

    @property
    def rate(self) -> float:
        """Bytes per second."""
        return self.bytes_read / self.seconds if self.seconds else 0.0

    @property
    def count_rate(self) -> float:
        """Reads per second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0


class ReadFile:
    """One file opened for reading, directly where possible."""

    def __init__(self, path: Path) -> None:
        """Open the file read-only; raises OSError."""
        self._plain = os.open(path, os.O_RDONLY)
        try:
            self._direct = os.open(path, os.O_RDONLY | os.O_DIRECT) if hasattr(os, "O_DIRECT") else -1
        except OSError:
            self._direct = -1
        self._slices = 0
        self.look()

    def look(self) -> None:
        """Find out size and whether direct reads work; to be asked again when the file has grown."""
        self.size = os.lseek(self._plain, 0, os.SEEK_END)  # also right for a device, whose status says 0
        self.direct = self._direct >= 0 and self._reads(self._direct)
        self.fd = self._direct if self.direct else self._plain

    def close(self) -> None:
        """Close the file."""
        for handle in (self._plain, self._direct):
            if handle >= 0:
                os.close(handle)

    def _reads(self, handle: int) -> bool:
        # Some file systems take the flag and refuse the read.
        buffer = mmap.mmap(-1, _ALIGNMENT)
        try:
            return os.preadv(handle, [buffer], 0) > 0 or self.size == 0
        except OSError:
            return False

    def sequential(self, seconds: float, streams: int) -> Reads:
        """Read forward in 1 MiB steps for about `seconds`, each stream in its own part of the file."""
        steps = max(1, self.size // SEQUENTIAL)
        share = max(1, steps // streams)
        starts = [index * share for index in range(streams)]
        return self._measured(seconds, streams, lambda number: _forward(starts[number], share, self.size))

    def scattered(self, seconds: float, streams: int, record: int) -> Reads:
        """Read records at random places for about `seconds`.

        The same places in every run, but others in every slice: what a device or a host keeps of the slice before
        would answer faster.
        """
        self._slices += 1
        first = self._slices << 16
        return self._measured(seconds, streams, lambda number: _random(first + number, self.size, record))

    def _measured(self, seconds: float, streams: int, pattern: Callable[[int], Pattern]) -> Reads:
        results: list[Reads] = [Reads() for _ in range(streams)]
        faults: list[OSError] = []
        gate = threading.Barrier(streams)
        stop = threading.Event()

        def work(number: int) -> None:
            try:
                chosen = pattern(number)
                gate.wait()
                self._read_until(chosen, results[number], time.perf_counter() + seconds, stop)
            except OSError as error:
                faults.append(error)
                stop.set()

        threads = [threading.Thread(target=work, args=(number,), daemon=True) for number in range(streams)]
        for thread in threads:
            thread.start()
        try:
            for thread in threads:
                thread.join()
        finally:
            stop.set()  # an interrupt in `join`: the readers end at their next read
        if faults:
            raise faults[0]
        return _together(results)

    def _read_until(self, pattern: Pattern, reads: Reads, deadline: float, stop: threading.Event) -> None:
        # Everything between two reads is time in which no read of this stream waits: names are looked up before.
        views, places, fd = [mmap.mmap(-1, pattern.size)], cycle(pattern.places), self.fd
        clock, note, stopped = time.perf_counter, reads.latencies.append, stop.is_set
        most, begun = _MOST_READ, clock()
        # One read at least: on a machine that is very busy a stream may first run when its time is over.
        total = os.preadv(fd, views, next(places))
        now = clock()
        note(now - begun)
        while now < deadline and total < most and not stopped():
            total += os.preadv(fd, views, next(places))
            after = clock()
            note(after - now)
            now = after
        reads.bytes_read, reads.seconds = total, now - begun


class Pattern(Struct, frozen=True):
    """Where one stream reads, in this order and then again."""

    size: int
    """Bytes of one read."""
    places: Sequence[int]


def _forward(start: int, steps: int, size: int) -> Pattern:
    """Return the places of a sequential reader that starts again at its part's beginning."""
    each = SEQUENTIAL if size >= SEQUENTIAL else max(_ALIGNMENT, size // _ALIGNMENT * _ALIGNMENT)
    return Pattern(each, range(start * each, (start + steps) * each, each))


def _random(seed: int, size: int, record: int) -> Pattern:
    """Return the places of a random reader, aligned to the record; the same for a seed."""
    drawn = array("Q", random.Random(seed).randbytes(8 * _PLACES))  # noqa: S311 - repeatable, nothing secret
    records = max(1, size // record)
    return Pattern(record, [number % records * record for number in drawn])


def _together(results: list[Reads]) -> Reads:
    latencies = [latency for reads in results for latency in reads.latencies]
    seconds = max(reads.seconds for reads in results)
    return Reads(seconds, sum(reads.bytes_read for reads in results), latencies)
