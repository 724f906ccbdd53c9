"""The picture in load: where its axis runs, which walls it has, what load tests cut them to, and its sentence."""

from __future__ import annotations

import flow_pilots as pilots
import pytest

from poc_gate.flow.derive_facts import Deriver
from poc_gate.flow.formulas.load.path_model import RequestPath, Station
from poc_gate.flow.interface import CannotDeriveError
from poc_gate.flow.reading.wall_reading import planned_peak, read_limited_path, read_promises
from poc_gate.flow.walls.wall import find_walls, first_wall, load_wall, picture_of, wall_stands_beyond
from poc_gate.model.fact import Fact, FactTree

PEAK = {"demand.requests_per_day": 1.0, "demand.peak_hour_share": 1 / 24, "demand.burst_factor": 4.0}
"""4 req/s in the peak, of one on average."""
ONE = {
    **PEAK, "pilot.uses": (), "sources[s].p50": 0.1, "sources[s].p99": 0.1, "sources[s].calls_per_request": 1.0, "sources[s].servers": 1.0,
    "slo.p95": 1e5,
}  # fmt: skip
"""One server of 0.1 s: 10 req/s saturate it."""
S = {"sources": ("s",)}


def tree_of(stated, loose=None, **items: tuple[str, ...]):
    tree = pilots.tree({name: value for name, value in stated.items() if value is not None}, **{**S, **items})
    facts = dict(tree.facts)
    for name, (low, high) in (loose or {}).items():
        facts[name] = Fact(name, facts[name].value, facts[name].provenance, low=low, high=high)
    return FactTree(facts, tree.items)


def view_of(stated, loose=None, **items: tuple[str, ...]):
    return Deriver(tree_of(stated, loose, **items)).view()


def picture(stated, loose=None, **items: tuple[str, ...]):
    return load_wall(view_of(stated, loose, **items))


def test_a_server_is_the_wall_and_its_place_is_said():
    found = picture(ONE)
    (wall,) = found.walls
    assert (wall.load, wall.low, wall.high, wall.station) == (10.0, 10.0, 10.0, "s")
    assert (
        found.sentence
        == "The first bottleneck appears at 10 req/s, 2.5 times the planned peak: source s is saturated."
    )
    early = picture({**ONE, "sources[s].capacity": 2.0})
    assert (
        early.sentence
        == "The first bottleneck appears at 2 req/s, 50 % of the planned peak: source s is saturated."
    )
    little = picture({**ONE, "sources[s].capacity": 0.5})
    assert little.sentence.startswith("The first bottleneck appears at 0.5 req/s, 12 % of the planned peak")
    same = picture({**ONE, "sources[s].capacity": 4.0})
    assert same.sentence.startswith("The first bottleneck appears at 4 req/s, 1 times the planned peak")
    none = picture({**ONE, "sources[s].servers": None})
    assert none.walls == ()
    assert (
        none.sentence
        == "No wall was found: no station on the path has a known capacity and no promise breaks under load."
    )
    broken = picture({**ONE, "slo.p95": 0.05})
    assert broken.sentence.startswith(
        "It breaks at any load: the 95th percentile takes 100 ms instead of the promised 50 ms even"
    )


@pytest.mark.parametrize(
    ("more", "today", "planned", "end"),
    [
        ({}, 4.0, 4.0, 40.0),
        ({"demand.pilot_requests_per_day": 0.25}, 1.0, 4.0, 40.0),
        ({"demand.pilot_requests_per_day": 0.5, "demand.requests_per_day": 2.0}, 2.0, 8.0, 80.0),
        ({"demand.pilot_requests_per_day": 0.0}, 0.0, 4.0, 40.0),
        ({"demand.pilot_requests_per_day": 3.0}, 4.0, 4.0, 40.0),
        ({"demand.growth_12m": 3.0}, 4.0, 4.0, 120.0),
        ({"demand.growth_12m": 0.5}, 4.0, 4.0, 40.0),
        ({"sources[s].servers": 100.0}, 4.0, 4.0, 2000.0),
    ],
)
def test_the_axis_runs_from_today_to_ten_times_the_year_or_twice_the_wall(more, today, planned, end):
    found = picture({**ONE, **more})
    assert (found.axis, found.axis_unit, found.today, found.planned) == ("req/s", "req/s", today, planned)
    loads = [point.load for point in found.points]
    assert loads[0] == pytest.approx(max(today, end / 1e4))
    assert loads[-1] == pytest.approx(end)


