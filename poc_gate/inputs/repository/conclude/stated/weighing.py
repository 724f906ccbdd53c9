"""Values that were concluded -> how sure each is: none surer than the model that it speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.signals import FactSeen
from poc_gate.inputs.repository.reading import Certainty, FoundFact, FoundModel

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
LARGE = 150
"""Files from which on a checkout has parts enough that a limit may be another's than the service's."""
_OF_A_PART = frozenset({
    "security.output_cap", "security.input_cap", "model.max_context", "model.call_timeout", "model.decision_threshold",
    "path.stages[model].timeout", "path.stages[model].retries", "retrieval.chunk_size", "retrieval.chunk_overlap",
    "target.memory_limit", "target.replicas_max", "target.nodes", "target.nodes_max", "target.device",
    "operations.graceful_stop", "operations.request_deadline", "operations.runbook",
    "monitoring.saturation_metrics", "monitoring.quality_signal", "monitoring.drift_test",
})  # fmt: skip
"""In 100 checkouts that no reader was tuned on (docs/repository.md), 42 of 79 such values held for the service where there were 150 files
or more, and 17 of 21 in smaller ones; of the other facts that were stated 376 of 386 did."""
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


def no_surer_than_its_kind(facts: Sequence[FoundFact], files: int) -> tuple[FoundFact, ...]:
    """Return the values; in a checkout of many `files` a limit that a part has as often as the service is only inferred."""
    if files < LARGE:
        return tuple(facts)
    return tuple(
        replace(found, certainty=Certainty.INFERRED) if found.claim.fact in _OF_A_PART else found
        for found in facts
    )


def no_surer_than_their_roles(models: Sequence[FoundModel]) -> tuple[FoundModel, ...]:
    """Return the models; one that neither chats nor embeds is only inferred. Of several that chat only the one that answers is listed.

    In those checkouts 26 of 28 single ones that chat were asked; of those that judge, hear, see, rank or stand in 15 of 30,
    and 35 of 41 of those that embed.
    """
    sure = {"embedding", "chat"}
    return tuple(one if one.role in sure else replace(one, certainty=Certainty.INFERRED) for one in models)
