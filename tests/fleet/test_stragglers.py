"""Simulated fleets with known truth: how often a sound node is called slow, and how often a slow one is found."""

from __future__ import annotations

import math
import random

import pytest

from poc_gate.many.fleet.comparing.orientation import Better
from poc_gate.many.fleet.comparing.stragglers import FLOOR, compare
from poc_gate.many.fleet.comparing.student import student_quantile


def simulated(
    rng: random.Random, count: int, variation: float, slow: int, loss: float = 0.1
) -> dict[str, float]:
    values = {f"n{n}": 100 * math.exp(rng.gauss(0, variation)) for n in range(count)}
    return {node: value * ((1 - loss) if n < slow else 1) for n, (node, value) in enumerate(values.items())}


@pytest.mark.parametrize(
    ("above", "freedom", "value"),
    # NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, critical values of Student's t
    [(0.10, 1, 3.078), (0.025, 10, 2.228), (0.01, 5, 3.365), (0.005, 2, 9.925), (0.001, 30, 3.385), (0.05, 100, 1.660)],
)  # fmt: skip
def test_quantiles_of_student_are_those_of_the_tables(above: float, freedom: float, value: float):
    assert student_quantile(above, freedom) == pytest.approx(value, abs=6e-4)


@pytest.mark.parametrize("count", [64, 300])
def test_a_tenth_less_is_found_and_clean_fleets_are_left_alone(count: int):
    """The bar: of 200 fleets at 1 % variation >= 98 % of the slow nodes found, <= 3 % of clean fleets flagged."""
    rng = random.Random(count)
    found = total = flagged = 0
    for _ in range(200):
        spread = compare(simulated(rng, count, 0.01, 3), Better.HIGHER, figures=1)
        assert spread is not None
        found, total = found + len(set(spread.slow) & {"n0", "n1", "n2"}), total + 3
        clean = compare(simulated(rng, count, 0.01, 0), Better.HIGHER, figures=1)
        assert clean is not None
        flagged += bool(clean.slow)
    assert found / total >= 0.98
    assert flagged / 200 <= 0.03


def test_many_figures_and_few_nodes_bring_no_more_false_alarms():
    """2 % of clean fleets are meant to be flagged, whatever their size, scatter and number of figures."""
    rng = random.Random(12)
    figures, flagged, fleets = 10, 0, 0
    for count, variation in [(4, 0.03), (6, 0.03), (8, 0.03), (8, 0.01), (16, 0.03), (32, 0.03), (64, 0.03)]:
        for _ in range(50):
            spreads = [
                compare(simulated(rng, count, variation, 0), Better.HIGHER, figures=figures)
                for _ in range(figures)
            ]
            flagged, fleets = flagged + any(spread.slow for spread in spreads if spread), fleets + 1
    assert flagged / fleets <= 0.04  # 350 fleets tell 2 % to within 1.5 %


def test_the_loss_that_is_said_to_be_found_is_found():
    """Of a further node that is worse by just that, beside the same peers, nineteen of twenty."""
    rng = random.Random(9)
    for count, variation in ((8, 0.02), (12, 0.02), (64, 0.02), (64, 0.01)):
        found = 0
        for _ in range(200):
            peers = simulated(rng, count, variation, 0)
            said = compare(peers, Better.HIGHER, figures=1)
            assert said is not None
            slow = said.centre * (1 - said.found_from) * math.exp(rng.gauss(0, variation))
            spread = compare(peers | {"further": slow}, Better.HIGHER, figures=1)
            assert spread is not None
            found += "further" in spread.slow
        assert found / 200 >= 0.91, (count, variation)


def test_almost_half_the_nodes_slow_is_seen():
    rng = random.Random(3)
    for count in (32, 64, 300):
        spread = compare(simulated(rng, count, 0.01, int(0.45 * count)), Better.HIGHER, figures=1)
        assert spread is not None
        assert spread.two_kinds
        assert set(spread.slow) == {f"n{n}" for n in range(int(0.45 * count))}


def test_equal_values_flag_nobody_below_the_floor():
    values = dict.fromkeys([f"n{n}" for n in range(63)], 100.0)
    for share in (0.999, 1 - FLOOR + 0.001):
        spread = compare(values | {"odd": 100.0 * share}, Better.HIGHER, figures=1)
        assert spread is not None
        assert spread.slow == {}
        assert spread.deviation == 0
    spread = compare(values | {"odd": 94.0}, Better.HIGHER, figures=1)
    assert spread is not None
    assert spread.slow == {"odd": pytest.approx(0.06)}


def test_a_time_is_better_when_it_is_short_and_a_fast_node_is_no_fault():
    values = dict.fromkeys([f"n{n}" for n in range(10)], 1e-7)
    spread = compare(values | {"odd": 2e-7, "fast": 0.5e-7}, Better.LOWER, figures=1)
    assert spread is not None
    assert set(spread.slow) == {"odd"}
    assert spread.slow["odd"] == pytest.approx(0.5)


def test_three_nodes_cannot_be_compared():
    assert compare({"a": 1.0, "b": 1.0, "c": 0.1}, Better.HIGHER, figures=1) is None
    assert compare(dict.fromkeys("abcde", 1.0), Better.NEITHER, figures=1) is None
