"""The pilot's models by role, the one that answers, and what a person has to say of them."""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec

from poc_gate.inputs.repository.conclude.aside.models.choosers import of_chosen
from poc_gate.inputs.repository.conclude.aside.models.desk_models import beside_a_chart
from poc_gate.inputs.repository.conclude.aside.offers import MANY_CHATS
from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.conclude.models.by_role import by_role
from poc_gate.inputs.repository.conclude.models.helpers import leave_helpers
from poc_gate.inputs.repository.conclude.models.main_model import (
    asks_inside,
    found_model,
    is_settled,
    main_model,
    runs_an_engine,
    runs_itself,
)
from poc_gate.inputs.repository.conclude.models.models_of_the_pilot import FEW_PROVIDERS, models_of_the_pilot
from poc_gate.inputs.repository.conclude.models.who_serves import ANSWERS, providers_asked
from poc_gate.inputs.repository.noting.signals import ModelSeen
from poc_gate.inputs.repository.reading import FoundModel
from poc_gate.inputs.repository.tables.models import has_organisation, provider_of_name
from poc_gate.inputs.repository.tables.packages import package_named
from poc_gate.inputs.repository.tables.uses.said import EMBEDDED_IN_A_DATABASE
from poc_gate.model.claim import Notice
from poc_gate.model.engines.serving_engines import SERVING_ENGINES

MOST_MODELS = 40
_OF_TABLES = re.compile(
    r"calls (?:XGB|LGBM|CatBoost|RandomForest|LogisticRegression|GradientBoosting|LinearSVC|ExtraTrees)"
)
"""Reasons that show a model of tables or of counted words: beside it a transformer is a challenger, not the one that answers."""
_CLOSED = frozenset({"openai", "anthropic", "google", "xai", "perplexity"})
"""Makers whose models nobody else can run: whoever is asked under such a name, the pilot does not run it itself."""
_SERVES_WEIGHTS = frozenset({
    "huggingface-router", "vercel-gateway", "openrouter", "nvidia", "together", "fireworks", "deepinfra", "novita",
    "siliconflow", "hyperbolic", "groq", "cerebras", "sambanova",
})  # fmt: skip
"""Who serves the weights of others under the names that they have on the hub."""
_FEW_HOMES = 4
"""Folders at the top that name one model: more are as many samples, of which counting decides none."""
_RUNS = re.compile("|".join(part for row in SERVING_ENGINES for part in row.in_packages))
"""Packages of engines with which a pilot runs models itself."""
_HELPERS = frozenset({"speech", "image", "judge", "guardrail", "reranker", "fallback", "summary", "rewrite"})
"""Roles beside the model that answers."""
_ALONE = frozenset({"speech", "image"})
"""Of them those that are a pilot by themselves where no other model is used."""


class Concluded(NamedTuple):
    """The pilot's models."""

    models: tuple[FoundModel, ...]
    main: FoundModel | None
    """The one that answers, where that is clear."""
    questions: tuple[Notice, ...]
    runs_none: bool = False
    """Every provider that is asked runs its models itself, and nothing shows an engine of the pilot's own."""
    asks_several: bool = False
    """More providers can be asked for answers than one and another beside it."""


def conclude_models(ground: Ground) -> Concluded:
    """Return the models by role; several that could be the one that answers become a question."""
    questions: list[Notice] = []
    asked_of = providers_asked(ground)
    seen, offered, unchosen = models_of_the_pilot(ground, asked_of, questions)
    found = by_role(seen)
    ordered = found.ordered()
    models = tuple(found_model(one) for one, _ in ordered[:MOST_MODELS])
    several = len(asked_of & ANSWERS) > FEW_PROVIDERS
    chats = of_chosen(ground, [(one, count) for one, count in ordered if one.role == "chat"])
    chats = leave_helpers(chats, seen)
    some = any(one.message.startswith(MANY_CHATS) for one in offered)
    settled = {str(one.name).lower() for one in seen if is_settled(one)} if some else None
    counts = not (found.most_homes() > _FEW_HOMES or several)
    main, asked = beside_a_chart(*main_model(chats, only=settled, counts=counts), ground)
    if main is None and not asked:
        main = _only_model([one for one, _ in ordered], ground)
    if main is not None and main.role == "speech" and _asks_besides(ground):
        main = None  # what is said is put into letters for a model that is named elsewhere
    if main is not None and not main.hosting:
        main = msgspec.structs.replace(main, hosting=_hosting(main, asked_of, ground))
    runs_none = bool(asked_of & ANSWERS) and not _runs_engines(ground, models)
    return Concluded(models, main, (*questions, *asked, *offered, *unchosen), runs_none, several)


def _only_model(ordered: list[ModelSeen], ground: Ground) -> FoundModel | None:
    """Return the model that answers because the pilot has no other one, where nothing shows that a model without a name does."""
    others = [one for one in ordered if one.role not in _HELPERS]
    others = others or [one for one in ordered if one.role in _ALONE]
    if len({one.name for one in others}) != 1 or _chats(ground):
        return None
    sorts = {one.role for one in others} == {"classifier"}
    return None if sorts and _learns_tables(ground) else found_model(others[0])


def embeds_in_a_database(main: FoundModel | None, ground: Ground) -> bool:
    """Say whether a database embeds texts itself, with a model of its own, beside the one for embeddings that code names."""
    if main is None or main.role != "embedding" or main.reader not in {"python", "tree"}:
        return False
    return any(one.why == EMBEDDED_IN_A_DATABASE and ground.counts(one.standing) for one in ground.signals.techniques)  # fmt: skip


def _chats(ground: Ground) -> bool:
    """Say whether code asks a language model, of whatever name."""
    return any(one.name in {"llm", "llm client"} and one.weight >= 2 and ground.counts(one.standing) for one in ground.signals.techniques)  # fmt: skip


def _learns_tables(ground: Ground) -> bool:
    """Say whether code trains a model of tables."""
    return any(one.name == "classic-ml" and _OF_TABLES.search(one.why) and ground.counts(one.standing) for one in ground.signals.techniques)  # fmt: skip


def _runs_engines(ground: Ground, models: tuple[FoundModel, ...]) -> bool:
    """Say whether anything shows an engine of the pilot's own."""
    packages = (one for one in ground.signals.packages if ground.counts(one.standing))
    return (
        any(_RUNS.search(package.name) for package in packages)
        or any(one.fact == "model.engine" for one in ground.signals.facts)
        or any(one.hosting == "self" and one.role == "chat" for one in models)
    )


def _hosting(main: FoundModel, asked_of: set[str], ground: Ground) -> str:
    """Return who runs the model that answers, where nothing beside its name says so."""
    inside = asks_inside(ground)
    alone = len(asked_of) == 1 and asked_of <= _SERVES_WEIGHTS
    if alone and has_organisation(main.name) and not inside and not runs_an_engine(ground):
        return "hosted"
    asked = asked_of & ANSWERS - ({"openai"} if inside else set())
    if not asked and (inside or runs_itself(ground) or runs_an_engine(ground)):
        return "self"
    closed = provider_of_name(main.name) in _CLOSED and not inside and not runs_an_engine(ground)
    return "hosted" if closed else ""


def _asks_besides(ground: Ground) -> bool:
    """Say whether a package of language models is there, whose model no code that was read names."""
    rows = (package_named(one.name) for one in ground.signals.packages if not one.optional and ground.counts(one.standing))  # fmt: skip
    return any(row is not None and "llm" in row.techniques for row in rows)
