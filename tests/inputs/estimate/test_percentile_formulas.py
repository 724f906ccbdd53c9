"""The formulas behind percentiles, each against published values, another library or a sum done by hand."""

from __future__ import annotations

import itertools
import math
import random

import numpy as np
import pytest

from poc_gate.inputs.estimate.percentiles import (
    Percentile,
    SampleVerdict,
    answer,
    interval_ranks,
    measure_percentile,
    nearest_rank,
    samples_needed,
    variance_inflation,
    widen_by_windows,
)
from poc_gate.inputs.estimate.shares import student


def _percentile(**changed: object) -> Percentile:
    return Percentile(
        **{"share": 0.95, "value": 1.0, "low": 0.9, "high": 1.1, "samples": 400, "inflation": 1.0} | changed
    )


@pytest.mark.parametrize(
    ("freedom", "published"),
    [
        (1, 12.706),
        (2, 4.303),
        (3, 3.182),
        (5, 2.571),
        (10, 2.228),
        (30, 2.042),
        (40, 2.021),
        (60, 2.000),
        (120, 1.980),
    ],
)
def test_student_s_t_is_that_of_the_published_table(freedom, published):
    """NIST/SEMATECH e-Handbook of Statistical Methods, section 1.3.6.7.2, the column 0.975."""
    assert student(freedom) == pytest.approx(published, abs=5.1e-4)


def test_student_s_t_falls_without_a_step_towards_the_normal():
    values = [student(freedom) for freedom in range(1, 2000)]
    assert all(earlier >= later for earlier, later in itertools.pairwise(values))
    assert values[-1] == pytest.approx(1.96, abs=2e-3)


