"""Values that were concluded -> how sure each is: none surer than the model that it speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.signals import FactSeen
from poc_gate.inputs.repository.reading import Certainty, FoundFact

MANY_PARTS = 6
"""Parts with models of their own that make a checkout a collection."""
_OF_THE_MODEL = (
    "model.version",
    "model.alias_floating",
    "model.quota_tokens",
    "model.digest",
    "model.license",
)
"""What holds for one model alone."""
_SHOWS_HOW_IT_RUNS = frozenset({"deploy-command", "workflow", "cloud-project", "dockerfile", "phrase", "platform", "bicep", "terraform"})  # fmt: skip
"""Readers of files that deploy the pilot, wherever people keep them."""


def certainty_of(one: FactSeen, *, from_anywhere: bool) -> Certainty:
    """Return how sure a value is by where it is written: outside of what runs in production nothing is more than inferred."""
    far = one.standing > Standing.SUPPORT or (
        one.standing is Standing.SUPPORT and one.reader not in _SHOWS_HOW_IT_RUNS
    )
    return Certainty.INFERRED if (far and not from_anywhere) or one.weight < 1 else one.certainty


def no_surer_than_the_part(facts: Sequence[FoundFact], folders: Sequence[str]) -> list[FoundFact]:
    """Return the values; the model of one part of a collection, which has a pilot in each, is only inferred."""
    if len(folders) < MANY_PARTS:
        return list(facts)
    return [
        replace(found, certainty=Certainty.INFERRED)
        if found.claim.fact.startswith("model.")
        and found.claim.place.file.startswith(tuple(f"{one}/" for one in folders))
        else found
        for found in facts
    ]


def no_surer_than_the_model(facts: Sequence[FoundFact]) -> list[FoundFact]:
    """Return the values; a version or a quota beside a model that is only inferred is inferred, too."""
    model = next((found for found in facts if found.claim.fact == "model.name"), None)
    if model is not None and model.certainty is Certainty.STATED:
        return list(facts)
    return [
        replace(found, certainty=Certainty.INFERRED) if found.claim.fact in _OF_THE_MODEL else found
        for found in facts
    ]
