"""Steps of load tests -> points of the model's server, and loads that held or broke, each worked out by hand."""

from __future__ import annotations

from typing import NamedTuple

import flow_pilots as pilots
import pytest

from poc_gate.flow.derive_facts import Deriver
from poc_gate.flow.formulas.load.path_calibration import Measured, paced
from poc_gate.flow.formulas.load.path_model import RequestPath, Station
from poc_gate.flow.reading.tested_path import _at_the_wall, _measured, found_pace, path_as_measured
from poc_gate.flow.reading.tested_reading import (
    Bracket,
    payload,
    within,
)
from poc_gate.flow.reading.tested_reading import tested_bracket as bracket_of
from poc_gate.flow.reading.tested_reading import tested_server as points_of
from poc_gate.flow.span import Span

PLAN = {"demand.in_tokens_p50": 1000.0, "demand.out_tokens_p50": 100.0}
STEP = {
    "of_model": True,
    "served_rate": 4.0,
    "tpot": 0.02,
    "p50": 3.0,
    "requests": 400.0,
    "in_tokens": 1000.0,
    "out_tokens": 100.0,
}
WHOLE = {
    "of_model": False, "open_loop": True, "rate": 4.0, "served_rate": 4.0, "requests": 400.0, "p50": 1.0, "p95": 2.0, "error_rate": 0.0,
}  # fmt: skip


class PacedServer(NamedTuple):
    """A server whose token takes 10 ms and whose request takes 1 s, times its pace; it remembers what it was asked."""

    most: float = 8.0
    pace: float = 1.0
    asked: list = []  # noqa: RUF012 - shared by all copies, on purpose

    def step(self, flight, rate, lengths):
        """Seconds of a token."""
        self.asked.append((flight, rate, lengths))
        return 0.01 * self.pace

    def time(self, flight, rate, lengths, mean):
        """Seconds of a request."""
        self.asked.append((flight, rate, lengths))
        return 1.0 * self.pace


def view_of(steps, **plan: object):
    """Return a view of a pilot whose load tests have these steps; None leaves a field out."""
    stated = {**PLAN, **{name.replace("__", "."): value for name, value in plan.items()}}
    for number, step in enumerate(steps):
        stated |= {
            f"load_test.steps[{number}].{field}": value for field, value in step.items() if value is not None
        }
    return Deriver(pilots.tree(stated, load_test__steps=tuple(str(n) for n in range(len(steps))))).view()


def server_of(*steps: dict[str, object], replicas=2.0, most=8.0, **plan: object):
    server = PacedServer(most, asked=[])
    return points_of(view_of(steps, **plan), server, replicas), server.asked


def only(step, **plan: object):
    view = view_of([step], **plan)
    return next(iter(view.each("load_test.steps")))


def test_a_measured_time_per_token_is_a_point_at_its_load():
    """4 req/s of 3 s keep 12 in flight, 6 on each of two replicas; 20 ms are twice the 10 predicted; 1.2533 x 0.5 / sqrt(400)."""
    found, asked = server_of(STEP)
    assert found is not None
    ((ratio, error),) = found.points
    assert (ratio, error) == (pytest.approx(2.0), pytest.approx(1.2533 * 0.5 / 20))
    assert asked[0] == (6.0, 2.0, (1000.0, 100.0))
    assert found[1:] == (4.0, pytest.approx(0.01), 0.02, "time per token")


@pytest.mark.parametrize(
    ("changed", "ratio", "flight", "error"),
    [
        ({"tpot": None}, 3.0, 6.0, 0.0313325),
        ({"tpot": 0.0}, 3.0, 6.0, 0.0313325),
        ({"tpot": 0.5}, 50.0, None, None),
        ({"tpot": 0.49}, 49.0, 6.0, 0.0313325),
        ({"tpot": 0.0002}, 0.02, None, None),
        ({"tpot": 0.00021}, 0.021, 6.0, 0.0313325),
        ({"p50": None}, 2.0, 4.0, 0.0313325),
        ({"p50": 0.1}, 2.0, 1.0, 0.0313325),
        ({"p50": 0.1, "concurrency": 10.0}, 2.0, 1.0, 0.0313325),
        ({"p50": 0.5, "tpot": None}, 0.5, 1.0, 0.0313325),
        ({"served_rate": 0.5}, 2.0, 1.0, 0.0313325),
        ({"p50": 4.4}, 2.0, 8.8, 0.0313325),
        ({"p50": 4.41}, None, None, None),
        ({"p50": 0.0, "concurrency": 10.0}, 2.0, 5.0, 0.0313325),
        ({"p50": None, "tpot": None}, None, None, None),
        ({"p50": 0.0, "tpot": 0.0}, None, None, None),
        ({"p50": 0.0, "tpot": 0.0, "concurrency": 10.0}, None, None, None),
        ({"requests": None}, 2.0, 6.0, 0.5),
        ({"requests": 1.0}, 2.0, 6.0, 0.62665),
        ({"requests": 0.5}, 2.0, 6.0, 0.62665),
        ({"served_rate": None}, None, None, None),
        ({"served_rate": 0.0}, None, None, None),
        ({"of_model": False}, None, None, None),
        ({"of_model": None}, None, None, None),
        ({"error_rate": 0.05}, 2.0, 6.0, 0.0313325),
        ({"error_rate": 0.051}, None, None, None),
        ({"out_tokens": 0.0}, None, None, None),
        ({"out_tokens": 1.0}, 2.0, 6.0, 0.0313325),
    ],
)
def test_what_makes_a_step_a_point(changed, ratio, flight, error):
    """Between a fiftieth and fifty times the prediction, up to 1.1 times what the server takes, 5 % failed at most."""
    found, asked = server_of({**STEP, **changed})
    if flight is None:
        assert found is None
        return
    ((seen, deviation),) = found.points
    assert (seen, deviation, asked[0][0]) == pytest.approx((ratio, error, flight))


