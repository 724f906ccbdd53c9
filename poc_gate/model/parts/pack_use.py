"""Which rule packs took part in an answer, and on which terms each of their rules was judged."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.model.claim import Place
from poc_gate.model.rule import Limit


class RuleTerms(Struct, frozen=True):
    """What one rule asks for."""

    rule: str
    asserts: str
    """Digest over inputs, precondition, assertion and evidence; limits and severities apart."""
    limits: tuple[Limit, ...]
    """In force, each with who set it."""
    place: Place


class PackUse(Struct, frozen=True):
    """Which pack took part, by digest."""

    id: str
    version: str
    sha256: str
    rules: int
    applied: bool
    note: str = ""
    terms: tuple[RuleTerms, ...] = ()
    """What each rule asks for, with all adjustments; so that a later run can tell a weaker gate."""
