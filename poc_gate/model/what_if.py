"""A pilot as it is and as it would be: what flips, what moves, and both data paths."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.model.fact import Fact
from poc_gate.model.finding import Finding
from poc_gate.model.verdict import Hop, Verdict, WallPicture


class Flip(Struct, frozen=True):
    """One finding whose state differs."""

    before: Finding | None
    after: Finding | None


class Side(Struct, frozen=True):
    """What the pictures of one of the two states are drawn from."""

    hops: tuple[Hop, ...]
    walls: tuple[WallPicture, ...]
    facts: tuple[Fact, ...]


class WhatIf(Struct, frozen=True):
    """The two answers and what differs between them."""

    pilot: str
    changes: tuple[str, ...]
    before: Verdict
    after: Verdict
    flips: tuple[Flip, ...]
    facts: tuple[tuple[Fact, Fact], ...]
    """Derived facts that changed, before and after; the wall's among them."""
    moved: tuple[Finding, ...] = ()
    """Findings, after the change, whose state is the same but not what they say."""
    currency: str = ""
    sides: tuple[Side, Side] | None = None
    """Before and after; None where no picture was asked for."""
    assessed_on: str = ""
    tool_version: str = ""
    answers: tuple[str, ...] = ()
    """What the first look says otherwise: `limit 0.6 to 3 req/s -> 1.1 to 1.4 req/s`."""
