"""Mixtures of experts and latent attention under open load, and on makers other than NVIDIA: published times lie inside."""

from __future__ import annotations

import flow_pilots as pilots
import pytest

from poc_gate.flow.derive_facts import Deriver
from poc_gate.flow.formulas.load.batching import BatchServer, Lengths
from poc_gate.flow.formulas.speed.family_constants import (
    LOADED,
    constants_of,
    loaded_family,
    slower_by,
    slower_experts,
)
from poc_gate.flow.formulas.speed.fitted_constants import FAMILIES, KINDS
from poc_gate.flow.formulas.speed.fitted_intervals import INTERVALS
from poc_gate.flow.formulas.speed.shapes import Hardware, Network

DENSE = Network(16e9, 8e9, 32, kv_per_token=131072.0, kv_heads=8.0)
MIXTURE = Network(240e9, 230e9, 62, active_parameters=10e9, kv_per_token=126976.0, kv_heads=8.0)
LATENT = MIXTURE._replace(latent=True)
MACHINE = Hardware(4.8e12, 989e12, 8.0, link="fast", vendor="nvidia")
MEAN = Lengths(320.0, 200.0)

DEEPSEEK = {
    **pilots.DEMAND, "model.hosting": "self", "model.kind": "llm", "model.parameters": 671e9, "model.active_parameters": 37e9,
    "model.weight_bits": 8.0, "model.precision": "fp8", "model.layers": 61.0, "model.kv_bytes_per_token": 70272.0,
    "model.attention": "latent", "model.kv_bits": 16.0, "model.engine": "sglang", "model.engine_version": "0.4.4",
    "model.tensor_parallel": 8.0, "model.max_concurrency": 256.0, "target.device": "h200 sxm", "target.link": "nvlink",
    "target.count": 8.0, "target.replicas": 1.0, "machine.accelerators.memory_bandwidth": 4.8e12,
    "machine.accelerators.compute_half": 989e12, "machine.accelerators.memory_total": 141 * 2.0**30,
    "demand.in_tokens_p95": 318.0, "demand.out_tokens_p95": 201.0, "demand.peak_duration": 317.0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("fact", "published"),
    [("tpot_peak", 0.03595), ("tpot_peak", 0.02817), ("ttft_peak", 0.402), ("ttft_peak", 0.29776)],
)
def test_published_times_of_latent_attention_under_open_load_lie_inside(fact, published):
    """DeepSeek-V3 on eight H200 under SGLang at one request a second, mean and median (BBuf, fusing shared experts, 2025-04)."""
    found = Deriver(pilots.tree({**DEEPSEEK, "flow.demand.peak_rate": 1.0})).find(f"flow.serving.{fact}")[0]
    assert found.low <= published <= found.high
    assert found.outside


MISTRAL_SMALL_4 = {
    **DEEPSEEK, "model.parameters": 119e9, "model.active_parameters": 6.5e9, "model.layers": 36.0, "model.kv_bytes_per_token": 23040.0,
    "model.engine": "vllm", "model.engine_version": "0.19.0", "model.tensor_parallel": 2.0, "target.device": "h100 sxm 80gb",
    "target.count": 2.0, "machine.accelerators.memory_bandwidth": 3.35e12, "machine.accelerators.memory_total": 80 * 2.0**30,
    "demand.in_tokens_p95": 2048.0, "demand.out_tokens_p95": 512.0,
}  # fmt: skip


@pytest.mark.parametrize(("rate", "published"), [(0.5, 0.0059), (2.0, 0.0117), (4.0, 0.0159)])
def test_an_engine_that_is_as_quick_with_latent_attention_lies_inside_too(rate, published):
    """Mistral Small 4 119B in FP8 on two H100 under vLLM 0.19, medians (a serving report of 2026-04)."""
    stated = {**MISTRAL_SMALL_4, "flow.demand.peak_rate": rate}
    found = Deriver(pilots.tree(stated)).find("flow.serving.tpot_peak")[0]
    assert found.low <= published <= found.high
    dense = {**stated, "model.attention": "full", "model.kv_heads": 8.0, "model.head_dim": 128.0}
    other = Deriver(pilots.tree(dense)).find("flow.serving.tpot_peak")[0]
    assert other.low / other.value.value > 2.0 * found.low / found.value.value


SCOUT = {
    **MISTRAL_SMALL_4, "model.attention": "grouped", "model.parameters": 109e9, "model.active_parameters": 17e9, "model.layers": 48.0,
    "model.kv_bytes_per_token": 196608.0, "model.kv_heads": 8.0, "model.head_dim": 128.0, "model.experts": 16.0,
    "model.experts_per_token": 1.0, "model.max_concurrency": 128.0, "model.tokens_per_step": 2048.0, "demand.peak_duration": 1200.0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("load", "published_times", "may_be_full"),
    [
        ((6.0, 750.0, 251.0), (0.02305, 0.06703, 0.11611), False),
        ((1.0, 1034.0, 1448.0), (0.02868, 0.13816, 0.20457), True),
    ],
)
def test_published_times_of_a_mixture_under_open_load_lie_inside_a_factor_of_four(
    load, published_times, may_be_full
):
    """Llama 4 Scout in FP8 on two H100 under vLLM (inference-sim/sim-to-real-accuracy-validation, 2026-06).

    The cache may hold 52 long requests as well as 79, so whether they queue is open: their times are bounded below alone.
    """
    (rate, prompt, answer), (token, first, slowest) = load, published_times
    stated = {
        **SCOUT,
        "demand.in_tokens_p95": prompt,
        "demand.out_tokens_p95": answer,
        "flow.demand.peak_rate": rate,
    }
    published = {
        "tpot_peak": token,
        "ttft_peak": first,
        "ttft_peak_p99": slowest,
        "time_peak": first + answer * token,
    }
    for fact, time in published.items():
        found = Deriver(pilots.tree(stated)).find(f"flow.serving.{fact}")[0]
        assert found.low <= time <= found.high
        if may_be_full and fact != "tpot_peak":
            assert found.high == float("inf")
            assert "at least " in found.outside
        else:
            assert found.high / found.low <= 4.01


