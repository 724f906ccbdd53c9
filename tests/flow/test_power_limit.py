"""A power limit below the maker's: what it may cost, what it never changes, and published speeds under one."""

from __future__ import annotations

import math

import flow_pilots as pilots
import pytest

from poc_gate.flow.derive_facts import Deriver
from poc_gate.flow.formulas.speed.devices.power import FIXED, SLOWEST, at_pace, least_pace
from poc_gate.flow.formulas.speed.engine_model import step_span
from poc_gate.flow.formulas.speed.prompt_phase import prefill_span
from poc_gate.flow.formulas.speed.shapes import Hardware, Network
from poc_gate.flow.reading.domain import tell_step_domain
from poc_gate.flow.reading.machine_reading import was_measured_as_planned

DENSE = Network(16e9, 8e9, 32, kv_per_token=131072.0, kv_heads=8)
CARD = Hardware(936e9, 71e12, vendor="nvidia")
LIMITED = CARD._replace(pace=0.5)
RTX_3090 = {
    **pilots.DEMAND, "model.hosting": "self", "model.kind": "llm", "target.device": "rtx-3090", "target.replicas": 1.0, "target.count": 4.0,
    "model.tensor_parallel": 4.0, "model.planned_concurrency": 1.0, "machine.accelerators.memory_bandwidth": 936e9,
    "machine.accelerators.compute_half": 71e12, "machine.accelerators.memory_total": 24 * 2.0**30,
    "machine.accelerators.power_limit": 350.0, "model.engine": "vllm", "model.engine_version": "0.23.0", "model.parameters": 27e9,
    "model.weight_bits": 16.0, "model.layers": 64.0, "model.kv_heads": 4.0, "model.head_dim": 256.0, "model.attention_layers": 16.0,
    "demand.in_tokens_p95": 512.0, "demand.out_tokens_p95": 256.0,
}  # fmt: skip


def _ends(**values: object) -> tuple[float, float]:
    fact = Deriver(pilots.tree({**RTX_3090, **values})).find("flow.tpot.likely")[0]
    assert fact.low is not None
    assert fact.high is not None
    return fact.low, fact.high


@pytest.mark.parametrize(
    ("limit", "rated", "pace"),
    [
        (350.0, 350.0, 1.0),
        (400.0, 350.0, 1.0),
        (340.0, 350.0, 1.0),
        (100.0, 0.0, 1.0),
        (50.0, 100.0, math.sqrt((0.5 - FIXED) / (1 - FIXED))),
        (38.0, 100.0, SLOWEST),
        (30.0, 100.0, SLOWEST),
    ],
)
def test_what_a_limit_leaves_of_the_clock_at_least(limit, rated, pace):
    assert least_pace(limit, rated) == pytest.approx(pace)


def test_a_device_at_half_its_clock_computes_and_reads_at_half():
    half = at_pace(CARD, 0.5)
    assert (half.bandwidth, half.compute) == (CARD.bandwidth / 2, 71e12 / 2)
    assert half.ticking == 2 * CARD.ticking
    assert half.pace == at_pace(LIMITED, 1.0).pace == 1.0
    assert at_pace(CARD._replace(compute=None), 0.5).compute is None


def test_rates_that_were_measured_under_the_limit_are_not_slowed_again():
    half = at_pace(CARD._replace(rated=False), 0.5)
    assert (half.bandwidth, half.compute) == (CARD.bandwidth, CARD.compute)
    assert half.unpacking == CARD.unpacking / 2


@pytest.mark.parametrize(
    ("planned", "found", "measured"),
    [(None, 220.0, True), (220.0, 220.0, True), (150.0, 220.0, False), (150.0, None, False)],
)
def test_which_limit_the_rates_were_measured_under(planned, found, measured):
    limits = {"target.power_limit": planned, "machine.accelerators.power_limit": found}
    view = Deriver(
        pilots.tree({**RTX_3090, **limits} if found else {**RTX_3090, "target.power_limit": planned})
    ).view()
    assert was_measured_as_planned(view) is measured


@pytest.mark.parametrize(
    "span",
    [
        lambda hardware: step_span(DENSE, hardware, "server25", batch=1, context=1000),
        lambda hardware: prefill_span(DENSE, hardware, "server25", tokens=1000),
    ],
)
def test_limited_power_opens_the_slow_end_alone(span):
    full, limited = span(CARD), span(LIMITED)
    assert limited.low == pytest.approx(full.low)
    assert limited.high > 1.4 * full.high
    assert full.likely <= limited.likely <= 2.0 * full.likely


def test_limited_power_is_told():
    def said(hardware: Hardware) -> list[str]:
        view = Deriver(pilots.tree({})).view()
        tell_step_domain(view, DENSE, hardware, "server25", 1000)
        return [line for line in view.trace.outside if "target.power_limit" in line]

    assert "50%" in said(LIMITED)[0]
    assert not said(CARD)


def test_the_planned_limit_goes_before_the_one_found_and_the_makers_before_the_sheets():
    full = _ends()
    assert _ends(**{"target.power_limit": 350.0}) == full
    planned = _ends(**{"target.power_limit": 220.0})
    assert planned[0] == pytest.approx(full[0])
    assert planned[1] > full[1]
    found = _ends(**{"machine.accelerators.power_limit": 220.0, "machine.accelerators.power_default": 350.0})
    assert found[0] == pytest.approx(planned[0])
    assert full[1] <= found[1] < planned[1]  # its bandwidth was measured under the limit


def test_a_published_stream_under_a_limit_lies_inside():
    """Qwen3.6-27B in 16 bits on four RTX 3090 at 220 W: 35.6 tok/s (LottoLottoLotto/4x3090-llm-benchmarks, 2026-06)."""
    low, high = _ends(**{"target.power_limit": 220.0})
    assert low <= 1.0 / 35.6 <= high


@pytest.mark.parametrize(("limit", "share"), [(400.0, 0.89), (300.0, 0.71), (250.0, 0.55), (200.0, 0.43)])
def test_a_published_sweep_never_falls_below_what_is_counted_on(limit, share):
    """Prompts of a 7B under llama.cpp on an RTX PRO 6000 of 600 W; means of five runs, without the first one at full clock (2025-09)."""
    assert least_pace(limit, 600.0) <= share
