"""The verdict, its numbers, and the whole result that every report is rendered from."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct, field

from poc_gate.errors import ExitCode
from poc_gate.model.claim import Notice, Place
from poc_gate.model.fact import Contradiction, Fact
from poc_gate.model.finding import Finding, Lever, Waiver
from poc_gate.model.measurement import Curve
from poc_gate.model.parts.first_look import FirstLook
from poc_gate.model.parts.machines import Machines
from poc_gate.model.parts.pack_use import PackUse
from poc_gate.model.parts.rule_card import RuleCard


class Word(StrEnum):
    """The four answers."""

    GO = "GO"
    CONDITIONAL = "CONDITIONAL"
    INSUFFICIENT = "INSUFFICIENT EVIDENCE"
    NO_GO = "NO-GO"


EXIT_OF_WORD = {
    Word.GO: ExitCode.GO,
    Word.CONDITIONAL: ExitCode.CONDITIONAL,
    Word.INSUFFICIENT: ExitCode.INSUFFICIENT,
    Word.NO_GO: ExitCode.NO_GO,
}


ADVISORY = "gate advisory_until"
"""Subject of the finding that the day was added, or moved back, from which the gate binds."""

LEAST_RULES = 5
"""Applicable rules from which on a dimension's score decides anything: of fewer, one rule is half the score."""


class DimensionScore(Struct, frozen=True):
    """The score of one dimension as a range: low with unknown as 0, high with unknown as full."""

    key: str
    title: str
    low: float | None
    """0 to 100; None when no rule applies."""
    high: float | None
    rules: int
    passed: int
    failed: int
    unknown: int
    not_applicable: int

    @property
    def speaks(self) -> bool:
        """Whether enough rules apply for the score to mean anything."""
        return self.low is not None and self.rules >= LEAST_RULES


class Bound(Struct, frozen=True):
    """How far an answer holds in one respect."""

    kind: str
    """`load`, `audience` or `time`."""
    value: str
    """As people read it: `656 requests a day`, `40 named colleagues`, `2027-02-01`."""
    limited_by: str
    """What gives way, or ends, beyond it."""
    is_met: bool = True
    """False where the plan of the pilot lies beyond it."""


class Needed(Struct, frozen=True):
    """What the numbers of a verdict must reach for a GO at its stage; 0 where the stage asks for none."""

    checked: float = 0.0
    """Share of the applicable weight that must be known, 0 to 1."""
    proven: float = 0.0
    """Share that must pass on a file or a measurement, 0 to 1."""
    area: float = 0.0
    """Score that each area must reach, 0 to 100."""


class Verdict(Struct, frozen=True):
    """The answer and the numbers it rests on."""

    word: Word
    label: str
    """PG-D, PG-DA or PG-DAM: the evidence classes that the passed rules rest on."""
    stage: str
    reasons: tuple[str, ...]
    """Why this word, plain sentences, the deciding one first."""
    index: float | None
    """Readiness index: the minimum of the dimension lows, 0 to 100."""
    index_dimension: str
    coverage: float | None
    """Known weight over applicable weight, 0 to 1."""
    confidence: float | None
    """Weight passed on artifact or measurement over applicable weight, 0 to 1."""
    not_applicable_share: float | None
    dimensions: tuple[DimensionScore, ...]
    bounds: tuple[Bound, ...] = ()
    """Up to where a passing word holds; empty for words that do not pass."""
    holds_until: str = ""
    """ISO date of the first thing that a passing word rests on and that ends; empty where nothing does."""
    needed: Needed | None = None
    """None in results of versions that did not keep it."""
    is_stage_open: bool = False
    """Whether nobody stated a stage and that alone keeps this from NO-GO: for `stage` it would be."""

    @property
    def exit_code(self) -> ExitCode:
        """The exit code of the printed word; options such as --accept are applied by the gate."""
        return EXIT_OF_WORD[self.word]


class WallPoint(Struct, frozen=True):
    """One load on the wall's axis."""

    load: float
    """In the axis unit."""
    p50: float | None
    p95: float | None
    """End-to-end latency, s; None = overload."""
    p95_low: float | None = None
    p95_high: float | None = None
    utilisation: float | None = None
    """Of the busiest station, likely."""


