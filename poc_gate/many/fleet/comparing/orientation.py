"""Which way a fact of a machine is better, from its name and unit; what has no better way is compared for equality."""

from __future__ import annotations

from enum import Enum


class Better(Enum):
    """Which of two values serves a workload better."""

    HIGHER = 1
    LOWER = -1
    NEITHER = 0


_LOWER = frozenset({"machine.accelerators.lost"})
_NEITHER = frozenset({"machine.memory.numa_nodes", "machine.cpu.sockets"})
WORSE_WHEN_TRUE = frozenset({"machine.accelerators.busy", "machine.accelerators.throttled"})
WORSE_WHEN_FALSE = frozenset({"machine.accelerators.ecc", "machine.storage.direct_io"})
FLEETING = frozenset({"machine.memory.available", "machine.accelerators.memory_free", "machine.storage.free"})
"""Change from minute to minute: they are bounded, and make no node degraded."""


def better(fact: str, unit: str) -> Better:
    """Return which way a quantity is better: rates, sizes and counts higher, times lower."""
    if fact in _NEITHER:
        return Better.NEITHER
    return Better.LOWER if unit == "s" or fact in _LOWER else Better.HIGHER
