"""The shape of `pack.yaml` and of a rule file."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from poc_gate.judge.packs.exposure_schema import DoPart, ExposurePart, RecordPart, TitlePart

_ID = r"^[A-Z]{1,4}[0-9]{2,4}-[a-z0-9-]{2,60}$"
_PACK_ID = r"^[a-z][a-z0-9-]{1,60}$"
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_VERSION = r"^[0-9]+\.[0-9]+\.[0-9]+[a-z0-9.+-]*$"
SHAPES = {
    _ID: "write up to four capital letters, two to four digits and a short name: HR01-approved-systems",
    _PACK_ID: "write lower-case letters, digits and dashes: house-rules",
    _DAY: "write it as 2026-12-01",
    _VERSION: "write it as 1.2.3",
}
"""Pattern -> how to write what it wants."""
Id = Annotated[str, msgspec.Meta(pattern=_ID)]
PackId = Annotated[str, msgspec.Meta(pattern=_PACK_ID)]
Day = Annotated[str, msgspec.Meta(pattern=_DAY)]
Said = Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]
SeverityWord = Literal["blocker", "high", "medium", "low"]
Formula = str | float | int | bool
"""An expression; a bare number or statement stands for itself."""


class RuleBlock(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A block of a rule file; unknown keys are errors."""


class ExpectPart(RuleBlock):
    """The assertion: a value with one operator, a statement, or evidence alone."""

    value: Formula | None = None
    at_most: Formula | None = None
    at_least: Formula | None = None
    between: list[Formula] | None = None
    equals: Formula | None = None
    one_of: list[str] | None = None
    that: str | None = None
    evidence: bool | None = None


class LimitPart(RuleBlock):
    """A threshold with its reason; `tighter` is the direction in which packs may move it."""

    value: Formula
    reason: Said
    tighter: Literal["lower", "higher"] | None = None


class EvidencePart(RuleBlock):
    """What a file must satisfy to count."""

    parses_as: list[Literal["yaml", "json", "csv", "junit", "markdown", "text"]] | None = None
    contains: list[str] | None = None
    where: str | None = None
    max_age: str | None = None
    approver: bool = False


class SeenPart(RuleBlock):
    """A statement over observations that fails the rule where it is false, and the condition under which it counts."""

    that: str
    says: Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
    when: str = ""


class ReferencePart(RuleBlock):
    """A clause that was checked against the issuing text on a day."""

    framework: Said
    edition: str = ""
    clause: str = ""
    verified_on: Day | None = None
    verified: bool = True
    applies_from: Day | None = None
    role: str = ""


class ExamplePart(RuleBlock):
    """A worked example: given values, the state that must come out."""

    state: Literal["pass", "fail", "short", "unknown", "not-applicable", "error"]
    """`short`: it fails, and falls short only."""
    given: dict[str, Any] = {}
    evidence: Any = None
    evidence_date: Day | None = None
    evidence_approver: str = ""
    note: str = ""


class StageSeverity(RuleBlock):
    """A severity for each stage."""

    pilot: SeverityWord
    limited: SeverityWord
    production: SeverityWord


class RulePart(RuleBlock):
    """One rule file."""

    id: Id
    what: Said
    why: Said
    dimension: Literal[
        "data-connection", "access-latency", "memory-locality", "orchestration", "governance",
        "security-privacy", "operability", "monitoring", "ownership", "economics",
    ]  # fmt: skip
    severity: SeverityWord | StageSeverity
    """One word for every stage, or one for each: a blocker that does not bind at a stage is high there."""
    requires: Literal["declared", "artifact", "measured"]
    expect: ExpectPart
    fix: Said
    examples: list[ExamplePart]
    since: Said
    given: dict[str, str] = {}
    when: str = ""
    for_each: str = ""
    limits: dict[str, LimitPart] = {}
    evidence: EvidencePart | None = None
    seen: list[SeenPart] = []
    short: str = ""
    set_aside: str = ""
    effort: Literal["hours", "days", "weeks", "months"] = "days"
    cost: Literal["none", "low", "medium", "high"] = "low"
    owner: str = ""
    levers: list[str] = []
    references: list[ReferencePart] = []
    aliases: list[str] = []
    applies_from: Day | None = None
    exposure: ExposurePart | None = None
    do: DoPart | None = None
    title: TitlePart | None = None
    cause: PackId | None = None
    record: PackId | None = None
    prior: float | dict[str, float] | None = None


class AdjustLimit(RuleBlock):
    """A tighter value and why."""

    value: Formula
    reason: Said


class AdjustPart(RuleBlock):
    """What a pack changes in a rule of another pack."""

    rule: str
    severity: SeverityWord | StageSeverity | None = None
    limits: dict[str, AdjustLimit] = {}
    applies_from: Day | None = None


class PackPart(RuleBlock):
    """`pack.yaml`."""

    id: PackId
    version: Annotated[str, msgspec.Meta(pattern=_VERSION)]
    title: Said
    description: str = ""
    given: dict[str, str] = {}
    when: str = ""
    adjust: list[AdjustPart] = []
    aliases: list[str] = []
    records: dict[str, RecordPart] = {}
