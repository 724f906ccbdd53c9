"""Hosts of models, sources, calls and settings -> each destination once, providers of the models first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from poc_gate.inputs.repository.conclude.aside.models.choosers import chosen_providers
from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.conclude.hosts.answering import ANSWERING
from poc_gate.inputs.repository.conclude.hosts.catalogues import catalogues
from poc_gate.inputs.repository.conclude.hosts.hosts_elsewhere import (
    asked_of_a_cloud,
    asks_vertex,
    is_asked_elsewhere,
    is_azure_by_type,
    is_behind_a_gateway,
    is_of_the_other_account,
    is_off,
    is_own,
    is_the_other_choice,
    own_hosts,
    served_by_others,
)
from poc_gate.inputs.repository.conclude.hosts.meant_hosts import (
    domain_of,
    hosts_said,
    is_an_extra,
    is_another_choice,
    is_meant,
    lacks_its_package,
    not_chosen,
)
from poc_gate.inputs.repository.files.standing import Standing, holds_tools
from poc_gate.inputs.repository.reading import Certainty, FoundHost, FoundModel, FoundSource
from poc_gate.inputs.repository.tables.egress import (
    HOST_OF_SYSTEM,
    PROVIDER_HOSTS,
)

_TRACKER = re.compile(r"(?i)(?:\w+_)?langfuse_(?:host|base_?url|url|endpoint)")
_OF_THE_VENDOR = re.compile(r"^https?://(?:[\w-]+\.)*langfuse\.com(?:/|$)")
_SUPABASE = re.compile(r"(?i)(?:next_public_|vite_|public_|expo_public_)?supabase_(?:api_)?(?:url|host)")
_OFFLINE = re.compile(r"HF_HUB_OFFLINE|TRANSFORMERS_OFFLINE")
"""Variables with which what fetches models reads only what lies on the disk."""
_AT_HOME = re.compile(
    r"(?:https?://)?(?:localhost|127\.0\.0\.1)(?::\d+)?(?:/|$)|https?://[\w-]+(?::\d+)?(?:/|$)"
)
"""Addresses of a tracker, or of a store, that runs beside the pilot: nothing goes to the vendor's."""
_MEASURES = re.compile(
    r"(?i)(?:^|/)(?:eval(?:s|uat\w*)?|judges?|bench\w*)(?:[/_.-]|$)|[_-](?:eval|judge)s?\.\w+$"
)
"""Files that measure answers: whom they ask is not asked by the service."""
_ON_DEVICES = re.compile(
    r"(?i)(?:^|/)(?:[\w-]*mini-?(?:app|program)|obsidian|emacs|vscode(?:-extension)?|(?:browser|chrome|firefox|vscode)-?extension|raycast|android|ios|desktop)/"
)
"""Folders of what runs on people's own devices: what it asks leaves from there."""
MOST_HOSTS = 100


def _is_elsewhere(address: str) -> bool:
    """Say whether a tracker runs beside the pilot, or at an address of the team's own."""
    return bool(_AT_HOME.match(address)) or (address.startswith("http") and not _OF_THE_VENDOR.match(address))


def conclude_hosts(
    ground: Ground, models: Sequence[FoundModel], sources: Sequence[FoundSource]
) -> tuple[FoundHost, ...]:
    """Return each destination once; providers of the models that are used come first."""
    found: dict[str, FoundHost] = {}
    for model in models:
        host = asked_of_a_cloud(PROVIDER_HOSTS.get(model.provider, ""), ground)
        if (
            host
            and model.hosting == "hosted"
            and not is_behind_a_gateway(host, ground)
            and not is_asked_elsewhere(model, host, ground)
        ):
            found.setdefault(host, FoundHost(host, f"{model.name} is asked there", model.place, model.reader, Certainty.INFERRED))  # fmt: skip
    for source in sources:
        host = PROVIDER_HOSTS.get(HOST_OF_SYSTEM.get(source.system, ""), "")
        if host and source.callers:
            found.setdefault(host, FoundHost(host, f"{source.system} is reached there", source.place, source.reader, Certainty.INFERRED))  # fmt: skip
    kept = {source.system for source in sources}
    passed = {PROVIDER_HOSTS[HOST_OF_SYSTEM[one.system]] for one in ground.signals.systems if one.system not in kept and HOST_OF_SYSTEM.get(one.system) in PROVIDER_HOSTS}  # fmt: skip
    passed |= {PROVIDER_HOSTS["langfuse"] for one in ground.signals.settings if _TRACKER.fullmatch(one.name) and _is_elsewhere(str(one.value))}  # fmt: skip
    passed |= {PROVIDER_HOSTS["supabase"] for one in ground.signals.settings if _SUPABASE.fullmatch(one.name) and _AT_HOME.match(str(one.value))}  # fmt: skip
    passed |= {PROVIDER_HOSTS["huggingface-hub"] for one in ground.signals.settings if _OFFLINE.fullmatch(one.name) and str(one.value).lower() in {"1", "true"} and ground.counts(one.standing)}  # fmt: skip
    passed |= {PROVIDER_HOSTS["google"]} if asks_vertex(ground) else set()
    passed |= {PROVIDER_HOSTS["supabase"]} if is_the_other_choice("postgresql", sources, ground) else set()
    passed |= not_chosen(ground)
    if any(
        one.name == "asked elsewhere" and ground.counts(one.standing) for one in ground.signals.techniques
    ) and not any(model.provider == "openai" for model in models):
        passed |= {PROVIDER_HOSTS["openai"]}  # clients of its protocol are given the address of somebody else
    passed |= own_hosts(ground) | served_by_others(ground)
    said = {domain_of(seen.host) for seen in ground.signals.hosts if seen.why.endswith(("calls it", "holds its address")) and ground.counts(seen.standing)}  # fmt: skip
    spoken = hosts_said(ground)
    chosen = chosen_providers(ground)
    packages = {one.name for one in ground.signals.packages if ground.counts(one.standing)}
    listed = catalogues(ground.signals.hosts)
    of_tools = {one.place.file for one in ground.signals.tools if holds_tools(one.place.file)}
    for one in sorted(
        (
            seen
            for seen in ground.signals.hosts
            if seen.host not in passed
            and not is_behind_a_gateway(seen.host, ground)
            and not is_of_the_other_account(seen, ground)
            and not is_azure_by_type(seen, ground)
            and (seen.place.file, seen.why) not in listed
            and not (
                seen.why.endswith(("calls it", "holds its address")) and _ON_DEVICES.search(seen.place.file)
            )
            and not (seen.host in ANSWERING and _MEASURES.search(seen.place.file))
            and is_meant(seen, models, ground)
            and not is_an_extra(seen, ground)
            and not is_another_choice(seen, models, chosen, said)
            and not lacks_its_package(seen, packages)
            and not ("holds a key" in seen.why and seen.host not in spoken and domain_of(seen.host) in said)
            and not (seen.certainty is Certainty.INFERRED and (is_own(seen, ground) or is_off(seen, ground)))
        ),
        key=lambda seen: (seen.standing, seen.certainty == Certainty.INFERRED),
    ):
        if (
            one.standing <= Standing.SERVICE
            or (one.place.file in of_tools and one.why.endswith(("calls it", "holds its address")))
            or (ground.reach > Standing.SUPPORT and ground.counts(one.standing))
        ):
            if any(known.startswith("*.") and one.host.endswith(known[1:]) for known in found):
                continue  # one account's name of a host that is there with a star
            found.setdefault(one.host, FoundHost(one.host, one.why, one.place, one.reader, one.certainty))
    return tuple(list(found.values())[:MOST_HOSTS])
