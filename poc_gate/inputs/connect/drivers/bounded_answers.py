"""A connected socket or a driver's reader -> the same, that gives up on an answer without end."""

from __future__ import annotations

import time
from typing import Any

from poc_gate.inputs.connect.interface import SourceError

MOST_ANSWER = 16 * 2**20
"""Bytes of one answer that are read, where the budget does not say less."""


class AnswerBudget:
    """Bytes and seconds that are left of one answer; begun anew with every request."""

    def __init__(self, most_bytes: int, seconds: float) -> None:
        """Take the limits of one answer."""
        self.most_bytes = min(MOST_ANSWER, max(1, most_bytes))
        self.seconds = seconds
        self.begin()

    def begin(self, most_bytes: int = 0, seconds: float = 0.0) -> None:
        """Begin with a new answer; a read in bulk states its own limits."""
        self._most = most_bytes or self.most_bytes
        self._left = self._most
        self._until = time.monotonic() + (seconds or self.seconds)

    def count(self, size: int) -> None:
        """Take bytes off; raises SourceError when there are none left, TimeoutError when there is no time left."""
        self._left -= size
        if self._left < 0:
            raise SourceError(f"the answer is longer than {self._most:,} bytes", kind="protocol")
        if time.monotonic() > self._until:
            raise TimeoutError("timed out")


class BoundedSocket:
    """A socket whose reads count against a budget; everything else is the socket's own."""

    def __init__(self, wire: Any, budget: AnswerBudget) -> None:
        """Take over a connected socket."""
        self._wire = wire
        self._budget = budget

    def recv(self, size: int) -> bytes:
        """Return what has arrived, as a socket does; raises SourceError beyond the budget."""
        content: bytes = self._wire.recv(size)
        self._budget.count(len(content))
        return content

    def recv_into(self, *where: Any) -> int:
        """Write what has arrived into a buffer, as a socket does; raises SourceError beyond the budget."""
        size: int = self._wire.recv_into(*where)
        self._budget.count(size)
        return size

    def __getattr__(self, name: str) -> Any:
        """Return what the socket itself has."""
        return getattr(self._wire, name)
