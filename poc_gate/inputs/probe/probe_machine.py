"""Every probe of this room -> one machine profile with its name, fingerprint and conditions."""

from __future__ import annotations

import platform
import re
import time
from collections.abc import Callable

from poc_gate.errors import UsageError, one_of
from poc_gate.inputs.probe.fingerprint import fingerprint_of, hardware_of
from poc_gate.inputs.probe.host.busy import LOOK_S, busy_reason, state_of
from poc_gate.inputs.probe.host.disturbance import Watch
from poc_gate.inputs.probe.host.host_files import HostFiles
from poc_gate.inputs.probe.interface import (
    LEFT_OUT,
    Probe,
    ProbeContext,
    ProbeOptions,
    ProbeOutcome,
    absent,
    probes,
)
from poc_gate.inputs.probe.run_within import nothing, run_within
from poc_gate.model.fact import FactSpec
from poc_gate.model.measurement import MachineProfile, Measurement
from poc_gate.model.quantity import Quantity, show_quantity
from poc_gate.version import __version__

_SHARES = {"topology": 0.02, "network": 0.02, "memory": 0.5, "storage": 0.26, "accelerator": 0.2}
"""Share of the whole time that each probe takes, for the progress display alone."""
_GENTLE = ("topology", "network")
"""Probes that read files only and disturb nobody."""


def probe_machine(
    options: ProbeOptions, *, progress: Callable[[str, float], None], now: str
) -> MachineProfile:
    """Measure this machine and return its profile; `now` is the ISO 8601 time to note.

    What cannot be measured is a measurement without a value that says why; so is what `options.limit` leaves no
    time for, and all that disturbs on a busy machine that is to be left to others. Raises UsageError for a
    probe that does not exist.
    """
    deadline = time.monotonic() + options.limit
    chosen = _chosen(options)
    watch = Watch(HostFiles())
    taken = _taken(options, progress)
    outcomes: list[ProbeOutcome] = []
    done = 0.0
    for probe in chosen:
        share = _SHARES.get(probe.name, 0.1)
        context = ProbeContext(options, HostFiles(), _part(progress, done, share))
        if taken and probe.name not in _GENTLE:
            outcomes.append(nothing(probe, f"busy: {taken}"))
        elif options.limit:
            progress(probe.name, done)
            outcomes.append(run_within(probe, context, deadline - time.monotonic()))
        else:
            outcomes.append(probe.run(context))
        done += share
    progress("done", 1.0)
    state = {"state": f"busy: {taken}"} if taken else state_of(watch.seen())
    left_out = (spec for probe in probes() if probe not in chosen for spec in probe.facts)
    specs = {spec.name: spec for probe in probes() for spec in probe.facts}
    measured = [credible(m, specs.get(m.fact)) for outcome in outcomes for m in outcome.measurements]
    measured += [absent(spec, LEFT_OUT) for spec in left_out]
    fingerprint = fingerprint_of(measured)
    name = options.name or name_of(measured)
    identity = {"name": name, "fingerprint": fingerprint, "kind": "measured"}
    measured += [Measurement(fact=f"machine.{key}", value=value) for key, value in identity.items()]
    return MachineProfile(
        name=name,
        fingerprint=fingerprint,
        measured_at=now,
        tool_version=__version__,
        measurements=tuple(sorted(measured, key=lambda m: m.fact)),
        curves=tuple(curve for outcome in outcomes for curve in outcome.curves),
        environment=_environment(outcomes, options) | state,
        notes=tuple(dict.fromkeys(note for outcome in outcomes for note in outcome.notes)),
        hardware=hardware_of(measured),
    )


def credible(measurement: Measurement, spec: FactSpec | None) -> Measurement:
    """Return the measurement, or that it was not made where its value cannot be that of a machine.

    A machine that other work starves gives such values; a profile that holds one could not be read again.
    """
    value = measurement.value
    if spec is None or not isinstance(value, Quantity):
        return measurement
    low, high = spec.low, spec.high
    if (low is None or value.value >= low) and (high is None or value.value <= high):
        return measurement
    why = f"; {measurement.reason}" if measurement.reason else ""
    return absent(spec, f"{show_quantity(value)} is not plausible{why}")


def _taken(options: ProbeOptions, progress: Callable[[str, float], None]) -> str:
    """Return what other work runs, where the machine is to be left to it; an empty text otherwise."""
    if not options.yield_to_others:
        return ""
    progress("looking at what else runs", 0.0)
    watch = Watch(HostFiles())
    time.sleep(LOOK_S)
    return busy_reason(watch.seen())


def _chosen(options: ProbeOptions) -> tuple[Probe, ...]:
    """Return the probes to run, the quick ones first."""
    known = {probe.name: probe for probe in probes()}
    wrong = [name for name in options.only if name not in known]
    if wrong:
        raise UsageError(f"unknown probe {', '.join(wrong)}", next_step=one_of(wrong[0], known))
    names = options.only or tuple(known)
    return tuple(
        sorted((known[name] for name in set(names)), key=lambda p: (_SHARES.get(p.name, 0.1), p.name))
    )


def _part(progress: Callable[[str, float], None], begin: float, share: float) -> Callable[[str, float], None]:
    return lambda what, done: progress(what, begin + share * done)


def _environment(outcomes: list[ProbeOutcome], options: ProbeOptions) -> dict[str, str]:
    found = {"effort": options.effort, "python": platform.python_version()}
    for outcome in outcomes:
        found |= outcome.environment
    return found


def name_of(measurements: list[Measurement]) -> str:
    """Return a name made from the hardware, such as `intel-xeon-processor-2-cpu`; never the host's name."""
    known = {m.fact.removeprefix("machine."): m.value for m in measurements}
    model = known.get("cpu.model") or known.get("architecture") or "machine"
    plain = re.sub(r"\((r|tm)\)|@.*|\bcpu\b", "", str(model).lower())
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    parts = [slug or "machine"]
    threads = known.get("cpu.threads")
    if isinstance(threads, Quantity):
        parts.append(f"{threads.value:.0f}-cpu")
    count, device = known.get("accelerators.count"), known.get("accelerators.name")
    if isinstance(count, Quantity) and count.value and device:
        parts.append(f"{count.value:.0f}x-{re.sub(r'[^a-z0-9]+', '-', str(device).lower()).strip('-')}")
    return "-".join(parts)
