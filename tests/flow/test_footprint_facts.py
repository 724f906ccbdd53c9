"""Bytes of weights, of the cache and of a replica, each worked out by hand: Q1 and Q2 of docs/models/footprints.md."""

from __future__ import annotations

import flow_pilots as pilots
import pytest
from derived_one import bounds, derived, ends, number

from poc_gate.flow.derive_facts import Deriver
from poc_gate.flow.facts.serving.footprint_facts import kv_of_context

GIB = 2.0**30
LAYERS = {"model.layers": 32.0, "model.kv_heads": 8.0, "model.head_dim": 128.0, "model.kv_bits": 16.0}
"""2 x 32 x 8 x 128 x 2 bytes = 131,072 bytes a token."""


def test_weights_as_their_files_or_by_parameters_and_bits():
    """8 billion of 16 bits are 16 GB; sizes of narrower ones lie 2 % below and 6 % above."""
    stated = derived("flow.weights.bytes", {"model.weight_bytes": 16.06e9, "model.parameters": 8e9})
    assert (stated.value.value, stated.formula) == (16.06e9, "size of the weight files = 15 GiB")
    for bits, low, high in ((16.0, 1.0, 1.0), (12.0, 1.0, 1.0), (11.9, 0.98, 1.06), (4.5, 0.98, 1.06)):
        size = 8e9 * bits / 8
        found = ends("flow.weights.bytes", {"model.parameters": 8e9, "model.weight_bits": bits})
        assert found == pytest.approx((size, size * low, size * high))
    shown = derived("flow.weights.bytes", {"model.parameters": 8e9, "model.weight_bits": 16.0}).formula
    assert shown == "parameters x bits / 8 = 8,000,000,000 x 16 / 8 = 14.9 GiB"


def test_weights_of_a_named_precision():
    found = derived("flow.weights.bytes", {"model.parameters": 8e9, "model.precision": "bf16"})
    assert found.value.value == 16e9
    assert found.assumptions == ("bf16 is read as 16 effective bits per weight",)
    few, many = (
        number("flow.weights.bytes", {"model.parameters": 8e9, "model.precision": "awq", "model.layers": n})
        for n in (8.0, 80.0)
    )
    assert few > many > 4.16e9
    near = number(
        "flow.weights.bytes", {"model.parameters": 8e9, "model.precision": "awq", "model.layers": 32.0}
    )
    assert near == pytest.approx(8e9 * (4.16 + 2 * 140e3 * 4564 * 11.84 / 8e9) / 8, rel=0.02)
    usual = number("flow.weights.bytes", {"model.parameters": 8e9, "model.precision": "awq"})
    assert usual not in (few, many)
    mixture = number(
        "flow.weights.bytes",
        {
            "model.parameters": 120e9,
            "model.precision": "mxfp4",
            "model.layers": 36.0,
            "model.active_parameters": 5e9,
        },
    )
    dense = number(
        "flow.weights.bytes", {"model.parameters": 120e9, "model.precision": "mxfp4", "model.layers": 36.0}
    )
    assert mixture != dense
    unknown = derived("flow.weights.bytes", {"model.parameters": 8e9, "model.precision": "odd"})
    assert unknown.inputs == ("model.weight_bytes", "model.weight_bits")


