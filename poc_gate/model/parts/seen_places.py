"""Where what a fact counts was seen: places, never what is there."""

from __future__ import annotations

from msgspec import Struct, field

from poc_gate.model.claim import Place


class SeenPlaces(Struct, frozen=True):
    """The places behind the count of one fact."""

    fact: str
    counted: tuple[str, ...] = ()
    """As `file:line`, seen from the pilot's folder."""
    first: Place | None = None
    beside: tuple[str, ...] = ()
    """Places that are shown and do not count."""
    why: dict[str, int] = field(default_factory=dict)
    """Why they do not count -> how many of them."""
