"""The detector of level changes: few false alarms where values hang together, steps found, two-sided, silent with reason."""

from __future__ import annotations

import importlib.util
import random
from pathlib import Path

import pytest

from poc_gate.many.history.detect_shift import FLOOR, detect, shift_of, smallest_change
from poc_gate.many.history.watch import FALSE_A_YEAR, is_better, one_a_day, watched
from poc_gate.model.many.run_history import Point

ROOT = Path(__file__).resolve().parents[2]
spec = importlib.util.spec_from_file_location("false_alarms", ROOT / "benchmarks" / "false_alarms.py")
false_alarms = importlib.util.module_from_spec(spec)
spec.loader.exec_module(false_alarms)


@pytest.mark.parametrize(
    ("noise", "most_false", "least_found"),
    [("independent", 0.1, 0.9), ("correlated", 0.5, 0.3), ("bistable", 0.5, 0.5)],
)
def test_false_alarms_and_hits_are_those_that_are_told(noise, most_false, least_found):
    row = false_alarms.measured(getattr(false_alarms, noise), 250)
    assert row["false"] <= most_false
    assert row["found"] >= least_found
    if noise == "independent":
        assert row["delay"] <= 3
    if noise == "correlated":
        assert 0.4 <= (row["up"] + 0.02) / (row["down"] + 0.02) <= 2.5


def test_the_rate_that_is_told_to_people_is_the_measured_one():
    row = false_alarms.measured(false_alarms.independent, 600, seed=5)
    assert abs(row["false"] - FALSE_A_YEAR) <= 0.03


def test_a_series_without_spread_needs_the_floor():
    assert detect([100.0] * 20 + [104.0] * 4) is None
    assert detect([100.0] * 20 + [106.0] * 4) == (100.0, 106.0)
    assert smallest_change([100.0] * 24) == FLOOR


@pytest.mark.parametrize("values", [[], [1.0] * 3, [1.0] * 11, [0.0] * 30])
def test_too_few_values_and_nothing_at_all_say_nothing(values):
    assert detect(values) is None
    assert smallest_change(values) is None


def test_a_noisy_series_says_what_it_would_not_see():
    dice = random.Random(2)
    values = [100 * (1 + dice.gauss(0, 0.2)) for _ in range(30)]
    assert smallest_change(values) > 0.15


def test_values_of_another_ruler_are_another_series():
    points = [Point(f"2026-01-{day:02d}", 100.0, "a") for day in range(1, 25)]
    points += [Point(f"2026-02-{day:02d}", 120.0, "b") for day in range(1, 5)]
    assert shift_of(points) is None
    same = [Point(point.day, point.value, "a") for point in points]
    assert shift_of(same) is not None
    assert shift_of(same, told="2026-02-02") is None, "one change of level is told once"


def test_runs_of_one_day_count_once_and_a_machine_is_watched_once():
    points = [Point("2026-01-01", value, "a") for value in (1.0, 9.0, 2.0)]
    assert one_a_day(points) == [Point("2026-01-01", 2.0, "a")]
    ((whose, seen),) = watched({("machine f", "machine.memory.read_all", "B/s"): points})
    assert (whose, len(seen.points), seen.shift, seen.detectable) == ("machine f", 1, None, None)


def test_the_unit_tells_what_is_better():
    assert (is_better("s", 2, 1), is_better("B/s", 2, 1), is_better("1", 2, 1)) == (True, False, None)
