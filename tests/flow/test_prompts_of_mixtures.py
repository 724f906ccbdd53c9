"""Prompts of mixtures of experts under engines for one user: each expert multiplies a few tokens of a piece only."""

from __future__ import annotations

import pytest

from poc_gate.flow.formulas.speed.fitted_constants import FAMILIES
from poc_gate.flow.formulas.speed.prompt_phase import (
    HALF_FILLED,
    PIECE_OF_ONE_USER,
    filled,
    multiplied,
    prefill_span,
    prefill_time,
    quantised,
)
from poc_gate.flow.formulas.speed.shapes import Hardware, Network

QWEN3 = Network(
    18.56e9, 30.53e9, 48, active_parameters=3.34e9, kv_per_token=98304.0, kv_heads=4.0, query_width=4096.0, experts=128.0, experts_used=8.0
)  # fmt: skip
DENSE = Network(4.9e9, 8.03e9, 32)


@pytest.mark.parametrize(
    ("bandwidth", "peak", "tokens", "published"),
    [
        (768e9, 2 * 154.8e12, 488.0, 1646.93),  # RTX A6000 under Ollama 0.11 (gparemsky/48gb4090, 2025-09)
        (768e9, 2 * 154.8e12, 3156.0, 1538.47),
        (1792e9, 2 * 503.8e12, 512.0, 7432.36),  # RTX PRO 6000 Blackwell, llama.cpp b6413
    ],
)
def test_published_prompts_lie_inside(bandwidth, peak, tokens, published):
    span = prefill_span(QWEN3, Hardware(bandwidth, peak / 2.0, vendor="nvidia"), "llama.cpp25", tokens=tokens)
    assert span.low <= tokens / published <= span.high
    assert span.likely == pytest.approx(tokens / published, rel=0.4)


def test_what_every_token_uses_is_multiplied_as_in_a_dense_model():
    """Of Qwen3.6-35B-A3B a third of what a token uses is experts: an RTX 3090 reads its prompts at 3,707 tok/s (msb-msb/insiderllm-bench-results, 2026-09)."""
    network = Network(22.135e9, 34.66e9, 40, active_parameters=3.0e9, experts=256.0, experts_used=8.0, carried_layers=30.0)  # fmt: skip
    each = 512.0 * network.chosen_share
    assert filled(network, "llama.cpp25", 512.0) > 2.0 * each / (each + HALF_FILLED)
    span = prefill_span(network, Hardware(936.2e9, 2 * 71.2e12, vendor="nvidia"), "llama.cpp25", tokens=512.0)
    assert span.low <= 512.0 / 3707.1 <= span.high


def test_only_experts_under_llama_cpp_are_filled_in_part():
    each = 512.0 * 8.0 / 128.0
    assert QWEN3.chosen_share == pytest.approx(8.0 / 128.0)
    experts = 1.0 - QWEN3.shared / QWEN3.computed
    assert 0.5 < experts < 0.6
    longer = 1.0 - experts + experts * (each + HALF_FILLED) / each
    assert filled(QWEN3, "llama.cpp", 512.0) == pytest.approx(1.0 / longer)
    assert filled(QWEN3, "llama.cpp", 9000.0) == filled(QWEN3, "llama.cpp", PIECE_OF_ONE_USER)
    assert filled(QWEN3, "llama.cpp", 64.0) < filled(QWEN3, "llama.cpp", 512.0)
    assert (
        filled(QWEN3, "static", 512.0)
        == filled(QWEN3, "unified", 512.0)
        == filled(DENSE, "llama.cpp", 512.0)
        == 1.0
    )
    assert DENSE.chosen_share == 1.0


def test_devices_that_share_memory_multiply_narrower_weights_faster_than_bfloat16():
    """Units for half precision and bytes, none for bfloat16: Gemma 4 31B on Strix Halo reads prompts 2.2 times as fast with 4 bits."""
    machine, half = Hardware(256e9, 59.4e12, vendor="amd"), DENSE._replace(weight_bytes=16.06e9)
    faster = FAMILIES["unified"]["narrow"]
    assert faster > 1.0
    for family, wanted in (("unified", faster), ("llama.cpp25", 1.0), ("static", 1.0)):
        assert quantised(DENSE, family) == wanted
        assert quantised(half, family) == 1.0
    narrow, wide = (prefill_time(one, machine, "unified", tokens=4096.0) for one in (DENSE, half))
    assert wide / narrow == pytest.approx(faster, rel=0.05)


def test_a_longer_prompt_of_a_mixture_takes_longer():
    machine = Hardware(768e9, 154.8e12, vendor="nvidia")
    times = [
        prefill_time(QWEN3, machine, "llama.cpp", tokens=n) for n in (64.0, 256.0, 512.0, 1024.0, 4096.0)
    ]
    assert times == sorted(times)
    assert times[0] < times[-1]


def test_a_dense_prompt_of_narrow_weights_goes_by_multiprocessors_and_clock():
    """An A100 and an RTX 3090 have as many cycles of multiprocessors; the peak of one is twice that of the other."""
    cycles = FAMILIES["llama.cpp25"]["products"]
    many, few = (
        Hardware(1e12, peak, vendor="nvidia", multiplying=1.5e11, devices=2.0) for peak in (312e12, 142e12)
    )
    half = DENSE._replace(weight_bytes=16.06e9)
    rates = [multiplied(DENSE, machine, "llama.cpp25", 512.0) for machine in (many, few)]
    assert rates == [pytest.approx(2.0 * cycles * 1.5e11)] * 2
    assert multiplied(half, many, "llama.cpp25", 512.0) > 1.5 * multiplied(half, few, "llama.cpp25", 512.0)
    assert multiplied(QWEN3, many, "llama.cpp25", 512.0) == pytest.approx(0.35 * 624e12)
    assert multiplied(DENSE, many._replace(shared=True), "llama.cpp25", 512.0) == pytest.approx(0.35 * 624e12)
    assert multiplied(DENSE, many._replace(compute=2e13), "llama.cpp25", 512.0) == 4e13
