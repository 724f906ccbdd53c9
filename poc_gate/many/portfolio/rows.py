"""A record, or why there is none -> the row of a portfolio; rows -> the portfolio."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from poc_gate.model.many.portfolio import FAILED, Cause, Ending, Hold, Portfolio, Row
from poc_gate.model.many.record import Open, Record

_STATES = {"fail": 0, "unknown": 1, "unproven": 2}
_SEVERITIES = {"blocker": 0, "high": 1}
_MOST_ENDINGS = 4


class Judged(Struct, frozen=True):
    """One pilot's row with the causes that it names."""

    row: Row
    causes: dict[str, Cause]


def failed(path: str, reason: str) -> Judged:
    """Return the row of a pilot that could not be judged."""
    return Judged(Row(path, FAILED, reason), {})


def row_of(path: str, record: Record, file: str, page: str = "") -> Judged:
    """Return the row of a record; the same record gives the same row."""
    causes: dict[str, Cause] = {}
    holds: dict[str, Hold] = {}
    for one in record.open:
        key = cause_key(one)
        hold = Hold(key, one.state, one.severity)
        if key not in holds or _rank(hold) < _rank(holds[key]):
            holds[key] = hold
            source = one.subject.partition("[")[2].removesuffix("]") if one.resource else ""
            causes[key] = Cause(one.title, one.rule, source, one.owner, one.effort, one.state)
    row = Row(
        path=path,
        pilot=record.pilot,
        stage=record.stage,
        word=record.word,
        sentence=record.sentence,
        owner=record.owner,
        go_live=record.go_live,
        holds_until=record.holds_until,
        coverage=_rounded(record.coverage),
        confidence=_rounded(record.confidence),
        index=record.index,
        areas=tuple((area.low, area.high) for area in record.areas),
        holds=tuple(sorted(holds.values(), key=lambda hold: (*_rank(hold), hold.cause))),
        endings=tuple(sorted(_endings(record), key=lambda one: (one.day, one.what)))[:_MOST_ENDINGS],
        currency=record.currency,
        cost_month=record.cost_month,
        budget_year=record.budget_year,
        demands=record.demands,
        record=file,
        page=page,
    )
    return Judged(row, causes)


def cause_key(one: Open) -> str:
    """Return what an open must-have is known by across pilots: its cause or rule, and the source where it has one."""
    name = one.cause or one.rule
    return f"{name} @ {one.resource}" if one.resource else name


class Ground(Struct, frozen=True):
    """What all rows of a portfolio were judged with."""

    day: str
    tool: str
    packs: dict[str, str]
    options: dict[str, str]
    asked: tuple[str, ...]
    """Path of every pilot of the whole."""


def assemble(judged: Iterable[Judged], ground: Ground, shard: str = "") -> Portfolio:
    """Return the portfolio of these rows, in the order of their paths whatever the order they came in."""
    held = sorted(judged, key=lambda one: one.row.path)
    causes: dict[str, Cause] = {}
    for one in held:
        for key, cause in one.causes.items():
            causes[key] = naming(causes.get(key, cause), cause)
    causes = dict(sorted(causes.items()))
    rows, asked = tuple(one.row for one in held), tuple(sorted(ground.asked))
    return Portfolio(ground.day, ground.tool, ground.packs, ground.options, rows, causes, asked, shard)


def naming(one: Cause, other: Cause) -> Cause:
    """Return which of two namings of one cause is taken, so that parts of a portfolio agree with the whole."""
    return min(one, other, key=_naming)


def _naming(cause: Cause) -> tuple[int, str, str, str, str]:
    return _STATES.get(cause.state, 3), cause.title, cause.source, cause.owner, cause.effort


def _rank(hold: Hold) -> tuple[int, int]:
    return _STATES.get(hold.state, 3), _SEVERITIES.get(hold.severity, 2)


def _endings(record: Record) -> Iterator[Ending]:
    if record.holds_until:
        why = next((bound.limited_by for bound in record.bounds if bound.kind == "time"), "")
        yield Ending(record.holds_until, f"the verdict ends: {why}" if why else "the verdict ends")
    for waiver in record.waivers:
        if waiver.status == "active":
            yield Ending(
                waiver.expires, f"the waiver of {waiver.rule.partition('-')[0]} ends ({waiver.owner})"
            )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
