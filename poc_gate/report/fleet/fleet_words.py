"""A fleet -> the words that every view of it uses."""

from __future__ import annotations

from collections import Counter

from poc_gate.model.fleet import Comparison, Fleet, FleetNode, NodeState
from poc_gate.model.quantity import Quantity, show_quantity, show_share

ORDER = (NodeState.FAILED, NodeState.NOT_RUN, NodeState.DEGRADED, NodeState.OK)
"""Worst first."""


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
    said = "; ".join(remark.text for remark in node.remarks)
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


def limit_of(one: Comparison) -> str:
    """Return from which loss on a node is slow, and which loss would be found."""
    if one.flagged_below is None or one.found_from is None:
        return "too few to compare"
    return f"slow from {_percent(one.flagged_below)}, {_percent(one.found_from)} would be found"


def slow_of(one: Comparison) -> str:
    """Return how many are slow, and whether that is a whole kind."""
    if not one.slow:
        return ""
    return f"{len(one.slow)} slow" + (", a kind of its own" if one.two_kinds else "")


def _percent(share: float) -> str:
    return show_share(round(share, 3))
