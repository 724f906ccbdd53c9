"""A path composed at a load, and where it gives way, each against a sum done by hand."""

from __future__ import annotations

import math
from types import SimpleNamespace

import pytest

from poc_gate.flow.formulas.load.batching import BatchServer, Lengths
from poc_gate.flow.formulas.load.composition import Composer, Queue, compose, queue_of
from poc_gate.flow.formulas.load.load_walls import Break, first_break, holds_at, relieved
from poc_gate.flow.formulas.load.path_model import SATURATED_SPREAD, ModelStation, RequestPath, Station
from poc_gate.flow.formulas.load.spread import (
    Spread,
    constant,
    delayed_exponential,
    fitted,
    in_series,
    slowest,
    slowest_of,
)
from poc_gate.flow.formulas.speed.shapes import Hardware, Network

TENTH = Station("db", "source", 0.1, 0.1)
"""A station whose calls take a tenth of a second each."""
MODEL = ModelStation(
    BatchServer(Network(16e9, 8e9, 32, kv_per_token=131072.0), Hardware(3.35e12, 989e12, vendor="nvidia", link="fast"), "server", 64.0),
    3.0, Lengths(1000.0, 300.0), Lengths(4000.0, 900.0), Lengths(1000.0, 300.0),
)  # fmt: skip


def path(*stations: Station | ModelStation, **changed: object) -> RequestPath:
    return RequestPath(tuple((station,) for station in stations))._replace(**changed)


def same(found: Spread | None, expected: Spread) -> bool:
    """Say whether two distributions have one mean and one tail; which points share a cut hangs on the last digit."""
    assert found is not None
    assert found.mean == pytest.approx(expected.mean, rel=1e-9)
    shares = (0.05, 0.5, 0.9, 0.95, 0.99)
    return [found.quantile(one) for one in shares] == pytest.approx(
        [expected.quantile(one) for one in shares], rel=2e-3
    )


@pytest.mark.parametrize(
    ("changed", "factor", "queue"),
    [
        ({}, 1.0, None),
        ({"servers": 3.0}, 1.0, Queue(3.0, 0.1, 0.5, math.inf)),
        ({"servers": 3.0}, 2.0, Queue(3.0, 0.2, 0.5, math.inf)),
        ({"servers": 2.5}, 1.0, Queue(2.0, 0.08, 0.5, math.inf)),
        ({"servers": 1.0}, 1.0, Queue(1.0, 0.1, 0.5, math.inf)),
        ({"servers": 0.5}, 1.0, Queue(1.0, 0.2, 0.5, math.inf)),
        ({"servers": 0.0}, 1.0, Queue(1.0, 0.1, 1.0, 0.0)),
        ({"capacity": 25.0}, 1.0, Queue(2.0, 0.08, 0.5, 25.0)),
        ({"capacity": 25.0}, 2.0, Queue(2.0, 0.16, 0.5, 25.0)),
        ({"capacity": 5.0}, 1.0, Queue(1.0, 0.1, 0.5, 5.0)),
        ({"capacity": 0.0, "p50": 5.0, "p99": 5.0}, 1.0, Queue(1.0, 5.0, 0.5, 0.0)),
        ({"servers": 3.0, "capacity": 20.0}, 1.0, Queue(3.0, 0.1, 0.5, 20.0)),
        ({"servers": 3.0, "variation": 3.0}, 1.0, Queue(3.0, 0.1, 2.0, math.inf)),
    ],
)
def test_a_queue_has_whole_servers_at_the_pace_that_keeps_its_rate(changed, factor, queue):
    """2.5 servers of 0.1 s do what 2 do of 0.08 s; Poisson arrivals and constant times vary by (1 + 0) / 2."""
    found = queue_of(path(TENTH), TENTH._replace(**changed), factor)
    assert found == queue if queue is None else found == pytest.approx(queue)


def test_arrivals_in_bursts_vary_a_queue():
    found = queue_of(path(TENTH, arrival_variation=4.0), TENTH._replace(servers=1.0))
    assert found is not None
    assert found.variation == pytest.approx(2.0)


