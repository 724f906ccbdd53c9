"""Prompts under open load: devices exchange their sums, and some engines hold them back; published times lie inside."""

from __future__ import annotations

from itertools import pairwise

import flow_pilots as pilots
import pytest

from poc_gate.flow.derive_facts import Deriver
from poc_gate.flow.formulas.load.batching import JOINED, BatchServer, Lengths
from poc_gate.flow.formulas.speed.prompt_phase import prompt_exchange
from poc_gate.flow.formulas.speed.shapes import Hardware, Network
from poc_gate.model.engines.serving_engines import serving_engine

LLAMA_70B = {
    "model.parameters": 70.55e9, "model.layers": 80.0, "model.kv_heads": 8.0, "model.head_dim": 128.0, "model.precision": "bf16",
    "model.weight_bits": 16.0, "model.kv_bits": 16.0,
}  # fmt: skip
LLAMA_8B = {**LLAMA_70B, "model.parameters": 8.03e9, "model.layers": 32.0}
FOUR_PCIE = {
    "target.device": "a100 pcie 80gb", "target.link": "pcie", "target.count": 4.0, "model.tensor_parallel": 4.0,
    "machine.accelerators.memory_total": 79e9 * 1.07, "machine.accelerators.memory_bandwidth": 1935e9,
    "machine.accelerators.compute_half": 312e12,
}  # fmt: skip
EIGHT = {
    **FOUR_PCIE, "target.device": "a100 sxm 40gb", "target.link": "NVLink", "target.count": 8.0, "model.tensor_parallel": 8.0,
    "machine.accelerators.memory_total": 42e9, "machine.accelerators.memory_bandwidth": 1555e9,
}  # fmt: skip
SXM = {**EIGHT, "target.device": "a100 sxm 80gb", "machine.accelerators.memory_total": 85e9, "machine.accelerators.memory_bandwidth": 2039e9}  # fmt: skip
ONE, FOUR = ({**SXM, "target.count": n, "model.tensor_parallel": n} for n in (1.0, 4.0))
H100 = {
    **FOUR,
    "target.device": "h100 sxm 80gb",
    "machine.accelerators.memory_bandwidth": 3350e9,
    "machine.accelerators.compute_half": 989e12,
}
SGLANG = {
    "model.engine": "sglang",
    "model.engine_version": "0.3.0",
    "demand.in_tokens_p95": 224.0,
    "demand.out_tokens_p95": 189.0,
}
VLLM = {
    "model.engine": "vllm",
    "model.engine_version": "0.8.3",
    "demand.in_tokens_p95": 213.0,
    "demand.out_tokens_p95": 214.0,
}
TGI = {"model.engine": "tgi", "model.engine_version": "2.1", "demand.in_tokens_p95": 202.0}
CASES = (
    # vLLM on Azure, 200 ShareGPT prompts (gists of surajssd, 2025-04): requests per second, mean and 99th percentile of the first token, per token
    (LLAMA_70B, FOUR_PCIE, VLLM, 1.0, 154.771, 376.548, 44.8516),
    (LLAMA_70B, FOUR_PCIE, VLLM, 4.0, 246.338, 606.801, 69.5497),
    (LLAMA_70B, EIGHT, VLLM, 1.0, 65.2578, 143.801, 24.4782),
    (LLAMA_70B, EIGHT, VLLM, 4.0, 50.3255, 67.5639, 27.1039),
    (LLAMA_70B, EIGHT, VLLM, 16.0, 59.5779, 120.336, 31.2547),
    # SGLang 0.3.0, ShareGPT, medians (sgl-project/sglang, benchmark/benchmark_vllm_060/README.md, 2024-09); the tail is of its issue 2097
    (LLAMA_8B, ONE, SGLANG, 4.0, 31.98, 95.83, 13.17),
    (LLAMA_8B, ONE, SGLANG, 8.0, 35.68, None, 17.85),
    (LLAMA_70B, H100, SGLANG, 4.0, 53.94, None, 25.03),
    (LLAMA_70B, H100, SGLANG, 8.0, 58.11, None, 33.07),
    # text-generation-inference 2.1, 500 ShareGPT prompts (buildkite.com/vllm/performance-benchmark, build 4068, 2024-07)
    (LLAMA_8B, ONE, {**TGI, "demand.out_tokens_p95": 130.0}, 4.0, 108.705, None, 16.6054),
    (LLAMA_70B, FOUR, {**TGI, "demand.out_tokens_p95": 177.0}, 2.0, 471.147, None, 45.5061),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_published_times_under_open_load_lie_inside(case):
    model, machine, engine, rate, mean, tail, each = case
    values = {
        **model, **machine, **engine, "model.hosting": "self", "model.kind": "llm", "flow.demand.peak_rate": rate, "target.replicas": 1.0,
        "demand.peak_duration": 200.0 / rate, "model.max_concurrency": 256.0,
    }  # fmt: skip
    deriver = Deriver(pilots.tree(values))
    for name, published in (("ttft_peak", mean), ("ttft_peak_p99", tail), ("tpot_peak", each)):
        fact = deriver.find(f"flow.serving.{name}")[0]
        assert published is None or fact.low <= published / 1e3 <= fact.high, (name, fact.low, fact.high)
        if name == "ttft_peak" and rate > 1:
            assert fact.value.value == pytest.approx(published / 1e3, rel=0.25)


NETWORK = Network(141e9, 70.55e9, 80, kv_per_token=327680.0, kv_heads=8.0)
MACHINE = Hardware(1.935e12, 312e12, 4.0, link="pcie", vendor="nvidia")
SERVER = BatchServer(NETWORK, MACHINE, "loaded", 256.0)


def test_a_prompt_over_pcie_takes_its_exchange_besides():
    fast = SERVER._replace(hardware=MACHINE._replace(link="fast"))
    alone = SERVER._replace(hardware=MACHINE._replace(devices=1.0, compute=4 * 312e12))
    exchange = prompt_exchange(NETWORK, MACHINE, "loaded", 213.0)
    assert SERVER.prompt_time(213.0) == pytest.approx(alone.prompt_time(213.0) + exchange)
    assert exchange > alone.prompt_time(213.0)
    assert alone.prompt_time(213.0) < fast.prompt_time(213.0) < SERVER.prompt_time(213.0)


@pytest.mark.parametrize(("flight", "share"), [(0.0, 0.0), (1.0, 0.0), (7.0, 0.55), (30.0, 1.0), (1e60, 1.0)])
def test_a_prompt_is_held_back_behind_a_large_batch_only(flight, share):
    held = SERVER._replace(patience=serving_engine("tgi").patience)
    assert held.held_back(flight) == pytest.approx(
        serving_engine("tgi").patience * share, abs=0.02 * serving_engine("tgi").patience
    )
    assert SERVER.held_back(flight) == 0.0
    assert int(2 / 0.3) == JOINED


def test_held_back_prompts_wait_half_as_long_on_average_as_at_worst():
    held, mean = SERVER._replace(patience=serving_engine("tgi").patience), Lengths(213.0, 214.0)
    step = held.step(30.0, 1.0, mean)
    more = held.time_to_first(30.0, 1.0, mean, mean) - SERVER.time_to_first(30.0, 1.0, mean, mean)
    worst = held.slowest_first(30.0, 1.0, mean, 2.0) - SERVER.slowest_first(30.0, 1.0, mean, 2.0)
    assert more == pytest.approx(10.0 * step, rel=1e-3)
    assert worst == pytest.approx(2.0 * more)


def test_more_load_never_makes_the_slowest_first_token_surer():
    """Across the wall the high end only rises: a replica that is full may have been full sooner, as one near it may."""
    two = {
        **{name: value for name, value in FOUR_PCIE.items() if name != "target.link"}, "target.count": 2.0, "model.tensor_parallel": 2.0,
        "target.device": "h100 pcie 80gb", "machine.accelerators.memory_bandwidth": 2000e9, "machine.accelerators.compute_half": 756e12,
    }  # fmt: skip
    ends = []
    for rate in (1.0, 2.0, 3.0, 3.2, 3.4, 3.6, 3.8, 4.0, 4.5, 6.0):
        values = {
            **LLAMA_70B, **two, **VLLM, "model.hosting": "self", "model.kind": "llm", "flow.demand.peak_rate": rate,
            "target.replicas": 1.0, "demand.peak_duration": 50.0, "model.max_concurrency": 256.0,
        }  # fmt: skip
        fact = Deriver(pilots.tree(values)).find("flow.serving.ttft_peak_p99")[0]
        assert fact.high is not None
        ends.append(fact.high)
    assert all(later >= sooner for sooner, later in pairwise(ends)), ends
    # Llama 3.1 70B on two H100 PCIe under vLLM 0.8.5 at 4 requests/s: 10.7 s (IOG-Foundation/llm-inference-benchmarks, 2025)
    assert ends[7] > 10.7
