"""Quantities: a number in SI base units together with its unit, and how a person reads it."""

from __future__ import annotations

import math
from functools import lru_cache

from msgspec import Struct

from poc_gate.errors import InternalError

BASES = ("B", "s", "req", "tok", "flop", "money", "m", "W")
"""Base units: byte, second, request, token, floating-point operation, money, metre, watt."""

DIMENSIONLESS = "1"


class Quantity(Struct, frozen=True):
    """A number with its unit; the unit is always written in SI base units such as `B/s`."""

    value: float
    unit: str = DIMENSIONLESS

    def __str__(self) -> str:
        """Return the quantity as people write it, such as `80 GiB` or `250 ms`."""
        return show_quantity(self)


@lru_cache(maxsize=512)
def unit_powers(unit: str) -> tuple[int, ...]:
    """Return the exponent of each base unit in `unit`, in the order of `BASES`.

    Raises InternalError for a unit that is not spelt in base units.
    """
    powers = dict.fromkeys(BASES, 0)
    numerator, *denominators = unit.split("/")
    for sign, part in [(1, numerator), *((-1, text) for text in denominators)]:
        for factor in part.split("."):
            if factor == DIMENSIONLESS:
                continue
            name, _, power = factor.partition("^")
            if name not in powers:
                raise InternalError(f"unit {unit!r} is not spelt in base units {', '.join(BASES)}")
            powers[name] += sign * int(power or 1)
    return tuple(powers[base] for base in BASES)


@lru_cache(maxsize=512)
def unit_from_powers(powers: tuple[int, ...]) -> str:
    """Return the canonical spelling of a unit from its exponents; the inverse of `unit_powers`."""
    above = [_factor(base, power) for base, power in zip(BASES, powers, strict=True) if power > 0]
    below = [_factor(base, -power) for base, power in zip(BASES, powers, strict=True) if power < 0]
    return "/".join([".".join(above) or DIMENSIONLESS, *below])


def _factor(base: str, power: int) -> str:
    return base if power == 1 else f"{base}^{power}"


def multiply_units(left: str, right: str) -> str:
    """Return the unit of a product."""
    pairs = zip(unit_powers(left), unit_powers(right), strict=True)
    return unit_from_powers(tuple(a + b for a, b in pairs))


def divide_units(left: str, right: str) -> str:
    """Return the unit of a quotient."""
    pairs = zip(unit_powers(left), unit_powers(right), strict=True)
    return unit_from_powers(tuple(a - b for a, b in pairs))


UNIT_MEANING = {
    "B": "a size in bytes, such as 80 GiB",
    "s": "a time, such as 250 ms",
    "B/s": "a data rate, such as 1.2 GB/s or 10 Gbit/s",
    "req/s": "a request rate, such as 12 req/s",
    "req": "a number of requests",
    "tok": "a number of tokens, such as 4096 tok",
    "tok/s": "a token rate, such as 40 tok/s",
    "flop/s": "a compute rate, such as 312 TFLOP/s",
    "flop": "a number of floating-point operations",
    "1": "a plain number or a share such as 99.9 %",
    "1/s": "a rate, such as 500 chunks/s",
    "money": "an amount of money, such as 1200 EUR",
    "money/s": "a price per time, such as 2.10 EUR/h",
    "money/B": "a price per byte, such as 0.05 EUR/GB",
    "money/tok": "a price per token, such as 0.60 EUR/Mtok",
    "m": "a distance, such as 1200 km",
    "W": "a power, such as 700 W",
    "req/s/s": "a rate of change of load",
}
"""What each unit asks for, in words, for messages about a wrong dimension."""


