"""What a power limit below the maker's leaves of a device's speed."""

from __future__ import annotations

import math

from poc_gate.flow.formulas.speed.shapes import Hardware

FIXED = 0.34
"""Share of a device's rated power that does not go by the clock of its cores: memory, voltage converters, fan. Of the 350 W of an RTX 3090
its maker counts 230 W for the chip (igorslab.de, 2020-09)."""

NOTICED = 0.95
"""Share of the rated power from which on a limit is taken for the maker's own."""

FALLING = 2.0
"""Power in which what the cores draw falls with their clock at least, while their voltage falls too; 3 where it falls in step. An RTX PRO 6000
that may draw 400, 300, 250 and 200 of its 600 W reads prompts at 0.89, 0.71, 0.55 and 0.43 of its full rate; by this it
is 0.70, 0.49, 0.34 and 0.25 at least."""

SLOWEST = 0.25
"""Least share of the clock that is counted on, for limits near what a device draws without any work."""


def least_pace(limit: float, rated: float) -> float:
    """Return the share of its clock that a device has at least under a power limit in watts; 1 where the limit is the maker's.

    What is left for the cores falls with the square of their clock at least. Work that never draws the limit is not slowed
    at all.
    """
    if rated <= 0 or limit >= NOTICED * rated:
        return 1.0
    return max(SLOWEST, math.pow(max(0.0, (limit / rated - FIXED) / (1.0 - FIXED)), 1.0 / FALLING))


def at_pace(hardware: Hardware, pace: float) -> Hardware:
    """Return the devices at a share of their clock: what they compute, unpack and launch, and how fast they ask their memory.

    Rates that were measured under the limit are what it leaves of them.
    """
    if pace >= 1.0:
        return hardware._replace(pace=1.0)
    pace = max(pace, SLOWEST)
    rates = pace if hardware.rated else 1.0
    return hardware._replace(
        pace=1.0,
        bandwidth=hardware.bandwidth * rates,
        compute=None if hardware.compute is None else hardware.compute * rates,
        unpacking=hardware.unpacking * pace,
        multiplying=hardware.multiplying * pace,
        ticking=hardware.ticking / pace,
    )
