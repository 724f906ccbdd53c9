"""What was measured of a machine -> the digest of its hardware, by which a profile is known again."""

from __future__ import annotations

import hashlib
import math
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
_BOUGHT = (
    "architecture",
    "cpu.model",
    "cpu.sockets",
    "cpu.cores",
    "memory.total",
    "accelerators.name",
    "accelerators.memory_total",
)


def fingerprint_of(measurements: Iterable[Measurement]) -> str:
    """Return a digest over the hardware: names, counts, memory sizes, link and driver; sizes to a whole GiB.

    The same hardware gives the same value on every run, whatever was measured on it.
    """
    known = _known(measurements)
    return _digest((name, _in_gib(known.get(name))) for name in _NAMES)


def hardware_of(measurements: Iterable[Measurement]) -> str:
    """Return a digest over what was bought: processors, memory, accelerators with how many there are, lost ones too.

    Driver, link and switched-off threads are left out, and sizes are rounded up to an eighth of the power of two
    below them: a system keeps a few percent for itself, other versions of it another few percent.
    """
    known = _known(measurements)
    counts = (known.get("accelerators.count"), known.get("accelerators.lost"))
    fitted = sum(count.value for count in counts if isinstance(count, Quantity))
    words = [(name, _as_sold(known.get(name))) for name in _BOUGHT]
    return _digest([*words, ("accelerators.fitted", f"{fitted:.0f}")])


def _known(measurements: Iterable[Measurement]) -> dict[str, object]:
    return {m.fact.removeprefix("machine."): m.value for m in measurements}


def _digest(words: Iterable[tuple[str, object]]) -> str:
    return hashlib.sha256("\n".join(f"{name}={value}" for name, value in words).encode()).hexdigest()[:16]


def _in_gib(value: object) -> object:
    if isinstance(value, Quantity) and value.unit == "B":
        return f"{round(value.value / _GIB)} GiB"
    return value


def _as_sold(value: object) -> object:
    if not isinstance(value, Quantity) or value.unit != "B" or value.value <= 0:
        return value
    step = 2.0 ** (math.floor(math.log2(value.value)) - 3)
    return f"{math.ceil(value.value / step) * step / _GIB:g} GiB"
