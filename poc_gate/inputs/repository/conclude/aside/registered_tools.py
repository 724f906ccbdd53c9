"""Registers of classes that are tools -> the tools; what classes beside them say that no register holds is taken back."""

from __future__ import annotations

from collections.abc import Iterable

from poc_gate.inputs.repository.code.effects import effect_of_tool
from poc_gate.inputs.repository.files.reach.registers_of_tools import Registers
from poc_gate.inputs.repository.files.reach.uncalled_functions import Lines
from poc_gate.inputs.repository.files.standing import standing_of
from poc_gate.inputs.repository.noting.signals import Signals, ToolSeen
from poc_gate.model.claim import Place

_SAID = ("models", "facts", "systems", "hosts", "techniques", "tools")


def note_registers(signals: Signals, registers: Registers) -> None:
    """Note the tools of registers, and take back what is said in classes that nothing makes."""
    for one in registers.tools:
        place = Place(one.lines.file, one.lines.first, 1)
        effect, why = effect_of_tool(one.name)
        signals.tools.append(ToolSeen(one.name, effect, why, place, "python", standing_of(place.file)))
    leave_lines(signals, registers.left)


def leave_lines(signals: Signals, blocks: Iterable[Lines]) -> None:
    """Take back what is said in some lines of code that nothing uses."""
    inside = {(one.file, line) for one in blocks for line in range(one.first, one.last + 1)}
    for kind in _SAID if inside else ():
        found = getattr(signals, kind)
        found[:] = [one for one in found if (one.place.file, one.place.line) not in inside]
