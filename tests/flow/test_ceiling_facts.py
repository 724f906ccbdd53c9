"""How fast a model can speak on a machine: Q3 and Q4 by hand, likely times by the formulas that other tables hold."""

from __future__ import annotations

import flow_pilots as pilots
import pytest
from derived_one import derived, ends, number

from poc_gate.flow.derive_facts import Deriver
from poc_gate.flow.formulas.speed.engine_model import FIXED_TTFT, compute_reached, step_span
from poc_gate.flow.formulas.speed.fitted_constants import FAMILIES, KINDS
from poc_gate.flow.formulas.speed.prompt_phase import prefill_span
from poc_gate.flow.reading.model_reading import read_hardware
from poc_gate.flow.reading.network_reading import read_network

SERVED = {
    **pilots.MODEL, **pilots.MACHINE, "model.engine_version": "0.10.0", "demand.in_tokens_p95": 3500.0, "demand.out_tokens_p95": 500.0,
    "model.precision": "bf16",
}  # fmt: skip
"""16.06 GB of weights, 131,072 bytes a token of context, 3.35 TB/s, 989 Tflop/s."""


def view_of(**more: object):
    stated = {**SERVED, **{name.replace("__", "."): value for name, value in more.items()}}
    return Deriver(pilots.tree({name: value for name, value in stated.items() if value is not None})).view()


def fact(name, **more: object):
    stated = {**SERVED, **{key.replace("__", "."): value for key, value in more.items()}}
    return derived(name, {key: value for key, value in stated.items() if value is not None})


def parts(found):
    return found.value.value, found.low, found.high


def test_no_stream_is_faster_than_its_weights_are_read():
    """3.35e12 / 16.06e9 = 208.6 tokens a second; twice that on two devices that share layers, between both where that is open."""
    found = fact("flow.decode.bound_single")
    assert parts(found) == pytest.approx((3.35e12 / 16.06e9,) * 3)
    assert found.formula.endswith("3.35 TB/s x 1 / 15 GiB = 208.6 tok/s")
    two = fact("flow.decode.bound_single", target__count=2.0, model__tensor_parallel=2.0)
    assert parts(two) == pytest.approx((2 * 3.35e12 / 16.06e9,) * 3)
    open_ = fact("flow.decode.bound_single", target__count=2.0, model__tensor_parallel=None)
    assert parts(open_) == pytest.approx((2 * 3.35e12 / 16.06e9, 3.35e12 / 16.06e9, 2 * 3.35e12 / 16.06e9))


def test_weights_between_two_sizes_and_formats_that_keep_parts_wider():
    loose = {"model.weight_bytes": (8e9, 32e9)}
    stated = {**SERVED}
    assert ends("flow.decode.bound_single", stated, loose) == pytest.approx(
        (3.35e12 / 8e9, 3.35e12 / 32e9, 3.35e12 / 8e9)
    )
    awq = {**SERVED, "model.weight_bytes": 5.5e9, "model.precision": "awq"}
    kept = 5.5e9 - 8.03e9 * 4.16 / 8
    assert number("flow.decode.bound_single", awq) == pytest.approx(3.35e12 / (5.5e9 - kept), rel=1e-6)
    silent = {name: value for name, value in awq.items() if name != "model.precision"}
    likely, low, high = ends("flow.decode.bound_single", silent)
    assert likely == high == pytest.approx(3.35e12 / (8.03e9 * 4.13 / 8), rel=1e-6)
    assert low == pytest.approx(3.35e12 / 5.5e9)


def test_the_share_of_the_bandwidth_that_a_claim_needs():
    claim = {"flow.decode.bound_single": 200.0, "slo.tokens_per_s_stream": 50.0}
    found = derived("flow.decode.declared_share", claim)
    assert found.value.value == 0.25
    assert found.formula == "50 tok/s / 200 tok/s: this figure needs 25% of the memory's bandwidth"
    assert number("flow.decode.declared_share", {**claim, "model.declared_tokens_per_s": 250.0}) == 1.25


def test_the_ceiling_of_a_batch_by_hand():
    """16 streams of 4,000 tokens read 16.06e9 + 16 x 4,000 x 131,072 bytes a step, of which an engine's reach is used."""
    reach = FAMILIES["server25"]["reach"]
    likely, low, high = parts(fact("flow.decode.ceiling"))
    read = 16.06e9 + 16 * 4000 * 131072
    assert likely == pytest.approx(reach * 3.35e12 / read)
    assert high == pytest.approx(3.35e12 / read)
    step = step_span(
        read_network(view_of()),
        read_hardware(view_of(), compute=False),
        "server25",
        batch=16.0,
        context=4000.0,
    )
    assert low == pytest.approx(min(1 / step.high, likely))
    shown = fact("flow.decode.ceiling").formula
    assert shown.startswith(
        f"bandwidth x reach / (weights + KV of 16 streams, of one device) = 3.35 TB/s x {reach:.2f} / 22.8 GiB = "
    )
    assert "compute allows" not in shown
    assert (
        fact("flow.decode.ceiling").assumptions[-1]
        == f"an engine of this family reaches {reach:.0%} of the memory bandwidth"
    )
    alone = parts(fact("flow.decode.ceiling", model__planned_concurrency=0.5))
    assert alone[0] == pytest.approx(reach * 3.35e12 / (16.06e9 + 4000 * 131072))


