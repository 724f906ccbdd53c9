"""The system's own description of processors, caches and memory -> the measurements of the topology probe."""

from __future__ import annotations

import platform

from poc_gate.inputs.probe.host.container_limits import ContainerLimits, read_container_limits
from poc_gate.inputs.probe.host.host_files import HostFiles
from poc_gate.inputs.probe.host.system_memory import read_memory
from poc_gate.inputs.probe.host.virtualisation import describe_virtualisation
from poc_gate.inputs.probe.interface import ProbeContext, ProbeOutcome, absent
from poc_gate.inputs.probe.topology.cpu_topology import Topology, allowed_cpus, read_topology
from poc_gate.inputs.probe.topology.dmi_memory import peak_bandwidth, read_modules
from poc_gate.inputs.probe.topology.microarchitecture import microarchitecture_of
from poc_gate.model.claim import Value
from poc_gate.model.fact import FactSpec
from poc_gate.model.measurement import Measurement
from poc_gate.model.quantity import Quantity

_GIB = 2.0**30
_WHY_ABSENT = {
    "memory.peak_bandwidth": "the SMBIOS memory table is not readable (root only; absent in most guests)",
}


def probe_topology(context: ProbeContext, facts: tuple[FactSpec, ...]) -> ProbeOutcome:
    """Return the topology as measurements of `facts`; everything the system hides is absent with a reason."""
    files = context.files
    topology = read_topology(files, allowed_cpus())
    limits = read_container_limits(files)
    found = {**_identity(files, topology), **_cpu_counts(topology)}
    found["cpu.quota"] = _one(limits.cpus)
    found.update(read_memory(files, limits))
    found["memory.numa_nodes"] = _one(sum(1 for node in topology.nodes if node.memory) or None)
    found["memory.peak_bandwidth"], note = _peak(files)
    found["cpu.microarchitecture"], unnamed = microarchitecture_of(topology)
    why = _WHY_ABSENT | _why_no_limit(limits) | ({"cpu.microarchitecture": unnamed} if unnamed else {})
    measurements = tuple(_measurement(spec, found, why) for spec in facts)
    return ProbeOutcome(
        measurements=measurements, environment=_conditions(topology), notes=(note,) if note else ()
    )


def _why_no_limit(limits: ContainerLimits) -> dict[str, str]:
    hidden = "no control group can be read: it is not known whether a limit is set"
    return {
        "cpu.quota": "no CPU quota is set" if limits.cpus_known else hidden,
        "memory.limit": "no memory limit is set" if limits.memory_known else hidden,
    }


def _measurement(spec: FactSpec, found: dict[str, Value | None], why: dict[str, str]) -> Measurement:
    name = spec.name.removeprefix("machine.")
    value = found.get(name)
    if value is None or value == "":
        return absent(spec, why.get(name, "the system does not say"))
    return Measurement(
        fact=spec.name, value=value, unit=spec.unit, method="read from the system's own description"
    )


def _one(value: float | None) -> Quantity | None:
    return None if value is None else Quantity(float(value))


def _bytes(value: float | None) -> Quantity | None:
    return None if value is None else Quantity(float(value), "B")


def _identity(files: HostFiles, topology: Topology) -> dict[str, Value | None]:
    return {
        "os": f"{platform.system()} {platform.release()}",
        "architecture": platform.machine(),
        "virtualisation": describe_virtualisation(files),
        "cpu.model": topology.model or platform.processor() or None,
    }


def _cpu_counts(topology: Topology) -> dict[str, Value | None]:
    threads = len(topology.cpus)
    return {
        "cpu.sockets": _one(topology.packages or None),
        "cpu.cores": _one(topology.cores or None),
        "cpu.threads": _one(threads or None),
        "cpu.allowed": _one(len(topology.allowed)),
        "cpu.l1d": _bytes(topology.cache_size(1)),
        "cpu.l2": _bytes(topology.cache_size(2)),
        "cpu.l3": _bytes(topology.cache_size(3)),
    }


def _peak(files: HostFiles) -> tuple[Quantity | None, str]:
    modules = read_modules(files)
    peak = peak_bandwidth(modules)
    if peak is None:
        return None, ""
    note = f"{len(modules)} memory modules at {modules[0].speed} MT/s, from the SMBIOS table"
    return Quantity(peak, "B/s"), note


def _conditions(topology: Topology) -> dict[str, str]:
    """Return what the catalogue has no facts for: cache sharing, SMT, hybrid cores, NUMA distances."""
    found = {"affinity": ",".join(map(str, topology.allowed))}
    if topology.cpus:
        found["smt"] = "on" if len(topology.cpus) > topology.cores else "off or hidden"
    for cache in topology.caches:
        if cache.kind != "Instruction":
            size = f"{cache.size // 1024} KiB, line {cache.line} B, {cache.ways} ways"
            found.setdefault(
                f"cache.l{cache.level}", f"{size}, shared by {len(cache.cpus)} logical processors"
            )
    for kind in sorted({cpu.kind for cpu in topology.cpus if cpu.kind}):
        found[f"cores.{kind}"] = ",".join(str(cpu.number) for cpu in topology.cpus if cpu.kind == kind)
    for node in topology.nodes:
        memory = f"{node.memory / _GIB:.1f} GiB" if node.memory else "no memory"
        distances = " ".join(map(str, node.distances))
        cpus = f"{len(node.cpus)} logical processors" if node.cpus else "no processors of its own"
        found[f"node{node.number}"] = f"{cpus}, {memory}, distances {distances}"
    return found
