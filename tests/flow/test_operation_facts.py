"""Cold starts, the ramp meanwhile and quotas of a hosted model, each worked out by hand: Q18."""

from __future__ import annotations

import pytest
from derived_one import bounds, derived, ends, number

from poc_gate.flow.formulas.movement import engine_start, load_time

QUOTA = {
    "flow.demand.peak_rate": 1.0, "model.quota_tokens": 4800.0, "demand.in_tokens_p50": 1000.0, "demand.in_tokens_p95": 1000.0,
    "demand.out_tokens_p50": 200.0, "demand.out_tokens_p95": 200.0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("burst", "covered", "sign"), [(1.4, True, ">="), (1.5, True, ">="), (1.6, False, "<")]
)
def test_spare_capacity_carries_a_burst_as_large_as_it(burst, covered, sign):
    stated = {"target.spare_capacity": 0.5, "demand.burst_factor": burst}
    found = derived("flow.cold_start.ramp_covered", stated)
    assert (found.value, found.formula) == (covered, f"1 + spare capacity 0.5 {sign} burst factor {burst:g}")


def test_the_share_of_a_quota_of_requests():
    stated = {"flow.demand.peak_rate": 3.0, "model.quota_requests": 12.0}
    found = derived("flow.quota.requests_share", stated)
    assert (found.value.value, found.formula) == (0.25, "3 req/s / 12 req/s = 25 %")
    peak = {"demand.requests_per_day": 1.0, "demand.peak_hour_share": 1 / 24, "model.quota_requests": 12.0}
    least, _ = bounds(
        "flow.quota.requests_share", {**peak, "demand.burst_factor": 2.0}, "demand.burst_factor"
    )
    assert least == pytest.approx(1 / 12)


def test_the_tokens_of_the_busiest_minute():
    """60 requests of 1,200 tokens and 1.6449 times the square root of 60 x 1,200^2: 87,290 of 288,000 tokens."""
    found = derived("flow.quota.tokens_share", QUOTA)
    assert found.value.value == pytest.approx(87289.6 / 288000, rel=1e-5)
    assert found.formula == (
        "tokens of the busiest minute at p95 / quota = (60 req x 1,200 tok + 15,290 tok) / 288,000 tok = 30.3 %"
    )
    shares = {"flow.quota.requests_share": 0.2}
    worst = derived("flow.quota.worst_share", {**QUOTA, **shares})
    assert (worst.value.value, worst.formula) == (found.value.value, "max(20 %, 30.3 %) = 30.3 %")


@pytest.mark.parametrize(
    ("gone", "more", "least", "asked"),
    [
        ("out", {}, 1000 / 4800, "demand.out_tokens_p95"),
        ("in", {}, 200 / 4800, "demand.in_tokens_p95"),
        ("out", {"flow.demand.peak_rate": 2.0}, 2000 / 4800, "demand.out_tokens_p95"),
        ("out", {"demand.in_tokens_p50": None}, 50 / 4800, "demand.out_tokens_p95"),
        ("out", {"flow.demand.peak_rate": 0.0}, None, "demand.out_tokens_p95"),
        ("out", {"model.quota_tokens": 0.0}, None, "demand.out_tokens_p95"),
        ("out", {"model.quota_tokens": 1.0}, 1000.0, "demand.out_tokens_p95"),
    ],
)
def test_one_kind_of_tokens_alone_takes_its_share_at_least(gone, more, least, asked):
    """Of a p95 alone one request in twenty has that many tokens."""
    stated = {name: value for name, value in {**QUOTA, **more}.items() if value is not None}
    some = {name: value for name, value in stated.items() if not name.startswith(f"demand.{gone}_")}
    found = derived("flow.quota.tokens_share", some)
    assert found.inputs == (asked,)
    assert found.low == (None if least is None else pytest.approx(least))


LOADED = {
    "flow.weights.bytes": 16e9, "target.storage_read": 2e9, "target.device": "h100-sxm-80gb", "target.load_streams": 8.0, "target.count": 2.0,
}  # fmt: skip
"""16 GB of weights from a store of 2 GB/s, read by eight streams."""


