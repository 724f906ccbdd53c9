"""Rules: what is asserted, why, on which facts, within which limits; data only."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from poc_gate.model.claim import Place
from poc_gate.model.quantity import Quantity


class Severity(StrEnum):
    """How much a failed rule matters."""

    BLOCKER = "blocker"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


SEVERITY_RANK = {Severity.LOW: 0, Severity.MEDIUM: 1, Severity.HIGH: 2, Severity.BLOCKER: 3}
OFF = "off"
"""Stands beside the severities where a rule may not apply at all."""
SEVERITY_WEIGHT = {Severity.BLOCKER: 10, Severity.HIGH: 5, Severity.MEDIUM: 3, Severity.LOW: 1}


class Stage(StrEnum):
    """How far the pilot wants to go; later stages bind more blockers."""

    PILOT = "pilot"
    LIMITED = "limited"
    PRODUCTION = "production"


class EvidenceClass(StrEnum):
    """What a rule asks for, and what it got."""

    DECLARED = "declared"
    ARTIFACT = "artifact"
    MEASURED = "measured"


CLASS_RANK = {EvidenceClass.DECLARED: 0, EvidenceClass.ARTIFACT: 1, EvidenceClass.MEASURED: 2}

DIMENSIONS = {
    "data-connection": "Data connection & fragmentation",
    "access-latency": "Access pattern & latency predictability",
    "memory-locality": "Memory locality & data movement",
    "orchestration": "Orchestration & pipeline",
    "governance": "Governance & risk",
    "security-privacy": "Security & privacy",
    "operability": "Deployment & operability",
    "monitoring": "Monitoring & continuous improvement",
    "ownership": "Organisation & ownership",
    "economics": "Economics of scale",
}
"""Key -> title, in the order of the catalogue's letters A to J."""


class Limit(Struct, frozen=True):
    """A threshold: a parameter with a reason, which another pack may only tighten."""

    name: str
    value: Quantity
    reason: str = ""
    tighter: str = ""
    """`lower` or `higher`: the direction in which a pack may move it; empty = may not be moved."""
    set_by: str = ""
    """`pack/rule` that set the value in force."""
    place: Place | None = None


class Expectation(Struct, frozen=True):
    """The structured assertion of a rule; exactly one operator is given."""

    operator: str
    """`at_most`, `at_least`, `between`, `equals`, `one_of`, `that`, or `evidence`."""
    value: str = ""
    """Expression of the judged value; empty for `that` and `evidence`."""
    bounds: tuple[str, ...] = ()
    """Expressions: one for at_most, at_least, equals and that; two for between; the texts of one_of."""


class EvidencePredicate(Struct, frozen=True):
    """What a file must satisfy to count as evidence for the rule."""

    parses_as: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()
    """Dotted paths that must exist and not be empty, for example `rollback.tested_on`."""
    where: str = ""
    """Boolean expression over `content`."""
    max_age: Quantity | None = None
    """Older evidence drops one class."""
    approver: bool = False
    """A named role must have signed it off."""


class Seen(Struct, frozen=True):
    """A statement over what was observed: false, it fails the rule; where it cannot be told it says nothing."""

    that: str
    says: str
    """What is so where it is false, as a sentence that a colon and the values follow."""
    when: str = ""
    """Condition without which the observation says nothing; unknown counts as not met."""


class Reference(Struct, frozen=True):
    """A clause of a framework, cited only when it was checked against the issuing text."""

    framework: str
    edition: str
    clause: str
    verified_on: str = ""
    verified: bool = True
    applies_from: str = ""
    role: str = ""


class Effect(StrEnum):
    """What an exposure does to the severity of a rule."""

    OFF = "off"
    """The rule does not apply."""
    BLOCKER = "blocker"
    HIGH = "high"
    ADVICE = "advice"
    """The rule is shown and stops nothing."""


class ExposureLine(Struct, frozen=True):
    """One alternative under which an exposure changes the severity of a rule."""

    effect: Effect
    facets: Mapping[str, tuple[str, ...]]
    """Facet (`act`, `audience`, ..., or `stage`) -> the values of which one must hold; all facets must."""
    place: Place


class Record(Struct, frozen=True):
    """A document or report that answers several rules at once."""

    id: str
    title: str
    effort: str = ""
    owner: str = ""


class Example(Struct, frozen=True):
    """One worked example of a rule: given values and the state that must come out."""

    state: str
    given: Mapping[str, object]
    """Values by name in `given` (quantities as text with unit), or `evidence` content."""
    note: str = ""
    place: Place | None = None


class Rule(Struct, frozen=True):
    """One rule as loaded, before its expressions are compiled."""

    id: str
    pack: str
    what: str
    why: str
    dimension: str
    severity: Mapping[Stage, Severity]
    """Resolved for every stage."""
    requires: EvidenceClass
    given: Mapping[str, str]
    """Name used in the expressions -> catalogued fact."""
    expect: Expectation
    place: Place
    when: str = ""
    for_each: str = ""
    limits: Mapping[str, Limit] = field(default_factory=dict)
    fix: str = ""
    effort: str = ""
    """`hours`, `days`, `weeks` or `months`."""
    cost: str = ""
    """`none`, `low`, `medium` or `high`."""
    owner: str = ""
    """Role that usually fixes it."""
    levers: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    evidence: EvidencePredicate | None = None
    seen: tuple[Seen, ...] = ()
    short: str = ""
    """Expression that holds where a failure falls so little short that it is a condition and no stop; empty = every
    failure stops. Where it cannot be told, the rule is unknown."""
    set_aside: str = ""
    """Expression over `content`: what a record must hold to show that `when` is not met; empty = typing so is enough."""
    examples: tuple[Example, ...] = ()
    since: str = ""
    applies_from: str = ""
    """ISO date before which a failure is reported as due, not failed."""
    aliases: tuple[str, ...] = ()
    exposure: tuple[ExposureLine, ...] = ()
    title_fails: str = ""
    """One short line: what is so when the rule fails."""
    title_short: str = ""
    """One short line: what is so when it fails and falls short only."""
    title_unknown: str = ""
    """One short line: what nobody has said while it is unknown."""
    do_fails: str = ""
    """One line: what a person does when the rule fails."""
    do_unknown: str = ""
    """The same when nothing is known."""
    cause: str = ""
    """Rules of one cause count once: they share one weight, one reason and one question."""
    record: str = ""
    """Id of the record that answers the rule."""
    prior: Mapping[str, float] = field(default_factory=dict)
    """Kind of pilot, or `else` -> chance that such a pilot fails here, 0 to 1; poc-gate's own estimate."""


class Adjustment(Struct, frozen=True):
    """What a pack changes in a rule of another pack: upward only."""

    rule: str
    place: Place
    severity: Mapping[Stage, Severity] | None = None
    limits: Mapping[str, Limit] = field(default_factory=dict)
    applies_from: str = ""
    """ISO date before which the rule keeps what it had."""


class Pack(Struct, frozen=True):
    """One rule pack: identity, digest and its rules."""

    id: str
    version: str
    title: str
    sha256: str
    rules: tuple[Rule, ...]
    place: Place
    when: str = ""
    """Precondition of the whole pack, over catalogued facts."""
    given: Mapping[str, str] = field(default_factory=dict)
    """Names used in `when` -> catalogued facts."""
    adjust: tuple[Adjustment, ...] = ()
    aliases: tuple[str, ...] = ()
    """Names of superseded texts under which people look for this pack."""
    records: Mapping[str, Record] = field(default_factory=dict)
