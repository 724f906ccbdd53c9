"""Machines of the kinds that are hard to read. All are made up: none is a copy of a real machine's files."""

from __future__ import annotations

from written_hosts import CacheKind, Core, Machine, MemoryNode, Socket

_INTEL = (("vendor_id", "GenuineIntel"), ("cpu family", "6"))


def _each(cpus: range) -> tuple[tuple[int, ...], ...]:
    return tuple((cpu,) for cpu in cpus)


def _groups(cpus: range, size: int) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(cpus[at : at + size]) for at in range(0, len(cpus), size))


def _arm_with_two_kinds() -> Machine:
    """Two clusters of four slow and four fast cores, with a last-level cache each; single cores clock a little higher."""
    capacities = (704,) * 4 + (982,) * 4 + (716,) * 4 + (1008,) * 3 + (1024,)
    fast = (4, 5, 6, 7, 12, 13, 14, 15)
    slow = (0, 1, 2, 3, 8, 9, 10, 11)
    cores = tuple(
        Core((cpu,), number=cpu, capacity=capacity, part=0xD85 if cpu in fast else 0xD87)
        for cpu, capacity in enumerate(capacities)
    )
    everyone = _each(range(16))
    return Machine(
        sockets=(Socket(36, cores),),
        caches=(
            CacheKind(1, "Data", 64, 64, 4, everyone),
            CacheKind(1, "Instruction", 64, 64, 4, everyone),
            CacheKind(2, "Unified", 512, 64, 8, tuple((cpu,) for cpu in slow)),
            CacheKind(2, "Unified", 2048, 64, 8, tuple((cpu,) for cpu in fast)),
            CacheKind(3, "Unified", 8192, 64, 16, (tuple(range(8)),)),
            CacheKind(3, "Unified", 12288, 64, 12, (tuple(range(8, 16)),)),
        ),
        nodes=(MemoryNode(0, tuple(range(16)), 100 * 2**20, (10,)),),
        every_processor=(("CPU implementer", "0x41"), ("CPU architecture", "8"), ("CPU variant", "0x0")),
    )


def _x86_hybrid() -> Machine:
    """Four cores with two threads and eight with one; two clusters of four share a second-level cache."""
    big, small = _groups(range(8), 2), _each(range(8, 16))
    cores = tuple(Core(cpus, number=4 * at) for at, cpus in enumerate(big))
    cores += tuple(Core(cpus, number=16 + at) for at, cpus in enumerate(small))
    return Machine(
        sockets=(Socket(0, cores),),
        caches=(
            CacheKind(1, "Data", 48, 64, 12, big),
            CacheKind(1, "Instruction", 32, 64, 8, big),
            CacheKind(1, "Data", 32, 64, 8, small),
            CacheKind(1, "Instruction", 64, 64, 8, small),
            CacheKind(2, "Unified", 2048, 64, 16, big),
            CacheKind(2, "Unified", 4096, 64, 16, _groups(range(8, 16), 4)),
            CacheKind(3, "Unified", 24576, 64, 12, (tuple(range(16)),)),
        ),
        nodes=(MemoryNode(0, tuple(range(16)), 31 * 2**20, (10,)),),
        fast=tuple(range(8)),
        slow=tuple(range(8, 16)),
        every_processor=(*_INTEL, ("model", "183"), ("model name", "Made-up hybrid")),
    )


