"""Mixtures of experts under serving engines on AMD devices, whose kernels of experts are young: published speeds lie inside."""

from __future__ import annotations

import flow_pilots as pilots
import pytest

from poc_gate.flow.derive_facts import Deriver
from poc_gate.flow.formulas.speed.family_constants import slower_by, slower_experts
from poc_gate.flow.formulas.speed.fitted_constants import KINDS
from poc_gate.flow.formulas.speed.shapes import Network

MIXTURE = Network(240e9, 230e9, 62, active_parameters=10e9, kv_per_token=126976.0)
DENSE = Network(16e9, 8e9, 32, kv_per_token=131072.0)
MI300X = {
    **pilots.DEMAND, "model.hosting": "self", "model.kind": "llm", "model.kv_bits": 8.0, "target.device": "mi300x", "target.replicas": 1.0,
    "machine.accelerators.memory_bandwidth": 5.3e12, "machine.accelerators.compute_half": 1307e12,
    "machine.accelerators.memory_total": 192 * 2.0**30,
}  # fmt: skip
MINIMAX = {
    "model.engine": "sglang", "model.engine_version": "0.5.13", "model.parameters": 230e9, "model.active_parameters": 10e9,
    "model.weight_bits": 8.0, "model.precision": "fp8", "model.layers": 62.0, "model.kv_heads": 8.0, "model.head_dim": 128.0,
    "demand.in_tokens_p95": 1000.0, "demand.out_tokens_p95": 1000.0,
}  # fmt: skip
GPT_OSS = {
    "model.engine": "vllm", "model.engine_version": "0.24.0", "model.parameters": 116.8e9, "model.active_parameters": 5.1e9,
    "model.weight_bytes": 63e9, "model.weight_bits": 4.25, "model.layers": 36.0, "model.kv_heads": 8.0, "model.head_dim": 64.0,
    "demand.in_tokens_p95": 10000.0, "demand.out_tokens_p95": 750.0, "target.count": 1.0, "model.tensor_parallel": 1.0,
    "model.planned_concurrency": 1.0, "model.kv_bits": 16.0,
}  # fmt: skip


def _ends(name: str, values: dict[str, object]) -> tuple[float, float]:
    fact = Deriver(pilots.tree({**MI300X, **values})).find(name)[0]
    assert fact.low is not None
    assert fact.high is not None
    return fact.low, fact.high


@pytest.mark.parametrize(("devices", "streams", "published"), [(2.0, 16.0, 486.0), (4.0, 64.0, 1403.0), (4.0, 256.0, 3236.0)])  # fmt: skip
def test_published_batches_of_a_mixture_lie_inside(devices, streams, published):
    """MiniMax-M2.7 in FP8 under SGLang 0.5.13, prompts and answers of 1,000 tokens (sglang PR 31044, 2026-07)."""
    low, high = _ends(
        "flow.serving.batch_rate",
        {
            **MINIMAX,
            "target.count": devices,
            "model.tensor_parallel": devices,
            "model.planned_concurrency": streams,
        },
    )
    assert low <= published <= high


def test_a_published_stream_of_a_mixture_lies_inside():
    """gpt-oss-120b on one device after 10,000 tokens: 74 tok/s under vLLM 0.24 (ProgMastermind/gpt-oss-120b-mi300x-benchmark, 2026-07)."""
    low, high = _ends("flow.tpot.likely", GPT_OSS)
    assert low <= 1.0 / 74.0 <= high


@pytest.mark.parametrize(
    ("network", "vendor", "factor"), [(MIXTURE, "amd", "amd"), (MIXTURE, "nvidia", ""), (MIXTURE, "intel", ""), (DENSE, "amd", "")]
)  # fmt: skip
def test_only_mixtures_on_amd_take_longer_by_their_experts(network, vendor, factor):
    expected = KINDS["mixture"][factor] if factor else 1.0
    assert slower_experts(network, vendor) == expected
    assert slower_by(network, "server25", vendor) == expected
    assert slower_by(network, "server25", vendor, own=True) == 1.0
    assert slower_by(network, "llama.cpp25", vendor) == 1.0


QWEN3_ON_ATOM = {
    "model.engine": "atom", "model.engine_version": "2026-01", "model.parameters": 235.1e9, "model.active_parameters": 22.2e9,
    "model.precision": "fp8", "model.layers": 94.0, "model.kv_heads": 4.0, "model.head_dim": 128.0, "target.device": "mi355x",
    "machine.accelerators.memory_bandwidth": 8e12, "machine.accelerators.compute_half": 2516e12,
    "machine.accelerators.memory_total": 288 * 2.0**30, "demand.in_tokens_p95": 4000.0, "demand.out_tokens_p95": 1000.0,
}  # fmt: skip


@pytest.mark.parametrize(("devices", "streams", "published"), [(8.0, 128.0, 4926.5), (4.0, 64.0, 2767.5)])
def test_an_engine_of_the_maker_has_kernels_of_experts_and_a_narrower_interval(devices, streams, published):
    """Qwen3 235B in FP8 under ROCm's ATOM on MI355X, prompts of 4,000 tokens (ROCm/ATOM recipes/Qwen3-235b.md, 2026-01)."""
    stated = {"target.count": devices, "model.tensor_parallel": devices, "model.planned_concurrency": streams}
    low, high = _ends("flow.serving.batch_rate", {**QWEN3_ON_ATOM, **stated})
    assert low <= published <= high
    assert high / low < 3.3
    for engine in ("vllm", "other"):
        wider = _ends("flow.serving.batch_rate", {**QWEN3_ON_ATOM, **stated, "model.engine": engine})
        assert wider[1] / wider[0] > 4.0
