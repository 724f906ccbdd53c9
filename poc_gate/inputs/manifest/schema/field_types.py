"""The types of the manifest's fields: quantities by unit, and what is said about each field."""

from typing import Any, Literal

import msgspec


class QuantityText(str):
    """A quantity as written, number and unit, such as `250 ms`; `unit` is what it must measure."""

    __slots__ = ()
    unit = "1"
    example = "1"


class Time(QuantityText):
    """A duration, such as `250 ms`, `15 min` or `30 d`."""

    __slots__ = ()
    unit = "s"
    example = "250 ms"


class Size(QuantityText):
    """A size in bytes, such as `80 GiB`."""

    __slots__ = ()
    unit = "B"
    example = "80 GiB"


class DataRate(QuantityText):
    """Bytes per second, such as `1.2 GB/s` or `10 Gbit/s`."""

    __slots__ = ()
    unit = "B/s"
    example = "1.2 GB/s"


class RequestRate(QuantityText):
    """Requests per time, such as `12 req/s` or `20000 req/d`."""

    __slots__ = ()
    unit = "req/s"
    example = "12 req/s"


class TokenRate(QuantityText):
    """Tokens per time, such as `40 tok/s`."""

    __slots__ = ()
    unit = "tok/s"
    example = "40 tok/s"


class Tokens(QuantityText):
    """A number of tokens, such as `4096 tok`."""

    __slots__ = ()
    unit = "tok"
    example = "4096 tok"


class CountRate(QuantityText):
    """Things per time, such as `500 chunks/s`, `20000 samples/s` or `3 /d`."""

    __slots__ = ()
    unit = "1/s"
    example = "500 chunks/s"


class Share(QuantityText):
    """A share written with its sign, such as `99.9 %`."""

    __slots__ = ()
    unit = "1"
    example = "99.9 %"


class Money(QuantityText):
    """An amount of money, such as `1200 EUR`."""

    __slots__ = ()
    unit = "money"
    example = "1200 EUR"


class PricePerTime(QuantityText):
    """Money per time, such as `2.10 EUR/h`."""

    __slots__ = ()
    unit = "money/s"
    example = "2.10 EUR/h"


class PricePerToken(QuantityText):
    """Money per token, such as `0.60 EUR/Mtok`."""

    __slots__ = ()
    unit = "money/tok"
    example = "0.60 EUR/Mtok"


class PricePerByte(QuantityText):
    """Money per byte, such as `0.05 EUR/GB`."""

    __slots__ = ()
    unit = "money/B"
    example = "0.05 EUR/GB"


class Distance(QuantityText):
    """A distance, such as `1200 km`."""

    __slots__ = ()
    unit = "m"
    example = "1200 km"


class Power(QuantityText):
    """A power, such as `700 W`."""

    __slots__ = ()
    unit = "W"
    example = "700 W"


class Date(str):
    """A calendar date that exists, such as `2026-12-01`."""

    __slots__ = ()
    example = "2026-12-01"


class Number(float):
    """A bare number: a count or a factor, where no unit belongs."""

    __slots__ = ()
    example = "2"


class File(str):
    """A path relative to the manifest, inside its folder."""

    __slots__ = ()
    example = "docs/file.yaml"


def said(
    meaning: str,
    *,
    role: Literal["intent", "observation"] = "observation",
    tier: Literal[1, 2] = 2,
    low: float | None = None,
    high: float | None = None,
    example: str = "",
) -> msgspec.Meta:
    """Return what the catalogue and the JSON Schema say of a field; `low` and `high` in SI units."""
    extra: dict[str, Any] = {"role": role, "tier": tier, "low": low, "high": high, "example": example}
    return msgspec.Meta(description=meaning, extra=extra)


def leads_to(meaning: str, *, imports: str, example: str = "", tier: Literal[1, 2] = 2) -> msgspec.Meta:
    """Return what is said of a path; `imports` is the kind of file (see `model.request.ImportRequest`)."""
    extra: dict[str, Any] = {"role": "observation", "tier": tier, "example": example, "imports": imports}
    return msgspec.Meta(description=meaning, extra=extra)


def matching(meaning: str, *, pattern: str, example: str = "", tier: Literal[1, 2] = 2) -> msgspec.Meta:
    """Return what is said of a text that must match a regular expression."""
    extra: dict[str, Any] = {"role": "observation", "tier": tier, "example": example}
    return msgspec.Meta(description=meaning, extra=extra, pattern=pattern)


def one_of(meaning: str, *, choices: tuple[str, ...]) -> msgspec.Meta:
    """Return what is said of a text that is one of several, where a table and not the annotation lists them."""
    extra: dict[str, Any] = {"role": "observation", "tier": 2, "choices": choices}
    return msgspec.Meta(description=meaning, extra=extra)


def wanted(
    meaning: str,
    *,
    tier: Literal[1, 2] = 2,
    low: float | None = None,
    high: float | None = None,
    example: str = "",
) -> msgspec.Meta:
    """Return what is said of a field that states an intent: a goal, a plan or a chosen limit."""
    return said(meaning, role="intent", tier=tier, low=low, high=high, example=example)


class Section(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A block of the manifest; unknown keys are errors, every field may be left out."""