@pytest.mark.parametrize(
    ("more", "each"),
    [
        ({}, 131072.0),
        ({"model.kv_bits": 8.0}, 65536.0),
        ({"model.kv_bits": None}, 131072.0),
        ({"model.attention_layers": 8.0}, 32768.0),
        ({"model.windowed_layers": 24.0}, 32768.0),
        ({"model.windowed_layers": 24.0, "model.attention_layers": 16.0}, 65536.0),
        ({"model.kv_bytes_per_token": 70000.0}, 70000.0),
        ({"model.kv_bytes_per_token": 70000.0, "model.kv_windowed_bytes_per_token": 20000.0}, 70000.0),
        (
            {
                "model.kv_bytes_per_token": 70000.0,
                "model.kv_windowed_bytes_per_token": 20000.0,
                "model.sliding_window": 1024.0,
            },
            50000.0,
        ),
        (
            {
                "model.kv_bytes_per_token": 70000.0,
                "model.kv_windowed_bytes_per_token": 70000.0,
                "model.sliding_window": 1024.0,
            },
            0.0,
        ),
        (
            {
                "model.kv_bytes_per_token": 70000.0,
                "model.kv_windowed_bytes_per_token": 80000.0,
                "model.sliding_window": 1024.0,
            },
            70000.0,
        ),
    ],
)
def test_bytes_that_one_more_token_adds(more, each):
    stated = {name: value for name, value in {**LAYERS, **more}.items() if value is not None}
    assert number("flow.kv.bytes_per_token", stated) == each


def test_what_is_said_of_a_token():
    shown = derived("flow.kv.bytes_per_token", LAYERS)
    assert shown.formula.endswith("2 x 32 x 8 x 128 x 2 = 128 KiB")
    silent = derived(
        "flow.kv.bytes_per_token", {name: value for name, value in LAYERS.items() if name != "model.kv_bits"}
    )
    assert silent.assumptions == ("KV cache elements have 16 bits",)
    assert silent.provenance.value == "assumed"
    windowed = {
        "model.kv_bytes_per_token": 70000.0,
        "model.kv_windowed_bytes_per_token": 20000.0,
        "model.sliding_window": 1024.0,
    }
    less = derived("flow.kv.bytes_per_token", windowed).formula
    assert less == "as the configuration gives it, less the windowed layers = 68.4 KiB - 19.5 KiB = 48.8 KiB"
    whole = derived("flow.kv.bytes_per_token", {"model.kv_bytes_per_token": 70000.0}).formula
    assert whole == "as the engine or the configuration gives it = 68.4 KiB"


LENGTHS = {"demand.in_tokens_p95": 3500.0, "demand.out_tokens_p95": 500.0}


@pytest.mark.parametrize(
    ("more", "tokens"),
    [
        ({}, 4000.0),
        ({"model.max_context": 3000.0}, 4000.0),
        ({"model.max_context": 3000.0, "model.context_enforced": True}, 3000.0),
        ({"model.max_context": 3000.0, "model.context_enforced": False}, 4000.0),
        ({"model.max_context": 5000.0, "model.context_enforced": True}, 4000.0),
        ({"model.max_context": 4000.0, "model.context_enforced": True}, 4000.0),
        ({"model.context_enforced": True}, 4000.0),
    ],
)
def test_tokens_that_a_request_holds(more, tokens):
    found = derived("flow.context.resident", {**LENGTHS, **more})
    assert found.value.value == tokens
    assert found.formula == (
        "the admission limit = 3,000 tok"
        if tokens == 3000
        else "prompt p95 + answer p95 = 3,500 + 500 = 4,000 tok"
    )


@pytest.mark.parametrize(
    ("more", "held"),
    [
        ({}, 4000 * 131072.0),
        ({"model.windowed_layers": 24.0, "model.sliding_window": 1024.0}, 4000 * 32768.0 + 1024 * 98304.0),
        ({"model.windowed_layers": 24.0, "model.sliding_window": 8000.0}, 4000 * 131072.0),
        (
            {"model.windowed_layers": 24.0, "model.sliding_window": 1024.0, "model.kv_bits": None},
            4000 * 32768.0 + 1024 * 98304.0,
        ),
        (
            {"model.windowed_layers": 24.0, "model.sliding_window": 1024.0, "model.kv_bits": 8.0},
            4000 * 16384.0 + 1024 * 49152.0,
        ),
        ({"model.windowed_layers": 0.0}, 4000 * 131072.0),
        ({"model.windowed_layers": 1.0, "model.sliding_window": 1024.0}, 4000 * 31 * 4096.0 + 1024 * 4096.0),
        (
            {"model.windowed_layers": 24.0, "model.sliding_window": 1024.0, "model.kv_bytes_per_token": 7e4},
            4000 * 7e4,
        ),
        (
            {
                "model.kv_bytes_per_token": 7e4,
                "model.kv_windowed_bytes_per_token": 2e4,
                "model.sliding_window": 1024.0,
            },
            4000 * 5e4 + 1024 * 2e4,
        ),
    ],
)
def test_bytes_of_one_request(more, held):
    """Layers with a window hold 1,024 of its tokens, the others all 4,000."""
    stated = {name: value for name, value in {**LAYERS, **LENGTHS, **more}.items() if value is not None}
    assert number("flow.kv.bytes_per_sequence", stated) == held
    assert number("flow.kv.bytes_per_sequence_worst", {**stated, "model.max_context": 4000.0}) == held


