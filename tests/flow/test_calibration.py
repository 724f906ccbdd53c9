"""Calibration: the closed form against a numerical posterior, and servers of a known pace that load tests find out."""

from __future__ import annotations

import math
import re

import flow_pilots as pilots
import numpy as np
import pytest

from poc_gate.flow.derive_facts import Deriver
from poc_gate.flow.formulas.load.batching import Lengths
from poc_gate.flow.formulas.speed.calibration import SHAPE, Point, calibrate, outside_prior
from poc_gate.flow.reading.model_station import batching_station
from poc_gate.flow.reading.tested_reading import Bracket, within
from poc_gate.flow.span import Span
from poc_gate.model.claim import Value
from poc_gate.model.fact import Fact, FactTree


def test_without_points_nothing_is_calibrated():
    assert calibrate([], 0.6, 2.5) is None
    assert calibrate([Point(0.0, 0.1), Point(math.inf, 0.1)], 0.6, 2.5) is None


@pytest.mark.parametrize("ratios", [[1.0], [0.4], [3.0], [1.5, 1.6], [0.9, 1.0, 1.1]])
def test_the_posterior_is_that_of_a_numerical_integration(ratios):
    prior = math.log(2.5) / 1.959964
    grid = np.linspace(-4, 4, 80_001)
    log_density = -0.5 * (grid / prior) ** 2
    for ratio in ratios:
        log_density += -0.5 * (math.log(ratio) - grid) ** 2 / (SHAPE**2 + 0.02**2)
    density = np.exp(log_density - log_density.max())
    density /= density.sum()
    mean = float((grid * density).sum())
    deviation = math.sqrt(float(((grid - mean) ** 2 * density).sum()) + SHAPE**2)
    found = calibrate([Point(ratio, 0.02) for ratio in ratios], 0.6, 2.5)
    assert found is not None
    assert found.factor.likely == pytest.approx(math.exp(mean), rel=1e-4)
    assert found.deviation == pytest.approx(deviation, rel=1e-4)
    assert found.factor.high == pytest.approx(math.exp(mean + 1.959964 * deviation), rel=1e-4)


def test_one_point_narrows_the_interval_below_a_factor_of_two():
    found = calibrate([Point(1.3, 0.02)], 0.6, 2.5)
    assert found is not None
    assert found.factor.high / found.factor.low < 2
    assert found.factor.low < 1.3 < found.factor.high


def test_points_that_disagree_widen_and_many_points_never_claim_more_than_the_shape_allows():
    agreeing, quarrelling = (
        calibrate([Point(r, 0.02) for r in rs], 0.6, 2.5) for rs in ([1.0, 1.05, 0.95], [0.5, 1.0, 2.0])
    )
    hundred = calibrate([Point(1.0, 0.02)] * 100, 0.6, 2.5)
    assert agreeing is not None
    assert quarrelling is not None
    assert hundred is not None
    assert quarrelling.deviation > 2 * agreeing.deviation
    assert hundred.factor.high / hundred.factor.low > math.exp(2 * 1.95 * SHAPE)


def test_beyond_the_tested_load_the_width_grows_to_the_prior_and_no_further():
    found = calibrate([Point(1.0, 0.02)], 0.6, 2.5)
    assert found is not None
    widths = [
        high / low for low, high in (found.ends(load, 10.0) for load in (1.0, 10.0, 15.0, 20.0, 40.0, 400.0))
    ]
    assert widths[0] == widths[1] == pytest.approx(found.factor.high / found.factor.low)
    assert widths[1] < widths[2] < widths[3] < widths[4] == widths[5]
    assert widths[5] == pytest.approx(2.5**2)
    assert found.ends(40.0, 0.0) == found.ends(1.0, 10.0), "without a tested load nothing is beyond it"


def test_a_missed_prediction_is_named_only_beyond_the_prior_and_its_error():
    assert outside_prior(0.6, 2.5, [Point(3.0, 0.01)])
    assert outside_prior(0.6, 2.5, [Point(0.3, 0.01), Point(0.4, 0.01)])
    assert not outside_prior(0.6, 2.5, [Point(2.4, 0.01)])
    assert not outside_prior(0.6, 2.5, [Point(2.6, 0.2)])
    assert not outside_prior(0.6, 2.5, [])


