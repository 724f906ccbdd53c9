"""An overview -> the values of its page, in reading order; the template only places them."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from msgspec import Struct

from poc_gate.model.many.portfolio import FAILED, Overview, Row
from poc_gate.model.rule import DIMENSIONS
from poc_gate.report.drawing.spark_line import spark_line
from poc_gate.report.portfolio import sentences as say
from poc_gate.words.shown_values import show_score

_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})")
"""Dates in a sentence, which no line breaks."""
SHOWN_CAUSES = 8
SHOWN_COMING = 8
SHOWN_TURNS = 12
SHOWN_OWNERS = 40
MOST_ROWS = 1000
"""Rows of the map; more are in the CSV, and would make a page that nobody loads."""
_WIDE = 50.0
"""Points between what is proven and what is possible from which on a cell is hatched: hardly anything is known."""
_SPARK_WIDTH, _SPARK_HEIGHT = 72.0, 16.0


class Cell(Struct, frozen=True):
    """One area of one pilot."""

    text: str
    band: str
    spoken: str


class PageRow(Struct, frozen=True):
    """One row of the map."""

    name: str
    link: str
    word: str
    word_class: str
    owner: str
    owner_class: str
    cells: tuple[Cell, ...]
    until: str
    money: str
    cause: str
    spark: tuple[str, ...]
    stage: str


def page_values(overview: Overview, folder: str = "") -> dict[str, Any]:
    """Return everything the page says; `folder` leads from the page to the folder of the results, with a slash."""
    total = len(overview.rows)
    named = Counter(row.pilot for row in overview.rows)
    owners = {one.owner: f"o{number}" for number, one in enumerate(overview.owners[:SHOWN_OWNERS])}
    return {
        "day": overview.portfolio.day,
        "tool": overview.portfolio.tool,
        "headline": say.headline(overview),
        "words": [
            (word, word_class(word), count, _change(overview, word)) for word, count in overview.words.items()
        ],
        "total": say.pilots(total),
        "causes": [_cause(one, total) for one in overview.holdings[:SHOWN_CAUSES]],
        "more_causes": max(0, len(overview.holdings) - SHOWN_CAUSES),
        "freeing": say.freeing_line(overview),
        "freed": _freed(overview),
        "cost": say.cost_line(overview),
        "coming": [
            (one.day, one.pilot or one.path, _DATE.split(one.what)) for one in overview.coming[:SHOWN_COMING]
        ],
        "more_coming": max(0, len(overview.coming) - SHOWN_COMING),
        "since": overview.since,
        "turns": overview.turns[:SHOWN_TURNS],
        "more_turns": max(0, len(overview.turns) - SHOWN_TURNS),
        "shared": [_shared(one) for one in overview.capacity],
        "letters": [("ABCDEFGHIJ"[number], title) for number, title in enumerate(DIMENSIONS.values())],
        "owners": [(cls, name, _count(overview, name)) for name, cls in owners.items()],
        "rows": [_row(row, overview, owners, folder, named) for row in overview.rows[:MOST_ROWS]],
        "more_rows": max(0, total - MOST_ROWS),
        "sparks": bool(overview.lines),
    }


def owner_rules(overview: Overview) -> str:
    """Return the style rules by which choosing an owner hides the rows of all others; class names are ours alone."""
    names = [f"o{number}" for number in range(min(len(overview.owners), SHOWN_OWNERS))]
    hide = "".join(f"#p-{name}:checked ~ .map tbody tr:not(.{name}) {{ display: none; }}\n" for name in names)
    shown = ", ".join(f"#p-{name}:checked ~ .owners label[for=p-{name}]" for name in ("all", *names))
    return f"{hide}{shown} {{ background: var(--ink); color: var(--paper); }}\n"


def word_class(word: str) -> str:
    """Return the class of a word, as the page of one pilot names it."""
    return {"NO-GO": "NO_GO", "INSUFFICIENT EVIDENCE": "INSUFFICIENT"}.get(word, word)


def _count(overview: Overview, owner: str) -> int:
    return next((one.pilots for one in overview.owners if one.owner == owner), 0)


def _change(overview: Overview, word: str) -> str:
    came = sum(turn.now == word for turn in overview.turns)
    left = sum(turn.before == word for turn in overview.turns)
    return f"{came - left:+d}" if overview.since and came != left else ""


def _cause(holding: Any, total: int) -> dict[str, Any]:
    cause = holding.cause
    return {
        "title": say.cause_name(cause),
        "line": say.holding_line(holding, total),
        "owner": cause.owner or "no owner named",
        "effort": cause.effort or "effort not stated",
        "alone": holding.alone,
        "failing": round(100 * holding.failing / max(total, 1), 1),
        "open": round(100 * (len(holding.pilots) - holding.failing) / max(total, 1), 1),
    }


def _freed(overview: Overview) -> list[str]:
    if overview.freeing is None:
        return []
    key = next((k for k, cause in overview.portfolio.causes.items() if cause == overview.freeing.cause), "")
    freed = []
    for row in overview.rows:
        held = [hold.cause for hold in row.holds if overview.freeing.frees or hold.state == "fail"]
        if held == [key]:
            freed.append(say.row_name(row))
    return freed[:10]


def _shared(one: Any) -> dict[str, Any]:
    return {
        "name": one.name,
        "answer": one.answer,
        "joint": say.joint(one),
        "total": "" if one.total is None else say.amount(one.total, one.unit),
        "pilots": ", ".join(one.pilots[:4])
        + (f" and {len(one.pilots) - 4} more" if len(one.pilots) > 4 else ""),
        "deciding": one.deciding,
        "give": say.give_lines(one),
        "order": say.order_line(one),
        "notes": one.notes,
    }


def _row(row: Row, overview: Overview, owners: dict[str, str], folder: str, named: Counter[str]) -> PageRow:
    word = say.word_of(row)
    cause = overview.portfolio.causes.get(row.holds[0].cause) if row.holds else None
    line = overview.lines.get(row.path)
    return PageRow(
        name=_told_apart(row, named),
        link=f"{folder}{row.page}" if row.page else "",
        word=say.short_word(word),
        word_class=word_class(word),
        owner=row.owner,
        owner_class=owners.get(row.owner or "no owner named", "rest"),
        cells=tuple(_cell(low, high) for low, high in row.areas),
        until=row.holds_until,
        money=say.money(row.cost_month, row.currency),
        cause=row.reason if word == FAILED else "" if cause is None else say.cause_name(cause),
        spark=spark_line(line, _SPARK_WIDTH, _SPARK_HEIGHT) if line is not None else (),
        stage=row.stage,
    )  # fmt: skip


def _told_apart(row: Row, named: Counter[str]) -> str:
    """Return the name of a pilot, with its path where another one has the same."""
    name = say.row_name(row)
    return name if named[row.pilot] < 2 or name == row.path else f"{name} ({row.path})"


def _cell(low: float | None, high: float | None) -> Cell:
    if low is None or high is None:
        return Cell("", "n", "no rule applies")
    band = f"b{min(4, int(low // 20))}" + (" u" if high - low >= _WIDE else "")
    return Cell(show_score(low), band, f"{show_score(low)}–{show_score(high)}")
