"""Models that were seen -> the models of the pilot by role, and the one that answers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import NamedTuple

import msgspec

from poc_gate.inputs.repository.conclude.aside.app_host import of_the_host
from poc_gate.inputs.repository.conclude.aside.backbones import leave_backbones
from poc_gate.inputs.repository.conclude.aside.choosers import leave_unchosen, of_chosen
from poc_gate.inputs.repository.conclude.aside.gateway_models import through_the_gateway
from poc_gate.inputs.repository.conclude.aside.idle_models import leave_unasked
from poc_gate.inputs.repository.conclude.aside.model_lists import leave_lists
from poc_gate.inputs.repository.conclude.aside.offers import (
    MANY_CHATS,
    leave_listed,
    leave_offers,
    leave_tables,
)
from poc_gate.inputs.repository.conclude.aside.overridden import as_given, with_overriding
from poc_gate.inputs.repository.conclude.aside.script_models import leave_models_of_scripts
from poc_gate.inputs.repository.conclude.aside.set_elsewhere import leave_defaults
from poc_gate.inputs.repository.conclude.aside.starters import with_a_starter
from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.conclude.main_model import (
    asks_inside,
    found_model,
    is_default,
    is_settled,
    main_model,
    runs_an_engine,
    runs_itself,
)
from poc_gate.inputs.repository.conclude.statements import ANSWERING
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.signals import (
    DEFAULT_OF_PARAMETER,
    ModelSeen,
    Ref,
)
from poc_gate.inputs.repository.reading import Certainty, FoundModel
from poc_gate.inputs.repository.tables.egress import PROVIDER_HOSTS
from poc_gate.inputs.repository.tables.models import (
    NO_MODELS,
    has_organisation,
    is_hosted,
    names_a_model,
    provider_of_name,
    read_model_name,
    role_of_key,
    role_of_name,
    whisper_of_size,
)
from poc_gate.inputs.repository.tables.packages import package_named
from poc_gate.model.claim import Notice
from poc_gate.model.engines.serving_engines import SERVING_ENGINES

MOST_MODELS = 40
_ONE_EACH = frozenset({"embedding", "reranker", "image"})
"""Roles that one model plays at a time: what is deployed stands before what the code takes otherwise."""
_OF_TABLES = re.compile(
    r"calls (?:XGB|LGBM|CatBoost|RandomForest|LogisticRegression|GradientBoosting|LinearSVC|ExtraTrees)"
)
"""Reasons that show a model of tables or of counted words: beside it a transformer is a challenger, not the one that answers."""
_SERVES = {
    "azure-openai": {"openai"}, "azure-apim": {"openai"}, "vertex-ai": {"google", "anthropic", "mistral"}, "azure-ai": {"openai", "mistral", "cohere", "deepseek", "xai"},
    "bedrock": {"anthropic", "mistral", "cohere", "deepseek", "bedrock"},
}  # fmt: skip
"""Cloud -> whose models it serves; the others serve anybody's."""
_CLOUDS = frozenset(
    {"bedrock", "azure-openai", "azure-ai", "azure-apim", "vertex-ai", "openrouter", "databricks"}
)
"""Providers that serve models of others."""
_MAKERS = frozenset({"openai", "anthropic", "google", "cohere", "mistral", "deepseek", "xai", "perplexity"})
"""Providers that serve models of their own alone."""
_ANSWERS = frozenset({"openai", "azure-openai", "azure-ai", "azure-apim", "anthropic", "google", "vertex-ai", "bedrock", "cohere", "mistral", "groq", "huggingface-router"})  # fmt: skip
"""Providers whose models answer people."""
_SERVES_WEIGHTS = {"huggingface-router"}
"""Who serves open weights under the names that they have on the hub."""
_FEW_PROVIDERS = 2
"""Providers between which limits in code may still be those of the answer."""
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
    asked_of = _providers_asked(ground)
    seen = _all_served(ground, asked_of, [one for one in _resolved(ground, questions) if ground.counts(one.standing)])  # fmt: skip
    seen = through_the_gateway(
        ground,
        of_the_host(
            with_a_starter(
                ground, leave_defaults(ground, leave_unasked(leave_lists(ground.signals, seen), questions))
            )
        ),
    )
    seen, offered = leave_offers(ground, _below_clients(ground, with_overriding(ground, as_given(seen))))
    seen, unchosen = _narrowed(ground, seen, questions)
    seen = [one._replace(default=is_default(one)) for one in _leave_searches(seen)]
    best: dict[tuple[str, str], ModelSeen] = {}
    counts: Counter[tuple[str, str]] = Counter()
    homes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in seen:
        key = (one.role, _PROFILE.sub("", str(one.name).lower().rpartition("/")[2]))
        counts[key] += one.weight > 1
        homes[key].add(one.place.file.partition("/")[0])
        if key in best and one.default and one.weight > 1:
            best[key] = best[key]._replace(default=True)
        if key not in best:
            best[key] = one
        elif _order(one) < _order(best[key]):
            default = one.default or (best[key].default and best[key].weight > 1)
            hosting = one.hosting or best[key].hosting
            best[key] = one._replace(provider=_nearer(one, best[key]), hosting=hosting, default=default)
        else:
            hosting = best[key].hosting or one.hosting
            best[key] = best[key]._replace(provider=_nearer(best[key], one), hosting=hosting)
    _leave_doubles(best)
    strongest: dict[str, int] = defaultdict(int)
    for (role, _), one in best.items():
        strongest[role] = max(strongest[role], min(one.weight, 2))
    kept = {key: one for key, one in best.items() if min(one.weight, 2) >= strongest[key[0]]}
    kept = {
        key: one
        for key, one in kept.items()
        if key[0] not in _ONE_EACH
        or one.weight == max(other.weight for (role, _), other in kept.items() if role == key[0])
    }
    ordered = sorted(kept.items(), key=lambda item: (item[0][0] != "chat", item[0][0], _order(item[1])))
    models = tuple(found_model(one) for _, one in ordered[:MOST_MODELS])
    some = any(one.message.startswith(MANY_CHATS) for one in offered)
    settled = {str(one.name).lower() for one in seen if is_settled(one)} if some else None
    chats_of = of_chosen(ground, [(one, counts[key]) for key, one in ordered if key[0] == "chat"])
    apart = max((len(homes[key]) for key in counts if key[0] == "chat"), default=0) > _FEW_HOMES
    several = len(asked_of & _ANSWERS) > _FEW_PROVIDERS
    main, asked = main_model(chats_of, only=settled, counts=not (apart or several))
    others = [one for _, one in ordered if one.role not in _HELPERS]
    others = others or [one for _, one in ordered if one.role in _ALONE]
    chats = any(
        one.name in {"llm", "llm client"} and one.weight >= 2 and ground.counts(one.standing)
        for one in ground.signals.techniques
    )
    learns = any(one.name == "classic-ml" and _OF_TABLES.search(one.why) and ground.counts(one.standing) for one in ground.signals.techniques)  # fmt: skip
    sorts = {one.role for one in others} == {"classifier"}
    if (
        main is None
        and not asked
        and not chats
        and not (sorts and learns)
        and len({one.name for one in others}) == 1
    ):
        main = found_model(others[0])
    if main is not None and main.role == "speech" and _asks_besides(ground):
        main = None  # what is said is put into letters for a model that is named elsewhere
    if main is not None and not main.hosting:
        main = msgspec.structs.replace(main, hosting=_hosting(main, asked_of, ground))
    engines = any(_RUNS.search(package.name) for package in ground.signals.packages if ground.counts(package.standing)) or any(one.fact == "model.engine" for one in ground.signals.facts) or any(one.hosting == "self" and one.role == "chat" for one in models)  # fmt: skip
    return Concluded(
        models,
        main,
        (*questions, *asked, *offered, *unchosen),
        bool(asked_of & _ANSWERS) and not engines,
        several,
    )


