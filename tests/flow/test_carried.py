"""Layers that carry a state from token to token: what they add to steps and prompts, and where."""

from __future__ import annotations

import flow_pilots as pilots
import pytest

from poc_gate.flow.derive_facts import Deriver
from poc_gate.flow.formulas.speed.carried import CARRIED_LAYER, CARRIED_TOKEN, carried_time
from poc_gate.flow.formulas.speed.engine_model import step_time
from poc_gate.flow.formulas.speed.prompt_phase import prefill_time
from poc_gate.flow.formulas.speed.shapes import Hardware, Network
from poc_gate.flow.reading.network_reading import read_network

DENSE = Network(16e9, 8e9, 32, kv_per_token=131072.0, kv_heads=8)
HYBRID = DENSE._replace(carried_layers=24.0)
CARD = Hardware(3.35e12, 989e12, vendor="nvidia")


@pytest.mark.parametrize("family", ["llama.cpp", "llama.cpp25", "portable-hip", "unified"])
def test_steps_and_prompts_take_longer_by_what_the_kernel_was_measured_at(family):
    steps = [step_time(network, CARD, family, batch=1, context=100) for network in (DENSE, HYBRID)]
    assert steps[1] - steps[0] == pytest.approx(24 * (CARRIED_LAYER + CARRIED_TOKEN))
    prompts = [prefill_time(network, CARD, family, tokens=1000) for network in (DENSE, HYBRID)]
    assert prompts[1] - prompts[0] == pytest.approx(24 * (CARRIED_LAYER + 1000 * CARRIED_TOKEN))


@pytest.mark.parametrize("family", ["server25", "static", "apple25", "eager"])
def test_engines_that_compute_in_pieces_or_were_not_measured_stay_as_they_are(family):
    assert carried_time(HYBRID, family, 1000) == 0.0


@pytest.mark.parametrize(("tokens", "microseconds"), [(1, 28.3), (512, 279.6), (1024, 525.1)])
def test_the_published_kernel_times_are_met(tokens, microseconds):
    """An RTX 5090, one layer of 32 heads (llama.cpp PR 22587)."""
    layer = DENSE._replace(carried_layers=1.0)
    assert carried_time(layer, "llama.cpp25", tokens) * 1e6 == pytest.approx(microseconds, rel=0.15)


@pytest.mark.parametrize(
    ("stated", "carried"),
    [
        ({}, 0.0),
        ({"model.attention_layers": 8.0}, 24.0),
        ({"model.attention_layers": 8.0, "model.windowed_layers": 20.0}, 4.0),
        ({"model.attention_layers": 8.0, "model.sliding_window": 1024.0}, 0.0),
    ],
)
def test_layers_with_a_window_carry_no_state(stated, carried):
    assert read_network(Deriver(pilots.tree({**pilots.MODEL, **stated})).view()).carried_layers == carried
