"""Intervals of shares, means and rates hold what they should, and agree with closed forms."""

from __future__ import annotations

import math

import numpy as np
import pytest

from poc_gate.inputs.estimate.percentiles import interval_ranks
from poc_gate.inputs.estimate.shares import mean_interval, rate_interval, share_interval, student

RANDOM = np.random.default_rng(11)


def test_the_score_interval_is_the_published_one():
    # Agresti and Coull (1998): 0 of 20 gives an upper end of 0.161; 15 of 20: 0.531 to 0.888.
    assert share_interval(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert share_interval(15, 20) == pytest.approx((0.5313, 0.8881), abs=5e-5)
    assert share_interval(20, 20)[1] == 1.0


@pytest.mark.parametrize(("hits", "tried"), [(0, 0), (-1, 5), (6, 5)])
def test_what_is_no_share_is_refused(hits, tried):
    with pytest.raises(ValueError, match="is not a share"):
        share_interval(hits, tried)


def test_shares_are_covered_in_95_of_100_runs():
    for share in (0.01, 0.05, 0.5):
        held = [low <= share <= high for low, high in (share_interval(int(h), 400) for h in RANDOM.binomial(400, share, 3000))]  # fmt: skip
        assert 0.93 <= np.mean(held) <= 0.98


def test_students_points_are_those_of_the_tables():
    table = {1: 12.706, 2: 4.303, 4: 2.776, 9: 2.262, 30: 2.042, 1000: 1.962}
    for freedom, point in table.items():
        assert student(freedom) == pytest.approx(point, rel=3e-3)


def test_a_mean_of_one_value_has_no_width_that_is_known():
    mean, low, high = mean_interval([4.0])
    assert (mean, low, high) == (4.0, -math.inf, math.inf)
    mean, low, high = mean_interval([1.0, 2.0, 3.0, 4.0, 5.0])
    assert (mean, low, high) == pytest.approx((3.0, 1.037, 4.963), abs=0.01)


def test_bursts_widen_the_interval_of_a_rate():
    steady, bursty = [100] * 60, [0, 0, 0, 400] * 15
    rate, low, high = rate_interval(steady, 60.0)
    burst, burst_low, burst_high = rate_interval(bursty, 60.0)
    assert rate == burst == pytest.approx(100 / 60)
    assert burst_high - burst_low > 5 * (high - low)
    assert rate_interval([0, 0], 1.0)[2] > 0


def test_ranks_of_a_million_samples_are_found_at_once():
    low, high = interval_ranks(1_000_000, 0.99)
    half = 1.96 * math.sqrt(1_000_000 * 0.99 * 0.01)
    assert (990_000 - low, high - 990_000) == pytest.approx((half, half), abs=2)
