"""What is filled in against `pilot.uses`: packs apply by that list, so that a technique left out would exempt silently."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from poc_gate.model.claim import Provenance
from poc_gate.model.fact import Contradiction, Fact
from poc_gate.model.quantity import Quantity

_USES = "pilot.uses"
_BELONGS: Mapping[str, Callable[[Fact], bool]] = {
    "llm": lambda fact: (fact.name == "model.kind" and fact.value == "llm") or fact.name.startswith(
        ("demand.out_tokens_", "demand.in_tokens_", "cost.out_token", "model.quota_tokens")
    ),
    "retrieval": lambda fact: fact.name.startswith("retrieval."),
    "agent": lambda fact: fact.name.startswith("agent.")
    or (fact.name == "pilot.use_case_class" and fact.value == "agent"),
    "training": lambda fact: fact.name.startswith("training."),
}  # fmt: skip
"""Technique -> whether a fact is one that only a pilot with that technique has."""


def uses_contradictions(facts: Mapping[str, Fact]) -> tuple[Contradiction, ...]:
    """Return one contradiction for each technique that facts speak of and a stated `pilot.uses` leaves out."""
    stated = facts.get(_USES)
    if stated is None or not isinstance(stated.value, tuple):
        return ()
    found = []
    for technique, belongs in _BELONGS.items():
        if technique in stated.value:
            continue
        shown = next((fact for fact in facts.values() if _says_something(fact) and belongs(fact)), None)
        if shown is not None and shown.place is not None:
            found.append(
                Contradiction(
                    fact=_USES,
                    stronger=stated.value,
                    stronger_provenance=stated.provenance or Provenance.DECLARED,
                    stronger_place=stated.place or shown.place,
                    weaker=(*stated.value, technique),
                    weaker_provenance=shown.provenance or Provenance.DECLARED,
                    weaker_place=shown.place,
                )
            )
    return tuple(found)


def _says_something(fact: Fact) -> bool:
    """Whether a team's own statement says that there is something: neither assumed, nor no, nor nought."""
    if fact.value is None or fact.provenance in (None, Provenance.ASSUMED, Provenance.DERIVED):
        return False
    if isinstance(fact.value, Quantity):
        return fact.value.value != 0
    return fact.value not in (False, (), "", "none")
