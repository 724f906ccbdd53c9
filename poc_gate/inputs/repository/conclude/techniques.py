"""Hints at how a pilot works -> `pilot.uses`, each entry with its reason and place."""

from __future__ import annotations

import re
from collections import defaultdict

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.signals import TechniqueSeen
from poc_gate.inputs.repository.reading import Certainty, FoundModel, FoundSource, FoundTechnique
from poc_gate.inputs.repository.tables.packages import package_named
from poc_gate.inputs.repository.tables.systems import family_of

_EMBEDDING = {"embedding", "reranker"}
_SENSES = frozenset({"speech", "vision", "image", "classifier"})
"""Roles of models that hear, speak, see or sort: a pilot that runs only these uses a trained model."""

_SERVES_ANSWERS = re.compile(
    r"^calls AutoModelFor| pipeline$|^calls (?:DBSCAN|HDBSCAN|KMeans|MiniBatchKMeans|AgglomerativeClustering|GaussianMixture|NearestNeighbors|TruncatedSVD|NMF)$"
)
"""Reasons that show a trained model of a hub, or one that groups texts: beside a language model it sorts for that."""
_AGENT = re.compile(r"(?i)(?:^|[-_. ])(?:agents?|assistant)(?:$|[-_. ])")
"""Names of repositories that say what they hold: with a framework of agents beside it, it is one."""


def conclude_techniques(
    ground: Ground, models: tuple[FoundModel, ...], sources: tuple[FoundSource, ...]
) -> tuple[FoundTechnique, ...]:
    """Return what the pilot uses; only what runs counts, and dependencies that serve no other end."""
    hints: dict[str, list[TechniqueSeen]] = defaultdict(list)
    for one in ground.signals.techniques:
        if ground.counts(one.standing):
            hints[one.name].append(one)
    _note_packages(ground, hints)
    uses: dict[str, TechniqueSeen] = {}
    _language(hints, models, uses)
    _retrieval(hints, models, sources, uses)
    served = any(one.why.startswith("LangGraph") for one in hints["serves"])
    chooses = (
        _strong(hints["chooses"]) if served else None
    )  # the platform of agents serves a graph that goes its own way
    if "llm" in uses and (agent := _agent(ground, hints) or chooses):
        uses["agent"] = agent
    ranks = "llm" in uses  # a transformer that classifies beside a language model ranks or screens
    classic = _strong([one for one in hints["classic-ml"] if not (ranks and _SERVES_ANSWERS.search(one.why))])
    if classic:
        uses["classic-ml"] = classic
    if classic is None and not uses and (runs := _strong([*hints["senses"], *hints["runs"]])):
        uses["classic-ml"] = runs
    if classic is None and "llm" not in uses and (ranked := _ranked(ground)):
        uses["classic-ml"] = ranked
    if classic is None and "llm" not in uses and "retrieval" not in uses:
        senses = next((model for model in models if model.role in _SENSES and model.hosting == "self"), None)
        if senses is not None:
            uses.setdefault("classic-ml", TechniqueSeen("classic-ml", f"{senses.name} is its model", senses.place, Standing.SERVICE, 2))  # fmt: skip
    training = _strong(hints["training"])
    if training:
        uses["training"] = training
        if "llm" not in uses:
            uses.setdefault("classic-ml", training)
    scheduled = _strong(hints["scheduled"])
    if scheduled and ("classic-ml" in uses or not _strong(hints["serves"])):
        uses["batch"] = scheduled
    return tuple(FoundTechnique(name, one.why, one.place, _sure(one)) for name, one in uses.items())


def _agent(ground: Ground, hints: dict[str, list[TechniqueSeen]]) -> TechniqueSeen | None:
    """Return the hint of a model that chooses what is called; functions that only the program calls are none."""
    given = _strong(hints["tools"])
    at_hand = _strong(hints["functions"]) if hints["chosen"] or given else None
    called = _strong(hints["agent"], least=1) if _AGENT.search(ground.signals.name) else None
    return _strong(hints["agent"]) or given or at_hand or called


