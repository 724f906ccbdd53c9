"""Models that the files name -> those of the pilot, without what is only offered, listed or left from trying it."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from poc_gate.inputs.repository.conclude.aside.models.app_host import of_the_host
from poc_gate.inputs.repository.conclude.aside.models.backbones import leave_backbones
from poc_gate.inputs.repository.conclude.aside.models.choosers import leave_unchosen
from poc_gate.inputs.repository.conclude.aside.models.gateway_models import through_the_gateway
from poc_gate.inputs.repository.conclude.aside.models.idle_models import leave_unasked
from poc_gate.inputs.repository.conclude.aside.models.many_rerankers import leave_many_rerankers
from poc_gate.inputs.repository.conclude.aside.models.model_lists import leave_lists
from poc_gate.inputs.repository.conclude.aside.models.overridden import as_given, with_overriding
from poc_gate.inputs.repository.conclude.aside.models.page_models import leave_pages
from poc_gate.inputs.repository.conclude.aside.models.script_models import leave_models_of_scripts
from poc_gate.inputs.repository.conclude.aside.models.set_elsewhere import leave_defaults
from poc_gate.inputs.repository.conclude.aside.models.starters import with_a_starter
from poc_gate.inputs.repository.conclude.aside.models.usual_embeddings import leave_given
from poc_gate.inputs.repository.conclude.aside.offers import (
    leave_listed,
    leave_offers,
    leave_tables,
)
from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.conclude.hosts.answering import ANSWERING
from poc_gate.inputs.repository.conclude.models.asked_at import with_addresses
from poc_gate.inputs.repository.conclude.models.main_model import is_default
from poc_gate.inputs.repository.conclude.models.named_models import named_models
from poc_gate.inputs.repository.conclude.models.who_serves import all_served
from poc_gate.inputs.repository.noting.marks import DEFAULT_OF_PARAMETER
from poc_gate.inputs.repository.noting.signals import ModelSeen
from poc_gate.model.claim import Notice

_SEARCHES = re.compile(r"(?i)(?:^|/)sonar\b")
"""Models that search the web for others."""
FEW_PROVIDERS = 2
"""Providers between which a limit or a default in code may still be that of the answer."""


class OfThePilot(NamedTuple):
    """The models that the pilot asks, and what a person has to say of the others."""

    seen: list[ModelSeen]
    offered: list[Notice]
    """Questions on models of which people choose one."""
    unchosen: list[Notice]
    """Questions on models that a setting, or a list, leaves open."""


def models_of_the_pilot(ground: Ground, asked_of: set[str], questions: list[Notice]) -> OfThePilot:
    """Return the models that count; the list of questions takes what is asked of names that no file gives."""
    seen = [one for one in named_models(ground, questions) if ground.counts(one.standing)]
    seen = leave_given(ground, leave_pages(_leave_deployments(seen)))
    seen = leave_lists(ground.signals, all_served(ground, asked_of, seen))
    seen = with_a_starter(ground, leave_defaults(ground, leave_unasked(seen, questions)))
    seen = through_the_gateway(ground, of_the_host(seen))
    seen = with_addresses(ground, with_overriding(ground, as_given(seen)))
    seen, offered = leave_offers(ground, _below_clients(ground, seen))
    seen, unchosen = _narrowed(ground, seen, questions)
    seen = [one._replace(default=is_default(one)) for one in _leave_searches(seen)]
    return OfThePilot(seen, offered, unchosen)


def _narrowed(
    ground: Ground, seen: list[ModelSeen], questions: list[Notice]
) -> tuple[list[ModelSeen], list[Notice]]:
    """Return the models without those that people only could choose, and what is asked for them."""
    seen, listed = leave_listed(ground, leave_tables(leave_models_of_scripts(seen)))
    seen = leave_backbones(seen, questions)
    seen, unchosen = leave_unchosen(ground, seen)
    seen, ranking = leave_many_rerankers(seen)
    return seen, [*listed, *unchosen, *ranking]


_OF_A_DEPLOYMENT = re.compile(r"_deployment(?:_name)?(?=_|\s|$)")
"""What a variable is called that names a deployment; the model that it is of stands beside it: `CHAT_DEPLOYMENT` and `CHAT_MODEL`."""


def _leave_deployments(seen: list[ModelSeen]) -> list[ModelSeen]:
    """Return the models without the names of deployments, where a variable beside each says which model it is of."""
    models = {(one.place.file, one.called.strip()) for one in seen if one.reader in _SET}
    return [
        one
        for one in seen
        if one.reader not in _SET
        or not _OF_A_DEPLOYMENT.search(one.called)
        or models.isdisjoint(
            (one.place.file, _OF_A_DEPLOYMENT.sub(end, one.called.strip())) for end in _OF_MODELS
        )
    ]


_SET = frozenset({"env-file", "settings"})
_OF_MODELS = ("_model", "_model_name", "_model_id")


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
        if one.note == DEFAULT_OF_PARAMETER and len(asked[one.place.file]) > FEW_PROVIDERS
        else one
        for one in seen
    ]
