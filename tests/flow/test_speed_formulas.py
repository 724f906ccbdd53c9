"""Shapes of networks and the prompt phase, each against a sum done by hand."""

from __future__ import annotations

import math

import pytest

from poc_gate.flow.formulas.speed.engine_model import compute_reached, link_time, step_time
from poc_gate.flow.formulas.speed.fitted_constants import FAMILIES, KINDS
from poc_gate.flow.formulas.speed.fitted_intervals import INTERVALS
from poc_gate.flow.formulas.speed.prompt_phase import (
    prefill_bound,
    prefill_flops,
    prefill_time,
    prompt_exchange,
)
from poc_gate.flow.formulas.speed.shapes import Hardware, Network

DENSE = Network(16e9, 8e9, 32)
MIXTURE = Network(94e9, 47e9, 32, active_parameters=13e9)
MACHINE = Hardware(3.35e12, 989e12, vendor="nvidia", link="fast")


def test_a_dense_network_reads_and_computes_all_of_itself() -> None:
    assert (DENSE.active_share, DENSE.computed) == (1.0, 8e9)
    assert DENSE.weight_read(1.0) == DENSE.weight_read(64.0) == 16e9


@pytest.mark.parametrize("batch", [0.5, 1.0, 8.0, 64.0])
def test_a_step_of_a_mixture_reads_what_all_tokens_use_and_the_experts_that_they_choose(batch: float) -> None:
    """W (s + E (1 - (1 - e)^c)) / P with c = B^k choices: one token reads its own share, a large batch all."""
    assert MIXTURE.active_share == pytest.approx(13 / 47)
    assert MIXTURE.computed == pytest.approx(13e9)
    width = 0.85 * math.sqrt(13e9 / 384)
    shared = 2.5 * 32 * width**2 + 140e3 * width
    assert MIXTURE.shared == pytest.approx(shared)
    each = (13e9 - shared) / (47e9 - shared)
    choices = max(1.0, batch) ** KINDS["experts"]["choices"]
    used = shared + (47e9 - shared) * (1 - (1 - each) ** choices)
    assert MIXTURE.weight_read(batch) == pytest.approx(2 * used)
    assert MIXTURE.weight_read(1.0) == pytest.approx(26e9)
    assert MIXTURE.least_read == pytest.approx(26e9)


def test_what_all_tokens_of_a_mixture_use_follows_from_its_experts() -> None:
    """47 = s + 8 x and 13 = s + 2 x, so x = 34 / 6 and s = 5 / 3; without a shape it is never all of a token's."""
    known = MIXTURE._replace(experts=8.0, experts_used=2.0)
    assert known.shared == pytest.approx(5e9 / 3)
    assert known.weight_read(1.0) == pytest.approx(26e9)
    assert MIXTURE._replace(experts=2.0, experts_used=1.0).shared == 0.0
    assert MIXTURE._replace(experts=8.0, experts_used=8.0).shared == MIXTURE.shared
    assert MIXTURE._replace(active_parameters=1e7).shared == pytest.approx(0.8e7)
    assert MIXTURE._replace(layers=0.0).shared == 0.0


def test_an_embedding_that_is_stored_wider_is_looked_up() -> None:
    """Of a dense model half of what is wider is the head, which a step reads; of a mixture seven tenths, with attention."""
    dense = Network(6e9, 8e9, 32, wider_bytes=2e9)
    assert (dense.weight_read(1.0), dense.least_read) == (5e9, 4e9)
    mixture = MIXTURE._replace(weight_bytes=60e9, wider_bytes=13e9)
    assert mixture.weight_read(1.0) == pytest.approx(13e9 + 0.7 * 13e9)
    assert mixture.least_read == pytest.approx(13e9)


def test_a_network_without_parameters_or_with_more_active_ones_than_it_has_is_dense() -> None:
    assert Network(1e9, 0.0, 1, active_parameters=5.0).active_share == 1.0
    assert Network(1e9, 4.0, 1, active_parameters=5.0).active_share == 1.0


@pytest.mark.parametrize(
    ("changed", "attention", "hidden"),
    [
        ({}, math.sqrt(8e9 / 384), math.sqrt(8e9 / 384)),
        ({"query_width": 4096.0}, 4096.0, math.sqrt(8e9 / 384)),
        ({"query_width": 0.5}, 0.5, math.sqrt(8e9 / 384)),
        ({"active_parameters": 2e9}, math.sqrt(math.sqrt(8e9 * 2e9) / 384), math.sqrt(2e9 / 384)),
        ({"layers": 0.0}, 0.0, 0.0),
        ({"layers": 1.0}, math.sqrt(8e9 / 12), math.sqrt(8e9 / 12)),
    ],
)
def test_widths_of_a_usual_block(changed: dict[str, float], attention: float, hidden: float) -> None:
    """P = 12 L d^2: four matrices of attention and eight of the feed-forward part, d wide."""
    network = DENSE._replace(**changed)
    assert network.attention_width == pytest.approx(attention)
    assert network.hidden_width == pytest.approx(hidden)