def _hosting(main: FoundModel, asked_of: set[str], ground: Ground) -> str:
    """Return who runs the model that answers, where nothing beside its name says so."""
    if asked_of == _SERVES_WEIGHTS and has_organisation(main.name):
        return "hosted"
    inside = asks_inside(ground)
    asked = asked_of & _ANSWERS - ({"openai"} if inside else set())
    return "self" if not asked and (inside or runs_itself(ground) or runs_an_engine(ground)) else ""


def _narrowed(
    ground: Ground, seen: list[ModelSeen], questions: list[Notice]
) -> tuple[list[ModelSeen], list[Notice]]:
    """Return the models without those that people only could choose, and what is asked for them."""
    seen, listed = leave_listed(ground, leave_tables(leave_models_of_scripts(seen)))
    seen = leave_backbones(seen, questions)
    seen, unchosen = leave_unchosen(ground, seen)
    return seen, [*listed, *unchosen]


def _asks_besides(ground: Ground) -> bool:
    """Say whether a package of language models is there, whose model no code that was read names."""
    rows = (package_named(one.name) for one in ground.signals.packages if not one.optional and ground.counts(one.standing))  # fmt: skip
    return any(row is not None and "llm" in row.techniques for row in rows)


def _leave_doubles(best: dict[tuple[str, str], ModelSeen]) -> None:
    """Drop the role of a model that only its name or a setting suggests, where code says which other one it has."""
    for _, name in [key for key in best if key[0] == "fallback"]:
        if ("chat", name) in best and best["chat", name].reader in {"settings", "env-file"}:
            del best["chat", name]  # settings name it, and code says when it is asked
        elif ("chat", name) in best:
            del best["fallback", name]  # the model that answers does not stand in for itself
    for _, name in [key for key in best if key[0] == "vision" and best[key].reader == "settings"]:
        served = best.get(("chat", name))
        others = any(role == "chat" and other != name for role, other in best)
        if served is not None and served.reader in _CONTAINERS and others:
            del best["chat", name]  # a container runs it, and the settings say what it is for
    for role, name in [key for key in best if key[0] == "classifier" and best[key].weight < 3]:
        if ("embedding", name) in best:
            del best[role, name]  # an encoder, of which only the name suggests that it sorts
    for role, name in [
        key for key in best if key[0] == "embedding" and best[key].note == "given to AutoModel"
    ]:
        if ("classifier", name) in best:
            del best[role, name]  # the body of a model that sorts


