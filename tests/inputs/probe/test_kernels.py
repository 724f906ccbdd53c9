"""The binding: results are right, every range is checked, no bad argument can reach foreign memory."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poc_gate.inputs.probe.memory.native_kernels import (
    ARRAYS,
    GRANULE,
    candidates,
    kernel_variants,
    load_kernels,
)

kernels = load_kernels()
ONE = 0x3FF0000000000000


def test_the_extension_is_built_for_these_tests():
    assert kernels is not None, "build it: pip install --no-build-isolation -e ."


def tasks_of(operation: str, size: int) -> list[tuple[int, int, int, int, int]]:
    b, c = (0, 0) if operation == "read" else (size, 2 * size)
    return [(0, 0, b, c, size)]


MEMORY = [v for v in kernel_variants() if v.operation in ARRAYS]


@pytest.mark.parametrize("variant", MEMORY, ids=lambda v: f"{v.operation} {v.title}")
def test_each_variant_leaves_what_its_operation_must_leave(variant):
    size = 16 * GRANULE
    arena = kernels.arena_new(3 * size, 0)
    kernels.fill(arena, [(0, 0, 0, 0, 3 * size)], 1.0)
    if variant.operation != "read":
        kernels.fill(arena, [(0, 0, 0, 0, size)], 0.25)
    nanoseconds, total, _ = kernels.run(arena, variant.index, tasks_of(variant.operation, size), 1)
    assert nanoseconds > 0
    if variant.operation == "read":
        assert total == size // 8 * ONE % 2**64
    else:
        wanted = 4.0 if variant.operation == "triad" else 1.0
        assert kernels.mismatches(arena, 0, size, wanted) == 0
    assert kernels.mismatches(arena, size, 2 * size, 1.0) == 0


@given(
    offset=st.integers(-(2**62), 2**62),
    size=st.integers(-(2**62), 2**62),
    cpu=st.integers(-5, 2**30),
)
@settings(max_examples=150, deadline=None)
def test_ranges_outside_the_arena_are_refused(offset: int, size: int, cpu: int):
    arena = kernels.arena_new(4 * GRANULE, 0)
    inside = offset >= 0 and 0 < size <= 4 * GRANULE - offset and offset % 64 == 0 and size % GRANULE == 0
    if inside and -1 <= cpu < 2**20:
        return
    with pytest.raises(ValueError, match=r"range|CPU"):
        kernels.fill(arena, [(cpu, offset, 0, 0, size)], 1.0)


def test_each_array_of_a_task_is_checked():
    arena = kernels.arena_new(3 * GRANULE, 0)
    for variant in kernel_variants():
        beyond = [0, 0, 0]
        last = {"read": 1, "write": 0, "copy": 1}.get(variant.operation, 2)
        beyond[last] = 3 * GRANULE
        with pytest.raises(ValueError, match="range"):
            kernels.run(arena, variant.index, [(0, *beyond, GRANULE)], 1)


def test_a_freed_arena_is_refused():
    arena = kernels.arena_new(GRANULE, 0)
    kernels.arena_free(arena)
    with pytest.raises(ValueError, match="freed"):
        kernels.fill(arena, [(0, 0, 0, 0, GRANULE)], 1.0)
    with pytest.raises(ValueError, match="freed"):
        kernels.arena_free(arena)


@pytest.mark.parametrize(
    ("size", "pages"), [(0, 0), (-GRANULE, 0), (GRANULE + 1, 0), (GRANULE, 3), (GRANULE, -1)]
)
def test_impossible_arenas_are_refused(size: int, pages: int):
    with pytest.raises(ValueError, match="arena_new"):
        kernels.arena_new(size, pages)


def test_memory_that_the_system_does_not_give_is_a_memory_error():
    with pytest.raises(MemoryError):
        kernels.arena_new(2**62, 0)


def test_unknown_variants_passes_and_tasks_are_refused():
    arena = kernels.arena_new(GRANULE, 0)
    task = [(0, 0, 0, 0, GRANULE)]
    for index in (-1, len(kernel_variants())):
        with pytest.raises(ValueError, match="variant"):
            kernels.run(arena, index, task, 1)
    with pytest.raises(ValueError, match="pass"):
        kernels.run(arena, 0, task, 0)
    with pytest.raises(TypeError):
        kernels.run(arena, 0, [5], 1)
    with pytest.raises(TypeError):
        kernels.run(arena, 0, 5, 1)
    with pytest.raises(ValueError, match="PyCapsule"):
        kernels.arena_free("no arena")


def test_a_chase_visits_memory_only_after_it_was_built_and_until_it_is_written_over():
    arena = kernels.arena_new(64 * GRANULE, 0)
    reader = next(v.index for v in kernel_variants() if v.operation == "read")
    writer = next(v.index for v in kernel_variants() if v.operation == "write")
    with pytest.raises(ValueError, match="built"):
        kernels.chase(arena, 0, 800, reader, [])
    kernels.chase_build(arena, 1024, 64)
    nanoseconds, moved, _, _ = kernels.chase(arena, 0, 800, reader, [])
    assert nanoseconds > 0
    assert moved == 0
    with pytest.raises(ValueError, match="readers"):
        kernels.chase(arena, 0, 800, writer, [])
    kernels.run(arena, writer, [(0, 0, 0, 0, GRANULE)], 1)
    with pytest.raises(ValueError, match="built"):
        kernels.chase(arena, 0, 800, reader, [])


@pytest.mark.parametrize(
    ("slots", "stride"), [(3, 64), (1, 64), (0, 64), (1024, 63), (1024, 0), (2**40, 64), (-4, 64)]
)
def test_impossible_chases_are_refused(slots: int, stride: int):
    arena = kernels.arena_new(64 * GRANULE, 0)
    with pytest.raises(ValueError, match="chase"):
        kernels.chase_build(arena, slots, stride)


def test_a_loaded_chase_reports_what_the_others_read():
    arena = kernels.arena_new(256 * GRANULE, 1)
    kernels.fill(arena, [(0, 0, 0, 0, 256 * GRANULE)], 1.0)
    kernels.chase_build(arena, 4096, 64)
    reader = next(v.index for v in kernel_variants() if v.operation == "read")
    _, moved, seconds, _ = kernels.chase(arena, -1, 4_000_000, reader, [(-1, 0, 0, 0, 256 * GRANULE)])
    assert moved > 0
    assert seconds > 0


def test_candidates_are_of_the_operation_and_the_widest_sets_come_along():
    for operation, arrays in ARRAYS.items():
        chosen = candidates(operation, every=False)
        assert chosen
        assert arrays >= 1
        assert {v.operation for v in chosen} == {operation}
        assert set(chosen) <= set(candidates(operation, every=True))
