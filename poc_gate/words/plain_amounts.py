"""Amounts for readers who do not count in bits and units: whole words for time, money without false precision."""

from __future__ import annotations

import math

from poc_gate.base.days import exact_day
from poc_gate.model.quantity import Quantity, show_number, show_quantity, two_figures

_TIMES = ((86400.0, "day"), (3600.0, "hour"), (60.0, "minute"), (1.0, "second"))
_EXACT_BELOW = 1000.0
_COUNTED = {"req/s": "requests a second", "req/d": "requests a day", "tok/s": "tokens a second"}


def plain_time(seconds: float) -> str:
    """Return a time as people say it, such as `4.1 days`; below a second in milliseconds, two figures."""
    if not math.isfinite(seconds):
        return "unbounded"
    if 0 < seconds < 1:
        return f"{two_figures(seconds * 1000)} ms"
    size, word = next(((size, word) for size, word in _TIMES if seconds >= size), _TIMES[-1])
    number = seconds / size
    text = f"{number:.1f}".rstrip("0").rstrip(".") if number < 100 else f"{number:,.0f}"
    return f"{text} {word}" if text == "1" else f"{text} {word}s"


def plain_money(amount: float, currency: str, *, up: bool = False) -> str:
    """Return money with three figures, rounded down, or `up` where it is an upper bound."""
    name = currency or "money"
    if not math.isfinite(amount):
        return "unbounded"
    if abs(amount) < _EXACT_BELOW:
        return show_quantity(Quantity(amount, "money"), money=name)
    size = 10.0 ** (math.floor(math.log10(abs(amount))) - 2)
    rounded = (math.ceil if up else math.floor)(round(amount / size, 9)) * size
    return f"{rounded:,.0f} {name}"


def plain_quantity(quantity: Quantity, currency: str = "") -> str:
    """Return a quantity in words: times, money and rates; others as everywhere."""
    if quantity.unit == "s":
        return plain_time(quantity.value)
    if quantity.unit == "money":
        return plain_money(quantity.value, currency)
    if quantity.unit in _COUNTED:
        return f"{show_number(quantity.value)} {_COUNTED[quantity.unit]}"
    return show_quantity(quantity, money=currency)


def plain_date(day: str) -> str:
    """Return an ISO date as `21 Feb 2027`; any other text as it is."""
    found = exact_day(day)
    return day if found is None else f"{found.day} {found:%b} {found.year}"


def plain_times(ratio: float) -> str:
    """Return how many times one amount is of another: `55 times`, `1.3 times`."""
    return f"{ratio:,.0f} times" if ratio >= 10 else f"{two_figures(ratio)} times"