def test_the_curve_over_the_load():
    """Fourteen loads and one on both sides of the wall, beyond which there is no time.

    At 40 % four in ten wait, 0.4 / (2 x 0.6) x 0.1 s on the mean: the p95 is 0.1 + ln(0.4 / 0.05) x 0.0833 = 0.2733 s.
    """
    found = picture(ONE)
    assert len(found.points) == 16
    beside = [point.load for point in found.points if 9.9 < point.load < 10.1]
    assert beside == pytest.approx([10.0 - 1e-5, 10.0 + 1e-5], abs=1e-7)
    ratio = found.points[1].load / found.points[0].load
    assert ratio == pytest.approx(10 ** (1 / 13))
    first, last = found.points[0], found.points[-1]
    assert (first.p50, first.p95, first.utilisation) == (
        pytest.approx(0.1),
        pytest.approx(0.2733, rel=0.01),
        0.4,
    )
    assert (first.p95_low, first.p95_high) == (None, None)
    assert (last.p50, last.p95, last.utilisation) == (None, None, 4.0)
    free = picture({**ONE, "sources[s].servers": None})
    assert len(free.points) == 14
    short = picture_of(
        RequestPath(((Station("a", "source", 0.1, 0.1),),)), {}, today=5.0, planned=1.0, far=2.0
    )
    assert (short.points[0].load, short.points[-1].load) == (5.0, pytest.approx(50.0))
    assert short.slo is None
    still = picture_of(
        RequestPath(((Station("a", "source", 0.1, 0.1),),)), {}, today=5.0, planned=5.0, far=5.0
    )
    assert still.points[-1].load == pytest.approx(50.0)


def test_the_ends_of_the_wall_and_of_the_curve():
    """A call that may take half as long, or twice: 20 and 5 req/s; one end alone as well.

    At 4 req/s they are busy to 20 and to 80 %, so that the p95 is 0.05 + ln(0.2 / 0.05) x 0.03125 and 0.2 + ln(0.8 / 0.05) x 0.5.
    """
    loose = {"sources[s].p50": (0.05, 0.1), "sources[s].p99": (0.1, 0.2)}
    found = picture(ONE, loose)
    assert (found.walls[0].low, found.walls[0].load, found.walls[0].high) == (5.0, 10.0, 20.0)
    first = found.points[0]
    assert (first.p95_low, first.p95, first.p95_high) == pytest.approx((0.0933, 0.2733, 1.586), rel=0.02)
    for end, ends in (("sources[s].p50", (10.0, 20.0)), ("sources[s].p99", (5.0, 10.0))):
        half = picture(ONE, {end: loose[end]})
        assert (half.walls[0].low, half.walls[0].high) == ends
        assert half.points[0].p95_low is not None
    assert found.points[-1].p95_low is None
    late = [point for point in found.points if 5.0 <= point.load < 9.9]
    assert late
    assert all(point.p95 is not None and point.p95_high is None for point in late)


def test_the_strictest_promise_is_drawn():
    stated = {**ONE, "slo.p50": 4e4, "slo.p99": 9e5}
    for gone, drawn in ((None, 1e5), ("slo.p95", 9e5), ("slo.p95 slo.p99", 4e4)):
        assert picture({k: v for k, v in stated.items() if k not in (gone or "").split()}).slo == drawn


def test_the_walls_behind_the_first_one():
    """Capacities of 10, 5, 2.5, 20 and 40 req/s: the four nearest, in order."""
    stated = {key: value for key, value in ONE.items() if "[s]" not in key} | {"path.mode": "series"}
    for number, capacity in enumerate((10.0, 5.0, 2.5, 20.0, 40.0)):
        stated |= {key.replace("[s]", f"[{number}]"): value for key, value in ONE.items() if "[s]" in key}
        stated |= {f"sources[{number}].capacity": capacity, f"sources[{number}].servers": 9.0}
    found = picture(stated, sources=("0", "1", "2", "3", "4"))
    assert [(wall.station, wall.load) for wall in found.walls] == [
        ("2", 2.5),
        ("1", 5.0),
        ("0", 10.0),
        ("3", 20.0),
    ]
    assert [wall.low is None for wall in found.walls] == [False, True, True, True]
    assert len(found.points) == 14
    far = {
        **stated,
        **{f"sources[{number}].capacity": 90.0 for number in range(5)},
        "sources[0].capacity": 30.0,
    }
    assert picture(far, sources=("0", "1")).points[-1].load == pytest.approx(60.0)
    loose = {"sources[0].p99": (0.1, 0.4)}
    one = picture(
        {**stated, "sources[0].servers": 1.0, "sources[0].capacity": None}, loose, sources=("0", "1")
    )
    assert (one.walls[0].station, one.walls[0].low, one.walls[0].high) == ("1", 2.5, 5.0)
    near = picture(
        {**stated, "sources[0].servers": 1.0, "sources[0].capacity": None}, loose, sources=("1", "3", "0")
    )
    assert near.points[0].p95_low is not None


