"""Percentiles and their intervals against tabulated ranks, simulation, and their own definition."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poc_gate.inputs.estimate.percentiles import (
    SampleVerdict,
    answer,
    interval_ranks,
    measure_percentile,
    nearest_rank,
    samples_needed,
    smallest_sample,
    variance_inflation,
    widen_by_windows,
)


@pytest.mark.parametrize(
    ("count", "share", "ranks"),
    [
        (1000, 0.99, (983, 997)),
        (368, 0.99, (360, 368)),
        (367, 0.99, (359, None)),
        (72, 0.95, (64, 72)),
        (100, 0.5, (40, 61)),
    ],
)
def test_ranks_are_those_of_the_binomial_table(count, share, ranks):
    assert interval_ranks(count, share) == ranks


def test_the_smallest_samples_are_the_published_ones():
    assert [smallest_sample(share) for share in (0.95, 0.99, 0.999)] == [72, 368, 3688]


@given(st.lists(st.floats(1e-6, 1e3), min_size=1, max_size=60), st.floats(0.01, 0.999))
@settings(max_examples=60)
def test_a_nearest_rank_is_the_smallest_value_that_covers_the_share(values, share):
    found = nearest_rank(sorted(values), share)
    covered = sum(value <= found for value in values) / len(values)
    below = sum(value < found for value in values) / len(values)
    assert found in values
    assert covered >= share - 1e-6
    assert below < share + 1e-6


@given(st.lists(st.floats(1e-6, 1e3), min_size=1, max_size=400), st.sampled_from([0.5, 0.95, 0.99]))
@settings(max_examples=40)
def test_the_value_lies_in_its_interval(values, share):
    found = measure_percentile(values, share)
    assert found.low is None or found.low <= found.value
    assert found.high is None or found.value <= found.high
    if share == 0.99 and len(values) < 368:
        assert found.high is None


def test_intervals_cover_the_true_value_as_often_as_they_say():
    draw = random.Random(11)
    hits = 0
    for _ in range(100):
        found = measure_percentile([draw.random() for _ in range(600)], 0.95)
        assert found.low is not None
        assert found.high is not None
        hits += found.low <= 0.95 <= found.high
    assert hits >= 90


def _correlated(draw: random.Random, count: int, memory: float) -> list[float]:
    value, found = 0.0, []
    for _ in range(count):
        value = memory * value + draw.gauss(0, math.sqrt(1 - memory * memory))
        found.append(math.exp(value))
    return found


def test_correlation_widens_the_interval():
    draw = random.Random(5)
    alone, together = _correlated(draw, 2000, 0.0), _correlated(draw, 2000, 0.9)
    assert measure_percentile(alone, 0.95).inflation < 1.5
    assert measure_percentile(together, 0.95).inflation > 2.5


@pytest.mark.parametrize("exceeded", [[], [True], [False] * 50, [True] * 50])
def test_what_never_changes_is_not_correlated(exceeded):
    assert variance_inflation(exceeded) == 1.0


def test_answers_need_the_whole_interval_on_one_side():
    draw = random.Random(2)
    found = measure_percentile([draw.lognormvariate(0, 0.5) for _ in range(1000)], 0.99)
    assert found.low is not None
    assert found.high is not None
    assert answer(found, found.high) is SampleVerdict.PASS
    assert answer(found, found.low * 0.999) is SampleVerdict.FAIL
    assert answer(found, found.value) is SampleVerdict.UNDETERMINED


def test_a_sample_too_small_fails_but_never_passes():
    found = measure_percentile([float(number) for number in range(100)], 0.99)
    assert found.high is None
    assert answer(found, 1e9) is SampleVerdict.UNDETERMINED
    assert answer(found, 1.0) is SampleVerdict.FAIL


def test_how_many_more_decide():
    draw = random.Random(9)
    samples = [draw.random() for _ in range(400)]
    found = measure_percentile(samples, 0.95)
    near, far = samples_needed(samples, found, 0.97), samples_needed(samples, found, 0.999)
    assert near is not None
    assert far is not None
    assert near > far >= 72
    assert samples_needed(samples, found, found.value) is None
    assert samples_needed(samples, found) == math.ceil(72 * found.inflation)


def test_windows_that_differ_widen_the_interval():
    draw = random.Random(3)
    windows = [[draw.lognormvariate(shift, 0.3) for _ in range(500)] for shift in (0.0, 0.4, -0.3, 0.2)]
    pooled = measure_percentile([value for window in windows for value in window], 0.95)
    wide = widen_by_windows(pooled, windows)
    assert wide.low is not None
    assert pooled.low is not None
    assert wide.high is not None
    assert pooled.high is not None
    assert wide.low < pooled.low
    assert wide.high >= pooled.high
    assert widen_by_windows(pooled, windows[:3]) == pooled, "three windows say too little"
