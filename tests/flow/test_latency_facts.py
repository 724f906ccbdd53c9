"""End-to-end times, budgets, busy stations and replicas, each worked out by hand: Q7 to Q11."""

from __future__ import annotations

import flow_pilots as pilots
import pytest
from derived_one import derived, ends, number

from poc_gate.flow.derive_facts import Deriver
from poc_gate.flow.facts.serving.latency_facts import station_shares
from poc_gate.flow.formulas.load.path_model import RequestPath, Station
from poc_gate.flow.reading.model_station import batching_station

PEAK = {"demand.requests_per_day": 1.0, "demand.peak_hour_share": 1 / 24, "demand.burst_factor": 4.0}
"""4 req/s in the peak."""
ONE = {
    **PEAK, "pilot.uses": (), "path.cross_region_hops": 0.0, "sources[s].p50": 0.1, "sources[s].p99": 0.1,
    "sources[s].calls_per_request": 1.0, "sources[s].retries": 0.0,
}  # fmt: skip
S = {"sources": ("s",)}
X = {"path__stages": ("x",)}
LONG = {**ONE, "sources[s].p99": 1.0}
"""Log-normal from a median of 0.1 s to a p99 of 1 s: a p95 of 0.1 x 10^(1.6449 / 2.3263) = 0.5094 s."""


def test_percentiles_of_a_log_normal_source():
    for share, seconds in ((50, 0.1), (95, 0.5094), (99, 1.0)):
        found = derived(f"flow.latency.p{share}", LONG, **S)
        assert found.value.value == pytest.approx(seconds, rel=0.02)
        assert found.formula.startswith(f"{share}% of requests at 4 req/s pass s within ")
    ratio = {"flow.latency.p50": 0.4, "flow.latency.p99": 1.0}
    shown = derived("flow.latency.tail_ratio", ratio)
    assert (shown.value.value, shown.formula) == (2.5, "p99 / p50 = 1 s / 400 ms = 2.5")


def test_the_ends_of_a_percentile():
    """Times that may be half or twice as long; where the longest overload, no end is known."""
    loose = {"sources[s].p50": (0.05, 0.1), "sources[s].p99": (0.1, 0.2)}
    assert ends("flow.latency.p50", ONE, loose, **S) == pytest.approx((0.1, 0.05, 0.2), rel=1e-6)
    busy = {**ONE, "sources[s].servers": 1.0}
    likely, low, high = ends(
        "flow.latency.p99", busy, {"sources[s].p50": (0.05, 0.1), "sources[s].p99": (0.1, 0.3)}, **S
    )
    assert 0.1 < low < likely < 0.5
    assert high == float("inf")
    over = derived("flow.latency.p99", {**ONE, "sources[s].servers": 0.3}, **S).why_unknown
    assert over == "at 4 req/s s is overloaded, so the time grows without bound"


def test_stations_are_named_in_their_order():
    two = {**ONE, **{name.replace("[s]", "[t]"): value for name, value in ONE.items() if "[s]" in name}}
    for mode, shown in (("series", "s + t"), ("parallel", "s | t")):
        found = derived("flow.latency.p50", {**two, "path.mode": mode}, sources=("s", "t"))
        assert f"pass {shown} within " in found.formula


FAN = {"sources[s].p50": 0.1, "sources[s].p99": 1.0, "flow.fanout.quantile_needed": 0.9999}


@pytest.mark.parametrize(
    ("more", "seconds"),
    [
        ({}, 3.97),
        ({"flow.fanout.quantile_needed": 0.99}, 1.0),
        ({"flow.fanout.quantile_needed": 0.5}, 1.0),
        ({"flow.fanout.quantile_needed": 1.0}, 0.1 * 10 ** (7.0345 / 2.3263)),
        ({"sources[s].p50": 1.0}, 1.0),
        ({"sources[s].p50": 0.0}, 1.0),
    ],
)
def test_a_call_at_the_quantile_that_the_fan_out_asks(more, seconds):
    """0.1 s x 10^(3.719 / 2.3263) = 3.97 s at 0.9999; up to the p99 it is the p99; one counts as 1 - 1e-12."""
    found = derived("sources[s].fanout_latency", {**FAN, **more}, **S)
    assert found.value.value == pytest.approx(seconds, rel=2e-3)
    assert found.formula.startswith("p50 x (p99 / p50)^(z / 2.33) at the ")


