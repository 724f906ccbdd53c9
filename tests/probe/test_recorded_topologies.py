"""Recorded machines of many kinds: what is read from their `/proc` and `/sys` equals what hwloc reads from the same files."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from poc_gate.probe import topology_probe
from poc_gate.probe.cpu_topology import Topology, read_topology
from poc_gate.probe.host_files import HostFiles
from poc_gate.probe.interface import ProbeContext, ProbeOptions
from poc_gate.probe.microarchitecture import microarchitecture_of

ARCHIVES = sorted(Path(__file__).with_name("recorded_hosts").glob("*.tar.bz2"))
SPARK, HYBRID, POWER = "nvidia-dgx-gb10", "20em64t-hybrid-1p6c2t+2ca4co1t", "nvidiagpunumanodes"


@pytest.fixture(scope="module")
def hosts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Unpack every archive once; name -> the folder that stands for `/`."""
    roots = {}
    for archive in ARCHIVES:
        folder = tmp_path_factory.mktemp("host")
        with tarfile.open(archive) as packed:
            # Links lead to places outside; nothing that is compared lies behind one.
            packed.extractall(folder, [m for m in packed if m.isfile() or m.isdir()], filter="data")
        roots[archive.name.removesuffix(".tar.bz2")] = next(folder.iterdir())
    return roots


def by_hwloc(root: Path) -> ET.Element:
    if not shutil.which("lstopo-no-graphics"):
        pytest.skip("hwloc is not installed")
    command = ["lstopo-no-graphics", "--input", str(root), "--if", "fsroot", "--of", "xml", "--whole-system"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return ET.fromstring(done.stdout)


def objects(tree: ET.Element, kind: str) -> list[ET.Element]:
    return [element for element in tree.iter("object") if element.get("type") == kind]


def members(mask: str | None) -> tuple[int, ...]:
    """Return the numbers of hwloc's `0x0000ffff,0xffffffff`."""
    bits = 0
    for word in (mask or "0x0").split(","):
        bits = bits << 32 | int(word or "0", 16)
    return tuple(n for n in range(bits.bit_length()) if bits >> n & 1)


def names() -> list[str]:
    return [archive.name.removesuffix(".tar.bz2") for archive in ARCHIVES]


@pytest.mark.parametrize("name", names())
def test_sockets_cores_threads_and_caches_equal_hwloc(hosts: dict[str, Path], name: str):
    theirs, ours = by_hwloc(hosts[name]), read_topology(HostFiles(hosts[name]), ())
    assert ours.packages == len(objects(theirs, "Package"))
    assert ours.cores == len(objects(theirs, "Core"))
    assert [cpu.number for cpu in ours.cpus] == sorted(
        int(o.get("os_index", -1)) for o in objects(theirs, "PU")
    )
    for level in (1, 2, 3):
        wanted = sorted(
            (int(o.get("cache_size", 0)), int(o.get("cache_linesize", 0)), members(o.get("cpuset")))
            for o in objects(theirs, f"L{level}Cache")
        )
        found = [c for c in ours.caches if c.level == level and c.kind != "Instruction"]
        assert sorted((c.size, c.line or 0, c.cpus) for c in found) == wanted


@pytest.mark.parametrize("name", names())
def test_nodes_and_distances_equal_hwloc(hosts: dict[str, Path], name: str):
    theirs, ours = by_hwloc(hosts[name]), read_topology(HostFiles(hosts[name]), ())
    wanted = {
        int(o.get("os_index", -1)): (members(o.get("cpuset")), int(o.get("local_memory", 0)))
        for o in objects(theirs, "NUMANode")
    }
    # hwloc leaves out the nodes that are a device's memory; here they stay, as nodes without processors.
    beside = [node for node in ours.nodes if node.number not in wanted]
    assert [node.cpus for node in beside] == [()] * (6 if name == POWER else 0)
    for node in ours.nodes:
        if node.number in wanted:
            assert (node.cpus, node.memory or 0) == wanted[node.number]
    assert _distances(theirs).items() <= _our_distances(ours).items()


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


def test_ten_fast_and_ten_slow_cores_that_differ_a_little_among_themselves(hosts: dict[str, Path]):
    """The cores' capacities are 718, 731, 997, 1017 and 1024: five numbers, two kinds."""
    topology = read_topology(HostFiles(hosts[SPARK]), (0, 1, 5, 19))
    kinds = {cpu.number: cpu.kind for cpu in topology.cpus}
    assert [n for n, kind in kinds.items() if kind == "performance"] == [5, 6, 7, 8, 9, 15, 16, 17, 18, 19]
    assert sum(kind == "efficiency" for kind in kinds.values()) == 10
    assert microarchitecture_of(topology) == "cortex-x925 + cortex-a725"
    assert topology.first_allowed() == 5


def test_threads_of_a_core_are_told_by_their_siblings(hosts: dict[str, Path]):
    topology = read_topology(HostFiles(hosts[HYBRID]), tuple(range(20)))
    assert topology.one_per_core() == (0, 2, 4, 6, 8, 10, *range(12, 20))
    power = read_topology(HostFiles(hosts[POWER]), tuple(range(8)))
    assert power.one_per_core() == (0, 4)


@pytest.mark.parametrize("name", names())
def test_the_probe_answers_on_every_recorded_machine(hosts: dict[str, Path], name: str):
    outcome = topology_probe.PROBE.run(ProbeContext(ProbeOptions(), HostFiles(hosts[name])))
    assert all(m.value is not None or m.reason for m in outcome.measurements)
    words = outcome.environment
    assert f"node{min(n.number for n in read_topology(HostFiles(hosts[name]), ()).nodes)}" in words
    if name == POWER:
        assert "no processors of its own, 15.0 GiB" in words["node250"]
