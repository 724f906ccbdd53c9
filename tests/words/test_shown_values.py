"""Values and their intervals as people read them."""

from __future__ import annotations

import math

import pytest

from poc_gate.words.shown_values import show_range


@pytest.mark.parametrize(
    ("low", "high", "unit", "text"),
    [
        (1.0, 2.5, "s", "1 s to 2.5 s"),
        (0.25, math.inf, "s", "250 ms or more"),
        (9.36, math.inf, "s", "9.36 s or more"),
        (2.0**30, math.inf, "B", "1 GiB or more"),
        (3.0, math.inf, "req/s", "3 req/s or more"),
        (-math.inf, math.inf, "s", "-unbounded to unbounded"),
        (2.0, 2.0, "s", ""),
        (math.inf, math.inf, "s", ""),
        (None, 2.0, "s", ""),
        (1.0, None, "s", ""),
    ],
)
def test_an_interval_reads_as_people_say_it(low, high, unit, text) -> None:
    assert show_range(low, high, unit) == text
