"""A value, and what was found that shows it -> a statement in the manifest's terms."""

from __future__ import annotations

from poc_gate.inputs.repository.noting.signals import TechniqueSeen
from poc_gate.inputs.repository.reading import (
    Certainty,
    FoundFact,
    FoundHost,
    FoundModel,
    FoundSource,
    FoundTechnique,
    FoundTool,
)
from poc_gate.model.claim import Claim, Provenance, Value


def imported_fact(
    fact: str,
    value: Value,
    found: FoundModel | FoundSource | FoundTool | FoundHost,
    sure: Certainty,
    note: str = "",
) -> FoundFact:
    """Return a statement at the place where what it is about was found."""
    return FoundFact(Claim(fact, value, Provenance.IMPORTED, found.place, note), found.reader, sure)


def shown_fact(fact: str, value: Value, shown: TechniqueSeen | FoundTechnique, note: str = "") -> FoundFact:
    """Return a statement that a technique shows, with the reason that it was noted for."""
    claim = Claim(fact, value, Provenance.IMPORTED, shown.place, note or shown.why)
    return FoundFact(claim, "techniques", Certainty.INFERRED)