_BINARY = ((2**50, "PiB"), (2**40, "TiB"), (2**30, "GiB"), (2**20, "MiB"), (2**10, "KiB"), (1, "B"))
_DECIMAL = ((1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"), (1.0, ""))
_TIMES = ((86400.0, "d"), (3600.0, "h"), (60.0, "min"), (1.0, "s"), (1e-3, "ms"), (1e-6, "us"), (1e-9, "ns"))
_STEPS = {
    "B": (_BINARY, ""),
    "s": (_TIMES, ""),
    "m": (((1000.0, "km"), (1.0, "m")), ""),
    "B/s": (_DECIMAL, "B/s"),
    "flop/s": (_DECIMAL, "FLOP/s"),
    "flop": (_DECIMAL, "FLOP"),
}
_PRICES = {"money/s": (3600.0, "/h"), "money/tok": (1e6, "/Mtok"), "money/B": (1e9, "/GB")}
"""How much of the second unit a price is shown for, and how that is written behind the currency."""
_SMALL_PRICE = 0.001
"""Smaller amounts of money are shown for a thousand: 0.0000722 of it reads as 0.0722 per 1,000."""
_RARE_PER_SECOND = 0.1
"""Slower rates are shown per day: 0.005 req/s reads as 432 req/d."""


def show_quantity(quantity: Quantity, *, money: str = "") -> str:
    """Return a quantity rounded to three figures in the unit that people use for its size.

    Sizes are shown with binary prefixes, rates with decimal ones, as data sheets do. `money` is the
    currency of an amount, where one is known.
    """
    value, unit = quantity.value, quantity.unit
    if not math.isfinite(value) or unit == DIMENSIONLESS:
        return show_number(value)
    if unit in _STEPS:
        steps, suffix = _STEPS[unit]
        return _scaled(value, steps, suffix)
    price = _price(value, unit)
    if price is not None:
        factor, each = price
        return f"{show_number(value * factor)} {money or 'money'}{each}"
    if unit.endswith("/s") and 0 < abs(value) < _RARE_PER_SECOND:
        return f"{show_number(value * 86400)} {unit.removesuffix('/s')}/d"
    return f"{show_number(value)} {money or unit if unit == 'money' else unit}"


def round_as_shown(quantity: Quantity, *, up: bool, share: bool = False) -> Quantity:
    """Return the nearest quantity above or below that is shown in full: whoever copies the text gets no less.

    `share` tells that it is shown as a percentage.
    """
    if quantity.value == 0 or not math.isfinite(quantity.value):
        return quantity
    size = 0.01 if share else _shown_size(quantity)
    number = quantity.value / size
    digits = 2 if share and 99 < number < 100 else _decimals(number)
    whole = (math.ceil if up else math.floor)(round(number * 10.0**digits, 6))
    return Quantity(round(whole / 10.0**digits, digits) * size, quantity.unit)


def _shown_size(quantity: Quantity) -> float:
    """Return how much the unit holds that a quantity is shown in, such as 60 for minutes."""
    value, unit = quantity.value, quantity.unit
    if unit in _STEPS:
        steps = _STEPS[unit][0]
        return next((factor for factor, _ in steps if abs(value) >= factor * 0.9995), steps[-1][0])
    price = _price(value, unit)
    if price is not None:
        return 1 / price[0]
    return 1 / 86400 if unit.endswith("/s") and abs(value) < _RARE_PER_SECOND else 1.0


def _price(value: float, unit: str) -> tuple[float, str] | None:
    """Return how many of it a price or a small amount of money is shown for, and what follows the currency."""
    if unit == "money" and 0 < abs(value) < _SMALL_PRICE:
        return 1000.0, " per 1,000"
    return _PRICES.get(unit)


def _decimals(number: float) -> int:
    """Return how many digits behind the point make three significant figures."""
    return 0 if abs(number) >= 1000 else max(0, 2 - math.floor(math.log10(abs(number))))


def _scaled(value: float, steps: tuple[tuple[float, str], ...], suffix: str) -> str:
    if value == 0:
        return f"0 {suffix or steps[-1][1]}" if steps is not _TIMES else "0 s"
    for factor, prefix in steps:
        if abs(value) >= factor * 0.9995:
            return f"{show_number(value / factor)} {prefix}{suffix}"
    factor, prefix = steps[-1]
    return f"{show_number(value / factor)} {prefix}{suffix}"


def two_figures(value: float) -> str:
    """Return a number with two figures, for what nobody needs to know more exactly: `14`, `1.3`, `0.25`."""
    return show_number(float(f"{value:.2g}"))


def show_number(value: float) -> str:
    """Return a number with three significant figures, whole numbers whole, thousands apart."""
    if not math.isfinite(value):
        return "not a number" if math.isnan(value) else ("unbounded" if value > 0 else "-unbounded")
    if value == 0:
        return "0"
    if value == int(value):
        return f"{value:,.0f}"
    digits = _decimals(value)
    if digits > 6:
        return f"{value:.2e}"
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_SCALES = ((1e12, " trillion"), (1e9, " billion"), (1e6, " million"), (1.0, ""))


def show_count(value: float) -> str:
    """Return how many there are as people say it, such as `13.6 million`.

    Three figures, or four where those are the whole of the number, as a stated `12,350,000` is.
    """
    if not math.isfinite(value) or abs(value) < 1000:
        return show_number(value)
    whole, short = float(f"{value:.4g}"), float(f"{value:.3g}")
    rounded = whole if math.isclose(whole, value, rel_tol=1e-12) else short
    size, word = next(scale for scale in _SCALES if abs(rounded) >= scale[0])
    return f"{rounded / size:,.4g}{word}" if word else f"{rounded:,.0f}"


def show_whole(value: float) -> str:
    """Return a whole number in full below a million, since it is compared with others; beyond, as `show_count` does."""
    return f"{value:,.0f}" if abs(value) < 1e6 else show_count(value)


def show_share(value: float) -> str:
    """Return a share of one as a percentage, such as `87 %` or `99.95 %`; near one with all its nines."""
    if not math.isfinite(value):
        return show_number(value)
    percent = value * 100
    if 99 < percent < 100:
        places = min(12, 1 - math.floor(math.log10(100 - percent)))  # two figures of what is missing to all
        return f"{f'{percent:.{places}f}'.rstrip('0').rstrip('.')} %"
    return f"{show_number(percent)} %"
