"""Hops -> the one that is used up first as the load grows, and the word that marks each."""

from __future__ import annotations

from poc_gate.model.verdict import Hop
from poc_gate.words.shown_values import show_used


def tightest(hops: tuple[Hop, ...] | list[Hop]) -> Hop | None:
    """Return the hop with the greatest likely use of its capacity; None where no use is known."""
    known = [hop for hop in hops if hop.utilisation is not None]
    return max(known, key=lambda hop: hop.utilisation or 0.0, default=None)


def mark_of(hop: Hop, hops: tuple[Hop, ...] | list[Hop]) -> str:
    """Return how a hop is marked: over its limit, the tightest, about as tight as that one, or not at all."""
    first = tightest(hops)
    over = hop.utilisation is not None and hop.utilisation > 1
    if hop is first:
        return "tightest, over its limit" if over else "tightest"
    if over:
        return "over its limit"
    return "about as tight" if hop.binding and hop.utilisation is not None else ""


def tightest_words(hops: tuple[Hop, ...]) -> str:
    """Return what is used up first with the share in use; an empty text where no use is known."""
    first = tightest(hops)
    if first is None:
        return ""
    return f"{first.title}: {show_used(first.utilisation)} of its limit at the planned peak"