def _many_sockets_on_few_nodes() -> Machine:
    """Sixteen sockets on four nodes, processors numbered across the sockets of a node; no lists of any kind."""
    sockets = tuple(
        Socket(
            4 * node + (3 - place),
            tuple(Core((16 * node + place + 4 * at,), number=at) for at in range(4)),
        )
        for node in range(4)
        for place in range(4)
    )
    pairs = tuple(socket.cpus[at : at + 2] for socket in sockets for at in (0, 2))
    return Machine(
        sockets=sockets,
        caches=(
            CacheKind(1, "Data", 32, 64, 8, _each(range(64))),
            CacheKind(1, "Instruction", 32, 64, 8, _each(range(64))),
            CacheKind(2, "Unified", 3072, 64, 12, pairs),
            CacheKind(3, "Unified", 12288, 64, 12, tuple(socket.cpus for socket in sockets)),
        ),
        nodes=tuple(
            MemoryNode(
                node,
                tuple(range(16 * node, 16 * node + 16)),
                (120 + node) * 2**20,
                tuple(10 if other == node else 20 + abs(node - other) for other in range(4)),
            )
            for node in range(4)
        ),
        mask_bits=256,
        lists=False,
        online_list=False,
        new_names=False,
        every_processor=(*_INTEL, ("model", "29")),
    )


