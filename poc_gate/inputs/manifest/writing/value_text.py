"""A value -> the text that states it in a manifest; reading that text gives the same value again."""

from __future__ import annotations

import re

from poc_gate.inputs.manifest.fields.field_tree import Leaf
from poc_gate.inputs.manifest.schema.field_types import Date, Share
from poc_gate.model.claim import Value
from poc_gate.model.quantity import Quantity
from poc_gate.text.quantities.quantity_text import QuantityError, parse_any_quantity

_UNITS = {
    "s": ("d", "h", "min", "s", "ms", "us", "ns"),
    "B": ("GiB", "GB", "TiB", "TB", "MiB", "MB", "KiB", "kB", "B"),
    "B/s": ("GB/s", "MB/s", "TB/s", "kB/s", "B/s"),
    "req/s": ("req/s", "req/d", "req/h", "req/min"),
    "tok/s": ("tok/s", "tok/min"),
    "tok": ("tok",),
    "1/s": ("/s", "/d", "/h", "/min"),
    "money": ("¤",),
    "money/s": ("¤/h", "¤/d", "¤/s"),
    "money/tok": ("¤/Mtok", "¤/ktok", "¤/tok"),
    "money/B": ("¤/GB", "¤/MB", "¤/B"),
    "m": ("km", "m"),
    "W": ("W", "kW"),
}
"""Units that people write for each SI unit, the likeliest first; the currency sign stands for the code."""

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 _./,;()'%+-]*[A-Za-z0-9_./)%]|[A-Za-z]")
_RESERVED = {"null", "true", "false", "~"}
_EXACT = 1e-12


def value_text(leaf: Leaf, value: Value, *, currency: str = "") -> str:
    """Return how a manifest states a value: `250 ms`, `99.9 %`, `[lookup, scan]`, `"1.2"`.

    `currency` is the code that prices are written in.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Quantity):
        return _quantity(leaf, value, currency)
    if leaf.mapped and isinstance(value, tuple):
        pairs = (text.partition("=") for text in value)
        return "{" + ", ".join(f"{plain_text(key)}: {_in_flow(text)}" for key, _, text in pairs) + "}"
    if isinstance(value, tuple):
        return f"[{', '.join(_in_flow(text) for text in value)}]"
    return value if leaf.type is Date else plain_text(value)


def plain_text(text: str) -> str:
    """Return a text as YAML: plain where that reads back as the same text, else in double quotes."""
    if _PLAIN.fullmatch(text) and text.lower() not in _RESERVED:
        return text
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _in_flow(text: str) -> str:
    """Return a text inside `[...]`, where a comma would end it."""
    plain = plain_text(text)
    return plain if plain.startswith('"') or "," not in plain else f'"{plain}"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character == "\n":
        return "\\n"
    if character.isprintable() and character != "\ufeff":
        return character
    return f"\\U{ord(character):08x}"


def _quantity(leaf: Leaf, quantity: Quantity, currency: str) -> str:
    if leaf.type is Share:
        return f"{_digits(quantity.value * 100)} %"
    if quantity.unit == "1":
        return _digits(quantity.value)
    written = [unit.replace("¤", currency) for unit in _UNITS[quantity.unit]]
    exact = [text for unit in written if (text := _try(quantity, unit))]
    # The shortest number is how people say it: 250 ms, not 0.25 s; 1 d, not 24 h.
    return min(exact, key=_length_of_number) if exact else f"{quantity.value!r} {written[-1]}"


def _length_of_number(text: str) -> int:
    return text.index(" ") if " " in text else len(text)


def _try(quantity: Quantity, unit: str) -> str:
    """Return the quantity in one unit, or nothing when it would not read back."""
    try:
        factor = parse_any_quantity(f"1 {unit}").value
        text = f"{_digits(quantity.value / factor)} {unit}"
        back = parse_any_quantity(text).value
    except QuantityError:
        return ""
    return text if abs(back - quantity.value) <= _EXACT * abs(quantity.value) else ""


def _digits(number: float) -> str:
    """Return the shortest decimal digits of a number, without exponent where that is short."""
    for places in range(13):
        text = f"{number:.{places}f}"
        if float(text) == number or abs(float(text) - number) <= _EXACT * abs(number):
            return text if len(text) <= 18 else repr(number)
    return repr(number)
