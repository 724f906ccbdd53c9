"""Conclusions -> facts in the manifest's terms: models, sources, tools, destinations, techniques."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.signals import TechniqueSeen
from poc_gate.inputs.repository.reading import (
    Certainty,
    FoundFact,
    FoundHost,
    FoundModel,
    FoundSource,
    FoundTechnique,
    FoundTool,
)
from poc_gate.inputs.repository.tables.egress import PROVIDER_HOSTS
from poc_gate.inputs.repository.tables.model_versions import can_move
from poc_gate.inputs.repository.tables.models import HOSTED
from poc_gate.model.claim import Claim, Notice, Provenance, Value

_ID = re.compile(r"[^A-Za-z0-9._-]+")
_TABULAR = (
    "pickle",
    "bentoml.sklearn",
    "bentoml.xgboost",
    "bentoml.lightgbm",
    "bentoml.catboost",
    "XGB",
    "LGBM",
    "CatBoost",
    "Classifier",
    "Regressor",
    "Regression",
    "Booster",
    "joblib",
    "DMatrix",
    "xgboost",
    "scikit",
    "KMeans",
    "DBSCAN",
    "IsolationForest",
    "Neighbors",
    "LinearSV",
    "feature",
)
"""Marks of models of tables in the reasons for `classic-ml`."""
_LEARNS_TEXTS = frozenset({"transformers", "torch", "tensorflow", "keras", "sentence-transformers"})
"""Packages of models that take texts, pictures and sounds."""
_KINDS = {
    "chat": "llm",
    "embedding": "embedding",
    "vision": "vision",
    "classifier": "other",
    "speech": "other",
}


_COUNTS_WORDS = re.compile(r"(?i)(?:^|[/_-])(?:bm25|bm42|splade)")
"""Weights for words, which stand beside vectors: who runs them says nothing of the model that makes the vectors."""


def state_model(
    main: FoundModel | None, models: tuple[FoundModel, ...], uses: Collection[str], *, versioned: bool
) -> Iterator[FoundFact]:
    """Yield what is known of the model that answers."""
    if main is None:
        role = "chat" if "llm" in uses or any(model.role == "chat" for model in models) else "embedding"
        named = [model for model in models if model.role == role and not _COUNTS_WORDS.search(model.name)]
        kinds = {model.hosting for model in named if model.hosting}
        unclear = any(
            not model.hosting and "/" in model.name for model in named
        )  # weights that run where nobody says
        if len(kinds) == 1 and not unclear:
            first = next(model for model in named if model.hosting)
            yield _fact("model.hosting", first.hosting, first, Certainty.INFERRED)
        if named:
            yield _fact("model.kind", _KINDS[role], named[0], Certainty.INFERRED)
        return
    yield _fact("model.name", main.name, main, main.certainty, main.note)
    if main.hosting:
        yield _fact(
            "model.hosting",
            main.hosting,
            main,
            main.certainty,
            f"{main.provider or 'it'} runs it" if main.hosting == "hosted" else "",
        )
    if main.role in _KINDS:
        yield _fact("model.kind", _KINDS[main.role], main, main.certainty)
    if main.hosting == "hosted" and not versioned:
        yield from _state_version(main, models)


def _state_version(main: FoundModel, models: tuple[FoundModel, ...]) -> Iterator[FoundFact]:
    """Yield whether the model's name can move to another version, where its provider says that of such names.

    A model chosen among several is said to move only where each of them does.
    """
    moves = can_move(main.name)
    rivals = [] if main.certainty is Certainty.STATED else [one for one in models if one.role == main.role]
    if moves is None or (
        moves and (main.provider in _VERSIONED_APART or not all(can_move(one.name) for one in rivals))
    ):
        return
    note = "the provider can move this name to another version" if moves else "the name holds one version"
    yield _fact("model.alias_floating", moves, main, Certainty.INFERRED, note)


_VERSIONED_APART = frozenset({"azure-openai", "azure-ai", "azure-apim"})
"""Providers that are asked for a deployment: which version it holds, and whether it follows newer ones, is said where it is made."""
_NO_TEXT = frozenset({"elevenlabs", "deepgram", "assemblyai", "cartesia", "azure-speech", "voyage", "jina"})
"""Providers of models that hear, speak or embed."""
ANSWERING = frozenset(host for name, host in PROVIDER_HOSTS.items() if name in HOSTED - _NO_TEXT)
"""Hosts of providers whose models answer in words; others give search results, traces or mail."""


def state_hosted(uses: tuple[FoundTechnique, ...], hosts: tuple[FoundHost, ...]) -> Iterator[FoundFact]:
    """Yield kind and hosting of a language model whose name is decided elsewhere, where only providers are asked."""
    language = next((one for one in uses if one.name == "llm"), None)
    provider = next((host for host in hosts if host.host in ANSWERING), None)
    if language is not None and provider is not None:
        yield _fact("model.hosting", "hosted", provider, Certainty.INFERRED, f"{provider.host} is asked")
        yield _fact("model.kind", "llm", provider, Certainty.INFERRED)


def state_unnamed(uses: tuple[FoundTechnique, ...], asked: Sequence[Notice], facts: Sequence[FoundFact]) -> Iterator[FoundFact]:  # fmt: skip
    """Yield the kind of a language model whose name no file says, or a variable alone that no file sets."""
    about = next((one for one in asked if one.message.startswith(CHAT_BY_VARIABLE)), None)
    named = {one.name: one for one in uses}
    if any(found.claim.fact == "model.kind" for found in facts) or "llm" not in named:
        return
    if about is not None:
        claim = Claim("model.kind", "llm", Provenance.IMPORTED, about.place, "a variable says its name")
        yield FoundFact(claim, "techniques", Certainty.INFERRED)
    elif not named.keys() & {"classic-ml", "training"}:
        claim = Claim("model.kind", "llm", Provenance.IMPORTED, named["llm"].place, named["llm"].why)
        yield FoundFact(claim, "techniques", Certainty.INFERRED)


CHAT_BY_VARIABLE = "which chat model answers is decided by"
"""How the question begins that asks what a variable holds."""


def state_engine(seen: Sequence[FoundFact], facts: Sequence[FoundFact], hosts: Sequence[FoundHost]) -> Iterator[FoundFact]:  # fmt: skip
    """Yield that the pilot runs its model, where an engine of its own runs, no provider is asked and nothing else says who does."""
    said = any(found.claim.fact == "model.hosting" for found in (*seen, *facts))
    engine = next((found for found in seen if found.claim.fact == "model.engine"), None)
    if engine is not None and not said and not any(host.host in ANSWERING for host in hosts):
        note = f"{engine.claim.value} serves it"
        yield FoundFact(Claim("model.hosting", "self", Provenance.IMPORTED, engine.claim.place, note), engine.reader, Certainty.INFERRED)  # fmt: skip


_LEARNS_OTHERS = re.compile(
    r"(?i)torch|keras|tensorflow|\btf\b|conv|transformer|sentence|vision|image|text|tfidf|spacy|prophet|arima|lstm"
)
"""Marks of models of texts, pictures, sounds and series."""


def _in_notebooks(ground: Ground) -> list[TechniqueSeen]:
    """Return what notebooks learn, where they alone show a model and every one is of tables."""
    learnt = [one for one in ground.signals.techniques if one.name == "classic-ml" and one.standing is Standing.NOTEBOOK]  # fmt: skip
    return [] if any(_LEARNS_OTHERS.search(one.why) for one in learnt) else [one for one in learnt if one.weight >= _CALLED]  # fmt: skip


_CALLED = 3


def state_classic(techniques: tuple[FoundTechnique, ...], ground: Ground) -> Iterator[FoundFact]:
    """Yield kind and hosting of a classic model that the pilot's own service runs."""
    uses = {technique.name: technique for technique in techniques}
    if "classic-ml" not in uses or "llm" in uses:
        return
    shown = [
        one
        for one in ground.signals.techniques
        if one.name == "classic-ml" and one.standing <= Standing.SUPPORT
    ]
    shown = shown or _in_notebooks(ground)
    tabular = [one for one in shown if any(word in one.why for word in _TABULAR)]
    if any(one.name in _LEARNS_TEXTS and not one.optional for one in ground.signals.packages):
        tabular = [one for one in tabular if not re.search(r"^uses |pickle|joblib", one.why)]
    if tabular and not any("Classification" in one.why for one in shown):  # one of texts or pictures decides
        claim = Claim("model.kind", "tabular", Provenance.IMPORTED, tabular[0].place, tabular[0].why)
        yield FoundFact(claim, "techniques", Certainty.INFERRED)
    managed = next((one for one in shown if _MANAGED.match(one.why)), None) or _read_by_a_cloud(ground)
    if managed is not None:
        claim = Claim("model.hosting", "hosted", Provenance.IMPORTED, managed.place, managed.why)
        yield FoundFact(claim, "techniques", Certainty.INFERRED)
        return
    shows_runs = [one for one in ground.signals.techniques if one.name in {"training", "scheduled"} and one.standing is Standing.SERVICE]  # fmt: skip
    serves = [
        one for one in ground.signals.techniques if one.name == "serves" and one.standing <= Standing.SUPPORT
    ]
    loads = [one for one in ground.signals.techniques if one.name in {"runs", "senses"} and one.standing is Standing.SERVICE and "server" not in one.why]  # fmt: skip
    serves = serves or (shows_runs if "training" in uses else []) or loads
    if serves:
        claim = Claim("model.hosting", "self", Provenance.IMPORTED, serves[0].place, serves[0].why)
        yield FoundFact(claim, "techniques", Certainty.INFERRED)