_RANKS = re.compile(
    r"(?:^|/)(?:recommenders?|rankers?|scorers?|recommendations?)/[\w./-]+\.(?:py|java|go|ts|scala)$"
)


def _ranked(ground: Ground) -> TechniqueSeen | None:
    """Return the hint of a service whose own code ranks or recommends with numbers: it is called so, and computes."""
    computes = next((one for one in ground.signals.packages if one.name in {"scipy", "numpy", "torch", "pandas"} and ground.counts(one.standing) and not one.optional), None)  # fmt: skip
    named = re.search(r"(?i)recommend|rank", ground.signals.name)
    if computes is None or not named or not any(_RANKS.search(path) for path in ground.signals.paths):
        return None
    return TechniqueSeen("classic-ml", "it is named after recommending, and computes with " + computes.name, computes.place, computes.standing, 1)  # fmt: skip


def _sure(one: TechniqueSeen) -> Certainty:
    """Return stated where the service's own code calls it, inferred for anything else."""
    return Certainty.STATED if one.weight >= 3 and one.standing <= Standing.SUPPORT else Certainty.INFERRED


def _strong(hints: list[TechniqueSeen], *, least: int = 2) -> TechniqueSeen | None:
    found = [one for one in hints if one.weight >= least]
    return min(found, key=lambda one: (one.standing, -one.weight), default=None)


def _note_packages(ground: Ground, hints: dict[str, list[TechniqueSeen]]) -> None:
    for package in ground.signals.packages:
        row = package_named(package.name)
        if row is None or package.optional or not ground.counts(package.standing):
            continue
        for technique in row.techniques:
            hints[technique].append(TechniqueSeen(technique, f"depends on {package.name}", package.place, package.standing, row.weight if technique == row.techniques[0] else 1))  # fmt: skip
        if row.traces:
            hints["traced"].append(TechniqueSeen("traced", row.traces, package.place, package.standing, 1))


def _language(
    hints: dict[str, list[TechniqueSeen]], models: tuple[FoundModel, ...], uses: dict[str, TechniqueSeen]
) -> None:
    found = _strong(hints["llm"])
    proves = any(one.weight >= 3 and not one.why.startswith("client of") for one in hints["llm"])
    if found is not None and not proves and models and all(model.role in _EMBEDDING for model in models):
        return  # a library, or a cloud, of language models that only embeds here
    if found is None:
        chat = next((model for model in models if model.role == "chat"), None)
        if chat is not None:
            found = TechniqueSeen("llm", f"{chat.name} is its model", chat.place, Standing.SERVICE, 2)
    if found is not None:
        uses["llm"] = found


def _retrieval(
    hints: dict[str, list[TechniqueSeen]],
    models: tuple[FoundModel, ...],
    sources: tuple[FoundSource, ...],
    uses: dict[str, TechniqueSeen],
) -> None:
    found = _strong(hints["retrieval"])
    index = next((source for source in sources if family_of(source.system) in {"vector", "search"}), None)
    embedding = next((model for model in models if model.role in _EMBEDDING), None)
    if found is None and (index or hints["retrieval"]) and embedding is not None:
        why = f"{embedding.name} embeds" if embedding.role == "embedding" else f"{embedding.name} ranks"
        found = TechniqueSeen("retrieval", why, embedding.place, Standing.SERVICE, 2)
    embeds = embedding is not None and embedding.role == "embedding"
    passed_on = embedding is not None and embedding.reader == "model-gateway"  # others search with it
    if found is None and embedding is not None and embeds and not passed_on and "llm" in uses:
        found = TechniqueSeen("retrieval", f"{embedding.name} embeds", embedding.place, Standing.SERVICE, 2)
    if found is None and index is not None and "llm" in uses:
        found = TechniqueSeen("retrieval", f"{index.system} is an index", index.place, Standing.SERVICE, 2)
    if (
        found is None
        and embedding is not None
        and index is None
        and _strong(hints["retrieval"], least=1)
        and sources
    ):
        found = _strong(hints["retrieval"], least=1)
    if found is not None:
        uses["retrieval"] = found