def test_the_ends_of_a_fan_out():
    assert ends("sources[s].fanout_latency", FAN, {"sources[s].p99": (0.8, 9.0)}, **S)[1:] == (0.8, 9.0)
    assert ends("sources[s].fanout_latency", FAN, {"sources[s].p99": (0.8, 1.1)}, **S)[2] == pytest.approx(
        3.97, rel=2e-3
    )
    assert (
        "is below its p50"
        in derived("sources[s].fanout_latency", {**FAN, "sources[s].p99": 0.05}, **S).why_unknown
    )
    unawaited = derived("sources[s].fanout_latency", {**FAN, "sources[s].awaited": False}, **S)
    assert unawaited.why_unknown == "no request waits for s"


def test_the_budget_of_a_source_is_that_of_its_stage():
    stages = {
        "path.stages[x].source": "t", "path.stages[x].budget": 0.5, "path.stages[y].source": "s", "path.stages[y].budget": 0.2,
    }  # fmt: skip
    found = derived("sources[s].fanout_budget", stages, **S, path__stages=("x", "y"))
    assert (found.value.value, found.formula) == (0.2, "budget of stage y = 200 ms")
    none = derived("sources[s].fanout_budget", stages, **S, **X)
    assert none.inputs == ("path.stages[].source: s",)


STATION = Station("a", "source", 0.1, 0.1)


def test_shares_of_stations_whose_capacity_is_known():
    """One server of 0.1 s takes 10 a second, ten of 40 a second are a quarter, and a station that takes none is full."""
    path = RequestPath(((STATION._replace(servers=1.0),), (STATION._replace(id="b"), STATION._replace(id="c", capacity=40.0)),
                        (STATION._replace(id="d", capacity=0.0), STATION._replace(id="e", capacity=0.5))))  # fmt: skip
    shares, unknown = station_shares(path, 10.0)
    assert shares == pytest.approx({"a": 1.0, "c": 0.25, "d": float("inf"), "e": 20.0})
    assert [station.id for station in unknown] == ["b"]


BUSY = {
    **ONE, "sources[s].servers": 1.0, **{name.replace("[s]", "[t]"): value for name, value in ONE.items() if "[s]" in name},
    "sources[t].capacity": 5.0, "path.mode": "series",
}  # fmt: skip
BOTH = {"sources": ("s", "t")}


@pytest.mark.parametrize(
    ("more", "share", "station"),
    [
        ({}, 0.8, "t"),
        ({"sources[t].capacity": 40.0}, 0.4, "s"),
        ({"flow.network.utilisation": 0.9}, 0.9, "network link"),
        ({"flow.network.utilisation": 0.1}, 0.8, "t"),
        ({"sources[t].capacity": 3.2, "sources[s].servers": None}, 1.25, "t"),
        ({"sources[t].capacity": 4.0, "sources[s].servers": None}, 1.0, "t"),
    ],
)
def test_the_busiest_station(more, share, station):
    """4 req/s on one server of 0.1 s are 40 %, on a capacity of 5 a second 80 %."""
    stated = {name: value for name, value in {**BUSY, **more}.items() if value is not None}
    assert number("flow.utilisation.peak", stated, **BOTH) == pytest.approx(share)
    found = derived("flow.utilisation.station", stated, **BOTH)
    assert (found.value, found.formula) == (station, f"{station} at {share:.1%} of its capacity")


def test_capacities_nobody_stated_are_asked_for_by_their_names():
    stated = {
        **BUSY, "pilot.uses": ("retrieval", "llm"), "retrieval.search_p50": 0.01, "retrieval.search_p99": 0.05,
        "model.hosting": "hosted", "model.time_per_call": 1.0, "model.time_per_call_p99": 2.0, "path.stages[x].p50": 0.1,
        "path.stages[x].p99": 0.1,
    }  # fmt: skip
    del stated["sources[s].servers"]
    asked = derived("flow.utilisation.peak", stated, **BOTH, **X).inputs
    assert asked == (
        "sources[s].servers",
        "path.stages[x].servers",
        "path.stages[search].servers",
        "model.quota_requests",
    )
    nothing = derived("flow.utilisation.peak", ONE, **S)
    assert nothing.inputs == ("sources[s].servers",)


REPLICAS = {
    **PEAK, "target.replicas": 2.0, "model.time_per_call": 3.0, "model.planned_concurrency": 8.0, "pilot.uses": ("llm",),
}  # fmt: skip


