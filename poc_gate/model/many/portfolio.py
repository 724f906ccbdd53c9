"""Many pilots side by side: one row each, and what they say together; the values that every view is made from."""

from __future__ import annotations

from msgspec import Struct, field

from poc_gate.model.many.record import Demand, FigureRange

SCHEMA = "poc-gate.portfolio/1"
OK, FAILED = "OK", "FAILED"


class Hold(Struct, frozen=True, omit_defaults=True):
    """One open must-have of a pilot, by its cause."""

    cause: str
    """Key of the cause: the same in every pilot that it holds back."""
    state: str
    """`fail`, `unknown` or `unproven`."""
    severity: str


class Ending(Struct, frozen=True, omit_defaults=True):
    """A day on which something that a pilot rests on ends."""

    day: str
    what: str


class Row(Struct, frozen=True, omit_defaults=True):
    """One pilot of a portfolio; a pilot that could not be judged says why and has no word."""

    path: str
    state: str = OK
    reason: str = ""
    pilot: str = ""
    stage: str = ""
    word: str = ""
    sentence: str = ""
    owner: str = ""
    go_live: str = ""
    holds_until: str = ""
    coverage: float | None = None
    confidence: float | None = None
    index: float | None = None
    areas: tuple[tuple[float | None, float | None], ...] = ()
    """Proven and possible share of 100 of each dimension, in their order."""
    holds: tuple[Hold, ...] = ()
    endings: tuple[Ending, ...] = ()
    currency: str = ""
    cost_month: FigureRange = FigureRange()
    budget_year: float | None = None
    demands: tuple[Demand, ...] = ()
    record: str = ""
    """File below the folder of the results."""
    page: str = ""
    """The pilot's own page below the folder of the results; empty where none was written."""


class Cause(Struct, frozen=True, omit_defaults=True):
    """What one cause is called, once for all pilots that it holds back."""

    title: str
    rule: str
    source: str = ""
    """As the pilots call the source that it is about."""
    owner: str = ""
    effort: str = ""
    state: str = ""
    """In which the title says it."""


class Portfolio(Struct, frozen=True, omit_defaults=True):
    """The file `portfolio.json`: what was judged, with what, and every row; the same inputs give the same bytes."""

    day: str
    tool: str
    packs: dict[str, str]
    """Id of each pack at hand -> digest."""
    options: dict[str, str]
    rows: tuple[Row, ...]
    causes: dict[str, Cause]
    asked: tuple[str, ...]
    """Path of every pilot of the whole portfolio, of all shards."""
    shard: str = ""
    """`K/N` of a part; empty for the whole."""
    schema: str = SCHEMA


class Holding(Struct, frozen=True):
    """One cause with the pilots that it holds back."""

    cause: Cause
    pilots: tuple[str, ...]
    """Paths, failing ones first."""
    failing: int
    """Pilots in which it fails; in the others it is unknown or unproven."""
    alone: int
    """Pilots in which it fails and nothing else does."""
    frees: int
    """Pilots in which no other must-have is open at all: this change frees them."""


class Owned(Struct, frozen=True):
    """One owner's share."""

    owner: str
    pilots: int
    words: dict[str, int]


class Coming(Struct, frozen=True):
    """One day on which something ends, of one pilot."""

    day: str
    what: str
    pilot: str
    path: str


class Turn(Struct, frozen=True):
    """One pilot whose word changed since the day that is compared with."""

    pilot: str
    path: str
    before: str
    now: str
    why: str
    better: bool


class Line(Struct, frozen=True):
    """The course of one pilot's proven share, oldest first; None where the ruler changed and the line breaks."""

    values: tuple[float | None, ...]
    days: tuple[str, ...]


class Overview(Struct, frozen=True):
    """What the rows say together."""

    portfolio: Portfolio
    words: dict[str, int]
    """Count by word, FAILED last; those that occur."""
    holdings: tuple[Holding, ...]
    """Worst first."""
    freeing: Holding | None
    """The one change that frees most pilots; None where no single one frees any."""
    owners: tuple[Owned, ...]
    coming: tuple[Coming, ...]
    rows: tuple[Row, ...]
    """The most pressing first."""
    cost_month: dict[str, FigureRange] = field(default_factory=dict)
    """By currency."""
    costed: int = 0
    """Pilots whose cost of a month is known."""
    since: str = ""
    """ISO date that `turns` compare with; empty without a history."""
    turns: tuple[Turn, ...] = ()
    lines: dict[str, Line] = field(default_factory=dict)
    """By path."""
    capacity: tuple[Shared, ...] = ()


class Shared(Struct, frozen=True, omit_defaults=True):
    """One resource that several pilots use, with the bounds of their joint peak."""

    kind: str
    resource: str
    name: str
    unit: str
    pilots: tuple[str, ...]
    """Names, the largest demand first."""
    low: float
    high: float | None
    """None where a pilot does not say what it takes: no upper bound is known."""
    total: float | None
    """What is there for all; None where nobody states it."""
    share: float
    """Of the total that may be used."""
    answer: str
    """`OK`, `OVER`, `UNDECIDED`, or `NO LIMIT KNOWN`."""
    deciding: str
    """The fact that decides, or that would."""
    give: tuple[Give, ...] = ()
    order: tuple[Launch, ...] = ()
    notes: tuple[str, ...] = ()


class Give(Struct, frozen=True):
    """How much one pilot would have to give where it alone gives way."""

    pilot: str
    now: float
    at_most: float | None
    """None where even nothing of it would not be enough."""


class Launch(Struct, frozen=True):
    """One pilot in the order that was stated: those that fit, and the first that does not."""

    pilot: str
    by: str
    """What the order is from: a tier, a day, or the list."""
    answer: str
    """For this one and all before it."""


FAILED_ROW_ORDER = ("FAILED", "NO-GO", "INSUFFICIENT EVIDENCE", "CONDITIONAL", "GO")
"""Worst first."""
