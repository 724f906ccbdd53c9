"""Arithmetic of spans, each end worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

import pytest

from poc_gate.flow.span import Span, as_span, largest, sum_of_independent, total

A = Span(4.0, 2.0, 6.0)
B = Span(2.0, 1.0, 4.0)


@pytest.mark.parametrize(
    ("made", "wanted"),
    [
        (lambda: A + B, (6.0, 3.0, 10.0)),
        (lambda: A - B, (2.0, -2.0, 5.0)),
        (lambda: A * B, (8.0, 2.0, 24.0)),
        (lambda: A / B, (2.0, 0.5, 6.0)),
        (lambda: 1.0 + A, (5.0, 3.0, 7.0)),
        (lambda: 1.0 - A, (-3.0, -5.0, -1.0)),
        (lambda: 2.0 * A, (8.0, 4.0, 12.0)),
        (lambda: 12.0 / A, (3.0, 2.0, 6.0)),
        (lambda: A * Span(-1.0, -2.0, 1.0), (-4.0, -12.0, 6.0)),
        (lambda: A.widened(0.5, 2.0), (4.0, 1.0, 12.0)),
        (lambda: A.capped(5.0), (4.0, 2.0, 5.0)),
        (lambda: A.capped(3.0), (3.0, 2.0, 3.0)),
        (lambda: A.capped(1.0), (1.0, 1.0, 1.0)),
        (lambda: A.at_least(3.0), (4.0, 3.0, 6.0)),
        (lambda: A.at_least(9.0), (9.0, 9.0, 9.0)),
        (lambda: as_span(3.0), (3.0, 3.0, 3.0)),
        (lambda: total([A, B, B]), (8.0, 4.0, 14.0)),
        (lambda: total([]), (0.0, 0.0, 0.0)),
        (lambda: largest([A, Span(3.0, 2.5, 9.0)]), (4.0, 2.5, 9.0)),
        (lambda: sum_of_independent(Span(5.0, 2.0, 9.0), Span(1.0, -3.0, 4.0)), (6.0, 1.0, 11.0)),
    ],
)
def test_by_hand(made: Callable[[], Span], wanted: tuple[float, float, float]):
    found = made()
    assert (found.likely, found.low, found.high) == wanted


@pytest.mark.parametrize(
    ("over", "under", "wanted"),
    [
        (A, Span(2.0, 0.0, 4.0), (2.0, 0.5, inf)),
        (A, Span(0.0, 0.0, 4.0), (inf, 0.5, inf)),
        (A, Span(0.0, 0.0, 0.0), (inf, -inf, inf)),
        (A, Span(2.0, -1.0, 4.0), (2.0, -inf, inf)),
        (A, Span(-1.0, -4.0, 0.0), (-4.0, -inf, inf)),
        (A, Span(0.5, 0.5, 0.5), (8.0, 4.0, 12.0)),
        (Span(0.0, 0.0, 0.0), Span(0.0, 0.0, 4.0), (0.0, 0.0, 0.0)),
        (Span(0.5, 0.25, 0.75), Span(0.5, 0.0, 0.5), (1.0, 0.5, inf)),
        (Span(0.0, 0.0, 0.5), Span(0.5, 0.0, 0.5), (0.0, 0.0, inf)),
        (Span(1.0, -1.0, 2.0), Span(2.0, 0.0, 4.0), (0.5, -inf, inf)),
        (Span(-2.0, -4.0, -1.0), Span(1.0, 0.0, 2.0), (-2.0, -inf, 0.0)),
        (Span(-2.0, -4.0, -1.0), Span(0.0, 0.0, 2.0), (-inf, -inf, 0.0)),
        (Span(-2.0, -4.0, 0.0), Span(-1.0, -2.0, 0.0), (2.0, -inf, inf)),
    ],
)
def test_a_divisor_that_reaches_zero_has_no_far_end(
    over: Span, under: Span, wanted: tuple[float, float, float]
):
    """4 over -0.5 is -8 and 4 over 0.5 is 8: a divisor on both sides of zero bounds nothing."""
    found = over / under
    assert (found.likely, found.low, found.high) == wanted
