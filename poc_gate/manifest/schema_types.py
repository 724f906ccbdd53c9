"""The types of the manifest's fields: quantities by unit, and what is said about each field."""

from typing import Any, Literal

import msgspec


class QuantityText(str):
    """A quantity as written, number and unit, such as `250 ms`; `unit` is what it must measure."""

    unit = "1"


class Time(QuantityText):
    """A duration, such as `250 ms`, `15 min` or `30 d`."""

    unit = "s"


class Size(QuantityText):
    """A size in bytes, such as `80 GiB`."""

    unit = "B"


class DataRate(QuantityText):
    """Bytes per second, such as `1.2 GB/s` or `10 Gbit/s`."""

    unit = "B/s"


class RequestRate(QuantityText):
    """Requests per time, such as `12 req/s` or `20000 req/d`."""

    unit = "req/s"


class TokenRate(QuantityText):
    """Tokens per time, such as `40 tok/s`."""

    unit = "tok/s"


class Tokens(QuantityText):
    """A number of tokens, such as `4096 tok`."""

    unit = "tok"


class CountRate(QuantityText):
    """Things per time, such as `500 chunks/s`, `20000 samples/s` or `3 /d`."""

    unit = "1/s"


class Share(QuantityText):
    """A share written with its sign, such as `99.9 %`."""

    unit = "1"


class Money(QuantityText):
    """An amount of money, such as `1200 EUR`."""

    unit = "money"


class PricePerTime(QuantityText):
    """Money per time, such as `2.10 EUR/h`."""

    unit = "money/s"


class PricePerToken(QuantityText):
    """Money per token, such as `0.60 EUR/Mtok`."""

    unit = "money/tok"


class PricePerByte(QuantityText):
    """Money per byte, such as `0.05 EUR/GB`."""

    unit = "money/B"


class Distance(QuantityText):
    """A distance, such as `1200 km`."""

    unit = "m"


class Power(QuantityText):
    """A power, such as `700 W`."""

    unit = "W"


class Date(str):
    """A calendar date that exists, such as `2026-12-01`."""


class Number(float):
    """A bare number: a count or a factor, where no unit belongs."""


class File(str):
    """A path relative to the manifest, inside its folder."""


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
