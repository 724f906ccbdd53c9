"""Peaks, calls, retries, deadlines and availability, each worked out by hand: Q7, Q9 and Q10 of docs/models/README.md."""

from __future__ import annotations

import pytest
from derived_one import bounds, derived, ends, number

from poc_gate.flow.facts.demand_facts import _power

LOAD = {
    "demand.requests_per_day": 0.5,
    "demand.peak_hour_share": 0.125,
    "demand.burst_factor": 2.0,
    "demand.growth_12m": 1.5,
}
"""43,200 requests a day, an eighth of them in the busiest hour, twice as many in its busiest minute: 3 req/s."""
CALLED = {
    "flow.demand.peak_rate": 3.0, "sources[a].calls_per_request": 4.0, "sources[a].retries": 1.0, "sources[a].cache_hit": 0.25,
    "sources[a].tolerated_rate": 36.0,
}  # fmt: skip
A, AB = {"sources": ("a",)}, {"sources": ("a", "b")}


def test_the_peak_and_that_of_a_year_later():
    assert number("flow.demand.peak_rate", LOAD) == pytest.approx(3.0)
    assert number("flow.demand.peak_rate_12m", LOAD) == pytest.approx(4.5)
    shown = derived("flow.demand.peak_rate", LOAD).formula
    assert shown == "requests per day x peak-hour share / 3600 x burst = 43,200 x 0.125 / 3600 x 2 = 3 req/s"
    assert bounds("flow.demand.peak_rate", LOAD, "demand.burst_factor")[0] == pytest.approx(1.5)
    assert bounds("flow.demand.peak_rate_12m", LOAD, "demand.burst_factor")[0] == pytest.approx(2.25)


def test_a_tail_is_so_many_times_the_median():
    assert number(
        "sources[a].tail_ratio", {"sources[a].p50": 0.02, "sources[a].p99": 0.08}, **A
    ) == pytest.approx(4.0)
    assert number("sources[a].tail_ratio", {"sources[a].p50": 0.02, "sources[a].p99": 0.02}, **A) == 1.0
    wrong = derived("sources[a].tail_ratio", {"sources[a].p50": 0.02, "sources[a].p99": 0.01}, **A)
    assert "(10 ms) is below sources[a].p50 (20 ms)" in wrong.why_unknown


def test_calls_that_a_source_gets_at_the_peak():
    """3 x 4 x 0.75 x 2 = 18 a second, half of what it tolerates."""
    assert number("sources[a].peak_rate", CALLED, **A) == pytest.approx(18.0)
    assert number("sources[a].load_share", CALLED, **A) == pytest.approx(0.5)
    uncached = {name: value for name, value in CALLED.items() if name != "sources[a].cache_hit"}
    assert number("sources[a].peak_rate", uncached, **A) == pytest.approx(24.0)
    shown = derived("sources[a].peak_rate", CALLED, **A).formula
    assert shown.endswith("= 3 x 4 x 0.75 x 2 = 18 req/s")


def test_a_tail_of_many_calls_needs_a_quantile_of_each():
    """Of four awaited calls each must keep 0.99^(1/4) = 0.99749; a call that nobody awaits does not count."""
    both = {"sources[a].calls_per_request": 3.0, "sources[b].calls_per_request": 1.0}
    assert number("flow.fanout.awaited", both, **AB) == 4.0
    assert number("flow.fanout.quantile_needed", both, **AB) == pytest.approx(0.99**0.25)
    alone = {**both, "sources[a].awaited": False}
    assert number("flow.fanout.awaited", alone, **AB) == 1.0
    half = {"sources[a].calls_per_request": 0.5}
    assert number("flow.fanout.quantile_needed", half, **A) == pytest.approx(0.99)
    assert derived("flow.fanout.awaited", {"sources[a].calls_per_request": 3.0}, **AB).inputs == (
        "sources[b].calls_per_request",
    )
    assert derived("flow.fanout.awaited", both).inputs == ("sources",)
    assert number("flow.fanout.awaited", {}, sources=()) == 0.0


def test_one_nine_more_is_asked_of_what_a_service_needs():
    stated = {"slo.availability": 0.99}
    assert number("sources[a].availability_need", stated, **A) == pytest.approx(0.999)
    assert derived("sources[a].availability_need", stated, **A).formula == "1 - (1 - 0.99) / 10 = 0.999"


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({}, 0.99 * 0.98 * 0.97),
        ({"sources[a].fallback": True}, 0.98 * 0.97),
        ({"sources[a].fallback": False}, 0.99 * 0.98 * 0.97),
        ({"sources[a].critical": False}, 0.98 * 0.97),
        ({"sources[a].critical": True}, 0.99 * 0.98 * 0.97),
        ({"path.stages[s].fallback": True}, 0.99 * 0.98),
        ({"path.stages[s].source": "a"}, 0.99 * 0.98),
    ],
)
def test_availability_is_the_product_of_what_has_no_fallback(more, wanted):
    stated = {
        "sources[a].availability": 0.99,
        "sources[b].availability": 0.98,
        "path.stages[s].availability": 0.97,
        **more,
    }
    items = {**AB, "path.stages": ("s",)}
    assert number("flow.availability.product", stated, **items) == pytest.approx(wanted)


def test_what_availability_needs():
    stated = {"sources[a].availability": 0.99}
    assert derived("flow.availability.product", stated, **AB).inputs == ("sources[b].availability",)
    assert derived("flow.availability.product", {}).inputs == ("sources",)
    assert (
        derived("flow.availability.product", {}, sources=()).formula == "no dependency without fallback = 1"
    )


