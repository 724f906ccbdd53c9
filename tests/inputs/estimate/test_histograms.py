"""Percentiles of buckets, bins and stated percentiles, by interpolation done by hand and published ranks of binomial intervals."""

from __future__ import annotations

import math

import pytest

from poc_gate.inputs.estimate.histograms import bucket_percentile
from poc_gate.inputs.estimate.known_spread import Known, Spread, merged

BOUNDS, COUNTS = (0.1, 0.2, 0.5, math.inf), (10.0, 50.0, 90.0, 100.0)
STATED = "order statistics, ends at stated percentiles"


@pytest.mark.parametrize(
    ("share", "value", "low", "high"),
    [
        (0.05, 0.05, 0.0, 0.2),
        (0.10, 0.1, 0.0, 0.2),
        (0.25, 0.1375, 0.1, 0.2),
        (0.50, 0.2, 0.1, 0.5),
        (0.70, 0.35, 0.2, 0.5),
        (0.90, 0.5, 0.2, None),
    ],
)
def test_a_bucket_is_cut_where_the_rank_falls(
    share: float, value: float, low: float | None, high: float | None
) -> None:
    """As `histogram_quantile` of Prometheus does; of 100 values the 40th and the 61st enclose the median with 95 %."""
    found = bucket_percentile(BOUNDS, COUNTS, share)
    assert found is not None
    assert (found.value, found.low, found.high) == (pytest.approx(value), low, high)
    assert (found.count, found.interval) == (100, "order statistics, ends of buckets")


def test_a_lowest_bucket_below_zero_begins_at_its_bound() -> None:
    assert bucket_percentile((-1.0, 1.0, math.inf), (50.0, 100.0, 100.0), 0.25) == Known(
        -1.0, -1.0, -1.0, 100, "order statistics, ends of buckets"
    )
    second = bucket_percentile((-1.0, 1.0, math.inf), (50.0, 100.0, 100.0), 0.75)
    assert second is not None
    assert (second.value, second.low, second.high) == (0.0, -1.0, 1.0)


def test_a_single_value_has_no_interval() -> None:
    """Half of its bucket for the median; a part of a value is none."""
    assert bucket_percentile((1.0, math.inf), (1.0, 1.0), 0.5) == Known(
        0.5, None, None, 1, "order statistics, ends of buckets"
    )
    assert bucket_percentile((1.0, math.inf), (0.9, 0.9), 0.5) is None


def test_a_bucket_of_nothing_is_passed_over() -> None:
    found = bucket_percentile((1.0, 2.0, 3.0, math.inf), (10.0, 10.0, 20.0, 20.0), 0.75)
    assert found is not None
    assert found.value == pytest.approx(2.5)


@pytest.mark.parametrize(
    ("bounds", "counts", "share"),
    [
        ((), (), 0.5),
        (BOUNDS, (0.0, 0.0, 0.0, 0.0), 0.5),
        (BOUNDS, COUNTS, 0.95),
        (BOUNDS, (10.0, 9.0, 90.0, 100.0), 0.5),
        (BOUNDS[:3], COUNTS[:3], 0.5),
        (BOUNDS[:3], COUNTS, 0.5),
        ((0.1, 0.2, 0.5, 1.0), COUNTS, 0.5),
    ],
)
def test_what_shows_no_percentile(bounds: tuple[float, ...], counts: tuple[float, ...], share: float) -> None:
    assert bucket_percentile(bounds, counts, share) is None


TWENTY = [float(value) for value in range(20, 0, -1)]


@pytest.mark.parametrize(
    "spread",
    [
        Spread(TWENTY),
        Spread(TWENTY, in_order=True),
        Spread(bins=tuple((value, 1) for value in sorted(TWENTY))),
    ],
    ids=["samples", "in order", "bins"],
)
def test_the_sixth_and_the_fifteenth_of_twenty_enclose_the_median(spread: Spread) -> None:
    """The exact binomial interval of a median, n = 20: 95.86 %, as in tables of order statistics."""
    found = spread.at(0.5)
    assert found is not None
    assert (found.value, found.count) == (10.0, 20)
    assert found.interval == "order statistics over bins" if spread.bins else "order statistics"
    if spread.in_order:
        assert (found.low, found.high) == (None, None), "times that fall steadily are hardly more than one"
    else:
        assert (found.low, found.high) == (6.0, 15.0)
    assert spread.total == 20
    assert spread.average() == pytest.approx(10.5)


