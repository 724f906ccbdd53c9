"""A fleet -> Markdown for an issue or a wiki page."""

from __future__ import annotations

from poc_gate.model.many.fleet import Fleet, NodeState
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
    slow_of,
    worst_first,
)
from poc_gate.report.lines.markdown_text import code_span, escape_markdown

_MOST_NODES = 200


def render_markdown(fleet: Fleet) -> bytes:
    """Return the view; whatever a node said stays plain text."""
    lines = [f"## {headline(fleet)}", ""]
    if fleet.via:
        lines += [escape_markdown(f"Asked via {fleet.via}, begun {fleet.begun_at}."), ""]
    notes = [*reasons(fleet), *fleet.notices]
    lines += [f"- {escape_markdown(note)}" for note in notes] + ([""] if notes else [])
    listed = [node for node in worst_first(fleet) if node.state is not NodeState.OK or node.remarks]
    if listed:
        lines += ["| node | state | what |", "|---|---|---|"]
        lines += [
            f"| {code_span(node.node)} | {node.state} | {escape_markdown(about(node))} |"
            for node in listed[:_MOST_NODES]
        ]
        lines += [""] if len(listed) <= _MOST_NODES else [f"\nand {len(listed) - _MOST_NODES} more.", ""]
    for group in fleet.groups:
        lines += [
            f"### {escape_markdown(group.title)}, {len(group.nodes)} nodes ({code_span('@' + group.id)})",
            "",
        ]
        lines += [
            "| figure | nodes | worst | typical | best | by chance | |",
            "|---|---|---|---|---|---|---|",
        ]
        for one in group.comparisons:
            cells = [in_unit(value, one) for value in (one.worst, one.centre, one.best)]
            texts = [compared(one), *cells, slow_at(one), seen_at(one), slow_of(one)]
            lines.append(
                f"| {code_span(short_fact(one))} | {' | '.join(escape_markdown(t) for t in texts)} |"
            )
        lines.append("")
    lines += [escape_markdown(f"{MEANING[0].upper()}{MEANING[1:]}."), ""] if fleet.groups else []
    return "\n".join(lines).encode(errors="replace")
