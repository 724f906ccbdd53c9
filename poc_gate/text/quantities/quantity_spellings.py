"""Amounts as people write them -> the spelling of the unit table: `500 a day`, `50 percent`, `2 seconds`, `1,000`."""

from __future__ import annotations

import contextlib
import re
from functools import cache

from poc_gate.model.quantity import Quantity
from poc_gate.text.lazy_pattern import lazily
from poc_gate.text.quantities.quantity_text import QuantityError, parse_quantity

SPOKEN = {
    "percent": "%", "per cent": "%", "pct": "%",
    "second": "s", "seconds": "s", "secs": "s", "millisecond": "ms", "milliseconds": "ms",
    "minute": "min", "minutes": "min", "mins": "min", "hour": "h", "hours": "h", "hr": "h", "hrs": "h",
    "toks": "tok", "\N{EURO SIGN}": "EUR",
}  # fmt: skip
"""Words that the unit table lacks -> its own spelling."""
ASKED = {
    "query": "req",
    "queries": "req",
    "question": "req",
    "questions": "req",
    "call": "req",
    "calls": "req",
}
"""What people call a request where a rate of requests is wanted; elsewhere a query is one of many countable things."""
PER = ("per", "a", "an", "each", "every")
"""Words for the stroke of a rate, before a period of time alone."""
PERIODS = ("d", "day", "h", "hour", "hr", "min", "minute", "s", "sec", "second", "week")
LARGE = {"k": 1e3, "K": 1e3, "thousand": 1e3, "million": 1e6, "mio": 1e6}
"""Words behind a number; before a unit of its own, as in `5 kB`, the letter belongs to that."""
THOUSANDS = r"[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?"
"""A number in groups of three; one comma alone as in `0,5` or `99,9` is none."""
_GROUPED = lazily(rf"(?<![0-9.,]){THOUSANDS}(?![0-9,])", re.ASCII)
_LARGE = lazily(rf"([0-9]+(?:\.[0-9]+)?)\s*({'|'.join(LARGE)})(?![A-Za-z])\s*(.*)", re.ASCII | re.DOTALL)
_RATES = {"req/s": "req", "tok/s": "tok"}
_BARE = lazily(r"[+-]?[0-9.]+(?:e[+-]?[0-9]+)?", re.ASCII | re.IGNORECASE)
_LONGEST = 80


def in_plain_spelling(text: str, unit: str, *, any_case: bool = False) -> str:
    """Return an amount of a unit in the unit table's spelling, where people spell it otherwise.

    Numbers without a unit keep none, except in a rate: `500/day` of requests is `500 req/d`. `any_case`
    takes the words in capitals too. What is not understood is returned as it is, for the reader to refuse.
    """
    text = text.strip(" \t")
    if len(text) > _LONGEST:
        return text
    text = _GROUPED.sub(lambda match: match[0].replace(",", ""), text)
    words, per = _patterns(any_case)
    text = per.sub(lambda match: f"/{_short(match[1].lower())}", text)
    asked = ASKED if unit == "req/s" else {}
    text = words.sub(lambda match: _word(match, asked), text)
    if large := _LARGE.fullmatch(text):
        text = f"{float(large[1]) * LARGE[large[2]]:.15g} {large[3]}".strip()
    counted = _RATES.get(unit, "")
    number, slash, period = text.partition("/")
    if counted and slash and _BARE.fullmatch(number.strip()):
        text = f"{number.strip()} {counted}/{period.strip()}"
    return text


def parse_written(text: str, unit: str) -> Quantity:
    """Return a quantity in the table's spelling or in people's; raises QuantityError for what is neither."""
    try:
        return parse_quantity(text, unit)
    except QuantityError:
        plain = in_plain_spelling(text, unit)
        if plain != text.strip(" \t"):
            with contextlib.suppress(QuantityError):
                return parse_quantity(plain, unit)
        raise


def bare_number(text: str) -> float | None:
    """Return a number written in groups of three, such as `1,000`; None for anything else."""
    written = text.strip(" \t")
    if len(written) > _LONGEST or not re.fullmatch(THOUSANDS, written, re.ASCII):
        return None
    return float(written.replace(",", ""))


def _short(period: str) -> str:
    return SPOKEN.get(period, "s" if period == "sec" else "d" if period == "day" else period)


def _word(match: re.Match[str], asked: dict[str, str]) -> str:
    word = match[2].lower()
    plain = SPOKEN.get(word) or asked.get(word)
    return f"{match[1] and ' '}{plain}" if plain else match[0]


@cache
def _patterns(any_case: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    flags = re.ASCII | (re.IGNORECASE if any_case else 0)
    known = "|".join(sorted((*SPOKEN, *ASKED), key=len, reverse=True))
    words = re.compile(rf"([ \t]*)(?<![A-Za-z])({known})(?![A-Za-z])", flags)
    per = re.compile(
        rf"[ \t]*(?:/|(?<![A-Za-z])(?:{'|'.join(PER)})(?![A-Za-z]))[ \t]*({'|'.join(PERIODS)})(?![A-Za-z])",
        flags,
    )
    return words, per
