"""CPUs, caches and free memory -> how much memory to measure on, which part belongs to which CPU, for how long."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.inputs.probe.memory.native_kernels import GRANULE
from poc_gate.inputs.probe.topology.cpu_topology import Topology

_HUGE_PAGE = 2 << 20
_MIB = 2**20


class Effort(Struct, frozen=True):
    """How thorough the memory measurements are; times in seconds."""

    largest: int
    """Bytes of the arena at most for each allowed CPU, which touches its own part: more takes too long."""
    rounds: int
    """Rounds at least; a figure needs five slices spread over the run to settle."""
    budget: float
    """For the rounds and what repeats them until the interval is narrow."""
    slice: float
    lead_in: float
    """Unmeasured work before each slice: it pushes out what the slice before left in the caches."""
    trial: float
    latency: int
    """Bytes of the latency arena where caches are small."""
    latency_most: int
    """Bytes of the latency arena at most: one thread touches it and lays the cycle."""
    loads: int
    """Dependent loads of one latency slice."""
    every_variant: bool = False
    whole_budget: bool = False
    """Go on when every interval is narrow, so that the rate over time shows."""


EFFORTS = {
    "quick": Effort(256 * _MIB, 5, 0.25, 0.004, 0.002, 0.001, 128 * _MIB, 512 * _MIB, 25_000),
    "default": Effort(512 * _MIB, 6, 0.6, 0.008, 0.004, 0.002, 512 * _MIB, 1024 * _MIB, 64_000),
    "thorough": Effort(
        4096 * _MIB,
        20,
        90.0,
        0.020,
        0.010,
        0.010,
        4096 * _MIB,
        8192 * _MIB,
        400_000,
        every_variant=True,
        whole_budget=True,
    ),
}


class ArenaPart(Struct, frozen=True):
    """A part of the arena that is touched and used by one CPU."""

    cpu: int
    offset: int
    size: int


class MemoryPlan(Struct, frozen=True):
    """Where each CPU works."""

    size: int
    """Bytes of the arena that bandwidth is measured on."""
    parts: tuple[ArenaPart, ...]
    """One for each allowed CPU, those of one memory node side by side."""
    last_level: int
    """Bytes of last-level cache that the CPUs reach, as the system states it."""
    own_last_level: int
    """The same for the one CPU that latency is measured on."""
    latency_size: int
    """Bytes of the latency arena; a power of two."""
    node_of: dict[int, int]
    guest: bool = False
    """Whether a hypervisor is below: other guests may use the same memory, unseen."""

    @property
    def shared(self) -> bool:
        """Whether latency is measured on the memory that the bandwidth was: where all of it lies on one node."""
        return len({self.node_of.get(part.cpu, 0) for part in self.parts}) == 1

    @property
    def mapped(self) -> int:
        """Bytes to map for the bandwidth, and for the latency where they share."""
        return max(self.size, self.latency_size) if self.shared else self.size

    def beside(self, cpu: int) -> tuple[int, ...]:
        """Return the allowed CPUs of the CPU's own memory node, itself among them; eight at most."""
        node = self.node_of.get(cpu, 0)
        others = [
            part.cpu for part in self.parts if self.node_of.get(part.cpu, 0) == node and part.cpu != cpu
        ]
        return (cpu, *others[:7])

    def near(self, cpu: int) -> tuple[int, int]:
        """Return offset and size of the stretch that lies on the CPU's own memory node."""
        node = self.node_of.get(cpu, 0)
        own = [part for part in self.parts if self.node_of.get(part.cpu, 0) == node]
        return own[0].offset, sum(part.size for part in own)


def plan_memory(topology: Topology, usable: int | None, effort: Effort, *, guest: bool = False) -> MemoryPlan:
    """Return the plan: twice the last-level cache, at least 64 MiB, at most an eighth of the usable memory.

    An eighth keeps a container with a tight limit alive and leaves room for the latency arena.
    """
    node_of = {cpu: node.number for node in topology.nodes for cpu in node.cpus}
    cpus = sorted(topology.allowed, key=lambda cpu: (node_of.get(cpu, 0), cpu))
    cache = topology.last_level(topology.allowed)
    own = topology.last_level((topology.first_allowed(),))
    cap = (usable if usable is not None else 512 * _MIB) // 8
    wanted = min(max(64 * _MIB, 2 * cache), cap, effort.largest * len(cpus))
    share = max(wanted // len(cpus) // _HUGE_PAGE * _HUGE_PAGE, 16 * GRANULE)
    parts = tuple(ArenaPart(cpu, index * share, share) for index, cpu in enumerate(cpus))
    beyond = 1 << max(0, 2 * own - 1).bit_length()
    latency = min(max(effort.latency, beyond), effort.latency_most, cap)
    return MemoryPlan(
        size=share * len(cpus),
        parts=parts,
        last_level=cache,
        own_last_level=own,
        latency_size=1 << max(20, latency.bit_length() - 1),
        node_of=node_of,
        guest=guest,
    )