def test_few_values_have_no_ends() -> None:
    for spread in (Spread([3.0, 1.0, 2.0]), Spread(bins=((1.0, 1), (2.0, 1), (3.0, 1)))):
        found = spread.at(0.5)
        assert found is not None
        assert (found.value, found.low, found.high, found.count) == (2.0, None, None, 3)


def test_bins_hold_as_many_as_they_count() -> None:
    """Of 100 values 40, 50 and 10: the median's interval is the 40th to the 61st, one in each of two bins."""
    spread = Spread(bins=((1.0, 40), (2.0, 50), (9.0, 10)))
    assert spread.at(0.5) == Known(2.0, 1.0, 2.0, 100, "order statistics over bins")
    assert spread.at(0.4) == Known(1.0, 1.0, 2.0, 100, "order statistics over bins")
    assert spread.at(0.91) == Known(9.0, 2.0, 9.0, 100, "order statistics over bins")
    assert (spread.total, spread.average()) == (100, pytest.approx(2.3))
    assert Spread(bins=((1.0, 40),), mean=1.5).average() == 1.5
    assert Spread(bins=((3.0, 1),)).average() == 3.0
    assert Spread(bins=((1.0, 0),)).at(0.5) is None
    assert Spread(bins=((1.0, 0),)).average() == 0.0
    assert Spread(bins=((1.0, 1), (2.0, 1))).at(0.001) == Known(
        1.0, None, 1.0, 2, "order statistics over bins"
    )


@pytest.mark.parametrize(
    ("stated", "count", "known"),
    [
        ({0.5: 2.0, 0.25: 1.0, 0.75: 3.0}, 100, Known(2.0, 1.0, 3.0, 100, STATED)),
        ({0.5: 2.0, 0.39: 1.5, 0.25: 1.0, 0.61: 2.5, 0.75: 3.0}, 100, Known(2.0, 1.5, 2.5, 100, STATED)),
        ({0.5: 2.0, 0.4: 1.5, 0.6: 2.5}, 100, Known(2.0, None, None, 100, STATED)),
        ({0.5: 2.0, 0.0: 0.1, 1.0: 9.0}, 100, Known(2.0, 0.1, 9.0, 100, STATED)),
        ({0.5: 2.0, 0.0: 0.1, 1.0: 9.0}, 3, Known(2.0, None, None, 3, STATED)),
        ({0.5: 2.0, 0.0: 0.1}, None, Known(2.0, None, None, None, "")),
        ({0.5: 2.0, 0.0: 0.1}, 0, Known(2.0, None, None, 0, "")),
        ({0.9: 2.0}, 100, None),
    ],
)
def test_ends_are_the_stated_values_beyond_the_ranks(
    stated: dict[float, float], count: int | None, known: Known | None
) -> None:
    """Of 100 values the 40th and the 61st: at most 39 % lie below the one, 61 % do not lie above the other."""
    assert Spread(stated=stated, count=count).at(0.5) == known


def test_what_is_known_decides_what_a_spread_is() -> None:
    assert not Spread()
    assert not Spread(count=5)
    for held in (Spread([1.0]), Spread(bins=((1.0, 1),)), Spread(stated={0.5: 1.0}), Spread(mean=0.0)):
        assert held
    assert (Spread(stated={0.5: 1.0}, count=7).total, Spread().total, Spread(mean=2.0).average()) == (
        7,
        None,
        2.0,
    )


def test_another_unit_scales_everything_but_counts() -> None:
    spread = Spread([1.0, 2.0], in_order=True, bins=((3.0, 4),), stated={0.5: 5.0}, count=6, mean=7.0)
    assert spread.scaled(0.5) == Spread(
        [0.5, 1.0], in_order=True, bins=((1.5, 4),), stated={0.5: 2.5}, count=6, mean=3.5
    )
    assert Spread([1.0]).scaled(2.0).mean is None


def test_spreads_are_merged_value_by_value() -> None:
    ones, bins = Spread([1.0, 3.0]), Spread(bins=((1.0, 2), (2.0, 1)))
    assert merged([ones, Spread([2.0])]) == Spread([1.0, 3.0, 2.0])
    assert merged([bins, Spread(bins=((2.0, 4),))]) == Spread(bins=((1.0, 2), (2.0, 5)))
    assert merged([ones, Spread(), bins]) == Spread(bins=((1.0, 3), (2.0, 1), (3.0, 1)))
    assert merged([ones, Spread(stated={0.5: 1.0})]) == Spread()
    assert not merged([])
