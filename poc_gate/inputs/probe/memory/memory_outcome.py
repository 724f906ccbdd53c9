"""Figures and chases -> measurements, curves and conditions of the profile."""

from __future__ import annotations

import re

from msgspec import structs

from poc_gate.errors import NotMeasuredError
from poc_gate.inputs.probe.host.container_limits import read_container_limits
from poc_gate.inputs.probe.host.disturbance import Disturbance, Watch, conditions, frequency
from poc_gate.inputs.probe.host.host_files import HostFiles
from poc_gate.inputs.probe.host.system_memory import usable_memory
from poc_gate.inputs.probe.host.virtualisation import is_guest
from poc_gate.inputs.probe.interface import ProbeContext, ProbeOutcome, absent
from poc_gate.inputs.probe.memory.memory_bandwidth import Figure, measure_bandwidth
from poc_gate.inputs.probe.memory.memory_curves import (
    latency_curves,
    level_curve,
    node_curves,
    other_kinds,
    sustained_curve,
    sustained_note,
)
from poc_gate.inputs.probe.memory.memory_latency import Latencies, measure_latency
from poc_gate.inputs.probe.memory.memory_measurements import bandwidth_measurement, latency_measurements
from poc_gate.inputs.probe.memory.memory_plan import EFFORTS, MemoryPlan, plan_memory
from poc_gate.inputs.probe.memory.memory_slices import Arena
from poc_gate.inputs.probe.memory.native_kernels import load_kernels
from poc_gate.inputs.probe.topology.cpu_topology import Topology, allowed_cpus, read_topology
from poc_gate.model.fact import FactSpec
from poc_gate.model.measurement import Curve, Measurement


def measure_memory(context: ProbeContext, specs: tuple[FactSpec, ...]) -> ProbeOutcome:
    """Measure everything about memory; raises NotMeasuredError when the system gives no memory for it."""
    files, effort = context.files, EFFORTS[context.options.effort]
    topology = read_topology(files, allowed_cpus())
    usable = usable_memory(files, read_container_limits(files))
    plan = plan_memory(topology, usable, effort, guest=is_guest(files))
    watch, before = Watch(files), frequency(files, topology.first_allowed())
    arena = Arena(load_kernels(), plan)
    try:
        arena.open()
        figures, curves, words, share = _bandwidth(context, topology, arena)
        latencies, calm, refused = _latencies(context, topology, arena)
    finally:
        arena.close()
    found = {f"machine.memory.{f.name}": bandwidth_measurement(f, plan, share) for f in figures}
    if latencies is not None:
        found |= latency_measurements(latencies, calm, plan)
        curves += latency_curves(latencies)
    if effort.whole_budget:
        curves += [sustained_curve(figure) for figure in figures]
    seen = conditions(files, watch.seen()) | _frequencies(files, topology, before)
    return ProbeOutcome(
        measurements=tuple(_filled(spec, found, topology, refused) for spec in specs),
        curves=tuple(curves),
        environment=seen | words,
        notes=(sustained_note(figures),) if effort.whole_budget else (),
    )


def _latencies(
    context: ProbeContext, topology: Topology, arena: Arena
) -> tuple[Latencies | None, Disturbance, str]:
    """Return the latencies and what disturbed them, or why there are none; measures once more what is of grade C."""
    try:
        return *_measured_latencies(context, topology, arena), ""
    except NotMeasuredError as error:
        return None, Disturbance(), error.message


def _measured_latencies(
    context: ProbeContext, topology: Topology, arena: Arena
) -> tuple[Latencies, Disturbance]:
    files, plan, effort = context.files, arena.plan, EFFORTS[context.options.effort]
    if not plan.shared:
        arena.close()  # so that never both lie in memory
    for attempt in (0, 1):
        watch = Watch(files)
        found = measure_latency(
            arena,
            topology,
            effort,
            huge_share=lambda at, size: huge_share(files, at, size),
            progress=lambda s: context.progress("memory latency", 0.6 + 0.4 * s),
        )
        seen = watch.seen()
        if attempt or all(m.grade != "C" for m in latency_measurements(found, seen, plan).values()):
            break
    return found, seen


def _bandwidth(
    context: ProbeContext, topology: Topology, arena: Arena
) -> tuple[tuple[Figure, ...], list[Curve], dict[str, str], float | None]:
    """Return the figures, their curves, the words about the memory they were measured on, and its huge-page share."""
    files, plan, effort = context.files, arena.plan, EFFORTS[context.options.effort]
    figures = measure_bandwidth(
        arena,
        topology,
        effort,
        files=files,
        progress=lambda s: context.progress("memory bandwidth", 0.6 * s),
    )
    curves = [
        level_curve(arena, topology, figures, effort),
        *node_curves(arena, topology, figures, effort),
    ]
    share = huge_share(files, arena.kernels.arena_describe(arena.handle)[0], plan.size)
    words = _arena_words(plan, share, arena.unpinned) | other_kinds(arena, topology, figures, effort)
    return figures, curves, words, share


def huge_share(files: HostFiles, address: int, size: int) -> float | None:
    """Return the share of a mapping that the system has put on huge pages, from `/proc/self/smaps`."""
    kibibytes, inside, known = 0, False, False
    for line in (files.text("/proc/self/smaps") or "").splitlines():
        span = re.match(r"([0-9a-f]+)-([0-9a-f]+) ", line)
        if span:
            inside = int(span[1], 16) < address + size and address < int(span[2], 16)
        elif inside and line.startswith("AnonHugePages:"):
            known, kibibytes = True, kibibytes + int(line.split()[1])
    return min(1.0, kibibytes * 1024 / size) if known else None


def _filled(spec: FactSpec, found: dict[str, Measurement], topology: Topology, refused: str) -> Measurement:
    if spec.name in found:
        return found[spec.name]
    twin = found.get(spec.name.replace("_all", "_1"))
    if len(topology.allowed) == 1 and twin is not None and spec.name.endswith("_all"):
        details = twin.details | {"note": "one CPU is allowed: the same figure as for one thread"}
        return structs.replace(twin, fact=spec.name, details=details)
    return absent(spec, refused or "needs a second allowed CPU to make the load")


def _frequencies(files: HostFiles, topology: Topology, before: int | None) -> dict[str, str]:
    after = frequency(files, topology.first_allowed())
    if before is None or after is None:
        return {"frequency": "hidden by the system"}
    return {"frequency": f"{before / 1000:.0f} MHz before, {after / 1000:.0f} MHz after"}


def _arena_words(plan: MemoryPlan, share: float | None, unpinned: int) -> dict[str, str]:
    words = {
        "memory measured on": f"{plan.size >> 20} MiB, last-level cache stated as {plan.last_level >> 20} MiB",
        "pinning": "every thread pinned" if not unpinned else f"{unpinned} threads could not be pinned",
    }
    if share is not None:
        words["huge pages obtained"] = f"{share:.0%} of the memory measured on"
    return words
