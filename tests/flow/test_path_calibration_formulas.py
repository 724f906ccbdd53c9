"""The pace of a path from measured times: bisection, errors and ends against sums done by hand."""

from __future__ import annotations

import math
from types import SimpleNamespace

import pytest

from poc_gate.flow.formulas.load import path_calibration
from poc_gate.flow.formulas.load.batching import BatchServer, Lengths
from poc_gate.flow.formulas.load.path_calibration import Measured, PathCalibration, calibrate_path, paced
from poc_gate.flow.formulas.load.path_model import ModelStation, RequestPath, Station
from poc_gate.flow.formulas.load.spread import fitted
from poc_gate.flow.formulas.speed.calibration import (
    AT_A_LOSS,
    SHAPE,
    Calibration,
    Point,
    calibrate,
    outside_prior,
)
from poc_gate.flow.formulas.speed.shapes import Hardware, Network
from poc_gate.flow.span import Span

TENTH = Station("db", "source", 0.1, 0.1)
MODEL = ModelStation(
    BatchServer(Network(16e9, 8e9, 32, kv_per_token=131072.0), Hardware(3.35e12, 989e12, vendor="nvidia", link="fast"), "server", 64.0, 1.5),
    3.0, Lengths(1000.0, 300.0), Lengths(4000.0, 900.0), Lengths(1000.0, 300.0),
)  # fmt: skip
FINE = 64 ** (1 / 4096)
"""Twelve halvings of the paces from an eighth to eight."""


def path(*stations: Station | ModelStation) -> RequestPath:
    return RequestPath(tuple((station,) for station in stations))


def near(value: float) -> object:
    return pytest.approx(value, rel=FINE - 1)


@pytest.mark.parametrize(
    ("seconds", "pace"), [(0.0126, 0.126), (0.05, 0.5), (0.1, 1.0), (0.36, 3.6), (0.79, 7.9), (0.0124, None), (0.81, None)]
)  # fmt: skip
def test_a_pace_is_measured_over_predicted_time_up_to_a_factor_of_eight(seconds, pace):
    found = path_calibration._pace(path(TENTH), 1.0, 0.5, seconds)
    assert found is None if pace is None else found == near(pace)


def test_the_waiting_counts_with_the_pace():
    """One server of 0.1 s at 5/s; p95 of the time is s + s / (2 (1 - u)) ln(20 u): at pace 1.4, 0.14 + 0.2333 ln 14."""
    seconds = 0.14 + 0.14 / 0.6 * math.log(14)
    found = path_calibration._pace(path(TENTH._replace(servers=1.0)), 5.0, 0.95, seconds)
    assert found == pytest.approx(1.4, rel=0.005)


@pytest.mark.parametrize(
    ("p50", "p95", "requests", "ratio", "error"),
    [
        (0.2, None, 100.0, 2.0, 1.2533 * 0.5 / 10),
        (None, 0.2, 100.0, 2.0, 2.11 * 0.5 / 10),
        (0.2, None, 0.25, 2.0, 1.2533 * 0.5),
        (0.1, 0.4, 100.0, 2.0, math.log(4) / 2),
        (0.2, 0.2, 100.0, 2.0, 1.2533 * 0.5 / 10),
        (0.2, 9.0, 100.0, 2.0, 1.2533 * 0.5 / 10),
    ],
)
def test_a_point_is_the_middle_of_its_percentiles_and_errs_by_half_their_distance(
    p50, p95, requests, ratio, error
):
    """Standard error of a percentile of a normal sample: 1.2533 s / sqrt(n) of the median, 2.11 s / sqrt(n) of the 95th."""
    found = path_calibration._point(path(TENTH), Measured(1.0, requests, p50, p95))
    assert found is not None
    assert found.ratio == near(ratio)
    assert found.error == pytest.approx(error, rel=2e-3)


