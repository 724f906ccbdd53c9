"""Topology: equal to hwloc on this machine, and right on written hosts of other kinds."""

from __future__ import annotations

import platform
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from recorded_host import host

from poc_gate.inputs.probe.host.host_files import HostFiles, number_list
from poc_gate.inputs.probe.interface import ProbeContext, ProbeOptions
from poc_gate.inputs.probe.topology import topology_probe
from poc_gate.inputs.probe.topology.cpu_topology import allowed_cpus, read_topology
from poc_gate.inputs.probe.topology.microarchitecture import microarchitecture_of
from poc_gate.model.quantity import Quantity

CPU = "/sys/devices/system/cpu"


@pytest.fixture(scope="module")
def hwloc() -> ET.Element:
    if not shutil.which("lstopo-no-graphics"):
        pytest.skip("hwloc is not installed")
    command = ["lstopo-no-graphics", "--of", "xml", "--whole-system"]
    out = subprocess.run(command, capture_output=True, text=True, check=True)
    return ET.fromstring(out.stdout)


def objects(tree: ET.Element, kind: str) -> list[ET.Element]:
    return [element for element in tree.iter("object") if element.get("type") == kind]


def test_counts_equal_hwloc(hwloc: ET.Element):
    topology = read_topology(HostFiles(), allowed_cpus())
    assert topology.packages == len(objects(hwloc, "Package"))
    assert topology.cores == len(objects(hwloc, "Core"))
    assert len(topology.cpus) == len(objects(hwloc, "PU"))
    assert [n.number for n in topology.nodes] == [
        int(o.get("os_index", 0)) for o in objects(hwloc, "NUMANode")
    ]


@pytest.mark.parametrize(("level", "kind"), [(1, "L1Cache"), (2, "L2Cache"), (3, "L3Cache")])
def test_caches_equal_hwloc(hwloc: ET.Element, level: int, kind: str):
    topology = read_topology(HostFiles(), allowed_cpus())
    ours = [c for c in topology.caches if c.level == level and c.kind != "Instruction"]
    theirs = objects(hwloc, kind)
    assert len(ours) == len(theirs)
    if ours:
        assert {c.size for c in ours} == {int(o.get("cache_size", 0)) for o in theirs}
        assert {c.line for c in ours} == {int(o.get("cache_linesize", 0)) for o in theirs}
        assert {c.ways for c in ours} == {int(o.get("cache_associativity", 0)) for o in theirs}


def test_memory_of_each_node_equals_the_kernels_own_account(hwloc: ET.Element):
    topology = read_topology(HostFiles(), allowed_cpus())
    theirs = [int(o.get("local_memory", 0)) for o in objects(hwloc, "NUMANode")]
    for node, size in zip(topology.nodes, theirs, strict=True):
        # A guest's memory may grow between the two readings (hot plug, balloon).
        assert node.memory == pytest.approx(size, rel=0.25)


def hybrid(root: Path) -> HostFiles:
    """Two performance cores with two threads each and two efficiency cores; two nodes."""
    files: dict[str, str | bytes] = {
        f"{CPU}/online": "0-5",
        "/sys/devices/cpu_core/cpus": "0-3",
        "/sys/devices/cpu_atom/cpus": "4-5",
        "/proc/cpuinfo": "processor : 0\nvendor_id : GenuineIntel\ncpu family : 6\nmodel : 183\n"
        "model name : A hybrid\nflags : sse2 avx2\n",
    }
    for cpu, (core, first) in enumerate(
        [(0, "0-1"), (0, "0-1"), (4, "2-3"), (4, "2-3"), (8, "4-5"), (9, "4-5")]
    ):
        files[f"{CPU}/cpu{cpu}/topology/physical_package_id"] = "0"
        files[f"{CPU}/cpu{cpu}/topology/core_id"] = str(core)
        files[f"{CPU}/cpu{cpu}/topology/core_cpus_list"] = first if cpu < 4 else str(cpu)
        for index, (level, kind, size, shared) in enumerate(
            [(1, "Data", "48K", first), (1, "Instruction", "32K", first), (2, "Unified", "2048K", first), (3, "Unified", "36M", "0-5")]
        ):  # fmt: skip
            folder = f"{CPU}/cpu{cpu}/cache/index{index}"
            files |= {
                f"{folder}/level": str(level), f"{folder}/type": kind, f"{folder}/size": size,
                f"{folder}/shared_cpu_list": shared, f"{folder}/coherency_line_size": "64",
                f"{folder}/ways_of_associativity": "12",
            }  # fmt: skip
    for node, cpus in ((0, "0-3"), (1, "4-5")):
        folder = f"/sys/devices/system/node/node{node}"
        files[f"{folder}/cpulist"] = cpus
        files[f"{folder}/distance"] = "10 21" if node == 0 else "21 10"
        files[f"{folder}/meminfo"] = f"Node {node} MemTotal:       1024 kB\n"
    return host(root, files)


