"""What was bought -> whether a node, or a group as a whole, reaches what such a machine reaches."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from poc_gate.many.fleet.comparing.orientation import FLEETING, Better, better
from poc_gate.model.claim import Provenance
from poc_gate.model.many.fleet import Comparison, Remark
from poc_gate.model.measurement import MachineProfile, Measurement
from poc_gate.model.quantity import Quantity, show_quantity, show_share

_OF_SHEET = {"B/s": 0.75, "flop/s": 0.5}
"""Share of a printed peak that sound hardware reaches in measurements: memory 0.8 to 0.95, matrices 0.55 to 0.9; these
limits are poc-gate's own, set below both."""
_OF_SIZE = 0.93
"""Of a printed size: drivers and systems keep up to 6 % for themselves."""
_OF_MEASURED = 0.95
"""Of another machine's measurement: less is within what runs differ by."""


def against_expected(one: Comparison, expected: MachineProfile | None) -> Comparison:
    """Return a comparison that also says whether the group's centre reaches what is expected."""
    aim = _aim(one.fact, one.unit, expected)
    if aim is None:
        return one
    value, least = aim
    missing = _missing(one.fact, one.unit, one.centre, least)
    return replace(one, expected=value, below_expected=missing if missing > 0 else None)


def below_expected(table: Mapping[str, Measurement], expected: MachineProfile | None) -> list[Remark]:
    """Return what a node has less of than can be expected of it; figures that cannot be trusted say nothing."""
    found = []
    for fact, one in table.items():
        aim = _aim(fact, one.unit, expected)
        if aim is None or not isinstance(one.value, Quantity) or one.grade == "C" or fact in FLEETING:
            continue
        missing = _missing(fact, one.unit, one.value.value, aim[1])
        if missing > 0:
            whole, least = (show_quantity(Quantity(value, one.unit)) for value in aim)
            text = (
                f"{fact.removeprefix('machine.')} {show_quantity(one.value)}, {show_share(missing)} below the"
            )
            found.append(Remark("below specification", fact, f"{text} {least} to expect of {whole}", missing))
    return found


def _aim(fact: str, unit: str, expected: MachineProfile | None) -> tuple[float, float] | None:
    """Return the expected value and the least that sound hardware shows of it, or None where nobody says."""
    way = better(fact, unit)
    if expected is None or way is Better.NEITHER:
        return None
    for one in expected.measurements:
        if one.fact == fact and isinstance(one.value, Quantity) and one.value.value > 0 and one.grade != "C":
            share = _share(one, unit)
            return one.value.value, one.value.value * (share if way is Better.HIGHER else 1 / share)
    return None


def _share(one: Measurement, unit: str) -> float:
    if unit == "1":
        return 1.0
    if one.provenance is not Provenance.ASSUMED:
        return _OF_MEASURED
    return _OF_SHEET.get(unit, _OF_SIZE)


def _missing(fact: str, unit: str, value: float, least: float) -> float:
    if value <= 0:
        return 1.0
    ratio = value / least if better(fact, unit) is Better.HIGHER else least / value
    return max(0.0, 1 - ratio - 1e-9)