def test_calls_in_flight_by_little():
    """2 req/s on each of two replicas, 3 s each: 6 in flight; 18 where a task takes three steps; 8 slots carry 2.67 req/s."""
    found = derived("flow.concurrency.needed", REPLICAS)
    assert (found.value.value, found.formula) == (pytest.approx(6.0), "Little: 2 req/s x 3 s = 6")
    agent = {**REPLICAS, "pilot.uses": ("agent",), "agent.steps_typical": 3.0}
    assert number("flow.concurrency.needed", agent) == pytest.approx(18.0)
    assert number("flow.concurrency.needed", {**REPLICAS, "target.replicas": 1.0}) == pytest.approx(12.0)
    few = derived("flow.concurrency.needed", {**REPLICAS, "target.replicas": 0.5})
    assert few.why_unknown == "target.replicas is below 1: nothing serves the model"
    assert derived(
        "flow.concurrency.needed", {k: v for k, v in REPLICAS.items() if k != "model.time_per_call"}
    ).inputs == ("model.time_per_call",)
    carried = derived("flow.replica.capacity", REPLICAS)
    assert (carried.value.value, carried.formula) == (pytest.approx(8 / 3), "8 slots / 3 s = 2.667 req/s")
    assert number("flow.replica.capacity", agent) == pytest.approx(8 / 9)
    own = {**REPLICAS, "model.hosting": "self", "model.kind": "llm"}
    assert number("flow.concurrency.needed", own) == pytest.approx(6.0)
    assert number("flow.replica.capacity", own) == pytest.approx(8 / 3)


@pytest.mark.parametrize(
    ("more", "share"),
    [
        ({}, 4 / (2 * 5 * 0.7)),
        ({"target.failure_domain_size": 2.0}, 4 / (5 * 0.7)),
        ({"target.failure_domain_size": 3.0}, float("inf")),
        ({"target.failure_domain_size": 4.0}, float("inf")),
    ],
)
def test_what_is_left_after_the_largest_failure(more, share):
    """Three replicas of 5 req/s, used up to 70 %."""
    stated = {
        **PEAK,
        "target.replicas": 3.0,
        "target.failure_domain_size": 1.0,
        "flow.replica.capacity": 5.0,
        **more,
    }
    assert number("flow.failure.load_share", stated) == pytest.approx(share)
    shown = derived("flow.failure.load_share", stated).formula
    assert shown.startswith("nothing survives" if share == float("inf") else "4 req/s / (")


SERVED = {
    **{name: value for name, value in pilots.DEMAND.items() if "tokens" in name}, **PEAK, **pilots.MODEL, **pilots.MACHINE,
    "pilot.uses": ("llm",), "model.engine_version": "0.10.0",
}  # fmt: skip


def station_of(**more: float):
    stated = {**SERVED, **{name.replace("__", "."): value for name, value in more.items()}}
    return stated, batching_station(Deriver(pilots.tree(stated)).view())


def test_requests_in_flight_of_a_served_model():
    """What 2 req/s on each replica keep in flight, 0.6 to 2.5 times as many; beyond its rate all places over the rate that fits."""
    stated, station = station_of()
    flight = station.server.in_flight(2.0, station.mean)
    wanted = (flight, 0.6 * flight, 2.5 * flight)
    assert ends("flow.concurrency.needed", stated) == pytest.approx(wanted)
    assert derived("flow.concurrency.needed", stated).formula.startswith(
        "fixed point of B = rate x R(B) at 2 req/s"
    )
    most = station.server.highest_rate(station.mean)
    rate, low, high = ends("flow.replica.capacity", stated)
    assert (rate, low, high) == pytest.approx((most, most / 1.8, most * 1.8))
    assert any(
        "within a factor of 1.8" in one for one in derived("flow.replica.capacity", stated).assumptions
    )
    stated, station = station_of(demand__out_tokens_p50=20000.0, demand__out_tokens_p95=30000.0)
    slow = station.server.highest_rate(station.mean)
    assert slow < 1.0
    assert number("flow.concurrency.needed", stated) == pytest.approx(station.server.most * 2.0 / slow)
    stated, station = station_of(demand__burst_factor=1000.0)
    over = number("flow.concurrency.needed", stated)
    assert over == pytest.approx(station.server.most * 500.0 / most)
    assert derived("flow.concurrency.needed", stated).formula.startswith(
        "overload: 500 req/s per replica, at most "
    )


def test_a_model_that_does_not_fit_carries_nothing():
    stated, station = station_of(machine__accelerators__memory_total=1e9)
    assert station.highest_rate() == 0.0
    assert number("flow.concurrency.needed", stated) == float("inf")


def test_a_replica_that_was_measured_is_told_as_such():
    step = {"rate": 4.0, "served_rate": 4.0, "tpot": 0.012, "p50": 2.4, "of_model": True, "requests": 4000.0}
    stated = {**SERVED, **{f"load_test.steps[1].{field}": value for field, value in step.items()}}
    found = derived("flow.replica.capacity", stated, load_test__steps=("1",))
    assert not any("within a factor of 1.8" in one for one in found.assumptions)
    assert found.high / found.value.value <= 1.8