STEP = {
    "of_model": False, "open_loop": True, "rate": 12.0, "served_rate": 12.0, "requests": 400.0, "p95": 1.0, "error_rate": 0.0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("step", "ends", "cause"),
    [
        (
            {"rate": 12.0, "served_rate": 12.0, "p50": None, "p95": 30.0},
            (12.0, 12.0, 12.0),
            "a load test held at 12 req/s (predicted: source s is saturated)",
        ),
        (
            {"rate": 8.0, "served_rate": 8.0, "p95": 2e5},
            (8.0, 8.0, 8.0),
            "one broke at 8 req/s (predicted: source s is saturated)",
        ),
        ({"rate": 10.0, "served_rate": 10.0, "p95": 2e5}, (10.0, 10.0, 10.0), "source s is saturated"),
    ],
)
def test_what_was_tested_moves_the_wall(step, ends, cause):
    tests = {
        f"load_test.steps[1].{field}": value
        for field, value in {**STEP, **step, "requests": 49.0 if step["p95"] > 1e5 else 400.0}.items()
    }
    found = picture({**ONE, **tests}, load_test__steps=("1",))
    if step["p95"] <= 1e5:  # the step also sets the pace, so the prediction is another one
        assert found.walls[0].load >= 12.0
        return
    assert (found.walls[0].low, found.walls[0].load, found.walls[0].high) == ends
    assert found.walls[0].cause == cause
    assert found.assumptions[-1] == f"one broke at {ends[1]:g} req/s"
    assert f"at {ends[1]:g} req/s" in found.sentence


def test_a_load_that_broke_cuts_only_the_far_end():
    tests = {
        f"load_test.steps[1].{field}": value
        for field, value in {**STEP, "rate": 18.0, "served_rate": 18.0, "requests": 49.0, "p95": 2e5}.items()
    }
    loose = {"sources[s].p50": (0.05, 0.1), "sources[s].p99": (0.1, 0.2)}
    (wall,) = picture({**ONE, **tests}, loose, load_test__steps=("1",)).walls
    assert (wall.low, wall.load, wall.high, wall.cause) == (5.0, 10.0, 18.0, "source s is saturated")
    assert picture({**ONE, **tests, "sources[s].servers": None}, load_test__steps=("1",)).walls == ()


def test_pictures_are_drawn_of_what_is_described():
    run = {"pipeline.window": 14400.0, "pipeline.items_per_run": 1e6, "pipeline.run_p95": 7200.0}
    assert [found.axis for found in find_walls(tree_of(run))] == ["volume"]


def test_whether_it_holds_and_where_the_first_wall_is():
    tree = tree_of(ONE)
    assert [wall_stands_beyond(tree, load) for load in (9.9, 10.1)] == [True, False]
    assert first_wall(tree).load == 10.0
    silent = tree_of({key: value for key, value in ONE.items() if key != "slo.p95"})
    assert (wall_stands_beyond(silent, 1.0), first_wall(silent)) == (False, None)


LIMITED = {
    **ONE, "sources[s].tolerated_rate": 6.0, "sources[s].calls_per_request": 2.0, "flow.network.utilisation": 0.5,
    "model.quota_tokens": 1e4, **{f"demand.{kind}_tokens_p{share}": size for kind, size in (("in", 1000.0), ("out", 200.0)) for share in (50, 95)},
}  # fmt: skip