@pytest.mark.parametrize(
    ("heads", "latent", "devices", "parts"),
    [(0.0, False, 8.0, 8.0), (4.0, False, 8.0, 4.0), (1.0, False, 8.0, 1.0), (4.0, False, 2.0, 2.0), (8.0, True, 8.0, 1.0)],
)  # fmt: skip
def test_a_cache_is_split_over_its_heads(heads: float, latent: bool, devices: float, parts: float) -> None:
    assert DENSE._replace(kv_heads=heads, latent=latent).kv_parts(devices) == parts


@pytest.mark.parametrize(
    ("devices", "most", "fastest"), [(1.0, 0.0, 1.0), (1.0, 8.0, 8.0), (8.0, 4.0, 8.0), (0.5, 0.0, 0.5)]
)
def test_the_best_that_devices_may_be(devices: float, most: float, fastest: float) -> None:
    open_ended = MACHINE._replace(devices=devices, most_devices=most, narrower=2.0)
    assert open_ended.fastest == MACHINE._replace(devices=fastest, compute=2 * 989e12)
    assert open_ended._replace(compute=None).fastest.compute is None


@pytest.mark.parametrize("tokens", [1.0, 1000.0, 32_000.0])
@pytest.mark.parametrize(("windowed", "layers"), [(0.0, 32.0), (24.0, 8.0), (40.0, 0.0)])
def test_operations_of_a_prompt(tokens: float, windowed: float, layers: float) -> None:
    """2 P S for the weights, 2 L d S^2 for causal attention (half of 4 L d S^2)."""
    network = DENSE._replace(query_width=4096.0, windowed_layers=windowed)
    assert prefill_flops(network, tokens) == pytest.approx(2 * 8e9 * tokens + 2 * layers * 4096 * tokens**2)


MULTIPLIED = 8e9 - 2 * 140e3 * math.sqrt(8e9 / (12 * 32))
"""Parameters of `DENSE` that every token of a prompt is multiplied with: all but embedding and head."""


@pytest.mark.parametrize(
    ("devices", "compute", "tokens", "bound"),
    [
        (1.0, None, 1000.0, 16e9 / 3.35e12),
        (2.0, None, 1000.0, 16e9 / 6.7e12),
        (1.0, 989e12, 10.0, 16e9 / 3.35e12),
        (1.0, 989e12, 4000.0, 2 * MULTIPLIED * 4000 / 989e12),
        (4.0, 989e12, 4000.0, 2 * MULTIPLIED * 4000 / (4 * 989e12)),
    ],
)
def test_no_prompt_is_faster_than_reading_once_or_computing(
    devices: float, compute: float | None, tokens: float, bound: float
) -> None:
    hardware = MACHINE._replace(devices=devices, compute=compute)
    assert prefill_bound(DENSE, hardware, tokens=tokens) == pytest.approx(bound)
    active = DENSE._replace(active_parameters=2e9)
    assert prefill_bound(active, MACHINE, tokens=1.0) == pytest.approx(16e9 * 0.25 / 3.35e12)


@pytest.mark.parametrize("tokens", [1.0, 8000.0])
@pytest.mark.parametrize("batch", [1.0, 3.0])
@pytest.mark.parametrize("devices", [1.0, 4.0])
def test_a_prompt_computes_with_its_launches_and_exchanges_its_sums(tokens: float, batch: float, devices: float) -> None:  # fmt: skip
    hardware = MACHINE._replace(devices=devices)
    rate = compute_reached(hardware, "server", tokens * batch)
    assert rate is not None
    compute = batch * prefill_flops(DENSE, tokens) / rate + 32 * FAMILIES["server"]["layer"]
    moved = link_time(DENSE, hardware, "server", tokens * batch) - link_time(DENSE, hardware, "server", 0.0)
    exchange = 2 * 32 * moved if devices > 1 else 0.0
    expected = max(compute, step_time(DENSE, hardware, "server", batch=1.0)) + exchange
    assert prompt_exchange(DENSE, hardware, "server", tokens * batch) == pytest.approx(exchange)
    assert prefill_time(DENSE, hardware, "server", tokens=tokens, batch=batch) == pytest.approx(expected)
    assert (exchange > 0) is (devices > 1)


def test_every_interval_holds_its_likely_value() -> None:
    for low, high in INTERVALS.values():
        assert 0 < low < 1 < high
