"""The normal distribution's quantiles, without the standard library's slow-to-load statistics module."""

from __future__ import annotations

import math

_A = (
    -3.969683028665376e01, 2.209460984245205e02, -2.759285104469687e02, 1.383577518672690e02,
    -3.066479806614716e01, 2.506628277459239e00,
)  # fmt: skip
_B = (
    -5.447609879822406e01, 1.615858368580409e02, -1.556989798598866e02, 6.680131188771972e01,
    -1.328068155288572e01, 1.0,
)  # fmt: skip
_C = (
    -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e00, -2.549732539343734e00,
    4.374664141464968e00, 2.938163982698783e00,
)  # fmt: skip
_D = (7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e00, 3.754408661907416e00, 1.0)


def normal_quantile(share: float) -> float:
    """Return z with P(Z <= z) = `share`, 0 < share < 1, to 1e-9 (Acklam's rational approximation, refined)."""
    if share < 0.02425:
        r = math.sqrt(-2.0 * math.log(share))
        z = _polynomial(_C, r) / _polynomial(_D, r)
    elif share > 1.0 - 0.02425:
        return -normal_quantile(1.0 - share)
    else:
        q = share - 0.5
        z = _polynomial(_A, q * q) * q / _polynomial(_B, q * q)
    error = 0.5 * math.erfc(-z / math.sqrt(2.0)) - share
    step = error * math.sqrt(2.0 * math.pi) * math.exp(z * z / 2.0)
    return z - step / (1.0 + z * step / 2.0)


def _polynomial(coefficients: tuple[float, ...], x: float) -> float:
    result = 0.0
    for coefficient in coefficients:
        result = result * x + coefficient
    return result
