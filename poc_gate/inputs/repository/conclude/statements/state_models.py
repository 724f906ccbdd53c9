"""The model that answers -> its name, kind, version, and who runs it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from poc_gate.inputs.repository.conclude.hosts.answering import ANSWERING
from poc_gate.inputs.repository.conclude.statements.imported_fact import imported_fact, shown_fact
from poc_gate.inputs.repository.conclude.statements.state_versions import (
    state_candidates_version,
    state_version,
)
from poc_gate.inputs.repository.reading import (
    Certainty,
    FoundFact,
    FoundHost,
    FoundModel,
    FoundTechnique,
)
from poc_gate.model.claim import Claim, Notice, Provenance

_KINDS = {
    "chat": "llm",
    "embedding": "embedding",
    "vision": "vision",
    "classifier": "other",
    "speech": "other",
    "image": "other",
}
"""Role of a model -> its kind."""
_COUNTS_WORDS = re.compile(r"(?i)(?:^|[/_-])(?:bm25|bm42|splade)")
"""Weights for words, which stand beside vectors: who runs them says nothing of the model that makes the vectors."""
_CHAT_BY_VARIABLE = "which chat model answers is decided by"
"""How the question begins that asks what a variable holds."""


def state_model(
    main: FoundModel | None, models: tuple[FoundModel, ...], uses: Collection[str], *, versioned: bool
) -> Iterator[FoundFact]:
    """Yield what is known of the model that answers."""
    if main is None:
        yield from _state_candidates(models, uses)
        if not versioned:
            yield from state_candidates_version([one for one in models if one.role == "chat"])
        return
    yield imported_fact("model.name", main.name, main, main.certainty, main.note)
    if main.hosting:
        note = f"{main.provider or 'it'} runs it" if main.hosting == "hosted" else ""
        yield imported_fact("model.hosting", main.hosting, main, main.certainty, note)
    elif main.role == "chat":
        yield from _state_hosting([one for one in models if one.role == "chat"])
    if main.role in _KINDS:
        yield imported_fact("model.kind", _KINDS[main.role], main, main.certainty)
    if main.hosting == "hosted" and not versioned:
        yield from state_version(main, models)


def _state_candidates(models: tuple[FoundModel, ...], uses: Collection[str]) -> Iterator[FoundFact]:
    """Yield what holds whichever of the models answers: who runs it, where that is the same for all, and its kind."""
    role = "chat" if "llm" in uses or any(model.role == "chat" for model in models) else _role_alone(models)
    named = [model for model in models if model.role == role and not _COUNTS_WORDS.search(model.name)]
    yield from _state_hosting(named)
    if named:
        yield imported_fact("model.kind", _KINDS[role], named[0], Certainty.INFERRED)


def _state_hosting(models: Sequence[FoundModel]) -> Iterator[FoundFact]:
    """Yield who runs the models of one role, where that is the same for all of which it is known."""
    kinds = {model.hosting for model in models if model.hosting}
    nobody_says = any(not model.hosting and "/" in model.name for model in models)
    if len(kinds) == 1 and not nobody_says:
        first = next(model for model in models if model.hosting)
        yield imported_fact("model.hosting", first.hosting, first, Certainty.INFERRED)


def _role_alone(models: Sequence[FoundModel]) -> str:
    """Return the role of models where none of them chats: that of the index, or the one sense that they all serve."""
    roles = {model.role for model in models}
    return next(iter(roles)) if len(roles) == 1 and roles <= {"image", "speech", "vision"} else "embedding"


def state_hosted(uses: tuple[FoundTechnique, ...], hosts: tuple[FoundHost, ...]) -> Iterator[FoundFact]:
    """Yield kind and hosting of a language model whose name is decided elsewhere, where only providers are asked."""
    language = next((one for one in uses if one.name == "llm"), None)
    menus = _menus(hosts)
    provider = next((one for one in hosts if one.host in ANSWERING and (one.place.file, one.why) not in menus), None)  # fmt: skip
    if language is not None and provider is not None:
        yield imported_fact(
            "model.hosting", "hosted", provider, Certainty.INFERRED, f"{provider.host} is asked"
        )
        yield imported_fact("model.kind", "llm", provider, Certainty.INFERRED)


_SEVERAL = 3
"""Providers whose addresses stand side by side under one name, from which on people choose among them."""


def _menus(hosts: Sequence[FoundHost]) -> set[tuple[str, str]]:
    """Return file and reason of what lists the addresses of several providers: which of them is asked does not follow."""
    listed = Counter((one.place.file, one.why) for one in hosts if one.host in ANSWERING and one.why.endswith("holds its address"))  # fmt: skip
    return {key for key, count in listed.items() if count >= _SEVERAL}


def state_unnamed(uses: tuple[FoundTechnique, ...], asked: Sequence[Notice], facts: Sequence[FoundFact]) -> Iterator[FoundFact]:  # fmt: skip
    """Yield the kind of a language model whose name no file says, or a variable alone that no file sets."""
    about = next((one for one in asked if one.message.startswith(_CHAT_BY_VARIABLE)), None)
    named = {one.name: one for one in uses}
    if any(found.claim.fact == "model.kind" for found in facts) or "llm" not in named:
        return
    if about is not None:
        claim = Claim("model.kind", "llm", Provenance.IMPORTED, about.place, "a variable says its name")
        yield FoundFact(claim, "techniques", Certainty.INFERRED)
    elif not named.keys() & {"classic-ml", "training"}:
        yield shown_fact("model.kind", "llm", named["llm"])