_CONTAINERS = frozenset({"compose", "workload", "helm-values"})
"""Readers of what starts containers: an image says which model it runs, and not what the pilot asks it for."""
_PROFILE = re.compile(r"^(?:us|eu|apac|ap|jp|au|us-gov|global)\.(?=[a-z]+[\w-]*\.)")
"""Where a cloud answers: one model is the same in Europe and in America."""
_SEARCHES = re.compile(r"(?i)(?:^|/)sonar\b")
"""Models that search the web for others."""


def _leave_searches(seen: list[ModelSeen]) -> list[ModelSeen]:
    """Return the models without those that only search the web, where another one answers."""
    answers = any(one.role == "chat" and not _SEARCHES.search(str(one.name)) for one in seen)
    return [one for one in seen if not (answers and _SEARCHES.search(str(one.name)))]


def _below_clients(ground: Ground, seen: list[ModelSeen]) -> list[ModelSeen]:
    """Return the models, a parameter's default counted less in a file with clients of several other providers."""
    asked: dict[str, set[str]] = defaultdict(set)
    for host in ground.signals.hosts:
        if host.host in ANSWERING:
            asked[host.place.file].add(host.host)
    return [
        one._replace(weight=1)
        if one.note == DEFAULT_OF_PARAMETER and len(asked[one.place.file]) > _FEW_PROVIDERS
        else one
        for one in seen
    ]


def _providers_asked(ground: Ground) -> set[str]:
    """Return the providers that code, keys or resources show, names of models left aside."""
    by_host = {host: provider for provider, host in PROVIDER_HOSTS.items()}
    found = {
        by_host[one.host]
        for one in ground.signals.hosts
        if one.host in by_host and ground.counts(one.standing) and not one.off
    }
    named = {one.provider for one in ground.signals.models if not isinstance(one.name, str) or one.provider != provider_of_name(one.name)}  # fmt: skip
    asked = {provider for provider in found | named if is_hosted(provider)}
    whoever = any(one.name == "litellm" and not one.optional and ground.counts(one.standing) for one in ground.signals.packages)  # fmt: skip
    return (
        asked if asked & _CLOUDS or not whoever else set()
    )  # a name without another provider in front is its maker's


_OF_OTHERS = frozenset({"groq", "together", "fireworks", "deepinfra", "cerebras", "sambanova", "novita", "hyperbolic", "openrouter"})  # fmt: skip
"""Providers that serve the open weights of others under names of their own."""


def _serves_weights(ground: Ground, asked_of: set[str]) -> str:
    """Return the one provider that code makes a client of, where it serves weights of others and nobody else answers."""
    answering = asked_of & (_ANSWERS | _OF_OTHERS)
    only = next(iter(answering)) if len(answering) == 1 else ""
    made = any(one.host == PROVIDER_HOSTS.get(only) and one.why.endswith("asks it") and ground.counts(one.standing) for one in ground.signals.hosts)  # fmt: skip
    return only if only in _OF_OTHERS and made and not runs_an_engine(ground) else ""


