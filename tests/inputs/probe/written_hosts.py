"""A machine described in a few lines -> the `/proc` and `/sys` that Linux would show of it, written below a folder.

File names and forms follow the kernel's Documentation/admin-guide/cputopology.rst, Documentation/ABI/stable/
sysfs-devices-system-cpu and -node, and `proc_cpuinfo(5)`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct
from recorded_host import host

from poc_gate.inputs.probe.host.host_files import HostFiles

CPUS = "/sys/devices/system/cpu"
NODES = "/sys/devices/system/node"


class Core(Struct, frozen=True):
    """One core: its logical processors and what the kernel says of each of them."""

    cpus: tuple[int, ...]
    number: int
    """`core_id`; it may repeat in a socket."""
    die: int = 0
    capacity: int | None = None
    part: int | None = None
    """Part number of an Arm core."""


class Socket(Struct, frozen=True):
    """One socket; `number` may repeat or be -1."""

    number: int
    cores: tuple[Core, ...]

    @property
    def cpus(self) -> tuple[int, ...]:
        """The logical processors of all its cores."""
        return tuple(sorted(cpu for core in self.cores for cpu in core.cpus))


class CacheKind(Struct, frozen=True):
    """Caches of one size: each group of logical processors in `shared` has one of them."""

    level: int
    kind: str
    kib: int
    line: int
    ways: int
    shared: tuple[tuple[int, ...], ...]


class MemoryNode(Struct, frozen=True):
    """One memory node; `cpus` may name processors that are off line or not there."""

    number: int
    cpus: tuple[int, ...]
    kib: int
    distances: tuple[int, ...]
    accelerator: str = ""
    """PCI address of the NVIDIA accelerator whose memory this is."""


class Machine(Struct, frozen=True):
    """A whole machine, as its kernel shows it."""

    sockets: tuple[Socket, ...]
    caches: tuple[CacheKind, ...] = ()
    nodes: tuple[MemoryNode, ...] = ()
    offline: frozenset[int] = frozenset()
    mask_bits: int = 32
    """How many processors the kernel was built for: the width of its masks."""
    lists: bool = True
    """Older kernels write masks alone."""
    online_list: bool = True
    """Older kernels have no `online` beside the processors' folders."""
    new_names: bool = True
    """`core_cpus`, `die_cpus` and `package_cpus`, since Linux 5.3, beside `thread_siblings` and `core_siblings`."""
    fast: tuple[int, ...] = ()
    slow: tuple[int, ...] = ()
    """Both kinds of cores as Intel's driver lists them."""
    every_processor: tuple[tuple[str, str], ...] = ()
    """Lines of `/proc/cpuinfo` that are the same for each processor."""
    files: tuple[tuple[str, str], ...] = ()
    """Path and text of other files, such as control groups; they replace what would be written there."""

    @property
    def cores(self) -> dict[int, tuple[Socket, Core]]:
        """Socket and core of every logical processor, off line or not."""
        return {cpu: (socket, core) for socket in self.sockets for core in socket.cores for cpu in core.cpus}

    @property
    def online(self) -> tuple[int, ...]:
        """The logical processors that are on line."""
        return tuple(cpu for cpu in sorted(self.cores) if cpu not in self.offline)


def write_machine(root: Path, machine: Machine) -> HostFiles:
    """Write the machine's files below `root` and return the reader that sees them as the whole system."""
    files = {"/proc/cpuinfo": _cpuinfo(machine), "/proc/meminfo": _meminfo(machine), "/proc/mounts": _MOUNTS}
    files |= _kinds(machine)
    if machine.online_list:
        files[f"{CPUS}/online"] = number_ranges(machine.online)
    for cpu in machine.cores:
        if cpu > 0:  # the first one cannot be taken off line and has no switch
            files[f"{CPUS}/cpu{cpu}/online"] = "0" if cpu in machine.offline else "1"
        if cpu not in machine.offline:
            files |= _processor(machine, cpu) | _caches(machine, cpu)
    for node in machine.nodes:
        files |= _node(machine, node)
    files |= dict(machine.files)
    return host(root, {name: f"{text.rstrip()}\n" for name, text in files.items()})


_MOUNTS = "sysfs /sys sysfs rw,relatime 0 0\nproc /proc proc rw,relatime 0 0"


