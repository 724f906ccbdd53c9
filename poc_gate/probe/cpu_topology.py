"""`/proc/cpuinfo` and `/sys/devices/system` -> processors, cores, caches and memory nodes, as the kernel sees them."""

from __future__ import annotations

import os
import re

from msgspec import Struct

from poc_gate.probe.host_files import HostFiles, keyed_lines, number_list

_CPUS = "/sys/devices/system/cpu"
_NODES = "/sys/devices/system/node"
_SIZE = re.compile(r"(\d+)([KMG]?)")


class Cpu(Struct, frozen=True):
    """One logical processor."""

    number: int
    package: int
    core: int
    """Unique within its package (and die)."""
    kind: str = ""
    """`performance` or `efficiency` on processors with two kinds of cores, otherwise empty."""


class Cache(Struct, frozen=True):
    """One cache instance and the logical processors that share it."""

    level: int
    kind: str
    """`Data`, `Instruction` or `Unified`."""
    size: int
    """Bytes."""
    line: int | None
    ways: int | None
    cpus: tuple[int, ...]


class Node(Struct, frozen=True):
    """One memory node: its processors, its memory, and its distance to every node in order."""

    number: int
    cpus: tuple[int, ...]
    memory: int | None
    """Bytes."""
    distances: tuple[int, ...]


class Topology(Struct, frozen=True):
    """What the kernel says about the processors; empty tuples where it says nothing."""

    cpus: tuple[Cpu, ...] = ()
    caches: tuple[Cache, ...] = ()
    nodes: tuple[Node, ...] = ()
    allowed: tuple[int, ...] = ()
    """Logical processors this process may run on."""
    model: str = ""
    vendor: str = ""
    family: int | None = None
    model_number: int | None = None
    flags: frozenset[str] = frozenset()

    @property
    def packages(self) -> int:
        """Number of sockets."""
        return len({cpu.package for cpu in self.cpus})

    @property
    def cores(self) -> int:
        """Number of physical cores, as far as the kernel shows them."""
        return len({(cpu.package, cpu.core) for cpu in self.cpus})

    def cache_size(self, level: int) -> int | None:
        """Size in bytes of one data or unified cache of that level, the largest kind; None when unknown."""
        sizes = [cache.size for cache in self.caches if cache.level == level and cache.kind != "Instruction"]
        return max(sizes, default=None)

    def last_level(self, cpus: tuple[int, ...]) -> int:
        """Bytes of last-level cache that these processors reach together; 0 when unknown."""
        data = [cache for cache in self.caches if cache.kind != "Instruction"]
        top = max((cache.level for cache in data), default=0)
        return sum(cache.size for cache in data if cache.level == top and set(cache.cpus) & set(cpus))

    def one_per_core(self) -> tuple[int, ...]:
        """The first allowed logical processor of each core."""
        first: dict[tuple[int, int], int] = {}
        for cpu in self.cpus:
            if cpu.number in self.allowed:
                first.setdefault((cpu.package, cpu.core), cpu.number)
        return tuple(sorted(first.values())) or self.allowed


def allowed_cpus() -> tuple[int, ...]:
    """Return the logical processors this process may run on; affinity first, then the system's count."""
    if hasattr(os, "sched_getaffinity"):
        return tuple(sorted(os.sched_getaffinity(0)))
    return tuple(range(os.cpu_count() or 1))


def read_topology(files: HostFiles, allowed: tuple[int, ...]) -> Topology:
    """Return the host's topology; what cannot be read is left out."""
    info = keyed_lines(files.text("/proc/cpuinfo"))
    online = number_list(files.text(f"{_CPUS}/online"))
    kinds = _core_kinds(files, online)
    return Topology(
        cpus=tuple(_cpu(files, number, kinds.get(number, "")) for number in online),
        caches=_caches(files, online),
        nodes=_nodes(files),
        allowed=allowed,
        model=info.get("model name") or info.get("cpu model") or "",
        vendor=info.get("vendor_id") or info.get("CPU implementer", ""),
        family=_number(info.get("cpu family") or info.get("CPU architecture")),
        model_number=_number(info.get("model") or info.get("CPU part")),
        flags=frozenset((info.get("flags") or info.get("Features") or "").split()),
    )


def _number(text: str | None) -> int | None:
    try:
        return int(text, 0) if text else None
    except ValueError:
        return None


def _cpu(files: HostFiles, number: int, kind: str) -> Cpu:
    folder = f"{_CPUS}/cpu{number}/topology"
    package = files.integer(f"{folder}/physical_package_id")
    core = files.integer(f"{folder}/core_id")
    die = files.integer(f"{folder}/die_id") or 0
    # Some guests and boards give -1 or nothing: then every processor counts as a core of one socket.
    known = core is not None and core >= 0
    return Cpu(
        number=number,
        package=package if package is not None and package >= 0 else 0,
        core=(die << 16) + (core or 0) if known else number,
        kind=kind,
    )


def _core_kinds(files: HostFiles, online: tuple[int, ...]) -> dict[int, str]:
    fast = number_list(files.text("/sys/devices/cpu_core/cpus"))
    slow = number_list(files.text("/sys/devices/cpu_atom/cpus"))
    if fast and slow:
        return dict.fromkeys(fast, "performance") | dict.fromkeys(slow, "efficiency")
    capacity = {n: files.integer(f"{_CPUS}/cpu{n}/cpu_capacity") for n in online}
    known = [value for value in capacity.values() if value]
    if len(set(known)) < 2:
        return {}
    best = max(known)
    return {n: "performance" if value == best else "efficiency" for n, value in capacity.items()}


def _caches(files: HostFiles, online: tuple[int, ...]) -> tuple[Cache, ...]:
    found: set[Cache] = set()
    for number in online:
        folder = f"{_CPUS}/cpu{number}/cache"
        for name in files.names(folder):
            cache = _cache(files, f"{folder}/{name}", number) if name.startswith("index") else None
            if cache:
                found.add(cache)
    return tuple(sorted(found, key=lambda c: (c.level, c.kind, c.cpus)))


def _cache(files: HostFiles, folder: str, number: int) -> Cache | None:
    level, size = files.integer(f"{folder}/level"), _SIZE.fullmatch(files.text(f"{folder}/size") or "")
    if not level or not size:
        return None
    factor = {"": 1, "K": 2**10, "M": 2**20, "G": 2**30}[size[2]]
    return Cache(
        level=level,
        kind=files.text(f"{folder}/type") or "Unified",
        size=int(size[1]) * factor,
        line=files.integer(f"{folder}/coherency_line_size"),
        ways=files.integer(f"{folder}/ways_of_associativity"),
        cpus=number_list(files.text(f"{folder}/shared_cpu_list")) or (number,),
    )


def _nodes(files: HostFiles) -> tuple[Node, ...]:
    nodes = []
    for name in files.names(_NODES):
        if not re.fullmatch(r"node\d+", name):
            continue
        meminfo = files.text(f"{_NODES}/{name}/meminfo") or ""
        total = re.search(r"MemTotal:\s+(\d+) kB", meminfo)
        distances = tuple(int(part) for part in (files.text(f"{_NODES}/{name}/distance") or "").split())
        cpus = number_list(files.text(f"{_NODES}/{name}/cpulist"))
        nodes.append(Node(int(name[4:]), cpus, int(total[1]) * 1024 if total else None, distances))
    return tuple(sorted(nodes, key=lambda node: node.number))
