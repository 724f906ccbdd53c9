"""Pointer chases -> latency over the working set, by line and by page, on huge and on small pages, idle and loaded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from poc_gate.errors import NotMeasuredError
from poc_gate.inputs.probe.memory.memory_plan import Effort, MemoryPlan
from poc_gate.inputs.probe.memory.memory_slices import Arena
from poc_gate.inputs.probe.memory.native_kernels import kernel_variants
from poc_gate.inputs.probe.sampling import until_narrow
from poc_gate.inputs.probe.topology.cpu_topology import Topology

LINE = 64
PAGE = 4096
_HUGE, _SMALL = 1, 2
_SLICES = 5
_MOST_SLICES = 15
_MOST_SLICES_THOROUGH = 60
_FILL_STEP = 64 << 20
_LEAD = 4
"""Untimed slices before a figure. What translates addresses is not in the caches at first, the host's tables under a
guest least of all: on a guest the first 64,000 loads took 1.5 times, the next 1.2 times, the fifth 1.05 times what they
took in the end, and a program that runs on pays the end's price."""


class Chase(Struct, frozen=True):
    """Latencies of one working set."""

    size: int
    """Bytes that the cycle spans."""
    stride: int
    pages: str
    """`huge` or `4 KiB`: what was asked for."""
    samples: tuple[float, ...]
    """Seconds per dependent load, one for each slice."""


class Latencies(Struct, frozen=True):
    """What the chases found; `loaded` is None where no second CPU could make the load."""

    curve: tuple[Chase, ...]
    """By line on huge pages."""
    by_page: tuple[Chase, ...]
    """By page on huge pages: every load falls on another page."""
    on_small: tuple[Chase, ...]
    """By line on 4 KiB pages, the largest set last."""
    memory: Chase
    loaded: Chase | None
    loaded_rate: float
    """B/s that the other CPUs read meanwhile."""
    huge_share: float | None
    """Share of the arena that lies on huge pages, where the system tells."""


