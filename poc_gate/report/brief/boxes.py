"""Hops -> the way of one request as a few boxes: time, bytes, share of each limit, the tightest one marked."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.model.fact import Fact
from poc_gate.model.quantity import Quantity, show_quantity
from poc_gate.model.verdict import Hop, Result
from poc_gate.words.plain_amounts import plain_time
from poc_gate.words.shown_values import show_used

MOST_BOXES = 7
MOST_SOURCES = 3
_NAMES = {
    "kv-capacity": "room for conversations",
    "device-memory": "accelerator memory",
    "device-compute": "accelerator compute",
    "network": "network",
    "link": "link to the accelerator",
    "storage": "storage",
}


class Box(Struct, frozen=True):
    """One place that a request passes."""

    title: str
    used: str
    """Share of its limit at the planned peak."""
    width: float
    """The same in percent of the bar."""
    time: str
    bytes: str
    is_tightest: bool
    is_over: bool
    is_unknown: bool
    spoken: str


class Boxes(Struct, frozen=True):
    """The whole way, and what was left out of the picture."""

    boxes: tuple[Box, ...]
    left_out: int
    sentence: str


def boxes_of(result: Result) -> Boxes:
    """Return at most `MOST_BOXES` places of the path in their order: the most used ones, the tightest among them."""
    facts = {fact.name: fact for fact in result.facts}
    hops = [hop for hop in result.hops if hop.per_request > 0]
    tightest = max(
        (h for h in hops if h.utilisation is not None), key=lambda h: h.utilisation or 0.0, default=None
    )
    ranked = _ranked(hops)
    shown = [hop for hop in hops if hop in ranked]
    boxes = tuple(_box(hop, facts, is_tightest=hop is tightest) for hop in shown)
    return Boxes(boxes, len(hops) - len(shown), _sentence(boxes))


def _ranked(hops: list[Hop]) -> list[Hop]:
    """Return what is shown: of the sources the most used ones only, so that the way behind them has room."""
    ranked = sorted(hops, key=_weight, reverse=True)
    sources = [hop for hop in ranked if hop.kind == "source"][:MOST_SOURCES]
    others = [hop for hop in ranked if hop.kind != "source"]
    return [*sources, *others[: MOST_BOXES - len(sources)]]


def _weight(hop: Hop) -> tuple[float, float]:
    return (hop.utilisation if hop.utilisation is not None else 0.0, hop.time_per_request or 0.0)


def _box(hop: Hop, facts: dict[str, Fact], *, is_tightest: bool) -> Box:
    share = hop.utilisation
    over = share is not None and share > 1
    used = "limit not known" if share is None else f"{show_used(share)} of its limit"
    title = _NAMES.get(hop.kind) or hop.title.removeprefix("source ").removeprefix("stage ")
    moved = _bytes(hop, facts)
    time = "" if hop.time_per_request is None else plain_time(hop.time_per_request)
    mark = ", over its limit" if over else ", the tightest" if is_tightest else ""
    return Box(
        title=title,
        used=used,
        width=0.0 if share is None else round(min(share, 1.0) * 100, 1),
        time=time,
        bytes=moved,
        is_tightest=is_tightest,
        is_over=over,
        is_unknown=share is None,
        spoken=f"{title}: {used}{mark}",
    )


def _bytes(hop: Hop, facts: dict[str, Fact]) -> str:
    """Return what one request moves there; of a source what its calls read."""
    if hop.unit == "B/s":
        return show_quantity(Quantity(hop.per_request, "B"))
    if hop.kind == "source":
        fact = facts.get(f"sources[{hop.id}].bytes_read_per_call")
        if fact is not None and isinstance(fact.value, Quantity):
            return show_quantity(Quantity(fact.value.value * hop.per_request, "B"))
    return ""


def _sentence(boxes: tuple[Box, ...]) -> str:
    over = [box.title for box in boxes if box.is_over]
    if len(over) > 1:
        return f"{len(over)} places are asked for more than they can give at the planned peak."
    if over:
        return f"At the planned peak, {over[0]} is asked for more than it can give."
    tightest = next((box for box in boxes if box.is_tightest), None)
    return f"{tightest.title} is used up first." if tightest is not None else ""
