"""What a walk through a repository found -> lines for a person, files alike in one line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import PurePosixPath

from msgspec import Struct

from poc_gate.app.authoring.init import Known
from poc_gate.model.claim import Notice

_ALIKE = 3
"""Files of a folder up to which each gets a line of its own."""
_FEW = 40
"""Files that were read up to which each of them does, whatever folder it lies in."""
_TEMPLATE = "unrendered template"


class FoundFile(Struct, frozen=True):
    """One file of the repository that says something."""

    path: str
    """Relative to the repository."""
    kind: str
    facts: int
    fault: str = ""
    """Why it could not be read, when it could not."""


class Findings(Struct, frozen=True):
    """What a repository holds."""

    files: tuple[FoundFile, ...]
    known: Known
    notices: tuple[Notice, ...]
    looked_at: int
    complete: bool = True
    """False when the walk stopped at its limit."""


def show_findings(findings: Findings) -> list[str]:
    """Return lines that say what was found, file by file, and what a person should look at."""
    read = sum(1 for file in findings.files if not file.fault)
    looked = findings.looked_at
    kinds = f"{read} of them {'is of a kind' if read == 1 else 'are of kinds'} poc-gate reads"
    lines = [f"looked at {looked} file{'' if looked == 1 else 's'}; {kinds}{':' if findings.files else ''}"]
    for _, group in groupby(findings.files, key=_likeness):
        lines += _lines(list(group), few=read <= _FEW)
    if not findings.complete:
        lines.append("  the walk stopped at its limit; choose a smaller folder to see everything")
    for kind in ("secret", "question"):
        for notice in findings.notices:
            if notice.kind == kind:
                lines.append(f"  {kind}: {notice.message} ({notice.place})")
                lines += [f"    -> {notice.next_step}"] if notice.next_step else []
    return lines


def _likeness(file: FoundFile) -> tuple[str, str, str]:
    fault = _TEMPLATE if _TEMPLATE in file.fault else file.fault.partition(":")[0]
    return PurePosixPath(file.path).parent.as_posix(), file.kind, fault


def _lines(files: list[FoundFile], *, few: bool) -> Iterator[str]:
    if len(files) <= _ALIKE or (few and not files[0].fault):
        for file in files:
            what = (
                f"not read: {file.fault}"
                if file.fault
                else f"{file.kind}, {file.facts} fact{'' if file.facts == 1 else 's'}"
            )
            yield f"  {file.path}: {what}"
        return
    folder, kind, fault = _likeness(files[0])
    where = "here" if folder == "." else f"{folder}/"
    if fault == _TEMPLATE:
        yield f"  {where}: {len(files)} files not read: unrendered templates"
        yield "    -> render the chart (`helm template`) into a file below the folder, and run init again"
    elif fault:
        yield f"  {where}: {len(files)} files not read: {fault}"
    else:
        yield f"  {where}: {len(files)} files, {kind}, {sum(file.facts for file in files)} facts"
