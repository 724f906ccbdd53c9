"""This machine's processors, caches, memory sizes and limits -> measurements; reads files only, about 10 ms."""

from __future__ import annotations

from poc_gate.inputs.probe.interface import Probe, ProbeContext, ProbeOutcome, machine_fact

_PIB = 2.0**50

FACTS = (
    machine_fact("os", "Operating system and kernel of the machine."),
    machine_fact("architecture", "Instruction set architecture, such as x86_64 or aarch64."),
    machine_fact("virtualisation", "Hypervisor and container the measurements were made under, or `none`."),
    machine_fact("cpu.model", "Processor model as the system names it."),
    machine_fact("cpu.microarchitecture", "Microarchitecture, from the processor's family and model numbers."),
    machine_fact("cpu.sockets", "Processor sockets.", unit="1", low=1, high=1024),
    machine_fact("cpu.cores", "Physical cores, as far as the system shows them.", unit="1", low=1, high=65536),
    machine_fact("cpu.threads", "Logical processors that are online.", unit="1", low=1, high=65536),
    machine_fact("cpu.allowed", "Logical processors this process may run on.", unit="1", low=1, high=65536),
    machine_fact("cpu.quota", "CPUs that the container may use at once.", unit="1", low=0.001, high=65536),
    machine_fact("cpu.l1d", "First-level data cache of one core.", unit="B", low=1024, high=2.0**24),
    machine_fact("cpu.l2", "Second-level cache of one core or cluster.", unit="B", low=1024, high=2.0**30),
    machine_fact("cpu.l3", "Third-level cache of one instance, as the system states it.", unit="B", low=1024, high=2.0**35),
    machine_fact("memory.total", "Memory of the machine.", unit="B", low=2.0**20, high=_PIB),
    machine_fact("memory.limit", "Memory the container may use.", unit="B", low=2.0**20, high=_PIB),
    machine_fact("memory.available", "Memory free for new work, within the limit.", unit="B", low=0, high=_PIB),
    machine_fact("memory.numa_nodes", "Memory nodes that hold memory.", unit="1", low=1, high=4096),
    machine_fact(
        "memory.peak_bandwidth",
        "Theoretical bandwidth of the populated memory channels.",
        unit="B/s",
        low=1e8,
        high=1e14,
    ),
)  # fmt: skip


def run(context: ProbeContext) -> ProbeOutcome:
    """Return the topology as measurements; everything the system hides is absent with a reason."""
    from poc_gate.inputs.probe.topology.topology_outcome import probe_topology

    return probe_topology(context, FACTS)


PROBE = Probe(
    name="topology",
    summary="processors, caches, memory sizes, NUMA nodes and container limits",
    facts=FACTS,
    run=run,
)
