"""A schedule in a file -> the interval between runs, noted with its place."""

from __future__ import annotations

from poc_gate.inputs.repository.files.foreign_yaml import Node
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.deployment.intervals import interval_of, is_aside, is_polling


def note_schedule(node: Node, notes: Notes, *, of: str = "") -> None:
    """Note the interval of a schedule; one that never runs is not a schedule.

    `of` names what runs, such as the keys that lead to the schedule.
    """
    seconds = interval_of(node.text())
    if not seconds or is_aside(notes.file.path) or is_aside(of):
        return
    if not is_polling(seconds):
        notes.number("pipeline.refresh", seconds, node.place, unit="s", note=node.text())
    notes.technique("scheduled", f"runs on a schedule, {node.text()}", node.place)