def test_part_of_a_server_saturates_at_the_rate_that_it_can_reach():
    """Half a server of a tenth of a second finishes five calls a second: 4.9 wait long, five never end."""
    half = TENTH._replace(servers=0.5)
    queue = queue_of(path(half), half)
    assert half.highest_rate() == pytest.approx(5.0)
    assert queue.wait(4.9) == pytest.approx((0.98, 0.5 * 0.2 * 0.98 / 0.02))
    assert queue.wait(5.0) is None


@pytest.mark.parametrize(
    ("rate", "highest", "wait"),
    [
        (10.0, math.inf, (1 / 3, 0.5 * 0.1 / 3)),
        (15.0, 15.0, None),
        (14.9, 14.9, None),
        (20.0, math.inf, None),
        (0.0, 15.0, (0.0, 0.0)),
    ],
)
def test_two_servers_at_one_erlang_make_a_third_of_the_calls_wait(rate, highest, wait):
    """C(2, 1) = 1/3, and half of M/M/2's mean wait C s / (c - a) where the variation is 1/2."""
    found = Queue(2.0, 0.1, 0.5, highest).wait(rate)
    assert found == wait if wait is None else found == pytest.approx(wait)


def test_stations_in_series_add_their_times_and_their_waits():
    following = path(TENTH._replace(servers=2.0), Station("log", "stage", 0.05, 0.05), fixed=0.01)
    found = compose(following, 10.0)
    waited = delayed_exponential(1 / 3, 0.5 * 0.1 / 3)
    base = in_series([fitted(0.1, 0.1), fitted(0.05, 0.05)]).later(0.01)
    assert same(found.spread, in_series([base, waited]))
    assert found[2:] == (pytest.approx(0.5), "db")
    assert found.load == 10.0


def test_a_wait_below_two_thousandths_of_the_path_is_a_shift():
    """At 0.5/s two servers are asked for 0.05 erlang: C = 1/820, so a mean wait of 0.05 C / 1.95 x 0.1 s / 2."""
    one = path(TENTH._replace(servers=2.0), fixed=0.02)
    found = compose(one, 0.5)
    erlang = 0.05**2 / 2 * 2 / 1.95
    probability = erlang / (1 + 0.05 + erlang)
    shift = probability * 0.1 / 1.95 / 2
    assert shift < 0.002 * 0.12
    assert same(found.spread, in_series([fitted(0.1, 0.1)]).later(0.02 + shift))
    loaded = compose(one, 2.0).spread  # 0.2 erlang: 0.0009 s, above the limit
    assert loaded is not None
    assert loaded.quantile(0.999) > 0.125


def test_a_small_wait_of_each_of_many_rounds_counts_for_all_of_them():
    station = TENTH._replace(servers=2.0, calls=4.0, sequential=4.0)
    found = compose(path(station, fixed=0.02), 0.125)
    erlang = 0.05**2 / 2 * 2 / 1.95
    probability = erlang / (1 + 0.05 + erlang)
    assert same(
        found.spread, in_series([fitted(0.1, 0.1)] * 4).later(0.02 + 4 * probability * 0.1 / 1.95 / 2)
    )


@pytest.mark.parametrize(("servers", "rounds", "load"), [(6.0, 3, 15.0), (2.0, 4, 1.0)])
def test_calls_one_after_the_other_each_wait(servers, rounds, load):
    station = TENTH._replace(servers=servers, calls=float(rounds), sequential=float(rounds))
    found = compose(path(station), load)
    queue = Queue(servers, 0.1, 0.5, math.inf).wait(load * rounds)
    assert queue is not None
    expected = in_series([in_series([fitted(0.1, 0.1)] * rounds), *[delayed_exponential(*queue)] * rounds])
    assert same(found.spread, expected)
    assert found.utilisation == pytest.approx(load * rounds * 0.1 / servers)