def _two_nodes_in_each_socket() -> Machine:
    """Two sockets of two dies with four cores each; both dies number their cores from 0. Seen from a container."""
    dies = _groups(range(16), 4)
    sockets = tuple(
        Socket(at, tuple(Core((8 * at + n,), number=n % 4, die=n // 4) for n in range(8))) for at in range(2)
    )
    distances = ((10, 16, 22, 28), (16, 10, 28, 22), (22, 28, 10, 16), (28, 22, 16, 10))
    group = "/sys/fs/cgroup/batch/one"
    return Machine(
        sockets=sockets,
        caches=(
            CacheKind(1, "Data", 64, 64, 2, _each(range(16))),
            CacheKind(1, "Instruction", 64, 64, 2, _each(range(16))),
            CacheKind(2, "Unified", 512, 64, 16, _each(range(16))),
            CacheKind(3, "Unified", 5120, 64, 40, dies),
        ),
        nodes=tuple(MemoryNode(at, dies[at], (15 + at) * 2**20, distances[at]) for at in range(4)),
        mask_bits=64,
        every_processor=(("vendor_id", "AuthenticAMD"), ("cpu family", "16"), ("model", "9")),
        files=(
            (
                "/proc/mounts",
                "sysfs /sys sysfs rw 0 0\nproc /proc proc rw 0 0\ncgroup2 /sys/fs/cgroup cgroup2 rw 0 0",
            ),
            ("/proc/self/cgroup", "0::/batch/one"),
            ("/sys/fs/cgroup/cgroup.controllers", "cpuset cpu memory"),
            (f"{group}/cpuset.cpus.effective", "4-7"),
            (f"{group}/cpuset.mems.effective", "1"),
            (f"{group}/cpu.max", "250000 100000"),
            (f"{group}/memory.max", str(6 * 2**30)),
            (f"{group}/memory.current", str(2**30)),
        ),
    )


def _four_of_sixteen_off_line() -> Machine:
    """Four sockets of two cores with two threads; off are one whole core and one thread each of two others."""
    cores = tuple((place + 4 * at, place + 4 * at + 8) for place in range(4) for at in range(2))
    sockets = tuple(
        Socket(place, tuple(Core(cores[2 * place + at], number=at) for at in range(2))) for place in range(4)
    )
    return Machine(
        sockets=sockets,
        caches=(
            CacheKind(1, "Data", 16, 64, 8, cores),
            CacheKind(2, "Unified", 1024, 128, 8, cores),
            CacheKind(3, "Unified", 4096, 64, 16, tuple(socket.cpus for socket in sockets)),
        ),
        nodes=(MemoryNode(0, tuple(range(16)), 16 * 2**20, (10,)),),
        offline=frozenset({2, 5, 13, 15}),
        mask_bits=64,
        lists=False,
        online_list=False,
        new_names=False,
        every_processor=(("vendor_id", "GenuineIntel"), ("cpu family", "15"), ("model", "6")),
    )


def _memory_of_accelerators_as_nodes() -> Machine:
    """Two sockets of two cores with four threads and gaps in the numbers; four nodes are memory of accelerators."""
    cores = (*_groups(range(8), 4), *_groups(range(40, 48), 4))
    sockets = (
        Socket(0, tuple(Core(cpus, number=8 * at) for at, cpus in enumerate(cores[:2]))),
        Socket(8, tuple(Core(cpus, number=2048 + 8 * at) for at, cpus in enumerate(cores[2:]))),
    )
    pairs = tuple(socket.cpus for socket in sockets)
    numbers = (0, 8, 252, 253, 254, 255)

    def away(node: int) -> tuple[int, ...]:
        near = {(0, 8): 40, (8, 0): 40}
        return tuple(10 if other == node else near.get((node, other), 80) for other in numbers)

    return Machine(
        sockets=sockets,
        caches=(
            CacheKind(1, "Data", 32, 128, 8, cores),
            CacheKind(1, "Instruction", 32, 128, 8, cores),
            CacheKind(2, "Unified", 512, 128, 8, pairs),
            CacheKind(3, "Unified", 10240, 128, 20, pairs),
        ),
        nodes=(
            # The kernel names every processor that could be plugged in, far more than there are.
            MemoryNode(0, tuple(range(40)), 124 * 2**20, away(0)),
            MemoryNode(8, tuple(range(40, 80)), 128 * 2**20, away(8)),
            *(
                MemoryNode(n, (), 16 * 2**20, away(n), accelerator=f"00{n - 251:02x}:01:00.0")
                for n in numbers[2:]
            ),
        ),
        mask_bits=2048,
        new_names=False,
        every_processor=(("cpu", "POWER9, altivec supported"), ("revision", "2.2 (pvr 004e 1202)")),
    )


def _second_level_caches_of_different_sizes() -> Machine:
    """Two sockets of four cores, numbered in turn: pairs that share one, cores with their own, cores with none."""
    return Machine(
        sockets=tuple(
            Socket(at, tuple(Core((cpu,), number=cpu // 2) for cpu in range(at, 8, 2))) for at in range(2)
        ),
        caches=(
            CacheKind(1, "Data", 32, 64, 8, _each(range(8))),
            CacheKind(1, "Instruction", 32, 64, 8, _each(range(8))),
            CacheKind(2, "Unified", 6144, 64, 24, ((0, 2),)),
            CacheKind(2, "Unified", 4096, 64, 16, ((1, 5),)),
            CacheKind(2, "Unified", 1024, 64, 8, ((4,), (6,))),
        ),
        nodes=(MemoryNode(0, tuple(range(8)), 16 * 2**20, (10,)),),
        new_names=False,
        every_processor=(*_INTEL, ("model", "23")),
    )


def _socket_numbers_that_repeat(numbers: tuple[int, int]) -> Machine:
    """Four sockets in two frames that number their sockets alike; cores numbered per frame, no nodes, no caches."""
    spans = (range(3), range(3, 7), range(7, 9), range(9, 12))
    sockets = tuple(
        Socket(numbers[at % 2], tuple(Core((cpu,), number=at) for cpu in span))
        for at, span in enumerate(spans)
    )
    cpuinfo = "vendor_id       : IBM/S390\n# processors    : 12\n"
    cpuinfo += "".join(
        f"processor {n}: version = FF,  identification = 0123{n:02X},  machine = 3906\n" for n in range(12)
    )
    return Machine(sockets=sockets, mask_bits=64, new_names=False, files=(("/proc/cpuinfo", cpuinfo),))


MACHINES = {
    "arm-two-kinds": _arm_with_two_kinds(),
    "x86-hybrid": _x86_hybrid(),
    "sixteen-sockets-four-nodes": _many_sockets_on_few_nodes(),
    "two-nodes-in-each-socket": _two_nodes_in_each_socket(),
    "four-of-sixteen-off-line": _four_of_sixteen_off_line(),
    "accelerator-memory-nodes": _memory_of_accelerators_as_nodes(),
    "different-second-levels": _second_level_caches_of_different_sizes(),
    "repeating-socket-numbers": _socket_numbers_that_repeat((0, 1)),
    "no-socket-numbers": _socket_numbers_that_repeat((-1, -1)),
}