@pytest.mark.parametrize(
    ("network", "vendor", "name"),
    [
        (DENSE, "nvidia", "loaded"),
        (DENSE, "", "loaded"),
        (MIXTURE, "nvidia", "loaded-moe"),
        (DENSE, "amd", "loaded-amd"),
        (DENSE, "intel", "loaded-amd"),
        (MIXTURE, "amd", "loaded-amd-moe"),
    ],
)
def test_constants_under_load_go_by_the_kind_of_model_and_the_maker(network, vendor, name):
    assert loaded_family(network, MACHINE._replace(vendor=vendor)) == name
    plain, found = FAMILIES[LOADED], constants_of(name)
    assert found["kv"] == plain["kv"]
    amd = FAMILIES["static-amd"]["mfu"] / FAMILIES["static"]["mfu"] if "-amd" in name else 1.0
    dense, mixed = (
        ("saturated-amd", "saturated-amd-moe") if "-amd" in name else ("saturated", "saturated_moe")
    )
    moe = FAMILIES[mixed]["mfu"] / FAMILIES[dense]["mfu"] if name.endswith("-moe") else 1.0
    assert found["mfu"] == pytest.approx(plain["mfu"] * amd * moe)
    slower = FAMILIES[mixed]["layer"] / FAMILIES[dense]["layer"] if name.endswith("-moe") else 1.0
    assert found["layer"] == pytest.approx(plain["layer"] * slower)
    assert (found["reach"] < plain["reach"]) is ("-amd" in name)


@pytest.mark.parametrize(
    ("network", "family", "vendor", "factor"),
    [
        (DENSE, "loaded", "nvidia", 1.0),
        (MIXTURE, "loaded", "nvidia", KINDS["mixture"]["loaded"]),
        (MIXTURE, "server", "nvidia", 1.0),
        (MIXTURE, "loaded", "amd", slower_experts(MIXTURE, "amd")),
        (LATENT, "loaded", "nvidia", KINDS["mixture"]["slower"]),
        (LATENT, "server", "nvidia", KINDS["mixture"]["slower"]),
        (MIXTURE, "apple25", "apple", slower_by(MIXTURE, "apple25")),
        (LATENT, "llama.cpp25", "nvidia", 1.0),
    ],
)
def test_latent_attention_and_young_kernels_take_longer_under_load_too(network, family, vendor, factor):
    server = BatchServer(network, MACHINE._replace(vendor=vendor), family, 64.0)
    assert server.slower == factor
    assert server.constants == (family if family != LOADED else loaded_family(network, server.hardware))


def test_a_prompt_of_a_mixture_reads_the_experts_that_its_tokens_choose():
    server = BatchServer(MIXTURE, MACHINE, LOADED, 64.0)
    read = MIXTURE.weight_read(320.0) / (constants_of("loaded-moe")["reach"] * 8 * 4.8e12)
    assert read > 0.5 * MIXTURE.weight_bytes / (8 * 4.8e12)
    assert server.prompt_time(320.0) > read
    latent = server._replace(network=LATENT)
    slower = KINDS["mixture"]["slower"] / KINDS["mixture"]["loaded"]
    assert latent.prompt_time(320.0) == pytest.approx(slower * server.prompt_time(320.0))
    assert latent.step(4.0, 1.0, MEAN) > 1.7 * server.step(4.0, 1.0, MEAN)
    assert server.prompt_time(0.0) == 0.0


def test_on_other_makers_devices_times_under_load_are_wide_and_say_so():
    stated = {
        **DEEPSEEK, "model.active_parameters": None, "model.attention": None, "model.kv_bytes_per_token": None, "model.parameters": 32.8e9,
        "model.layers": 64.0, "model.kv_heads": 8.0, "model.head_dim": 128.0, "target.link": "xgmi", "flow.demand.peak_rate": 0.5,
    }  # fmt: skip
    found = {}
    for device in ("h200 sxm", "mi300x"):
        values = {
            name: value for name, value in {**stated, "target.device": device}.items() if value is not None
        }
        found[device] = Deriver(pilots.tree(values)).find("flow.serving.tpot_peak")[0]
    nvidia, amd = found["h200 sxm"], found["mi300x"]
    assert amd.value.value > nvidia.value.value
    assert amd.high / amd.value.value == pytest.approx(INTERVALS["loaded_others"][1])
    assert nvidia.high / nvidia.value.value == pytest.approx(INTERVALS["loaded"][1])
    said = "few AMD and Intel devices were measured under load (target.device)"
    assert said in amd.outside
    assert said not in nvidia.outside