def _inflation_by_numpy(exceeded: list[bool]) -> float:
    """1 + 2 x the autocorrelations (biased estimate, mean removed), in pairs until one is not positive."""
    x = np.array(exceeded, dtype=float) - np.mean(exceeded)
    count = len(x)
    total = 1.0
    for lag in range(1, min(200, count // 4), 2):
        pair = sum(float(x[: count - k] @ x[k:]) / float(x @ x) for k in (lag, lag + 1))
        if pair <= 0:
            break
        total += 2 * pair
    return min(total, float(count))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("count", "stay"), [(37, 0.5), (80, 0.8), (401, 0.9), (1000, 0.97), (2000, 0.995)])
def test_the_variance_inflation_agrees_with_numpy(seed, count, stay):
    draw = random.Random(seed)
    state, exceeded = False, []
    for _ in range(count):
        state = state if draw.random() < stay else draw.random() < 0.3
        exceeded.append(state)
    assert variance_inflation(exceeded) == pytest.approx(max(1.0, _inflation_by_numpy(exceeded)), rel=1e-9)


def test_an_alternating_series_is_not_taken_for_a_correlated_one():
    assert variance_inflation([True, False] * 100) == 1.0


def test_the_inflation_of_one_block_by_hand():
    """Twelve calls of which the middle four exceeded: lags 1 and 2 only (a quarter of the calls)."""
    exceeded = [False] * 4 + [True] * 4 + [False] * 4
    assert variance_inflation(exceeded) == pytest.approx(_inflation_by_numpy(exceeded), rel=1e-12)
    assert variance_inflation(exceeded) > 2


@pytest.mark.parametrize(
    ("count", "share", "inflation", "ranks"),
    [
        (1000, 0.5, 1.0, (469, 532)),
        (1000, 0.5, 4.0, (440, 564)),
        (2, 0.5, 1.0, (None, None)),
        (100, 0.5, 60.0, (None, None)),
        (1000, 0.95, 10.0, (900, 1000)),
    ],
)
def test_correlated_samples_count_as_fewer(count, share, inflation, ranks):
    assert interval_ranks(count, share, inflation) == ranks


def test_the_percentile_s_own_rows_carry_its_interval():
    draw = random.Random(4)
    samples = [draw.random() for _ in range(500)]
    found = measure_percentile(samples, 0.9)
    ordered = sorted(samples)
    low, high = interval_ranks(500, 0.9, found.inflation)
    assert low is not None
    assert high is not None
    assert (found.value, found.low, found.high) == (ordered[449], ordered[low - 1], ordered[high - 1])
    assert (found.samples, found.share) == (500, 0.9)


def test_the_inflation_counts_calls_above_the_value_only():
    """Half of the calls share the value: they do not exceed it, so nothing ever changes."""
    assert measure_percentile([1.0] * 50 + [0.5] * 50, 0.9).inflation == 1.0


def test_correlation_reaches_the_interval():
    samples = [float(number // 100 % 2) + number * 1e-6 for number in range(1000)]
    found = measure_percentile(samples, 0.5)
    assert found.inflation > 10
    assert (found.low, found.high) != tuple(sorted(samples)[rank - 1] for rank in (469, 532))


def test_rounding_does_not_move_a_rank():
    """0.29 x 100 is 28.999999999999996 in floating point, and 0.07 x 100 is 7.000000000000001: ranks 29 and 7."""
    ordered = [float(number) for number in range(1, 101)]
    assert nearest_rank(ordered, 0.29) == 29.0
    assert nearest_rank(ordered, 0.07) == 7.0
    with pytest.raises(ValueError, match="no samples have no percentile"):
        nearest_rank([], 0.5)


def test_the_windows_interval_by_hand():
    """Windows at e^0, e^1, e^2, e^3: mean 1.5, deviation sqrt(5/3), t(3) = 3.182."""
    windows = [[math.exp(power)] * 3 for power in range(4)]
    half = 3.182 * math.sqrt(5 / 3) / 2
    narrow = _percentile(low=4.0, high=5.0, value=4.5)
    wide = widen_by_windows(narrow, windows)
    assert (wide.low, wide.high) == (
        pytest.approx(math.exp(1.5 - half), rel=1e-3),
        pytest.approx(math.exp(1.5 + half), rel=1e-3),
    )
    assert (wide.share, wide.value, wide.samples, wide.inflation) == (0.95, 4.5, 400, 1.0)
    assert widen_by_windows(_percentile(low=1e-9, high=1e9), windows) == _percentile(low=1e-9, high=1e9)


@pytest.mark.parametrize(
    ("percentile", "windows"),
    [
        (_percentile(), [[0.5], [0.0], [0.5], [0.5]]),
        (_percentile(low=None), [[0.1], [1.0], [10.0], [100.0]]),
        (_percentile(high=None), [[0.1], [1.0], [10.0], [100.0]]),
        (_percentile(), [[0.1], [1.0], [10.0], []]),
    ],
    ids=["a time of zero", "no lower end", "no upper end", "an empty window"],
)
def test_windows_that_say_too_little_leave_the_interval(percentile, windows):
    assert widen_by_windows(percentile, windows) == percentile


def test_windows_below_one_second_count_too():
    wide = widen_by_windows(_percentile(low=0.02, high=0.03), [[0.01], [0.1], [0.01], [0.1]])
    assert wide.low is not None
    assert wide.low < 0.01


def test_an_objective_at_an_end_of_the_interval():
    assert answer(_percentile(), 1.1) is SampleVerdict.PASS
    assert answer(_percentile(), 0.9) is SampleVerdict.UNDETERMINED, (
        "the lower end itself meets the objective"
    )
    assert answer(_percentile(), 0.899) is SampleVerdict.FAIL


def test_how_many_samples_decide_by_hand():
    """96 % of 1,000 within the objective, p95: 2 x 1.96^2 x 0.0475 / 0.01^2 = 3,649.5 at an inflation of 2."""
    samples = [0.5] * 930 + [1.0] * 30 + [2.0] * 40
    assert samples_needed(samples, _percentile(samples=1000, inflation=2.0), 1.0) == 3650
    assert samples_needed(samples, _percentile(samples=1000, inflation=2.0)) == 144
    assert samples_needed([], _percentile(samples=0, inflation=2.0), 1.0) == 144


@pytest.mark.parametrize(("within", "decides"), [(953, False), (954, True), (947, False), (946, True)])
def test_an_objective_too_close_to_the_percentile_is_not_advised(within, decides):
    """Closer than a quarter of the interval's half width: 1.96 x sqrt(0.0475 / 1,000) / 4 = 0.00338."""
    samples = [0.5] * within + [2.0] * (1000 - within)
    assert (samples_needed(samples, _percentile(samples=1000), 1.0) is not None) is decides


def test_nobody_is_advised_to_take_ten_million_samples():
    samples = [0.5] * 954 + [2.0] * 46
    assert samples_needed(samples, _percentile(samples=1000, inflation=876.0), 1.0) == 9_990_194
    assert samples_needed(samples, _percentile(samples=1000, inflation=877.0), 1.0) is None
