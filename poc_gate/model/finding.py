"""Findings: what one rule says of one subject, with its numbers and where they come from."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from poc_gate.model.claim import Place, Provenance, Value
from poc_gate.model.parts.reason import Reason
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import CLASS_RANK, EvidenceClass, Reference, Severity


class State(StrEnum):
    """The six states of a finding, the same in every format."""

    PASS = "pass"  # noqa: S105 - a state, no password
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"
    WAIVED = "waived"
    ERROR = "error"


DECIDED = frozenset({State.PASS, State.FAIL})
UNDECIDED = frozenset({State.UNKNOWN, State.ERROR})
"""An error counts as unknown."""


class Input(Struct, frozen=True):
    """One fact that a finding rests on."""

    name: str
    """The name in the rule's `given`."""
    fact: str
    value: Value | None
    provenance: Provenance | None
    place: Place | None = None
    low: float | None = None
    high: float | None = None
    note: str = ""


class Breakpoint(Struct, frozen=True):
    """The value of one input at which the finding flips, the others held."""

    fact: str
    value: Quantity
    current: Quantity
    settable: bool = True
    """Whether a person can state the fact, so that `what-if` takes it; a computed one only compares results."""


class Lever(Struct, frozen=True):
    """What one lever would have to become for the finding to pass."""

    fact: str
    current: Value | None
    needed: Value | None
    """None: no value of it is enough."""
    effort: str = ""
    cost: str = ""
    note: str = ""


class Finding(Struct, frozen=True):
    """What one rule says of one subject."""

    rule: str
    pack: str
    subject: str
    """Empty for the pilot as a whole, else the item: `sources[policy-db]`."""
    state: State
    severity: Severity
    dimension: str
    what: str
    required: EvidenceClass
    held: EvidenceClass | None
    """Weakest class of the observations used; None when nothing is known."""
    place: Place
    """Where a person looks first: the claim that decides, else the parent of the missing key."""
    message: str = ""
    """What is so, with the numbers, as a sentence or two that stand alone; made of the reason, once."""
    title: str = ""
    """One short line in the state that the finding is in: the rule's own, or made of the reason, once."""
    action: str = ""
    """What a person does about it in this state, as a sentence that stands alone."""
    reason: Reason | None = None
    """Why it is in its state, as parts; None in results of versions that kept sentences alone."""
    inputs: tuple[Input, ...] = ()
    value: Quantity | None = None
    limit: Quantity | None = None
    operator: str = ""
    limit_set_by: str = ""
    margin: float | None = None
    """value / limit."""
    breakpoints: tuple[Breakpoint, ...] = ()
    formula: str = ""
    """The expectation with the numbers put in."""
    fix: str = ""
    effort: str = ""
    cost: str = ""
    owner: str = ""
    levers: tuple[Lever, ...] = ()
    references: tuple[Reference, ...] = ()
    why: str = ""
    unknown: tuple[str, ...] = ()
    """Names of the facts that are missing."""
    resolve: tuple[str, ...] = ()
    """For unknown and unproven findings: the line to add or the command to run."""
    evidence_files: tuple[str, ...] = ()
    evidence_notes: tuple[str, ...] = ()
    due: str = ""
    """ISO date from which the duty binds, when it does not yet."""
    waiver: str = ""
    """Id of the waiver that covers it."""
    fingerprint: str = ""
    """Stable over line moves: rule, subject and pack."""
    waived_from: State | None = None
    """For a waived finding the state that the waiver covers."""
    set_aside_by: str = ""
    """Role that declared the rule not applicable, where no precondition decided it."""
    was: str = ""
    """What it was at the base, where it is worse than there."""
    waiver_plan: str = ""
    """Plan of the waiver, where it names one."""
    exposed_by: tuple[str, ...] = ()
    """The exposure that made the severity what it is, one part for each facet; empty where the rule's own holds."""
    exposure_unknown: tuple[str, ...] = ()
    """Facets of exposure that are unknown and counted as high in this finding."""
    cause: str = ""
    """Findings of one cause count once."""
    short: bool = False
    """Whether it fails by so little that it is a condition and does not stop."""
    mildest: str = ""
    """Severity that it would have at the least if the exposure were known, `off` where it might not apply; empty
    where the exposure leaves nothing open."""

    @property
    def proven(self) -> bool:
        """Whether the finding holds at least the evidence class its rule requires."""
        return self.held is not None and CLASS_RANK[self.held] >= CLASS_RANK[self.required]

    @property
    def miss(self) -> float | None:
        """How far a failed value lies beyond its limit, as a share of it; of a limit of nothing, the value.

        None where the finding did not fail, or compares no quantity.
        """
        failed = self.state is State.FAIL or self.waived_from is State.FAIL
        if not failed or self.value is None or self.limit is None:
            return None
        beyond = self.value.value - self.limit.value
        signed = {"at_most": beyond, "at_least": -beyond}.get(self.operator, abs(beyond))
        return signed / abs(self.limit.value or 1.0)


class Waiver(Struct, frozen=True):
    """One line of the waiver ledger."""

    id: str
    rule: str
    subject: str
    reason: str
    owner: str
    approver: str
    expires: str
    """ISO date; valid until the end of that day, UTC."""
    place: Place
    plan: str = ""
    status: str = ""
    """`active`, `expired`, `unused` or `refused`, once applied."""
    note: str = ""
