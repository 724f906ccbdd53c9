"""Reads of one file -> the storage facts of the profile."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from msgspec import Struct, field, structs

from poc_gate.errors import NotMeasuredError
from poc_gate.inputs.probe.host.disturbance import Disturbance, Watch
from poc_gate.inputs.probe.interface import ProbeContext, ProbeOutcome, absent
from poc_gate.inputs.probe.sampling import grade, quantile, summarise
from poc_gate.inputs.probe.storage.file_system import MEMORY_BACKED, NETWORKED, FileSystem, file_system_of
from poc_gate.inputs.probe.storage.scratch_file import LARGEST, scratch_file
from poc_gate.inputs.probe.storage.storage_reads import SEQUENTIAL, ReadFile, Reads
from poc_gate.model.claim import Value
from poc_gate.model.fact import FactSpec
from poc_gate.model.measurement import Measurement
from poc_gate.model.quantity import Quantity

_SECONDS = {"quick": 0.4, "default": 1.6, "thorough": 40.0}
_SCRATCH = {"quick": 64 << 20, "default": 256 << 20, "thorough": LARGEST}
_SLICES = 5
_SMALLEST = 1 << 20
"""A smaller file cannot show a sequential rate."""
_WIDEST_RATE, _WIDEST_LATENCY = 0.25, 0.5
"""Spread (p75 - p25 over the median) between slices up to which a figure still is a B: devices are shared and cached."""


class _Figures(Struct):
    """Samples by short fact name, in SI units, one for each slice."""

    rates: dict[str, list[float]] = field(default_factory=dict)
    latencies: list[float] = field(default_factory=list)
    p50: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)


def probe_storage(context: ProbeContext, specs: tuple[FactSpec, ...]) -> ProbeOutcome:
    """Return every storage fact; what the path does not allow is absent with its reason."""
    if not hasattr(os, "preadv") or not hasattr(os, "statvfs"):
        reason = "this system has no positional reads (preadv): storage is measured on Linux and macOS"
        return ProbeOutcome(measurements=tuple(absent(spec, reason) for spec in specs))
    path = Path(context.options.storage)
    place = path if path.is_dir() else path.parent
    bare = path.is_block_device()
    system = file_system_of(place, context.files)
    stated: dict[str, Value | None] = {
        "path": str(path),
        "filesystem": "none: a block device" if bare else system.words if system.kind else None,
        "free": None if bare else _free(place),
    }
    try:
        with ExitStack() as stack:
            file = _opened(path, context, stack)
            found = _measured(context, file, system)
            if any(m.grade == "C" for m in found.values()):
                found = {name: _distrusted(m) for name, m in _measured(context, file, system).items()}
            found["direct_io"] = Measurement("machine.storage.direct_io", file.direct)
            notes = _notes(file, system)
    except (NotMeasuredError, OSError) as error:
        reason = str(error).split("\n")[0]
        return ProbeOutcome(
            measurements=tuple(_filled(spec, {}, stated, reason) for spec in specs), notes=(reason,)
        )
    return ProbeOutcome(
        measurements=tuple(_filled(s, found, stated, "not measured") for s in specs), notes=notes
    )


def _opened(path: Path, context: ProbeContext, stack: ExitStack) -> ReadFile:
    """Open the named file, or a scratch file in the named folder; both end with the stack."""
    if path.is_dir():
        context.progress("storage: writing the scratch file", 0.0)
        return stack.enter_context(scratch_file(path, _SCRATCH[context.options.effort]))
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISBLK(mode):
        raise NotMeasuredError(f"{path} is neither a file nor a folder")
    file = ReadFile(path)
    stack.callback(file.close)
    if file.size < max(_SMALLEST, context.options.record):
        raise NotMeasuredError(f"{path} is too small to measure: {file.size} bytes")
    return file


def _distrusted(measurement: Measurement) -> Measurement:
    """Say of a C that it stayed one when it was repeated."""
    if measurement.grade != "C":
        return measurement
    return structs.replace(measurement, reason=f"not trustworthy, also when repeated: {measurement.reason}")


def _measured(context: ProbeContext, file: ReadFile, system: FileSystem) -> dict[str, Measurement]:
    figures, options, watch = _Figures(), context.options, Watch(context.files)
    share = _SECONDS[options.effort] / (_SLICES * 4)
    patterns: tuple[tuple[str, Callable[[], Reads]], ...] = (
        ("read_sequential", lambda: file.sequential(share, 1)),
        ("read_sequential_streams", lambda: file.sequential(share, options.streams)),
        ("read_random", lambda: file.scattered(share, 1, options.record)),
        ("read_random_rate", lambda: file.scattered(share, options.streams, options.record)),
    )
    for number in range(_SLICES):
        for at, (name, read) in enumerate(patterns):
            context.progress("storage", (number + at / len(patterns)) / _SLICES)
            _note(figures, name, read())
    how, seen = _how(file, system), watch.seen()
    record = f"{options.record} B records"
    return {
        "read_sequential": _rate(figures, "read_sequential", f"1 stream of 1 MiB reads, {how}", seen),
        "read_sequential_streams": _rate(
            figures, "read_sequential_streams", f"{options.streams} streams of 1 MiB reads, {how}", seen
        ),
        "read_random_rate": _rate(
            figures, "read_random_rate", f"{options.streams} streams of {record}, {how}", seen, unit="1/s"
        ),
        "read_random_p50": _latency(figures, 0.5, figures.p50, f"1 stream of {record}, {how}", seen),
        "read_random_p99": _latency(figures, 0.99, figures.p99, f"1 stream of {record}, {how}", seen),
    }


def _note(figures: _Figures, name: str, reads: Reads) -> None:
    if name == "read_random":
        ordered = tuple(sorted(reads.latencies))
        figures.latencies += ordered
        figures.p50.append(quantile(ordered, 0.5))
        figures.p99.append(quantile(ordered, 0.99))
        return
    rate = reads.count_rate if name == "read_random_rate" else reads.rate
    figures.rates.setdefault(name, []).append(rate)


def _how(file: ReadFile, system: FileSystem) -> str:
    if file.direct:
        return "direct I/O, past the page cache"
    if system.kind in MEMORY_BACKED:
        return f"from memory: {system.kind} has no device below it"
    return "through the page cache: not a device figure"


def _rate(figures: _Figures, name: str, method: str, seen: Disturbance, *, unit: str = "B/s") -> Measurement:
    samples = tuple(figures.rates[name])
    summary = summarise(samples, higher_is_better=True)
    letter, reason = grade(summary, seen, higher_is_better=True, widest=_WIDEST_RATE)
    return Measurement(
        fact=f"machine.storage.{name}",
        value=Quantity(summary.median, unit),
        unit=unit,
        samples=samples,
        median=summary.median,
        minimum=summary.minimum,
        maximum=summary.maximum,
        low=summary.low,
        high=summary.high,
        interval="long-run median, 95 %",
        spread=summary.spread,
        method=method,
        stable=letter != "C",
        grade=letter,
        reason=reason,
    )


def _latency(
    figures: _Figures, share: float, samples: list[float], method: str, seen: Disturbance
) -> Measurement:
    """Return a percentile over all reads; its spread is that of the same percentile slice by slice."""
    whole = quantile(tuple(sorted(figures.latencies)), share)
    summary = summarise(tuple(samples), higher_is_better=False)
    letter, reason = grade(summary, seen, higher_is_better=False, widest=_WIDEST_LATENCY)
    return Measurement(
        fact=f"machine.storage.read_random_p{round(share * 100)}",
        value=Quantity(whole, "s"),
        unit="s",
        samples=tuple(samples),
        median=summary.median,
        minimum=summary.minimum,
        maximum=summary.maximum,
        low=min(summary.low, whole),
        high=max(summary.high, whole),
        interval="long-run percentile, 95 %",
        spread=summary.spread,
        method=f"{method}, {len(figures.latencies)} reads",
        stable=letter != "C",
        grade=letter,
        reason=reason,
    )


def _free(place: Path) -> Quantity | None:
    try:
        room = os.statvfs(place)
    except (OSError, AttributeError):
        return None
    return Quantity(float(room.f_bavail * room.f_frsize), "B")


def _filled(
    spec: FactSpec, found: dict[str, Measurement], stated: dict[str, Value | None], reason: str
) -> Measurement:
    name = spec.name.removeprefix("machine.storage.")
    if name in found:
        return found[name]
    value = stated.get(name)
    if value is None:
        return absent(spec, reason)
    return Measurement(fact=spec.name, value=value, unit=spec.unit, method="asked of the system")


def _notes(file: ReadFile, system: FileSystem) -> tuple[str, ...]:
    notes = []
    if not file.direct:
        notes.append(f"storage: {system.kind or 'the file system'} gave no direct I/O, {_how(file, system)}")
    if system.kind in NETWORKED:
        notes.append(
            f"storage: {system.kind} is a network file system; its server may answer from its own cache"
        )
    if file.size < 64 * SEQUENTIAL:
        notes.append(f"storage: the file has only {file.size >> 20} MiB; a device cache may hold it")
    return tuple(notes)