@pytest.mark.parametrize(
    ("more", "rate", "readers", "cached", "slowest"),
    [
        ({}, 2e9, 8.0, False, "store"),
        ({"target.load_streams": 1.0}, 2e9, 1.0, False, "store"),
        ({"target.load_streams": None}, 2e9, None, False, "store"),
        ({"target.load_cached": True}, 2e9, 8.0, True, "store"),
        ({"machine.storage.read_sequential": 1e9}, 1e9, 8.0, False, "store"),
        (
            {"machine.storage.read_sequential": 1e9, "machine.storage.read_sequential_streams": 4e9},
            4e9,
            8.0,
            False,
            "store",
        ),
        ({"machine.accelerators.h2d_pinned": 5e8}, 1e9, 8.0, False, "link"),
        ({"machine.accelerators.h2d_pinned": 1.5e9, "target.count": 1.0}, 1.5e9, 8.0, False, "link"),
        ({"machine.accelerators.h2d_pinned": 5e8, "target.count": 0.0}, 5e8, 8.0, False, "link"),
        ({"machine.accelerators.h2d_pinned": 1e9}, 2e9, 8.0, False, "store"),
        ({"machine.accelerators.h2d_pinned": 5e10}, 2e9, 8.0, False, "store"),
        ({"machine.accelerators.h2d_pinned": 5e8, "target.device": "cpu"}, 2e9, 8.0, False, "store"),
    ],
)
def test_weights_load_at_the_slower_of_store_and_links(more, rate, readers, cached, slowest):
    """Each of two devices has a link of its own, a host has none."""
    stated = {name: value for name, value in {**LOADED, **more}.items() if value is not None}
    wanted = load_time(16e9, rate, readers=readers, cached=cached)
    found = derived("flow.cold_start.load_time", stated)
    assert (found.value.value, found.low, found.high) == pytest.approx(
        (wanted.likely, wanted.low, wanted.high)
    )
    assert f" from the {slowest} at up to " in found.formula
    assert ("target.load_streams" in found.outside) is (readers is None)
    guessed = any("faster than the store" in one for one in found.assumptions)
    assert guessed is ("machine.accelerators.h2d_pinned" not in more)


def test_the_ends_of_a_load():
    """A store of 1 to 4 GB/s loads in twice or half the time; where it may deliver nothing there is no end."""
    alone = load_time(16e9, 2e9, readers=8.0)
    found = ends("flow.cold_start.load_time", LOADED, {"target.storage_read": (1e9, 4e9)})
    assert found == pytest.approx((alone.likely, alone.low / 2, alone.high * 2))
    for low, high in ((0.0, float("inf")), (0.5, alone.high * 4e9)):
        assert ends("flow.cold_start.load_time", LOADED, {"target.storage_read": (low, 2e9)})[
            2
        ] == pytest.approx(high)
    for rate, outside in ((30e9, False), (30.1e9, True)):
        said = derived("flow.cold_start.load_time", {**LOADED, "target.storage_read": rate}).outside
        assert ("more than 30 GB/s" in said) is outside


READY = {**LOADED, "target.engine_start": 20.0, "flow.cold_start.load_time": 10.0}
COLD = {
    **READY,
    "target.node_start": 90.0,
    "target.image_bytes": 9e9,
    "target.network": 1.5e9,
    "model.hosting": "self",
}


def test_a_replica_serves_once_its_engine_has_started():
    found = derived("flow.cold_start.ready_time", READY)
    assert (found.value.value, found.formula) == (30.0, "weights 10 s + engine 20 s = 30 s")


def test_a_replica_from_nothing():
    """90 s for the node, 6 for an image of 9 GB at 1.5 GB/s, 10 for the weights, 20 for the engine."""
    found = derived("flow.cold_start.time", COLD)
    assert (found.value.value, found.formula) == (
        126.0,
        "node 1.5 min + image 6 s + weights 10 s + engine 20 s = 2.1 min",
    )
    wired = {name: value for name, value in COLD.items() if name != "target.network"}
    assert number("flow.cold_start.time", {**wired, "machine.network.link_speed": 3e9}) == 123.0
    measured = derived("flow.cold_start.time", {**COLD, "target.cold_start": 210.0})
    assert (measured.value.value, measured.formula) == (
        210.0,
        "measured from trigger to first answer = 3.5 min",
    )
    hosted = derived("flow.cold_start.time", {**COLD, "model.hosting": "hosted", "target.cold_start": 210.0})
    assert "the provider starts the model" in hosted.why_unknown
    assert bounds("flow.cold_start.time", COLD, "target.node_start") == (36.0, None)


def test_an_engine_that_nobody_timed_starts_as_its_family_does():
    silent = {name: value for name, value in READY.items() if name != "target.engine_start"}
    for more, family, outside in (
        ({"model.engine": "llama.cpp"}, "llama.cpp-any", False),
        ({}, "unknown", True),
    ):
        wanted = engine_start(family, engine=str(more.get("model.engine", "")))
        found = ends("flow.cold_start.ready_time", {**silent, **more})
        assert found == pytest.approx((10 + wanted.likely, 10 + wanted.low, 10 + wanted.high))
        told = derived("flow.cold_start.ready_time", {**silent, **more})
        assert any(f"the engine needs {wanted.low:g} to {wanted.high:g} s" in one for one in told.assumptions)
        assert ("which engine has to start is not known" in told.outside) is outside
    vllm = {**silent, "model.engine": "vllm", "model.engine_version": "0.10.0", "model.layers": 32.0}
    for sharing, stated in (
        (1.0, {}),
        (1.0, {"model.tensor_parallel": 1.0}),
        (2.0, {"model.tensor_parallel": 2.0}),
    ):
        wanted = engine_start("server25", engine="vllm", layers=32.0, sharing=sharing)
        assert number("flow.cold_start.ready_time", {**vllm, **stated}) == pytest.approx(10 + wanted.likely)
    unknown = {name: value for name, value in vllm.items() if name != "model.layers"}
    assert number("flow.cold_start.ready_time", unknown) == pytest.approx(
        10 + engine_start("server25", engine="vllm").likely
    )