def _read_by_a_cloud(ground: Ground) -> TechniqueSeen | None:
    """Return the service of a cloud that sees or hears, where no model of the pilot's own does."""
    senses = [one for one in ground.signals.techniques if one.name in {"senses", "runs", "classic-ml", "learned"} and one.standing is Standing.SERVICE]  # fmt: skip
    return (
        senses[0] if senses and all(one.why.startswith("a service of the cloud") for one in senses) else None
    )


_SEES = frozenset({"vision", "classifier", "speech"})


def leaves_open(main: FoundModel | None, found: FoundFact) -> bool:
    """Say whether the model that answers leaves open what a classic model shows: who runs one that sees, hears or sorts."""
    if main is None:
        return True
    return found.claim.fact == "model.hosting" and not main.hosting and main.role in _SEES


_MANAGED = re.compile(r"client of (?:personalize|forecast)\b")
"""Services of a cloud that train and run a model of tables by themselves."""


def state_sources(sources: tuple[FoundSource, ...]) -> Iterator[FoundFact]:
    """Yield what is known of each source."""
    for source in sources:
        for key, value in (
            ("id", source.id),
            ("system", source.system),
            ("interface", source.interface),
            ("region", source.region),
        ):
            if value:
                yield _fact(f"sources[{source.id}].{key}", value, source, source.certainty if key != "interface" else Certainty.INFERRED, source.note if key == "system" else "")  # fmt: skip


