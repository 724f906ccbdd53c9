"""Numbers of which only bounds are known, in expressions; what the bounds leave open stays unknown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from poc_gate.judge.expression.values import Unknown


class UndecidedError(Exception):
    """The bounds do not say whether two numbers are the same."""


class Bounded:
    """A number that nobody knows, between two bounds of which either may be infinite.

    It goes through the operations of an expression as a number does. A comparison gives true or false where every
    number between the bounds gives it, else Unknown; `==` raises UndecidedError there, since `in` can hold no Unknown.
    """

    __hash__ = None  # type: ignore[assignment]
    __slots__ = ("high", "low", "names")

    def __init__(self, names: frozenset[str], low: float, high: float) -> None:
        """Keep the names of the facts that are missing, and both bounds."""
        self.names = names
        self.low = low
        self.high = high

    def __add__(self, other: object) -> Bounded:
        """Return the sum."""
        low, high = ends_of(other)
        return self._with(other, self.low + low, self.high + high)

    def __sub__(self, other: object) -> Bounded:
        """Return the difference."""
        low, high = ends_of(other)
        return self._with(other, self.low - high, self.high - low)

    def __rsub__(self, other: object) -> Bounded:
        """Return a number minus this one."""
        return -self + other

    def __neg__(self) -> Bounded:
        """Return the number with its sign turned."""
        return Bounded(self.names, -self.high, -self.low)

    def __mul__(self, other: object) -> Bounded:
        """Return the product; nothing times anything is nothing."""
        corners = [_times(a, b) for a in (self.low, self.high) for b in ends_of(other)]
        return self._with(other, min(corners), max(corners))

    __radd__, __rmul__ = __add__, __mul__

    def __truediv__(self, other: object) -> Bounded | Unknown:
        """Return the quotient; unknown where the divisor may be nothing."""
        low, high = ends_of(other)
        if low <= 0 <= high:
            return Unknown(self.names | _names(other))
        return self * Bounded(_names(other), 1 / high, 1 / low)

    def __rtruediv__(self, other: object) -> Bounded | Unknown:
        """Return a number over this one."""
        return Bounded(frozenset(), *ends_of(other)) / self

    def __mod__(self, other: object) -> Unknown:
        """Return that the remainder is unknown."""
        return Unknown(self.names | _names(other))

    __rmod__ = __mod__

    def __le__(self, other: object) -> bool | Unknown:
        """Return whether it is at most the other."""
        low, high = ends_of(other)
        return True if self.high <= low else False if self.low > high else Unknown(self.names | _names(other))

    def __ge__(self, other: object) -> bool | Unknown:
        """Return whether it is at least the other."""
        low, high = ends_of(other)
        return True if self.low >= high else False if self.high < low else Unknown(self.names | _names(other))

    def __lt__(self, other: object) -> bool | Unknown:
        """Return whether it is below the other."""
        held = self >= other
        return held if isinstance(held, Unknown) else not held

    def __gt__(self, other: object) -> bool | Unknown:
        """Return whether it is above the other."""
        held = self <= other
        return held if isinstance(held, Unknown) else not held

    def __eq__(self, other: object) -> bool:
        """Return whether it is the same; raises UndecidedError where the bounds leave that open."""
        low, high = ends_of(other)
        if self.high < low or high < self.low:
            return False
        if self.low == self.high == low == high:
            return True
        raise UndecidedError

    def __ne__(self, other: object) -> bool:
        """Return whether it differs; raises UndecidedError as `==` does."""
        return not self == other

    def folded(self, name: str, values: Sequence[object]) -> Bounded:
        """Return the `min`, `max` or `sum` of values of which this is one."""
        fold: Callable[[list[float]], float] = {"min": min, "max": max}.get(name, sum)
        names = frozenset[str]().union(*(_names(value) for value in values))
        lows, highs = zip(*(ends_of(value) for value in values), strict=True)
        return Bounded(names, fold(list(lows)), fold(list(highs)))

    def _with(self, other: object, low: float, high: float) -> Bounded:
        return Bounded(self.names | _names(other), low, high)


def ends_of(value: object) -> tuple[float, float]:
    """Return the bounds of a value: of a number itself, twice."""
    if isinstance(value, Bounded):
        return value.low, value.high
    number = float(value)  # type: ignore[arg-type]
    return number, number


def _names(value: object) -> frozenset[str]:
    return value.names if isinstance(value, Bounded) else frozenset()


def _times(a: float, b: float) -> float:
    return 0.0 if a == 0 or b == 0 else a * b
