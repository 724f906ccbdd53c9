"""Tokens of a request and of the busiest minute, held against a provider's quota; and the load that uses it up.

Lengths are log-normal through median and 95th percentile, arrivals Poisson: the tokens of a minute have the mean
`rate * m` and the variance `rate * s`, with m the mean and s the second moment of one request's tokens. A quota of
tokens a minute is held against their 95th percentile, which is normal for the hundreds of requests that matter.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from poc_gate.flow.formulas.lognormal import Z95, mean_length, moment
from poc_gate.flow.interface import FactView

MINUTE = 60.0


class Tokens(NamedTuple):
    """Tokens of one request, prompt and answer together."""

    mean: float
    second: float
    """Second moment."""

    def burst(self, rate: float) -> float:
        """Return the tokens, beyond the mean, of a minute at its 95th percentile; `rate` in requests per second."""
        return Z95 * math.sqrt(max(rate, 0.0) * MINUTE * self.second)

    def per_second(self, rate: float) -> float:
        """Return the tokens per second of the busiest minute, at its 95th percentile."""
        return rate * self.mean + self.burst(rate) / MINUTE

    def highest_rate(self, quota: float) -> float:
        """Return the requests per second whose busiest minute just uses up a quota of tokens per second."""
        if self.mean <= 0 or quota <= 0:
            return 0.0
        spread = Z95 * math.sqrt(MINUTE * self.second)
        root = (math.sqrt(spread**2 + 4 * MINUTE**2 * self.mean * quota) - spread) / (2 * MINUTE * self.mean)
        return root**2


def request_tokens(view: FactView) -> Tokens:
    """Return the tokens of one request; raises where the 95th percentile of either kind is unknown."""
    view.need("demand.in_tokens_p95", "demand.out_tokens_p95")
    (prompt, prompt_var), (answer, answer_var) = (tokens_of(view, kind) for kind in ("in", "out"))
    mean = prompt + answer
    return Tokens(mean, prompt_var + answer_var + mean**2)


def tokens_of(view: FactView, kind: str) -> tuple[float, float]:
    """Return mean and variance of the tokens of one request: log-normal through median and p95.

    Where only the p95 is known it stands for every request, which is the worst case.
    """
    high = view.one(f"demand.{kind}_tokens_p95").likely
    middle = view.maybe(f"demand.{kind}_tokens_p50")
    if middle is None or middle.likely <= 0 or high <= middle.likely:
        if middle is None:
            view.assume(f"every request has the p95 of tokens (demand.{kind}_tokens_p50 is not stated)")
        return high, 0.0
    mean = mean_length(middle.likely, high)
    return mean, moment(middle.likely, high, 2) - mean**2
