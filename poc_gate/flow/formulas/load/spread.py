"""Distributions of times as a few weighted points: sums, maxima, mixtures and quantiles without sampling."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from poc_gate.flow.formulas.normal import normal_quantile

_EDGES = (
    0.0, 0.02, 0.07, 0.14, 0.22, 0.31, 0.40, 0.49, 0.58, 0.66, 0.73, 0.79, 0.84, 0.88, 0.91, 0.935, 0.955,
    0.97, 0.98, 0.987, 0.992, 0.9955, 0.9975, 0.999, 0.9997, 1.0,
)  # fmt: skip
"""Cuts of the probability axis: finer towards the tail, where promises are made."""

_FEW = 32
_CENTRES = tuple((a + b) / 2 for a, b in pairwise(_EDGES))
_WEIGHTS = tuple(b - a for a, b in pairwise(_EDGES))
_Z = tuple(normal_quantile(p) for p in _CENTRES)
Z95 = normal_quantile(0.95)
Z99 = normal_quantile(0.99)


class Spread(NamedTuple):
    """A distribution: points in seconds, ascending, each with its probability."""

    values: tuple[float, ...]
    weights: tuple[float, ...]

    @property
    def mean(self) -> float:
        """Mean in seconds."""
        return sum(map(float.__mul__, self.values, self.weights))

    @property
    def variation(self) -> float:
        """Squared coefficient of variation."""
        mean = self.mean
        if mean <= 0:
            return 0.0
        second = sum(v * v * w for v, w in zip(self.values, self.weights, strict=True))
        return max(0.0, second / (mean * mean) - 1.0)

    def quantile(self, share: float) -> float:
        """Return the time that `share` of all requests stay below, between points by straight lines."""
        if len(self.values) == 1:
            return self.values[0]
        ends = list(accumulate(self.weights))
        centres = [end - w / 2 for end, w in zip(ends, self.weights, strict=True)]
        at = bisect_left(centres, share)
        if at == 0:
            return self.values[0]
        if at == len(centres):
            return self.values[-1]
        left, right = centres[at - 1], centres[at]
        part = (share - left) / (right - left)
        return self.values[at - 1] + part * (self.values[at] - self.values[at - 1])

    def times(self, factor: float) -> Spread:
        """Return the distribution with every time multiplied."""
        return Spread(tuple(v * factor for v in self.values), self.weights)

    def later(self, shift: float) -> Spread:
        """Return the distribution with every time made longer by `shift` seconds."""
        return Spread(tuple(v + shift for v in self.values), self.weights)


def constant(time: float) -> Spread:
    """Return the distribution that always takes `time` seconds."""
    return Spread((time,), (1.0,))


@lru_cache(maxsize=1024)
def fitted(p50: float, p99: float, p95: float | None = None) -> Spread:
    """Return the log-normal-like distribution through published quantiles, seconds.

    Between the quantiles, and beyond them, the logarithm of the time is a straight line over the normal
    deviate. Below the median the slope of the upper side is mirrored.
    """
    if p50 <= 0:
        return constant(max(p99, 0.0))
    upper = math.log(max(p99, p50) / p50) / Z99
    middle = math.log(max(p95, p50) / p50) / Z95 if p95 else upper
    outer = (math.log(max(p99, p95) / p95) / (Z99 - Z95)) if p95 and p95 > 0 else upper
    values = tuple(p50 * math.exp(middle * min(z, Z95) + outer * max(0.0, z - Z95)) for z in _Z)
    return Spread(values, _WEIGHTS)


def delayed_exponential(probability: float, mean: float) -> Spread:
    """Return a waiting time: zero, or with `probability` exponential; `mean` is over all requests."""
    if probability <= 0 or mean <= 0:
        return constant(0.0)
    own = mean / probability
    values = tuple(-own * math.log1p(-p) for p in _CENTRES)
    weights = tuple(w * probability for w in _WEIGHTS)
    return Spread((0.0, *values), (1.0 - probability, *weights))


def mixture(parts: Sequence[tuple[float, Spread]]) -> Spread:
    """Return the distribution that is each part with its probability; they sum to one."""
    pairs = [(v, w * share) for share, part in parts for v, w in zip(part.values, part.weights, strict=True)]
    return _thinned(pairs)


def in_series(parts: Iterable[Spread]) -> Spread:
    """Return the sum of independent times."""
    result = constant(0.0)
    for part in parts:
        if len(part.values) == 1:
            result = result.later(part.values[0])
        elif len(result.values) == 1:
            result = part.later(result.values[0])
        else:
            result = _sum(result, part)
    return result


@lru_cache(maxsize=1024)
def _sum(left: Spread, right: Spread) -> Spread:
    """Return the sum of two independent times; one path asks for the same sum again at each load that is tried."""
    heads = list(zip(left.values, left.weights, strict=True))
    tails = list(zip(right.values, right.weights, strict=True))
    return _thinned([(a + b, v * w) for a, v in heads for b, w in tails])


def repeated(part: Spread, count: int) -> list[Spread]:
    """Return times that add up to `count` independent times of the same distribution.

    Many are added by doubling, so that any stated number takes a few steps and little memory.
    """
    if count <= _FEW:
        return [part] * count
    half = in_series(repeated(part, count // 2))
    return [half, half, part] if count % 2 else [half, half]


def slowest(parts: Sequence[Spread]) -> Spread:
    """Return the maximum of independent times: the product of their distribution functions."""
    result = parts[0]
    for part in parts[1:]:
        result = _maximum(result, part)
    return result


def slowest_of(part: Spread, count: float) -> Spread:
    """Return the maximum of `count` independent times of the same distribution."""
    if count <= 1:
        return part
    ends = [min(1.0, end) ** count for end in accumulate(part.weights)]
    ends[-1] = 1.0
    weights = [end - start for start, end in zip([0.0, *ends], ends, strict=False)]
    return Spread(part.values, tuple(weights))


def _maximum(left: Spread, right: Spread) -> Spread:
    pairs: list[tuple[float, float]] = []
    for one, other, strict in ((left, right, True), (right, left, False)):
        below = [0.0, *accumulate(other.weights)]
        for value, weight in zip(one.values, one.weights, strict=True):
            at = bisect_left(other.values, value)
            tied = at < len(other.values) and other.values[at] == value
            share = below[at + 1] if tied and strict else below[at]
            if share > 0:
                pairs.append((value, weight * share))
    return _thinned(pairs)


def _thinned(pairs: list[tuple[float, float]]) -> Spread:
    """Return few points for many: neighbours within one cut of the probability axis share their mean."""
    pairs.sort()
    values: list[float] = []
    weights: list[float] = []
    edge, passed, weight, moment = 1, 0.0, 0.0, 0.0
    last = len(_EDGES) - 1
    for value, share in pairs:
        if share <= 0:
            continue
        centre = passed + share / 2
        if centre > _EDGES[edge] and weight > 0:
            values.append(moment / weight)
            weights.append(weight)
            weight = moment = 0.0
        while edge < last and centre > _EDGES[edge]:
            edge += 1
        passed += share
        weight += share
        moment += share * value
    if weight > 0:
        values.append(moment / weight)
        weights.append(weight)
    return Spread(tuple(values), tuple(weights))
