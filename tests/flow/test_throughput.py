"""Throughput of serving: what devices exchange, what an engine lets in, and what its own process costs."""

from __future__ import annotations

import math

import flow_pilots as pilots
import pytest

from poc_gate.flow.derive_facts import Deriver
from poc_gate.flow.facts.serving.throughput_facts import in_waves
from poc_gate.flow.formulas.speed.admission import admissions
from poc_gate.flow.formulas.speed.engine_model import bound_time, link_time
from poc_gate.flow.formulas.speed.prompt_phase import prefill_flops, prompt_exchange
from poc_gate.flow.formulas.speed.serving import Batch, Room, batch_span, saturated_span
from poc_gate.flow.formulas.speed.shapes import Hardware, Network
from poc_gate.flow.span import Span, as_span


def test_sums_cross_fast_links_at_their_rate_too():
    network = Network(140e9, 70e9, 80, kv_per_token=3.3e5, kv_heads=8)
    shared = Hardware(5.3e12, 1.3e15, 8, link="fast", vendor="amd")
    alone, crowd = (link_time(network, shared, "server25", rows) for rows in (1.0, 1024.0))
    assert crowd > 3.0 * alone
    prompts = prompt_exchange(network, shared, "server25", 8192.0)
    assert prompts == pytest.approx(2.0 * prompt_exchange(network, shared, "server25", 4096.0))
    assert prompt_exchange(network, shared._replace(devices=1.0), "server25", 8192.0) == 0.0


def test_windowed_layers_compute_no_long_attention():
    whole = Network(14e9, 21e9, 24, active_parameters=3.6e9, query_width=4096)
    half = whole._replace(windowed_layers=12.0)
    dense = 2.0 * whole.computed * 65536.0
    assert prefill_flops(half, 65536.0) - dense == pytest.approx(
        (prefill_flops(whole, 65536.0) - dense) / 2.0
    )


def test_experts_say_nothing_of_the_width_of_attention():
    mixture = Network(117e9, 117e9, 36, active_parameters=5.1e9)
    assert mixture.hidden_width < mixture.attention_width < math.sqrt(117e9 / (12.0 * 36.0))
    assert mixture._replace(query_width=4096.0).attention_width == 4096.0


def test_what_is_known_of_an_engine_picks_one_of_the_cases_that_are_open_without_it():
    asked = ("NVIDIA H100", 79.0 * 2**30, None)
    unknown = {each.most for each in admissions("", "", *asked)}
    for engine, version in (
        ("vllm", ""),
        ("vllm", "0.6.3"),
        ("vllm", "0.11.0"),
        ("sglang", "0.5"),
        ("tgi", "3"),
    ):
        known = admissions(engine, version, *asked)
        assert all(min(unknown) <= each.most <= max(unknown) for each in known)
    assert {each.most for each in admissions("vllm", "0.11.0", *asked)} == {1024.0}
    assert {each.most for each in admissions("vllm", "0.11.0", "RTX 4090", 24e9, None)} == {256.0}
    assert {each.most for each in admissions("vllm", "", "RTX 4090", 24e9, 32.0)} == {32.0}
    assert all(each.own_time(100.0) == 0.0 for each in admissions("tensorrt-llm", "1.2", *asked))


def test_a_server_of_a_small_model_is_bound_by_its_own_process():
    small = Network(1.2e9, 0.6e9, 28, kv_per_token=1.1e5)
    device, room, lengths = Hardware(3.35e12, 989e12, vendor="nvidia"), Room(80e9), Batch(0.0, 512.0, 128.0)
    offline = saturated_span(small, device, room, lengths)
    served = saturated_span(small, device, room, lengths, admissions("vllm", "0.19", "H100", 80e9, 500.0))
    assert offline is not None
    assert served is not None
    assert served.low <= offline.high
    assert served.high > 1.8 * offline.high


def test_latent_attention_slows_a_batch_as_it_slows_one_stream():
    # 50 requests of 1,000 + 2,000 tokens on 8 H200: 1,042 and 1,253 tok/s (Michaelvll/llm-ie-benchmarks issue 3)
    network = Network(671e9, 671e9, 61, active_parameters=37.5e9, kv_per_token=70272, kv_heads=1, latent=True)
    device = Hardware(4.8e12, 1979e12, 8, precision="fp8", link="fast", vendor="nvidia")
    span = batch_span(network, device, "server25", Batch(50.0, 1000.0, 2000.0))
    slowest, fastest = 100_000.0 / span.high, 100_000.0 / span.low
    assert slowest <= 1042.0
    assert fastest >= 1254.0


def test_tables_of_rows_are_stored_and_not_read():
    """Gemma 4 E4B: 262,144 rows x 256 x 42 layers of its 8 billion parameters are looked up, so a step reads 10.4 of 16 GB."""
    rows = 262144.0 * 256.0 * 42.0
    whole = Network(16e9, 8e9, 42)
    tables = whole._replace(looked_up=rows)
    read = 16e9 - 2.0 * rows
    assert (tables.least_read, tables.weight_read(1.0)) == pytest.approx((read, read))
    assert tables.computed == 8e9 - rows
    assert bound_time(tables, Hardware(68e9)) == pytest.approx(read / 68e9)
    narrow = tables._replace(weight_bytes=5e9)
    assert narrow.least_read == pytest.approx(5e9 * (1.0 - 1.5 * rows / 8e9))
    assert narrow.weight_read(1.0) == pytest.approx(5e9 * (1.0 - rows / 8e9))


CROWDED = {
    **pilots.DEMAND, "model.hosting": "self", "model.kind": "llm", "target.device": "a100-sxm-40gb", "target.replicas": 1.0,
    "target.count": 4.0, "model.tensor_parallel": 4.0, "machine.accelerators.memory_bandwidth": 1555e9,
    "machine.accelerators.compute_half": 312e12, "machine.accelerators.memory_total": 40 * 2.0**30, "model.engine": "tensorrt-llm",
    "model.engine_version": "0.11.0", "model.parameters": 68.98e9, "model.weight_bits": 16.0, "model.layers": 80.0,
    "model.kv_heads": 8.0, "model.head_dim": 128.0, "model.kv_bits": 16.0, "demand.in_tokens_p95": 1024.0, "demand.out_tokens_p95": 1024.0,
}  # fmt: skip


def test_a_batch_that_memory_does_not_hold_runs_in_waves():
    """Llama-2-70B on four A100 of 40 GB: 344 tok/s for 64 requests of 1,024 + 1,024 tokens (argonne-lcf/LLM-Inference-Bench, 2024-09)."""
    for size, waits in ((8.0, False), (64.0, True)):
        stated = pilots.tree({**CROWDED, "model.planned_concurrency": size})
        fact = Deriver(stated).find("flow.serving.batch_rate")[0]
        assert any("the others wait" in line for line in fact.assumptions) is waits
    assert fact.low is not None
    assert fact.high is not None
    assert fact.low <= 344.0 <= fact.high


def test_the_last_batch_of_those_that_wait_may_be_small():
    asked: list[float] = []

    def time(size: float) -> Span:
        asked.append(size)
        return as_span(1.0 + size / 100)

    assert in_waves(33.0, 32.0, time).likely == pytest.approx(1.32 + 1.01)
    assert in_waves(64.0, 32.0, time).likely == pytest.approx(2 * 1.32)
    assert asked == [32.0, 1.0, 32.0]
