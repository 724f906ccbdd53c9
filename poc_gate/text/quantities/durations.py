"""Durations and shares as the standards write them -> SI, or a question where the text is ambiguous."""

from __future__ import annotations

import math
import re

from msgspec import Struct

from poc_gate.text.lazy_pattern import lazily

MONTH_S = 30 * 86400.0
YEAR_S = 365 * 86400.0
"""Calendar units have no fixed length; contracts mean about this, and the claim's note says so."""

_UNITS: dict[str, float] = {}
for _factor, _names in (
    (1e-9, "ns nanosecond nanoseconds"),
    (1e-6, "us µs μs micros microsecond microseconds"),
    (1e-3, "ms msec msecs milli millis millisecond milliseconds"),
    (1.0, "s sec secs second seconds"),
    (60.0, "min mins minute minutes"),
    (3600.0, "h hr hrs hour hours"),
    (86400.0, "d day days"),
    (604800.0, "w wk wks week weeks"),
    (MONTH_S, "mo mon mth mths month months"),
    (3 * MONTH_S, "q quarter quarters"),
    (YEAR_S, "y yr yrs year years a annum"),
):
    _UNITS |= dict.fromkeys(_names.split(), _factor)

_WORDS = {
    "hourly": 3600.0,
    "daily": 86400.0,
    "nightly": 86400.0,
    "weekly": 604800.0,
    "biweekly": 2 * 604800.0,
    "monthly": MONTH_S,
    "quarterly": 3 * MONTH_S,
    "yearly": YEAR_S,
    "annually": YEAR_S,
    "real-time": 0.0,
    "realtime": 0.0,
    "real time": 0.0,
    "streaming": 0.0,
    "continuous": 0.0,
}
_ISO = lazily(
    r"P(?=\d|T\d)(?:(?P<y>\d+(?:\.\d+)?)Y)?(?:(?P<mo>\d+(?:\.\d+)?)M)?(?:(?P<w>\d+(?:\.\d+)?)W)?(?:(?P<d>\d+(?:\.\d+)?)D)?"
    r"(?:T(?:(?P<h>\d+(?:\.\d+)?)H)?(?:(?P<mi>\d+(?:\.\d+)?)M)?(?:(?P<s>\d+(?:[.,]\d+)?)S)?)?"
)
_ISO_FACTORS = {"y": YEAR_S, "mo": MONTH_S, "w": 604800.0, "d": 86400.0, "h": 3600.0, "mi": 60.0, "s": 1.0}
_NUMBER_UNIT = lazily(r"(?P<number>[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?)\s*(?P<unit>[^\d\s]\S*)?")
_COMPOUND = lazily(r"(\d+(?:\.\d+)?)(ms|us|ns|s|m|h|d|w|y)")
_LONGEST_S = 1e12


class Duration(Struct, frozen=True):
    """A duration in seconds, or why it cannot be told; `unit` is the factor's name as it was understood."""

    seconds: float | None
    unit: str = ""
    note: str = ""
    question: str = ""


def read_duration(text: str, unit: str = "") -> Duration:
    """Return the duration that a contract writes: a number with its unit, ISO 8601, or a word such as `daily`.

    `m` is a question: minutes for some readers and months for others. Units are read without regard to
    case, except that a lone `M` means months to nobody for certain and is a question as well.
    """
    plain = text.strip().strip("\"'")
    iso = _ISO.fullmatch(plain.upper()) if plain[:1] in "Pp" else None
    if iso:
        return _from_iso(iso, plain)
    if plain.lower() in _WORDS and not unit:
        return Duration(_WORDS[plain.lower()], "interval", f"{plain!r} was read as an interval")
    match = _NUMBER_UNIT.fullmatch(plain)
    if not match:
        return Duration(None, question=f"{_short(plain)} is not a duration")
    return _with_unit(float(match["number"]), (match["unit"] or unit).strip(), plain)


_EVERY = lazily(
    r"(?i)(?:once\s+)?(?:every|each|per|a|an|once every)\s+(?:(?P<number>\d+(?:\.\d+)?)\s*)?(?P<unit>[a-z]+)(?:\s+at\s+[\d:]+\s*\w*)?"
)
_TIMES = lazily(
    r"(?i)(?P<number>\d+(?:\.\d+)?|once|twice|three times|four times)\s*(?:x|times|updates?|loads?|runs?)?\s*(?:/|per|a|an|each|every)\s*(?P<unit>[a-z]+)"
)
_COUNTS = {"once": 1.0, "twice": 2.0, "three times": 3.0, "four times": 4.0}
_WORKING_DAYS_S = 3 * 86400.0
"""Longest gap of what runs on working days: from Friday to Monday."""


