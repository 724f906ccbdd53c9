"""A change of level by hand: which values are compared, how wide the test is, which change is told once."""

from __future__ import annotations

import math

import pytest

from poc_gate.many.history.detect_shift import detect, shift_of, smallest_change
from poc_gate.model.many.run_history import Point, Shift


def level(value: float, count: int) -> list[float]:
    return [value] * count


@pytest.mark.parametrize(("window", "told"), [(7, False), (8, True), (26, True)])
def test_eight_values_before_the_last_four_are_needed(window: int, told: bool):
    values = level(100.0, window) + level(110.0, 4)
    assert detect(values) == ((100.0, 110.0) if told else None)
    assert smallest_change(values) == (0.05 if told else None)


@pytest.mark.parametrize(
    ("now", "told"), [(105.0, True), (104.9, False), (95.0, True), (95.1, False), (100.0, False)]
)
def test_less_than_a_twentieth_is_not_told(now: float, told: bool):
    assert detect(level(100.0, 10) + level(now, 4)) == ((100.0, now) if told else None)


def test_the_last_four_are_held_against_the_twenty_six_before_them():
    assert detect([*level(900.0, 9), *level(100.0, 26), 104.0, 106.0, 108.0, 110.0]) == (100.0, 107.0)
    early = detect([900.0, *level(100.0, 25), *level(110.0, 4)])
    assert early is None, "one of the twenty-six is far off"


def test_a_level_below_nothing_counts_by_its_size_and_one_of_nothing_not_at_all():
    assert detect(level(-100.0, 10) + level(-110.0, 4)) == (-100.0, -110.0)
    assert detect(level(0.0, 10) + level(1.0, 4)) is None
    assert smallest_change(level(0.0, 10) + level(1.0, 4)) is None
    assert smallest_change([-108.0, -92.0] * 5 + level(0.0, 4)) == pytest.approx(
        3 * 0.08 * math.sqrt(10 / 9) * math.sqrt(1 / 4 + 1 / 10)
    )


@pytest.mark.parametrize(
    ("signs", "correlation"),
    [
        ("+-+-+-+-", 0.0), ("++--++--", 1 / 8 + (1 + 3 / 8) / 8), ("++++----", 0.9), ("+-" * 13, 0.0), ("+" * 13 + "-" * 13, 0.9),
        ("++---++---", 256 / 960 + (1 + 3 * 256 / 960) / 10),
    ],
)  # fmt: skip
def test_the_spread_is_widened_where_neighbours_hang_together(signs: str, correlation: float):
    """Values a tenth above and below 100; neighbours alike in all but a few places correlate, up to 0.9."""
    count = len(signs)
    window = [110.0 if sign == "+" else 90.0 for sign in signs]
    mean = sum(window) / count
    total = sum((value - mean) ** 2 for value in window)
    spread = math.sqrt(total / (count - 1)) / mean
    wide = 3 * spread * math.sqrt((1 + correlation) / (1 - correlation)) * math.sqrt(1 / 4 + 1 / count)
    assert smallest_change(window + level(mean, 4)) == pytest.approx(wide)
    for share, told in ((1.001, True), (0.999, False)):
        now = mean * (1 + wide * share)
        assert (detect(window + level(now, 4)) is not None) is told


def points(*values: float, ruler: str = "a", first: int = 1) -> list[Point]:
    return [
        Point(day=f"2026-01-{first + number:02}", value=value, ruler=ruler)
        for number, value in enumerate(values)
    ]


def test_only_values_of_the_last_ruler_are_compared_and_a_change_is_told_once():
    series = points(*level(100.0, 8), *level(110.0, 4))
    change = Shift("2026-01-12", 100.0, 110.0)
    assert shift_of(series) == change
    assert shift_of(points(*level(100.0, 8)) + points(*level(110.0, 4), ruler="b", first=9)) is None
    assert (
        shift_of(points(*level(5.0, 3), ruler="b") + points(*level(100.0, 8), *level(110.0, 4), first=4))
        is not None
    )
    assert shift_of(series + points(110.0, ruler="b", first=13)) is None
    assert shift_of([]) is None
    assert shift_of(series, told="2026-01-08") == change
    for told in ("2026-01-09", "2026-01-12", "2026-02-01"):
        assert shift_of(series, told=told) is None
