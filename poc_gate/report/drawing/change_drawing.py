"""Two states of one pilot -> one bar for each limit: the share of it in use before and after, on one axis."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from poc_gate.model.fact import Fact
from poc_gate.model.quantity import Quantity
from poc_gate.model.what_if import Side
from poc_gate.report.drawing.picture_scales import Scale
from poc_gate.words.shown_values import show_used

_LOWEST, _LEAST_TOP = 0.01, 2.0
"""Shares of a limit at the ends of the axis: below a hundredth nothing is of interest."""
_MOST = 16
_ROOM = 1.2
"""The axis ends at this multiple of the largest share."""
_SAME = 0.01
_LIMITS = (
    ("cost of a month, of its cap", "flow.cost.month", "cost.monthly_cap"),
    ("median, of what is promised", "flow.latency.p50", "slo.p50"),
    ("95th percentile, of what is promised", "flow.latency.p95", "slo.p95"),
    ("99th percentile, of what is promised", "flow.latency.p99", "slo.p99"),
    ("device memory, of what there is", "flow.device_memory.required", "flow.device_memory.capacity"),
)


class ChangeRow(Struct, frozen=True):
    """One limit; positions in percent, None where the share is not known."""

    title: str
    before: float | None
    after: float | None
    start: float
    width: float
    shown: str
    """Both shares in words."""
    is_over: bool
    """Whether it is over its limit after the change."""
    spoken: str


class ChangeDrawing(Struct, frozen=True):
    """All rows, the limit's place, and the labels of the axis."""

    rows: list[ChangeRow]
    limit: float
    ticks: list[tuple[float, str]]
    left_out: int
    """Limits in use as much as before."""


def draw_change(before: Side, after: Side) -> ChangeDrawing:
    """Return the limits whose use differs between two states, the most used first."""
    shares = _shares(before), _shares(after)
    names = list(dict.fromkeys([*shares[1], *shares[0]]))
    pairs = [(name, shares[0].get(name), shares[1].get(name)) for name in names]
    differing = [pair for pair in pairs if _differs(pair[1], pair[2])]
    differing.sort(key=lambda pair: -max(pair[1] or 0.0, pair[2] or 0.0))
    known = [share for pair in differing for share in pair[1:] if share is not None and share < float("inf")]
    axis = Scale(_LOWEST, max([_LEAST_TOP, *known]) * _ROOM, 0.0, 100.0, log=True)
    marks = [mark for mark in (0.01, 0.1, 1.0, 10.0, 100.0, 1000.0) if mark <= axis.high]
    return ChangeDrawing(
        [_row(*pair, axis) for pair in differing[:_MOST]],
        axis.at(1.0),
        [(axis.at(mark), f"{mark * 100:,.0f} %") for mark in marks],
        len(pairs) - len(differing),
    )


def _shares(side: Side) -> dict[str, float]:
    return dict(_named_shares(side))


def _named_shares(side: Side) -> Iterator[tuple[str, float]]:
    facts = {fact.name: fact for fact in side.facts}
    picture = next((one for one in side.walls if one.axis in ("req/s", "req/d") and one.walls), None)
    if picture is not None and picture.walls[0].load > 0:
        yield "planned peak, of the load at which it breaks", picture.planned / picture.walls[0].load
    for title, used, limit in _LIMITS:
        have, most = _number(facts.get(used)), _number(facts.get(limit))
        if have is not None and most:
            yield title, have / most
    for hop in side.hops:
        if hop.utilisation is not None and hop.demand > 0:
            yield hop.title, hop.utilisation


def _number(fact: Fact | None) -> float | None:
    return fact.value.value if fact is not None and isinstance(fact.value, Quantity) else None


def _differs(before: float | None, after: float | None) -> bool:
    if before is None or after is None:
        return True
    return abs(before - after) > _SAME * max(before, after)


def _row(title: str, before: float | None, after: float | None, axis: Scale) -> ChangeRow:
    places = [None if share is None else axis.at(share) for share in (before, after)]
    known = [place for place in places if place is not None]
    shown = f"{show_used(before)} → {show_used(after)}"
    over = after is not None and after > 1
    return ChangeRow(
        title=title,
        before=places[0],
        after=places[1],
        start=min(known),
        width=round(max(known) - min(known), 1),
        shown=shown,
        is_over=over,
        spoken=f"{title}: {show_used(before)} before, {show_used(after)} after{', over its limit' if over else ''}",
    )
