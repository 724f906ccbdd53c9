"""What a count of failures says about the failure rate: exact upper bounds and sample sizes."""

from __future__ import annotations

import math

from poc_gate.flow.interface import CannotDeriveError

CONFIDENCE = 0.95


def upper_bound(failures: float, tried: float) -> float:
    """Return the one-sided 95 % upper bound of a rate (Clopper and Pearson), close to 3/n for none.

    Raises CannotDeriveError when nothing was tried or more failed than was tried.
    """
    if tried <= 0:
        raise CannotDeriveError("nothing was tried, so nothing is known about the rate")
    if failures > tried:
        raise CannotDeriveError(f"{failures:g} failures in {tried:g} trials: one of them is wrong")
    if failures >= tried:
        return 1.0
    low, high = failures / tried, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if _at_most(failures, tried, middle) > 1 - CONFIDENCE:
            low = middle
        else:
            high = middle
    return high


def _at_most(failures: float, tried: float, rate: float) -> float:
    """Return P(X <= failures) for a binomial; the normal approximation beyond ten thousand failures."""
    k, n = int(failures), tried
    if k > 10_000:
        mean, deviation = n * rate, math.sqrt(n * rate * (1 - rate)) or 1e-12
        return 0.5 * math.erfc((mean - k - 0.5) / (deviation * math.sqrt(2)))
    odds = math.log(rate) - math.log1p(-rate) if 0 < rate < 1 else 0.0
    term = n * math.log1p(-rate) if rate < 1 else -math.inf
    total = math.exp(term)
    for i in range(k):
        term += math.log((n - i) / (i + 1)) + odds
        total += math.exp(term)
    return total


def trials_needed(rate: float) -> float:
    """Return how many trials without failure show that the rate is below `rate` at 95 %: about 3 / rate."""
    if rate <= 0:
        raise CannotDeriveError("no number of trials can show a rate of zero")
    if rate >= 1:
        return 1.0
    return math.ceil(math.log(1 - CONFIDENCE) / math.log1p(-rate))
