"""What a power limit below the maker's leaves of a device's speed."""

from __future__ import annotations

from poc_gate.flow.formulas.speed.shapes import Hardware

FIXED = 0.34
"""Share of a device's rated power that does not go by the clock of its cores: memory, voltage converters, fan. Of the 350 W of an RTX 3090
its maker counts 230 W for the chip (igorslab.de, 2020-09)."""

NOTICED = 0.95
"""Share of the rated power from which on a limit is taken for the maker's own."""

SLOWEST = 0.1
"""Least share of the clock that is counted on, for limits near what a device draws without any work."""


def least_pace(limit: float, rated: float) -> float:
    """Return the share of its clock that a device has at least under a power limit in watts; 1 where the limit is the maker's.

    What is left for the cores falls in proportion to their clock at worst, where the voltage is the lowest already; it
    falls with the cube of the clock while the voltage falls too. Work that never draws the limit is not slowed at all.
    """
    if rated <= 0 or limit >= NOTICED * rated:
        return 1.0
    return max(SLOWEST, (limit / rated - FIXED) / (1.0 - FIXED))


def at_pace(hardware: Hardware, pace: float) -> Hardware:
    """Return the devices at a share of their clock: what they compute, unpack and launch, and how fast they ask their memory."""
    if pace >= 1.0:
        return hardware._replace(pace=1.0)
    pace = max(pace, SLOWEST)
    return hardware._replace(
        pace=1.0,
        bandwidth=hardware.bandwidth * pace,
        compute=None if hardware.compute is None else hardware.compute * pace,
        unpacking=hardware.unpacking * pace,
        multiplying=hardware.multiplying * pace,
        ticking=hardware.ticking / pace,
    )
