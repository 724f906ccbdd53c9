"""A fleet -> one self-contained page: counts, what to look at, every figure as a strip of its nodes."""

from __future__ import annotations

import base64
import hashlib

from msgspec import Struct

from poc_gate.base.shipped_files import template_text
from poc_gate.model.many.fleet import Comparison, Fleet, FleetGroup, NodeState
from poc_gate.report.fleet.fleet_words import (
    MEANING,
    ORDER,
    about,
    compared,
    headline,
    in_unit,
    reasons,
    seen_at,
    short_fact,
    slow_at,
    slow_of,
    worst_first,
)
from poc_gate.version import __version__

_MOST_NODES = 500
_WIDTH, _HEIGHT, _EDGE = 220.0, 18.0, 3.0


class _Strip(Struct, frozen=True):
    """Where worst, typical and best are drawn, 0 to the width, the worse end on the left."""

    worst: float
    centre: float
    best: float
    limit: float | None


class _Row(Struct, frozen=True):
    fact: str
    nodes: str
    worst: str
    centre: str
    best: str
    slow_at: str
    seen_at: str
    slow: str
    strip: _Strip


def render_page(fleet: Fleet) -> bytes:
    """Return the page; it loads nothing, runs nothing and fits any width."""
    from markupsafe import Markup

    from poc_gate.report.html.html_templates import page_environment

    style = template_text("styles.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    listed = [node for node in worst_first(fleet) if node.state is not NodeState.OK or node.remarks]
    page = (
        page_environment()
        .get_template("fleet.html")
        .render(
            fleet=fleet,
            version=__version__,
            # The style sheet is ours and its digest stands in the policy; nothing of a node is ever marked safe.
            style=Markup(style),  # noqa: S704
            style_digest=Markup(digest),  # noqa: S704
            headline=headline(fleet),
            counts=[(state.value, fleet.count(state)) for state in reversed(ORDER)],
            notes=[*reasons(fleet), *fleet.notices],
            nodes=[(node.node, node.state.value, about(node)) for node in listed[:_MOST_NODES]],
            more=max(0, len(listed) - _MOST_NODES),
            groups=[(group, _rows(group)) for group in fleet.groups],
            meaning=MEANING,
            width=_WIDTH,
            height=_HEIGHT,
        )
    )
    return page.encode(errors="replace")


def _rows(group: FleetGroup) -> list[_Row]:
    return [
        _Row(
            fact=short_fact(one),
            nodes=compared(one),
            worst=in_unit(one.worst, one),
            centre=in_unit(one.centre, one),
            best=in_unit(one.best, one),
            slow_at=slow_at(one),
            seen_at=seen_at(one),
            slow=slow_of(one),
            strip=_strip(one),
        )
        for one in group.comparisons
    ]


def _strip(one: Comparison) -> _Strip:
    """Return the places: losses to the best node, so that a time and a rate are drawn alike."""
    losses = [1 - min(value / one.best, one.best / value) if value > 0 and one.best > 0 else 1.0
              for value in (one.worst, one.centre)]  # fmt: skip
    widest = max(0.1, *losses)
    limit = None
    if one.flagged_below is not None:
        limit = 1 - (1 - losses[1]) * (1 - one.flagged_below)
        widest = max(widest, limit)

    def at(loss: float) -> float:
        return round(_EDGE + (1 - loss / widest) * (_WIDTH - 2 * _EDGE), 1)

    return _Strip(at(losses[0]), at(losses[1]), at(0.0), at(limit) if limit is not None else None)
