"""The processor's matrix rate: right products, every figure with samples and grade, and said plainly where there is none."""

from __future__ import annotations

import struct
from itertools import chain

import pytest

from poc_gate.inputs.probe.interface import ProbeContext, ProbeOptions, ProbeOutcome
from poc_gate.inputs.probe.matrix import matrix_rate
from poc_gate.inputs.probe.matrix.matrix_probe import FACTS, run
from poc_gate.inputs.probe.memory.native_kernels import kernel_variants, load_kernels

MATRIX = [v for v in kernel_variants() if v.operation.startswith("matrix_")]
ONES = {"fp32": struct.pack("<2f", 1, 1), "bf16": b"\x80\x3f" * 4, "int8": b"\x01" * 8}
SUMS = {
    "fp32": struct.pack("<2f", 160, 160),
    "bf16": struct.pack("<2f", 320, 320),
    "int8": struct.pack("<2i", 640, 640),
}


@pytest.mark.parametrize("variant", MATRIX, ids=lambda v: f"{v.operation} {v.title}")
def test_a_product_of_ones_is_the_inner_length_and_nothing_beyond_it_changes(variant):
    kernels, form, size = load_kernels(), variant.operation.removeprefix("matrix_"), matrix_rate.BLOCK
    (one,), (total,) = struct.unpack("<d", ONES[form]), struct.unpack("<d", SUMS[form])
    arena = kernels.arena_new(3 * size, 0)
    kernels.fill(arena, [(-1, 0, 0, 0, 3 * size)], one)
    kernels.run(arena, variant.index, [(-1, 0, size, 2 * size, size)], 2)
    assert kernels.mismatches(arena, 0, 96 * 64 * 4, total) == 0
    assert kernels.mismatches(arena, 6 * 4096, 3 * size - 6 * 4096, one) == 0


@pytest.fixture(scope="module")
def outcome():
    return run(ProbeContext(ProbeOptions(effort="quick")))


def test_every_figure_has_samples_a_variant_and_a_grade_or_a_reason(outcome):
    assert [m.fact for m in outcome.measurements] == [spec.name for spec in FACTS]
    known = {m.fact: m for m in outcome.measurements if m.value is not None}
    assert "machine.cpu.matrix_rate_fp32_1" in known
    for measurement in known.values():
        assert measurement.samples
        assert measurement.variant
        assert measurement.grade in {"A", "B", "C"}
        assert measurement.low <= measurement.value.value <= measurement.high
    forms = {v.operation.removeprefix("matrix_") for v in MATRIX}
    for measurement in outcome.measurements:
        if measurement.value is None:
            assert measurement.fact.split("_")[-2] not in forms
            assert "no instructions" in measurement.reason


def test_all_processors_together_are_of_the_order_of_one_or_more(outcome, monkeypatch: pytest.MonkeyPatch):
    """Other work may hold them while the tests run, so this says nothing of scaling, and the best of a few runs counts.

    A thread that waits for its turn makes all others of its slice wait: the further slices last longer than any turn.
    """

    def in_slices_of(seconds: float) -> ProbeOutcome:
        monkeypatch.setattr(matrix_rate, "_EFFORTS", {"quick": (6, seconds)})
        return run(ProbeContext(ProbeOptions(effort="quick")))

    shares = []
    for tried in chain([outcome], map(in_slices_of, (0.02, 0.02, 0.1))):
        rates = {m.fact: max(m.samples) for m in tried.measurements if m.value is not None}
        one, every = (rates[f"machine.cpu.matrix_rate_fp32_{threads}"] for threads in ("1", "all"))
        shares.append(every / one)
        if shares[-1] > 0.2:
            return
    pytest.fail(f"all processors together reached these shares of one: {shares}")


def test_a_kernel_with_wrong_results_is_no_measurement(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(matrix_rate, "_SUMS", dict.fromkeys(ONES, b"\x02" * 8))
    found = run(ProbeContext(ProbeOptions(effort="quick")))
    assert all(m.value is None and "right result" in m.reason for m in found.measurements)


def test_without_the_extension_every_fact_says_so(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("poc_gate.inputs.probe.memory.native_kernels.load_kernels", lambda: None)
    assert all("not built" in m.reason for m in run(ProbeContext(ProbeOptions())).measurements)