def test_a_load_without_a_time_that_can_be_placed_is_no_point():
    assert path_calibration._point(path(TENTH), Measured(1.0, 9.0, None, None)) is None
    assert path_calibration._point(path(TENTH), Measured(1.0, 9.0, None, 99.0)) is None


def test_predicted_times_have_the_ends_of_the_stations_and_none_where_they_overload():
    one = path(TENTH._replace(servers=1.0, low=0.5, high=4.0))
    found = path_calibration._predicted(one, 0.0, 0.5)
    assert (found.likely, found.low, found.high) == pytest.approx((0.1, 0.05, 0.4))
    assert path_calibration._predicted(one, 3.0, 0.5).high == math.inf
    assert path_calibration._predicted(one, 30.0, 0.5) == Span(math.inf, math.inf, math.inf)
    turned = path_calibration._predicted(path(TENTH._replace(low=2.0, high=0.5)), 0.0, 0.5)
    assert (turned.likely, turned.low, turned.high) == pytest.approx((0.1, 0.1, 0.1))


def _calibrated(low: float, likely: float, high: float, tested: float, before: Span) -> PathCalibration:
    of = Calibration(Span(likely, low, high), 0.3, 0.1, 2)
    return PathCalibration(of, tested, before, (), "", Span(1.0, 1.0, 1.0), 1.0)


BEFORE = Span(1.0, 0.9, 2.0)


@pytest.mark.parametrize(
    ("low", "likely", "high", "before", "load", "ends"),
    [
        (0.8, 1.1, 1.4, BEFORE, 5.0, (0.9, 1.4)),
        (0.95, 1.1, 1.4, BEFORE, 5.0, (0.95, 1.4)),
        (0.8, 1.1, 2.4, BEFORE, 5.0, (0.9, 2.0)),
        (1.8, 2.2, 2.7, BEFORE, 5.0, (1.8, 2.7)),
        (0.7, 0.8, 0.95, BEFORE, 5.0, (0.7, 0.95)),
        (0.8, 1.1, 1.4, Span(1.0, 1.0, 2.0), 5.0, (0.8, 1.4)),
        (0.8, 1.1, 1.4, BEFORE, 20.0, (0.9, math.sqrt(1.4 * 2.0))),
        (0.8, 1.1, 1.4, BEFORE, 40.0, (0.9, 2.0)),
        (0.8, 1.1, 1.4, BEFORE, 9000.0, (0.9, 2.0)),
        (0.8, 1.1, 2.4, BEFORE, 40.0, (0.9, 2.4)),
        (0.8, 2.0, 2.4, BEFORE, 5.0, (0.9, 2.0)),
        (0.8, 0.9, 1.4, BEFORE, 5.0, (0.9, 1.4)),
    ],
)
def test_the_low_end_stays_and_beyond_the_tested_load_the_high_end_moves_out(
    low, likely, high, before, load, ends
):
    """Tested at 10/s; at four times that nothing is known beyond what was believed before, halfway in logarithms at twice."""
    assert AT_A_LOSS == 4.0
    assert _calibrated(low, likely, high, 10.0, before).ends(load) == pytest.approx(ends)


def test_at_no_tested_load_nothing_moves_out():
    assert _calibrated(0.8, 1.1, 1.4, 0.0, BEFORE).ends(5.0) == pytest.approx((0.9, 1.4))
    assert _calibrated(0.8, 1.1, 1.4, 0.5, BEFORE).ends(1.0) == pytest.approx((0.9, math.sqrt(1.4 * 2.0)))


def test_a_path_is_paced_in_every_station():
    station = Station("db", "source", 0.1, 0.4, 0.3, cache_time=0.01, servers=2.0, low=0.5, high=3.0)
    plain, model = paced(path(station, MODEL), 2.0).stations
    assert plain == station._replace(p50=0.2, p99=0.8, p95=0.6, cache_time=0.02, low=1.0, high=1.0)
    assert model == MODEL._replace(server=MODEL.server._replace(pace=3.0), low=1.0, high=1.0)
    wide, _ = paced(path(station._replace(p95=None), MODEL), 2.0, 0.5, 3.0).stations
    assert wide == station._replace(p50=0.2, p99=0.8, p95=None, cache_time=0.02, low=0.25, high=1.5)
    for ends in ((1.0, 3.0), (0.5, 1.0)):
        assert paced(path(station), 2.0, *ends).stations[0].high == ends[1] / 2


