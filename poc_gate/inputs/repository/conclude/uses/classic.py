"""Evidence -> whether a model that learned from examples scores, sees, hears or ranks, and whether the pilot trains one."""

from __future__ import annotations

import re
from collections.abc import Collection

from poc_gate.inputs.repository.conclude.uses.evidence import GOES_WITH, Evidence, strongest
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.marks import STARTS_A_PIPELINE
from poc_gate.inputs.repository.noting.signals import TechniqueSeen

_SENSES = frozenset({"speech", "vision", "image", "classifier"})
"""Roles of models that hear, speak, see or sort: a pilot that runs only these uses a trained model."""
_SERVES_ANSWERS = re.compile(
    r"^calls AutoModelFor| pipeline$|^calls (?:DBSCAN|HDBSCAN|KMeans|MiniBatchKMeans|AgglomerativeClustering|GaussianMixture|NearestNeighbors|TruncatedSVD|NMF)$"
)
"""Reasons that show a trained model of a hub, or one that groups texts: beside a language model it sorts for that."""
_RANKS = re.compile(
    r"(?:^|/)(?:recommenders?|rankers?|scorers?|recommendations?)/[\w./-]+\.(?:py|java|go|ts|scala)$"
)


def classic(evidence: Evidence, uses: Collection[str]) -> TechniqueSeen | None:
    """Return what shows a model that learned.

    Sufficient: an estimator, a model read from a file, a network that learns here. What sorts, sees or hears for a
    language model is a part of that; without one, or where the project calls itself by it, it is the pilot.
    """
    beside = "llm" in uses
    weighed = [one for one in evidence.of("classic-ml", "learned") if not (beside and _SERVES_ANSWERS.search(one.why))]  # fmt: skip
    found = strongest(weighed)
    if found is not None:
        return found
    senses = evidence.strongest("senses", "runs")
    own = next((model for model in evidence.models if model.role in _SENSES and model.hosting == "self"), None)  # fmt: skip
    if beside:
        said = evidence.says("senses")
        is_it = said is not None and senses is not None and evidence.says("llm") is None
        return senses if is_it and evidence.says("agent") is None else None
    if not uses and senses is not None:
        return senses
    if ranked := _ranked(evidence):
        return ranked
    if "retrieval" not in uses and own is not None:
        return TechniqueSeen("classic-ml", f"{own.name} is its model", own.place, Standing.SERVICE, 2)
    return None


def training(evidence: Evidence, uses: Collection[str]) -> TechniqueSeen | None:
    """Return what shows that the pilot trains: the service, or a notebook that the README names beside it."""
    found = evidence.strongest("training")
    if found is None and "classic-ml" in uses and "llm" not in uses:
        found = evidence.strongest("training", least=GOES_WITH)
    if found is None and evidence.of(STARTS_A_PIPELINE):
        found = evidence.in_programs_beside("training")
    if found is None and ("classic-ml" in uses or not uses or is_of_notebooks(evidence)):
        found = evidence.in_notebooks("training")
    if found is None and "llm" in uses:
        found = evidence.in_notebooks("training", why="language model")
    return found


def is_of_notebooks(evidence: Evidence) -> bool:
    """Say whether the pilot is a row of notebooks: the README sends people to several, it names a package that learns, and nothing answers requests."""
    named = {one.why for one in evidence.of("says notebook")}
    learns = any(one.why.startswith("depends on ") for one in evidence.of("classic-ml"))
    return len(named) >= _SEVERAL and learns and evidence.strongest("serves") is None


_SEVERAL = 3


def _ranked(evidence: Evidence) -> TechniqueSeen | None:
    """Return the hint of a service whose own code ranks or recommends with numbers: it is called so, and computes."""
    ground, said = evidence.ground, evidence.says("classic-ml")
    computes = next((one for one in ground.signals.packages if one.name in {"scipy", "numpy", "torch", "pandas"} and ground.counts(one.standing) and not one.optional), None)  # fmt: skip
    named = re.search(r"(?i)recommend|rank", f"{ground.signals.name} {said.why if said else ''}")
    if computes is None or not named or not any(_RANKS.search(path) for path in ground.signals.paths):
        return None
    return TechniqueSeen("classic-ml", "it is named after recommending, and computes with " + computes.name, computes.place, computes.standing, 1)  # fmt: skip
