"""This machine -> its profile, for Python programs; nothing is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from poc_gate.inputs.probe.interface import ProbeOptions
from poc_gate.inputs.probe.probe_machine import probe_machine
from poc_gate.model.measurement import MachineProfile


def probe(
    *, effort: str = "default", only: Sequence[str] = (), name: str = "", storage: str | Path = ""
) -> MachineProfile:
    """Measure this machine and return its profile, to be handed to `assess`; nothing is written.

    Args:
        effort: `quick`, `default` or `thorough`.
        only: Names of probes to run; all when empty.
        name: Name of the profile; made from the hardware when empty, never from the host's name.
        storage: An existing file to read, or a folder that may hold one scratch file meanwhile.

    Raises UsageError for an effort or a probe that does not exist.
    """
    options = ProbeOptions(effort=effort, name=name, only=tuple(only), storage=str(storage))
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    return probe_machine(options, progress=lambda _what, _share: None, now=now)