def test_bytes_of_any_context():
    windowed = {**LAYERS, "model.windowed_layers": 24.0, "model.sliding_window": 1024.0}
    assert kv_of_context(Deriver(pilots.tree(windowed)).view(), 500.0) == 500 * 131072.0


def test_how_bytes_of_one_request_are_shown():
    windowed = {**LAYERS, **LENGTHS, "model.windowed_layers": 24.0, "model.sliding_window": 1024.0}
    shown = derived("flow.kv.bytes_per_sequence", windowed).formula
    assert shown == "KV bytes at p95 context = 32 KiB x 4,000 tok + 96 KiB x min(4,000, 1,024) tok = 221 MiB"
    plain = derived("flow.kv.bytes_per_sequence", {**LAYERS, **LENGTHS}).formula
    assert plain == "KV bytes at p95 context = 128 KiB x 4,000 tok = 500 MiB"
    asked = derived(
        "flow.kv.bytes_per_sequence",
        {key: value for key, value in windowed.items() if key != "model.sliding_window"},
    )
    assert asked.inputs == ("model.sliding_window",)


REPLICA = {
    "flow.weights.bytes": 16e9, "flow.kv.bytes_per_sequence": 5e8, "flow.kv.bytes_per_sequence_worst": 1e9, "model.planned_concurrency": 10.0,
    "model.activation_bytes": 1e9, "target.device": "h100-sxm-80gb", "target.count": 1.0, "model.kv_heads": 8.0,
    "machine.accelerators.memory_total": 80e9, "model.attention": "grouped",
}  # fmt: skip


@pytest.mark.parametrize(
    ("more", "needed"),
    [
        ({}, (22e9, 22e9, 22e9)),
        ({"model.activation_bytes": None}, (21e9 + 0.65 * GIB, 21e9 + 0.5 * GIB, 21e9 + 0.8 * GIB)),
        (
            {"model.activation_bytes": None, "target.count": 2.0},
            (21e9 + 1.3 * GIB, 21e9 + GIB, 21e9 + 1.6 * GIB),
        ),
        ({"target.count": 8.0}, (22e9, 22e9, 22e9)),
        ({"target.count": 16.0, "model.kv_heads": None}, (22e9, 22e9, 22e9)),
        ({"target.count": 16.0}, (27e9, 27e9, 27e9)),
        ({"target.count": 4.0, "model.attention": "latent"}, (37e9, 37e9, 37e9)),
        (
            {
                "target.count": 4.0,
                "model.attention": None,
                "model.kv_heads": None,
                "model.kv_bytes_per_token": 1e4,
            },
            (22e9, 22e9, 37e9),
        ),
    ],
)
def test_the_memory_that_a_replica_needs(more, needed):
    """16 GB of weights, ten requests of 0.5 GB and 1 GB to work with; the cache is held twice on 16 devices with 8 heads."""
    stated = {name: value for name, value in {**REPLICA, **more}.items() if value is not None}
    assert ends("flow.device_memory.required", stated) == pytest.approx(needed)


