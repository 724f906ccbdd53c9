"""The slim record of one assessment: what many pilots are put side by side by, and what is kept over the years.

It holds no message, no place and nothing that moves with the day alone, so that the same inputs give the same record
until the day on which an answer changes.
"""

from __future__ import annotations

from msgspec import Struct, field

from poc_gate.model.verdict import Bound

SCHEMA = "poc-gate.record/1"


class FigureRange(Struct, frozen=True, omit_defaults=True):
    """A figure with its interval, in SI units; None where nobody knows."""

    low: float | None = None
    likely: float | None = None
    high: float | None = None
    unit: str = "1"


class Area(Struct, frozen=True):
    """One dimension: proven share of 100 and what it can still become."""

    key: str
    low: float | None
    high: float | None
    open: int
    """Rules that fail or are unknown."""


class Open(Struct, frozen=True, omit_defaults=True):
    """One must-have that is open."""

    rule: str
    state: str
    """`fail`, `unknown` or `unproven`."""
    severity: str
    title: str
    subject: str = ""
    owner: str = ""
    effort: str = ""
    cause: str = ""
    resource: str = ""
    """Identity of the source that the finding is about, where other pilots may read the same one."""


class Demand(Struct, frozen=True, omit_defaults=True):
    """What the pilot takes of one resource that others may use too."""

    kind: str
    """`source`, `model`, `accelerator`, `reviewers` or `money`."""
    resource: str
    """Identity across pilots; empty where nothing tells which one it is."""
    name: str
    """As the pilot calls it."""
    peak: FigureRange
    mean: FigureRange
    """Over a day, in the unit of the peak; retries left out."""
    size: float | None = None
    """Bytes that one device must hold, for accelerators."""
    tolerated: float | None = None
    """What its owner tolerates from this use, as far as the pilot states it."""
    group: float | None = None
    """Devices that must be in one node, for accelerators."""


class Waived(Struct, frozen=True, omit_defaults=True):
    """One line of the waiver ledger that is in force or has ended."""

    rule: str
    owner: str
    expires: str
    status: str
    subject: str = ""


class Figure(Struct, frozen=True, omit_defaults=True):
    """One measured number, for trends."""

    fact: str
    value: float
    unit: str
    low: float | None = None
    high: float | None = None
    spread: float | None = None


class Machine(Struct, frozen=True, omit_defaults=True):
    """The machine that the answer holds for."""

    name: str = ""
    kind: str = ""
    fingerprint: str = ""
    sha256: str = ""


class Record(Struct, frozen=True, omit_defaults=True):
    """One assessment, small."""

    pilot: str
    stage: str
    word: str
    label: str
    sentence: str
    tool: str
    packs: dict[str, str]
    """Id of each pack that took part -> its digest."""
    areas: tuple[Area, ...]
    states: dict[str, tuple[str, ...]]
    """State -> `RULE` or `RULE subject` of every finding in it."""
    day: str = ""
    """ISO date of the assessment; empty in a portfolio, which states it once."""
    reasons: tuple[str, ...] = ()
    index: float | None = None
    index_area: str = ""
    coverage: float | None = None
    confidence: float | None = None
    open: tuple[Open, ...] = ()
    bounds: tuple[Bound, ...] = ()
    holds_until: str = ""
    """ISO date up to which a passing word holds."""
    unchanged_until: str = ""
    """First ISO date on which an answer may change with the same inputs; empty = not known."""
    owner: str = ""
    go_live: str = ""
    currency: str = ""
    cost_month: FigureRange = FigureRange()
    cost_request: FigureRange = FigureRange()
    budget_year: float | None = None
    value_ratio: FigureRange = FigureRange()
    demands: tuple[Demand, ...] = ()
    waivers: tuple[Waived, ...] = ()
    figures: tuple[Figure, ...] = ()
    machine: Machine = Machine()
    manifest: str = ""
    inputs: dict[str, str] = field(default_factory=dict)
    """File below the manifest's folder, or as it was named, -> sha256."""
    schema: str = SCHEMA
