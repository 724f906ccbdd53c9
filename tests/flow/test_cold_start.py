"""A cold start that was measured counts, whatever a prediction would still need to know."""

from __future__ import annotations

import flow_pilots as pilots
import pytest

from poc_gate.flow.derive_facts import derive_facts
from poc_gate.flow.formulas.movement import engine_start
from poc_gate.flow.span import Span
from poc_gate.model.fact import Fact
from poc_gate.model.quantity import Quantity

NAME = "flow.cold_start.time"
KNOWN = {
    **pilots.DEMAND, **pilots.MODEL, **pilots.MACHINE, "target.node_start": 90.0, "target.image_bytes": 9e9,
    "target.network": 1.25e9, "target.storage_read": 2e9, "target.engine_start": 20.0,
}  # fmt: skip


def _cold_start(**stated: float) -> Fact:
    values = {**KNOWN, **{f"target.{name}": value for name, value in stated.items()}}
    return derive_facts(pilots.tree(values), wanted=frozenset({NAME})).get(NAME)


def test_a_measured_start_wins_over_a_prediction_that_misses_an_input():
    predicted, measured = _cold_start(), _cold_start(cold_start=210.0)
    assert "target.load_streams" in predicted.outside
    assert isinstance(measured.value, Quantity)
    assert measured.value.value == pytest.approx(210.0)
    assert not measured.outside


STARTS = [
    # layers, devices that share them, seconds to ready without those of loading
    (28, 1, 58.0),  # vLLM issue 20264, 2025-06: 59 s, of which 0.9 load the weights; kernels compiled before
    (28, 1, 52.0),  # lokashrinav/vllm-cold-start, 2026: 137 s, of which about 85 load the weights
    (
        28,
        1,
        46.0,
    ),  # vLLM's post on sleep mode, 2025-10: 48 s a switch between models of 1 and 8 GB on an A100
    (
        32,
        1,
        111.0,
    ),  # runai-model-streamer issue 67, 2025-06: 91 s of compiling and capturing, 20 s of imports and processes
    (
        64,
        1,
        58.4,
    ),  # llm-d-extensions/vllm-cold-start-playground, 2026: 90.6 s, of which 32.2 load; kernels compiled before
    (
        80,
        8,
        225.0,
    ),  # vLLM issue 19824, 2025-06: 60 s to check access, 85 to compile, 60 to capture, 20 s of imports and processes
]


@pytest.mark.parametrize(("layers", "sharing", "published"), STARTS)
def test_published_starts_of_an_engine_that_compiles_lie_inside(layers, sharing, published):
    found = engine_start("server25", engine="vllm", layers=layers, sharing=sharing)
    assert found.low <= published <= found.high


def test_an_engine_that_compiles_takes_longer_with_each_layer_and_with_other_devices():
    """25 s (10 to 94) and 0.9 s a layer (0.25 to 3.4), 15 s (up to 60) more where devices share them."""
    one, two = (engine_start("server25", engine="vllm", layers=32, sharing=n) for n in (1, 2))
    assert (one.likely, one.low, one.high) == pytest.approx((53.8, 18.0, 202.8))
    assert (two.likely - one.likely, two.low - one.low, two.high - one.high) == pytest.approx(
        (15.0, 0.0, 60.0)
    )
    older = engine_start("server-any", engine="vllm", layers=32, sharing=1)
    assert (older.low, older.likely, older.high) == pytest.approx((16.0, 53.8, 202.8))


@pytest.mark.parametrize("engine", ["sglang", "tensorrt-llm", ""])
def test_other_engines_start_as_serving_engines_do(engine):
    found = engine_start("server25", engine=engine, layers=32.0, sharing=8.0)
    assert (found.low, found.likely, found.high) == (16.0, 32.0, 100.0)
    assert engine_start("server", engine="vllm", layers=80.0).high == 28.0


def test_what_is_not_stated_of_an_engine_that_compiles_may_be_anything():
    """Layers are 16 to 126, the devices that share them may have to join; an unknown engine may be one that compiles."""
    known = [
        engine_start("server25", engine="vllm", layers=n, sharing=d)
        for n in (16.0, 126.0)
        for d in (1.0, 8.0)
    ]
    for unknown in (
        engine_start("server25", engine="vllm"),
        engine_start("unknown", layers=126.0),
        engine_start("unknown"),
    ):
        assert unknown.low <= min(one.low for one in known)
        assert unknown.high >= max(one.high for one in known)


def test_a_ready_replica_of_more_layers_is_later():
    ready = "flow.cold_start.ready_time"
    given = {name: value for name, value in KNOWN.items() if name != "target.engine_start"} | {
        "model.engine": "vllm",
        "model.engine_version": "0.11.0",
    }
    few, many = (
        derive_facts(pilots.tree({**given, "model.layers": layers}), wanted=frozenset({ready})).get(ready)
        for layers in (16.0, 80.0)
    )
    assert isinstance(few.value, Quantity)
    assert isinstance(many.value, Quantity)
    assert many.value.value - few.value.value == pytest.approx(0.9 * 64)


def test_an_engine_that_compiles_takes_as_long_as_its_layers():
    """25 s and 0.9 for each layer, 32 where nobody says how many; 15 more where devices find one another."""
    assert engine_start("server25", engine="vllm", sharing=1.0) == Span(
        53.8, 14.0, pytest.approx(94 + 3.4 * 126)
    )
    assert engine_start("server25", engine="vllm").likely == pytest.approx(53.8)
    assert engine_start("server25", engine="vllm", layers=80.0, sharing=8.0).likely == pytest.approx(
        25 + 72 + 15
    )


@pytest.mark.parametrize(
    ("layers", "again", "first"), [(24.0, 19.8, 35.3), (28.0, 21.7, 42.4), (32.0, 22.9, 44.6), (40.0, 26.4, 53.3), (48.0, 29.1, 62.6)]
)  # fmt: skip
def test_published_starts_lie_inside_with_and_without_what_was_compiled_before(layers, again, first):
    """VLLM 0.10.1 on an L40S, less the loading of its weights (upb-cn/vllm-startup-profiler, figure 10, 2025-10)."""
    found = engine_start("server25", engine="vllm", layers=layers, sharing=1.0)
    assert found.low <= again < first <= found.high


def test_an_engine_that_is_kept_from_graphs_compiles_nothing():
    """Ready 18 s after its weights, with its imports (a start-up log of vLLM 0.11 with `--enforce-eager`)."""
    eager = engine_start("server25", engine="vllm", layers=80.0, sharing=1.0, eager=True)
    assert eager == engine_start("server25", engine="vllm", layers=0.0, sharing=1.0)
    assert (
        eager.low
        <= 18.0
        <= eager.high
        < engine_start("server25", engine="vllm", layers=80.0, sharing=1.0).high
    )
