"""What moving bytes and round trips take of a request, each worked out by hand: Q5 and Q10 of docs/models/movement.md."""

from __future__ import annotations

import pytest
from derived_one import bounds, derived, ends, number

SOURCE = {
    "sources[a].calls_per_request": 4.0, "sources[a].bytes_read_per_call": 1e6, "sources[a].link_bandwidth": 1e8,
    "sources[a].rtt": 0.002,
}  # fmt: skip
"""Four calls of 1 MB at 100 MB/s and four round trips of 2 ms: 48 ms."""
PLAIN = {**SOURCE, "pilot.uses": ("classic-ml",), "path.cross_region_hops": 0.0, "slo.p99": 0.48}
DEVICE = {
    **SOURCE, "pilot.uses": ("llm",), "model.hosting": "self", "path.cross_region_hops": 0.0, "slo.p99": 0.48,
    "target.device": "h100", "target.bytes_to_device": 2e8, "target.pinned_copies": True,
    "machine.accelerators.h2d_pinned": 5e10, "machine.accelerators.h2d_pageable": 1e10,
}  # fmt: skip
"""The copy of 200 MB takes 4 ms from pinned memory, 20 ms from pageable memory."""
A = {"sources": ("a",)}


@pytest.mark.parametrize(
    ("stated", "more", "wanted"),
    [
        (PLAIN, {}, 0.048),
        (PLAIN, {"sources[a].sequential_calls": 1.0}, 0.042),
        (PLAIN, {"sources[a].awaited": False}, 0.0),
        (PLAIN, {"sources[a].awaited": True}, 0.048),
        (PLAIN, {"path.cross_region_hops": 3.0, "path.cross_region_rtt": 0.01}, 0.078),
        (PLAIN, {"path.cross_region_hops": 3.0, "path.cross_region_distance": 1e6}, 0.078),
        (PLAIN, {"path.bytes_per_request": 5e6, "path.network_bandwidth": 1e9}, 0.053),
        (PLAIN, {"path.bytes_per_request": 5e6, "machine.network.link_speed": 1e9, "target.network": 5e8}, 0.053),
        (PLAIN, {"path.bytes_per_request": 5e6, "target.network": 5e8}, 0.058),
        (DEVICE, {}, 0.052),
        (DEVICE, {"target.pinned_copies": False}, 0.068),
        (DEVICE, {"target.bytes_to_device": 0.0}, 0.048),
        (DEVICE, {"target.device": "cpu"}, 0.048),
        (DEVICE, {"model.engine": "cpu"}, 0.048),
        (DEVICE, {"model.hosting": "hosted"}, 0.048),
        (DEVICE, {"model.hosting": "none"}, 0.048),
        (DEVICE, {"pilot.uses": ("classic-ml",)}, 0.052),
        (DEVICE, {"pilot.uses": ("training",)}, 0.052),
    ],
)  # fmt: skip
def test_movement_by_hand(stated, more, wanted):
    """A thousand kilometres are 5 ms of light in fibre, 10 ms there and back."""
    assert number("flow.movement.time", {**stated, **more}, **A) == pytest.approx(wanted)


def test_two_sources_and_no_accelerator():
    both = {
        **PLAIN,
        **{name.replace("[a]", "[b]"): value for name, value in SOURCE.items()},
        "sources[b].rtt": 0.022,
    }
    assert number("flow.movement.time", both, sources=("a", "b")) == pytest.approx(0.048 + 0.128)
    found = derived("flow.movement.time", both, sources=("a", "b"))
    assert any("no accelerator takes part" in line for line in found.assumptions)
    assert found.formula == "source a 48 ms + source b 128 ms = 176 ms"


def test_nothing_moves():
    found = derived("flow.movement.time", PLAIN, sources=())
    assert found.formula == "nothing moves = 0 s"


