"""How many growing contexts a cache holds: few by the long ones, many by their mean, and a simulation agrees."""

from __future__ import annotations

import math
import random

import pytest

from poc_gate.flow.formulas.load.held_context import Held, held_tokens, requests_held


def _drawn(chance: random.Random, median: float, p95: float) -> float:
    return median * math.exp(chance.gauss(0.0, math.log(p95 / median) / 1.6449))


@pytest.mark.parametrize(
    ("prompt", "answer"), [((1000, 3000), (200, 800)), ((200, 6000), (50, 200)), ((300, 900), (400, 3000))]
)
@pytest.mark.parametrize("room", [40_000, 400_000])
def test_drawn_requests_stay_within_the_room_nineteen_times_in_twenty(prompt, answer, room):
    count = int(requests_held(room, held_tokens(prompt, answer)))
    chance = random.Random(7)
    answers = [_drawn(chance, *answer) for _ in range(4000)]
    within = 0
    for _ in range(600):
        held = sum(
            _drawn(chance, *prompt) + each * chance.random()
            for each in chance.choices(answers, weights=answers, k=count)
        )
        within += held <= room
    # Lengths with very long tails have a deviation that few draws reach, so there the count is a careful one.
    assert within / 600 >= 0.9
    assert max(prompt[1] / prompt[0], answer[1] / answer[0]) > 4 or within / 600 <= 0.99


def test_equal_lengths_leave_the_spread_of_what_is_written():
    held = held_tokens((1000, 1000), (200, 200))
    assert held.mean == pytest.approx(1100)
    assert held.deviation == pytest.approx(200 / math.sqrt(12))


def test_many_requests_count_by_their_mean_and_few_by_the_long_ones():
    each = Held(1000, 800)
    assert requests_held(1e8, each) == pytest.approx(1e5, rel=0.01)
    assert requests_held(1000 + 1.6449 * 800, each) == pytest.approx(1.0)


def test_nothing_fits_into_no_room():
    assert requests_held(0.0, Held(1000, 100)) == 0.0
