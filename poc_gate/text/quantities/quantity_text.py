"""Text -> quantity: `80 GiB`, `250 ms`, `1h30m`, `99.9 %`, `2.10 EUR/h`, with the dimension checked."""

from __future__ import annotations

import math
import re
from functools import cache

from poc_gate.model.quantity import DIMENSIONLESS, UNIT_MEANING, Quantity, divide_units, unit_powers
from poc_gate.text.lazy_pattern import lazily

CURRENCIES = frozenset(
    [
        "AUD",
        "BRL",
        "CAD",
        "CHF",
        "CNY",
        "CZK",
        "DKK",
        "EUR",
        "GBP",
        "HKD",
        "HUF",
        "IDR",
        "ILS",
        "INR",
        "JPY",
        "KRW",
        "MXN",
        "MYR",
        "NOK",
        "NZD",
        "PHP",
        "PLN",
        "RON",
        "SEK",
        "SGD",
        "THB",
        "TRY",
        "TWD",
        "USD",
        "ZAR",
    ]
)
"""ISO 4217 codes that prices may be written in; conversion between them is never attempted."""

COUNTED = frozenset(
    [
        "chunk",
        "chunks",
        "vector",
        "vectors",
        "sample",
        "samples",
        "row",
        "rows",
        "record",
        "records",
        "decision",
        "decisions",
        "image",
        "images",
        "message",
        "messages",
        "document",
        "documents",
        "doc",
        "docs",
        "item",
        "items",
        "event",
        "events",
        "op",
        "ops",
        "query",
        "queries",
    ]
)
"""Nouns that may stand in a rate and have no unit of their own: `500 chunks/s`."""

ALONE = frozenset(["m", "%", "x"])
"""Units that stand in no rate: `m` may mean minutes, shares and factors per something mean nothing here."""

_NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?"
_WHOLE = lazily(rf"({_NUMBER})\s*(\S.*)?", re.ASCII)
_SUM = lazily(rf"({_NUMBER})\s*(d|h|min|ms|m|s)\s*", re.ASCII)
_LONGEST = 80
"""Characters; nobody writes a longer quantity, and an attacker must not make us read one."""

_MONTHS_OR_MINUTES = "`m` can mean minutes, months or metres"


class QuantityError(ValueError):
    """Text that is not a quantity of the wanted dimension: what is wrong and what to write instead."""

    def __init__(self, what: str, next_step: str) -> None:
        """Keep the two halves apart, so that the reader can place them."""
        super().__init__(what)
        self.what = what
        self.next_step = next_step


@cache
def unit_table() -> dict[str, tuple[float, str]]:
    """Return every unit by its exact spelling: factor to SI and SI unit."""
    table: dict[str, tuple[float, str]] = {
        "ns": (1e-9, "s"), "us": (1e-6, "s"), "\N{MICRO SIGN}s": (1e-6, "s"), "\N{GREEK SMALL LETTER MU}s": (1e-6, "s"),
        "ms": (1e-3, "s"), "s": (1.0, "s"), "sec": (1.0, "s"), "min": (60.0, "s"), "h": (3600.0, "s"),
        "d": (86400.0, "s"), "day": (86400.0, "s"), "days": (86400.0, "s"), "week": (604800.0, "s"),
        "weeks": (604800.0, "s"), "m": (1.0, "m"), "km": (1000.0, "m"), "W": (1.0, "W"), "kW": (1e3, "W"),
        "%": (0.01, DIMENSIONLESS), "x": (1.0, DIMENSIONLESS),
    }  # fmt: skip
    decimal = {"": 1.0, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15}
    binary = {"Ki": 2.0**10, "Mi": 2.0**20, "Gi": 2.0**30, "Ti": 2.0**40, "Pi": 2.0**50}
    for prefix, factor in {**decimal, **binary}.items():
        table[f"{prefix}B"] = (factor, "B")
        table[f"{prefix}bit"] = (factor / 8, "B")
    for prefix, factor in binary.items():
        table[prefix] = (factor, "B")  # Kubernetes writes 80Gi and means bytes
    for prefix, factor in decimal.items():
        table[f"{prefix}FLOP"] = (factor, "flop")
        table[f"{prefix}FLOP/s"] = (factor, "flop/s")
        table[f"{prefix}FLOPS"] = (factor, "flop/s")
        table[f"{prefix}Hz"] = (factor, "1/s")
        table[f"{prefix}bps"] = (factor / 8, "B/s")
        table[f"{prefix}tok"] = (factor, "tok")
    for name, unit in {
        "token": "tok",
        "tokens": "tok",
        "req": "req",
        "requests": "req",
        "request": "req",
    }.items():
        table[name] = (1.0, unit)
    table["rps"] = (1.0, "req/s")
    table["qps"] = (1.0, "req/s")
    table |= dict.fromkeys(COUNTED, (1.0, DIMENSIONLESS))
    table |= dict.fromkeys(CURRENCIES, (1.0, "money"))
    return table


_INVISIBLE = frozenset("\u00a0\u2007\u2009\u200b\u202f\u2060\ufeff")
"""Spaces and marks that pages and word processors put between a number and its unit."""
_ANY_QUANTITY = "write a number and its unit, such as 80 GiB or 250 ms"
_ANY_UNIT = "write a unit such as GiB, ms, GB/s, req/s, % or EUR/h"