def interval_of(text: str, unit: str = "") -> float | None:
    """Return the seconds between two updates from `every 6 hours`, `twice a day`, `4 per day` or `every weekday`; else None."""
    plain = " ".join(f"{text} {unit}".strip().strip("\"'").lower().split())
    if re.fullmatch(
        r"(?:every|each|on)?\s*(?:weekdays?|working days?|business days?|workdays?)|mon(?:day)?\s*(?:-|to)\s*fri(?:day)?",
        plain,
    ):
        return _WORKING_DAYS_S
    if match := _TIMES.fullmatch(plain):
        factor = _UNITS.get(match["unit"])
        times = _COUNTS[match["number"]] if match["number"] in _COUNTS else float(match["number"])
        return factor / times if factor and match["unit"] != "m" and times else None
    if match := _EVERY.fullmatch(plain):
        factor = _UNITS.get(match["unit"])
        return factor * float(match["number"] or 1) if factor and match["unit"] != "m" else None
    if match := re.fullmatch(
        r"(hourly|daily|nightly|weekly|monthly|quarterly|yearly)\b(?: at)? ?[\d:]*\s*\w{0,4}", plain
    ):
        return _WORDS[match[1]]
    return None


def _with_unit(number: float, written: str, plain: str) -> Duration:
    if not written:
        return Duration(None, question=f"{_short(plain)} has no unit")
    if written in ("m", "M"):
        return Duration(None, unit="m", question=f"the unit `{written}` can mean minutes or months")
    factor = _UNITS.get(written.lower())
    if factor is None:
        return Duration(None, unit=written, question=f"the unit {_short(written)} is not known")
    return _bounded(number * factor, written.lower(), _calendar_note(factor))


def read_strict_duration(text: str) -> Duration:
    """Return an OpenSLO or Prometheus duration: `5m` is minutes, `1M` months, `1h30m` a sum."""
    plain = text.strip()
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(M|Q|Y)", plain)
    if match:
        factor = {"M": MONTH_S, "Q": 3 * MONTH_S, "Y": YEAR_S}[match[2]]
        return _bounded(float(match[1]) * factor, match[2], _calendar_note(factor))
    parts = _COMPOUND.findall(plain)
    if parts and "".join(number + unit for number, unit in parts) == plain:
        seconds = sum(float(number) * (60.0 if unit == "m" else _UNITS[unit]) for number, unit in parts)
        return _bounded(seconds, parts[0][1], "")
    return read_duration(plain)


def read_share(text: str) -> float | None:
    """Return a share of one from `99.5`, `0.995`, `99.5%` or `99,5 %`; None when it is not a share.

    A bare number above 1 is a percentage: no availability is above one.
    """
    plain = text.strip().rstrip(".").replace(",", ".") if text.count(",") == 1 else text.strip()
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(%|percent|pct)?", plain, re.IGNORECASE)
    if not match:
        return None
    value = float(match[1])
    share = value / 100 if match[2] or value > 1 else value
    return round(share, 15) if 0 <= share <= 1 else None


def _from_iso(match: re.Match[str], plain: str) -> Duration:
    found = {name: float(value.replace(",", ".")) for name, value in match.groupdict().items() if value}
    if not found:
        return Duration(None, question=f"{_short(plain)} is not a duration")
    seconds = sum(value * _ISO_FACTORS[name] for name, value in found.items())
    smallest = next(name for name in ("s", "mi", "h", "d", "w", "mo", "y") if name in found)
    note = "a year is taken as 365 days, a month as 30" if {"y", "mo"} & set(found) else ""
    return _bounded(seconds, {"mi": "min"}.get(smallest, smallest), note)


def _bounded(seconds: float, unit: str, note: str) -> Duration:
    if not math.isfinite(seconds) or not 0 <= seconds <= _LONGEST_S:
        return Duration(None, unit=unit, question="the duration is negative or beyond any contract")
    return Duration(float(f"{seconds:.12g}"), unit, note)


def _calendar_note(factor: float) -> str:
    if factor == YEAR_S:
        return "a year is taken as 365 days"
    return "a month is taken as 30 days" if factor in (MONTH_S, 3 * MONTH_S) else ""


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:37]}...")
