"""The closures that expressions are made of; every one passes unknown and failure on, none raises."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from poc_gate.judge.expression.values import SPOILT, BudgetError, Failure, Unknown, ValueType, worse
from poc_gate.model.quantity import DIMENSIONLESS
from poc_gate.text.quantities.quantity_text import QuantityError, parse_quantity


class Frame:
    """The state of one evaluation: values by name, steps left, and today's date."""

    __slots__ = ("steps", "today", "values")

    def __init__(self, values: Mapping[str, object], steps: int, today: str) -> None:
        """Take the values as they are; an expression with loops is given a copy to put its variables in."""
        self.values: Any = values
        self.steps = steps
        self.today = today


Run = Callable[[Frame], object]

ORDER: Mapping[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
ARITHMETIC: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "%": operator.mod,
}  # fmt: skip


def lift(compute: Callable[..., object], *parts: Run) -> Run:
    """Return `compute` over the values of the parts; it is not called when one of them is none."""

    def run(frame: Frame) -> object:
        values = [part(frame) for part in parts]
        spoilt = worse(values)
        return compute(*values) if spoilt is None else spoilt

    return run


def combine(symbol: str, left: Run, right: Run) -> Run:
    """Return a comparison or an arithmetic operation of two values of fitting types."""
    compute = ORDER.get(symbol) or ARITHMETIC[symbol]

    def run(frame: Frame) -> object:
        first, second = left(frame), right(frame)
        if isinstance(first, SPOILT) or isinstance(second, SPOILT):
            return worse((first, second))
        try:
            result = compute(first, second)
        except ZeroDivisionError:
            return Failure("division by zero")
        return Failure("the result is too large") if isinstance(result, float) and result - result else result

    return run


def absorb(left: Run, right: Run, *, decisive: bool) -> Run:
    """Return `&&` (decisive false) or `||` (decisive true): the decisive value wins over unknown."""

    def run(frame: Frame) -> object:
        first = left(frame)
        if first is decisive:
            return decisive
        second = right(frame)
        return decisive if second is decisive else worse((first, second)) or not decisive

    return run


def choose(condition: Run, then: Run, other: Run) -> Run:
    """Return `c ? a : b`; an unknown condition makes the whole unknown."""

    def run(frame: Frame) -> object:
        chosen = condition(frame)
        if isinstance(chosen, bool):
            return then(frame) if chosen else other(frame)
        return chosen

    return run


def loop(macro: str, items: Run, *, variable: str, body: Run, cost: int) -> Run:
    """Return `all`, `exists`, `filter` or `map`; every turn pays for the body it runs."""
    decisive = {"all": False, "exists": True}.get(macro)

    def run(frame: Frame) -> object:
        held, results = items(frame), []
        if not isinstance(held, tuple):
            return held
        for item in held:
            frame.steps -= cost
            if frame.steps < 0:
                raise BudgetError
            frame.values[variable] = item
            results.append(body(frame))
            if decisive is not None and results[-1] is decisive:
                return decisive
        spoilt = worse(results)
        if decisive is not None:
            return spoilt or not decisive
        kept = (item for item, keep in zip(held, results, strict=True) if keep is True)
        return tuple(results) if macro == "map" else spoilt or tuple(kept)

    return run


def fold(name: str, parts: tuple[Run, ...]) -> Run:
    """Return `min`, `max` or `sum` of a list or of several numbers."""

    def run(frame: Frame) -> object:
        values = tuple(part(frame) for part in parts)
        if len(values) == 1 and isinstance(values[0], tuple):
            values = values[0]
        numbers = [value for value in values if isinstance(value, float)]
        for bounded in (value for value in values if hasattr(value, "folded")):
            return worse(values) or bounded.folded(name, values)
        if name == "sum":
            return worse(values) or sum(numbers, 0.0)
        extreme = min if name == "min" else max
        return worse(values) or (extreme(numbers) if numbers else Failure(f"{name} of an empty list"))

    return run


def is_known(part: Run) -> Run:
    """Return `has(x)`: whether the fact is known or the key is there."""
    return lambda frame: not isinstance(part(frame), Unknown | Failure)


def age(part: Run) -> Run:
    """Return the seconds from a date to today; a date in the future proves nothing and fails."""

    def run(frame: Frame) -> object:
        written = part(frame)
        if isinstance(written, Unknown | Failure):
            return written
        if not frame.today:
            return Unknown(frozenset({"assessment.today"}))
        try:
            days = (date.fromisoformat(frame.today) - date.fromisoformat(str(written)[:10])).days
        except ValueError:
            return Failure(f"{str(written)[:40]!r} is not a valid date")
        return days * 86400.0 if days >= 0 else Failure(f"{written} is in the future")

    return run


def contains(wanted: object, held: tuple[object, ...]) -> object:
    """Return `x in list`; found wins over unknown items."""
    return wanted in held or worse(held) or False


def size(value: object) -> object:
    """Return the length of a list, a mapping or a text; `none` says that there is nothing of any length."""
    held = () if value in ("none", ("none",), ["none"]) else value
    return float(len(held)) if isinstance(held, str | tuple | list | dict) else Failure("it has no size")


def member(held: object, wanted: object) -> object:
    """Return a key of a mapping or an item of a list; what is not there is a failure."""
    found: object = None
    if isinstance(held, dict) and isinstance(wanted, str):
        found = held.get(wanted)
    elif isinstance(held, tuple | list) and isinstance(wanted, float) and 0 <= wanted < len(held):
        found = held[int(wanted)] if wanted.is_integer() else None
    return Failure(f"there is no {wanted!r}") if found is None else found


def convert(value: object, wanted: ValueType) -> object:
    """Return plain data as a value of the wanted type; text with a unit becomes a quantity."""
    fits = {"flag": bool, "text": str, "date": str}.get(wanted.kind)
    if fits is not None:
        return value if isinstance(value, fits) else Failure(f"{str(value)[:40]!r} is not {wanted}")
    if wanted.kind == "list":
        return tuple(value) if isinstance(value, list | tuple) else Failure("it is not a list")
    if isinstance(value, int | float) and not isinstance(value, bool) and wanted.unit == DIMENSIONLESS:
        return float(value) if abs(value) < 1e300 else Failure("the number is too large")
    try:
        return parse_quantity(str(value), wanted.unit).value
    except QuantityError as error:
        return Failure(error.what)