def _steps(tree: FactTree, pace: float, rates: tuple[float, ...], **more: Value | float) -> FactTree:
    """Return the tree with load tests of a server that takes `pace` times as long as predicted."""
    station = batching_station(Deriver(tree).view())
    server = station.server._replace(pace=pace)
    lengths = Lengths(1800.0, 180.0)
    values: dict[str, Value | float] = {}
    for number, rate in enumerate(rates):
        each = rate / station.replicas
        flight = server.in_flight(each, lengths)
        assert flight is not None, "the server of this test overloads"
        made = {
            "rate": rate, "served_rate": rate, "requests": 2000.0, "duration": 600.0, "error_rate": 0.0, "in_tokens": 1800.0,
            "out_tokens": 180.0, "tpot": server.step(flight, each, lengths), "open_loop": True, "of_model": True,
            "p50": server.time(flight, each, lengths, lengths), **more,
        }  # fmt: skip
        values |= {f"load_test.steps[1-{number}].{field}": value for field, value in made.items()}
    steps = tuple(f"1-{number}" for number in range(len(rates)))
    return FactTree({**tree.facts, **pilots.tree(values).facts}, {**tree.items, "load_test.steps": steps})


def _found(tree: FactTree, name: str) -> Fact:
    return Deriver(tree).find(name)[0]


@pytest.mark.parametrize("pace", [0.5, 0.8, 1.0, 1.6, 2.4])
def test_a_server_of_a_known_pace_is_found_out(pace):
    plain = pilots.assistant("policy")
    tested = _steps(plain, pace, (1.0, 2.0, 4.0))
    factor = _found(tested, "flow.calibration.factor")
    assert factor.low < pace < factor.high
    assert factor.high / factor.low < 2
    predicted, measured = (_found(tested, f"flow.calibration.{name}") for name in ("predicted", "measured"))
    assert measured.value.value / predicted.value.value == pytest.approx(pace, rel=0.12)
    assert _found(tested, "flow.calibration.missed").value is (pace == 0.5)


@pytest.mark.parametrize("pace", [0.7, 1.0, 1.8])
def test_the_wall_of_the_true_server_lies_in_the_calibrated_interval_which_is_narrower(pace):
    plain = pilots.assistant("policy")
    truth = batching_station(Deriver(plain).view())
    highest = truth.replicas * truth.server._replace(pace=pace).highest_rate(truth.mean)
    tested = _steps(plain, pace, (0.3 * highest, 0.8 * highest))
    before, after = _found(plain, "flow.replica.capacity"), _found(tested, "flow.replica.capacity")
    assert after.low < highest / truth.replicas < after.high
    assert after.high / after.low < before.high / before.low
    assert after.high / after.low < 2
    wall, narrowed = _found(plain, "flow.wall.load"), _found(tested, "flow.wall.load")
    assert narrowed.high / narrowed.low < wall.high / wall.low
    assert any("calibrated on 2 measured loads" in line for line in narrowed.assumptions)


def test_steps_that_say_nothing_of_the_server_calibrate_nothing():
    plain = pilots.assistant("policy")
    closed = {"of_model": False, "open_loop": False}
    for more in (closed, {"error_rate": 0.2}, {"served_rate": 0.0}):
        tested = _steps(plain, 2.0, (1.0, 2.0), **more)
        assert _found(tested, "flow.calibration.factor").value is None
        assert _found(tested, "flow.replica.capacity").value == _found(plain, "flow.replica.capacity").value


def test_a_test_of_the_pilot_as_a_whole_calibrates_its_path():
    plain = pilots.assistant("policy")
    tested = _steps(plain, 2.0, (1.0, 2.0), of_model=False)
    factor, predicted, measured = (
        _found(tested, f"flow.calibration.{name}") for name in ("factor", "predicted", "measured")
    )
    assert factor.low < 2.0 < factor.high
    assert predicted.low < measured.value.value < predicted.high
    assert _found(tested, "flow.wall.load").value.value < _found(plain, "flow.wall.load").value.value
    before, after = (_found(tree, "flow.latency.p95") for tree in (plain, tested))
    assert after.value.value > before.value.value
    said = " ".join(after.assumptions)
    assert re.search(r"requests take (1\.[89]\d*|2) times as long as predicted", said)


def test_a_queue_in_front_of_the_server_is_not_taken_for_a_slow_server():
    tested = _steps(pilots.assistant("policy"), 1.0, (1.0,), p50=500.0)
    assert _found(tested, "flow.calibration.factor").value is None


