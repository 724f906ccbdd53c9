"""Machines of many kinds: what is read from their `/proc` and `/sys` equals what hwloc reads from the same files."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace
from written_hosts import Socket, write_machine
from written_machines import MACHINES

from poc_gate.inputs.probe.host.container_limits import read_container_limits
from poc_gate.inputs.probe.host.host_files import HostFiles
from poc_gate.inputs.probe.interface import ProbeContext, ProbeOptions
from poc_gate.inputs.probe.topology import topology_probe
from poc_gate.inputs.probe.topology.cpu_topology import Topology, read_topology
from poc_gate.inputs.probe.topology.microarchitecture import microarchitecture_of

ARM, HYBRID, CONTAINER = "arm-two-kinds", "x86-hybrid", "two-nodes-in-each-socket"
OFF_LINE, ACCELERATORS = "four-of-sixteen-off-line", "accelerator-memory-nodes"
every_machine = pytest.mark.parametrize("name", MACHINES)


@pytest.fixture(scope="module")
def hosts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, HostFiles]:
    """Write every machine once; name -> the reader that sees it as the whole system."""
    return {
        name: write_machine(tmp_path_factory.mktemp("host"), machine) for name, machine in MACHINES.items()
    }


def by_hwloc(root: Path) -> ET.Element:
    if not shutil.which("lstopo-no-graphics"):
        pytest.skip("hwloc is not installed")
    command = ["lstopo-no-graphics", "--input", str(root), "--if", "fsroot", "--of", "xml", "--whole-system"]
    # Without this hwloc leaves out the nodes that are an accelerator's memory.
    variables = os.environ | {"HWLOC_KEEP_NVIDIA_GPU_NUMA_NODES": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=variables)
    assert "invalid information" not in done.stderr, "hwloc says that the files contradict each other"
    return ET.fromstring(done.stdout)


def objects(tree: ET.Element, kind: str) -> list[ET.Element]:
    return [element for element in tree.iter("object") if element.get("type") == kind]


def members(mask: str | None) -> tuple[int, ...]:
    """Return the numbers of hwloc's `0x0000ffff,0xffffffff`."""
    bits = 0
    for word in (mask or "0x0").split(","):
        bits = bits << 32 | int(word or "0", 16)
    return tuple(n for n in range(bits.bit_length()) if bits >> n & 1)


@every_machine
def test_sockets_cores_threads_and_caches_equal_hwloc(hosts: dict[str, HostFiles], name: str):
    theirs, ours = by_hwloc(hosts[name].root), read_topology(hosts[name], ())
    assert ours.packages == len(objects(theirs, "Package"))
    assert ours.cores == len(objects(theirs, "Core"))
    assert [cpu.number for cpu in ours.cpus] == sorted(
        int(o.get("os_index", -1)) for o in objects(theirs, "PU")
    )
    for level in (1, 2, 3):
        wanted = sorted(
            (
                int(o.get("cache_size", 0)),
                int(o.get("cache_linesize", 0)),
                int(o.get("cache_associativity", 0)),
                members(o.get("cpuset")),
            )
            for o in objects(theirs, f"L{level}Cache")
        )
        found = [c for c in ours.caches if c.level == level and c.kind != "Instruction"]
        assert sorted((c.size, c.line or 0, c.ways or 0, c.cpus) for c in found) == wanted


@every_machine
def test_threads_of_a_core_and_cores_of_a_socket_equal_hwloc(hosts: dict[str, HostFiles], name: str):
    theirs, ours = by_hwloc(hosts[name].root), read_topology(hosts[name], ())
    for kind, place in (("Core", "core"), ("Package", "package")):
        groups: dict[int, list[int]] = {}
        for cpu in ours.cpus:
            groups.setdefault(getattr(cpu, place), []).append(cpu.number)
        assert sorted(map(tuple, groups.values())) == sorted(
            members(o.get("cpuset")) for o in objects(theirs, kind)
        )


@every_machine
def test_nodes_and_distances_equal_hwloc(hosts: dict[str, HostFiles], name: str):
    theirs, ours = by_hwloc(hosts[name].root), read_topology(hosts[name], ())
    wanted = {
        int(o.get("os_index", -1)): (members(o.get("cpuset")), int(o.get("local_memory", 0)))
        for o in objects(theirs, "NUMANode")
    }
    assert {node.number: (node.cpus, node.memory or 0) for node in ours.nodes} == wanted
    # With one node there is nothing to be distant from, and hwloc says nothing.
    assert _distances(theirs) == (_our_distances(ours) if len(ours.nodes) > 1 else {})


