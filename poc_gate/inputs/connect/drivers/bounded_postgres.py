"""psycopg's connection -> one that gives up on an answer without end, be it rows, one huge row or notices.

libpq reads the socket itself, keeps a whole row before it hands any of it out, and reads on for as long as more is
there. So what the kernel has received is looked at each time psycopg waits for more, and for a large answer by a
thread beside it too. The kernel keeps no such sum for Unix sockets: there what waits unread is added up, and the thread
looks at how much the process grows.
"""

from __future__ import annotations

import mmap
import os
import socket
import struct
import sys
import threading
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path
from typing import Any

from poc_gate.inputs.connect.drivers.bounded_answers import AnswerBudget
from poc_gate.inputs.connect.interface import SourceError

_RECEIVED = slice(128, 136)
"""Where `struct tcp_info` of Linux keeps tcpi_bytes_received (include/uapi/linux/tcp.h, since 4.1)."""
_LARGE = 256 * 1024
"""Bytes of one answer from which on a thread looks too; a usual call has none."""
_EVERY = 0.005
"""Seconds."""


def received_bytes(wire: socket.socket) -> int:
    """Return the bytes that a TCP socket has received so far; 0 for sockets and systems that do not say."""
    try:
        info = wire.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 256)
    except (OSError, AttributeError):
        return 0
    return int.from_bytes(info[_RECEIVED], sys.byteorder) if len(info) >= _RECEIVED.stop else 0


def waiting_bytes(wire: socket.socket) -> int:
    """Return the bytes that a Unix socket holds unread, which libpq takes next; 0 for others, and where nobody says.

    The kernel keeps no sum for Unix sockets, so what waits at each look is added up: a little less than what was read.
    """
    if wire.family != getattr(socket, "AF_UNIX", None):
        return 0
    try:
        import fcntl
        import termios

        return int(struct.unpack("i", fcntl.ioctl(wire, termios.FIONREAD, b"\0\0\0\0"))[0])
    except (ImportError, OSError, AttributeError, ValueError):
        return 0


def _resident() -> int:
    """Return the bytes of memory that this process holds; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * mmap.PAGESIZE
    except (OSError, ValueError, IndexError):
        return 0


class _Meter:
    """What each request of one connection receives, and the thread that looks at it once it is large."""

    def __init__(self, descriptor: int, budget: AnswerBudget) -> None:
        self._budget = budget
        self._wire = socket.socket(fileno=os.dup(descriptor))  # of our own: it cannot become another's
        self._begun = self._counted = received_bytes(self._wire)
        self._waited = 0
        self._held = _resident()
        self._ended = threading.Event()
        self._watching: threading.Thread | None = None
        self.cut_off = False

    def begin(self) -> None:
        """Begin with a new request."""
        self._budget.begin()
        self._begun, self._waited = self._counted, 0

    def count(self) -> None:
        """Take off what came since the last look; raises SourceError or TimeoutError beyond the budget."""
        now = received_bytes(self._wire)
        size, self._counted = now - self._counted, now
        waiting = waiting_bytes(self._wire)
        self._waited += waiting
        self._budget.count(size + waiting)
        if self._watching is None and now - self._begun + self._waited > _LARGE:
            self._ended.clear()
            self._held = _resident()
            self._watching = threading.Thread(target=self._watch, name="poc-gate-answer", daemon=True)
            self._watching.start()

    def _watch(self) -> None:
        while not self._ended.wait(_EVERY):
            grown = _resident() - self._held if self._waited else 0
            if (
                received_bytes(self._wire) - self._begun > self._budget.most_bytes
                or grown > 2 * self._budget.most_bytes
            ):
                self.cut_off = True
                with suppress(OSError):  # the server closed it just now
                    self._wire.shutdown(socket.SHUT_RDWR)
                return

    def end(self) -> None:
        """Stop looking."""
        if self._watching is not None:
            self._ended.set()
            self._watching.join()
            self._watching = None

    def close(self) -> None:
        """Close the socket of our own."""
        self._wire.close()


def bounded_connection(budget: AnswerBudget) -> Any:
    """Return a class like psycopg.Connection, each of whose requests may use the budget once.

    A request beyond it raises SourceError or TimeoutError, and its connection is closed.
    """
    import psycopg

    class Bounded(psycopg.Connection[Any]):
        """Counts what arrives while it waits for an answer."""

        _meter: _Meter | None = None

        def wait(self, gen: Any, *further: Any, **named: Any) -> Any:
            """Wait as the driver does; raises SourceError where the answer goes beyond the budget."""
            meter = self._meter = self._meter or _Meter(self.fileno(), budget)
            meter.begin()
            try:
                return super().wait(_counting(gen, meter), *further, **named)
            except (SourceError, TimeoutError):
                self.close()  # frees what libpq holds of the answer, and asks for no more of it
                raise
            except psycopg.Error:
                if meter.cut_off:
                    self.close()
                    raise SourceError(
                        f"the answer is longer than {budget.most_bytes:,} bytes", kind="protocol"
                    ) from None
                raise
            finally:
                meter.end()

        def close(self) -> None:
            """Close the connection, and what watched it."""
            super().close()
            if self._meter is not None:
                self._meter.close()

    return Bounded


def _counting(steps: Generator[Any, Any, Any], meter: _Meter) -> Generator[Any, Any, Any]:
    try:
        wanted = next(steps)
        while True:
            ready = yield wanted
            meter.count()
            wanted = steps.send(ready)
    except StopIteration as end:
        meter.count()  # libpq may have read all of a large answer at once, between two looks
        return end.value
