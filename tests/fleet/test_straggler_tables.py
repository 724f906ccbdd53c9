"""Fleets written out node by node: centre, scatter, limit and losses as the published formulas give them, worked out a second way."""

from __future__ import annotations

import math
import statistics
from functools import cache

import pytest

from poc_gate.many.fleet.comparing.orientation import Better
from poc_gate.many.fleet.comparing.stragglers import FigureSpread, compare
from poc_gate.many.fleet.comparing.student import student_quantile


@cache
def quantile(above: float, freedom: float) -> float:
    """Return the quantile of Student's t by adding up its density, from the middle outwards (Abramowitz and Stegun, 26.7.1)."""
    constant = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)) / math.sqrt(
        freedom * math.pi
    )
    step, total, at = 1e-3, 0.0, 0.0

    def density(t: float) -> float:
        return constant * (1 + t * t / freedom) ** (-(freedom + 1) / 2)

    while True:
        more = step / 6 * (density(at) + 4 * density(at + step / 2) + density(at + step))
        if total + more >= 0.5 - above:
            return at + step * (0.5 - above - total) / more
        total, at = total + more, at + step


def spread_of(values: list[float], better: Better = Better.HIGHER, figures: int = 1) -> FigureSpread:
    found = compare({f"n{number}": value for number, value in enumerate(values)}, better, figures=figures)
    assert found is not None
    return found


def steps(count: int, width: float) -> list[float]:
    """Return so many logarithms, evenly apart around nothing."""
    return [width * (2 * number / (count - 1) - 1) for number in range(count)]


def held(found: FigureSpread, centre: float, deviation: float, limit: float, noise: float) -> None:
    assert found.centre == pytest.approx(centre, rel=1e-9)
    assert found.deviation == pytest.approx(deviation, rel=1e-9)
    assert found.limit == pytest.approx(1 - math.exp(-limit), rel=1e-4)
    assert found.found_from == pytest.approx(1 - math.exp(-limit - noise), rel=1e-4)


@pytest.mark.parametrize("freedom", [0.37 * 49, 3.0, 7.0, 100.0])
@pytest.mark.parametrize("above", [0.05, 0.02 / 12, 0.02 / 75])
def test_quantiles_are_those_of_the_density(freedom: float, above: float):
    assert student_quantile(above, freedom) == pytest.approx(quantile(above, freedom), rel=1e-4)


@pytest.mark.parametrize(("count", "figures"), [(8, 1), (8, 5), (4, 1), (49, 2)])
def test_few_nodes_by_mean_and_deviation(count: int, figures: int):
    logs = steps(count, 0.05)
    found = spread_of([100 * math.exp(log) for log in logs], figures=figures)
    deviation, looks = statistics.stdev(logs), 1.5 * count * figures
    widened = deviation * math.sqrt(1 + 1 / count)
    held(
        found, 100.0, deviation, quantile(0.02 / looks, count - 1) * widened, quantile(0.05, count - 1) * widened
    )  # fmt: skip
    assert (found.slow, found.two_kinds) == ({}, False)


@pytest.mark.parametrize(("count", "figures"), [(50, 1), (81, 3)])
def test_many_nodes_by_median_and_median_deviation(count: int, figures: int):
    logs = steps(count, 0.05)
    found = spread_of([100 * math.exp(log) for log in logs], figures=figures)
    deviation = 1.4826 * count / (count - 0.8) * statistics.median(abs(log) for log in logs)
    freedom, widened = 0.37 * (count - 1), deviation * math.sqrt(1 + math.pi / (2 * count))
    limit = quantile(0.02 / (count * figures), freedom) * widened
    held(found, 100.0, deviation, limit, quantile(0.05, freedom) * widened)


def test_odd_ones_of_few_are_left_out_whichever_way_they_lie():
    """Of twelve up to four are taken away; eight lie close together."""
    logs = steps(8, 0.02)
    for odd in ([-0.5], [0.5], [-0.5, 0.6], [-0.5, -0.6, 0.4, 0.7]):
        found = spread_of([100 * math.exp(log) for log in [*logs, *odd]])
        deviation, looks = statistics.stdev(logs), 1.5 * (8 + len(odd))
        limit = quantile(0.02 / looks, 7) * deviation * math.sqrt(1 + 1 / 8)
        held(
            found,
            100.0,
            deviation,
            max(limit, -math.log(0.95)),
            quantile(0.05, 7) * deviation * math.sqrt(1 + 1 / 8),
        )
        lost = {f"n{8 + number}": 1 - math.exp(log) for number, log in enumerate(odd) if log < 0}
        assert found.slow == pytest.approx(lost)


def test_no_more_than_a_third_is_left_out():
    logs = [*steps(6, 0.001), -0.5, 0.5, -0.9, 0.9]
    found = spread_of([math.exp(log) for log in logs])
    assert found.deviation > 0.1, "three of ten may be odd, not four"


