"""The shape of what a rule file says beside its assertion: exposure, titles, the two actions, records."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

Line = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Facets = dict[str, str | list[str]]
"""Facet -> the value, or the values of which one must hold."""


class ExposurePart(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Under which exposure a rule does not apply, blocks, is high or only advises; alternatives each."""

    off: list[Facets] = []
    blocker: list[Facets] = []
    high: list[Facets] = []
    advice: list[Facets] = []


class DoPart(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What a person does: one line for each state that stands alone."""

    fails: Line
    unknown: Line


class TitlePart(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What a reader sees first: what is so when the rule fails, and what nobody has said while it is unknown.

    `short` is for a failure that falls short only: what is so then is less than what `fails` says.
    """

    fails: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    short: Annotated[str, msgspec.Meta(max_length=72)] = ""
    unknown: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]


class RecordPart(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A report or document that answers several rules."""

    title: Line
    effort: Literal["hours", "days", "weeks", "months"] = "days"
    owner: str = ""
