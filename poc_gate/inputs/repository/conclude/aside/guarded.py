"""Branches of the code behind an option that is off by default -> what they reach is asked, not stated."""

from __future__ import annotations

from collections import defaultdict

from poc_gate.inputs.repository.noting.marks import ANY, MADE, OPTION
from poc_gate.inputs.repository.noting.signals import Signals
from poc_gate.model.claim import Notice, Place

_NOTED = ("tools", "systems", "models", "hosts", "techniques", "facts", "remarks")
_ON = frozenset({"true", "1", "yes", "on"})


def leave_guarded(signals: Signals) -> None:
    """Take back what only a branch says whose option every file leaves off; ask once about each option."""
    values: dict[str, set[str]] = defaultdict(set)
    for name, value in signals.switches:
        if name.startswith(OPTION):
            values[name.removeprefix(OPTION)].add(value)
    for option, file, first, last in signals.guarded:
        if option.startswith(MADE):
            _leave_unmade(signals, option, file, range(first, last + 1))
            continue
        if not option:  # the values of a chart, which say so outright
            _leave(signals, file, range(first, last + 1))
            continue
        if not values.get(option) or values[option] & _ON:
            continue
        left = _leave(signals, file, range(first, last + 1))
        if left:
            what = f"{', '.join(left)} counts only where {option} is turned on, and it is off by default ({Place(file, first)})"
            signals.questions.append(Notice("question", what, Place(file, first), f"say whether production turns {option} on"))  # fmt: skip


def _leave_unmade(signals: Signals, option: str, file: str, lines: range) -> None:
    """Take back what makes a client for a provider that none is ever asked for."""
    table, _, maker = option.rpartition(".")
    asked = {value for name, value in signals.switches if name == table}
    if asked and not asked & {ANY, maker}:
        _leave(signals, file, lines)


def _leave(signals: Signals, file: str, lines: range) -> list[str]:
    """Take back what those lines say; return the names of the tools, systems and models among it."""
    named: dict[str, None] = {}
    for kind in _NOTED:
        found = getattr(signals, kind)
        inside = [one for one in found if one.place.file == file and one.place.line in lines]
        for one in inside:
            name = getattr(one, "system", getattr(one, "name", ""))
            if kind in {"tools", "systems", "models"} and isinstance(name, str) and name:
                named[name] = None
        gone = {id(one) for one in inside}
        found[:] = [one for one in found if id(one) not in gone]
    return list(named)[:6]