def _all_served(ground: Ground, asked_of: set[str], seen: list[ModelSeen]) -> list[ModelSeen]:
    serves = _serves_weights(ground, asked_of)
    return [_served(one, asked_of, serves) for one in seen]


def _served(one: ModelSeen, asked_of: set[str], serves: str = "") -> ModelSeen:
    """Return a model with who serves it: where only its name suggests a provider that nothing asks, the one that is asked.

    A client of one maker that is given whatever model is chosen does not serve the models of another maker.
    """
    named = provider_of_name(str(one.name))
    if serves and one.role in {"chat", "vision"} and not (named or one.provider or one.hosting):
        return one._replace(provider=serves, hosting="hosted")
    if named in _MAKERS and one.provider == "huggingface" and "/" not in str(one.name):
        return one._replace(
            provider=named, hosting="hosted", certainty=Certainty.INFERRED
        )  # no weights of that name are to be had
    if named in _MAKERS and one.provider in _MAKERS - {named}:
        return one._replace(provider=named, hosting="hosted")
    if not named or one.provider != named or named in asked_of or not asked_of:
        return one
    clouds = {cloud for cloud in asked_of & _CLOUDS if named in _SERVES.get(cloud, {named})}
    provider = clouds.pop() if len(clouds) == 1 else ""
    return one._replace(provider=provider, hosting=one.hosting if provider else "")


def _nearer(one: ModelSeen, other: ModelSeen) -> str:
    """Return who serves a model: what a file says of it before what its name alone suggests."""
    named = provider_of_name(str(one.name))
    return (
        other.provider if one.provider in {"", named} and other.provider not in {"", named} else one.provider
    )


def _order(one: ModelSeen) -> tuple[int, ...]:
    name = str(one.name)
    profile = bool(_PROFILE.match(name.lower().rpartition("/")[2]))
    return (one.standing, -one.weight, -int(one.default), -int("/" in name), -int(profile))


def _resolved(ground: Ground, questions: list[Notice]) -> list[ModelSeen]:
    """Return models by name; names that are decided elsewhere are looked up, or asked."""
    found: list[ModelSeen] = []
    asked: dict[str, ModelSeen] = {}
    for one in ground.signals.models:
        if not isinstance(one.name, Ref):
            deployed = (
                ground.signals.deployments.get(one.name, "")
                if one.provider in {"azure-openai", "azure-ai", "azure-apim", "openai", ""}
                else ""
            )
            found.append(one._replace(name=deployed, note=f"deployment {one.name}") if deployed else one)
            continue
        if not one.name.name:
            continue
        value = ground.resolve(one.name, one.place, one.standing)
        if value is None:
            variable = ground.variable_behind(one.name)
            if variable and ground.counts(one.standing):
                asked.setdefault(variable, one)
            continue
        if deployed := ground.signals.deployments.get(value.value, ""):
            value = value._replace(value=deployed)
        if one.role == "speech":
            value = value._replace(value=whisper_of_size(value.value) or value.value)
        read = read_model_name(value.value)
        hub = has_organisation(value.value) or (
            one.name.kind == "env"
            and names_a_model(one.name.name)
            and " " not in value.value
            and bool(one.provider)
        )
        if read is None and (not (hub and value.value) or value.value.lower() in NO_MODELS):
            continue
        name, provider = read or (value.value, "")
        found.append(
            one._replace(
                name=name,
                role=role_of_name(name)
                or (role_of_key(one.name.name) if one.role == "chat" else "")
                or one.role,
                provider=provider or one.provider or provider_of_name(name),
                place=value.place,
                standing=max(
                    one.standing, value.standing if value.standing > Standing.SUPPORT else one.standing
                ),
                weight=min(4, value.weight + 1),
                note=f"{one.note}, by {one.name.name}" if one.note else f"by {one.name.name}",
            )
        )
    for name, one in list(asked.items())[:12]:
        if any(
            one.place.file == other.place.file and one.role == other.role and isinstance(other.name, str)
            for other in found
        ):
            continue
        what = f"which {one.role} model answers is decided by the environment variable {name}, which no file of the repository sets"
        questions.append(Notice("question", what, one.place, f"say what {name} is in production"))
    return found