@pytest.mark.parametrize(
    ("more", "limits"),
    [
        ({}, {"s (tolerated load)": 3.0, "token quota": 7.8, "network link": 8.0}),
        (
            {"sources[s].cache_hit": 0.5, "sources[s].cache_p50": 0.0},
            {"s (tolerated load)": 6.0, "token quota": 7.8, "network link": 8.0},
        ),
        (
            {"sources[s].cache_hit": 1.0, "sources[s].cache_p50": 0.0},
            {"token quota": 7.8, "network link": 8.0},
        ),
        (
            {"sources[s].calls_per_request": 0.5},
            {"s (tolerated load)": 12.0, "token quota": 7.8, "network link": 8.0},
        ),
        ({"sources[s].tolerated_rate": None, "flow.network.utilisation": 0.0}, {"token quota": 7.8}),
        ({"sources[s].tolerated_rate": None, "model.quota_tokens": None}, {"network link": 8.0}),
        ({"sources[s].tolerated_rate": None, "demand.in_tokens_p95": None}, {"network link": 8.0}),
        ({"sources[s].tolerated_rate": None, "demand.burst_factor": 0.0}, {"token quota": 7.8}),
        (
            {"sources[s].tolerated_rate": None, "demand.burst_factor": 0.5},
            {"token quota": 7.8, "network link": 1.0},
        ),
        (
            {"sources[s].tolerated_rate": None, "flow.network.utilisation": 2.0},
            {"token quota": 7.8, "network link": 2.0},
        ),
    ],
)
def test_limits_that_no_station_has(more, limits):
    """6 calls a second, two to a request; 4 req/s fill half of the link; 10,000 tokens/s are the busiest minute of 7.8 req/s.

    7.8 req/s are 468 requests of 1,200 tokens in a minute, and 1.6449 x 1,200 x sqrt(468) = 42,700 more: 604,300 of 600,000.
    """
    found = read_limited_path(view_of({**LIMITED, **more})).limits
    assert {name: load for name, load, _ in found} == {
        name: pytest.approx(load, rel=0.01) for name, load in limits.items()
    }


def test_limits_without_tokens_or_sources():
    two = {
        **LIMITED,
        "sources[t].p50": 0.1,
        "sources[t].p99": 0.1,
        "sources[t].calls_per_request": 1.0,
        "path.mode": "series",
    }
    assert read_limited_path(view_of(two, sources=("t", "s"))).limits[0][0] == "s (tolerated load)"
    none = {
        **LIMITED,
        **{f"demand.{kind}_tokens_p{share}": 0.0 for kind in ("in", "out") for share in (50, 95)},
    }
    assert [name for name, *_ in read_limited_path(view_of(none)).limits] == [
        "s (tolerated load)",
        "network link",
    ]
    half = {**none, "demand.in_tokens_p95": 0.4, "demand.out_tokens_p95": 0.4}
    assert "token quota" in [name for name, *_ in read_limited_path(view_of(half)).limits]


def test_an_axis_needs_a_promise_and_a_load():
    assert read_promises(view_of({"slo.p50": 1.0, "slo.p99": 3.0})) == {"slo.p50": 1.0, "slo.p99": 3.0}
    with pytest.raises(CannotDeriveError) as raised:
        read_promises(view_of({}))
    assert raised.value.missing == ("slo.p95", "slo.p99")
    assert planned_peak(view_of({**PEAK, "demand.burst_factor": 0.5})) == pytest.approx(0.5)
    with pytest.raises(CannotDeriveError, match="the planned load is zero"):
        planned_peak(view_of({**PEAK, "demand.burst_factor": 0.0}))


def test_the_wall_as_a_fact():
    """A call that may take half as long, or twice: 10 req/s, between 5 and 20; 2.5 times the peak of 4."""
    loose = {"sources[s].p50": (0.05, 0.1), "sources[s].p99": (0.1, 0.2)}
    found = Deriver(tree_of(ONE, loose)).find("flow.wall.load")[0]
    assert (found.value.value, found.low, found.high, found.formula) == (
        10.0,
        5.0,
        20.0,
        "source s is saturated",
    )
    room = Deriver(tree_of(ONE, loose)).find("flow.wall.headroom")[0]
    assert (room.value.value, room.low, room.high, room.formula) == (
        2.5,
        1.25,
        5.0,
        "10 req/s / 4 req/s = 2.5",
    )
    assert Deriver(tree_of(ONE)).find("flow.wall.station")[0].value == "s"
    tests = {
        f"load_test.steps[1].{field}": value
        for field, value in {**STEP, "rate": 8.0, "served_rate": 8.0, "requests": 49.0, "p95": 2e5}.items()
    }
    cut = Deriver(tree_of({**ONE, **tests}, load_test__steps=("1",))).find("flow.wall.load")[0]
    assert (cut.value.value, cut.formula) == (8.0, "one broke at 8 req/s (predicted: source s is saturated)")
    none = Deriver(tree_of({**ONE, "sources[s].servers": None})).find("flow.wall.load")[0]
    assert none.why_unknown == "no station on the path has a known capacity and no promise breaks under load"