def test_the_ends_of_inputs_are_carried():
    """Bytes of 1 to 2 MB at 50 to 100 MB/s: 40 ms at least, 160 ms at most, beside 8 ms of round trips."""
    loose = {"sources[a].bytes_read_per_call": (1e6, 2e6), "sources[a].link_bandwidth": (5e7, 1e8)}
    assert ends("flow.movement.time", PLAIN, loose, **A) == pytest.approx((0.048, 0.048, 0.168))
    far = {**PLAIN, "path.cross_region_hops": 1.0, "path.cross_region_distance": 1e6}
    assert ends("flow.movement.time", far, **A) == pytest.approx((0.058, 0.058, 0.068))


@pytest.mark.parametrize(
    ("gone", "named"),
    [
        (("sources[a].rtt",), {"sources[a].rtt"}),
        (("sources[a].rtt", "path.cross_region_hops"), {"sources[a].rtt", "path.cross_region_hops"}),
    ],
)
def test_all_that_is_missing_is_named(gone, named):
    found = derived("flow.movement.time", {k: v for k, v in PLAIN.items() if k not in gone}, **A)
    assert set(found.inputs) == named
    assert set(derived("flow.movement.time", PLAIN).inputs) == {"sources"}
    bare = {k: v for k, v in DEVICE.items() if k not in ("target.bytes_to_device", *gone)}
    assert set(derived("flow.movement.time", bare, **A).inputs) == named | {"target.bytes_to_device"}
    link = derived("flow.movement.time", {**PLAIN, "path.bytes_per_request": 1.0}, **A)
    assert set(link.inputs) == {"path.network_bandwidth", "machine.network.link_speed", "target.network"}


def test_a_link_of_nothing_moves_nothing():
    found = derived("flow.movement.time", {**PLAIN, "sources[a].link_bandwidth": 0.0}, **A)
    assert "sources[a].link_bandwidth is 0" in found.why_unknown


def test_shares_of_the_promise_and_the_largest_leg():
    assert number("flow.movement.share", PLAIN, **A) == pytest.approx(0.1)
    assert derived("flow.movement.largest_leg", PLAIN, **A).value == "source a"
    shown = derived("flow.movement.share", PLAIN, **A).formula
    assert shown == "48 ms (largest leg: source a, 48 ms) / slo.p99 480 ms = 10 %"
    hops = {**PLAIN, "path.cross_region_hops": 3.0, "path.cross_region_rtt": 0.1}
    assert derived("flow.movement.largest_leg", hops, **A).value == "round trips across regions"
    assert (
        "largest of 2 legs: round trips across regions, 300 ms"
        in derived("flow.movement.largest_leg", hops, **A).formula
    )
    alone = derived("flow.movement.share", {**PLAIN, "path.cross_region_hops": 0.0}, sources=()).formula
    assert alone == "0 s / slo.p99 480 ms = 0 %"
    assert number("flow.movement.h2d_share", DEVICE, **A) == pytest.approx(0.004 / 0.48)
    assert number("flow.movement.h2d_share", {**DEVICE, "target.device": "cpu"}, **A) == 0.0


@pytest.mark.parametrize(
    ("tier", "wanted"), [("device", 0.05), ("dram", 0.016), ("nvme", 0.004), ("remote", None), ("", None)]
)
def test_the_share_of_a_tier_that_the_hot_set_fills(tier, wanted):
    stated = {
        "target.hot_set": 4e9, "target.device": "h100", "target.count": 1.0, "machine.accelerators.memory_total": 8e10,
        "machine.memory.total": 2.5e11, "machine.storage.free": 1e12, **({"target.hot_tier": tier} if tier else {}),
    }  # fmt: skip
    found = derived("flow.hot_set.share", stated)
    if wanted is not None:
        assert number("flow.hot_set.share", stated) == pytest.approx(wanted)
    elif tier:
        assert "a remote tier has no capacity" in found.why_unknown
    else:
        assert found.inputs == ("target.hot_tier",)


