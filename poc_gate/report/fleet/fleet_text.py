"""A fleet -> text for a terminal or a log: counts, what to look at, how the figures spread."""

from __future__ import annotations

from poc_gate.model.many.fleet import Fleet, FleetGroup, FleetNode, NodeState
from poc_gate.report.fleet.fleet_words import (
    MEANING,
    about,
    compared,
    headline,
    in_unit,
    reasons,
    seen_at,
    short_fact,
    slow_at,
    worst_first,
)
from poc_gate.report.lines.terminal_lines import Line, columns, heading, line, paragraph, plain

_MOST_NODES = 40
_NAME_WIDTH = 18
_WIDE = 100
"""From here on there is room for all columns."""


def render_text(fleet: Fleet, *, width: int = 80, every_node: bool = False) -> bytes:
    """Return the view as plain text; nodes that are well are listed with `every_node` only."""
    lines: list[Line] = [line(headline(fleet))]
    if fleet.via or fleet.begun_at:
        lines.append(line(f"asked via {fleet.via}, begun {fleet.begun_at}"))
    lines += [line(f"  {reason}") for reason in reasons(fleet)]
    for notice in fleet.notices:
        lines += paragraph(notice, width=width, lead="! ")
    lines += _nodes(fleet, width, every_node=every_node)
    for group in fleet.groups:
        lines += _group(group, width, last=group is fleet.groups[-1])
    if fleet.expected:
        lines += [line(), *paragraph(f"compared with {fleet.expected}", width=width)]
    return ("\n".join(plain(row) for row in lines) + "\n").encode(errors="replace")


def _nodes(fleet: Fleet, width: int, *, every_node: bool) -> list[Line]:
    listed = [node for node in worst_first(fleet) if every_node or _notable(node)]
    if not listed:
        return []
    shown = listed if every_node else listed[:_MOST_NODES]
    lines = heading("nodes" if every_node else "nodes to look at")
    for node in shown:
        lead = f"{node.node:<{_NAME_WIDTH}} {node.state:<9} "
        lines += paragraph(about(node), width=width, indent=2, lead=lead)
    if len(shown) < len(listed):
        lines.append(line(f"  and {len(listed) - len(shown)} more; all of them with --every-node"))
    return lines


def _notable(node: FleetNode) -> bool:
    return node.state is not NodeState.OK or bool(node.remarks)


def _group(group: FleetGroup, width: int, *, last: bool) -> list[Line]:
    many = f"{len(group.nodes)} node{'s' if len(group.nodes) != 1 else ''}"
    lines = heading(f"{group.title}, {many}", f"@{group.id}" if group.id else "")
    if not group.comparisons:
        return [*lines, line("  no figure that can be trusted was measured")]
    wide = width >= _WIDE
    header = ("figure", *(["nodes"] if wide else []), "worst", "typical", *(["best"] if wide else []))
    rows = [
        (
            short_fact(one),
            *([compared(one)] if wide else []),
            in_unit(one.worst, one),
            in_unit(one.centre, one),
            *([in_unit(one.best, one)] if wide else []),
            slow_at(one),
            seen_at(one),
            str(len(one.slow) or ""),
        )
        for one in group.comparisons
    ]
    table = columns([(*header, "slow at", "seen at", "slow"), *rows], width=width)
    return [*lines, *table, *(paragraph(MEANING, width=width, indent=2, style="dim") if last else [])]
