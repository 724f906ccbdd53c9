"""The memory probe as a whole: plan, sizes, results, named states, and what it does without the extension."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs
from recorded_host import host

from poc_gate.errors import NotMeasuredError
from poc_gate.inputs.probe.host.disturbance import Watch, conditions
from poc_gate.inputs.probe.host.host_files import HostFiles
from poc_gate.inputs.probe.interface import ProbeContext, ProbeOptions
from poc_gate.inputs.probe.memory import memory_probe
from poc_gate.inputs.probe.memory.memory_bandwidth import Figure, measure_bandwidth
from poc_gate.inputs.probe.memory.memory_curves import node_curves, other_kinds, sustained_note
from poc_gate.inputs.probe.memory.memory_latency import curve_sizes, measure_latency
from poc_gate.inputs.probe.memory.memory_measurements import bandwidth_measurement
from poc_gate.inputs.probe.memory.memory_plan import EFFORTS, plan_memory
from poc_gate.inputs.probe.memory.memory_slices import Arena
from poc_gate.inputs.probe.memory.native_kernels import NOT_BUILT, kernel_variants, load_kernels
from poc_gate.inputs.probe.topology.cpu_topology import Cache, Cpu, Node, Topology, allowed_cpus
from poc_gate.model.quantity import Quantity

MIB = 2**20
QUICK = EFFORTS["quick"]


def topology(cpus: int, *, cache: int = 32 * MIB, nodes: int = 1) -> Topology:
    numbers = tuple(range(cpus))
    per_node = cpus // nodes
    return Topology(
        cpus=tuple(Cpu(n, 0, n) for n in numbers),
        caches=(Cache(1, "Data", 32768, 64, 8, (0,)), Cache(3, "Unified", cache, 64, 16, numbers)),
        nodes=tuple(
            Node(n, numbers[n * per_node : (n + 1) * per_node], MIB, (10,) * nodes) for n in range(nodes)
        ),
        allowed=numbers,
    )


@pytest.fixture(scope="module")
def outcome():
    return memory_probe.PROBE.run(ProbeContext(ProbeOptions(effort="quick")))


def test_every_figure_is_measured_with_its_samples_variant_and_grade(outcome):
    for measurement in outcome.measurements:
        if measurement.value is None:
            assert len(allowed_cpus()) == 1
            continue
        assert isinstance(measurement.value, Quantity)
        assert len(measurement.samples) >= 5
        assert measurement.low <= measurement.median <= measurement.high
        assert measurement.low <= measurement.value.value <= measurement.high
        assert measurement.grade in {"A", "B", "C"}
        assert measurement.stable is (measurement.grade != "C")
        assert measurement.variant
        assert "wrong results" not in measurement.reason
        if measurement.grade == "C":
            assert measurement.reason.startswith("not trustworthy")


def test_busy_processors_lower_every_grade():
    busy = [
        subprocess.Popen([sys.executable, "-c", "while True: pass"])
        for _ in range(max(1, len(allowed_cpus()) // 2))
    ]
    try:
        found = memory_probe.PROBE.run(ProbeContext(ProbeOptions(effort="quick")))
    finally:
        for process in busy:
            process.kill()
            process.wait()
    grades = {m.fact: m.grade for m in found.measurements if m.value is not None}
    assert grades
    assert set(grades.values()) <= {"B", "C"}
    assert all(m.stable is (m.grade == "B") for m in found.measurements if m.value is not None)


def test_the_curves_fall_from_level_to_level(outcome):
    curves = {curve.name: curve.points for curve in outcome.curves}
    latency, read = curves["latency_over_working_set"], curves["read_over_working_set"]
    assert [p.x for p in latency] == sorted(p.x for p in latency)
    # Memory is slower than the first-level cache by far more than any disturbance.
    assert latency[-1].y > 3 * latency[0].y
    assert read[0].y > 1.5 * read[-1].y
    assert all(point.label for point in read)


def test_conditions_are_recorded(outcome):
    assert {"steal", "memory measured on", "pinning", "huge pages"} & set(outcome.environment)


def test_the_plan_takes_twice_the_cache_within_an_eighth_of_what_is_free():
    default = EFFORTS["default"]
    assert plan_memory(topology(4), 64 * 1024 * MIB, default).size == 64 * MIB
    assert plan_memory(topology(4, cache=100 * MIB), 64 * 1024 * MIB, default).size == 200 * MIB
    tight = plan_memory(topology(4), 512 * MIB, default)
    assert tight.size <= 64 * MIB
    assert tight.latency_size <= 64 * MIB
    assert plan_memory(topology(2, cache=2048 * MIB), 64 * 1024 * MIB, default).size == 2 * default.largest
    assert plan_memory(topology(2), None, default).size == 64 * MIB
    # Latency is measured beyond the cache of its one CPU, as far as laying the cycle does not take too long.
    assert plan_memory(topology(2, cache=260 * MIB), 2**40, default).latency_size == 1024 * MIB
    assert plan_memory(topology(2, cache=260 * MIB), 2**40, QUICK).latency_size == 512 * MIB


def test_parts_lie_side_by_side_and_those_of_a_node_together():
    plan = plan_memory(topology(4, nodes=2), 2**40, QUICK)
    assert [part.offset for part in plan.parts] == [n * plan.parts[0].size for n in range(4)]
    assert plan.near(0) == (0, 2 * plan.parts[0].size)
    assert (plan.beside(0), plan.beside(3)) == ((0, 1), (3, 2))
    assert len(plan_memory(topology(64), 2**40, QUICK).beside(9)) == 8
    assert plan.near(3) == (2 * plan.parts[0].size, 2 * plan.parts[0].size)


def test_curve_sizes_grow_from_the_first_cache_on():
    sizes = curve_sizes(topology(1), 512 * MIB)
    assert sizes[0] == 16384
    assert list(sizes) == sorted(set(sizes))
    assert sizes[-1] < 512 * MIB


def test_two_nodes_give_a_curve_for_each():
    # The nodes are made up: both parts lie in this machine's memory, only the bookkeeping differs.
    cpus = allowed_cpus()
    if len(cpus) < 2:
        pytest.skip("needs two CPUs")
    shape = topology(2, nodes=2)
    shape = Topology(
        shape.cpus,
        shape.caches,
        (Node(0, cpus[:1], MIB, (10, 21)), Node(1, cpus[1:2], MIB, (21, 10))),
        cpus[:2],
    )
    arena = Arena(load_kernels(), plan_memory(shape, 512 * MIB, QUICK))
    arena.open()
    try:
        figures = measure_bandwidth(arena, shape, QUICK, files=HostFiles(), progress=lambda _s: None)
        curves = node_curves(arena, shape, figures, QUICK)
    finally:
        arena.close()
    assert all(figure.verified for figure in figures)
    assert [[p.label for p in curve.points] for curve in curves] == [
        ["local", "remote, distance 21"],
        ["remote, distance 21", "local"],
    ]


@pytest.mark.parametrize("nodes", [1, 2])
def test_latency_uses_the_bandwidths_memory_again_unless_it_lies_on_several_nodes(nodes: int):
    cpus = allowed_cpus()
    if len(cpus) < 2:
        pytest.skip("needs two CPUs")
    made_up = tuple(
        Node(number, cpus[:2] if nodes == 1 else (cpus[number],), MIB, (10,)) for number in range(nodes)
    )
    shape = Topology(topology(2).cpus, topology(2).caches, made_up, cpus[:2])
    kernels = _Counting(load_kernels())
    arena = Arena(kernels, plan_memory(shape, 512 * MIB, QUICK))
    assert arena.plan.shared == (nodes == 1)
    arena.open()
    if nodes == 2:
        arena.close()
    found = measure_latency(arena, shape, QUICK, huge_share=lambda _at, _size: None, progress=lambda _s: None)
    arena.close()
    assert kernels.mapped == kernels.freed == (2 if nodes == 1 else 3)
    assert found.memory.size == arena.plan.latency_size
    assert 1e-9 < min(found.memory.samples) < 1e-5
    assert found.on_small[-1].pages == "4 KiB"
    assert found.loaded is not None


class _Counting:
    """The real kernels; counts how often memory is mapped and given back."""

    def __init__(self, kernels: Any) -> None:
        self.kernels, self.mapped, self.freed = kernels, 0, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.kernels, name)

    def arena_new(self, size: int, pages: int) -> Any:
        self.mapped += 1
        return self.kernels.arena_new(size, pages)

    def arena_free(self, handle: Any) -> None:
        self.freed += 1
        self.kernels.arena_free(handle)


def test_a_guests_interval_reaches_to_both_sides_what_other_guests_do():
    figure = Figure("read", "1", (0,), kernel_variants()[0], samples=[1e10] * 30)
    for guest in (False, True):
        plan = plan_memory(topology(1), 512 * MIB, QUICK, guest=guest)
        measured = bandwidth_measurement(figure, plan, None)
        assert (measured.low, measured.high) == pytest.approx(
            (0.92e10, 1.08e10) if guest else (0.99e10, 1.01e10)
        )
        assert ("virtual machine" in measured.interval) == guest


def test_two_kinds_of_cores_are_both_measured_and_one_thread_runs_on_a_fast_one():
    # The kinds are made up: this machine's processors are alike, only the bookkeeping differs.
    cpus = allowed_cpus()
    if len(cpus) < 2:
        pytest.skip("needs two CPUs")
    kinds = (Cpu(cpus[0], 0, 0, "efficiency"), Cpu(cpus[1], 0, 1, "performance"))
    shape = Topology(kinds, topology(2).caches, (Node(0, cpus[:2], MIB, (10,)),), cpus[:2])
    effort = structs.replace(QUICK, rounds=6)
    arena = Arena(load_kernels(), plan_memory(shape, 512 * MIB, effort))
    arena.open()
    try:
        figures = measure_bandwidth(arena, shape, effort, files=HostFiles(), progress=lambda _s: None)
        words = other_kinds(arena, shape, figures, effort)
    finally:
        arena.close()
    assert {figure.cpus for figure in figures if figure.threads == "1"} == {(cpus[1],)}
    assert words["one thread on"] == f"logical processor {cpus[1]}, a core of kind performance"
    assert words["read_1 on an efficiency core"].endswith(f"GB/s on logical processor {cpus[0]}")
    assert len(sustained_note(figures).split(", ")) == 1 + len(figures)
    assert other_kinds(arena, topology(2), figures, effort) == {}


def test_a_wrong_kernel_is_caught_by_the_check_of_its_results():
    plan = plan_memory(topology(1), 512 * MIB, QUICK)
    arena = Arena(load_kernels(), plan)
    arena.open()
    writer = next(v for v in kernel_variants() if v.operation == "write")
    copier = next(v for v in kernel_variants() if v.operation == "copy")
    assert arena.verify(copier, (0,))
    # A kernel that writes where it should add: the variant's index is swapped under the triad's name.
    swapped = type(writer)(writer.index, "triad", writer.isa, writer.name, 1, non_temporal=False)
    assert not arena.verify(swapped, (0,))
    arena.close()


def test_no_memory_is_a_named_state():
    class Refusing:
        def arena_new(self, size: int, pages: int) -> object:
            raise MemoryError

    arena = Arena(Refusing(), plan_memory(topology(1), 512 * MIB, QUICK))
    with pytest.raises(NotMeasuredError, match="64 MiB"):
        arena.open()


def test_without_the_extension_every_fact_says_so(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "poc_gate.inputs.probe.memory._membench", None)
    monkeypatch.delattr("poc_gate.inputs.probe.memory._membench", raising=False)
    load_kernels.cache_clear()
    try:
        outcome = memory_probe.PROBE.run(ProbeContext(ProbeOptions()))
    finally:
        load_kernels.cache_clear()
    assert {m.reason for m in outcome.measurements} == {NOT_BUILT}
    assert all(m.value is None for m in outcome.measurements)


def stat(user: int, steal: int) -> str:
    return (
        f"cpu  {user} 0 0 1000 0 0 0 {steal} 0 0\ncpu0 {user} 0 0 1000 0 0 0 {steal} 0 0\nprocs_running 3\n"
    )


def test_steal_and_foreign_load_come_from_the_systems_accounts(tmp_path: Path):
    files = host(tmp_path, {"/proc/stat": stat(0, 0)})
    watch = Watch(files)
    host(tmp_path, {"/proc/stat": stat(100_000, 50_000)})
    seen = watch.seen()
    assert seen.known
    assert seen.steal == pytest.approx(500 / seen.seconds)
    assert 0.9 * 1000 / seen.seconds < seen.foreign <= 1000 / seen.seconds
    assert conditions(files, seen)["run queue"] == "3"


def test_a_system_without_accounts_is_said_to_be_unknown(tmp_path: Path):
    seen = Watch(HostFiles(tmp_path)).seen()
    assert not seen.known
    assert "unknown" in conditions(HostFiles(tmp_path), seen)["steal"]