def test_replicas_that_were_tested_are_said():
    plain = pilots.assistant("policy")
    tested = _steps(plain, 1.0, (2.0,))
    assert any(
        "against the 2 replicas of the plan" in line
        for line in _found(tested, "flow.calibration.factor").assumptions
    )
    one = FactTree({**tested.facts, **pilots.tree({"load_test.replicas": 1.0}).facts}, tested.items)
    assert not any("of the plan" in line for line in _found(one, "flow.calibration.factor").assumptions)


def _whole(steps: dict[str, dict[str, Value | float]]) -> FactTree:
    """Return a pilot whose own address was tested: p95 promised in 12 s, p99 in 15 s."""
    tree = pilots.assistant("policy")
    usual = {
        "open_loop": True,
        "of_model": False,
        "requests": 5000.0,
        "error_rate": 0.0,
        "p95": 4.0,
        "p99": 6.0,
    }
    values = {
        f"load_test.steps[{name}].{field}": value
        for name, step in steps.items()
        for field, value in {**usual, **step, "served_rate": step.get("served_rate", step["rate"])}.items()
    }
    return FactTree(
        {**tree.facts, **pilots.tree(values).facts}, {**tree.items, "load_test.steps": tuple(steps)}
    )


def test_loads_that_held_and_that_broke_enclose_the_wall():
    base = _found(pilots.assistant("policy"), "flow.wall.load")
    near, far = base.value.value * 0.9, base.value.value * 1.2
    held = {"rate": near, "p95": 10.0, "p99": 13.0}
    tested = _whole({"1-1": held, "1-2": {"rate": far, "p95": 13.0}})
    wall = _found(tested, "flow.wall.load")
    assert (wall.low, wall.high) == (pytest.approx(near), pytest.approx(far))
    assert "held at" in wall.formula
    assert "broke at" in wall.formula
    assert _found(tested, "flow.tested.holds").value.value == pytest.approx(near)
    assert _found(tested, "flow.tested.breaks").value.value == pytest.approx(far)


@pytest.mark.parametrize(
    "changed",
    [
        {"open_loop": False},
        {"of_model": True},
        {"requests": 20.0},
        {"error_rate": 0.03},
        {"in_tokens": 100.0},
    ],
    ids=["a closed loop", "the model alone", "too few requests", "some failed", "lighter payloads"],
)
def test_what_does_not_prove_that_a_load_holds(changed):
    assert _found(_whole({"1-1": {"rate": 1000.0, **changed}}), "flow.tested.holds").value is None


@pytest.mark.parametrize("changed", [{"p99": 15.1}, {"error_rate": 0.06}, {"served_rate": 50.0}])
def test_what_shows_that_a_load_breaks(changed):
    tested = _whole({"1-1": {"rate": 1.0}, "1-2": {"rate": 100.0, **changed}})
    assert _found(tested, "flow.tested.breaks").value.value == pytest.approx(100)
    assert _found(tested, "flow.tested.holds").value.value == pytest.approx(1)


@pytest.mark.parametrize(("length", "breaks"), [(1800.0, True), (900.0, True), (4000.0, False)])
def test_longer_payloads_than_planned_break_nothing_of_the_plan(length, breaks):
    tested = _whole({"1-1": {"rate": 100.0, "p99": 15.1, "in_tokens": length}})
    assert (_found(tested, "flow.tested.breaks").value is not None) is breaks


def test_a_promise_that_was_not_measured_is_not_kept():
    tree = _whole({"1-1": {"rate": 1.0}})
    facts = {name: fact for name, fact in tree.facts.items() if name != "load_test.steps[1-1].p99"}
    assert _found(FactTree(facts, tree.items), "flow.tested.holds").value is None


@pytest.mark.parametrize(
    ("span", "bracket", "expected"),
    [
        (Span(10, 5, 20), Bracket(None, None), Span(10, 5, 20)),
        (Span(10, 5, 20), Bracket(7, 15), Span(10, 7, 15)),
        (Span(10, 5, 20), Bracket(12, None), Span(12, 12, 20)),
        (Span(10, 5, 20), Bracket(None, 8), Span(8, 5, 8)),
        (Span(10, 5, 20), Bracket(30, None), Span(30, 30, 60)),
        (Span(10, 5, 20), Bracket(30, 40), Span(30, 30, 40)),
        (Span(10, 5, 20), Bracket(None, 4), Span(4, 2, 4)),
        (Span(10, 5, 20), Bracket(1, 4), Span(4, 1, 4)),
    ],
)
def test_what_was_seen_cuts_what_was_predicted(span, bracket, expected):
    assert within(span, bracket) == expected
