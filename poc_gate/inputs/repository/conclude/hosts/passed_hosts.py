"""Hosts that the files name and something else decides against -> those that are not destinations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.conclude.hosts.hosts_elsewhere import (
    asks_vertex,
    given_another,
    is_the_other_choice,
    own_hosts,
    served_by_others,
)
from poc_gate.inputs.repository.conclude.hosts.meant_hosts import (
    not_chosen,
)
from poc_gate.inputs.repository.conclude.hosts.own_servers import AT_HOME, run_by_the_team
from poc_gate.inputs.repository.conclude.models.who_serves import asks_azure_alone
from poc_gate.inputs.repository.noting.signals import SettingSeen
from poc_gate.inputs.repository.reading import FoundModel, FoundSource
from poc_gate.inputs.repository.tables.egress import (
    HOST_OF_SYSTEM,
    KEEPS_OFFLINE,
    PROVIDER_HOSTS,
)

_SUPABASE = re.compile(r"(?i)(?:next_public_|vite_|public_|expo_public_)?supabase_(?:api_)?(?:url|host)")


def passed_hosts(ground: Ground, models: Sequence[FoundModel], sources: Sequence[FoundSource]) -> set[str]:
    """Return the hosts that the pilot does not ask, whatever names them."""
    passed = _of_systems_left(ground, sources) | _by_settings(ground) | not_chosen(ground)
    passed |= own_hosts(ground) | run_by_the_team(ground) | served_by_others(ground) | given_another(ground)
    if asks_azure_alone(ground):
        passed.add(PROVIDER_HOSTS["openai"])
    if asks_vertex(ground):
        passed.add(PROVIDER_HOSTS["google"])
    if is_the_other_choice("postgresql", sources, ground):
        passed.add(PROVIDER_HOSTS["supabase"])
    elsewhere = any(one.name == "asked elsewhere" and ground.counts(one.standing) for one in ground.signals.techniques)  # fmt: skip
    if elsewhere and not any(model.provider == "openai" for model in models):
        passed.add(PROVIDER_HOSTS["openai"])  # clients of its protocol are given the address of somebody else
    return passed


def _of_systems_left(ground: Ground, sources: Sequence[FoundSource]) -> set[str]:
    """Return the hosts of systems that were seen and left out of the sources, or are asked about."""
    kept = {source.system for source in sources}
    left = {one.system for one in ground.signals.systems}
    left |= {system for asked in ground.signals.questions for system in asked.systems}
    rows = {HOST_OF_SYSTEM.get(system, "") for system in left - kept}
    return {PROVIDER_HOSTS[row] for row in rows if row in PROVIDER_HOSTS}


def _by_settings(ground: Ground) -> set[str]:
    """Return the hosts that settings keep the pilot from asking: something at home answers in their place, or nothing is fetched."""
    return {
        PROVIDER_HOSTS[provider] for one in ground.signals.settings if (provider := _kept_home(one, ground))
    }


def _kept_home(one: SettingSeen, ground: Ground) -> str:
    """Return the provider that a setting keeps the pilot from asking, or an empty text."""
    value = str(one.value)
    if _SUPABASE.fullmatch(one.name) and AT_HOME.match(value):
        return "supabase"
    offline = one.name in KEEPS_OFFLINE and value.lower() in {"1", "true"} and ground.counts(one.standing)
    return "huggingface-hub" if offline else ""
