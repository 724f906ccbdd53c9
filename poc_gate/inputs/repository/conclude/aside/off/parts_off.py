"""Parts of the pilot that the values of its chart leave out -> what their folders say is asked, not stated."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.marks import PART_OFF
from poc_gate.inputs.repository.noting.signals import Signals
from poc_gate.model.claim import Notice, Place

_PLACED = ("hosts", "tools", "systems", "models", "facts", "techniques")
_MARKS = ("pyproject.toml", "requirements.txt", "package.json", "go.mod", "pom.xml", "dockerfile", "containerfile")  # fmt: skip
"""Files that make a folder a part of its own."""
_ENDS = ("service", "server", "app", "svc")


def leave_parts_off(signals: Signals) -> None:
    """Take back what the folder of a part says that its chart leaves out by default, and ask about it."""
    off = {_plain(name.removeprefix(PART_OFF)): where for name, where in signals.switches if name.startswith(PART_OFF)}  # fmt: skip
    folders = {path.rpartition("/")[0] for path in signals.paths if path.rpartition("/")[2] in _MARKS} if off else set()  # fmt: skip
    for folder in sorted(folders - {""}):
        where = off.get(_plain(folder.rpartition("/")[2]))
        if where is not None and (first := _take_back(signals, folder)) is not None:
            what = f"{folder} says something ({first}), and the chart leaves that part out by default ({where}): does the pilot run it?"
            signals.questions.append(Notice("question", what, first, "add what it says if it does"))


def _plain(name: str) -> str:
    """Return a name without what its spellings differ in, and without a word for what it is."""
    letters = re.sub(r"[^a-z0-9]", "", name.lower())
    return next((letters.removesuffix(end) for end in _ENDS if letters.endswith(end) and letters != end), letters)  # fmt: skip


def _take_back(signals: Signals, folder: str) -> Place | None:
    """Take back what the files of a folder say; return the first place, if there is one."""
    gone: list[Place] = []
    for kind in _PLACED:
        found = getattr(signals, kind)
        within = [one for one in found if one.place.file.lower().startswith(f"{folder}/")]
        gone += [one.place for one in within if one.standing is Standing.SERVICE]
        found[:] = [one for one in found if one not in within]
    return min(gone) if gone else None
