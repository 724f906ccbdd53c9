"""Quantiles of Student's t distribution, fractional degrees of freedom included; the standard library has none."""

from __future__ import annotations

import math
from functools import cache

_STEPS = 200
_TINY = 1e-300


@cache
def student_quantile(above: float, freedom: float) -> float:
    """Return the t that is exceeded with the probability `above`, 0 < above < 0.5, for `freedom` > 0 degrees.

    P(T > t) = I_x(freedom/2, 1/2) / 2 with x = freedom / (freedom + t^2) (Abramowitz and Stegun, 26.7.1 and 26.5.8).
    """
    low, high = 0.0, 1.0
    while _exceeded(high, freedom) > above:
        low, high = high, high * 2
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if _exceeded(middle, freedom) > above else (low, middle)
    return high


def _exceeded(t: float, freedom: float) -> float:
    return _incomplete_beta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2


def _incomplete_beta(x: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function I_x(a, b)."""
    if x <= 0 or x >= 1:
        return max(0.0, min(1.0, x))
    front = a * math.log(x) + b * math.log1p(-x) + math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    if x < (a + 1) / (a + b + 2):
        return math.exp(front) * _fraction(x, a, b) / a
    return 1 - math.exp(front) * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    """Return the continued fraction of I_x(a, b) by Lentz's method."""
    c, d = 1.0, 1 / _apart(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _apart(1 + term * d)
            c = _apart(1 + term / c)
            value *= d * c
        if abs(d * c - 1) < 1e-14:
            break
    return value


def _apart(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
