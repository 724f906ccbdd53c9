"""What a source showed -> the figures under their names, each worked out by hand: medians, shares, rates, reasons."""

from __future__ import annotations

import pytest

from poc_gate.inputs.connect.declared.presets import Preset
from poc_gate.inputs.connect.declared.renewals import Growth, Renewals
from poc_gate.inputs.connect.interface import Bulk, Call, Intent, Limits, Newest, Server, Target
from poc_gate.inputs.connect.load.open_loop import Record, Run
from poc_gate.inputs.connect.results.source_measurements import latency_curve, measurements_of
from poc_gate.inputs.connect.run.run_source import Observed
from poc_gate.inputs.connect.run.source_plan import SourcePlan
from poc_gate.inputs.connect.summary.latency_summary import LatencySummary, summarise
from poc_gate.model.measurement import Measurement

ALL = ("p50", "p95", "p99")


def latency(
    times: list[float], *, failed: int = 0, cold: int = 0, lag: float = 0.0, stopped: str = "", **parts: list[float]
) -> LatencySummary:  # fmt: skip
    """Return the summary of calls that took these seconds; the last ones failed."""
    records = tuple(
        Record(
            number, 0.0, 0.0, lag, lag + took, "closed" if number >= len(times) - failed else "",
            Call(10, 1, {name: values[number] for name, values in parts.items()}),
        )
        for number, took in enumerate(times)
    )  # fmt: skip
    run = Run(records, len(times), stopped, float(len(times)), 1.0, 700, ())
    return summarise([run], cold=cold, timeout=9.0, shares=ALL)


def named(observed: Observed, shares: tuple[str, ...] = ALL) -> dict[str, Measurement]:
    plan = SourcePlan("x", "ready", (), Target("x", limits=Limits()), intent=Intent("a call", 10))
    found = measurements_of(plan, Preset("small", 100, 1, 0.0, shares, "a test"), observed)
    return {one.fact.removeprefix("sources[x]."): one for one in found}


def value(one: Measurement) -> float:
    assert one.value is not None, one.reason
    return one.value.value  # type: ignore[union-attr]


def test_times_are_nearest_ranks_of_the_warm_calls():
    """Of 1 to 400 s after 20 cold calls: the 200th, the 380th and the 396th; the first twenty have a median of 10 s."""
    seen = latency([*map(float, range(1, 21)), *map(float, range(1, 401))], cold=20)
    found = named(Observed(latency=seen))
    assert [value(found[name]) for name in ALL] == [200.0, 380.0, 396.0]
    p50 = found["p50"]
    assert (p50.median, p50.minimum, p50.maximum) == (200.0, 1.0, 400.0)
    assert (value(found["samples"]), found["samples"].method) == (400.0, "calls measured of 420 sent")
    assert (value(found["cold_p50"]), found["cold_p50"].method) == (10.0, "median of the first 20 calls")
    assert p50.details["service p50"] == "200.000000 s"
    assert p50.method.startswith("a call; response from ")
    assert p50.method.endswith("open loop at 10/s over 4 connections; a test")


def test_failed_calls_are_a_share_of_all_by_kind():
    found = named(Observed(latency=latency([0.1] * 100, failed=3, cold=20)))
    assert value(found["error_rate"]) == pytest.approx(0.03)
    assert found["error_rate"].method == "failed calls of 100: 3 closed"
    none = named(Observed(latency=latency([0.1] * 100)))
    assert (value(none["error_rate"]), none["error_rate"].method) == (0.0, "failed calls of 100: none")
    assert "cold_p50" not in none


def test_parts_of_a_call_have_their_median_and_their_tail():
    seen = latency([1.0] * 100, first_token=[n / 100 for n in range(1, 101)])
    part = named(Observed(latency=seen))["time_to_first_token"]
    assert (value(part), part.method) == (0.5, "median; p99 0.99 s")


def test_an_unstable_percentile_says_why():
    steady = named(Observed(latency=latency([0.1] * 400)))["p50"]
    assert (steady.stable, steady.reason) == (True, "")
    stopped = named(Observed(latency=latency([0.1] * 400, stopped="interrupted")))["p50"]
    assert (stopped.stable, stopped.reason) == (False, "stopped early: interrupted")
    late = named(Observed(latency=latency([0.1] * 400, lag=0.05)))["p50"]
    assert (late.stable, late.reason) == (False, "client-limited: this machine sent 50 ms late at p99")


def test_a_percentile_that_the_sample_cannot_carry_is_absent_with_what_would_do():
    few = named(Observed(latency=latency([0.1] * 100)))["p99"]
    assert (few.value, few.reason) == (None, "100 calls cannot carry a p99; 368 can")
    ended = named(Observed(latency=latency([0.1] * 60, stopped="interrupted")))["p95"]
    assert ended.reason == "60 calls cannot carry a p95; 72 can; interrupted"
    nearly_none = named(Observed(latency=latency([0.1] * 19)))["p50"]
    assert nearly_none.reason == "19 calls cannot carry a p50; 20 can"
    unasked = named(Observed(latency=latency([0.1] * 100)), shares=("p50",))["p99"]
    assert "prints no p99" in unasked.reason


