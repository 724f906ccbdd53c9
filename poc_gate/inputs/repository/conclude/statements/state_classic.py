"""A model of tables, or one that sees, hears or sorts -> its kind, and who runs it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.conclude.statements.imported_fact import shown_fact
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.signals import TechniqueSeen
from poc_gate.inputs.repository.reading import FoundFact, FoundModel, FoundTechnique

_TABULAR = (
    "pickle", "bentoml.sklearn", "bentoml.xgboost", "bentoml.lightgbm", "bentoml.catboost", "XGB", "LGBM", "CatBoost", "Classifier", "Regressor",
    "Regression", "Booster", "joblib", "DMatrix", "xgboost", "scikit", "KMeans", "DBSCAN", "IsolationForest", "Neighbors", "LinearSV", "feature",
)  # fmt: skip
"""Marks of models of tables in the reasons for `classic-ml`."""
_LEARNS_TEXTS = frozenset({"transformers", "torch", "tensorflow", "keras", "sentence-transformers"})
"""Packages of models that take texts, pictures and sounds."""
_LEARNS_OTHERS = re.compile(
    r"(?i)torch|keras|tensorflow|\btf\b|conv|transformer|sentence|vision|image|text|tfidf|spacy|prophet|arima|lstm"
)
"""Marks of models of texts, pictures, sounds and series."""
_MANAGED = re.compile(r"client of (?:personalize|forecast)\b")
"""Services of a cloud that train and run a model of tables by themselves."""
_CALLED = 3
"""Weight of what code calls."""


def state_classic(techniques: tuple[FoundTechnique, ...], ground: Ground) -> Iterator[FoundFact]:
    """Yield kind and hosting of a classic model that the pilot's own service runs."""
    uses = {technique.name: technique for technique in techniques}
    if "classic-ml" not in uses or "llm" in uses:
        return
    shown = [one for one in _of(ground, "classic-ml") if one.standing <= Standing.SUPPORT] or _in_notebooks(ground)  # fmt: skip
    yield from _state_kind(shown, ground)
    managed = next((one for one in shown if _MANAGED.match(one.why)), None) or _read_by_a_cloud(ground)
    if managed is not None:
        yield shown_fact("model.hosting", "hosted", managed)
        return
    runs = _running(ground, trains="training" in uses)
    if runs:
        yield shown_fact("model.hosting", "self", runs[0])


def _of(ground: Ground, *names: str) -> list[TechniqueSeen]:
    return [one for one in ground.signals.techniques if one.name in names]


def _state_kind(shown: list[TechniqueSeen], ground: Ground) -> Iterator[FoundFact]:
    """Yield that the model is one of tables, where nothing shows that it decides on texts or pictures."""
    tabular = [one for one in shown if any(word in one.why for word in _TABULAR)]
    if any(one.name in _LEARNS_TEXTS and not one.optional for one in ground.signals.packages):
        tabular = [one for one in tabular if not re.search(r"^uses |pickle|joblib", one.why)]
    if tabular and not any("Classification" in one.why for one in shown):
        yield shown_fact("model.kind", "tabular", tabular[0])


def _running(ground: Ground, *, trains: bool) -> list[TechniqueSeen]:
    """Return what shows that the pilot runs its model: a server, else runs on a schedule, else what loads the model."""
    serves = [one for one in _of(ground, "serves") if one.standing <= Standing.SUPPORT]
    scheduled = [one for one in _of(ground, "training", "scheduled") if one.standing is Standing.SERVICE]
    loads = [one for one in _of(ground, "runs", "senses") if one.standing is Standing.SERVICE and "server" not in one.why]  # fmt: skip
    reads = [one for one in _of(ground, "classic-ml", "learned") if one.standing is Standing.SERVICE and _READS.search(one.why)]  # fmt: skip
    return serves or loads or ((reads or scheduled) if trains else [])


_READS = re.compile(r"reads a model$|is read from a pickle$")
"""Reasons that show a model that the program takes from a file."""


def _in_notebooks(ground: Ground) -> list[TechniqueSeen]:
    """Return what notebooks learn, where they alone show a model and every one is of tables."""
    learnt = [one for one in _of(ground, "classic-ml") if one.standing is Standing.NOTEBOOK]
    if any(_LEARNS_OTHERS.search(one.why) for one in learnt):
        return []
    return [one for one in learnt if one.weight >= _CALLED]


def _read_by_a_cloud(ground: Ground) -> TechniqueSeen | None:
    """Return the service of a cloud that sees or hears, where no model of the pilot's own does."""
    senses = [one for one in _of(ground, "senses", "runs", "classic-ml", "learned") if one.standing is Standing.SERVICE]  # fmt: skip
    by_clouds = all(one.why.startswith("a service of the cloud") for one in senses)
    return senses[0] if senses and by_clouds else None


_SEES = frozenset({"vision", "classifier", "speech"})
"""Roles of models that a classic model may be."""


def leaves_open(main: FoundModel | None, found: FoundFact) -> bool:
    """Say whether the model that answers leaves open what a classic model shows: who runs one that sees, hears or sorts."""
    if main is None:
        return True
    return found.claim.fact == "model.hosting" and not main.hosting and main.role in _SEES