class Wall(Struct, frozen=True):
    """One wall: the smallest load at which an SLO breaks or a station saturates."""

    load: float
    low: float | None
    high: float | None
    station: str
    cause: str
    """One sentence: what breaks, at which number."""
    relieved_by: tuple[Lever, ...] = ()


class WallPicture(Struct, frozen=True):
    """The load axis, the curve over it and the walls in order."""

    axis: str
    """What grows: `req/s`, `cost`, `corpus`."""
    axis_unit: str
    today: float
    planned: float
    points: tuple[WallPoint, ...]
    walls: tuple[Wall, ...]
    slo: float | None = None
    assumptions: tuple[str, ...] = ()
    sentence: str = ""


class Hop(Struct, frozen=True):
    """One hop of the data path with its demand and capacity."""

    id: str
    kind: str
    """source, network, storage, host-memory, link, device-memory, device-compute, interconnect, kv-capacity, queue."""
    title: str
    demand: float
    """Per second, in `unit`."""
    per_request: float
    unit: str
    capacity: float | None
    utilisation_low: float | None
    utilisation: float | None
    utilisation_high: float | None
    time_per_request: float | None = None
    """Seconds that one request spends here, unloaded."""
    binding: bool = False
    assumptions: tuple[str, ...] = ()


class Step(Struct, frozen=True):
    """One step of the way out: a change, the value it must reach, and what it turns."""

    action: str
    rules: tuple[str, ...]
    effort: str
    cost: str
    owner: str
    verdict_after: str
    """The word after this step and all before it."""
    reach: str = ""
    """The value that what fails must reach, with the one it has now; empty where no single value decides."""


class MachineSummary(Struct, frozen=True):
    """Which machine the verdict holds for."""

    name: str
    kind: str
    fingerprint: str
    sha256: str
    measured_at: str
    source: str
    """`probed now`, the file's name, or the datasheet's name."""
    curves: tuple[Curve, ...] = ()


class CostPart(Struct, frozen=True):
    """One part of what a month costs at the planned load, from a price that is known."""

    name: str
    """`tokens`, `review`, `machines`: as people say it."""
    month: float
    """Money."""


class NextStage(Struct, frozen=True):
    """What the stage behind the one that was passed still asks for, each must-have once."""

    stage: str
    word: Word
    titles: tuple[str, ...]
    """Of the open must-haves, the gravest first."""
    failed: int
    unanswered: int
    unproven: int
    owners: tuple[str, ...] = ()
    """The role that answers for each title, in the order of the titles."""

    @property
    def open(self) -> int:
        """How many are open."""
        return self.failed + self.unanswered + self.unproven


class Result(Struct, frozen=True):
    """Everything a report needs; written as canonical JSON and read back, nothing computed at render time."""

    tool_version: str
    assessed_on: str
    """ISO date handed in by the caller."""
    pilot: str
    stage: str
    manifest: str
    manifest_sha256: str
    verdict: Verdict
    sentence: str
    """The plain-language sentence that opens every report."""
    binding: str
    """What is used up first as the load grows, with its number; empty where nothing is known of it."""
    findings: tuple[Finding, ...]
    facts: tuple[Fact, ...]
    packs: tuple[PackUse, ...]
    machine: MachineSummary | None
    contradictions: tuple[Contradiction, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    notices: tuple[Notice, ...] = ()
    hops: tuple[Hop, ...] = ()
    walls: tuple[WallPicture, ...] = ()
    way_out: tuple[Step, ...] = ()
    inputs: dict[str, str] = field(default_factory=dict)
    """File -> sha256 of every input read (packs, artifacts, profile, manifest)."""
    currency: str = ""
    place: Place | None = None
    schema: str = "poc-gate.result/1"
    commit: str = ""
    """Checked out where the manifest lies; ends in `-dirty` when a file that was read differs from it."""
    first_look: FirstLook | None = None
    """What can be said before more is answered; where there is no manifest, or no limit of the load is known."""
    cost_parts: tuple[CostPart, ...] = ()
    """The largest first; of what is not known, nothing."""
    machines: Machines | None = None
    """What carries the plan; only for formats that show it, of a pilot that serves a language model itself."""
    rules: tuple[RuleCard, ...] = ()
    """The rules behind the open findings, by id."""
    next_stage: NextStage | None = None
    """Only beside a word that passes a stage before the last."""
