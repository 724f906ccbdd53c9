"""A fleet -> the words that every view of it uses."""

from __future__ import annotations

import math
from collections import Counter

from poc_gate.model.many.fleet import Comparison, Fleet, FleetNode, NodeState
from poc_gate.model.quantity import Quantity, show_quantity, show_share

ORDER = (NodeState.FAILED, NodeState.NOT_RUN, NodeState.DEGRADED, NodeState.OK)
"""Worst first."""
_MOST_REMARKS = 3
"""Of one node, the largest losses first; JSON and CSV hold them all."""


def headline(fleet: Fleet) -> str:
    """Return how many nodes ended how: `64 nodes: 61 OK, 1 DEGRADED, 2 NOT_RUN`."""
    count = len(fleet.nodes)
    parts = [f"{fleet.count(state)} {state}" for state in reversed(ORDER) if fleet.count(state)]
    return f"{count} node{'s' if count != 1 else ''}: {', '.join(parts) or 'none asked'}"


def reasons(fleet: Fleet) -> list[str]:
    """Return how often each reason occurs, the most frequent first."""
    counted = Counter(
        f"{node.state} ({node.reason})" if node.reason else str(node.state)
        for node in fleet.nodes
        if node.state is not NodeState.OK
    )
    return [f"{times} {what}" for what, times in sorted(counted.items(), key=lambda one: (-one[1], one[0]))]


def worst_first(fleet: Fleet) -> list[FleetNode]:
    """Return the nodes by state, worst first, and in the order of counting."""
    return sorted(fleet.nodes, key=lambda node: ORDER.index(node.state))


def about(node: FleetNode) -> str:
    """Return what there is to say of one node, in one sentence."""
    said = "; ".join(remark.text for remark in node.remarks[:_MOST_REMARKS])
    more = len(node.remarks) - _MOST_REMARKS
    said += f"; and {more} more" if more > 0 else ""
    if node.state in {NodeState.OK, NodeState.DEGRADED}:
        return said
    return f"{node.reason}: {node.said}" if node.said else node.reason


def short_fact(one: Comparison) -> str:
    """Return the fact's name without what all have in common."""
    return one.fact.removeprefix("machine.")


def in_unit(value: float, one: Comparison) -> str:
    """Return a value of a comparison as people read it."""
    return show_quantity(Quantity(value, one.unit))


def compared(one: Comparison) -> str:
    """Return how many values were compared, and how many could not be."""
    return f"{one.nodes} ({one.untrusted} untrusted)" if one.untrusted else str(one.nodes)


def slow_at(one: Comparison) -> str:
    """Return the loss from which on a node is called slow; a dash where too few nodes can be compared."""
    return "-" if one.flagged_below is None else _percent(one.flagged_below)


def seen_at(one: Comparison) -> str:
    """Return the smallest loss that is found with 95 %; a dash where too few nodes can be compared."""
    return "-" if one.found_from is None else _percent(one.found_from)


def slow_of(one: Comparison) -> str:
    """Return how many are slow, and whether that is a whole kind."""
    if not one.slow:
        return ""
    return f"{len(one.slow)} slow" + (", a kind of its own" if one.two_kinds else "")


MEANING = (
    "slow at: the loss from which a node counts as slow; seen at: the smallest loss that is found 95 times in 100; "
    "figures of grade C are left out"
)
"""What the columns of every view mean."""


def _percent(share: float) -> str:
    return show_share(math.ceil(share * 1000) / 1000)
