"""Student's t and the incomplete beta function against their closed forms, to nearly all digits."""

from __future__ import annotations

import math

import pytest

from poc_gate.many.fleet.comparing import student
from poc_gate.many.fleet.comparing.student import _exceeded, _incomplete_beta, student_quantile


@pytest.mark.parametrize("above", [0.4, 0.1, 0.02, 1e-3, 1e-6])
def test_quantiles_of_one_and_two_degrees_have_a_closed_form(above: float):
    """One: the tangent (Cauchy's distribution). Two: (2 p - 1) / sqrt(2 p (1 - p))."""
    assert student_quantile(above, 1) == pytest.approx(math.tan(math.pi * (0.5 - above)), rel=1e-9)
    p = 1 - above
    assert student_quantile(above, 2) == pytest.approx((2 * p - 1) / math.sqrt(2 * p * above), rel=1e-9)
    assert student_quantile(above, 4) == pytest.approx(_of_four(above), rel=1e-9)


def _of_four(above: float) -> float:
    """Return the quantile of four degrees (Shaw, 2006)."""
    a = 4 * above * (1 - above)
    return math.sqrt(4 / math.sqrt(a) * math.cos(math.acos(math.sqrt(a)) / 3) - 4)


@pytest.mark.parametrize("freedom", [1.0, 3.0, 0.37 * 49, 60.0])
@pytest.mark.parametrize("t", [0.1, 1.0, 3.0, 30.0])
def test_what_exceeds_a_quantile_is_what_it_is_the_quantile_of(freedom: float, t: float):
    assert student_quantile(_exceeded(t, freedom), freedom) == pytest.approx(t, rel=1e-9)


@pytest.mark.parametrize("x", [0.0, 1e-9, 0.1, 0.3, 0.5, 0.7, 0.9, 1 - 1e-9, 1.0])
@pytest.mark.parametrize("a", [0.5, 1.0, 2.0, 7.5, 40.0])
def test_the_incomplete_beta_function_has_closed_forms(x: float, a: float):
    """I_x(a, 1) = x^a, I_x(1, b) = 1 - (1 - x)^b, I_x(1/2, 1/2) = 2 / pi asin sqrt x, I_x(a, b) = 1 - I_1-x(b, a)."""
    assert _incomplete_beta(x, a, 1.0) == pytest.approx(x**a, rel=1e-11, abs=1e-300)
    assert _incomplete_beta(x, 1.0, a) == pytest.approx(
        -math.expm1(a * math.log1p(-x)) if x < 1 else 1.0, rel=1e-11
    )
    assert _incomplete_beta(x, 0.5, 0.5) == pytest.approx(2 / math.pi * math.asin(math.sqrt(x)), rel=1e-7)
    assert _incomplete_beta(x, a, 0.5) == pytest.approx(
        1 - _incomplete_beta(1 - x, 0.5, a), rel=1e-7, abs=1e-12
    )
    assert _incomplete_beta(0.5, a, a) == pytest.approx(0.5, rel=1e-11)


@pytest.mark.parametrize(("x", "value"), [(-0.1, 0.0), (0.0, 0.0), (1.0, 1.0), (1.1, 1.0)])
def test_outside_of_its_range_it_is_nothing_or_one(x: float, value: float):
    assert _incomplete_beta(x, 3.0, 0.5) == value


def test_a_denominator_of_nothing_is_kept_apart_from_it():
    assert student._apart(0.0) == student._TINY == 1e-300
    assert (student._apart(-2.0), student._apart(1e-299), student._apart(-1e-301)) == (-2.0, 1e-299, 1e-300)
