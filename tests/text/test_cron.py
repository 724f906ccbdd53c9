"""Cron expressions: the longest gap between two runs, checked against a day counted minute by minute."""

from __future__ import annotations

import random

import pytest

from poc_gate.text.quantities.cron import cron_gap
from poc_gate.text.quantities.durations import interval_of

HOUR = 3600.0


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("0 */6 * * *", 6), ("*/15 * * * *", 0.25), ("0 0 * * *", 24), ("30 2 * * 1-5", 72), ("0 9,17 * * *", 16),
        ("@hourly", 1), ("@weekly", 168), ("0 0 1 * *", 31 * 24), ("0 0 * * MON", 168), ("0 0 12 * * ?", 24),
        ("0 0/30 * * * ?", 0.5), ("0 0 0 ? * 2-6", 72), ("0 0 1,15 * 3", 168), ("0 8-18 * * *", 14), ("0 0 29 2 *", 1461 * 24),
    ],
)  # fmt: skip
def test_the_longest_gap(text: str, hours: float) -> None:
    assert cron_gap(text) == hours * HOUR


@pytest.mark.parametrize(
    "text",
    [
        "",
        "daily",
        "0 25 * * *",
        "0 0 L * *",
        "0 0 30 2 *",
        "* * * *",
        "0 0 * * 1#2",
        "60 * * * *",
        "0 0 * * *; rm",
        "*/0 * * * *",
    ],
)
def test_what_is_no_schedule_has_no_gap(text: str) -> None:
    assert cron_gap(text) is None


def test_gaps_of_a_day_equal_those_counted_minute_by_minute() -> None:
    draw = random.Random(7)
    for _ in range(200):
        minutes = sorted(draw.sample(range(60), draw.randint(1, 5)))
        hours = sorted(draw.sample(range(24), draw.randint(1, 6)))
        runs = [hour * 60 + minute for hour in hours for minute in minutes]
        gaps = [later - earlier for earlier, later in zip(runs, [*runs[1:], runs[0] + 1440], strict=True)]
        text = f"{','.join(map(str, minutes))} {','.join(map(str, hours))} * * *"
        assert cron_gap(text) == max(gaps) * 60.0


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("every 6 hours", 6), ("twice a day", 12), ("4 times per day", 6), ("4 per day", 6), ("24/day", 1), ("once a week", 168),
        ("each night", None), ("every weekday", 72), ("Mon-Fri", 72), ("daily at 06:00 UTC", 24), ("every 3 m", None), ("on demand", None),
    ],
)  # fmt: skip
def test_intervals_in_words(text: str, hours: float | None) -> None:
    assert interval_of(text) == (None if hours is None else hours * HOUR)
