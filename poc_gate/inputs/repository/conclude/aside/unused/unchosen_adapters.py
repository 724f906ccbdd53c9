"""Adapters that a setting does not choose -> what their files say is left out."""

from __future__ import annotations

from collections.abc import Collection

from poc_gate.inputs.repository.conclude.aside.unused.unused_modules import leave_modules
from poc_gate.inputs.repository.noting.signals import Signals
from poc_gate.inputs.repository.reading import FileLeft


def leave_unchosen_adapters(signals: Signals, unchosen: tuple[frozenset[str], Collection[str]]) -> None:
    """Take back what the files of such adapters say, and addresses in sections of settings that are called after them."""
    files, values = unchosen
    if not files:
        return
    leave_modules(signals, files)
    signals.techniques[:] = [one for one in signals.techniques if one.place.file not in files]
    sections = tuple(f"{value}." for value in values)
    signals.hosts[:] = [one for one in signals.hosts if not one.why.lower().startswith(sections)]
    signals.left += [
        FileLeft(path, "not used: a setting chooses another one like it") for path in sorted(files)
    ]
