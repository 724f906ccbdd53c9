"""`/proc/cpuinfo` and `/sys/devices/system` -> processors, cores, caches and memory nodes, as the kernel sees them."""

from __future__ import annotations

import os
import re

from msgspec import Struct

from poc_gate.inputs.probe.host.host_files import HostFiles, keyed_lines, mask_numbers, number_list
from poc_gate.inputs.probe.topology.core_kinds import core_kinds

_CPUS = "/sys/devices/system/cpu"
_NODES = "/sys/devices/system/node"
_SIZE = re.compile(r"(\d+)([KMG]?)")


class Cpu(Struct, frozen=True):
    """One logical processor."""

    number: int
    package: int
    core: int
    """The first logical processor of its core: core numbers of the system repeat between dies and packages."""
    kind: str = ""
    """`performance`, `efficiency`, and for a third kind `middle` or `low-power`; empty where all cores are alike."""


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
    parts: tuple[int, ...] = ()
    """Part numbers of the cores (Arm), the fastest kind first."""
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
        return len({cpu.core for cpu in self.cpus})

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
        first: dict[int, int] = {}
        for cpu in self.cpus:
            if cpu.number in self.allowed:
                first.setdefault(cpu.core, cpu.number)
        return tuple(sorted(first.values())) or self.allowed

    def first_allowed(self) -> int:
        """The logical processor for one thread: the first allowed one, on a fast core where there are two kinds."""
        fast = {cpu.number for cpu in self.cpus if cpu.kind == "performance"}
        return next((number for number in self.allowed if number in fast), self.allowed[0])


def allowed_cpus() -> tuple[int, ...]:
    """Return the logical processors this process may run on; affinity first, then the system's count."""
    if hasattr(os, "sched_getaffinity"):
        return tuple(sorted(os.sched_getaffinity(0)))
    return tuple(range(os.cpu_count() or 1))


def read_topology(files: HostFiles, allowed: tuple[int, ...]) -> Topology:
    """Return the host's topology; what cannot be read is left out."""
    text = files.text("/proc/cpuinfo")
    info = keyed_lines(text)
    online = _online(files)
    parts = _parts(text)
    kinds = core_kinds(files, online, parts)
    fastest_first = sorted(parts, key=lambda number: (kinds.get(number) != "performance", number))
    return Topology(
        cpus=tuple(_cpu(files, number, kinds.get(number, "")) for number in online),
        caches=_caches(files, online),
        nodes=_nodes(files, online),
        allowed=allowed,
        parts=tuple(dict.fromkeys(parts[number] for number in fastest_first)),
        model=info.get("model name") or info.get("cpu model") or "",
        vendor=info.get("vendor_id") or info.get("CPU implementer", ""),
        family=_number(info.get("cpu family") or info.get("CPU architecture")),
        model_number=_number(info.get("model") or info.get("CPU part")),
        flags=frozenset((info.get("flags") or info.get("Features") or "").split()),
    )


def _online(files: HostFiles) -> tuple[int, ...]:
    listed = number_list(files.text(f"{_CPUS}/online"))
    if listed:
        return listed
    numbers = [int(name[3:]) for name in files.names(_CPUS) if re.fullmatch(r"cpu\d+", name)]
    return tuple(n for n in sorted(numbers) if files.names(f"{_CPUS}/cpu{n}/topology"))


def _parts(cpuinfo: str | None) -> dict[int, int]:
    """Return the Arm part number of each logical processor."""
    found: dict[int, int] = {}
    for block in re.split(r"\n\s*\n", cpuinfo or ""):
        lines = keyed_lines(block)
        number, part = _number(lines.get("processor")), _number(lines.get("CPU part"))
        if number is not None and part is not None:
            found[number] = part
    return found


def _number(text: str | None) -> int | None:
    try:
        return int(text, 0) if text else None
    except ValueError:
        return None


def _cpu(files: HostFiles, number: int, kind: str) -> Cpu:
    folder = f"{_CPUS}/cpu{number}/topology"
    package = files.integer(f"{folder}/physical_package_id")
    siblings = _cpu_set(files, folder, "core_cpus", "thread_siblings") or (number,)
    inside = _cpu_set(files, folder, "package_cpus", "core_siblings")
    # Some guests and boards give -1 or nothing: then the processors that the kernel groups are one socket.
    known = package if package is not None and package >= 0 else 0
    return Cpu(number, package=min(inside, default=known), core=min(siblings), kind=kind)


def _cpu_set(files: HostFiles, folder: str, *names: str) -> tuple[int, ...]:
    """Return the processors of the first of these files there is, as list or as mask."""
    for name in names:
        found = number_list(files.text(f"{folder}/{name}_list")) or mask_numbers(
            files.text(f"{folder}/{name}")
        )
        if found:
            return found
    return ()


def _caches(files: HostFiles, online: tuple[int, ...]) -> tuple[Cache, ...]:
    found: set[Cache] = set()
    for number in online:
        folder = f"{_CPUS}/cpu{number}/cache"
        for name in files.names(folder):
            cache = _cache(files, f"{folder}/{name}", number, online) if name.startswith("index") else None
            if cache:
                found.add(cache)
    return tuple(sorted(found, key=lambda c: (c.level, c.kind, c.cpus)))


def _cache(files: HostFiles, folder: str, number: int, online: tuple[int, ...]) -> Cache | None:
    level, size = files.integer(f"{folder}/level"), _SIZE.fullmatch(files.text(f"{folder}/size") or "")
    if not level or not size:
        return None
    shared = number_list(files.text(f"{folder}/shared_cpu_list")) or mask_numbers(
        files.text(f"{folder}/shared_cpu_map")
    )
    factor = {"": 1, "K": 2**10, "M": 2**20, "G": 2**30}[size[2]]
    return Cache(
        level=level,
        kind=files.text(f"{folder}/type") or "Unified",
        size=int(size[1]) * factor,
        line=files.integer(f"{folder}/coherency_line_size"),
        ways=files.integer(f"{folder}/ways_of_associativity"),
        cpus=tuple(n for n in shared if n in online) or (number,),
    )


def _nodes(files: HostFiles, online: tuple[int, ...]) -> tuple[Node, ...]:
    """Return the memory nodes; a kernel that knows of none has one, with all processors and all memory."""
    names = [name for name in files.names(_NODES) if re.fullmatch(r"node\d+", name)]
    if online and not names:
        memory = re.search(r"MemTotal:\s+(\d+) kB", files.text("/proc/meminfo") or "")
        return (Node(0, online, int(memory[1]) * 1024 if memory else None, (10,)),)
    return tuple(sorted((_node(files, name, online) for name in names), key=lambda node: node.number))


def _node(files: HostFiles, name: str, online: tuple[int, ...]) -> Node:
    folder = f"{_NODES}/{name}"
    total = re.search(r"MemTotal:\s+(\d+) kB", files.text(f"{folder}/meminfo") or "")
    distances = tuple(int(part) for part in (files.text(f"{folder}/distance") or "").split())
    cpus = number_list(files.text(f"{folder}/cpulist")) or mask_numbers(files.text(f"{folder}/cpumap"))
    inside = tuple(n for n in cpus if n in online)
    return Node(int(name[4:]), inside, int(total[1]) * 1024 if total else None, distances)