@pytest.mark.parametrize(
    ("seen", "tested", "what", "time"),
    [
        ((Measured(2.0, 400.0, 0.15, None), Measured(4.0, 400.0, 0.15, 0.16)), 4.0, "95th percentile of whole requests", 0.16),
        ((Measured(4.0, 400.0, 0.15, 0.16), Measured(2.0, 400.0, 0.15, None)), 4.0, "95th percentile of whole requests", 0.16),
        ((Measured(4.0, 400.0, 0.15, None), Measured(9.0, 400.0, 99.0, None)), 4.0, "median of whole requests", 0.15),
        ((Measured(4.0, 400.0, 0.12, None), Measured(4.0, 400.0, 0.15, None)), 4.0, "median of whole requests", 0.12),
    ],
)  # fmt: skip
def test_the_highest_load_that_counts_is_shown_beside_its_prediction(seen, tested, what, time):
    found = calibrate_path(path(TENTH._replace(p99=0.2, low=0.5, high=3.0)), seen)
    assert found is not None
    assert (found.tested, found.what, found.measured) == (tested, what, time)
    likely = fitted(0.1, 0.2).quantile(0.95 if "95th" in what else 0.5)
    ends = (found.predicted.likely, found.predicted.low, found.predicted.high)
    assert ends == pytest.approx((likely, 0.5 * likely, 3 * likely))
    assert found.pace == found.calibration.factor.likely
    assert len(found.points) == sum(one.p50 != 99.0 for one in seen)


@pytest.mark.parametrize(
    ("low", "high", "before", "prior"),
    [(1.0, 1.0, Span(1.0, 1.0, 1.8), (1.0, 1.8)), (0.9, 2.5, Span(1.0, 0.9, 2.5), (0.9, 2.5)), (0.1, 1.2, Span(1.0, 0.1, 1.8), (0.1, 1.8)), (1.3, 2.0, Span(1.0, 1.0, 2.0), (1.0, 2.0))],
)  # fmt: skip
def test_what_was_believed_before_holds_the_stations_ends_and_at_least_saturation(low, high, before, prior):
    station = TENTH._replace(low=low, high=high)
    found = calibrate_path(path(station), [Measured(1.0, 400.0, 0.13, None), Measured(1.0, 400.0, 0.3, None)])
    assert found is not None
    assert found.before == before
    assert found.calibration == calibrate(found.points, *prior, known=12.0)


def test_a_model_that_was_measured_itself_is_not_paced_again():
    seen = [Measured(1.0, 400.0, 9.0, None)]
    assert calibrate_path(path(MODEL._replace(calibration=SimpleNamespace())), seen) is None
    assert calibrate_path(path(MODEL), seen) is not None


def test_one_point_pulls_the_factor_by_its_weight():
    """Precisions add: 1 / (0.05^2 + 0.12^2) of the point and 1 / s^2 of what was believed, s = ln(2) / 1.96."""
    prior = math.log(2) / 1.959963984540054
    found = calibrate([Point(1.5, 0.05)], 0.5, 2.0)
    assert found is not None
    own = 1 / (0.05**2 + SHAPE**2)
    mean = math.log(1.5) * own / (own + 1 / prior**2)
    deviation = math.sqrt(1 / (own + 1 / prior**2) + SHAPE**2)
    assert found.factor.likely == pytest.approx(math.exp(mean))
    assert found.factor.low == pytest.approx(math.exp(mean - 1.959963984540054 * deviation))
    assert found.factor.high == pytest.approx(math.exp(mean + 1.959963984540054 * deviation))
    assert (found.prior, found.deviation, found.points) == (pytest.approx(prior), pytest.approx(deviation), 1)


