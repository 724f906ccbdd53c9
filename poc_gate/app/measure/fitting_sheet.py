"""A measured machine -> the shipped data sheets that describe its accelerator and its processors, where they are known.

A device is known where its name leads to one sheet and its memory agrees with that sheet; a slice of a device never is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from poc_gate.inputs.artifacts.serving.accelerator_names import device_name
from poc_gate.inputs.probe.profile.datasheets import datasheet_titles, find_datasheet
from poc_gate.model.claim import Value
from poc_gate.model.measurement import MachineProfile
from poc_gate.model.quantity import Quantity

_MEMORY_AGREES = 0.12
"""Driver and data sheet differ by up to this share: one counts powers of two, and error correction takes its part."""
_OTHER_MAKES = frozenset({"laptop", "mobile", "max-q", "d"})
"""Words for slower makes of a card that has the same number."""


def fitting_sheets(profile: MachineProfile) -> tuple[MachineProfile, ...]:
    """Return the data sheets of the accelerator and of the processors, each only where it is known to fit."""
    if profile.kind != "measured":
        return ()
    known = {m.fact.removeprefix("machine."): m.value for m in profile.measurements if m.value is not None}
    return tuple(sheet for sheet in (_accelerator(known), _processor(known)) if sheet is not None)


def _accelerator(known: Mapping[str, Value]) -> MachineProfile | None:
    label, memory = known.get("accelerators.name"), known.get("accelerators.memory_total")
    if not isinstance(label, str) or not isinstance(memory, Quantity) or known.get("accelerators.mig"):
        return None
    words = set(re.split(r"[^a-z0-9-]+", label.lower()))
    name = device_name(label)
    if "," in label or words & _OTHER_MAKES or name == label:
        return None
    if "sxm" in name and "pci" in label.lower():
        return None
    sheet = find_datasheet(name)
    stated = _value(sheet, "accelerators.memory_total")
    if stated is None or abs(memory.value / stated.value - 1) > _MEMORY_AGREES:
        return None
    return sheet


def _processor(known: Mapping[str, Value]) -> MachineProfile | None:
    """Return the sheet of the processors, where the machine has all cores of a whole number of them: one socket each."""
    label, cores, sockets = (known.get(f"cpu.{key}") for key in ("model", "cores", "sockets"))
    if not isinstance(label, str) or not isinstance(cores, Quantity) or not isinstance(sockets, Quantity):
        return None
    for name, _ in datasheet_titles():
        sheet = find_datasheet(name)
        model = (
            next((m.value for m in sheet.measurements if m.fact == "machine.cpu.model"), None)
            if sheet
            else None
        )
        if isinstance(model, str) and _words(model) <= _words(label):
            each = _value(sheet, "cpu.cores")
            return sheet if each is not None and sockets.value == 1 and cores == each else None
    return None


def _words(text: str) -> set[str]:
    return set(re.split(r"[^a-z0-9+]+", text.lower())) - {""}


def _value(sheet: MachineProfile | None, fact: str) -> Quantity | None:
    measured = sheet.measurements if sheet is not None else ()
    value = next((m.value for m in measured if m.fact == f"machine.{fact}"), None)
    return value if isinstance(value, Quantity) and value.value > 0 else None
