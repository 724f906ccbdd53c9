"""An overview -> text for a terminal: the answer, what holds most pilots back, what ends next, the worst rows."""

from __future__ import annotations

from collections.abc import Iterator

from poc_gate.model.many.portfolio import FAILED, Overview, Shared
from poc_gate.report.portfolio import sentences as say
from poc_gate.text.inert_text import inert

_CAUSES, _COMING, _ROWS, _TURNS = 8, 5, 12, 8


def portfolio_text(overview: Overview, width: int = 80) -> str:
    """Return the overview as plain text of at most `width` columns, each line inert."""
    lines = (inert(line) for line in _lines(overview, width))
    return "\n".join(line if len(line) <= width else f"{line[: width - 1]}…" for line in lines) + "\n"


def _lines(overview: Overview, width: int) -> Iterator[str]:
    total = len(overview.rows)
    yield f"{say.pilots(total)}  {overview.portfolio.day}"
    yield ""
    yield from _wrapped(say.headline(overview), width)
    if overview.holdings:
        yield ""
        yield "What holds most pilots back"
        for holding in overview.holdings[:_CAUSES]:
            yield f"  {say.cause_name(holding.cause)}"
            yield f"    {say.holding_line(holding, total)}  {holding.cause.rule.partition('-')[0]}  {holding.cause.owner}"
    if freeing := say.freeing_line(overview):
        yield ""
        yield "The one change that frees most"
        yield from (f"  {line}" for line in _wrapped(freeing, width - 2))
    yield from _listed(
        "Shared by several pilots", [_shared(one) for one in overview.capacity], len(overview.capacity)
    )
    yield from _listed(f"Since {overview.since}", [say.turn_line(one) for one in overview.turns], _TURNS)
    yield from _listed("What ends next", [say.coming_line(one) for one in overview.coming], _COMING)
    yield ""
    yield from _wrapped(say.cost_line(overview), width)
    yield ""
    yield from _table(overview, width)


def _shared(one: Shared) -> str:
    return f"{one.answer:<9}  {one.name}: {say.joint(one)}; {one.deciding}"


def _listed(title: str, lines: list[str], most: int) -> Iterator[str]:
    if not lines:
        return
    yield ""
    yield title
    yield from (f"  {line}" for line in lines[:most])
    if len(lines) > most:
        yield f"  and {len(lines) - most} more"


def _table(overview: Overview, width: int) -> Iterator[str]:
    rows = overview.rows[:_ROWS]
    if not rows:
        return
    name = max(len(say.row_name(row)) for row in rows)
    name = min(name, max(16, width - 46))
    for row in rows:
        fails = sum(hold.state == "fail" for hold in row.holds)
        waits = len(row.holds) - fails
        tail = row.reason if say.word_of(row) == FAILED else f"{fails:>3} fail {waits:>3} open  {row.owner}"
        yield f"  {say.short_word(say.word_of(row)):<12} {say.row_name(row)[:name]:<{name}}  {tail}"
    if len(overview.rows) > _ROWS:
        yield f"  and {len(overview.rows) - _ROWS} more: --format csv or html=FILE shows all"


def _wrapped(text: str, width: int) -> list[str]:
    from textwrap import wrap

    return wrap(text, width) or [""]
