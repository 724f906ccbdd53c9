"""An overview -> CSV with a row for each pilot, JSON for programs, Markdown for a page or a comment."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import msgspec

from poc_gate.model.many.portfolio import Overview, Row
from poc_gate.model.rule import DIMENSIONS
from poc_gate.report.lines.markdown_text import escape_markdown
from poc_gate.report.lines.sheet_cells import cell
from poc_gate.report.portfolio import sentences as say
from poc_gate.text.documents.canonical_json import canonical_json

SCHEMA = "poc-gate.portfolio-view/1"
_MOST_ROWS = 50
_CAUSES = 10


def portfolio_csv(overview: Overview) -> bytes:
    """Return UTF-8 with a byte-order mark and CRLF, as spreadsheets read it; no cell is taken for a formula."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    areas = list(DIMENSIONS)
    writer.writerow(
        ["path", "pilot", "word", "stage", "owner", "failing", "open", *areas, "go_live", "holds_until", "cost_month",
         "currency", "first_cause", "reason"]
    )  # fmt: skip
    for row in overview.rows:
        writer.writerow([cell(text) for text in _row(row, overview, len(areas))])
    return sheet.getvalue().encode("utf-8-sig", errors="replace")


def _row(row: Row, overview: Overview, areas: int) -> Iterator[str]:
    failing = [hold for hold in row.holds if hold.state == "fail"]
    yield from (row.path, row.pilot, say.word_of(row), row.stage, row.owner, str(len(failing)))
    yield str(len(row.holds) - len(failing))
    shown = [f"{low:g}-{high:g}" if low is not None and high is not None else "" for low, high in row.areas]
    yield from (*shown, *[""] * (areas - len(shown)))
    yield from (row.go_live, row.holds_until)
    yield "" if row.cost_month.likely is None else f"{row.cost_month.likely:.2f}"
    yield row.currency
    yield say.cause_name(overview.portfolio.causes[row.holds[0].cause]) if row.holds else ""
    yield row.reason


def portfolio_json(overview: Overview) -> bytes:
    """Return the whole overview as canonical JSON."""
    return canonical_json(msgspec.to_builtins(overview) | {"schema": SCHEMA})


def portfolio_markdown(overview: Overview) -> str:
    """Return the overview as Markdown: the answer, the causes, and a table of the most pressing pilots."""
    return "\n".join(_markdown(overview)) + "\n"


def _markdown(overview: Overview) -> Iterator[str]:
    total = len(overview.rows)
    yield f"## {say.pilots(total)}, {overview.portfolio.day}"
    yield f"\n{escape_markdown(say.headline(overview))}"
    if overview.holdings:
        yield "\n### What holds most pilots back\n"
        for holding in overview.holdings[:_CAUSES]:
            name = escape_markdown(say.cause_name(holding.cause))
            rule = holding.cause.rule.partition("-")[0]
            yield f"- **{name}** {say.holding_line(holding, total)} ({escape_markdown(rule)}, {escape_markdown(holding.cause.owner)})"
    if freeing := say.freeing_line(overview):
        yield f"\nThe one change that frees most: {escape_markdown(freeing)}"
    if overview.capacity:
        yield "\n### Shared by several pilots\n\n| resource | answer | joint peak | why |\n| --- | --- | --- | --- |"
        for one in overview.capacity:
            yield f"| {escape_markdown(one.name)} | {one.answer} | {say.joint(one)} | {escape_markdown(one.deciding)} |"
    if overview.turns:
        yield f"\n### Since {overview.since}\n"
        yield from (f"- {escape_markdown(say.turn_line(turn))}" for turn in overview.turns[:_MOST_ROWS])
    yield "\n| pilot | answer | owner | fails | open | holds until |\n| --- | --- | --- | --- | --- | --- |"
    for row in overview.rows[:_MOST_ROWS]:
        fails = sum(hold.state == "fail" for hold in row.holds)
        cells = (
            say.row_name(row),
            say.word_of(row),
            row.owner or row.reason,
            str(fails),
            str(len(row.holds) - fails),
            row.holds_until,
        )
        yield f"| {' | '.join(escape_markdown(text) for text in cells)} |"
    if total > _MOST_ROWS:
        yield f"\n{total - _MOST_ROWS} more pilots are in the CSV."