@pytest.mark.parametrize(
    ("changed", "plan", "lengths"),
    [
        ({"in_tokens": 500.0}, {}, (500.0, 100.0)),
        ({"out_tokens": 50.0}, {}, (1000.0, 50.0)),
        ({"in_tokens": None, "out_tokens": None}, {}, (1000.0, 100.0)),
        ({"in_tokens": None}, {"demand__in_tokens_p50": None}, None),
        ({"out_tokens": None}, {"demand__out_tokens_p50": None}, None),
    ],
)
def test_the_lengths_of_a_step_are_its_own_or_the_planned_ones(changed, plan, lengths):
    stated = {**PLAN, **{name.replace("__", "."): value for name, value in plan.items()}}
    kept = {name.replace(".", "__"): value for name, value in stated.items() if value is not None}
    step = {**STEP, **changed}
    facts = {k.replace("__", "."): v for k, v in kept.items()}
    facts |= {f"load_test.steps[0].{field}": value for field, value in step.items() if value is not None}
    server = PacedServer(asked=[])
    found = points_of(Deriver(pilots.tree(facts, load_test__steps=("0",))).view(), server, 2.0)
    assert (found and server.asked[0][2]) == lengths


@pytest.mark.parametrize(
    ("planned", "tested", "flight", "told"),
    [
        (2.0, None, 6.0, True),
        (1.0, None, 12.0, False),
        (2.0, 4.0, 3.0, False),
        (2.0, 1.0, 12.0, False),
        (2.0, 0.5, 6.0, True),
    ],
)
def test_the_replicas_that_were_tested(planned, tested, flight, told):
    plan = {} if tested is None else {"load_test__replicas": tested}
    view = view_of([STEP], **plan)
    server = PacedServer(most=20.0, asked=[])
    assert points_of(view, server, planned) is not None
    assert server.asked[0][0] == flight
    said = (
        f"the load test ran against the {planned:g} replicas of the plan (load_test.replicas is not stated)"
    )
    assert (said in view.trace.assumptions) is told


def test_the_highest_load_is_the_one_that_is_told():
    slower = {**STEP, "served_rate": 2.0, "tpot": 0.03}
    for steps in ([STEP, slower], [slower, STEP]):
        view = view_of(steps)
        found = points_of(view, PacedServer(asked=[]), 2.0)
        assert (found.highest, found.measured, len(found.points)) == (4.0, 0.02, 2)
        said = "time per token of 20 ms at 4 req/s, where 10 ms had been predicted"
        assert f"calibrated on 2 measured loads of this model's server: {said}" in view.trace.assumptions
    alone = view_of([STEP])
    assert points_of(alone, PacedServer(asked=[]), 2.0).what == "time per token"
    assert any(one.startswith("calibrated on 1 measured load of") for one in alone.trace.assumptions)
    same = points_of(view_of([STEP, {**STEP, "tpot": 0.04}]), PacedServer(asked=[]), 2.0)
    assert same.measured == 0.04
    little = points_of(view_of([{**STEP, "served_rate": 0.5}]), PacedServer(asked=[]), 2.0)
    assert (little.highest, little.measured) == (0.5, 0.02)
    assert points_of(view_of([]), PacedServer(asked=[]), 2.0) is None
    assert points_of(view_of([{**STEP, "of_model": False}, STEP]), PacedServer(asked=[]), 2.0) is not None
    assert points_of(view_of([{**STEP, "served_rate": 0.0}, STEP]), PacedServer(asked=[]), 2.0) is not None


