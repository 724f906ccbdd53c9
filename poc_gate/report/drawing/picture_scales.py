"""Axes of the pictures: values -> positions, and round ticks in the units that people read."""

from __future__ import annotations

import math
from collections.abc import Iterable

from msgspec import Struct

from poc_gate.model.quantity import Quantity, show_number
from poc_gate.words.shown_values import show_amount

_MANY = 10_000
_LETTER, _GAP = 7.0, 6.0
"""Width of a letter of a label, and the least space between two labels."""
LOG_FROM = 15.0
"""Above this ratio of largest to smallest value a linear axis would crowd the small ones at its foot."""


class Scale(Struct, frozen=True):
    """Maps the interval [low, high] to [start, end], linearly or by logarithm, and holds what lies outside."""

    low: float
    high: float
    start: float
    end: float
    log: bool = False

    def at(self, value: float) -> float:
        """Return the position of a value, rounded to a tenth; values outside stay at the edge."""
        share = (self._measure(value) - self._measure(self.low)) / (
            self._measure(self.high) - self._measure(self.low)
        )
        return round(self.start + min(max(share, 0.0), 1.0) * (self.end - self.start), 1)

    def _measure(self, value: float) -> float:
        return math.log10(max(value, self.low)) if self.log else value


def fit_scale(values: Iterable[float], start: float, end: float, *, zero: bool = False) -> Scale:
    """Return a scale that shows all finite values: logarithmic when they span more than a decade.

    `zero` asks for a linear axis that begins at nothing. One single value gets an axis around it.
    """
    finite = [value for value in values if math.isfinite(value)]
    low, high = (min(finite), max(finite)) if finite else (0.0, 1.0)
    if zero:
        return Scale(0.0, high if high > 0 else 1.0, start, end)
    positive = [value for value in finite if value > 0]
    if positive and high / min(positive) > LOG_FROM and low >= 0:
        return Scale(min(positive), high, start, end, log=True)
    if low == high:
        low, high = (low * 0.5, high * 1.5) if low > 0 else (low - 1, high + 1)
    return Scale(low, high, start, end)


def ticks(scale: Scale, unit: str, *, most: int = 6, currency: str = "") -> list[tuple[float, str]]:
    """Return round values on the axis as (position, label), at most `most`."""
    marks = _log_marks(scale, most, unit) if scale.log else _linear_marks(scale, most)
    labels = [(scale.at(mark), _label(mark, unit, currency)) for mark in marks]
    return _readable(labels) if scale.start < scale.end else labels


def _readable(labels: list[tuple[float, str]]) -> list[tuple[float, str]]:
    """Return the labels of a level axis without those that would touch the one before."""
    shown: list[tuple[float, str]] = []
    for at, label in labels:
        if not shown or at - shown[-1][0] >= _LETTER * (len(label) + len(shown[-1][1])) / 2 + _GAP:
            shown.append((at, label))
    return shown


def _label(mark: float, unit: str, currency: str) -> str:
    """Return a tick's label; what is counted (requests, vectors) is named once, by the axis' title."""
    if unit.endswith(("/s", "/d")) and unit not in {"B/s", "flop/s", "money/s"}:
        return show_number(mark)
    if (unit.isalpha() and unit not in {"B", "s", "m", "W", "money", "flop"}) or (
        unit == "1" and mark >= _MANY
    ):
        return _short_count(mark)
    return show_amount(Quantity(mark, unit), currency)


def _short_count(number: float) -> str:
    for factor, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if number >= factor:
            return f"{show_number(number / factor)} {letter}"
    return show_number(number)


def _linear_marks(scale: Scale, most: int) -> list[float]:
    width = scale.high - scale.low
    step = 10 ** math.floor(math.log10(width / max(most - 1, 1)))
    step *= next(factor for factor in (1, 2, 5, 10, 20) if width / (step * factor) <= most - 1)
    first = math.ceil(scale.low / step)
    count = int((scale.high - first * step) / step + 1e-9) + 1
    return [round((first + index) * step, 12) for index in range(count)]


def _log_marks(scale: Scale, most: int, unit: str) -> list[float]:
    """Return powers of ten, or of two where sizes are shown with binary prefixes."""
    base = 2.0 if unit == "B" else 10.0
    first = math.ceil(math.log(scale.low, base) - 1e-9)
    last = math.floor(math.log(scale.high, base) + 1e-9)
    stride = max(1, math.ceil((last - first + 1) / most))
    marks = [base**power for power in range(first, last + 1, stride)]
    if len(marks) >= 3 or base == 2.0:
        return marks
    between = [factor * 10.0**power for power in range(first - 1, last + 1) for factor in (1, 2, 5)]
    return [mark for mark in between if scale.low <= mark <= scale.high][: most + 2]


def path(points: Iterable[tuple[float, float]]) -> str:
    """Return the points as SVG path data, one straight piece each."""
    return " ".join(f"{'M' if index == 0 else 'L'}{x:g} {y:g}" for index, (x, y) in enumerate(points))


def band(upper: list[tuple[float, float]], lower: list[tuple[float, float]]) -> str:
    """Return a closed area between two lines as SVG path data."""
    return f"{path(upper)} {path(reversed(lower)).replace('M', 'L', 1)} Z" if upper and lower else ""
