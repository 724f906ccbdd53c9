"""Hosts of models, sources, calls and settings -> each destination once, providers of the models first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from poc_gate.inputs.repository.conclude.aside.models.choosers import chosen_providers
from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.conclude.hosts.answering import ANSWERING
from poc_gate.inputs.repository.conclude.hosts.catalogues import catalogues
from poc_gate.inputs.repository.conclude.hosts.hosts_elsewhere import (
    another_domain,
    asked_of_a_cloud,
    is_asked_elsewhere,
    is_azure_by_type,
    is_behind_a_gateway,
    is_of_a_store,
    is_of_the_other_account,
    is_own,
)
from poc_gate.inputs.repository.conclude.hosts.meant_hosts import (
    domain_of,
    hosts_said,
    is_an_extra,
    is_another_choice,
    is_meant,
    lacks_its_package,
)
from poc_gate.inputs.repository.conclude.hosts.passed_hosts import passed_hosts
from poc_gate.inputs.repository.conclude.hosts.source_hosts import hosts_of_sources
from poc_gate.inputs.repository.conclude.hosts.switched_off import switched_off
from poc_gate.inputs.repository.files.standing import Standing, holds_tools
from poc_gate.inputs.repository.noting.handlers import HANDLES
from poc_gate.inputs.repository.noting.signals import HostSeen
from poc_gate.inputs.repository.reading import Certainty, FoundHost, FoundModel, FoundSource
from poc_gate.inputs.repository.tables.egress import PROVIDER_HOSTS

_MEASURES = re.compile(
    r"(?i)(?:^|/)(?:eval(?:s|uat\w*)?|judges?|bench\w*)(?:[/_.-]|$)|[_-](?:eval|judge)s?\.\w+$"
)
"""Files that measure answers: whom they ask is not asked by the service."""
_PREPARES = re.compile(r"(?i)(?:^|/)(?:pre-?_?process(?:ing|or)?|data[-_]?prep\w*|prepare[-_]?data\w*)(?:[/_.-]|$)")  # fmt: skip
"""Files that prepare data once: what they fetch for that is not asked by what answers."""
_ON_DEVICES = re.compile(
    r"(?i)(?:^|/)(?:[\w-]*mini-?(?:app|program)|obsidian|emacs|vscode(?:-extension)?|(?:browser|chrome|firefox|vscode)-?extension|raycast|android|ios|desktop)/"
)
"""Folders of what runs on people's own devices: what it asks leaves from there."""
_BY_CODE = ("calls it", "holds its address")
"""How reasons end that code gives: it asks the host, or has its address."""
MOST_HOSTS = 100


def conclude_hosts(
    ground: Ground, models: Sequence[FoundModel], sources: Sequence[FoundSource]
) -> tuple[FoundHost, ...]:
    """Return each destination once; providers of the models that are used come first."""
    found = _of_models_and_sources(ground, models, sources)
    of_tools = {one.place.file for one in ground.signals.tools if holds_tools(one.place.file)}
    of_tools |= {one.place.file for one in ground.signals.techniques if one.name == HANDLES}
    for one in _asked(ground, models, sources):
        counts = (
            one.standing <= Standing.SERVICE
            or (one.place.file in of_tools and one.why.endswith(_BY_CODE))
            or (ground.reach > Standing.SUPPORT and ground.counts(one.standing))
        )
        starred = any(known.startswith("*.") and one.host.endswith(known[1:]) for known in found)
        if counts and not starred:  # a star stands for what one account calls the host
            found.setdefault(one.host, FoundHost(one.host, one.why, one.place, one.reader, one.certainty))
    return tuple(list(found.values())[:MOST_HOSTS])


def _of_models_and_sources(
    ground: Ground, models: Sequence[FoundModel], sources: Sequence[FoundSource]
) -> dict[str, FoundHost]:
    """Return the hosts of providers of the models, and of services that are sources, by host."""
    found: dict[str, FoundHost] = {}
    for model in models:
        host = asked_of_a_cloud(PROVIDER_HOSTS.get(model.provider, ""), ground)
        asked = host and model.hosting == "hosted" and not is_behind_a_gateway(host, ground)
        if asked and not is_asked_elsewhere(model, host, ground):
            found.setdefault(host, FoundHost(host, f"{model.name} is asked there", model.place, model.reader, Certainty.INFERRED))  # fmt: skip
    for host, why, source in hosts_of_sources(ground, sources):
        found.setdefault(host, FoundHost(host, why, source.place, source.reader, Certainty.INFERRED))
    return found


def _asked(ground: Ground, models: Sequence[FoundModel], sources: Sequence[FoundSource]) -> list[HostSeen]:
    """Return the hosts that were seen and may be asked, the nearest to production first."""
    passed = passed_hosts(ground, models, sources)
    said = {domain_of(seen.host) for seen in ground.signals.hosts if seen.why.endswith(_BY_CODE) and ground.counts(seen.standing)}  # fmt: skip
    spoken = hosts_said(ground)
    chosen = chosen_providers(ground)
    packages = {one.name for one in ground.signals.packages if ground.counts(one.standing)}
    listed = catalogues(ground.signals.hosts) | switched_off(ground)
    seen = [
        one
        for one in ground.signals.hosts
        if one.host not in passed
        and (one.place.file, one.why) not in listed
        and not _is_not_the_services(one)
        and not _is_reached_otherwise(one, ground)
        and is_meant(one, models, ground)
        and not is_an_extra(one, ground)
        and not is_another_choice(one, models, chosen, said)
        and not lacks_its_package(one, packages)
        and not ("holds a key" in one.why and one.host not in spoken and domain_of(one.host) in said)
    ]
    return sorted(seen, key=lambda one: (one.standing, one.certainty == Certainty.INFERRED))


def _is_not_the_services(one: HostSeen) -> bool:
    """Say whether people's own devices ask a host, or what measures answers or prepares data does."""
    on_devices = one.why.endswith(_BY_CODE) and _ON_DEVICES.search(one.place.file)
    once = one.why.endswith((*_BY_CODE, "is made")) and _PREPARES.search(one.place.file)
    return bool(on_devices or once or (one.host in ANSWERING and _MEASURES.search(one.place.file)))


def _is_reached_otherwise(one: HostSeen, ground: Ground) -> bool:
    """Say whether a gateway, another account or another cloud stands for a host, or it is the pilot's own or off."""
    return (
        is_behind_a_gateway(one.host, ground)
        or is_of_a_store(one)
        or is_of_the_other_account(one, ground)
        or is_azure_by_type(one, ground)
        or (
            one.host == PROVIDER_HOSTS["azure-openai"]
            and one.certainty is Certainty.INFERRED
            and another_domain(ground) != ""
        )
        or (one.certainty is Certainty.INFERRED and is_own(one, ground))
    )
