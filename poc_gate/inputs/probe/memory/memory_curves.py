"""Bandwidth and latency over the working set, between memory nodes, and over time -> curves."""

from __future__ import annotations

from poc_gate.inputs.probe.memory.memory_bandwidth import Figure
from poc_gate.inputs.probe.memory.memory_latency import Chase, Latencies, curve_sizes
from poc_gate.inputs.probe.memory.memory_plan import Effort
from poc_gate.inputs.probe.memory.memory_slices import Arena
from poc_gate.inputs.probe.memory.native_kernels import GRANULE
from poc_gate.inputs.probe.sampling import summarise
from poc_gate.inputs.probe.topology.cpu_topology import Topology
from poc_gate.model.measurement import Curve, Point

_MOST_NODES = 8
"""Pairs grow with the square: beyond this many nodes the matrix is left to a thorough run."""


def level_curve(arena: Arena, topology: Topology, figures: tuple[Figure, ...], effort: Effort) -> Curve:
    """Return the read bandwidth of one thread over the size of what it reads again and again."""
    figure = next(f for f in figures if f.name == "read_1")
    assert figure.variant is not None
    _, most = arena.plan.near(figure.cpus[0])
    points = []
    for size in curve_sizes(topology, most + 1):
        whole = max(GRANULE, size // GRANULE * GRANULE)
        rates = tuple(arena.repeated(figure.variant, figure.cpus[0], whole, effort.trial) for _ in range(2))
        points.append(Point(float(whole), max(rates), min(rates), max(rates), _level(topology, whole)))
    return Curve(
        name="read_over_working_set",
        title="Read bandwidth of one thread over the working set",
        x_unit="B",
        y_unit="B/s",
        points=tuple(points),
        x_label="working set",
        y_label="read bandwidth",
    )


def _level(topology: Topology, size: int) -> str:
    """Return the first level whose stated size holds the working set."""
    for level in (1, 2, 3, 4):
        stated = topology.cache_size(level)
        if stated is not None and size <= stated:
            return f"L{level}"
    return "memory"


def node_curves(
    arena: Arena, topology: Topology, figures: tuple[Figure, ...], effort: Effort
) -> tuple[Curve, ...]:
    """Return for each memory node with CPUs its read bandwidth from every node; nothing on machines with one node."""
    plan = arena.plan
    nodes = sorted({plan.node_of.get(part.cpu, 0) for part in plan.parts})
    if len(nodes) < 2 or (len(nodes) > _MOST_NODES and not effort.every_variant):
        return ()
    variant = next(f.variant for f in figures if f.name == "read_1")
    assert variant is not None
    curves = []
    for reader in nodes:
        cpus = tuple(cpu for cpu in topology.allowed if plan.node_of.get(cpu, 0) == reader)
        points = []
        for holder in nodes:
            rates = tuple(arena.across(variant, cpus, holder, effort.slice) for _ in range(3))
            label = "local" if holder == reader else f"remote, distance {_distance(topology, reader, holder)}"
            points.append(Point(float(holder), max(rates), min(rates), max(rates), label))
        curves.append(
            Curve(
                name=f"read_by_node_{reader}",
                title=f"Read bandwidth of node {reader}'s CPUs from each memory node",
                x_unit="1",
                y_unit="B/s",
                points=tuple(points),
                x_label="memory node",
                y_label="read bandwidth",
            )
        )
    return tuple(curves)


def _distance(topology: Topology, reader: int, holder: int) -> str:
    numbers = [node.number for node in topology.nodes]
    distances = next((node.distances for node in topology.nodes if node.number == reader), ())
    at = numbers.index(holder) if holder in numbers else -1
    return str(distances[at]) if 0 <= at < len(distances) else "unknown"


def other_kinds(
    arena: Arena, topology: Topology, figures: tuple[Figure, ...], effort: Effort
) -> dict[str, str]:
    """Return, on a processor with several kinds of cores, what one thread reads on the kind it was not measured on."""
    figure = next(f for f in figures if f.name == "read_1")
    kinds = {cpu.number: cpu.kind for cpu in topology.cpus if cpu.number in topology.allowed}
    own = kinds.get(figure.cpus[0], "")
    words = {"one thread on": f"logical processor {figure.cpus[0]}, a core of kind {own}"} if own else {}
    for kind in sorted(set(kinds.values()) - {own, ""}):
        cpu = min(n for n, of in kinds.items() if of == kind)
        assert figure.variant is not None
        rates = [arena.slice(figure.variant, (cpu,), effort.slice) for _ in range(4)]
        words[f"read_1 on {'an' if kind[0] == 'e' else 'a'} {kind} core"] = (
            f"{max(rates[1:]) / 1e9:.1f} GB/s on logical processor {cpu}"
        )
    return words


def latency_curves(found: Latencies) -> list[Curve]:
    """Return the latency over the working set: by line and by page on huge pages, and by line on 4 KiB pages."""
    rows = (
        ("latency_over_working_set", "Latency by line, huge pages advised", (*found.curve, found.memory)),
        ("latency_by_page", "Latency when each load falls on another page", found.by_page),
        ("latency_on_small_pages", "Latency by line on 4 KiB pages", found.on_small),
    )
    return [_latency_curve(name, title, tuple(_point(c) for c in chases)) for name, title, chases in rows]


def _latency_curve(name: str, title: str, points: tuple[Point, ...]) -> Curve:
    return Curve(name, title, "B", "s", points, x_label="working set", y_label="time per dependent load")


def _point(chase: Chase) -> Point:
    summary = summarise(chase.samples, higher_is_better=False)
    return Point(
        float(chase.size), summary.best, summary.minimum, summary.maximum, f"stride {chase.stride} B"
    )


def sustained_note(figures: tuple[Figure, ...]) -> str:
    """Return how the last third of a long run stands to its first: below one where heat or quotas slow it down."""
    shares = []
    for figure in figures:
        third = max(1, len(figure.samples) // 3)
        first, last = (
            summarise(tuple(part), higher_is_better=True).median
            for part in (figure.samples[:third], figure.samples[-third:])
        )
        shares.append(f"{figure.name} {last / first:.2f}")
    seconds = max(figure.times[-1] for figure in figures)
    return f"rate over {seconds:.0f} s, medians of the last third to the first: {', '.join(shares)}"


def sustained_curve(figure: Figure) -> Curve:
    """Return the rate of every slice over the time of the run: what a thorough run adds."""
    points = tuple(Point(at, rate) for at, rate in zip(figure.times, figure.samples, strict=True))
    return Curve(
        name=f"{figure.name}_over_time",
        title=f"Memory {figure.operation}, threads: {figure.threads}, over the run",
        x_unit="s",
        y_unit="B/s",
        points=points,
        x_label="time",
        y_label="bandwidth",
    )
