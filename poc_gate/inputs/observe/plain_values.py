"""Values of a parsed file -> numbers, texts and spreads, or nothing where they are something else."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec

from poc_gate.inputs.estimate.known_spread import Spread
from poc_gate.inputs.observe.foreign_json import parse_json
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.text.lazy_pattern import lazily

_MOST_SAMPLES = 5_000_000
_PERCENTILE = lazily(r"p?(\d{1,3}(?:[.]\d+)?)(?:th)?|p\((\d{1,3}(?:[.]\d+)?)\)")
_NAMED = {"median": 0.5, "med": 0.5, "min": 0.0, "minimum": 0.0, "max": 1.0, "maximum": 1.0}


def parse_whole(stream: PackedStream, what: str) -> dict[str, object]:
    """Return a JSON document whose top is a mapping; raises InvalidInputError with the reason otherwise."""
    try:
        data = parse_json(stream.whole())
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise stream.fault(
            f"is not a whole JSON document: {str(error)[:120]}", f"write the {what} again"
        ) from None
    if not isinstance(data, dict):
        raise stream.fault(f"does not look like the {what}", "name the file as the tool wrote it")
    return data


def number(value: object) -> float | None:
    """Return a finite number; of anything else, texts included, None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        found = float(value)
    except OverflowError:
        return None
    return found if math.isfinite(found) else None


def amount(value: object) -> float | None:
    """Return a number of zero or more, or None."""
    found = number(value)
    return found if found is not None and found >= 0 else None


def count(value: object) -> int | None:
    """Return a whole number of zero or more, or None."""
    found = amount(value)
    return int(found) if found is not None and found == int(found) and found < 2**53 else None


def text(value: object) -> str:
    """Return a short text, or an empty one."""
    return value.strip()[:300] if isinstance(value, str) else ""


def mapping(value: object, *keys: str) -> Mapping[str, object]:
    """Return the mapping below, key by key; an empty one where there is none."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[object]:
    """Return a list, or an empty one."""
    return value if isinstance(value, list) else []


def amounts(value: object) -> list[float]:
    """Return the numbers of zero or more of a list; everything else in it is left out."""
    listed = items(value)[:_MOST_SAMPLES]
    return [found for found in map(amount, listed) if found is not None]


def stated(values: Mapping[str, object], *, count: int | None, factor: float = 1.0) -> Spread:
    """Return percentiles that stand under names such as `p99`, `p(95)`, `99th`, `median`, `max`, times a factor."""
    found: dict[float, float] = {}
    for name, value in values.items():
        share, known = share_of(name), amount(value)
        if share is not None and known is not None:
            found[share] = known * factor
    if not _ascending(found):
        return Spread()
    mean = amount(values.get("mean", values.get("avg")))
    return Spread(stated=found, count=count, mean=None if mean is None else mean * factor)


def share_of(name: str) -> float | None:
    """Return the share that the name of a percentile means, or None."""
    plain = name.strip().lower()
    if plain in _NAMED:
        return _NAMED[plain]
    match = _PERCENTILE.fullmatch(plain)
    share = float(match[1] or match[2]) / 100 if match else 2.0
    return round(share, 9) if share <= 1 else None


def _ascending(found: Mapping[float, float]) -> bool:
    """Say whether percentiles rise with their share: where they do not, the file contradicts itself."""
    values = [found[share] for share in sorted(found)]
    return all(later >= earlier * (1 - 1e-6) for earlier, later in itertools.pairwise(values))


def iso(seconds: float | None) -> str:
    """Return seconds since 1970, or milli-, micro- or nanoseconds, as ISO 8601 in UTC; an empty text for anything else."""
    if seconds is None:
        return ""
    for factor in (1.0, 1e3, 1e6, 1e9):
        if 1e9 <= seconds / factor < 5e9:
            return datetime.fromtimestamp(seconds / factor, tz=UTC).isoformat(timespec="seconds")
    return ""