def test_calls_at_the_same_time_end_with_the_slowest_of_their_round():
    station = Station("db", "source", 0.1, 0.3, servers=20.0, calls=4.0, sequential=2.0)
    queue = queue_of(path(station), station)
    assert queue is not None
    waited = queue.wait(20.0)
    assert waited is not None
    each = in_series([fitted(0.1, 0.3), delayed_exponential(*waited)])
    expected = in_series([slowest_of(each, 2.0)] * 2)
    assert same(compose(path(station), 5.0).spread, expected)
    assert same(Composer(path(station)).time(station, 5.0), expected)
    free = station._replace(servers=None)
    composer = Composer(path(free))
    for load in (5.0, 7.0):
        assert same(composer.time(free, load), in_series([slowest_of(fitted(0.1, 0.3), 2.0)] * 2))


@pytest.mark.parametrize(
    ("calls", "sequential", "count"), [(0.5, 0.0, 1.0), (3.0, 0.0, 3.0), (3.0, 2.0, 1.5)]
)
def test_a_round_has_its_share_of_the_calls(calls, sequential, count):
    station = Station("db", "source", 0.1, 0.3, calls=calls, sequential=sequential)
    expected = in_series([slowest_of(fitted(0.1, 0.3), count)] * max(1, round(sequential)))
    assert same(Composer(path(station)).time(station, 1.0), expected)


def test_stations_of_a_group_run_at_the_same_time():
    left, right = Station("a", "source", 0.1, 0.3), Station("b", "source", 0.2, 0.25)
    found = compose(RequestPath(((left, right), (TENTH,)), 0.01), 1.0)
    assert same(found.spread, in_series([fitted(0.1, 0.1).later(0.01), slowest([fitted(0.1, 0.3), fitted(0.2, 0.25)])]))  # fmt: skip
    assert found[2:] == (None, "")


def test_a_cache_keeps_its_share_of_the_calls_from_waiting():
    station = TENTH._replace(servers=2.0, cache_hit=0.25)
    found = compose(path(station), 40 / 3)  # 10 of 13.3 calls a second reach the two servers
    base = station.answered(fitted(0.1, 0.1))
    waited = delayed_exponential(1 / 3 * 0.75, 0.5 * 0.1 / 3 * 0.75)
    assert same(found.spread, in_series([in_series([base]), waited]))
    assert found.utilisation == pytest.approx(0.5)


@pytest.mark.parametrize(("end", "factor"), [("low", 0.5), ("likely", 1.0), ("high", 3.0)])
def test_an_end_of_what_is_believed_multiplies_the_times(end, factor):
    station = TENTH._replace(low=0.5, high=3.0)
    found = compose(path(station), 1.0, end=end).spread
    assert found is not None
    assert found.mean == pytest.approx(0.1 * factor)


def test_a_path_overloads_at_its_busiest_station():
    two = path(TENTH._replace(servers=2.0), Station("log", "stage", 0.05, 0.05, servers=4.0))
    assert compose(two, 20.0) == (20.0, None, pytest.approx(1.0), "db")
    assert compose(two, 30.0) == (30.0, None, pytest.approx(1.5), "db")
    late = path(Station("log", "stage", 0.1, 0.1, servers=2.5), TENTH._replace(servers=2.0))
    assert compose(late, 30.0) == (30.0, None, pytest.approx(1.5), "db")
    nothing = path(TENTH._replace(capacity=0.0))
    assert compose(nothing, 0.0) == (0.0, None, math.inf, "db")


def test_the_first_of_two_that_are_equally_busy_is_named_and_unknown_ones_are_passed_over():
    unknown = Station("log", "stage", 0.05, 0.05)
    twins = path(unknown, TENTH._replace(id="z", servers=2.0), TENTH._replace(id="a", servers=2.0))
    assert compose(twins, 5.0)[2:] == (pytest.approx(0.25), "z")