def test_how_the_memory_of_a_replica_is_shown():
    shown = derived("flow.device_memory.required", {**REPLICA, "target.count": 16.0}).formula
    assert (
        shown
        == "weights + KV x concurrency + reserve = 14.9 GiB + 477 MiB x 10 x 2 copies + 954 MiB = 25.1 GiB"
    )
    once = derived("flow.device_memory.required", REPLICA).formula
    assert once == "weights + KV x concurrency + reserve = 14.9 GiB + 477 MiB x 10 + 954 MiB = 20.5 GiB"
    assert number("flow.device_memory.required_worst", REPLICA) == 27e9
    assert number("flow.device_memory.required_worst", {**REPLICA, "model.max_concurrency": 20.0}) == 37e9
    assert bounds("flow.device_memory.required", REPLICA, "model.planned_concurrency")[0] == pytest.approx(
        17e9
    )
    assert bounds("flow.device_memory.required_worst", REPLICA, "model.planned_concurrency")[
        0
    ] == pytest.approx(17e9)


def test_heads_that_nobody_stated_multiply_no_cache():
    """Ten requests of 0.5 GB and 1 GB to work with are the least, on however many devices."""
    some = {
        name: value for name, value in REPLICA.items() if name not in ("flow.weights.bytes", "model.kv_heads")
    }
    stated = {**some, "target.count": 16.0, "model.parameters": 8e9, "model.weight_bits": 16.0}
    assert bounds("flow.device_memory.required", stated, "model.weight_bits") == (pytest.approx(6e9), None)
    whole = {**stated, "machine.accelerators.lost": 0.0}
    assert bounds("flow.device_memory.required", whole, "model.weight_bits")[0] == pytest.approx(6e9)


def test_the_memory_of_the_devices_and_what_is_free():
    two = derived("flow.device_memory.capacity", {**REPLICA, "target.count": 2.0})
    assert (two.value.value, two.formula) == (160e9, "2 x 74.5 GiB = 149 GiB")
    host = {"target.device": "cpu", "machine.memory.total": 64e9}
    assert derived("flow.device_memory.capacity", host).formula == "host memory = 59.6 GiB"
    free = derived("flow.device_memory.free_share", REPLICA)
    assert (free.value.value, free.formula) == (pytest.approx(0.725), "1 - 20.5 GiB / 74.5 GiB = 0.725")
    none = derived("flow.device_memory.free_share", {**REPLICA, "flow.device_memory.capacity": 0.0})
    assert "the device has no memory" in none.why_unknown
    assert number(
        "flow.device_memory.free_share", {**REPLICA, "flow.device_memory.capacity": 0.5}
    ) == pytest.approx(1 - 44e9)


HOST = {"target.device": "cpu", "flow.device_memory.required": 22e9, "machine.memory.total": 64e9}


@pytest.mark.parametrize(
    ("more", "needed", "shown"),
    [
        ({}, 22e9, "model 20.5 GiB"),
        ({"target.hot_set": 4e9, "target.hot_tier": "dram"}, 26e9, "model 20.5 GiB + hot set 3.73 GiB"),
        ({"target.hot_set": 4e9, "target.hot_tier": "nvme"}, 22e9, "model 20.5 GiB"),
        ({"target.hot_tier": "dram"}, 22e9, "model 20.5 GiB"),
        (
            {"target.hot_set": 4e9, "target.hot_tier": "dram", "target.device": "h100"},
            4e9,
            "hot set 3.73 GiB",
        ),
    ],
)
def test_the_memory_of_the_host(more, needed, shown):
    found = derived("flow.memory.host_required", {**HOST, **more})
    assert (found.value.value, found.formula) == (needed, shown)
    share = derived("flow.memory.host_share", {**HOST, **more})
    assert share.value.value == pytest.approx(needed / 64e9)
    assert share.formula.endswith(f" / 59.6 GiB = {needed / 64e9:.3g}")


def test_a_host_without_model_and_hot_set_needs_to_be_told():
    asked = derived("flow.memory.host_required", {"target.device": "h100", "target.hot_set": 4e9})
    assert asked.inputs == ("target.hot_set", "target.hot_tier")
