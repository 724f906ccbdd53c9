"""Two machine profiles -> what differs beyond the noise of both."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.model.measurement import MachineProfile, Measurement
from poc_gate.model.quantity import Quantity, show_quantity

_TOLERANCE = 0.05
"""Runs on a quiet machine differ by this much; smaller differences are ties even between narrow intervals."""
_FLEETING = frozenset(
    {"machine.memory.available", "machine.accelerators.memory_free", "machine.storage.free"}
)
"""Change from minute to minute and say nothing about the machine."""


class Difference(Struct, frozen=True):
    """One fact that differs."""

    fact: str
    first: str
    second: str
    ratio: float | None = None
    """Second over first, for quantities."""
    note: str = ""

    def __str__(self) -> str:
        """Return one line for a person."""
        times = f"  ({self.ratio:.2f} x)" if self.ratio is not None else ""
        note = f"  [{self.note}]" if self.note else ""
        return f"{self.fact}: {self.first} -> {self.second}{times}{note}"


def compare_profiles(first: MachineProfile, second: MachineProfile) -> tuple[Difference, ...]:
    """Return the differences, sorted by fact; measured values differ when their intervals lie apart."""
    left = {m.fact: m for m in first.measurements}
    right = {m.fact: m for m in second.measurements}
    found = []
    for fact in sorted(left.keys() | right.keys()):
        if fact not in _FLEETING:
            difference = _difference(fact, left.get(fact), right.get(fact))
            if difference is not None:
                found.append(difference)
    return tuple(found)


def _difference(fact: str, left: Measurement | None, right: Measurement | None) -> Difference | None:
    one, two = left.value if left else None, right.value if right else None
    if one is None or two is None:
        return None if one is two else Difference(fact, _show(one), _show(two))
    if not isinstance(one, Quantity) or not isinstance(two, Quantity):
        return None if one == two else Difference(fact, _show(one), _show(two))
    assert left is not None
    assert right is not None
    if one.value == two.value or _overlap(left, right, one.value, two.value):
        return None
    ratio = two.value / one.value if one.value else None
    poor = [m.grade for m in (left, right) if m.stable is False]
    return Difference(
        fact, _show(one), _show(two), ratio, "one of the two is not trustworthy" if poor else ""
    )


def _overlap(left: Measurement, right: Measurement, one: float, two: float) -> bool:
    """Say whether two values agree: intervals that touch, or values within the tolerance when both have samples."""
    if left.low is None or left.high is None or right.low is None or right.high is None:
        return False
    if abs(one - two) <= _TOLERANCE * max(abs(one), abs(two)):
        return True
    return left.low <= right.high and right.low <= left.high


def _show(value: object) -> str:
    if value is None:
        return "unknown"
    return show_quantity(value) if isinstance(value, Quantity) else str(value)
