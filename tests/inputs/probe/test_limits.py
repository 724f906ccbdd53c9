"""Container limits, memory modules, virtualisation and the network link, from hosts written for the test."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from recorded_host import host

from poc_gate.inputs.probe.host.container_limits import read_container_limits
from poc_gate.inputs.probe.host.host_files import HostFiles
from poc_gate.inputs.probe.host.system_memory import read_memory, usable_memory
from poc_gate.inputs.probe.host.virtualisation import describe_virtualisation
from poc_gate.inputs.probe.interface import ProbeContext, ProbeOptions
from poc_gate.inputs.probe.network import network_probe
from poc_gate.inputs.probe.topology.dmi_memory import peak_bandwidth, read_modules
from poc_gate.model.quantity import Quantity

GIB = 2**30


def test_version_2_takes_the_tightest_ancestor(tmp_path: Path):
    files = host(
        tmp_path,
        {
            "/proc/self/cgroup": "0::/team/job",
            "/sys/fs/cgroup/cgroup.controllers": "cpu memory",
            "/sys/fs/cgroup/team/cpu.max": "150000 100000",
            "/sys/fs/cgroup/team/memory.max": "max",
            "/sys/fs/cgroup/team/job/cpu.max": "max 100000",
            "/sys/fs/cgroup/team/job/memory.max": str(2 * GIB),
            "/sys/fs/cgroup/team/job/memory.current": str(GIB),
            "/sys/fs/cgroup/team/job/cpu.stat": "usage_usec 5\nnr_throttled 7\nthrottled_usec 1500000",
        },
    )
    limits = read_container_limits(files)
    assert limits.cpus == 1.5
    assert (limits.memory, limits.memory_used) == (2 * GIB, GIB)
    assert (limits.throttled_periods, limits.throttled_seconds) == (7, 1.5)


def test_version_1_and_its_no_limit(tmp_path: Path):
    files = host(
        tmp_path,
        {
            "/proc/self/cgroup": "4:memory:/box\n1:cpu,cpuacct:/box\n9:name=systemd:/",
            "/sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_quota_us": "50000",
            "/sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_period_us": "100000",
            "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "-1",
            "/sys/fs/cgroup/memory/box/memory.limit_in_bytes": str(GIB),
            "/sys/fs/cgroup/memory/memory.limit_in_bytes": str(2**63 - 4096),
        },
    )
    limits = read_container_limits(files)
    assert (limits.cpus, limits.memory) == (0.5, GIB)


def test_memory_is_what_the_container_has_left(tmp_path: Path):
    files = host(
        tmp_path,
        {
            "/proc/meminfo": "MemTotal: 16777216 kB\nMemAvailable: 8388608 kB",
            "/proc/self/cgroup": "0::/a",
            "/sys/fs/cgroup/a/memory.max": str(4 * GIB),
            "/sys/fs/cgroup/a/memory.current": str(3 * GIB),
        },
    )
    limits = read_container_limits(files)
    assert usable_memory(files, limits) == GIB
    assert read_memory(files, limits)["memory.limit"] == Quantity(4.0 * GIB, "B")


def test_a_limit_above_the_machines_memory_binds_nothing(tmp_path: Path):
    files = host(
        tmp_path,
        {
            "/proc/meminfo": "MemTotal: 1048576 kB\nMemAvailable: 524288 kB",
            "/proc/self/cgroup": "0::/a",
            "/sys/fs/cgroup/a/memory.max": str(64 * GIB),
        },
    )
    assert read_memory(files, read_container_limits(files))["memory.limit"] is None


def test_without_control_groups_nothing_binds(tmp_path: Path):
    limits = read_container_limits(HostFiles(tmp_path))
    assert (limits.cpus, limits.memory, limits.throttled_periods) == (None, None, 0)


def module(size_mib: int, speed: int, locator: str, bank: str) -> bytes:
    """Return one type 17 structure as SMBIOS 3.2 lays it out."""
    body = bytearray(0x28)
    body[0], body[1] = 17, 0x28
    struct.pack_into("<HHH", body, 0x08, 72, 64, size_mib)
    body[0x10], body[0x11] = 1, 2
    struct.pack_into("<H", body, 0x15, speed)
    struct.pack_into("<H", body, 0x20, speed)
    return bytes(body) + locator.encode() + b"\0" + bank.encode() + b"\0\0"


def test_peak_counts_channels_not_modules(tmp_path: Path):
    other = bytes([4, 6, 0, 0, 0, 0]) + b"CPU\0\0"
    table = other + b"".join(
        module(16384, 4800, f"DIMM {slot}", f"P0 CHANNEL {channel}") for channel in "AB" for slot in (0, 1)
    )
    modules = read_modules(host(tmp_path, {"/sys/firmware/dmi/tables/DMI": table}))
    assert [m.size for m in modules] == [16 * GIB] * 4
    assert peak_bandwidth(modules) == 2 * 4800e6 * 8


@pytest.mark.parametrize(
    "table", [b"", b"\x11", b"\x11\x28" + b"\0" * 10, module(0, 4800, "A", "B"), b"\xff" * 99]
)
def test_broken_and_empty_tables_give_no_peak(tmp_path: Path, table: bytes):
    assert peak_bandwidth(read_modules(host(tmp_path, {"/sys/firmware/dmi/tables/DMI": table}))) is None


def test_an_unknown_speed_gives_no_peak(tmp_path: Path):
    files = host(tmp_path, {"/sys/firmware/dmi/tables/DMI": module(8192, 0, "DIMM_A1", "BANK 0")})
    assert peak_bandwidth(read_modules(files)) is None


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"/proc/cpuinfo": "flags : sse2"}, "none"),
        ({"/proc/cpuinfo": "flags : hypervisor", "/sys/class/dmi/id/sys_vendor": "Amazon EC2"}, "virtual machine (Amazon Nitro or Xen)"),
        ({"/proc/cpuinfo": "flags : sse2", "/sys/class/dmi/id/sys_vendor": "Amazon EC2"}, "none"),
        ({"/proc/cpuinfo": "flags : hypervisor", "/.dockerenv": ""}, "virtual machine, container (Docker)"),
        ({"/proc/cpuinfo": "Features : fp asimd", "/sys/class/dmi/id/sys_vendor": "Amazon EC2", "/sys/class/dmi/id/product_name": "c8g.large"}, "virtual machine (Amazon Nitro or Xen)"),
        ({"/proc/cpuinfo": "Features : fp asimd", "/sys/class/dmi/id/sys_vendor": "Amazon EC2", "/sys/class/dmi/id/product_name": "c8g.metal-24xl"}, "none"),
        ({"/proc/cpuinfo": "Features : fp asimd", "/sys/class/dmi/id/sys_vendor": "NVIDIA"}, "none"),
        ({"/proc/cpuinfo": "Features : fp asimd", "/proc/device-tree/hypervisor/compatible": "linux,kvm"}, "virtual machine (KVM)"),
        ({"/proc/cpuinfo": "Features : fp asimd"}, None),
        ({}, None),
        ({"/proc/cpuinfo": "flags : x", "/proc/1/cgroup": "0::/kubepods/pod1"}, "container (Kubernetes)"),
    ],
)  # fmt: skip
def test_virtualisation(tmp_path: Path, files: dict[str, str | bytes], words: str | None):
    assert describe_virtualisation(host(tmp_path, files)) == words


ROUTE = "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\n"


@pytest.mark.parametrize(
    ("files", "speed", "interface"),
    [
        ({"/proc/net/route": f"{ROUTE}eth1\t00000000\t0\t3\t0\t0\t100\t00000000\neth0\t00000000\t0\t3\t0\t0\t5\t00000000",
          "/sys/class/net/eth0/speed": "25000"}, Quantity(25000 * 125000.0, "B/s"), "eth0 (virtual)"),
        ({"/proc/net/route": f"{ROUTE}ib0\t00000000\t0\t3\t0\t0\t5\t00000000", "/sys/class/net/ib0/speed": "-1",
          "/sys/class/net/ib0/type": "32"}, None, "ib0 (InfiniBand)"),
        ({"/proc/net/route": ROUTE}, None, None),
        ({}, None, None),
    ],
)  # fmt: skip
def test_network_link(
    tmp_path: Path, files: dict[str, str | bytes], speed: Quantity | None, interface: str | None
):
    outcome = network_probe.PROBE.run(ProbeContext(ProbeOptions(), host(tmp_path, files)))
    found = {m.fact: m for m in outcome.measurements}
    assert found["machine.network.link_speed"].value == speed
    assert found["machine.network.interface"].value == interface
    assert all(m.value is not None or m.reason for m in outcome.measurements)


def test_page_cache_that_can_be_given_back_is_not_used_memory(tmp_path: Path):
    files = host(
        tmp_path,
        {
            "/proc/meminfo": "MemTotal: 67108864 kB\nMemAvailable: 50331648 kB",
            "/proc/self/cgroup": "0::/a",
            "/sys/fs/cgroup/a/memory.max": str(8 * GIB),
            "/sys/fs/cgroup/a/memory.current": str(7 * GIB),
            "/sys/fs/cgroup/a/memory.stat": f"anon {GIB}\nfile {6 * GIB}\ninactive_file {5 * GIB}\nactive_file {GIB}",
        },
    )
    assert usable_memory(files, read_container_limits(files)) == 6 * GIB


def test_page_cache_of_version_1(tmp_path: Path):
    files = host(
        tmp_path,
        {
            "/proc/self/cgroup": "4:memory:/box",
            "/sys/fs/cgroup/memory/box/memory.limit_in_bytes": str(4 * GIB),
            "/sys/fs/cgroup/memory/box/memory.usage_in_bytes": str(4 * GIB),
            "/sys/fs/cgroup/memory/box/memory.stat": f"inactive_file 1\ntotal_inactive_file {3 * GIB}",
        },
    )
    assert read_container_limits(files).memory_left == 3 * GIB


def test_the_smaller_remainder_binds_and_not_the_smaller_limit(tmp_path: Path):
    files = host(
        tmp_path,
        {
            "/proc/self/cgroup": "0::/team/job",
            "/sys/fs/cgroup/cgroup.controllers": "memory",
            "/sys/fs/cgroup/team/memory.max": str(16 * GIB),
            "/sys/fs/cgroup/team/memory.current": str(15 * GIB),
            "/sys/fs/cgroup/team/job/memory.max": str(8 * GIB),
            "/sys/fs/cgroup/team/job/memory.current": str(2 * GIB),
        },
    )
    limits = read_container_limits(files)
    assert (limits.memory, limits.memory_left) == (8 * GIB, GIB)


def test_the_mark_above_which_a_group_is_slowed_down_is_a_limit(tmp_path: Path):
    files = host(
        tmp_path,
        {
            "/proc/self/cgroup": "0::/a",
            "/sys/fs/cgroup/a/memory.max": "max",
            "/sys/fs/cgroup/a/memory.high": str(3 * GIB),
            "/sys/fs/cgroup/a/memory.current": str(GIB),
        },
    )
    limits = read_container_limits(files)
    assert (limits.memory, limits.memory_left) == (3 * GIB, 2 * GIB)
