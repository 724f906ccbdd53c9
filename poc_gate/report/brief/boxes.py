"""Hops -> the way of one request as a few boxes: time, bytes, share of each limit, the tightest one marked."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from poc_gate.model.fact import Fact
from poc_gate.model.quantity import Quantity, show_quantity
from poc_gate.model.verdict import Hop, Result
from poc_gate.words.grammar import and_list
from poc_gate.words.plain_amounts import plain_time
from poc_gate.words.shown_values import show_used
from poc_gate.words.tightest import tightest

MOST_BOXES = 7
MOST_SOURCES = 3
OVER, OVER_RETRIED = "over its limit", "over with retries"
_MUCH_MORE = 1.2
_LITTLE = 0.01
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
    flag: str
    """`tightest`, `OVER` or `OVER_RETRIED`; empty for most."""
    is_over: bool
    """At the planned peak, or when every call is retried."""
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
    first, ranked = tightest(hops), _ranked(hops)
    shown = [hop for hop in hops if hop in ranked]
    boxes = tuple(_box(hop, facts, is_tightest=hop is first) for hop in shown)
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
    share, retried = hop.utilisation, with_retries(hop, facts)
    over = share is not None and share > 1
    used = "limit not known" if share is None else f"{_plain_share(share)} of its limit"
    if share is not None and retried is not None:
        used = f"{_plain_share(share)} of its limit, {_plain_share(retried)}\N{NO-BREAK SPACE}with\N{NO-BREAK SPACE}retries"
    title = _NAMES.get(hop.kind) or hop.title.removeprefix("source ").removeprefix("stage ")
    moved = _bytes(hop, facts)
    time = "" if hop.time_per_request is None else plain_time(hop.time_per_request)
    flag = OVER if over else OVER_RETRIED if (retried or 0) > 1 else "tightest" if is_tightest else ""
    return Box(
        title=title,
        used=used,
        width=0.0 if share is None else round(min(share, 1.0) * 100, 1),
        time=time,
        bytes=moved,
        flag=flag,
        is_over=over or (retried is not None and retried > 1),
        is_unknown=share is None,
        spoken=f"{title}: {used}{f', {flag}' if flag else ''}",
    )


def with_retries(hop: Hop, facts: Mapping[str, Fact]) -> float | None:
    """Return the share of its limit that a source gets when every call is retried; None where that changes little."""
    fact = facts.get(f"sources[{hop.id}].load_share") if hop.kind == "source" else None
    if fact is None or not isinstance(fact.value, Quantity) or hop.utilisation is None:
        return None
    much = fact.value.value > _MUCH_MORE * hop.utilisation and fact.value.value >= _LITTLE
    return fact.value.value if much else None


def _plain_share(share: float) -> str:
    """Return a share of a limit for people who decide; below a hundredth it is little, whatever its figures."""
    return "under 1 %" if 0 < share < _LITTLE else show_used(share)


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
    over = [box.title for box in boxes if box.flag == OVER]
    retried = [box.title for box in boxes if box.flag == OVER_RETRIED]
    told = []
    if over:
        one = len(over) == 1
        told.append(f"{over[0]} is over its limit" if one else f"{len(over)} places are over their limits")
    if retried:
        told.append(f"retries overload {and_list(retried, 0 if len(retried) < 3 else 1)}")
    if told:
        return f"At the planned peak, {' and '.join(told)}."
    first = next((box.title for box in boxes if box.flag == "tightest"), "")
    return f"The tightest place, used up first as the load grows: {first}." if first else ""