def test_the_ceiling_on_several_devices_and_where_compute_is_the_limit():
    """Two devices read half of the weights and of the cache each; a slow processor computes 2 x 8.03e9 flop for each of 16 tokens."""
    reach = FAMILIES["server25"]["reach"]
    two = parts(fact("flow.decode.ceiling", target__count=2.0, model__tensor_parallel=2.0))
    assert two[0] == pytest.approx(reach * 3.35e12 / ((16.06e9 + 16 * 4000 * 131072) / 2))
    slow = fact("flow.decode.ceiling", machine__accelerators__compute_half=1e12)
    rate = compute_reached(
        read_hardware(view_of(machine__accelerators__compute_half=1e12), compute=True), "server25", 16.0
    )
    assert slow.value.value == pytest.approx(rate / (2 * 8.03e9 * 16))
    assert f"; compute allows {rate / 1e9:.3g} GFLOP/s / (2 x parameters x 16) = " in slow.formula
    unknown = fact("flow.decode.ceiling", machine__accelerators__compute_half=None)
    assert unknown.value.value == pytest.approx(reach * 3.35e12 / (16.06e9 + 16 * 4000 * 131072))


def test_likely_times_are_those_of_the_formulas():
    network, hardware = read_network(view_of()), read_hardware(view_of(), compute=True)
    step = step_span(network, hardware, "server25", batch=16.0, context=4000.0)
    found = fact("flow.tpot.likely")
    assert parts(found) == pytest.approx((step.likely, step.low, step.high))
    layer = FAMILIES["server25"]["layer"] * 1e6
    assert found.formula.startswith(
        f"bytes / ({FAMILIES['server25']['reach']:.2f} x bandwidth) + layers x {layer:.0f} us = "
    )
    assert found.formula.endswith(" per token at 16 streams")
    single = step_span(network, hardware, "server25", batch=1.0, context=4000.0)
    assert fact("flow.tpot.likely", model__planned_concurrency=0.5).value.value == pytest.approx(
        single.likely
    )
    prompt = prefill_span(network, hardware, "server25", tokens=3500.0)
    assert parts(fact("flow.prefill.time")) == pytest.approx((prompt.likely, prompt.low, prompt.high))
    whole = (
        prompt.likely + step.likely / 2 + FIXED_TTFT,
        prompt.low + step.low / 2 + FIXED_TTFT,
        prompt.high + step.high / 2 + FIXED_TTFT,
    )
    assert parts(fact("flow.ttft.likely")) == pytest.approx(whole)
    alone = parts(fact("flow.ttft.likely", model__planned_concurrency=1.0))
    assert alone == pytest.approx(
        (prompt.likely + KINDS["prefill"]["fixed"], prompt.low, prompt.high + FIXED_TTFT)
    )
    pair = step_span(network, hardware, "server25", batch=2.0, context=4000.0)
    assert fact("flow.ttft.likely", model__planned_concurrency=2.0).value.value == pytest.approx(
        prompt.likely + pair.likely / 2 + FIXED_TTFT
    )


def test_times_without_a_compute_rate():
    for name in ("flow.decode.bound_single", "flow.decode.ceiling", "flow.tpot.likely"):
        assert fact(name, machine__accelerators__compute_half=None).value is not None
    for name in ("flow.prefill.time", "flow.ttft.floor", "flow.ttft.likely", "flow.decode.crossover"):
        assert fact(name, machine__accelerators__compute_half=None).inputs == (
            "machine.accelerators.compute_half",
        )


def test_no_first_token_before_its_prompt_is_computed():
    """Multiplied are all parameters but the embedding, 2 flop each, 3,500 times, at 989 Tflop/s."""
    found = fact("flow.ttft.floor")
    assert 0.8 * 2 * 8.03e9 * 3500 / 9.89e14 < found.value.value <= 2 * 8.03e9 * 3500 / 9.89e14
    assert found.low == found.high == found.value.value
    two = fact("flow.ttft.floor", target__count=2.0, model__tensor_parallel=2.0)
    assert parts(two) == pytest.approx((found.value.value / 2,) * 3)
    open_ = fact("flow.ttft.floor", target__count=2.0, model__tensor_parallel=None)
    assert parts(open_) == pytest.approx((found.value.value / 2, found.value.value / 2, found.value.value))


def test_the_streams_from_which_on_compute_is_the_limit():
    """989e12 / 3.35e12 / 2 flop a byte times 2 bytes a weight: 295 streams."""
    found = fact("flow.decode.crossover", model__weight_bytes=16e9, model__parameters=8e9)
    assert (found.value.value, found.formula) == (
        pytest.approx(9.89e14 / 3.35e12),
        "compute x bytes per weight / (2 x bandwidth) = 295 streams",
    )