def test_the_link_at_the_peak():
    """10 req/s of 4 calls of 1 MB each over 1 GB/s: 4 %; stated bytes count before those of the sources."""
    stated = {**SOURCE, "flow.demand.peak_rate": 10.0, "path.network_bandwidth": 1e9}
    assert number("flow.network.utilisation", stated, **A) == pytest.approx(0.04)
    two = stated | {"sources[b].calls_per_request": 2.0, "sources[b].bytes_read_per_call": 5e5}
    assert number("flow.network.utilisation", two, sources=("a", "b")) == pytest.approx(0.05)
    assert number(
        "flow.network.utilisation", {**stated, "path.bytes_per_request": 2e6}, **A
    ) == pytest.approx(0.02)
    half = derived(
        "flow.network.utilisation", stated | {"sources[b].calls_per_request": 2.0}, sources=("a", "b")
    )
    assert set(half.inputs) == {"path.bytes_per_request", "sources[b].bytes_read_per_call"}
    none = derived("flow.network.utilisation", stated, sources=("c",))
    assert set(none.inputs) == {
        "path.bytes_per_request",
        "sources[c].calls_per_request",
        "sources[c].bytes_read_per_call",
    }
    assert derived("flow.network.utilisation", stated).inputs == ("path.bytes_per_request",)


@pytest.mark.parametrize(
    ("fact", "stated", "lacking", "low"),
    [
        ("flow.movement.time", PLAIN, "sources[a].rtt", 0.04),
        ("flow.movement.time", PLAIN, "path.cross_region_hops", 0.04),
        ("flow.movement.share", PLAIN, "sources[a].rtt", 0.04 / 0.48),
        ("flow.movement.h2d_share", DEVICE, "slo.p99", 0.004 / 1e6),
    ],
)
def test_what_is_known_bounds_what_moves(fact, stated, lacking, low):
    """The bytes take 40 ms, whatever round trips take; a promise is at most 1e6 s."""
    assert bounds(fact, stated, lacking, **A) == (pytest.approx(low), None)


def test_the_peak_is_at_least_what_the_known_part_of_it_is():
    stated = {"path.bytes_per_request": 4e6, "demand.requests_per_day": 1.0, "demand.peak_hour_share": 0.5,
              "demand.burst_factor": 2.0, "demand.growth_12m": 1.0, "path.network_bandwidth": 1e9}  # fmt: skip
    assert number("flow.network.utilisation", stated, **A) == pytest.approx(24 * 0.5 * 2.0 * 4e6 / 1e9)
    low, _ = bounds("flow.network.utilisation", stated, "demand.burst_factor", **A)
    assert low == pytest.approx(24 * 0.5 * 4e6 / 1e9), "a burst is once the peak hour at least"


def test_a_source_that_nobody_waits_for_hides_no_later_one():
    both = {
        **PLAIN,
        **{name.replace("[a]", "[b]"): value for name, value in SOURCE.items()},
        "sources[a].awaited": False,
    }
    assert number("flow.movement.time", both, sources=("a", "b")) == pytest.approx(0.048)


def test_one_leg_and_legs_that_take_nothing_are_not_called_the_largest():
    hops = {**PLAIN, "path.cross_region_hops": 3.0, "path.cross_region_rtt": 0.1}
    assert derived("flow.movement.share", hops, sources=()).formula == "300 ms / slo.p99 480 ms = 62.5 %"
    still = {**PLAIN, "sources[a].bytes_read_per_call": 0.0, "sources[a].rtt": 0.0}
    assert derived("flow.movement.share", still, **A).formula == "0 s / slo.p99 480 ms = 0 %"


def test_a_slow_link_is_no_broken_one_and_nothing_to_copy_needs_no_rate():
    assert number("flow.movement.time", {**PLAIN, "sources[a].link_bandwidth": 0.5}, **A) == pytest.approx(
        8e6 + 0.008
    )
    nothing = {k: v for k, v in DEVICE.items() if not k.startswith("machine.")} | {
        "target.bytes_to_device": 0.0
    }
    assert number("flow.movement.time", nothing, **A) == pytest.approx(0.048)
