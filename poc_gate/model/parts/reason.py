"""Reasons: why a finding is in its state, as parts that words are made from; no sentences."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from poc_gate.model.claim import Place, Provenance, Value


class ReasonKind(StrEnum):
    """What decided a finding."""

    HOLDS = "holds"
    """The rule's own statement holds."""
    COMPARED = "compared"
    """A quantity stands against its limit, on either side of it."""
    DIFFERS = "differs"
    """A value is not the one that is wanted, or none of those."""
    BROKEN = "broken"
    """Parts of a statement do not hold."""
    SEEN = "seen"
    """What was observed of the running pilot contradicts the statement; `notes` say what, one for each clause."""
    SET_ASIDE = "set-aside"
    """The rule's precondition does not hold."""
    ONLY_TYPED = "only-typed"
    """The precondition does not hold by the author's own word alone, where the pilot can hurt."""
    DECLARED = "declared"
    """A person declared the rule not applicable."""
    HARMLESS = "harmless"
    """What the pilot can do gives the rule nothing to guard."""
    EMPTY_LIST = "empty-list"
    """The lists that the rule runs over are stated to be empty."""
    NO_LIST = "no-list"
    """The list that the rule runs over is not stated."""
    DISPUTED = "disputed"
    """Statements disagree on whether the rule, or its pack, applies."""
    PACK_OPEN = "pack-open"
    """It is unknown whether the rule's pack applies."""
    MISSING = "missing"
    """Facts are unknown."""
    STRADDLES = "straddles"
    """The measured interval reaches over the limit."""
    SCATTERED = "scattered"
    """Facts were measured, but their samples scatter too much."""
    ASSUMED = "assumed"
    """The statement holds, but only with values that nobody stated."""
    NO_FILE = "no-file"
    """A rule that files decide, and no file."""
    NOT_SHOWN = "not-shown"
    """Files were put forward and do not show it."""
    IMPOSSIBLE = "impossible"
    """The expression cannot be computed."""
    DISAGREE = "disagree"
    """Two statements about one fact."""
    WEAKER = "weaker"
    """A change asks less of the gate than before."""


class Term(Struct, frozen=True):
    """One value with what it means."""

    value: Value | None = None
    fact: str = ""
    """Full name of the fact; empty for a threshold, a literal or a computed value."""
    meaning: str = ""
    """The catalogue's sentence about the fact, without its full stop."""
    percent: bool = False
    """Whether people read it as a percentage."""
    needed: bool = False
    """Whether it states what is wanted, planned or allowed, rather than what is so."""
    provenance: Provenance | None = None
    place: Place | None = None
    bound: str = ""
    """`at least` or `at most` where the value is only a bound of it."""


class Clause(Struct, frozen=True):
    """One part of a statement that does not hold.

    `sign` is a comparison (`<=`, `<`, `>=`, `>`, `==`, `!=`, `in`, `not in`, `has`), `yes` for a flag that must
    be true, `no` for one that must be false, `every` for a list in which each must be, `stated` for what must
    not be empty, or empty for a part that takes more than one clause.
    """

    sign: str
    left: tuple[Term, ...] = ()
    """The judged value; of a list the items that are lacking; where `sign` is empty every input."""
    right: tuple[Term, ...] = ()
    """The limit, the value wanted, or the choices."""
    aged: bool = False
    """Whether the judged value is the time since a day."""
    holds: bool = False
    """Whether the value is on the right side of its limit."""
    by_bound: str = ""
    """`at least` or `at most` where the value is what the known part alone proves."""


class Reason(Struct, frozen=True):
    """Why a finding is in its state."""

    kind: ReasonKind
    clauses: tuple[Clause, ...] = ()
    """For COMPARED, DIFFERS and STRADDLES the one that decides, for BROKEN those that do not hold."""
    bound: tuple[Term, ...] = ()
    """The facts that the limit is computed from."""
    terms: tuple[Term, ...] = ()
    """Inputs of the precondition; assumed values; two statements that disagree, the stronger first."""
    names: tuple[str, ...] = ()
    """Facts, lists or facets that the reason speaks of."""
    notes: tuple[str, ...] = ()
    """What was found wrong with files; why something cannot be computed; what a person wrote; of a count the places."""
    by: str = ""
    """The role or the pack that the reason speaks of."""
    difference: float | None = None
    """Of two statements, relative."""
