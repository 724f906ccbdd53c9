"""Answers as people type them -> values of a manifest: `500 a day`, `50 percent`, `2s`, `1,000`, `yes`."""

from __future__ import annotations

import re

from poc_gate.manifest.fields.field_tree import Leaf
from poc_gate.manifest.reading.read_value import read_value
from poc_gate.manifest.schema.field_types import Number, RequestRate, Share, Time, TokenRate, Tokens
from poc_gate.model.claim import Value

_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")
_SPELT = (
    (re.compile(r"\s*\b(?:per ?cent|pct)\b", re.IGNORECASE), " %"),
    (re.compile(r"\s*\b(?:seconds?|secs?)\b", re.IGNORECASE), " s"),
    (re.compile(r"\s*\bmilliseconds?\b", re.IGNORECASE), " ms"),
    (re.compile(r"\s*\bminutes?\b|\bmins\b", re.IGNORECASE), " min"),
    (re.compile(r"\s*\b(?:hours?|hrs?)\b", re.IGNORECASE), " h"),
    (re.compile(r"\s*\bdays\b", re.IGNORECASE), " d"),
    (re.compile(r"\s*\b(?:tokens?|toks)\b", re.IGNORECASE), " tok"),
    (re.compile(r"\s*\b(?:requests?|queries|questions|calls)\b", re.IGNORECASE), " req"),
    (re.compile("\N{EURO SIGN}"), " EUR"),
)
_PER = re.compile(
    r"\s*(?:/|\bper\b|\ban?\b|\beach\b|\bevery\b)\s*(day|d|hour|h|minute|min|month|second|sec|s)\b",
    re.IGNORECASE,
)
_PERIODS = {"day": "d", "hour": "h", "minute": "min", "second": "s", "sec": "s"}
_THOUSAND = re.compile(r"^([0-9.]+)\s*([kK]|thousand|million|mio)\b\s*(.*)$")
_FACTORS = {"k": 1e3, "thousand": 1e3, "million": 1e6, "mio": 1e6}
_BARE = re.compile(r"[+-]?[0-9.]+(?:e[+-]?[0-9]+)?", re.IGNORECASE)
_YES = {"y": True, "yes": True, "true": True, "n": False, "no": False, "false": False}
_NONE = frozenset({"none", "no", "nothing", "-", "keine"})


def read_typed(leaf: Leaf, text: str) -> Value:
    """Return the value that a person typed for a field; raises ValueFault for what the manifest would refuse."""
    if leaf.listed and text.strip().lower() in _NONE:
        return ()
    return read_answer(leaf, as_written(leaf, text))


def read_answer(leaf: Leaf, text: str) -> Value:
    """Return the value that a person typed for a field; lists are separated by commas.

    Raises ValueFault for what the manifest would refuse.
    """
    if leaf.listed:
        words = [word.strip() for word in text.strip("[]").split(",") if word.strip()]
        return tuple(str(read_value(leaf, word)) for word in words)
    if leaf.type is bool:
        return read_value(leaf, _YES.get(text.lower(), text)) is True
    if leaf.type is Number and re.fullmatch(r"[+-]?[0-9.]+(e[+-]?[0-9]+)?", text, re.IGNORECASE):
        try:
            return read_value(leaf, float(text))
        except ValueError:
            pass
    return read_value(leaf, text)


def as_written(leaf: Leaf, text: str) -> str:
    """Return an answer in the manifest's own spelling, where people spell it otherwise."""
    text = text.strip()
    if not (leaf.unit or leaf.type in (Number, Share)):
        return text
    text = _THOUSANDS.sub("", text)
    for pattern, plain in _SPELT:
        text = pattern.sub(plain, text)
    text = _PER.sub(lambda match: f"/{_PERIODS.get(match[1].lower(), match[1].lower())}", text)
    large = _THOUSAND.match(text)
    if large:
        text = f"{float(large[1]) * _FACTORS[large[2].lower()]:.15g} {large[3]}".strip()
    text = re.sub(r"\s+", " ", text).strip()
    if leaf.type is RequestRate:
        return _rate(text)
    if leaf.type is TokenRate and _BARE.fullmatch(text.partition("/")[0].strip()):
        return text.replace("/", " tok/", 1) if "/" in text else text
    if leaf.type is Tokens and _BARE.fullmatch(text):
        return f"{text} tok"
    if leaf.type is Time and re.fullmatch(r"[0-9.]+ ?day", text):
        return text.replace("day", "d")
    return text


def _rate(text: str) -> str:
    if _BARE.fullmatch(text):
        return f"{text} req/d"
    number, slash, period = text.partition("/")
    if slash and _BARE.fullmatch(number.strip()):
        return f"{number.strip()} req/{period.strip()}"
    return text