def test_what_is_odd_lies_beyond_chance_on_either_side():
    """A ninth node is left out from where a further one lies only by a chance of two in a hundred over eighteen looks."""
    logs = steps(8, 0.02)
    edge = quantile(0.02 / 18, 7) * statistics.stdev(logs) * math.sqrt(1 + 1 / 8)
    for factor, count in ((1.002, 8), (0.998, 9)):
        found = spread_of([math.exp(log) for log in [*logs, factor * edge]])
        kept = logs if count == 8 else [*logs, factor * edge]
        assert found.deviation == pytest.approx(statistics.stdev(kept), rel=1e-9)


@pytest.mark.parametrize(("value", "slow"), [(0.9501, False), (0.9499, True), (1.06, False)])
def test_less_than_a_twentieth_does_not_matter(value: float, slow: bool):
    found = spread_of([100.0] * 20 + [100.0 * value])
    assert (found.limit, found.found_from) == (pytest.approx(0.05), pytest.approx(0.05))
    assert found.slow == ({"n20": pytest.approx(1 - value)} if slow else {})


def test_times_are_better_when_they_are_short():
    logs = steps(8, 0.02)
    found = spread_of([1e-7 * math.exp(log) for log in [*logs, 0.5]], Better.LOWER)
    assert found.centre == pytest.approx(1e-7)
    assert found.slow == {"n8": pytest.approx(1 - math.exp(-0.5))}


def test_four_nodes_with_a_value_above_nothing_are_needed():
    assert compare({"a": 1.0, "b": 1.0, "c": 1.0}, Better.HIGHER, figures=1) is None
    assert compare({"a": 1.0, "b": 1.0, "c": 1.0, "d": 0.0, "e": -1.0}, Better.HIGHER, figures=1) is None
    assert spread_of([1.0, 1.0, 1.0, 1.0, 0.0]).centre == 1.0
    assert spread_of([0.5] * 4).centre == 0.5


def clusters(below: int, above: int, width: float, apart: float) -> list[float]:
    """Return two clusters: each half at `width` below, half above its middle, the middles `apart`."""
    ends = [(-width if number % 2 else width) for number in range(max(below, above))]
    return [math.exp(end) for end in ends[:below]] + [math.exp(apart + end) for end in ends[:above]]


@pytest.mark.parametrize(
    ("half", "factor"), [(6, 195 * 12**-1.35), (20, 195 * 40**-1.35), (24, 1.2), (40, 1.2)]
)
def test_two_kinds_lie_further_apart_than_chance_makes_a_gap(half: int, factor: float):
    """Half of each cluster at 1 % either way: the scatter inside is the root of 2 n 0.01^2 / (2 n - 2)."""
    factor = max(factor, 195 * (2 * half) ** -1.35)
    inside = math.sqrt(2 * half * 0.05**2 / (2 * half - 2))
    for share, two in ((1.002, True), (0.998, False)):
        gap = factor * inside * share
        if gap <= 0.1:  # inside a cluster its halves lie further apart
            continue
        found = spread_of(clusters(half, half, 0.05, gap + 0.1))
        assert found.two_kinds is two


def test_the_clusters_of_many_need_a_gap_of_more_than_the_scatter():
    """Of sixty nodes in two even clusters: 1.2 times the scatter inside, here of a third of the range of each."""
    for share, two in ((1.02, True), (0.98, False)):
        logs = steps(30, 0.05)
        inside = math.sqrt(2 * sum(log * log for log in logs) / 58)
        above = [log + 0.1 + 1.2 * inside * share for log in logs]
        found = spread_of([math.exp(log) for log in [*logs, *above]])
        assert found.two_kinds is two


@pytest.mark.parametrize(("apart", "two"), [(0.0512, False), (0.0514, True)])
def test_two_kinds_differ_by_what_matters(apart: float, two: bool):
    found = spread_of([100 * value for value in clusters(6, 6, 1e-5, apart)])
    assert found.two_kinds is two


def test_the_widest_gap_is_that_between_two_neighbours():
    found = spread_of([math.exp(log) for log in [0.0] * 6 + [0.5] + [0.51] * 5])
    assert found.two_kinds
    assert len(found.slow) == 6


@pytest.mark.parametrize(
    ("below", "above", "two"),
    [
        (3, 3, True), (2, 4, False), (3, 2, False), (4, 2, False), (8, 4, True), (9, 3, False), (3, 37, False), (4, 36, True), (4, 37, False), (5, 36, True),
        (26, 13, True), (27, 13, False), (10, 5, True), (11, 5, False),
    ],
)  # fmt: skip
def test_each_kind_has_three_and_a_tenth_and_the_faster_one_a_third(below: int, above: int, two: bool):
    found = spread_of(clusters(below, above, 1e-4, 0.5))
    assert found.two_kinds is two
    if two:
        assert found.centre == pytest.approx(math.exp(0.5), rel=1e-3)
        assert set(found.slow) == {f"n{number}" for number in range(below)}