@pytest.mark.parametrize(("low", "high", "widest"), [(0.25, 2.0, 4.0), (0.5, 3.0, 3.0)])
def test_the_farther_end_is_what_was_believed(low, high, widest):
    found = calibrate([Point(1.0, 0.0)], low, high)
    assert found is not None
    assert found.prior == pytest.approx(math.log(widest) / 1.959963984540054)


@pytest.mark.parametrize("known", [0.0, 12.0])
def test_points_that_quarrel_widen_by_birge(known):
    """Two logarithms 0.8 apart, of equal weight: chi-square 0.32 / (0.1^2 + 0.12^2) over one degree of freedom."""
    points = [Point(math.exp(0.4), 0.1), Point(math.exp(-0.4), 0.1)]
    found = calibrate(points, 0.5, 2.0, known=known)
    assert found is not None
    assert known or found == calibrate(points, 0.5, 2.0)
    variance = 0.1**2 + SHAPE**2
    scatter = (known + 0.32 / variance) / (known + 1)
    total = 2 / variance / scatter + (1.959963984540054 / math.log(2)) ** 2
    expected = min(found.prior, math.sqrt(1 / total + SHAPE**2 * scatter))
    assert found.deviation == pytest.approx(expected)
    assert found.factor.likely == pytest.approx(1.0)


def test_many_points_say_little_more_than_four():
    many = calibrate([Point(1.5, 0.0)] * 50, 0.5, 2.0)
    assert many is not None
    total = 4 / SHAPE**2 + (1.959963984540054 / math.log(2)) ** 2
    assert math.log(many.factor.likely) == pytest.approx(math.log(1.5) * 4 / SHAPE**2 / total)
    assert many.deviation == pytest.approx(math.sqrt(1 / total + SHAPE**2))


def test_points_without_a_ratio_do_not_count():
    assert calibrate([Point(0.0, 0.1), Point(math.inf, 0.1)], 0.5, 2.0) is None
    one = calibrate([Point(0.5, 0.1), Point(-1.0, 0.1)], 0.5, 2.0)
    assert one is not None
    assert one.points == 1
    assert one.factor.likely < 1.0


@pytest.mark.parametrize(
    ("load", "tested", "grown"), [(5.0, 10.0, 0.0), (20.0, 10.0, 0.5), (40.0, 10.0, 1.0), (4000.0, 10.0, 1.0), (1.0, 0.5, 0.5), (5.0, 0.0, 0.0)]
)  # fmt: skip
def test_a_measured_factor_is_less_certain_beyond_the_tested_load(load, tested, grown):
    found = Calibration(Span(1.2, 1.0, 1.4), 0.5, 0.2, 3).ends(load, tested)
    half = 1.959963984540054 * math.sqrt(0.04 + grown**2 * 0.21)
    assert found == pytest.approx((math.exp(-half), math.exp(half)))
    sure = Calibration(Span(1.2, 1.0, 1.4), 0.2, 0.2, 3).ends(load, tested)
    assert sure == pytest.approx((math.exp(-0.2 * 1.959963984540054), math.exp(0.2 * 1.959963984540054)))


@pytest.mark.parametrize(
    ("ratios", "error", "outside"),
    [((3.0, 3.0), 0.1, True), ((3.0, 3.0), 0.3, False), ((1.0, 3.0), 0.0, False), ((0.3,), 0.1, True), ((0.3,), 0.3, False), ((0.0, 3.0), 0.0, True), ((), 0.0, False)],
)  # fmt: skip
def test_points_are_outside_what_was_believed_when_their_pooled_interval_is(ratios, error, outside):
    """Between a half and twice: ln 3 - 1.96 x 0.1 = 0.903 is above ln 2 = 0.693, with an error of 0.3 it is not."""
    assert outside_prior(0.5, 2.0, [Point(one, error) for one in ratios]) is outside
