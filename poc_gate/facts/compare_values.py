"""Two statements about one fact -> whether they contradict each other."""

from __future__ import annotations

from poc_gate.model.claim import Value
from poc_gate.model.fact import FactSpec
from poc_gate.model.quantity import Quantity

TOLERANCE = {
    "s": 0.10,
    "B/s": 0.10,
    "req/s": 0.10,
    "tok/s": 0.10,
    "1/s": 0.10,
    "flop/s": 0.10,
    "W": 0.10,
    "B": 0.02,
}
"""Relative difference that two honest statements may have, by unit.

Times and rates move by some percent from one run to the next: 10 %. Sizes do not: 2 % is room for
rounding and still catches GB taken for GiB, which is 7 %.
"""

EXACT = 0.005
"""For every other unit (counts, tokens, money): room for rounding to three figures, nothing more."""

SHARE = 0.10
"""For shares of one, of the share or of what is missing to one, whichever differs more: 99.9 % and 99.5 %
differ by a factor of five in what fails."""


def difference(left: Quantity, right: Quantity, *, share: bool = False) -> float:
    """Return the relative difference of two quantities of one unit, 0 to 2."""
    apart = _relative(left.value, right.value)
    return max(apart, _relative(1 - left.value, 1 - right.value)) if share else apart


def contradict(spec: FactSpec, left: Value, right: Value) -> bool:
    """Say whether two values of one fact differ by more than two honest statements may.

    Quantities: by the tolerance of their unit. Statements, choices and dates: when they differ. Texts and
    lists of texts: when they differ beyond upper and lower case, space and order.
    """
    if isinstance(left, Quantity) and isinstance(right, Quantity):
        share = is_share(spec)
        tolerance = SHARE if share else TOLERANCE.get(spec.unit, EXACT)
        return difference(left, right, share=share) > tolerance
    return _plain(left) != _plain(right)


def is_share(spec: FactSpec) -> bool:
    """Say whether a quantity is a share of one, by its plausible range."""
    return spec.unit == "1" and spec.high == 1 and spec.low is not None and spec.low >= 0


def _relative(left: float, right: float) -> float:
    # Shares of 99.9 % written in two ways differ in the last bit of what is missing to one.
    apart, scale = abs(left - right), max(abs(left), abs(right))
    return apart / scale if apart > 1e-12 else 0.0


def _plain(value: Value) -> object:
    if isinstance(value, str):
        return " ".join(value.casefold().split())
    if isinstance(value, tuple):
        return frozenset(" ".join(text.casefold().split()) for text in value)
    return value