@pytest.mark.parametrize(
    ("changed", "lighter", "heavier"),
    [
        ({"in_tokens": 800.0}, False, False),
        ({"in_tokens": 799.0}, True, False),
        ({"in_tokens": 1250.0}, False, False),
        ({"in_tokens": 1251.0}, False, True),
        ({"out_tokens": 79.0}, True, False),
        ({"out_tokens": 126.0}, False, True),
        ({"in_tokens": 1.0, "out_tokens": 900.0}, True, True),
        ({"in_tokens": 900.0, "out_tokens": 1.0}, True, False),
        ({"in_tokens": 2000.0, "out_tokens": 100.0}, False, True),
        ({"in_tokens": None, "out_tokens": None}, False, False),
    ],
)
def test_lengths_within_a_fifth_are_those_planned(changed, lighter, heavier):
    assert payload(only({**STEP, **changed})) == (lighter, heavier)


HELD, BROKE, NOTHING = (4.0, None), (None, 4.0), (None, None)


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ({}, HELD),
        ({"p95": 2.5}, HELD),
        ({"p95": 2.51}, BROKE),
        ({"p95": None}, NOTHING),
        ({"served_rate": 3.6}, HELD),
        ({"served_rate": 3.59}, BROKE),
        ({"served_rate": 3.59, "open_loop": False}, NOTHING),
        ({"served_rate": None}, HELD),
        ({"open_loop": False}, NOTHING),
        ({"open_loop": None}, NOTHING),
        ({"of_model": True}, NOTHING),
        ({"of_model": True, "p95": 9.0}, BROKE),
        ({"error_rate": 0.01}, HELD),
        ({"error_rate": 0.011}, NOTHING),
        ({"error_rate": 0.05}, NOTHING),
        ({"error_rate": 0.051}, BROKE),
        ({"error_rate": None}, HELD),
        ({"requests": 100.0}, HELD),
        ({"requests": 99.0}, NOTHING),
        ({"requests": None}, NOTHING),
        ({"rate": 0.0}, NOTHING),
        ({"rate": None}, NOTHING),
        ({"rate": 0.5, "served_rate": 0.5}, (0.5, None)),
        ({"in_tokens": 100.0}, NOTHING),
        ({"in_tokens": 100.0, "p95": 9.0}, BROKE),
        ({"in_tokens": 5000.0}, HELD),
        ({"in_tokens": 5000.0, "p95": 9.0}, NOTHING),
    ],
)
def test_when_a_step_held_and_when_it_broke(changed, wanted):
    """Every promise kept at 4 req/s that a clock sent, nine tenths answered; lighter requests prove nothing, heavier break nothing."""
    assert bracket_of(view_of([{**WHOLE, **changed}]), {"slo.p95": 2.5}) == wanted


def test_the_bracket_of_several_steps():
    def at(rate: float, **changed: object) -> dict[str, object]:
        return {**WHOLE, "rate": rate, "served_rate": rate, **changed}

    steps = [at(2.0), at(4.0), at(8.0, p95=9.0), at(6.0, p95=9.0), at(10.0)]
    found = bracket_of(view_of(steps), {"slo.p95": 2.5})
    assert found == (4.0, 6.0)
    assert found.words() == "a load test held at 4 req/s and one broke at 6 req/s"
    assert Bracket(4.0, None).words() == "a load test held at 4 req/s"
    assert Bracket(None, 6.0).words() == "one broke at 6 req/s"
    assert Bracket(None, None).words() == ""
    same = bracket_of(view_of([at(4.0), at(4.0, p95=9.0)]), {"slo.p95": 2.5})
    assert same == (None, 4.0)
    first = bracket_of(view_of([at(0.0), at(4.0)]), {"slo.p95": 2.5, "slo.p50": 1.0})
    assert first == HELD
    assert bracket_of(view_of([at(4.0, p50=None)]), {"slo.p95": 2.5, "slo.p50": 1.0}) == NOTHING
    assert bracket_of(view_of([at(4.0, p50=1.1)]), {"slo.p95": 2.5, "slo.p50": 1.0}) == BROKE


@pytest.mark.parametrize(
    ("bracket", "wanted"),
    [
        ((None, None), (10.0, 5.0, 20.0)),
        ((4.0, None), (10.0, 5.0, 20.0)),
        ((7.0, None), (10.0, 7.0, 20.0)),
        ((12.0, None), (12.0, 12.0, 20.0)),
        ((30.0, None), (30.0, 30.0, 60.0)),
        ((30.0, 40.0), (30.0, 30.0, 40.0)),
        ((None, 15.0), (10.0, 5.0, 15.0)),
        ((None, 25.0), (10.0, 5.0, 20.0)),
        ((None, 8.0), (8.0, 5.0, 8.0)),
        ((None, 2.0), (2.0, 1.0, 2.0)),
        ((1.0, 2.0), (2.0, 1.0, 2.0)),
        ((20.0, None), (20.0, 20.0, 20.0)),
    ],
)
def test_a_predicted_wall_is_cut_to_what_was_seen(bracket, wanted):
    """10 req/s, between 5 and 20; a load that held beyond 20 keeps the upper factor of two, one that broke below 5 the lower half."""
    assert within(Span(10.0, 5.0, 20.0), Bracket(*bracket)) == Span(*wanted)


