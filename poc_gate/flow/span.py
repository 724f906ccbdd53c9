"""Spans: a likely value between a low and a high one, carried through arithmetic."""

from __future__ import annotations

import math
from collections.abc import Iterable

from msgspec import Struct

from poc_gate.model.quantity import Quantity, show_share


class Span(Struct, frozen=True):
    """A number in SI units with the interval it is believed to lie in; `low <= likely <= high`.

    Arithmetic takes the ends that make the result extreme, as if errors conspired: the interval of a
    result is never narrower than the truth for independent inputs.
    """

    likely: float
    low: float
    high: float

    @staticmethod
    def exactly(value: float) -> Span:
        """Return a span without width."""
        return Span(value, value, value)

    def __add__(self, other: Span | float) -> Span:
        """Return the sum."""
        right = as_span(other)
        return Span(self.likely + right.likely, self.low + right.low, self.high + right.high)

    def __sub__(self, other: Span | float) -> Span:
        """Return the difference; the widest one."""
        right = as_span(other)
        return Span(self.likely - right.likely, self.low - right.high, self.high - right.low)

    def __mul__(self, other: Span | float) -> Span:
        """Return the product."""
        right = as_span(other)
        ends = [a * b for a in (self.low, self.high) for b in (right.low, right.high)]
        return Span(self.likely * right.likely, min(ends), max(ends))

    def __truediv__(self, other: Span | float) -> Span:
        """Return the quotient; a divisor whose interval reaches zero makes the far end unbounded, one beyond it both."""
        right = as_span(other)
        if right.low <= 0 <= right.high:
            likely = self.likely / right.likely if right.likely else _infinite(self.likely)
            if right.low < 0:
                return Span(likely, -float("inf"), float("inf"))
            low = self.low / right.high if right.high > 0 and self.low >= 0 else -float("inf")
            return Span(likely, min(low, likely), float("inf") if self.high > 0 else max(likely, 0.0))
        ends = [a / b for a in (self.low, self.high) for b in (right.low, right.high)]
        return Span(self.likely / right.likely, min(ends), max(ends))

    def __radd__(self, other: float) -> Span:
        """Return the sum with a plain number on the left."""
        return self + other

    def __rmul__(self, other: float) -> Span:
        """Return the product with a plain number on the left."""
        return self * other

    def __rsub__(self, other: float) -> Span:
        """Return a plain number minus this span."""
        return as_span(other) - self

    def __rtruediv__(self, other: float) -> Span:
        """Return a plain number over this span."""
        return as_span(other) / self

    def widened(self, below: float, above: float) -> Span:
        """Return the span with its low end times `below` and its high end times `above`."""
        return Span(self.likely, self.low * below, self.high * above)

    def capped(self, highest: float) -> Span:
        """Return the span with every part at most `highest`."""
        return Span(min(self.likely, highest), min(self.low, highest), min(self.high, highest))

    def at_least(self, lowest: float) -> Span:
        """Return the span with every part at least `lowest`."""
        return Span(max(self.likely, lowest), max(self.low, lowest), max(self.high, lowest))

    def shown(self, unit: str) -> str:
        """Return the likely value as people write it, in the unit given."""
        return str(Quantity(self.likely, unit))

    def share(self) -> str:
        """Return the likely value, a share of one, as a percentage."""
        return show_share(self.likely)


def as_span(value: Span | float) -> Span:
    """Return a plain number as a span without width, and a span as it is."""
    return value if isinstance(value, Span) else Span(value, value, value)


def total(spans: Iterable[Span]) -> Span:
    """Return the sum of spans; zero when there is none."""
    result = Span(0.0, 0.0, 0.0)
    for span in spans:
        result = result + span
    return result


def sum_of_independent(*spans: Span) -> Span:
    """Return the sum of spans whose errors are independent: distances of the ends from the likely values add up as squares."""
    likely = sum(span.likely for span in spans)
    below = math.hypot(*(span.likely - span.low for span in spans))
    above = math.hypot(*(span.high - span.likely for span in spans))
    return Span(likely, likely - below, likely + above)


def largest(spans: Iterable[Span]) -> Span:
    """Return the maximum, end by end; raises ValueError when there is none."""
    every = list(spans)
    return Span(max(s.likely for s in every), max(s.low for s in every), max(s.high for s in every))


def _infinite(sign: float) -> float:
    return float("inf") if sign > 0 else 0.0 if sign == 0 else -float("inf")
