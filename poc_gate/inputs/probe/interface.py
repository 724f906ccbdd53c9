"""What a probe is: one file named `*_probe.py` that exposes PROBE and turns this machine into measurements."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

from msgspec import Struct, field

from poc_gate.base.plug_ins import plug_ins
from poc_gate.errors import InternalError, UsageError
from poc_gate.inputs.probe.host.host_files import HostFiles
from poc_gate.model.fact import FactSpec, Kind
from poc_gate.model.measurement import Curve, Measurement

EFFORTS = ("quick", "default", "thorough")
"""How long a probe may take: about one second, at most six, or minutes."""

_LONGEST_LIMIT = 86400.0

Progress = Callable[[str, float], None]
"""Told what runs and which share (0 to 1) of it is done."""


class ProbeOptions(Struct, frozen=True):
    """What the caller wants measured, and where the storage probe may go."""

    effort: str = "default"
    name: str = ""
    """Name of the profile; made from the hardware when empty, never from the host's name."""
    only: tuple[str, ...] = ()
    """Names of probes to run; empty runs all."""
    storage: str = ""
    """An existing file to read, or a folder that may hold one scratch file while it is measured."""
    record: int = 4096
    """Record size of random reads, bytes."""
    streams: int = 8
    """Parallel streams of the storage probe."""
    limit: float = 0.0
    """Seconds after which what is not measured yet is left out; 0 = none."""
    yield_to_others: bool = False
    """On a machine where other work runs nothing is measured, so that it is not disturbed."""

    def __post_init__(self) -> None:
        """Refuse what no probe could carry out: raises UsageError."""
        if self.effort not in EFFORTS:
            raise UsageError(f"unknown effort {self.effort!r}", next_step=f"choose {', '.join(EFFORTS)}")
        if not 512 <= self.record <= 2**26 or self.record % 512:
            raise UsageError(
                "the record size must be a multiple of 512 B from 512 B to 64 MiB",
                next_step="write --record-size 4096",
            )
        if not 1 <= self.streams <= 256:
            raise UsageError("the number of streams must be 1 to 256", next_step="write --streams 8")
        if not (self.limit == 0 or 1 <= self.limit <= _LONGEST_LIMIT):
            raise UsageError("the limit must be 1 to 86400 seconds", next_step="write --limit 60")


class ProbeContext(Struct, frozen=True):
    """What a probe is handed: options, the host's files, a clock and a place to report progress."""

    options: ProbeOptions
    files: HostFiles = field(default_factory=HostFiles)
    progress: Progress = lambda _what, _share: None
    clock: Callable[[], float] = time.monotonic
    """Seconds; only for deadlines."""


class ProbeOutcome(Struct, frozen=True):
    """What a probe brings back; a fact it could not measure is a measurement without a value."""

    measurements: tuple[Measurement, ...] = ()
    curves: tuple[Curve, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


class Probe(Struct, frozen=True):
    """One probe: the facts it can supply, with unit and plausible range, and how to get them."""

    name: str
    summary: str
    """One line: what it measures."""
    facts: tuple[FactSpec, ...]
    run: Callable[[ProbeContext], ProbeOutcome]
    heart: str = ""
    """The fact without which the probe has measured nothing; empty when any of its facts will do."""


@cache
def probes() -> tuple[Probe, ...]:
    """Return every probe of this room, sorted by name; an import error is never swallowed."""
    found = []
    for module in plug_ins("poc_gate.inputs.probe", [str(Path(__file__).parent)], "_probe").values():
        probe = getattr(importlib.import_module(module), "PROBE", None)
        if not isinstance(probe, Probe):
            raise InternalError(f"{module} exposes no PROBE")
        found.append(probe)
    return tuple(found)


def machine_fact(  # noqa: PLR0913 - a row of the catalogue has this many columns
    name: str,
    meaning: str,
    *,
    unit: str = "",
    low: float | None = None,
    high: float | None = None,
    kind: Kind | None = None,
    choices: tuple[str, ...] = (),
) -> FactSpec:
    """Return the catalogue's entry of a machine fact: a quantity where it has a unit, otherwise a text."""
    chosen = kind or (Kind.QUANTITY if unit else Kind.CHOICE if choices else Kind.TEXT)
    return FactSpec(
        name=f"machine.{name}",
        kind=chosen,
        meaning=meaning,
        unit=unit,
        low=low,
        high=high,
        choices=choices,
        resolve="poc-gate probe -o machine.json",
        origin="machine",
    )


LEFT_OUT = "its probe was left out of this run"
"""Reason of every figure whose probe nobody asked for."""


def absent(spec: FactSpec, reason: str) -> Measurement:
    """Return the measurement that could not be made, with its reason."""
    return Measurement(fact=spec.name, value=None, unit=spec.unit, reason=reason)