def test_a_wall_at_nothing_has_no_width_of_its_own():
    assert within(Span(0.0, 0.0, 0.0), Bracket(3.0, None)) == Span(3.0, 3.0, 3.0)
    assert within(Span(0.5, 0.25, 1.0), Bracket(3.0, None)) == Span(3.0, 3.0, 6.0)
    assert within(Span(0.5, 0.25, 1.0), Bracket(None, 0.1)) == Span(0.1, 0.05, 0.1)


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ({}, Measured(4.0, 400.0, 1.0, 2.0)),
        ({"p50": None}, Measured(4.0, 400.0, None, 2.0)),
        ({"p95": None}, Measured(4.0, 400.0, 1.0, None)),
        ({"p95": 0.0}, Measured(4.0, 400.0, 1.0, None)),
        ({"p50": 0.0, "p95": None}, None),
        ({"rate": 0.0}, None),
        ({"rate": 0.5, "served_rate": 0.5}, Measured(0.5, 400.0, 1.0, 2.0)),
        ({"rate": None}, None),
        ({"of_model": True}, None),
        ({"open_loop": False}, None),
        ({"error_rate": 0.05}, Measured(4.0, 400.0, 1.0, 2.0)),
        ({"error_rate": 0.051}, None),
        ({"in_tokens": 100.0}, None),
        ({"requests": 50.0}, Measured(4.0, 50.0, 1.0, 2.0)),
        ({"requests": 49.0}, None),
        ({"requests": None}, None),
        ({"served_rate": 3.6}, Measured(4.0, 400.0, 1.0, 2.0)),
        ({"served_rate": 3.59}, None),
        ({"served_rate": None}, Measured(4.0, 400.0, 1.0, 2.0)),
    ],
)
def test_which_steps_say_how_long_the_path_takes(changed, wanted):
    assert _measured(only({**WHOLE, **changed})) == wanted


PATH = RequestPath(((Station("s", "source", 0.5, 1.0, servers=20.0, high=3.0),),))
"""Half a second at the median, three times as much at the high end; 20 at a time."""


def test_the_path_goes_at_the_pace_that_was_measured():
    """Where the planned path takes 0.5 s at the median and the test saw 1 s, the pace is near two, and it is said."""
    for steps, loads in (([{**WHOLE, "p95": None}], "1 load"), ([{**WHOLE, "p95": None}] * 2, "2 loads")):
        view = view_of(steps)
        found = found_pace(view, PATH)
        assert found is not None
        assert 1.7 < found.pace < 2.0
        moved = path_as_measured(view, PATH, at=4.0)
        assert moved.groups == paced(PATH, found.pace, *found.ends(4.0)).groups
        said = f"calibrated on {loads} that a load test of the pilot measured, up to 4 req/s: requests take"
        assert moved.assumptions[-1].startswith(said)
        assert moved.assumptions[-1] in view.trace.assumptions
        assert moved.groups != path_as_measured(view, PATH, at=12.0).groups
        for promises in (None, {"slo.p95": 3.0}):
            at_wall = path_as_measured(view, PATH, promises=promises)
            assert (
                at_wall.groups == paced(PATH, found.pace, *_at_the_wall(PATH, found, promises or {})).groups
            )
    for steps in ([], [{**WHOLE, "of_model": True}]):
        assert path_as_measured(view_of(steps), PATH, at=4.0) is PATH
        assert found_pace(view_of(steps), PATH) is None


class GrowingPace(NamedTuple):
    """A pace that was measured as 1, and may be higher by the load over 100, or by nothing."""

    grows: float = 1.0
    pace: float = 1.0
    tested: float = 10.0

    def ends(self, load):
        """Low and high pace at a load."""
        return 0.5, 1.0 + self.grows * load / 100.0


def test_the_high_pace_is_that_of_the_load_at_which_it_breaks():
    """10 ms a call and one server: 100 req/s at most, 100 / pace at a pace; x (1 + x / 100) = 100 at the golden ratio, x = 61.8."""
    path = RequestPath(((Station("s", "source", 0.01, 0.01, servers=1.0),),))
    low, high = _at_the_wall(path, GrowingPace(), {})
    assert (low, high) == (0.5, pytest.approx(1.618, abs=0.005))
    assert _at_the_wall(path, GrowingPace(0.0), {}) == (0.5, 1.0)
    free = RequestPath(((Station("s", "source", 0.01, 0.01),),))
    assert _at_the_wall(free, GrowingPace(), {}) == (0.5, pytest.approx(1.1))