def test_an_interval_without_an_end_asks_for_more_calls():
    """72 independent calls bound a p95; times that rise all the way count as 100 / 4.989 of them: 360 are needed."""
    seen = named(Observed(latency=latency([float(n) for n in range(100)])))["p95"]
    assert (seen.stable, seen.high) == (False, None)
    assert seen.details["variance inflation by correlation"] == "4.99"
    assert seen.reason == "undetermined: the interval lacks an end, 260 more calls needed"


@pytest.mark.parametrize(
    ("bulk", "rate", "rows"),
    [
        (Bulk(3_000_000, 600, 1.5, "one read"), 2e6, 400.0),
        (Bulk(3_000_000, 0, 1.5, "one read"), 2e6, None),
        (Bulk(1, 1, 0.5, "one read"), 2.0, 2.0),
        (Bulk(0, 0, 1.5, "one read"), None, None),
        (Bulk(3_000_000, 600, 0.0, "one read"), None, None),
        (None, None, None),
    ],
)
def test_a_bulk_read_by_hand(bulk, rate, rows):
    found = named(Observed(bulk=bulk, reasons={"bulk": "nothing to read"}))
    assert (found["throughput"].value and value(found["throughput"])) == rate
    held = found.get("rows_rate")
    assert (held and held.value and value(held)) == rows
    if rate is None:
        assert found["throughput"].reason == found["rows_rate"].reason == "nothing to read"


def test_several_readers_have_a_rate_of_their_own():
    one = Bulk(3_000_000, 0, 1.5, "one read")
    found = named(Observed(bulk=one, parallel=Bulk(9_000_000, 0, 1.5, "three")))
    assert value(found["parallel_throughput"]) == 6e6
    assert found["parallel_throughput"].method == "9,000,000 bytes: three"
    for several in (None, Bulk(0, 0, 1.5, "three"), Bulk(9, 0, 0.0, "three")):
        absent = named(Observed(bulk=one, parallel=several, reasons={"parallel": "one partition"}))
        assert absent["parallel_throughput"].reason == "one partition"
        assert "parallel_throughput" not in named(Observed(bulk=one, parallel=several))
    short = named(Observed(bulk=one, parallel=Bulk(9, 0, 0.5, "three")))
    assert value(short["parallel_throughput"]) == 18.0


def test_connecting_is_the_median_of_connections():
    found = named(Observed(connects=(0.03, 0.01, 0.02, 0.5)))
    assert (value(found["connect_time"]), found["connect_time"].method) == (
        0.02,
        "median of 4 connections, one after the other",
    )
    assert named(Observed(failure="refused"))["connect_time"].reason == "refused"


def test_ages_gaps_and_growth():
    seen = Observed(
        newest=Newest(12.0, "max(at)"), renewals=Renewals((0.0, 10.0, 40.0), "last times"), growth=Growth(30, 4.0, "counted"),
    )  # fmt: skip
    found = named(seen)
    assert (value(found["measured_age"]), value(found["renewal_gap"]), value(found["arrival_rate"])) == (
        12.0,
        30.0,
        7.5,
    )
    assert found["renewal_gap"].method == "3 times over 40 s: last times"
    assert found["arrival_rate"].method == "30 in 4 s: counted"
    once = named(Observed(renewals=Renewals((5.0,), "last times")))
    assert once["renewal_gap"].reason == "fewer than two different times: last times"
    why = named(Observed(reasons={"renewals": "none kept", "newest": "no time column"}))
    assert (why["renewal_gap"].reason, why["measured_age"].reason) == ("none kept", "no time column")
    assert named(Observed(failure="refused"))["measured_age"].reason == "refused"


def test_what_the_server_tells_of_itself():
    found = named(Observed(server=Server("PostgreSQL 15", 0.0)))
    assert (found["server_version"].value, value(found["replica_lag"])) == ("PostgreSQL 15", 0.0)
    assert {"server_version", "replica_lag"}.isdisjoint(named(Observed()))


def test_a_source_that_failed_names_every_figure_with_the_reason():
    found = named(Observed(failure="refused"))
    assert {name for name, one in found.items() if one.reason == "refused"} >= {
        *ALL,
        "error_rate",
        "samples",
        "throughput",
    }
    later = named(Observed(reasons={"latency": "no query is named"}))
    assert later["p50"].reason == "no query is named"


def test_a_curve_ends_where_no_call_lies_beyond():
    """A hundred calls: every fiftieth up to 94 %, then 95 to 99 %, beyond which one call is left."""
    curve = latency_curve(latency([float(n) for n in range(1, 101)]))
    at = {round(point.x, 4): point.y for point in curve.points}
    assert list(at)[:3] == [0.02, 0.04, 0.06]
    assert list(at)[-6:] == [0.95, 0.96, 0.97, 0.98, 0.985, 0.99]
    assert (at[0.5], at[0.94], at[0.95], at[0.985], at[0.99]) == (50.0, 94.0, 95.0, 99.0, 99.0)
    assert len(at) == 47 + 6
    long = latency_curve(latency([float(n) for n in range(1, 2001)]))
    assert [point.x for point in long.points][-2:] == [0.995, 0.999]
    assert [point.x for point in latency_curve(latency([1.0] * 30)).points][-2:] == [0.95, 0.96]
