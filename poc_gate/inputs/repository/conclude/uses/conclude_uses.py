"""Evidence of each use -> `pilot.uses` with reasons and places, and questions where the repository leaves one open."""

from __future__ import annotations

from collections.abc import Sequence

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.conclude.uses.agent import agent
from poc_gate.inputs.repository.conclude.uses.batch import batch
from poc_gate.inputs.repository.conclude.uses.classic import classic, is_of_notebooks, training
from poc_gate.inputs.repository.conclude.uses.evidence import RUNS, Concluded, Evidence
from poc_gate.inputs.repository.conclude.uses.language import language
from poc_gate.inputs.repository.conclude.uses.retrieval import retrieval
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.signals import TechniqueSeen
from poc_gate.inputs.repository.reading import Certainty, FoundModel, FoundSource, FoundTechnique
from poc_gate.model.claim import Notice, Place

_SAID = ("agent", "retrieval", "classic-ml", "llm")


def conclude_uses(
    ground: Ground, models: Sequence[FoundModel], sources: Sequence[FoundSource]
) -> tuple[tuple[FoundTechnique, ...], list[Notice]]:
    """Return what the pilot uses, and what is asked about it; only what runs counts, and what serves no other end."""
    evidence = Evidence(ground, models, sources)
    uses: dict[str, TechniqueSeen] = {}
    asked: list[Notice] = []

    def take(name: str, found: TechniqueSeen | None) -> None:
        if found is not None:
            uses[name] = found

    def weigh(name: str, concluded: Concluded) -> None:
        take(name, concluded.found)
        if concluded.open_because:
            asked.append(_question(name, concluded, evidence))

    take("llm", language(evidence))
    weigh("retrieval", retrieval(evidence, uses))
    weigh("agent", agent(evidence, uses))
    take("classic-ml", classic(evidence, uses))
    trained = training(evidence, uses)
    take("training", trained)
    if trained is not None and ("llm" not in uses or ("language" not in trained.why and is_of_notebooks(evidence))):  # fmt: skip
        uses.setdefault("classic-ml", trained)
    weigh("batch", batch(evidence, uses))
    if not uses:
        asked.append(_nothing(evidence))
    return tuple(FoundTechnique(name, one.why, one.place, _sure(one)) for name, one in uses.items()), asked


def _sure(one: TechniqueSeen) -> Certainty:
    """Return stated where the service's own code calls it, inferred for anything else."""
    return Certainty.STATED if one.weight >= RUNS and one.standing <= Standing.SUPPORT else Certainty.INFERRED


def _question(name: str, concluded: Concluded, evidence: Evidence) -> Notice:
    kept = "llm" if name == "agent" and concluded.found is not None else name
    said = evidence.says(name)
    place = concluded.found.place if concluded.found else said.place if said else Place("the repository")
    return Notice("question", f"pilot.uses leaves `{kept}` open: {concluded.open_because}", place, f"add `{kept}` to `pilot.uses` if it is so")  # fmt: skip


def _nothing(evidence: Evidence) -> Notice:
    """Return the question of a repository in which no model was seen; its own words are quoted."""
    said = [found for use in _SAID if (found := evidence.says(use)) is not None]
    words = f"; {said[0].why}" if said else ""
    place = said[0].place if said else Place("the repository")
    return Notice("question", f"pilot.uses is not said: no code that was read runs, asks or trains a model{words}", place, "list what the pilot uses: `pilot.uses`")  # fmt: skip
