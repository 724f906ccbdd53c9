"""Ranks of a percentile of millions of samples: at once, and as the exact sum has them."""

from __future__ import annotations

import time

import pytest

from poc_gate.inputs.estimate import percentiles
from poc_gate.inputs.estimate.percentiles import interval_ranks


@pytest.mark.parametrize("share", [0.5, 0.9, 0.99, 0.999])
def test_the_normal_limit_meets_the_exact_sum(share: float, monkeypatch: pytest.MonkeyPatch) -> None:
    exact = interval_ranks(900_000, share)
    monkeypatch.setattr(percentiles, "_COUNTED", 1_000)
    percentiles._ranks.cache_clear()
    near = interval_ranks(900_000, share)
    percentiles._ranks.cache_clear()
    for one, other in zip(exact, near, strict=True):
        assert one is not None
        assert other is not None
        assert abs(one - other) <= 4


@pytest.mark.parametrize("count", [10**7, 10**15, 10**18])
def test_a_count_that_a_file_makes_up_ends_at_once(count: int) -> None:
    began = time.process_time()
    low, high = interval_ranks(count, 0.99)
    assert time.process_time() - began < 0.5
    assert low is not None
    assert high is not None
    assert 1 <= low <= 0.99 * count <= high <= count