def test_slower_servers_overload_before_the_busiest_station_does():
    """At three times the time two servers take 6.7/s; the stage is busier, but it is the source that overloads."""
    slow = TENTH._replace(servers=2.0, high=3.0)
    busy = Station("log", "stage", 0.05, 0.05, capacity=11.0)
    for station in (slow, slow._replace(calls=2.0, servers=4.0)):
        found = compose(path(station, busy), 8.0, end="high")
        assert (found.load, found.spread) == (8.0, None)
        assert found.utilisation == pytest.approx(8.0 / 11.0)
        assert Composer(path(station), "high").time(station, 8.0) is None
    assert compose(path(slow, busy), 8.0, end="high").busiest == "db"
    assert compose(path(slow._replace(calls=2.0, servers=4.0), busy), 8.0, end="high").busiest == "log"


@pytest.mark.parametrize(("end", "factor"), [("low", 0.56), ("likely", 1.0), ("high", 2.5)])
def test_a_model_takes_its_time_at_the_load_and_end(end, factor):
    measured = MODEL._replace(calibration=SimpleNamespace(ends=lambda rate, _: (0.5 + rate / 100, 2.5)))
    found = compose(path(measured, fixed=0.02), 6.0, end=end)
    alone = MODEL.spread(6.0, factor)
    assert alone is not None
    assert same(found.spread, in_series([constant(0.02), alone]))
    assert found.busiest == "model"


@pytest.mark.parametrize(
    ("changed", "end", "load"),
    [
        ({"servers": 2.0}, "likely", 20.0),
        ({"servers": 2.0, "low": 0.5}, "low", 40.0),
        ({"servers": 2.0, "high": 4.0}, "high", 5.0),
    ],
)
def test_a_path_saturates_with_its_first_station(changed, end, load):
    found = first_break(
        path(Station("log", "stage", 0.1, 0.1, servers=9.0), TENTH._replace(**changed)), {}, end=end
    )
    assert found == Break(pytest.approx(load), "db", "source db is saturated", "saturation")


def test_what_takes_nothing_breaks_at_no_load():
    closed = first_break(path(TENTH._replace(capacity=0.0)), {"slo.p95": 1.0})
    assert closed == Break(0.0, "db", "source db takes no request at all", "saturation")
    full = MODEL._replace(server=MODEL.server._replace(most=0.5))
    found = first_break(path(full), {})
    assert found is not None
    assert (
        found.cause == "the language model takes no request at all: not one fits in the memory of the devices"
    )


@pytest.mark.parametrize(("end", "factor"), [("low", SATURATED_SPREAD), ("likely", 1.0), ("high", 1 / SATURATED_SPREAD)])  # fmt: skip
def test_a_model_saturates_at_its_highest_rate(end, factor):
    found = first_break(path(MODEL), {}, end=end)
    assert found is not None
    assert found.load == pytest.approx(MODEL.highest_rate() * factor)


def test_the_smallest_limit_binds_before_a_station_that_saturates_later():
    limited = path(TENTH._replace(servers=2.0), limits=(("budget", 9.0, "nine"), ("quota", 3.0, "three")))
    assert first_break(limited, {}) == Break(3.0, "quota", "three", "limit")
    assert first_break(limited.without_limit("quota"), {}) == Break(9.0, "budget", "nine", "limit")
    assert holds_at(limited, {}, 3.0)
    assert not holds_at(limited, {}, 3.1)


@pytest.mark.parametrize(
    ("promised", "said"),
    [
        (0.05, "the {word} takes 100 ms instead of the promised 50 ms"),
        (0.0985, "the {word} takes 100 ms instead of the promised 98.5 ms"),
        (0.0995, "the promised {word} of 99.5 ms is missed"),
    ],
)
@pytest.mark.parametrize(("name", "word"), [("slo.p50", "median"), ("slo.p95", "95th percentile"), ("slo.p99", "99th percentile")])  # fmt: skip
def test_a_promise_below_the_unloaded_time_breaks_at_any_load(promised, said, name, word):
    quick = Station("log", "stage", 0.0, 0.0)
    found = first_break(path(quick, TENTH._replace(id="a")), {name: promised})
    assert found is not None
    sentence = f"{said.format(word=word)} even without load; a takes the most time"
    assert found == Break(0.0, "a", sentence, "unloaded")


