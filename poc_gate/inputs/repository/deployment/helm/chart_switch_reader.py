"""Templates of a Helm chart -> the lines that the values of the chart leave out, which then say nothing."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.deployment.helm.templates import lines_left_out
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes

_TEMPLATE = re.compile(r"/templates/[^:]*\.ya?ml$")


def _read(file: TextFile, notes: Notes) -> None:
    left = lines_left_out(file, notes.signals.paths)
    for first in sorted(line for line in left if line - 1 not in left):
        last = next(line for line in range(first, len(file.lines) + 2) if line + 1 not in left)
        notes.signals.guarded.append(("", file.path, first, last))


READER = Reader(
    name="chart-switch",
    summary="templates of a chart whose values turn them off",
    wants=lambda path: bool(_TEMPLATE.search(path)),
    read=_read,
    worst=Standing.EXAMPLE,
)
