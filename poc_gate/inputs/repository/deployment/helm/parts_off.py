"""Values of a chart -> the parts of the pilot that they leave out, where no further values of the chart turn them on."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.foreign_yaml import Node
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.marks import PART_OFF
from poc_gate.inputs.repository.noting.notes import Notes

_FURTHER = re.compile(r"(?:values[._-][\w.-]+|[\w.-]+[._-]values)\.ya?ml")
_RUNS = frozenset({"replicas", "replicaCount", "resources", "healthChecks", "image"})
"""What a section says of a part that runs."""


def note_parts_off(file: TextFile, document: Node, notes: Notes) -> None:
    """Note each section at the top that says how a part runs, and that the part is switched off."""
    for name, section in document.entries().items():
        entries = section.entries()
        off = section.at("enabled").value is False and not _RUNS.isdisjoint(entries)
        if off and not _is_turned_on(name, file, notes):
            notes.signals.switches.append((f"{PART_OFF}{name}", str(section.at("enabled").place)))


def _is_turned_on(name: str, file: TextFile, notes: Notes) -> bool:
    """Say whether further values of the same chart turn a section on: those of production, say."""
    folder = file.folder.lower()
    names = [path.rpartition("/")[2] for path in notes.signals.paths if path.rpartition("/")[0] == folder]
    on = re.compile(
        rf"(?m)^{re.escape(name)}:[^\n]*\n(?:[ \t]+[^\n]*\n|[ \t]*\n)*?[ \t]+enabled:[ \t]*true\b"
    )
    further = (file.beside(one) for one in names if _FURTHER.fullmatch(one))
    return any(one is not None and on.search(one.text) for one in further)
