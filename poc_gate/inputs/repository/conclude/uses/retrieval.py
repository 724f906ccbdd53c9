"""Evidence -> whether the pilot looks something up by meaning or by words before it answers."""

from __future__ import annotations

import re
from collections.abc import Collection

from poc_gate.inputs.repository.conclude.uses.evidence import GOES_WITH, Concluded, Evidence, strongest
from poc_gate.inputs.repository.conclude.uses.language import EMBEDS, passes_on
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.signals import TechniqueSeen
from poc_gate.inputs.repository.reading import FoundModel, FoundSource
from poc_gate.inputs.repository.tables.systems import family_of

_INDEX = frozenset({"vector", "search"})
_MAKES = frozenset({"bicep", "terraform", "platform", "container-app", "deploy-command"})
"""Readers of files that deploy a model and do not ask it."""
_WEB = frozenset({"ddgs", "duckduckgo-search", "tavily-python", "langchain-tavily", "exa-py", "google-search-results"})  # fmt: skip
"""Packages that search the web: how many results are taken may be said of theirs."""
_CLEARS = re.compile(r"(?i)(?:^|/)(?:clear|reset|wipe|drop|purge|truncate|flush)[-_]?[\w-]*\.\w+$")
"""Names of programs that empty stores: what they open is not searched there."""
_IS_A_LOG_TOO = re.compile(r"^calls (?:Async)?(?P<store>Elasticsearch|OpenSearch)$")
"""Clients of what keeps logs as well: what is only written there is not looked up."""
_OF_SEARCH = frozenset({"retrieval.top_k", "retrieval.chunk_size", "retrieval.candidates"})


def retrieval(evidence: Evidence, uses: Collection[str]) -> Concluded:
    """Return what shows that something is looked up.

    Sufficient: a search in an index, a retriever, a file search of the provider, a table of vectors; beside a language
    model also a memory that is searched: alone it is a tool of memory for models of others. Texts that are embedded suffice too, unless something else explains them: a gateway embeds for others, an evaluation compares, and
    a model that was trained here can take vectors as its features.
    """
    found = strongest(_hints(evidence)) or (evidence.strongest("recalls") if "llm" in uses else None)
    if found is not None:
        return Concluded(found)
    written = _only_written(evidence)
    index = next((source for source in evidence.sources if family_of(source.system) in _INDEX and source.system not in written and not _CLEARS.search(source.place.file)), None)  # fmt: skip
    if index is None and passes_on(evidence) is not None and "llm" in uses:
        return Concluded(None)
    embeds = strongest([one for one in evidence.of("embeds") if not (one.why.endswith("over an interface") and evidence.of("embeds for others"))])  # fmt: skip
    if index is None and evidence.says("evaluates") is not None:
        return Concluded(None)  # it measures with vectors how near two answers are
    if embeds is not None and index is None and (evidence.strongest("learned") or _learns(evidence)):
        return Concluded(None, f"texts are embedded ({embeds.place}) and a model is trained; whether anything is searched with them is not said")  # fmt: skip
    found = embeds or _by_models(evidence, index, uses) or (_by_server(evidence) if "llm" in uses else None)
    if (
        found is None
        and "llm" in uses
        and (made := _made_alone(evidence) or _served_alone(evidence)) is not None
    ):
        return Concluded(None, f"{made.name} is deployed ({made.place}), and no code that was read embeds or searches")  # fmt: skip
    return Concluded(found)


def _hints(evidence: Evidence) -> list[TechniqueSeen]:
    """Return the hints at a search, without programs that empty stores and stores that are only written to."""
    written = _only_written(evidence)
    hints = [one for one in evidence.of("retrieval") if not _CLEARS.search(one.place.file)]
    return [one for one in hints if not ((match := _IS_A_LOG_TOO.search(one.why)) and match["store"].lower() in written)]  # fmt: skip


def _only_written(evidence: Evidence) -> frozenset[str]:
    """Return the stores that keep logs as well, into which code puts entries one by one and which none in Python asks anything."""
    searched = any(one.place.file.endswith(".py") for one in evidence.of("searches"))
    if searched or not evidence.of("keeps a log"):
        return frozenset()
    matches = (_IS_A_LOG_TOO.search(one.why) for one in evidence.of("retrieval"))
    return frozenset(match["store"].lower() for match in matches if match)