class _Ground(Struct):
    kernels: Any
    handle: Any
    cpu: int
    reader: int
    guest: bool

    def chase(
        self, size: int, stride: int, loads: int, slices: tuple[int, int], pages: str, *, lead: int = 1
    ) -> Chase:
        """Build the cycle, follow it untimed for `lead` slices, then time at least and at most so many."""
        slots = 1 << max(1, (size // stride).bit_length() - 1)
        self.kernels.chase_build(self.handle, slots, stride)
        # One round over a cached set fills the cache; a round over memory would take seconds.
        self.kernels.chase(self.handle, self.cpu, _eights(min(slots, lead * loads)), self.reader, [])
        count = _eights(loads)

        def timed() -> float:
            return float(self.kernels.chase(self.handle, self.cpu, count, self.reader, [])[0] / count * 1e-9)

        samples = until_narrow(timed, *slices, higher_is_better=False, guest=self.guest)
        return Chase(slots * stride, stride, pages, samples)


def _eights(loads: int) -> int:
    return max(8, loads // 8 * 8)


def measure_latency(
    arena: Arena,
    topology: Topology,
    effort: Effort,
    *,
    huge_share: Callable[[int, int], float | None],
    progress: Callable[[float], None],
) -> Latencies:
    """Return every latency; raises NotMeasuredError when the system gives no memory.

    The memory that the bandwidth was measured on is used again where all of it lies on one node, since touching
    as much once more would take as long as everything else; elsewhere the arena must be closed.
    """
    kernels, plan = arena.kernels, arena.plan
    cpu = topology.first_allowed()
    touching = plan.beside(cpu)
    # The last of the table has the widest vectors and the most streams: the heaviest load there is.
    reader = [v.index for v in kernel_variants() if v.operation == "read"][-1]
    if plan.shared:
        handle = arena.handle
        _touch(kernels, handle, range(plan.size, plan.latency_size), touching)
    else:
        handle = _mapped(kernels, plan.latency_size, _HUGE, touching)
    ground = _Ground(kernels, handle, cpu, reader, plan.guest)
    curve = []
    sizes = curve_sizes(topology, plan.latency_size)
    for done, size in enumerate(sizes):
        progress(0.5 * done / len(sizes))
        curve.append(ground.chase(size, LINE, max(2000, effort.loads // 8), (3, 3), "huge"))
    few = max(2000, effort.loads // 8)
    by_page = tuple(
        ground.chase(size, PAGE, few, (3, 3), "huge") for size in _coarse(sizes, plan.latency_size)
    )
    slices = (_SLICES, _MOST_SLICES_THOROUGH if effort.whole_budget else _MOST_SLICES)
    memory = ground.chase(plan.latency_size, LINE, effort.loads, slices, "huge", lead=_LEAD)
    progress(0.7)
    loaded, rate = _loaded(ground, plan, topology, effort, slices)
    share = huge_share(kernels.arena_describe(ground.handle)[0], plan.latency_size)
    if not plan.shared:
        kernels.arena_free(handle)
    progress(0.8)
    small_size = max(1 << 20, plan.latency_size // 4)
    ground = _Ground(kernels, _mapped(kernels, small_size, _SMALL, touching), cpu, reader, plan.guest)
    on_small = [ground.chase(size, LINE, few, (3, 3), "4 KiB") for size in _coarse(sizes, small_size // 2)]
    small = ground.chase(small_size, LINE, effort.loads // 2, (_SLICES, _SLICES), "4 KiB", lead=2 * _LEAD)
    kernels.arena_free(ground.handle)
    return Latencies(tuple(curve), by_page, (*on_small, small), memory, loaded, rate, share)


def _coarse(sizes: tuple[int, ...], largest: int) -> tuple[int, ...]:
    """Return every second size up to `largest`, and that one: enough to see the steps of a second curve."""
    return (*(size for size in sizes[::2] if PAGE * 2 <= size < largest), largest)


def _mapped(kernels: Any, size: int, pages: int, cpus: tuple[int, ...]) -> Any:
    """Return an arena that these CPUs of one memory node have touched together: one alone would take too long."""
    try:
        handle = kernels.arena_new(size, pages)
        _touch(kernels, handle, range(size), cpus)
    except MemoryError as error:
        raise NotMeasuredError(
            f"the system gives no {size >> 20} MiB for the latency measurement",
            next_step="raise the memory limit of this process or container",
        ) from error
    return handle


def _touch(kernels: Any, handle: Any, span: range, cpus: tuple[int, ...]) -> None:
    """Write to every page of a span once, the CPUs side by side."""
    for at in range(span.start, span.stop, _FILL_STEP):
        step = min(_FILL_STEP, span.stop - at)
        each = -(-step // len(cpus) // PAGE) * PAGE
        starts = range(at, at + step, each)
        kernels.fill(
            handle,
            [(c, start, 0, 0, min(each, at + step - start)) for c, start in zip(cpus, starts, strict=False)],
            1.0,
        )


def curve_sizes(topology: Topology, largest: int) -> tuple[int, ...]:
    """Return the working sets of the curve: powers of two from half the first-level cache up to `largest`."""
    first = topology.cache_size(1) or 32768
    size, sizes = 1 << ((first // 2).bit_length() - 1), []
    while size < largest:
        sizes.append(size)
        size *= 2 if size < (4 << 20) else 4
    return tuple(sizes)


def _loaded(
    ground: _Ground, plan: MemoryPlan, topology: Topology, effort: Effort, slices: tuple[int, int]
) -> tuple[Chase | None, float]:
    """Chase while every other allowed CPU reads a stretch of the latency arena's far end."""
    others = [cpu for cpu in topology.allowed if cpu != ground.cpu]
    if not others:
        return None, 0.0
    # The readers read the arena that the chase lies in: reading disturbs no pointer.
    share = plan.latency_size // len(others) // PAGE * PAGE
    tasks = [(cpu, 0, index * share, 0, share) for index, cpu in enumerate(others)]
    count = _eights(effort.loads // 2)
    rates: list[float] = []

    def timed() -> float:
        nanoseconds, moved, seconds, _ = ground.kernels.chase(
            ground.handle, ground.cpu, count, ground.reader, tasks
        )
        rates.append(moved / seconds if seconds else 0.0)
        return float(nanoseconds / count * 1e-9)

    samples = until_narrow(timed, *slices, higher_is_better=False, guest=plan.guest)
    return Chase(plan.latency_size, LINE, "huge", samples), sorted(rates)[len(rates) // 2]