@pytest.mark.parametrize(
    ("retries", "layers", "wanted"), [(3.0, 3.0, 64.0), (3.0, 1.0, 4.0), (3.0, 0.0, 4.0), (0.0, 5.0, 1.0)]
)
def test_retries_of_several_layers_multiply(retries, layers, wanted):
    """Three retries make four attempts, in each of three layers: 64; no layer is one at least."""
    stated = {"sources[a].retries": retries, "sources[b].retries": 0.0, "path.retry_layers": layers}
    assert number("flow.retry.amplification", stated, **AB) == wanted
    stages = {**stated, "path.stages[s].retries": 4.0}
    assert number("flow.retry.amplification", stages, **AB, **{"path.stages": ("s",)}) == 5.0 ** max(
        1.0, layers
    )


def test_the_ends_of_retries_and_layers():
    stated = {"sources[a].retries": 1.0, "path.retry_layers": 2.0}
    loose = {"sources[a].retries": (0.0, 2.0), "path.retry_layers": (1.0, 3.0)}
    assert ends("flow.retry.amplification", stated, loose, **A) == (4.0, 1.0, 27.0)
    assert derived("flow.retry.amplification", {"path.retry_layers": 2.0}, **A).inputs == (
        "sources[a].retries",
    )
    assert derived("flow.retry.amplification", {"sources[a].retries": 1.0}, **A).inputs == (
        "path.retry_layers",
    )
    assert (_power(10.0, 400.0), _power(2.0, 3.0)) == (float("inf"), 8.0)


DEADLINES = {
    "slo.p99": 4.0, "path.stages[s].timeout": 1.0, "path.stages[s].retries": 1.0, "path.stages[s].backoff": 0.5,
    "path.stages[t].timeout": 0.5, "path.stages[t].retries": 0.0,
}  # fmt: skip
ST = {"path.stages": ("s", "t")}


def test_deadlines_within_the_promise():
    """1 s twice, half a second between, and 0.5 s once: 3 of 4 s."""
    found = derived("flow.deadline.worst_share", DEADLINES, **ST)
    assert found.value.value == pytest.approx(0.75)
    assert found.formula == "(s 1 s x 2 + t 500 ms x 1) / slo.p99 4 s = 0.75"
    for gone in ("timeout", "retries", "backoff"):
        some = {name: value for name, value in DEADLINES.items() if name != f"path.stages[s].{gone}"}
        assert derived("flow.deadline.worst_share", some, **ST).inputs == (f"path.stages[s].{gone}",)
    assert derived("flow.deadline.worst_share", DEADLINES).inputs == ("path.stages",)


def test_the_share_of_round_trips_across_regions():
    stated = {"slo.p99": 4.0, "path.cross_region_hops": 2.0, "path.cross_region_rtt": 0.1}
    assert number("flow.region.rtt_share", stated) == pytest.approx(0.05)


def test_what_is_left_out_hides_nothing_behind_it():
    stages = {"path.stages[s].source": "a", "path.stages[t].availability": 0.96}
    found = number("flow.availability.product", {"sources[a].availability": 0.99, **stages}, **A, **ST)
    assert found == pytest.approx(0.99 * 0.96)
    assert derived("flow.availability.product", {}, **AB).inputs == (
        "sources[a].availability",
        "sources[b].availability",
    )
    some = {"sources[a].retries": 1.0, "path.retry_layers": 2.0}
    assert derived("flow.retry.amplification", some, **AB).inputs == ("sources[b].retries",)
    late = derived("flow.deadline.worst_share", {"slo.p99": 4.0}, **ST)
    assert set(late.inputs) == {
        f"path.stages[{stage}].{name}" for stage in "st" for name in ("timeout", "retries")
    }


@pytest.mark.parametrize(
    ("layers", "wanted"),
    [((2.0, 3.0), (9.0, 9.0, 64.0)), ((0.5, 2.0), (9.0, 3.0, 16.0)), ((0.5, 0.5), (3.0, 3.0, 4.0))],
)
def test_layers_count_as_one_at_least_at_each_end(layers, wanted):
    stated = {"sources[a].retries": 2.0, "path.retry_layers": min(2.0, layers[1])}
    loose = {"sources[a].retries": (2.0, 3.0), "path.retry_layers": layers}
    assert ends("flow.retry.amplification", stated, loose, **A) == wanted


@pytest.mark.parametrize(
    ("fact", "stated", "lacking", "found"),
    [
        ("sources[a].peak_rate", CALLED, "sources[a].retries", (9.0, None)),
        ("sources[a].load_share", CALLED, "sources[a].retries", (0.25, None)),
        ("flow.fanout.awaited", {"sources[a].calls_per_request": 3.0, "sources[b].calls_per_request": 1.0},
         "sources[b].calls_per_request", (3.0, None)),
        ("flow.availability.product", {"sources[a].availability": 0.9, "sources[b].availability": 0.9},
         "sources[b].availability", (None, 0.9)),
        ("flow.retry.amplification", {"sources[a].retries": 2.0, "sources[b].retries": 0.0, "path.retry_layers": 2.0},
         "path.retry_layers", (3.0, None)),
        ("flow.deadline.worst_share", DEADLINES, "path.stages[s].backoff", (2.5 / 4.0, None)),
        ("flow.region.rtt_share", {"slo.p99": 4.0, "path.cross_region_hops": 2.0, "path.cross_region_rtt": 0.1}, "slo.p99",
         (0.2 / 1e6, None)),
    ],
)  # fmt: skip
def test_what_is_known_bounds_the_rest(fact, stated, lacking, found):
    low, high = bounds(fact, stated, lacking, **AB, **ST)
    wanted_low, wanted_high = found
    assert wanted_low is None or low == pytest.approx(wanted_low)
    assert wanted_high is None or high == pytest.approx(wanted_high)
