"""Groups of devices -> the fewest and the most nodes that hold them: a bound below, and a packing that is possible."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

from poc_gate.many.portfolio.capacity.joint_peak import Use, peak_high, peak_low
from poc_gate.many.portfolio.capacity.stated import Pool


class Needed(Struct, frozen=True):
    """Whole groups of devices, each of which must be in one node."""

    pilot: str
    groups: int
    size: int
    """Devices of a group."""

    @property
    def devices(self) -> int:
        """Number of devices."""
        return self.groups * self.size


class Packed(Struct, frozen=True):
    """Nodes that are needed."""

    at_least: int
    at_most: int
    """First-fit decreasing: a packing that exists, at most 11/9 of the best and a bit (Johnson 1973)."""


def needed(use: Use, *, high: bool) -> Needed | None:
    """Return the whole groups that a pilot needs; None where nothing bounds its peak from above."""
    value = peak_high(use.demand) if high else peak_low(use.demand)
    size = max(1, round(use.demand.group or 1))
    return None if value is None else Needed(use.pilot, math.ceil(value / size - 1e-9), size)


def too_large(uses: Sequence[Use], pool: Pool) -> list[str]:
    """Return the pilots of which one device cannot hold its part, or one node a group."""
    found = []
    for use in uses:
        memory, group = use.demand.size, max(1, round(use.demand.group or 1))
        if (memory is not None and pool.memory is not None and memory > pool.memory) or group > pool.devices:
            found.append(use.pilot)
    return found


def pack(groups: Sequence[Needed], devices: int) -> Packed:
    """Return how many nodes of so many devices the groups take."""
    total = sum(one.devices for one in groups)
    free: list[int] = []
    for size in sorted((one.size for one in groups for _ in range(one.groups)), reverse=True):
        place = next((number for number, left in enumerate(free) if left >= size), None)
        if place is None:
            free.append(max(0, devices - size))
        else:
            free[place] -= size
    return Packed(math.ceil(total / devices), len(free))