@pytest.mark.parametrize(
    ("name", "held", "broken"),
    [("slo.p50", 0.101, 0.099), ("slo.p95", 0.21, 0.19), ("slo.p99", 0.32, 0.28)],
)
def test_each_promise_is_held_against_its_own_percentile(name, held, broken):
    one = path(Station("db", "source", 0.1, 0.3, 0.2))
    assert first_break(one, {name: held}) is None
    assert first_break(one, {name: broken}) is not None


def test_of_ends_at_one_load_the_first_is_named_and_a_station_before_a_limit():
    twins = path(TENTH._replace(id="z", servers=1.0), TENTH._replace(id="a", servers=1.0))
    for limits in ((), (("a", 10.0, "ten"),)):
        found = first_break(twins._replace(limits=limits), {})
        assert found is not None
        assert (found.station, found.kind) == ("z", "saturation")
    both = path(limits=(("z", 10.0, "ten"), ("a", 10.0, "also ten")))
    assert first_break(both, {}) == Break(10.0, "z", "ten", "limit")


@pytest.mark.parametrize("end", ["low", "high"])
def test_a_station_without_a_known_capacity_saturates_at_no_end(end):
    found = first_break(path(Station("log", "stage", 0.1, 0.1), TENTH._replace(servers=1.0)), {}, end=end)
    assert found is not None
    assert (found.station, found.load) == ("db", pytest.approx(10.0))


def test_whether_a_load_holds_is_decided_by_likely_times():
    assert holds_at(path(TENTH._replace(servers=1.0, low=0.5, high=2.0)), {"slo.p95": 1.0}, 6.0)


def test_a_promise_that_is_kept_exactly_holds():
    assert first_break(path(TENTH), {"slo.p95": 0.11}) is None
    exact = compose(path(TENTH), 0.0).spread
    assert exact is not None
    assert first_break(path(TENTH), {"slo.p95": exact.quantile(0.95)}) is None


def test_a_promise_breaks_where_waiting_has_used_it_up():
    """One server of constant 0.1 s: the 95th percentile of the wait, 0.05 / (1 - u) ln(20 u), is 0.4 s at u = 0.6745."""
    one = path(TENTH._replace(servers=1.0), Station("log", "stage", 0.0, 0.0, servers=50.0))
    found = first_break(one, {"slo.p95": 0.5, "slo.p99": 9.0})
    assert found is not None
    assert found.load == pytest.approx(6.745, rel=0.01)
    assert (found.station, found.kind) == ("db", "promise")
    assert found.cause == "the promised 95th percentile of 500 ms is missed, because requests wait for db"
    step = 10.0 / 4096
    below, above = (compose(one, load).spread for load in (found.load, found.load + step))
    assert below is not None
    assert above is not None
    assert below.quantile(0.95) <= 0.5 < above.quantile(0.95)
    assert holds_at(one, {"slo.p95": 0.5}, found.load)
    assert not holds_at(one, {"slo.p95": 0.5}, found.load + step)


@pytest.mark.parametrize(
    ("kind", "called"), [("model", "the model"), ("source", "model"), ("stage", "model")]
)
def test_a_sentence_speaks_of_the_model_and_of_a_source_by_its_id(kind, called):
    slow = Station("model", kind, 0.1, 0.1, servers=1.0)
    waiting = first_break(path(slow), {"slo.p95": 0.5})
    assert waiting is not None
    assert waiting.cause.endswith(f"because requests wait for {called}")
    unloaded = first_break(path(slow), {"slo.p95": 0.05})
    assert unloaded is not None
    assert unloaded.cause.endswith(f"{called} takes the most time")
    assert (waiting.station, unloaded.station) == ("model", "model")


