"""Comparison -> Markdown, plain text and JSON: what changed, each kind apart."""

from __future__ import annotations

import json

import msgspec

from poc_gate.report.differences.comparison import Change, Comparison
from poc_gate.report.lines.markdown_text import code_span, escape_markdown
from poc_gate.report.lines.terminal_lines import heading, line, paragraph, plain

_TITLES = {
    "verdict": "Verdict",
    "findings": "Findings",
    "facts": "Facts",
    "packs": "Rule packs",
    "machine": "Machine",
}
_SHOWN = 100


def comparison_markdown(comparison: Comparison, *, heading: str = "##") -> str:
    """Return the comparison as Markdown; empty kinds are left out."""
    rows = [f"{heading} Changes since {escape_markdown(comparison.base)}", ""]
    if comparison.same:
        return "\n".join([*rows, "Nothing changed.", ""])
    for kind, changes in comparison.kinds.items():
        if not changes:
            continue
        rows += [
            f"**{_TITLES[kind]}** ({len(changes)})",
            "",
            "| | What | Before | After |",
            "| --- | --- | --- | --- |",
        ]
        rows += [_row(change) for change in changes[:_SHOWN]]
        rows += [f"\n{len(changes) - _SHOWN} more."] if len(changes) > _SHOWN else []
        rows.append("")
    return "\n".join(rows)


def _row(change: Change) -> str:
    where = f" {code_span(change.place)}" if change.place else ""
    cells = [
        change.direction,
        code_span(change.name) + where,
        escape_markdown(change.before),
        escape_markdown(change.after),
    ]
    return f"| {' | '.join(cells)} |"


def comparison_text(comparison: Comparison, width: int) -> str:
    """Return the comparison as plain text, one change a paragraph, what got worse first within its kind."""
    rows = [line(f"{comparison.base} -> {comparison.head}")]
    if comparison.same:
        rows += [line("Nothing changed.")]
    for kind, changes in comparison.kinds.items():
        if not changes:
            continue
        rows += heading(f"{_TITLES[kind]} ({len(changes)})")
        for change in changes:
            text = f"{change.name}: {change.before} -> {change.after}"
            text += f"  ({change.note})" if change.note else ""
            text += f"  {change.place}" if change.place else ""
            rows += paragraph(text, width=width, indent=2, lead=f"{change.direction:8}")
    return "\n".join(plain(row) for row in rows) + "\n"


def comparison_json(comparison: Comparison) -> str:
    """Return the comparison as JSON with sorted keys."""
    data = {"schema": "poc-gate.diff/1", "same": comparison.same, **msgspec.to_builtins(comparison)}
    return json.dumps(data, sort_keys=True, indent=2) + "\n"
