"""A schedule in a file -> the interval between runs, noted with its place."""

from __future__ import annotations

from poc_gate.inputs.repository.files.foreign_yaml import Node
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.deployment.intervals import interval_of, is_aside, is_polling


def note_schedule(node: Node, notes: Notes, *, of: str = "", within: Node | None = None) -> None:
    """Note the interval of a schedule, and that it starts something; one that never runs, or that is turned off, is not a schedule.

    `of` names what runs, such as the keys that lead to the schedule; `within` is the entry that holds it.
    """
    if within is not None and is_turned_off(within):
        return
    if note_interval(node, notes, of=of):
        notes.technique("scheduled", f"runs on a schedule, {node.text()}", node.place)


def note_interval(node: Node, notes: Notes, *, of: str, weight: int = 2) -> bool:
    """Note the interval of a schedule alone; say whether it is one."""
    seconds = interval_of(node.text())
    if not seconds or is_aside(notes.file.path) or is_aside(of):
        return False
    if not is_polling(seconds):
        notes.number("pipeline.refresh", seconds, node.place, unit="s", weight=weight, note=node.text())
    return True


_OFF = {
    "state": {"disabled"},
    "status": {"disabled"},
    "enabled": {"false", "no"},
    "suspend": {"true", "yes"},
    "paused": {"true", "yes"},
    "pause_status": {"paused"},
}
"""Key beside a schedule, in small letters -> the values by which it does not run until somebody turns it on."""


def is_turned_off(within: Node) -> bool:
    """Say whether an entry that holds a schedule says that it does not run: `State: DISABLED`, `suspend: true`."""
    beside = within.entries().items()
    return any(_text(one) in _OFF.get(key.lower(), ()) for key, one in beside)


def _text(node: Node) -> str:
    return str(node.value).lower() if isinstance(node.value, bool | str) else ""
