"""Rows -> what they say together: words, what holds most pilots back, what one change frees, what ends next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from poc_gate.model.many.portfolio import (
    FAILED,
    FAILED_ROW_ORDER,
    Cause,
    Coming,
    Holding,
    Line,
    Overview,
    Owned,
    Portfolio,
    Row,
    Shared,
    Turn,
)
from poc_gate.model.many.record import FigureRange

_RANK = {word: place for place, word in enumerate(FAILED_ROW_ORDER)}
NOBODY = "no owner named"


def overview(
    portfolio: Portfolio,
    *,
    since: str = "",
    turns: Sequence[Turn] = (),
    lines: Mapping[str, Line] | None = None,
    capacity: Sequence[Shared] = (),
) -> Overview:
    """Return what the rows of a portfolio say together; pure."""
    holdings = _holdings(portfolio)
    freeing = max(holdings, key=lambda one: (one.frees, one.alone, one.failing), default=None)
    costs, costed = _costs(portfolio.rows)
    return Overview(
        portfolio=portfolio,
        words=words_of(portfolio.rows),
        holdings=holdings,
        freeing=freeing if freeing is not None and (freeing.frees or freeing.alone) else None,
        owners=_owners(portfolio.rows),
        coming=_coming(portfolio),
        rows=tuple(sorted(portfolio.rows, key=_pressing)),
        cost_month=costs,
        costed=costed,
        since=since,
        turns=tuple(turns),
        lines=dict(lines or {}),
        capacity=tuple(capacity),
    )


def words_of(rows: Iterable[Row]) -> dict[str, int]:
    """Return how many pilots have each word, GO first and FAILED last; words that nobody has are left out."""
    counted = Counter(row.word or FAILED for row in rows)
    return {word: counted[word] for word in reversed(FAILED_ROW_ORDER) if counted[word]}


def _pressing(row: Row) -> tuple[int, int, str]:
    failing = sum(hold.state == "fail" for hold in row.holds)
    return _RANK.get(row.word or FAILED, 0), -failing, row.path


def _holdings(portfolio: Portfolio) -> tuple[Holding, ...]:
    """Return every cause with its pilots, those first in which it fails most often, then those it is open in."""
    fails: dict[str, list[str]] = {}
    waits: dict[str, list[str]] = {}
    alone, frees = Counter[str](), Counter[str]()
    for row in portfolio.rows:
        path, failing = row.path, 0
        for hold in row.holds:
            if hold.state == "fail":
                failing += 1
                fails.setdefault(hold.cause, []).append(path)
            else:
                waits.setdefault(hold.cause, []).append(path)
        if failing == 1:
            alone[next(hold.cause for hold in row.holds if hold.state == "fail")] += 1
        if len(row.holds) == 1:
            frees[row.holds[0].cause] += 1
    found = []
    for key in fails.keys() | waits.keys():
        failing_in, open_in = fails.get(key, []), waits.get(key, [])
        cause = portfolio.causes.get(key, Cause(key, key))
        found.append(Holding(cause, (*failing_in, *open_in), len(failing_in), alone[key], frees[key]))
    return tuple(
        sorted(
            found,
            key=lambda one: (
                -one.failing,
                -len(one.pilots),
                one.cause.rule,
                one.cause.source,
                one.cause.title,
            ),
        )
    )


def _owners(rows: Sequence[Row]) -> tuple[Owned, ...]:
    by_owner: dict[str, list[Row]] = {}
    for row in rows:
        by_owner.setdefault(row.owner or NOBODY, []).append(row)
    found = [Owned(owner, len(held), words_of(held)) for owner, held in by_owner.items()]
    return tuple(sorted(found, key=lambda one: (-one.pilots, one.owner)))


def _coming(portfolio: Portfolio) -> tuple[Coming, ...]:
    found = [
        Coming(ending.day, ending.what, row.pilot, row.path)
        for row in portfolio.rows
        for ending in row.endings
        if ending.day >= portfolio.day
    ]
    return tuple(sorted(found, key=lambda one: (one.day, one.path, one.what)))


def _costs(rows: Iterable[Row]) -> tuple[dict[str, FigureRange], int]:
    """Return the cost of a month by currency: of what is known in part, the known part is a lower bound."""
    sums: dict[str, list[float]] = {}
    open_ended: set[str] = set()
    costed = 0
    for row in rows:
        span = row.cost_month
        least = span.low if span.low is not None else span.likely
        if least is None:
            continue
        total = sums.setdefault(row.currency, [0.0, 0.0, 0.0])
        likely = span.likely if span.likely is not None else least
        most = span.high if span.high is not None else span.likely
        for place, value in enumerate((least, likely, most if most is not None else likely)):
            total[place] += value
        if span.likely is None:
            open_ended.add(row.currency)
        costed += span.likely is not None
    spans = {
        currency: FigureRange(low, None, None, "money")
        if currency in open_ended
        else FigureRange(low, likely, high, "money")
        for currency, (low, likely, high) in sorted(sums.items())
    }
    return spans, costed