def number_ranges(numbers: Iterable[int]) -> str:
    """Return the kernel's list: `0-3,8`."""
    ordered = sorted(numbers)
    starts = [n for n in ordered if n - 1 not in ordered]
    ends = [n for n in ordered if n + 1 not in ordered]
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in zip(starts, ends, strict=True))


def mask(numbers: Iterable[int], bits: int) -> str:
    """Return the kernel's mask of `bits` bits: words of eight hexadecimal digits with commas between, highest first."""
    value = sum(1 << n for n in numbers)
    return ",".join(f"{value >> shift & 0xFFFFFFFF:08x}" for shift in range(bits - 32, -1, -32))


def _set(machine: Machine, mask_name: str, list_name: str, cpus: Iterable[int]) -> dict[str, str]:
    """Return the files that hold a set of processors, as a mask and, where the kernel does, as a list."""
    numbers = tuple(cpus)
    found = {mask_name: mask(numbers, machine.mask_bits)}
    return found | ({list_name: number_ranges(numbers)} if machine.lists else {})


def _processor(machine: Machine, cpu: int) -> dict[str, str]:
    socket, core = machine.cores[cpu]
    folder = f"{CPUS}/cpu{cpu}/topology"
    die = [n for one in socket.cores if one.die == core.die for n in one.cpus]
    groups = {"thread_siblings": core.cpus, "core_siblings": socket.cpus}
    files = {f"{folder}/physical_package_id": str(socket.number), f"{folder}/core_id": str(core.number)}
    if machine.new_names:
        groups |= {"core_cpus": core.cpus, "die_cpus": tuple(die), "package_cpus": socket.cpus}
        files[f"{folder}/die_id"] = str(core.die)
    for name, cpus in groups.items():
        here = [n for n in cpus if n not in machine.offline]
        files |= _set(machine, f"{folder}/{name}", f"{folder}/{name}_list", here)
    if core.capacity is not None:
        files[f"{CPUS}/cpu{cpu}/cpu_capacity"] = str(core.capacity)
    return files


def _caches(machine: Machine, cpu: int) -> dict[str, str]:
    mine = [(cache, group) for cache in machine.caches for group in cache.shared if cpu in group]
    files: dict[str, str] = {}
    for index, (cache, group) in enumerate(mine):
        folder = f"{CPUS}/cpu{cpu}/cache/index{index}"
        files |= {
            f"{folder}/level": str(cache.level),
            f"{folder}/type": cache.kind,
            f"{folder}/size": f"{cache.kib}K",
            f"{folder}/coherency_line_size": str(cache.line),
            f"{folder}/ways_of_associativity": str(cache.ways),
            f"{folder}/number_of_sets": str(cache.kib * 1024 // cache.line // cache.ways),
        }
        here = [n for n in group if n not in machine.offline]
        files |= _set(machine, f"{folder}/shared_cpu_map", f"{folder}/shared_cpu_list", here)
    return files


def _node(machine: Machine, node: MemoryNode) -> dict[str, str]:
    folder = f"{NODES}/node{node.number}"
    files = {
        f"{folder}/meminfo": f"Node {node.number} MemTotal:       {node.kib} kB",
        f"{folder}/distance": " ".join(map(str, node.distances)),
    }
    if node.accelerator:
        files[f"/proc/driver/nvidia/gpus/{node.accelerator}/numa_status"] = (
            f"Node: {node.number}\nStatus: online"
        )
    return files | _set(machine, f"{folder}/cpumap", f"{folder}/cpulist", node.cpus)


def _kinds(machine: Machine) -> dict[str, str]:
    if not machine.fast:
        return {}
    return {
        "/sys/devices/cpu_core/cpus": number_ranges(machine.fast),
        "/sys/devices/cpu_atom/cpus": number_ranges(machine.slow),
    }


def _cpuinfo(machine: Machine) -> str:
    blocks = []
    for cpu in machine.online:
        lines = [f"processor\t: {cpu}", *(f"{key}\t: {value}" for key, value in machine.every_processor)]
        part = machine.cores[cpu][1].part
        if part is not None:
            lines.append(f"CPU part\t: {part:#x}")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _meminfo(machine: Machine) -> str:
    total = sum(node.kib for node in machine.nodes) or 2 * 2**20
    return f"MemTotal:       {total} kB\nMemAvailable:   {total // 2} kB"
