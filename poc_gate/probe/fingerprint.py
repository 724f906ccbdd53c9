"""What was measured of a machine -> the digest of its hardware, by which a profile is known again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from poc_gate.model.measurement import Measurement
from poc_gate.model.quantity import Quantity

_NAMES = (
    "architecture",
    "cpu.model",
    "cpu.sockets",
    "cpu.cores",
    "cpu.threads",
    "memory.total",
    "accelerators.name",
    "accelerators.count",
    "accelerators.memory_total",
    "accelerators.link_generation",
    "accelerators.link_width",
    "accelerators.driver",
)
FINGERPRINTED = frozenset(f"machine.{name}" for name in _NAMES)
"""Facts from which the digest follows."""
_GIB = 2**30


def fingerprint_of(measurements: Iterable[Measurement]) -> str:
    """Return a digest over the hardware: names, counts, memory sizes, link and driver; sizes to a whole GiB.

    The same hardware gives the same value on every run, whatever was measured on it.
    """
    known = {m.fact.removeprefix("machine."): m.value for m in measurements}
    words = []
    for name in _NAMES:
        value = known.get(name)
        if isinstance(value, Quantity) and value.unit == "B":
            value = f"{round(value.value / _GIB)} GiB"
        words.append(f"{name}={value}")
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]