def test_a_hybrid_processor_with_two_nodes(tmp_path: Path):
    topology = read_topology(hybrid(tmp_path), (0, 1, 2, 4))
    assert (topology.packages, topology.cores, len(topology.cpus)) == (1, 4, 6)
    assert [cpu.kind for cpu in topology.cpus] == ["performance"] * 4 + ["efficiency"] * 2
    assert topology.one_per_core() == (0, 2, 4)
    assert topology.cache_size(1) == 48 * 1024
    assert topology.last_level((0,)) == 36 * 2**20
    assert [(n.cpus, n.distances) for n in topology.nodes] == [((0, 1, 2, 3), (10, 21)), ((4, 5), (21, 10))]
    assert microarchitecture_of(topology) == ("raptor lake", "")


def test_a_host_that_shows_nothing_leaves_everything_unknown(tmp_path: Path):
    outcome = topology_probe.PROBE.run(ProbeContext(ProbeOptions(), HostFiles(tmp_path)))
    found = {m.fact: m for m in outcome.measurements}
    for name in ("cpu.sockets", "cpu.l1d", "cpu.quota", "memory.limit", "memory.peak_bandwidth"):
        assert found[f"machine.{name}"].value is None
        assert found[f"machine.{name}"].reason
    assert found["machine.cpu.allowed"].value == Quantity(float(len(allowed_cpus())))


@pytest.mark.parametrize(
    ("vendor", "family", "model", "flags", "name"),
    [
        ("GenuineIntel", 6, 0x55, "avx512f", "skylake-sp"),
        ("GenuineIntel", 6, 0x55, "avx512f avx512_vnni", "cascade lake"),
        ("GenuineIntel", 6, 0xCF, "", "emerald rapids"),
        ("AuthenticAMD", 0x19, 0x11, "", "zen 4"),
        ("AuthenticAMD", 0x19, 0x01, "", "zen 3"),
        ("AuthenticAMD", 0x17, 0x31, "", "zen 2"),
        ("AuthenticAMD", 0x1A, 0x02, "", "zen 5"),
        ("0x41", 8, 0xD4F, "", "neoverse-v2"),
        ("GenuineIntel", 6, 0xFFF, "", ""),
        ("Nobody", 1, 1, "", ""),
    ],
)  # fmt: skip
def test_microarchitectures(tmp_path: Path, vendor: str, family: int, model: int, flags: str, name: str):
    text = f"vendor_id : {vendor}\ncpu family : {family}\nmodel : {model}\nflags : {flags}\n"
    assert microarchitecture_of(read_topology(host(tmp_path, {"/proc/cpuinfo": text}), ()))[0] == name


@pytest.mark.parametrize(
    ("vendor", "family", "model", "flags", "words"),
    [
        ("GenuineIntel", 6, 0xA7, "avx512f amx_tile", "(family 6, model 167: rocket lake) contradict"),
        ("GenuineIntel", 6, 0x3F, "avx512f", "include AVX-512"),
        ("AuthenticAMD", 0x19, 0x01, "avx512f", "zen 3) contradict"),
        ("GenuineIntel", 6, 0xFFF, "", "has no entry"),
        ("", 6, 0xFFF, "", ""),
    ],
)
def test_numbers_that_the_instructions_contradict_name_nothing(
    tmp_path: Path, vendor: str, family: int, model: int, flags: str, words: str
):
    """As under a hypervisor that shows a model number of its own choice."""
    text = f"vendor_id : {vendor}\ncpu family : {family}\nmodel : {model}\nflags : {flags}\n"
    name, why = microarchitecture_of(read_topology(host(tmp_path, {"/proc/cpuinfo": text}), ()))
    assert name == ""
    assert words in why


def test_number_lists():
    assert number_list("0-3,8,10-11") == (0, 1, 2, 3, 8, 10, 11)
    assert number_list("") == number_list(None) == number_list("x-y") == ()


def test_this_machine_names_its_architecture():
    outcome = topology_probe.PROBE.run(ProbeContext(ProbeOptions()))
    found = {m.fact: m.value for m in outcome.measurements}
    assert found["machine.architecture"] == platform.machine()


@pytest.mark.parametrize(
    ("files", "kinds"),
    [
        ({"/sys/devices/cpu_lowpower/cpus": "5", "/sys/devices/cpu_atom/cpus": "4"}, ["efficiency", "low-power"]),
        ({"/sys/devices/cpu_atom/cpus": "4-5", f"{CPU}/cpu4/cpu_capacity": "700", f"{CPU}/cpu5/cpu_capacity": "400"},
         ["efficiency", "low-power"]),
    ],
)  # fmt: skip
def test_a_third_kind_of_cores_has_a_kind(tmp_path: Path, files: dict[str, str | bytes], kinds: list[str]):
    hybrid(tmp_path)
    topology = read_topology(host(tmp_path, files), ())
    assert [cpu.kind for cpu in topology.cpus] == ["performance"] * 4 + kinds


def test_three_kinds_by_capacity(tmp_path: Path):
    files: dict[str, str | bytes] = {f"{CPU}/online": "0-3"}
    for cpu, capacity in enumerate((400, 760, 760, 1024)):
        files[f"{CPU}/cpu{cpu}/cpu_capacity"] = str(capacity)
    topology = read_topology(host(tmp_path, files), ())
    assert [cpu.kind for cpu in topology.cpus] == ["efficiency", "middle", "middle", "performance"]
