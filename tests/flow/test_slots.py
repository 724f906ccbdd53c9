"""Engines for one user under several streams: their slots, choosing tokens one after the other, and batches that were published."""

from __future__ import annotations

import flow_pilots as pilots
import pytest

from poc_gate.flow.derive_facts import Deriver
from poc_gate.flow.formulas.speed.devices.device_table import multiplying, ticking, unpacking
from poc_gate.flow.formulas.speed.engine_model import sampling_time, step_time
from poc_gate.flow.formulas.speed.shapes import Hardware, Network
from poc_gate.flow.reading.slots import default_slots, slotted
from poc_gate.flow.span import Span
from poc_gate.model.fact import Fact
from poc_gate.model.quantity import Quantity

CARD = {
    **pilots.DEMAND, **pilots.MODEL, "target.device": "rtx-4090", "model.weight_bytes": 4.92e9, "model.weight_bits": 4.9,
    "model.engine": "ollama", "model.engine_version": "0.12", "model.planned_concurrency": 8.0, "demand.in_tokens_p95": 500.0,
    "demand.out_tokens_p95": 100.0, "machine.accelerators.memory_total": 24 * 2.0**30, "machine.accelerators.memory_bandwidth": 1008e9,
    "machine.accelerators.compute_half": 165e12,
}  # fmt: skip
SPARK = Hardware(
    273e9, 62e12, vendor="nvidia", shared=True, multiplying=multiplying("dgx-spark"),
    unpacking=unpacking("dgx-spark"), ticking=ticking("dgx-spark"), sampling=5e-4,
)  # fmt: skip
CODER = Network(8.1e9, 7.62e9, 28, kv_per_token=57344.0, kv_heads=4)


def rate_of(**stated: object) -> Fact:
    values = {name: value for name, value in {**CARD, **stated}.items() if value is not None}
    return Deriver(pilots.tree(values)).find("flow.serving.batch_rate")[0]


def likely(fact: Fact) -> float:
    assert isinstance(fact.value, Quantity)
    return fact.value.value


@pytest.mark.parametrize(
    ("stated", "slots"),
    [
        ({"model.engine": "ollama"}, (1.0, 4.0)),
        ({"model.engine": "llama.cpp"}, (1.0, 4.0)),
        ({"model.engine": "ollama", "model.max_concurrency": 8.0}, None),
        ({"model.engine": "vllm"}, None),
        ({}, (1.0, float("inf"))),
    ],
)
def test_slots_by_default(stated, slots):
    assert default_slots(Deriver(pilots.tree(stated)).view()) == slots


def test_a_request_alone_needs_one_slot():
    view = Deriver(pilots.tree({"model.engine": "ollama"})).view()
    assert slotted(view, Span(1.0, 1.0, 1.0)) == Span(1.0, 1.0, 1.0)
    assert not view.trace.outside
    assert slotted(view, Span(8.0, 6.0, 9.0)) == Span(4.0, 1.0, 9.0)
    assert any("model.max_concurrency" in line for line in view.trace.outside)


def test_requests_beyond_the_slots_wait():
    """An RTX 4090 under Ollama's defaults served 68 to 74 tok/s of an 8B in four bits however many asked (eduard3v.com, 2026-05)."""
    told, unsaid, alone = (
        rate_of(**more) for more in ({"model.max_concurrency": 8.0}, {}, {"model.planned_concurrency": 1.0})
    )
    assert likely(told) > likely(unsaid) > likely(alone)
    assert unsaid.low is not None
    assert unsaid.low < 74.1
    assert told.low is not None
    assert told.low > 200.0


def test_an_engine_that_nobody_names_may_run_one_request_after_the_other():
    unknown, known = (
        rate_of(**{"model.engine": None}),
        rate_of(**{"model.engine": "vllm", "model.engine_version": "0.10"}),
    )
    assert unknown.low is not None
    assert known.low is not None
    assert unknown.low < known.low / 4


def test_tokens_are_chosen_one_after_the_other():
    assert sampling_time(SPARK, 1.0) == 0.0
    assert sampling_time(SPARK, 32.0) == pytest.approx(31 * 5e-4)
    assert sampling_time(SPARK._replace(wrapped=True), 1.0) == 5e-4
    assert sampling_time(Hardware(1e12), 32.0) == 0.0


@pytest.mark.parametrize(
    ("batch", "published"), [(1, 29.24), (4, 104.33), (8, 195.67), (16, 335.01), (32, 593.27)]
)
def test_published_batches_of_llama_cpp(batch, published):
    """Qwen2.5-Coder 7B in eight bits on a DGX Spark behind prompts of 512 tokens, by a bench that chooses no tokens (llama.cpp, 2025-11)."""
    bench = SPARK._replace(sampling=0.0)
    time = step_time(CODER, bench, "llama.cpp25", batch=batch, context=528)
    assert batch / time == pytest.approx(published, rel=0.08)
