"""Several providers that could be asked -> those whose models are used, and a question: which of the others production asks is for people to say."""

from __future__ import annotations

from collections.abc import Sequence

from poc_gate.inputs.repository.conclude.hosts.answering import ANSWERING
from poc_gate.inputs.repository.reading import FoundHost, FoundModel
from poc_gate.inputs.repository.tables.egress import PROVIDER_HOSTS
from poc_gate.model.claim import Notice

_FEWEST = 2
"""Providers none of whose models is used. One alone was right in 14 of 19 public repositories, of several 12 were right and 18 wrong."""
_OFFERED = 3
"""Providers with models of chats from which on people choose among them while it runs: what else stands there is asked too."""
_SHOWN = 8
_STEP = "list those that production asks: `security.egress`"


def ask_of_providers(
    hosts: tuple[FoundHost, ...], models: Sequence[FoundModel]
) -> tuple[tuple[FoundHost, ...], tuple[Notice, ...]]:
    """Return the destinations without providers of models that only stand beside each other, and a question about these."""
    served = {PROVIDER_HOSTS.get(model.provider, "") for model in models}
    nobodys = [model.name.lower() for model in models if not model.provider]
    offered = [one for one in hosts if one.host in ANSWERING - served and not _is_named(one.host, nobodys)]
    of_chats = {model.provider for model in models if model.role == "chat"} - {""}
    if len(offered) < _FEWEST or len(of_chats) >= _OFFERED:
        return hosts, ()
    listed = ", ".join(f"{one.host} ({one.place})" for one in offered[:_SHOWN])
    more = f" and {len(offered) - _SHOWN} more" if len(offered) > _SHOWN else ""
    besides = " more" if any(one.host in ANSWERING and one not in offered for one in hosts) else ""
    what = f"{len(offered)}{besides} providers of models can be asked: which of them does production ask? {listed}{more}"
    names = tuple(one.host for one in offered)
    question = Notice("question", what, offered[0].place, _STEP, hosts=names)
    return tuple(one for one in hosts if one not in offered), (question,)


def _is_named(host: str, models: Sequence[str]) -> bool:
    """Say whether the name of a model that is nobody's says who serves it: `accounts/fireworks/models/...`."""
    words = {name.partition("-")[0] for name, known in PROVIDER_HOSTS.items() if known == host}
    return any(word in model for word in words for model in models)
