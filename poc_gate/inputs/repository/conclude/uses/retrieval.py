"""Evidence -> whether the pilot looks something up by meaning or by words before it answers."""

from __future__ import annotations

from collections.abc import Collection

from poc_gate.inputs.repository.conclude.uses.evidence import GOES_WITH, Concluded, Evidence
from poc_gate.inputs.repository.conclude.uses.language import EMBEDS, passes_on
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.signals import TechniqueSeen
from poc_gate.inputs.repository.reading import FoundModel, FoundSource
from poc_gate.inputs.repository.tables.systems import family_of

_INDEX = frozenset({"vector", "search"})


def retrieval(evidence: Evidence, uses: Collection[str]) -> Concluded:
    """Return what shows that something is looked up.

    Sufficient: a search in an index, a retriever, a file search of the provider, a table of vectors. Texts that are
    embedded suffice too, unless something else explains them: a gateway embeds for others, an evaluation compares, and
    a model that was trained here can take vectors as its features.
    """
    found = evidence.strongest("retrieval")
    if found is not None:
        return Concluded(found)
    index = next((source for source in evidence.sources if family_of(source.system) in _INDEX), None)
    if index is None and passes_on(evidence) is not None and "llm" in uses:
        return Concluded(None)
    embeds = evidence.strongest("embeds")
    if index is None and evidence.says("evaluates") is not None:
        return Concluded(None)  # it measures with vectors how near two answers are
    if embeds is not None and index is None and (evidence.strongest("learned") or _learns(evidence)):
        return Concluded(None, f"texts are embedded ({embeds.place}) and a model is trained; whether anything is searched with them is not said")  # fmt: skip
    return Concluded(embeds or _by_models(evidence, index, uses))


def _learns(evidence: Evidence) -> bool:
    return evidence.strongest("training") is not None and evidence.says("retrieval") is None


def _by_models(evidence: Evidence, index: FoundSource | None, uses: Collection[str]) -> TechniqueSeen | None:
    """Return what an index and a model for searches show together, or one of them beside a language model."""
    hinted = evidence.of("retrieval", "embeds")
    model = next((one for one in evidence.models if one.role in EMBEDS), None)
    if (index or hinted) and model is not None:
        return _of_model(model)
    passed_on = model is not None and model.reader == "model-gateway"  # others search with it
    if model is not None and model.role == "embedding" and not passed_on and "llm" in uses:
        return _of_model(model)
    if index is not None and "llm" in uses:
        return TechniqueSeen("retrieval", f"{index.system} is an index", index.place, Standing.SERVICE, 2)
    if evidence.says("retrieval") is not None:
        return evidence.strongest("retrieval", "embeds", least=GOES_WITH)
    return None


def _of_model(model: FoundModel) -> TechniqueSeen:
    does = "embeds" if model.role == "embedding" else "ranks"
    return TechniqueSeen("retrieval", f"{model.name} {does}", model.place, Standing.SERVICE, 2)
