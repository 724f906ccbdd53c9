"""Prompts on a DGX Spark, whose listed half-precision rate is for sums in single precision: published rates lie inside."""

from __future__ import annotations

import pytest

from poc_gate.flow.formulas.speed.devices.device_table import peak_doubt
from poc_gate.flow.formulas.speed.prompt_phase import multiplied, prefill_bound, prefill_span
from poc_gate.flow.formulas.speed.shapes import Hardware, Network

SPARK = Hardware(273e9, 62e12, vendor="nvidia", shared=True, multiplying=48 * 2.42e9)
ONE_BIT = Network(1.149e9, 8.19e9, 36, kv_per_token=147456.0, kv_heads=8)
MIXTURE = Network(32.48e9, 30.5e9, 48, active_parameters=3.34e9, kv_per_token=98304.0, kv_heads=4)


@pytest.mark.parametrize(
    ("network", "tokens", "published"), [(ONE_BIT, 512, 3978.0), (MIXTURE, 2048, 3176.0)]
)
def test_published_prompts_lie_inside(network, tokens, published):
    """Bonsai-8B in one bit (2026-04) and Qwen3-30B-A3B in eight (llama.cpp benches/dgx-spark.md, 2025-11), both under llama.cpp."""
    span = prefill_span(network, SPARK, "llama.cpp25", tokens=tokens)
    assert span.low <= tokens / published <= span.high


def test_bounds_hold_for_twice_the_listed_rate_where_nobody_measured_it():
    """The maker states sparse four-bit products alone; users measured 60 and 85 Tflop/s in bfloat16, where 62 are listed."""
    assert (peak_doubt("dgx-spark"), peak_doubt("NVIDIA GB10"), peak_doubt("rtx-5090")) == (2.0, 2.0, 1.0)
    doubted = SPARK._replace(doubt=2.0)
    eight = Network(16e9, 8e9, 32, kv_per_token=131072.0, kv_heads=8)
    assert prefill_bound(eight, doubted, tokens=8000) == pytest.approx(
        prefill_bound(eight, SPARK, tokens=8000) / 2
    )
    likely = [prefill_span(eight, one, "server25", tokens=8000).likely for one in (SPARK, doubted)]
    assert likely[0] == likely[1]


def test_shared_memory_takes_the_greater_of_matrix_units_and_bytes():
    fast = SPARK._replace(compute=258e12, multiplying=20 * 1.57e9)
    assert multiplied(ONE_BIT, fast, "llama.cpp25", 512) > multiplied(ONE_BIT, SPARK, "llama.cpp25", 512)
    alone = SPARK._replace(shared=False)
    assert multiplied(MIXTURE, alone, "llama.cpp25", 512) < multiplied(MIXTURE, SPARK, "llama.cpp25", 512)
    assert multiplied(ONE_BIT, alone, "llama.cpp25", 512) == multiplied(ONE_BIT, SPARK, "llama.cpp25", 512)