def state_agent(tools: tuple[FoundTool, ...]) -> Iterator[FoundFact]:
    """Yield the tools of an agent, and those whose effect is hard to undo."""
    if not tools:
        return
    yield _fact("agent.tools", tuple(tool.name for tool in tools), tools[0], Certainty.INFERRED)
    high = tuple(tool.name for tool in tools if tool.effect == "irreversible")
    if high:
        first = next(tool for tool in tools if tool.effect == "irreversible")
        yield _fact("agent.high_impact_tools", high, first, Certainty.INFERRED, first.why)
    by_person = tuple(tool.name for tool in tools if tool.approved_by_person)
    if by_person:
        first = next(tool for tool in tools if tool.approved_by_person)
        yield _fact("agent.human_approval", by_person, first, Certainty.INFERRED)


def state_hosts(hosts: tuple[FoundHost, ...]) -> Iterator[FoundFact]:
    """Yield each destination."""
    for host in hosts:
        item = _ID.sub("-", host.bare).strip("-.")
        yield _fact(f"security.egress[{item}].name", item, host, Certainty.INFERRED, host.why)


def state_techniques(techniques: tuple[FoundTechnique, ...]) -> Iterator[FoundFact]:
    """Yield `pilot.uses`."""
    if techniques:
        value = tuple(technique.name for technique in techniques)
        note = "; ".join(f"{technique.name}: {technique.why}" for technique in techniques)
        claim = Claim("pilot.uses", value, Provenance.IMPORTED, techniques[0].place, note)
        sure = all(technique.certainty is Certainty.STATED for technique in techniques)
        yield FoundFact(claim, "techniques", Certainty.STATED if sure else Certainty.INFERRED)


_TRACES_ITSELF = frozenset({"spring-boot-starter-opentelemetry", "opentelemetry-spring-boot-starter", "micrometer-tracing-bridge-otel", "micrometer-tracing-bridge-brave", "quarkus-opentelemetry"})  # fmt: skip
"""Packages that are all that it takes."""


_SAMPLES = re.compile(r"(?i).*trac.*sampl.*")
_NEVER = frozenset({"0", "0.0", "always-off", "always_off", "alwaysoff", "never"})


def state_traces(ground: Ground) -> Iterator[FoundFact]:
    """Yield that one id joins a request's steps, where the service's code is instrumented."""
    traced = [
        one for one in ground.signals.techniques if one.name == "traced" and one.standing is Standing.SERVICE
    ]
    kept = {str(one.value).lower() for one in ground.signals.settings if _SAMPLES.fullmatch(one.name) and one.standing is Standing.SERVICE}  # fmt: skip
    traced += [
        TechniqueSeen("traced", f"{one.name}, which traces by itself", one.place, one.standing, 2)
        for one in ground.signals.packages
        if one.name.rpartition(":")[2] in _TRACES_ITSELF
        and one.standing is Standing.SERVICE
        and not kept & _NEVER
    ]
    if traced:
        first = min(traced, key=lambda one: one.place)
        note = f"instrumented with {', '.join(dict.fromkeys(one.why for one in traced))}"
        claim = Claim("monitoring.trace_id", True, Provenance.IMPORTED, first.place, note)  # noqa: FBT003 - the value
        yield FoundFact(claim, "techniques", Certainty.INFERRED)


def _fact(
    fact: str,
    value: Value,
    found: FoundModel | FoundSource | FoundTool | FoundHost,
    sure: Certainty,
    note: str = "",
) -> FoundFact:
    return FoundFact(Claim(fact, value, Provenance.IMPORTED, found.place, note), found.reader, sure)
