"""Several providers that could be asked -> those whose models are used, and a question: which of the others production asks is for people to say."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from poc_gate.inputs.repository.conclude.aside.offers import choices_of
from poc_gate.inputs.repository.conclude.hosts.answering import ANSWERING, ELSEWHERE
from poc_gate.inputs.repository.reading import FoundHost, FoundModel
from poc_gate.inputs.repository.tables.egress import PROVIDER_HOSTS
from poc_gate.inputs.repository.tables.models import provider_of_name
from poc_gate.inputs.repository.tables.providers import maker_named
from poc_gate.model.claim import Notice
from poc_gate.text.some_of import some_of

_FEWEST = 2
"""Providers none of whose models is used. One alone was right in 14 of 19 public repositories, of several 12 were right and 18 wrong."""
_OFFERED = 3
"""Providers with models of chats from which on people choose among them while it runs: what else stands there is asked too."""
_SHOWN = 8
_STEP = "list those that production asks: `security.egress`"


def ask_of_providers(
    hosts: tuple[FoundHost, ...],
    models: Sequence[FoundModel],
    paths: Collection[str] = (),
    chosen: Collection[str] = (),
) -> tuple[tuple[FoundHost, ...], tuple[Notice, ...]]:
    """Return the destinations without providers of models that only stand beside each other, and a question about these.

    `chosen` are the providers that settings choose: one alone is asked, whatever stands beside it.
    """
    served = {PROVIDER_HOSTS.get(model.provider, "") for model in models}
    served |= {PROVIDER_HOSTS.get(name, "") for name in chosen} if len(chosen) == 1 else set()
    nobodys = [model.name.lower() for model in models if not model.provider]
    of_others, answering = _files_of_others(paths, models), ANSWERING | ELSEWHERE
    offered = [
        one
        for one in hosts
        if one.host not in served
        and (one.host in answering or one.place.file.lower() in of_others)
        and not _is_named(one.host, nobodys)
    ]
    of_chats = {model.provider for model in models if model.role == "chat"} - {""}
    if sum(one.host in ANSWERING for one in offered) < _FEWEST or len(of_chats) >= _OFFERED:
        return hosts, ()
    listed = some_of([f"{one.host} ({one.place})" for one in offered], _SHOWN)
    besides = " more" if any(one.host in ANSWERING and one not in offered for one in hosts) else ""
    what = f"{len(offered)}{besides} providers of models can be asked: which of them does production ask? {listed}"
    names = tuple(one.host for one in offered)
    question = Notice("question", what, offered[0].place, _STEP, hosts=names)
    return tuple(one for one in hosts if one not in offered), (question,)


def _files_of_others(paths: Collection[str], models: Sequence[FoundModel]) -> frozenset[str]:
    """Return the files that lie side by side, one for each provider, of those whose models are not used."""
    chosen = {maker_named(model.provider) or model.provider for model in models}
    chosen |= {maker_named(provider_of_name(model.name)) for model in models}
    return frozenset(path for path, maker in choices_of(paths).items() if maker not in chosen)


def _is_named(host: str, models: Sequence[str]) -> bool:
    """Say whether the name of a model that is nobody's says who serves it: `accounts/fireworks/models/...`."""
    words = {name.partition("-")[0] for name, known in PROVIDER_HOSTS.items() if known == host}
    return any(word in model for word in words for model in models)
