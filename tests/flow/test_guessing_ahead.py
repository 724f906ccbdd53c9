"""A draft that guesses tokens ahead of each step: from nearly twice the time of a plain step to a share of it, and no rule passes on a likely value."""

from __future__ import annotations

import flow_pilots as pilots
import pytest

from poc_gate.flow.derive_facts import Deriver
from poc_gate.flow.facts.serving.draft_memory import CACHE, WEIGHTS
from poc_gate.flow.formulas.load.batching import BatchServer, Lengths
from poc_gate.flow.formulas.speed.engine_model import DRAFTED, bound_time, drafted, step_span, step_time
from poc_gate.flow.formulas.speed.family_constants import LOADED
from poc_gate.flow.formulas.speed.fitted_intervals import INTERVALS
from poc_gate.flow.formulas.speed.prompt_phase import prefill_time
from poc_gate.flow.formulas.speed.shapes import Hardware, Network
from poc_gate.flow.formulas.speed.worlds import worlds
from poc_gate.flow.reading.model_reading import read_hardware
from poc_gate.model.fact import Fact

NETWORK = Network(8.2e9, 8.2e9, 36, kv_per_token=147456.0, kv_heads=8.0)
MACHINE = Hardware(3.35e12, 1979e12, precision="fp8", link="fast", vendor="nvidia")
AHEAD = MACHINE._replace(guessed=4.0, kept=None)

QWEN3_8B = {
    **pilots.DEMAND, "model.hosting": "self", "model.kind": "llm", "model.parameters": 8.2e9, "model.weight_bits": 8.0,
    "model.precision": "fp8", "model.layers": 36.0, "model.kv_bytes_per_token": 147456.0, "model.kv_bits": 16.0,
    "model.attention": "grouped", "model.engine": "sglang", "model.engine_version": "0.5.3", "model.tensor_parallel": 1.0,
    "model.max_concurrency": 64.0, "model.planned_concurrency": 4.0, "target.device": "h100 sxm", "target.count": 1.0,
    "target.replicas": 1.0, "machine.accelerators.memory_bandwidth": 3.35e12, "machine.accelerators.compute_half": 989e12,
    "machine.accelerators.memory_total": 80 * 2.0**30, "demand.in_tokens_p95": 233.0, "demand.out_tokens_p95": 221.0,
    "flow.demand.peak_rate": 4.0,
}  # fmt: skip


def _find(fact: str, **more: float) -> Fact:
    values = {**QWEN3_8B, **{name.replace("__", "."): value for name, value in more.items()}}
    return Deriver(pilots.tree(values)).find(fact)[0]


@pytest.mark.parametrize(
    ("guessed", "published"), [(2.0, 3.98e-3), (4.0, 3.75e-3), (4.0, 3.62e-3), (8.0, 4.27e-3)]
)
def test_published_times_with_a_draft_lie_inside(guessed, published):
    """Qwen3 8B in FP8 on one H100, four streams, SGLang with EAGLE-3 (gpustack/gpustack docs/performance-lab, 47277d7)."""
    found = _find("flow.tpot.likely", model__guessed_tokens=guessed)
    assert found.low <= published <= found.high
    assert "guesses" in found.outside


def test_a_stream_may_be_faster_than_reading_all_weights_for_each_token():
    """Multi-token prediction and EAGLE are how streams pass the memory's bound: no promise is impossible for it alone."""
    plain, ahead = (_find("flow.decode.bound_single", model__guessed_tokens=k) for k in (0.0, 4.0))
    assert ahead.high == pytest.approx(5.0 * plain.high)
    ceiling = _find("flow.decode.ceiling", model__guessed_tokens=4.0)
    assert ceiling.high > 3.0 * ceiling.value.value
    assert ceiling.low < _find("flow.decode.ceiling", model__guessed_tokens=0.0).value.value
    assert "benchmark" in ceiling.outside


@pytest.mark.parametrize(
    "fact",
    ["serving.tpot_peak", "serving.time_peak", "serving.saturated_rate", "serving.batch_rate", "tpot.likely"],
)
def test_every_speed_is_open_both_ways(fact):
    plain, ahead = (_find(f"flow.{fact}", model__guessed_tokens=k) for k in (0.0, 3.0))
    assert ahead.low < plain.low
    assert ahead.high > plain.high