def test_the_same_queue_a_hundred_times_slower_breaks_at_a_hundredth_of_the_load():
    one = path(Station("log", "stage", 110.0, 110.0), Station("db", "source", 10.0, 10.0, servers=1.0))
    found = first_break(one, {"slo.p95": 160.0})
    assert found is not None
    assert found.load == pytest.approx(0.06745, rel=0.01)
    assert found.load * 4096 / 0.1 == pytest.approx(round(found.load * 4096 / 0.1), abs=1e-6)
    assert found.station == "db"
    for other, slowest_one in ((110.0, "log"), (1.0, "db")):
        unloaded = first_break(
            path(Station("log", "stage", other, other), one.stations[1]), {"slo.p95": other}
        )
        assert unloaded is not None
        assert (unloaded.kind, unloaded.station) == ("unloaded", slowest_one)
    assert first_break(path(one.stations[1]), {}) == Break(
        pytest.approx(0.1), "db", "source db is saturated", "saturation"
    )


def test_at_the_low_end_a_promise_breaks_at_a_higher_load():
    """0.08 s a call: 0.04 / (1 - u) ln(20 u) = 0.12 s at u = 0.35, which is 4.38/s of 12.5/s."""
    found = first_break(path(TENTH._replace(servers=1.0, low=0.8)), {"slo.p95": 0.2}, end="low")
    assert found is not None
    assert found.load == pytest.approx(4.38, rel=0.02)
    assert found.load * 4096 / 12.5 == pytest.approx(round(found.load * 4096 / 12.5), abs=1e-6)


def test_where_no_promise_breaks_the_saturation_is_the_end():
    one = path(TENTH._replace(servers=1.0))
    found = first_break(one, {"slo.p95": 1e9})
    assert found is not None
    assert (found.kind, found.load) == ("saturation", pytest.approx(10.0))
    assert not holds_at(one, {"slo.p95": 1e9}, 10.1)
    assert holds_at(one, {}, 10.0)
    assert not holds_at(one, {}, 10.1)
    fast = first_break(path(TENTH._replace(servers=1.0, low=0.3)), {"slo.p95": 1e9}, end="low")
    assert fast is not None
    assert (fast.kind, fast.load) == ("saturation", pytest.approx(10.0 / 0.3))


@pytest.mark.parametrize("changed", [{"cache_hit": 1.0}, {"calls": 0.0}, {}])
def test_what_no_call_reaches_never_gives_way(changed):
    station = TENTH._replace(capacity=20.0 if changed else None, cache_time=0.001, **changed)
    for promises in ({}, {"slo.p95": 1.0}):
        assert first_break(path(station), promises) is None
        assert holds_at(path(station), promises, 1e6)


def test_a_path_of_round_trips_alone_breaks_for_itself():
    found = first_break(RequestPath((), 0.3), {"slo.p50": 0.2})
    assert found is not None
    assert (found.load, found.station) == (0.0, "path")


def test_an_end_is_lifted_and_the_rest_stays():
    station = Station("db", "source", 0.1, 0.4, 0.3, servers=2.0, capacity=9.0)
    other = Station("log", "stage", 0.1, 0.1, servers=2.0)
    whole = path(station, other, MODEL, limits=(("quota", 9.0, "nine"),))
    assert relieved(whole, Break(9.0, "quota", "", "limit")) == whole._replace(limits=())
    free = relieved(whole, Break(9.0, "db", "", "saturation"))
    assert free.groups == ((station._replace(servers=None, capacity=None),), (other,), (MODEL,))
    timeless = relieved(whole, Break(0.0, "db", "", "unloaded"))
    assert timeless.stations[0] == Station("db", "source", 0.0, 0.0)
    assert relieved(whole, Break(9.0, "model", "", "promise")).stations[2] == MODEL._replace(replicas=3e4)
    assert relieved(whole, Break(0.0, "model", "", "unloaded")).stations[2] == Station(
        "model", "model", 0.0, 0.0
    )
