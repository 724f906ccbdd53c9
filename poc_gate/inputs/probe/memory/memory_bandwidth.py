"""Kernels on the arena -> bandwidth of read, write, copy and triad for one thread and for all allowed CPUs.

Every variant gets one short trial, the best three a second, and the winner is then measured in slices that go
round-robin over all figures: five slices spread over the run tell more than one long look, because the host's mood
changes within a second.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from msgspec import Struct, field

from poc_gate.inputs.probe.host.disturbance import Disturbance, Watch
from poc_gate.inputs.probe.host.host_files import HostFiles
from poc_gate.inputs.probe.memory.memory_plan import Effort
from poc_gate.inputs.probe.memory.memory_slices import Arena
from poc_gate.inputs.probe.memory.native_kernels import Variant, candidates
from poc_gate.inputs.probe.sampling import Summary, grade, is_narrow, summarise
from poc_gate.inputs.probe.topology.cpu_topology import Topology

OPERATIONS = ("read", "write", "copy", "triad")
_FINALISTS = 3
_PROMISING = 0.75


class Figure(Struct):
    """One figure in the making, such as copy by all CPUs."""

    operation: str
    threads: str
    """`1` or `all`."""
    cpus: tuple[int, ...]
    variant: Variant | None = None
    trials: dict[str, float] = field(default_factory=dict)
    """Variant -> B/s of its trial."""
    samples: list[float] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    """Seconds since the first round, one for each sample."""
    seen: Disturbance = field(default_factory=Disturbance)
    verified: bool = True
    leak: float | None = None
    """Rate on the whole arena over the rate on half of it, where that was checked."""

    @property
    def name(self) -> str:
        """Short name as in the catalogue, such as `copy_all`."""
        return f"{self.operation}_{self.threads}"


def measure_bandwidth(
    arena: Arena, topology: Topology, effort: Effort, *, files: HostFiles, progress: Callable[[float], None]
) -> tuple[Figure, ...]:
    """Return the eight figures (four when one CPU is allowed), each with its samples; repeats once what is grade C."""
    figures = _figures(topology)
    for done, figure in enumerate(figures):
        progress(0.4 * done / len(figures))
        alone = next((f for f in figures if f.operation == figure.operation and f.trials), None)
        _choose(arena, figure, _promising(figure, alone, effort), effort)
        _choose_cpus(arena, figure, topology, effort)
    for _attempt in (0, 1):
        watch = Watch(files)
        _rounds(arena, figures, effort, lambda share: progress(0.4 + 0.5 * share))
        seen = watch.seen()
        for figure in figures:
            figure.seen = seen
        if not any(_is_poor(figure) for figure in figures):
            break
    for figure in figures:
        assert figure.variant is not None
        figure.verified = arena.verify(figure.variant, figure.cpus)
    _check_cache(arena, figures, effort)
    return figures


def _figures(topology: Topology) -> tuple[Figure, ...]:
    one, every = (topology.first_allowed(),), topology.allowed
    modes = (("1", one), ("all", every)) if len(every) > 1 else (("1", one),)
    return tuple(Figure(operation, threads, cpus) for operation in OPERATIONS for threads, cpus in modes)


def _promising(figure: Figure, alone: Figure | None, effort: Effort) -> tuple[Variant, ...]:
    """Return the variants to try: with all threads those that did well alone, and the non-temporal ones.

    A variant far behind with one thread stays behind with more, except that non-temporal stores gain once
    the memory bus is full.
    """
    chosen = candidates(figure.operation, every=effort.every_variant)
    if alone is None or effort.every_variant:
        return chosen
    bar = _PROMISING * max(alone.trials.values())
    return tuple(v for v in chosen if v.non_temporal or alone.trials[v.title] >= bar)


def _choose(arena: Arena, figure: Figure, variants: tuple[Variant, ...], effort: Effort) -> None:
    """Find the fastest variant: one short trial each, three more for the best."""
    tried: list[tuple[float, Variant]] = []
    for variant in variants:
        arena.slice(variant, figure.cpus, effort.trial / 2)
        tried.append((arena.slice(variant, figure.cpus, effort.trial), variant))
    tried.sort(key=lambda pair: -pair[0])
    finals = []
    for rate, variant in tried[:_FINALISTS]:
        again = [rate] + [arena.slice(variant, figure.cpus, effort.trial) for _ in range(2)]
        finals.append((sorted(again)[len(again) // 2], variant))
    figure.trials = {variant.title: rate for rate, variant in tried}
    figure.variant = max(finals, key=lambda pair: pair[0])[1]


def _choose_cpus(arena: Arena, figure: Figure, topology: Topology, effort: Effort) -> None:
    """Use one thread for each core where that does better than one for each logical processor."""
    cores = topology.one_per_core()
    if figure.threads == "all" and 1 < len(cores) < len(figure.cpus):
        assert figure.variant is not None
        rates = {
            cpus: max(arena.slice(figure.variant, cpus, effort.trial * 2) for _ in range(3))
            for cpus in (figure.cpus, cores)
        }
        figure.cpus = max(rates, key=lambda cpus: rates[cpus])


def _rounds(
    arena: Arena, figures: tuple[Figure, ...], effort: Effort, progress: Callable[[float], None]
) -> None:
    begun = time.monotonic()
    for figure in figures:
        figure.samples.clear()
        figure.times.clear()
    done = 0
    while done < effort.rounds or time.monotonic() - begun < effort.budget:
        for figure in figures:
            assert figure.variant is not None
            arena.slice(figure.variant, figure.cpus, effort.lead_in)
            figure.times.append(time.monotonic() - begun)
            figure.samples.append(arena.slice(figure.variant, figure.cpus, effort.slice))
        done += 1
        spent = (time.monotonic() - begun) / effort.budget
        progress(min(1.0, spent if effort.whole_budget else done / effort.rounds))
        enough = done >= effort.rounds and not effort.whole_budget
        if enough and all(is_narrow(_summary(figure), guest=arena.plan.guest) for figure in figures):
            break


def _summary(figure: Figure) -> Summary:
    return summarise(tuple(figure.samples), higher_is_better=True)


def _is_poor(figure: Figure) -> bool:
    return grade(_summary(figure), figure.seen, higher_is_better=True, threads=len(figure.cpus))[0] == "C"


def _check_cache(arena: Arena, figures: tuple[Figure, ...], effort: Effort) -> None:
    """Read half of the arena and the whole of it in turn: where the whole is slower, caches still help the half."""
    figure = next(f for f in figures if f.operation == "read")  # by one thread: the least disturbed
    assert figure.variant is not None
    half: list[float] = []
    whole: list[float] = []
    for _ in range(4):
        for share, rates in ((0.5, half), (1.0, whole)):
            arena.slice(figure.variant, figure.cpus, effort.lead_in, share=share)
            rates.append(arena.slice(figure.variant, figure.cpus, effort.slice, share=share))
    for other in figures:
        other.leak = max(whole) / max(half)