def parse_quantity(text: str, unit: str) -> Quantity:
    """Return the quantity that `text` writes, in SI, when it measures what `unit` measures.

    Units are case-sensitive (`Mb` is refused, `MB` and `MiB` differ). Raises QuantityError for a
    missing unit, an unknown one, another dimension, and for values that are not finite.
    """
    wanted = UNIT_MEANING.get(unit, f"a quantity in {unit}")
    try:
        quantity = parse_any_quantity(text)
    except QuantityError as error:
        asked = {_ANY_QUANTITY: "write a number and its unit", _ANY_UNIT: "write another unit"}
        if error.next_step in asked:
            raise QuantityError(error.what, f"{asked[error.next_step]}: {wanted}") from None
        raise
    if unit_powers(quantity.unit) != unit_powers(unit):
        got = UNIT_MEANING.get(quantity.unit, f"a quantity in {quantity.unit}")
        if quantity.unit == DIMENSIONLESS and "%" not in text:
            raise QuantityError(f"{text!r} has no unit", f"write {wanted}")
        hint = f"; {_MONTHS_OR_MINUTES}: write `min` or `d`" if quantity.unit == "m" else ""
        raise QuantityError(
            f"{text!r} is {got.split(',')[0]}, not {wanted.split(',')[0]}", f"write {wanted}{hint}"
        )
    return Quantity(quantity.value, unit)


def parse_any_quantity(text: str) -> Quantity:
    """Return the quantity that `text` writes, whatever it measures; a bare number has unit `1`.

    Raises QuantityError when it is not a quantity at all.
    """
    written = text.strip(" \t")
    match = _WHOLE.fullmatch(written) if len(written) <= _LONGEST else None
    if not match:
        shown = repr(text if len(text) <= _LONGEST else f"{text[:40]}...")
        raise QuantityError(f"{shown} is not a quantity", _ANY_QUANTITY)
    number, unit = float(match[1]), match[2] or ""
    quantity = Quantity(number) if not unit else _with_unit(text, number, unit)
    if not math.isfinite(quantity.value):
        raise QuantityError(f"{text!r} is not finite", "write a finite number")
    return quantity


def _with_unit(text: str, number: float, written: str) -> Quantity:
    found = _unit(written)
    if found is not None:
        return Quantity(number * found[0], found[1])
    if _SUM.match(text.strip()):
        return _sum(text, written)
    raise _unknown_unit(text, written)


def currency_of(text: str) -> str:
    """Return the currency code that a price names, or an empty text."""
    named = text.replace("\N{EURO SIGN}", " EUR")
    codes = [word for word in re.split(r"[^A-Za-z]+", named) if word in CURRENCIES]
    return codes[0] if codes else ""


def _unit(written: str) -> tuple[float, str] | None:
    table = unit_table()
    if written in table:
        return table[written]
    above, slash, below = written.partition("/")
    if not slash:
        return None
    left = (1.0, DIMENSIONLESS) if above.strip() in {"", "1"} else table.get(above.strip())
    right = table.get(below.strip())
    if left is None or right is None or above.strip() in ALONE:
        return None
    if right[1] == DIMENSIONLESS or "/" in left[1] + right[1]:
        return None
    return left[0] / right[0], divide_units(left[1], right[1])


def _sum(text: str, written: str) -> Quantity:
    rest, total = text.strip(), 0.0
    while rest:
        match = _SUM.match(rest)
        if not match:
            raise _unknown_unit(text, written)
        # Inside a sum such as 1h30m the letter m can only be minutes.
        factor = 60.0 if match[2] == "m" else unit_table()[match[2]][0]
        total += float(match[1]) * factor
        rest = rest[match.end() :]
    return Quantity(total, "s")


def _unknown_unit(text: str, written: str) -> QuantityError:
    what = f"{text!r} has the unknown unit {written!r}"
    if written[:1] in _INVISIBLE:
        return QuantityError(what, "it holds an invisible character: type the unit again, with a plain space")
    if re.match(r"[.,]\d", written):
        return QuantityError(
            f"{text!r} is not a number", "write 1500 or 1.5: a decimal point, no thousands separators"
        )
    if re.fullmatch(r"[kMGTP]?[Bb]ps|[kMGTP]?b(/s)?", written):
        prefix = written.rstrip("/sbBp")
        return QuantityError(what, f"bits or bytes? write {prefix}bit/s or {prefix}B/s, {prefix}B for a size")
    if re.search(r"months?$|years?$", written):
        return QuantityError(what, "months and years differ in length: write days, such as 30 d")
    lowered = {spelling.lower(): spelling for spelling in unit_table()}
    above, slash, below = written.partition("/")
    near = lowered.get(above.strip().lower(), "") + slash + lowered.get(below.strip().lower(), "")
    if lowered.get(above.strip().lower()) and (not slash or lowered.get(below.strip().lower())):
        return QuantityError(what, f"units are case-sensitive: did you mean {near!r}?")
    return QuantityError(what, _ANY_UNIT)