def _distances(tree: ET.Element) -> dict[tuple[int, int], int]:
    found = {}
    for matrix in tree.iter("distances2"):
        if matrix.get("type") == "NUMANode":
            numbers = [int(word) for part in matrix.iter("indexes") for word in (part.text or "").split()]
            values = [int(word) for part in matrix.iter("u64values") for word in (part.text or "").split()]
            pairs = ((a, b) for a in numbers for b in numbers)
            found |= dict(zip(pairs, values, strict=True))
    return found


def _our_distances(topology: Topology) -> dict[tuple[int, int], int]:
    numbers = [node.number for node in topology.nodes]
    return {
        (node.number, other): distance
        for node in topology.nodes
        for other, distance in zip(numbers, node.distances, strict=True)
    }


@every_machine
def test_everything_that_was_written_is_read(hosts: dict[str, HostFiles], name: str):
    """Two readers that agree on nothing at all would agree too: this holds ours to the description."""
    machine, topology = MACHINES[name], read_topology(hosts[name], ())
    on = set(machine.online)
    assert tuple(cpu.number for cpu in topology.cpus) == machine.online
    assert topology.packages == len(machine.sockets)
    assert topology.cores == sum(
        bool(on & set(core.cpus)) for socket in machine.sockets for core in socket.cores
    )
    groups = [(cache, group) for cache in machine.caches for group in cache.shared if on & set(group)]
    assert len(topology.caches) == len(groups)
    assert len(topology.nodes) == max(len(machine.nodes), 1)


def test_fast_and_slow_cores_that_differ_a_little_among_themselves(hosts: dict[str, HostFiles]):
    """The cores' capacities are 704, 716, 982, 1008 and 1024: five numbers, two kinds."""
    topology = read_topology(hosts[ARM], (0, 1, 4, 15))
    fast = [cpu.number for cpu in topology.cpus if cpu.kind == "performance"]
    slow = [cpu.number for cpu in topology.cpus if cpu.kind == "efficiency"]
    assert fast == [4, 5, 6, 7, 12, 13, 14, 15]
    assert len(fast) + len(slow) == 16
    assert microarchitecture_of(topology)[0] == "cortex-x925 + cortex-a725"
    assert topology.first_allowed() == 4
    ranks = {
        cpu: int(kind.get("forced_efficiency", -1))
        for kind in by_hwloc(hosts[ARM].root).iter("cpukind")
        for cpu in members(kind.get("cpuset"))
    }
    assert max(ranks[n] for n in slow) < min(ranks[n] for n in fast)


def test_capacities_alone_tell_the_kinds_where_the_cores_have_no_part_numbers(tmp_path: Path):
    arm = MACHINES[ARM]
    cores = tuple(replace(core, part=None) for core in arm.sockets[0].cores)
    riscv = replace(arm, sockets=(Socket(0, cores),), every_processor=(("isa", "rv64imafdcv"),))
    topology = read_topology(write_machine(tmp_path, riscv), ())
    fast = [cpu.number for cpu in topology.cpus if cpu.kind == "performance"]
    assert fast == [4, 5, 6, 7, 12, 13, 14, 15]


def test_kinds_that_the_driver_lists(hosts: dict[str, HostFiles]):
    kinds = [cpu.kind for cpu in read_topology(hosts[HYBRID], ()).cpus]
    assert kinds == ["performance"] * 8 + ["efficiency"] * 8


def test_threads_of_a_core_are_told_by_their_siblings(hosts: dict[str, HostFiles]):
    topology = read_topology(hosts[HYBRID], tuple(range(16)))
    assert topology.one_per_core() == (0, 2, 4, 6, *range(8, 16))
    assert read_topology(hosts[ACCELERATORS], tuple(range(8))).one_per_core() == (0, 4)
    assert read_topology(hosts[OFF_LINE], tuple(range(16))).one_per_core() == (0, 1, 3, 4, 6, 7, 10)


def test_a_container_is_limited_and_still_sees_the_whole_machine(hosts: dict[str, HostFiles]):
    limits = read_container_limits(hosts[CONTAINER])
    assert (limits.cpus, limits.memory, limits.memory_used) == (2.5, 6 * 2**30, 2**30)
    assert len(read_topology(hosts[CONTAINER], ()).cpus) == 16
    (machine,) = objects(by_hwloc(hosts[CONTAINER].root), "Machine")
    assert (members(machine.get("cpuset")), members(machine.get("allowed_cpuset"))) == (
        tuple(range(16)),
        (4, 5, 6, 7),
    )


@every_machine
def test_the_probe_answers_on_every_machine(hosts: dict[str, HostFiles], name: str):
    outcome = topology_probe.PROBE.run(ProbeContext(ProbeOptions(), hosts[name]))
    assert all(m.value is not None or m.reason for m in outcome.measurements)
    words = outcome.environment
    assert f"node{min(n.number for n in read_topology(hosts[name], ()).nodes)}" in words
    if name == ACCELERATORS:
        assert "no processors of its own, 16.0 GiB" in words["node252"]