_SERVER = re.compile(r"(?i)(?:\w+[_.])?rag_(?:(?:server|service|api|backend|engine)_)?(?:url|uri|host|endpoint|base_url)")  # fmt: skip
"""Settings that hold the address of a server which looks documents up for others."""


def _by_server(evidence: Evidence) -> TechniqueSeen | None:
    """Return the setting by which the service asks a server that looks documents up."""
    settings = evidence.ground.signals.settings
    found = next((one for one in settings if one.standing is Standing.SERVICE and _SERVER.fullmatch(one.name)), None)  # fmt: skip
    if found is None:
        return None
    why = f"{found.name} is of a server that looks documents up"
    return TechniqueSeen("retrieval", why, found.place, Standing.SERVICE, 2)


def _learns(evidence: Evidence) -> bool:
    return evidence.strongest("training") is not None and evidence.says("retrieval") is None


def _by_models(evidence: Evidence, index: FoundSource | None, uses: Collection[str]) -> TechniqueSeen | None:
    """Return what an index and a model for searches show together, or one of them beside a language model."""
    hinted = [*_hints(evidence), *evidence.of("embeds")]
    model = next((one for one in evidence.models if one.role in EMBEDS), None)
    if not hinted and index is None and (_made_alone(evidence) or _served_alone(evidence)) is not None:
        return None
    if (index or hinted) and model is not None:
        return _of_model(model)
    passed_on = model is not None and model.reader == "model-gateway"  # others search with it
    on_offer = model is not None and _is_on_offer(evidence, model)
    if model is not None and model.role == "embedding" and not passed_on and not on_offer and "llm" in uses:
        return _of_model(model)
    if index is not None and "llm" in uses:
        return TechniqueSeen("retrieval", f"{index.system} is an index", index.place, Standing.SERVICE, 2)
    if evidence.says("retrieval") is not None:
        return strongest(hinted, least=GOES_WITH)
    return None


_MANY = 6


def _is_on_offer(evidence: Evidence, model: FoundModel) -> bool:
    """Say whether a model stands in a table of many of chats, where the project does not say that it searches: it is there to choose from."""
    if evidence.says("retrieval") is not None:
        return False
    beside = {one.name for one in evidence.ground.signals.models if one.place.file == model.place.file and one.role != model.role}  # fmt: skip
    return len(beside) >= _MANY


def _made_alone(evidence: Evidence) -> FoundModel | None:
    """Return the model for searches that infrastructure alone names: samples deploy what they do not use.

    None where the project says that it searches, or settings say how.
    """
    on_the_web = any(one.name in _WEB for one in evidence.ground.signals.packages)
    of_search = _OF_SEARCH - {"retrieval.top_k"} if on_the_web else _OF_SEARCH
    how = any(one.fact in of_search and one.reader not in _MAKES and evidence.ground.counts(one.standing) for one in evidence.ground.signals.facts)  # fmt: skip
    if how or evidence.says("retrieval") is not None:
        return None
    named = [one for one in evidence.models if one.role in EMBEDS]
    return named[0] if named and all(one.reader in _MAKES for one in named) else None


def _served_alone(evidence: Evidence) -> FoundModel | None:
    """Return the model for searches that a platform serves beside language models, where nothing shows that it searches itself."""
    models = evidence.models
    if evidence.says("retrieval") is not None or not any(
        one.role == "chat" and one.reader in _SERVES for one in models
    ):
        return None
    named = [one for one in models if one.role in EMBEDS]
    return (
        named[0]
        if named and all(one.reader in _SERVES for one in named) and not evidence.of("llm client")
        else None
    )


_SERVES = frozenset({"workload", "helm-values"})
"""Readers of files by which a cluster runs models for whoever asks."""


def _of_model(model: FoundModel) -> TechniqueSeen:
    does = "embeds" if model.role == "embedding" else "ranks"
    return TechniqueSeen("retrieval", f"{model.name} {does}", model.place, Standing.SERVICE, 2)
