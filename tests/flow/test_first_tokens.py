"""First tokens under open load: prompts of different lengths, the longest of a hundred, and what others published."""

from __future__ import annotations

import math

import flow_pilots as pilots
import pytest

from poc_gate.flow.derive_facts import Deriver
from poc_gate.flow.formulas.load.batching import BatchServer, Lengths
from poc_gate.flow.formulas.speed.fitted_constants import KINDS
from poc_gate.flow.formulas.speed.shapes import Hardware, Network
from poc_gate.model.fact import Fact

FIXED = KINDS["loaded"]["fixed"]
SERVER = BatchServer(
    Network(16e9, 8e9, 32, kv_per_token=131072.0), Hardware(3.35e12, 989e12, vendor="nvidia", link="fast"), "loaded", 64.0
)  # fmt: skip


@pytest.mark.parametrize("prompt", [50.0, 400.0, 4000.0])
def test_a_mean_first_token_waits_for_the_step_and_for_what_longer_prompts_take_beyond_it(prompt):
    mean = Lengths(prompt, 200.0)
    step, each = SERVER.step(4.0, 2.0, mean), SERVER.prompt_time(prompt)
    before = 0.5 * 2.0 * each * each / (1.0 - 2.0 * each)
    expected = FIXED + 0.5 * step + before + step + each * math.exp(-step / each)
    assert SERVER.mean_to_first(4.0, 2.0, mean) == pytest.approx(expected)
    assert SERVER.mean_to_first(4.0, 2.0, mean) >= SERVER.time_to_first(4.0, 2.0, mean, mean)


def test_without_a_compute_rate_a_mean_first_token_is_that_of_any_request():
    blind = SERVER._replace(hardware=SERVER.hardware._replace(compute=None))
    mean = Lengths(400.0, 200.0)
    assert blind.mean_to_first(4.0, 2.0, mean) == blind.time_to_first(4.0, 2.0, mean, mean)


@pytest.mark.parametrize(("prompt", "longest"), [(50.0, 2.0), (400.0, 2.3), (4000.0, 4.0)])
def test_the_slowest_first_token_is_that_of_the_longest_prompt_a_whole_step_late(prompt, longest):
    mean = Lengths(prompt, 200.0)
    step, each = SERVER.step(4.0, 2.0, mean), SERVER.prompt_time(prompt)
    before = 0.5 * 2.0 * each * each / (1.0 - 2.0 * each)
    expected = FIXED + step + before + max(step, SERVER.prompt_time(longest * prompt))
    assert SERVER.slowest_first(4.0, 2.0, mean, longest) == pytest.approx(expected)


A100 = {
    **pilots.DEMAND, "model.hosting": "self", "model.kind": "llm", "model.engine": "vllm", "model.engine_version": "2025-06",
    "model.parameters": 14.66e9, "model.weight_bits": 16.0, "model.layers": 40.0, "model.kv_heads": 10.0, "model.head_dim": 128.0,
    "model.kv_bits": 16.0, "target.device": "a100 pcie 80gb", "target.count": 1.0, "target.replicas": 1.0,
    "machine.accelerators.memory_bandwidth": 1.935e12, "machine.accelerators.compute_half": 312e12,
    "machine.accelerators.memory_total": 80 * 2.0**30, "demand.in_tokens_p95": 215.0, "demand.out_tokens_p95": 98.0,
}  # fmt: skip
"""Phi-4 under vLLM's own benchmark on one A100: prompts of ShareGPT of 215 tokens in the mean, answers of 98."""


def _first(name: str, rate: float, **more: float) -> Fact:
    tree = pilots.tree(
        {**A100, "flow.demand.peak_rate": rate, **{k.replace("__", "."): v for k, v in more.items()}}
    )
    return Deriver(tree).find(f"flow.serving.{name}")[0]


@pytest.mark.parametrize(
    ("name", "rate", "published"),
    [("ttft_peak", 1.0, 0.0671), ("ttft_peak_p99", 1.0, 0.1549), ("ttft_peak", 4.0, 0.0785), ("tpot_peak", 1.0, 0.0224), ("tpot_peak", 4.0, 0.0277)],
)  # fmt: skip
def test_published_times_under_open_load_lie_inside(name, rate, published):
    """A gist, surajssd/a1e546da84999df665cd9131f5ab64e0: vLLM's performance benchmark on Azure's NC24ads A100 v4, 2025."""
    fact = _first(name, rate)
    assert fact.low is not None
    assert fact.high is not None
    assert fact.low <= published <= fact.high


def test_the_longest_prompt_follows_from_the_lengths_where_the_median_is_stated():
    """Log-normal through 100 and 215 tokens: one prompt in a hundred has 215 x 2.15 ^ (2.3263 / 1.6449 - 1) = 295 tokens."""
    unsaid, said = _first("ttft_peak_p99", 1.0), _first("ttft_peak_p99", 1.0, demand__in_tokens_p50=100.0)
    assert any("one prompt in a hundred" in line for line in unsaid.assumptions)
    assert not any("one prompt in a hundred" in line for line in said.assumptions)
    server = _server(said)
    assert said.value.value < unsaid.value.value
    assert server == pytest.approx(2.15 ** (2.3263 / 1.6449 - 1.0), rel=0.05)


def _server(fact) -> float:
    """Return the longest prompt over the stated one, from what the tail adds to what a shorter one takes."""
    short = _first("ttft_peak_p99", 1.0, demand__in_tokens_p50=214.9).value.value
    long = _first("ttft_peak_p99", 1.0, demand__in_tokens_p50=50.0).value.value
    most = (215.0 / 50.0) ** (2.3263 / 1.6449 - 1.0)
    return 1.0 + (fact.value.value - short) / (long - short) * (most - 1.0)