def test_a_load_that_a_plain_server_bears_may_be_too_much_beside_a_draft():
    rate = 0.4 * BatchServer(NETWORK, MACHINE, LOADED, 64.0).highest_rate(Lengths(233.0, 221.0))
    plain, ahead = (
        _find("flow.serving.served_rate", model__guessed_tokens=k, flow__demand__peak_rate=rate)
        for k in (0.0, 4.0)
    )
    assert plain.low == pytest.approx(rate)
    least = BatchServer(
        NETWORK._replace(kv_heads=0.0),
        AHEAD._replace(kept=1.0, unpacking=1.88, launching=0.4, compute=1978e12),
        LOADED,
        64.0,
    )
    assert ahead.low == pytest.approx(
        least.highest_rate(Lengths(233.0, 221.0)) / INTERVALS["loaded"][1], rel=0.01
    )
    assert ahead.low < rate


def test_what_a_step_yields():
    assert drafted(MACHINE) == 1.0
    none, every = (one for _, one, _ in worlds(NETWORK, AHEAD, "server25"))
    assert (none.kept, every.kept) == (1.0, 5.0)
    assert drafted(none) == DRAFTED
    assert drafted(every) == pytest.approx(0.2)
    assert drafted(none) > drafted(AHEAD) > drafted(every)
    assert bound_time(NETWORK, every) == pytest.approx(bound_time(NETWORK, MACHINE) / 5.0)
    assert bound_time(NETWORK, none) == bound_time(NETWORK, MACHINE)
    assert step_time(NETWORK, none, "server25") == pytest.approx(
        DRAFTED * step_time(NETWORK, MACHINE, "server25")
    )
    span = step_span(NETWORK, AHEAD, "server25", batch=4.0)
    assert span.low >= bound_time(NETWORK, every, batch=4.0)
    assert span.high > step_span(NETWORK, MACHINE, "server25", batch=4.0).high
    for family in ("cpu", "server25"):
        slow = step_time(NETWORK, none, family, batch=64.0)
        assert (
            slow
            > step_time(NETWORK, MACHINE, family, batch=64.0)
            > step_time(NETWORK, every, family, batch=64.0)
        )


def test_how_many_tokens_are_guessed_is_read_and_how_many_hold_stays_open():
    read = [
        read_hardware(Deriver(pilots.tree({**QWEN3_8B, **more})).view(), compute=True)
        for more in (
            {},
            {"model.guessed_tokens": 0.0},
            {"model.guessed_tokens": 1.0},
            {"model.guessed_tokens": 4.0},
        )
    ]
    assert [(one.guessed, one.kept) for one in read] == [(0.0, 1.0), (0.0, 1.0), (1.0, None), (4.0, None)]


def test_a_prompt_is_computed_as_without_a_draft():
    times = {
        prefill_time(NETWORK, one, "server25", tokens=8.0)
        for one in (MACHINE, AHEAD, AHEAD._replace(kept=5.0))
    }
    assert len(times) == 1


def test_a_draft_takes_memory_beside_the_model():
    """From nothing, where what was said before is looked up, to a sixth of the weights and a quarter of the cache."""
    assert (WEIGHTS.likely, WEIGHTS.low, WEIGHTS.high) == (0.03, 0.0, 0.16)
    assert (CACHE.likely, CACHE.low, CACHE.high) == (0.03, 0.0, 16 * 8 * 64 / (32 * 8 * 128))
    one, none = (_find("flow.device_memory.required", model__guessed_tokens=k) for k in (1.0, 0.0))
    assert one.value.value > none.value.value
    for fact in ("device_memory.required", "concurrency.max", "kv.tokens_max"):
        plain, ahead = (
            _find(f"flow.{fact}", model__guessed_tokens=k, model__max_concurrency=1e6) for k in (0.0, 4.0)
        )
        more = 1.0 if fact == "device_memory.required" else -1.0
        assert more * ahead.value.value > more * plain.value.value
        assert (ahead.low if more > 0 else ahead.high) == pytest.approx(plain.low if more > 0 else plain.high)
        assert any("the draft takes 0% to 16%" in one for one in ahead.assumptions)
        assert not any("draft" in one for one in plain.assumptions)
    needed, plain = (_find("flow.device_memory.required", model__guessed_tokens=k) for k in (4.0, 0.0))
    cache = 4 * 147456.0 * (233.0 + 221.0)
    assert needed.high - plain.high == pytest.approx(WEIGHTS.high * 8.2e9 + CACHE.high * cache, rel=0.1)


def test_a_model_that_just_fits_may_not_fit_with_a_draft():
    small = {"machine__accelerators__memory_total": 11.5e9}
    alone, ahead = (_find("flow.device_memory.fits", model__guessed_tokens=k, **small) for k in (0.0, 4.0))
    assert (alone.value, ahead.value) == ("fits", "unclear")
