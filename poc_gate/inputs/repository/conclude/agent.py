"""Tools, destinations and approvals that were seen -> the agent's tools with their effect, and where data goes."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from poc_gate.inputs.repository.conclude.addresses import catalogues
from poc_gate.inputs.repository.conclude.aside.choosers import chosen_providers
from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.conclude.statements import ANSWERING
from poc_gate.inputs.repository.files.standing import Standing, holds_tools
from poc_gate.inputs.repository.noting.signals import HostSeen, ToolSeen
from poc_gate.inputs.repository.reading import Certainty, FoundHost, FoundModel, FoundSource, FoundTool
from poc_gate.inputs.repository.tables.egress import (
    HOST_OF_SYSTEM,
    PROVIDER_HOSTS,
    host_of,
    is_own_address,
    provider_of_key,
)
from poc_gate.inputs.repository.tables.models import is_hosted
from poc_gate.inputs.repository.tables.packages import package_named
from poc_gate.model.claim import Notice

_TRACKER = re.compile(r"(?i)langfuse_(?:host|base_?url|url|endpoint)")
_AT_HOME = re.compile(r"https?://(?:localhost|127\.0\.0\.1|[\w-]+)(?::\d+)?(?:/|$)")
"""Addresses of a tracker that runs beside the pilot: nothing goes to the vendor's."""
_OF_CLOUDS = frozenset({"googleapis", "azure", "amazonaws", "microsoft", "windows", "google"})
_BUNDLES = re.compile(r"(?:^|/)(?:vite|webpack|rsbuild|rollup|next)\.config\.\w+$")
"""Files that hand a variable on to pages, which shows no page that uses it."""
_SHOWS = 2
_ASKS_LANGUAGE = frozenset({"llm", "llm client", "agent"})
_ORDER = ("reads", "unknown", "writes", "irreversible")
MOST_TOOLS = 200
MOST_HOSTS = 100


_CALLED = {
    "google": ("gemini", "google", "vertex"), "gemini": ("gemini", "google", "vertex"), "vertex": ("gemini", "google", "vertex"),
    "bedrock": ("bedrock", "boto"), "together": ("together", "openai"),
}  # fmt: skip
"""What packages of a provider are called where its own name does not stand in them."""
_SERVES_ANY = re.compile(
    r"litellm|^langchain$|aisuite|pydantic-ai|dspy|crewai|autogen|ag2|agno|smolagents|strands|camel-ai|openrouter|instructor"
)
"""Packages that ask whichever provider has a key."""


_BROUGHT = {"langsmith": re.compile(r"^@?lang(?:chain|graph|smith)")}
"""Providers whose client comes with a package of another name."""
_MEASURES = re.compile(
    r"(?i)(?:^|/)(?:eval(?:s|uat\w*)?|judges?|bench\w*)(?:[/_.-]|$)|[_-](?:eval|judge)s?\.\w+$"
)
"""Files that measure answers: whom they ask is not asked by the service."""
_ON_DEVICES = re.compile(
    r"(?i)(?:^|/)(?:[\w-]*mini-?(?:app|program)|obsidian|emacs|vscode(?:-extension)?|(?:browser|chrome|firefox|vscode)-?extension|raycast|android|ios|desktop)/"
)
"""Folders of what runs on people's own devices: what it asks leaves from there."""


def _is_meant(seen: HostSeen, models: Sequence[FoundModel], ground: Ground) -> bool:
    """Say whether a key in an example of an environment is one that is used.

    Two signs must agree: beside the example code looks the key up, a package of that provider is there, or a model of
    it is used; where no model is known, the key of a provider of models is enough. Of a line that is commented out one
    of the first two must hold, the first where it is a key for models.
    """
    if not seen.offered:
        return True
    provider = provider_of_key(seen.offered)
    chosen = chosen_providers(ground) if seen.off and is_hosted(provider) else frozenset()
    if chosen and provider.partition("-")[0] not in chosen:
        return False
    packages = [one.name for one in ground.signals.packages if ground.counts(one.standing) and not one.optional]  # fmt: skip
    if any(
        need.name == seen.offered and ground.counts(need.standing) and not _BUNDLES.search(need.place.file)
        for need in ground.signals.needs
    ):
        return True
    others = {model.provider for model in models if is_hosted(model.provider)}
    if any(provider in name for name in packages) and not (seen.off and is_hosted(provider)):
        return not (is_hosted(provider) and others) or provider in others or any(_SERVES_ANY.search(name) for name in packages) or PROVIDER_HOSTS.get(provider) in _hosts_said(ground)  # fmt: skip
    if is_hosted(provider) and provider != "databricks" and _asks_no_model(ground, packages):
        return False
    return not seen.off and _is_used_otherwise(provider, packages, others)


def _asks_no_model(ground: Ground, packages: Collection[str]) -> bool:
    """Say whether there is something that runs or learns, and neither code nor a package asks a language model."""
    shown = {one.name for one in ground.signals.techniques if one.weight >= _SHOWS and ground.counts(one.standing)}  # fmt: skip
    brought = {
        technique
        for name in packages
        if (row := package_named(name)) and row.techniques != ("agent",)
        for technique in row.techniques
    }
    return bool(shown | brought) and not (shown | brought) & _ASKS_LANGUAGE


def _lacks_its_package(seen: HostSeen, packages: Collection[str]) -> bool:
    """Say whether a client of LlamaIndex, each of which comes as a package of its own, asks a provider whose package is not there."""
    provider = next((name for name, host in PROVIDER_HOSTS.items() if host == seen.host), "")
    if not is_hosted(provider) or provider == "openai" or not seen.why.endswith("asks it"):
        return False
    words = _CALLED.get(provider, (provider.partition("-")[0],))
    split = any(name.startswith("llama-index-llms-") for name in packages)
    return split and not any(word in name for name in packages for word in words)


def _is_used_otherwise(provider: str, packages: Sequence[str], others: Collection[str]) -> bool:
    """Say whether a provider without a package of its own is used: by a model, or by a package of another name."""
    if is_hosted(provider):
        return not others or provider in others
    return provider in _BROUGHT and any(_BROUGHT[provider].search(name) for name in packages)


def _is_elsewhere(models: Sequence[FoundModel], said: Collection[str]) -> bool:
    """Say whether a client of OpenAI's protocol asks somebody else: a setting holds another provider's address, and no model is OpenAI's."""
    others = {_domain(host) for host in ANSWERING if host != PROVIDER_HOSTS["openai"]}
    named = [model for model in models if model.role == "chat"]
    return bool(named) and not any(model.provider == "openai" for model in models) and bool(others & set(said))  # fmt: skip


def _is_another_choice(
    seen: HostSeen, models: Sequence[FoundModel], chosen: Collection[str], said: Collection[str]
) -> bool:
    """Say whether a host is of a provider of models that settings do not choose, and none of whose models is used."""
    provider = next((name for name, host in PROVIDER_HOSTS.items() if host == seen.host), "")
    if seen.host == PROVIDER_HOSTS["openai"] and seen.why.endswith("asks it") and _is_elsewhere(models, said):
        return True
    if not chosen or not is_hosted(provider) or any(model.provider == provider for model in models):
        return False
    return provider.partition("-")[0] not in chosen


def conclude_tools(ground: Ground) -> tuple[FoundTool, ...]:
    """Return each tool once, by name; the place where its code stands says what it does."""
    best: dict[str, ToolSeen] = {}
    renamed = {one.function for one in ground.signals.tools if one.function and ground.counts(one.standing)}
    renamed -= {one.name for one in ground.signals.tools if one.function}
    for one in ground.signals.tools:
        beside = one.standing is Standing.SUPPORT and not holds_tools(one.place.file)
        told = one.name in renamed and not one.why.startswith("its code")
        if beside or told or not ground.counts(one.standing):
            continue
        known = best.get(one.name)
        if known is None or (_ORDER.index(one.effect), one.why.startswith("its code")) > (_ORDER.index(known.effect), known.why.startswith("its code")):  # fmt: skip
            best[one.name] = one
    approved = {name for names, _, standing in ground.signals.approvals if ground.counts(standing) for name in names.split(",") if name != "*"}  # fmt: skip
    approved |= {one.name for one in ground.signals.tools if one.approved and ground.counts(one.standing)}
    return tuple(
        FoundTool(
            one.name, one.effect, one.why, one.approved or one.name in approved, one.place, one.reader, Certainty.INFERRED
        )
        for one in list(best.values())[:MOST_TOOLS]
    )  # fmt: skip


def ask_approvals(ground: Ground, tools: Sequence[FoundTool]) -> list[Notice]:
    """Return a question where the code stops for a person and does not say before which tools."""
    if not tools or any(tool.approved_by_person for tool in tools):
        return []
    stops = [place for names, place, standing in ground.signals.approvals if names == "*" and standing <= Standing.SERVICE]  # fmt: skip
    if not stops:
        return []
    what = f"agent.human_approval is not said: the code stops for a person ({stops[0]})"
    return [Notice("question", what, stops[0], "list the tools that wait for a person under `agent.human_approval`")]  # fmt: skip


def _domain(host: str) -> str:
    """Return whose host it is, such as `jina` of `r.jina.ai`; the host itself where a cloud has hosts for many services."""
    owner = host.split(".")[-2]
    return host if owner in _OF_CLOUDS else owner


def _hosts_said(ground: Ground) -> set[str]:
    """Return the hosts that something else than a key shows."""
    return {seen.host for seen in ground.signals.hosts if "holds a key" not in seen.why and ground.counts(seen.standing)}  # fmt: skip


_NAMES_A_HOST = re.compile(r"(?i)^(?P<of>[a-z0-9]+(?:_[a-z0-9]+)*?)_(?:api_)?(?:host|url|uri|server|endpoint|base_url|address)$")  # fmt: skip
_FALSE = frozenset({"false", "0", "no", "off", "disabled"})


def _is_off(seen: HostSeen, ground: Ground) -> bool:
    """Say whether the file that gives an address also says that what it is for is off: `ENABLE_EMAIL=false`."""
    match = _NAMES_A_HOST.match(seen.why.removesuffix(" holds its address"))
    if match is None:
        return False
    switch = re.compile(
        rf"(?i)(?:enable|use)_{match['of']}(?:_\w+)?|{match['of']}_(?:\w+_)?(?:enabled?|active)"
    )
    return any(
        one.place.file == seen.place.file and str(one.value).lower() in _FALSE and switch.fullmatch(one.name)
        for one in ground.signals.settings
    )


def _is_own(seen: HostSeen, ground: Ground) -> bool:
    """Say whether an address is of the pilot's own pages: its domain is called as the repository is."""
    name = re.sub(r"[^a-z0-9]", "", ground.signals.name.lower())
    return (
        "holds its address" in seen.why
        and len(name) > 3
        and seen.host.split(".")[-2].replace("-", "") == name
    )


def _own_hosts(ground: Ground) -> set[str]:
    """Return the hosts that a setting says are the pilot's own: `APP_URL=https://...`."""
    named = {host_of(str(one.value)) for one in ground.signals.settings if is_own_address(one.name)}
    return named - {""}


_DEPLOYED = frozenset({"settings", "compose", "workload", "helm-values", "platform"})
"""Readers of files that say what runs; an example of an environment only offers it."""
_INSIDE = re.compile(r"https?://(?!localhost\b)[\w-]+(?::\d+)?(?:/|$)")
"""Addresses without a domain: another container of the same deployment."""
_BASE_OF_OPENAI = re.compile(r"(?i)openai[._-]?(?:api[._-]?)?base(?:[._-]?ur[li])?")


def _served_by_others(ground: Ground) -> set[str]:
    """Return OpenAI's host where settings give its protocol another server, and no file names that host itself."""
    host = PROVIDER_HOSTS["openai"]
    counted = [seen for seen in ground.signals.hosts if ground.counts(seen.standing)]
    elsewhere = any(seen.host != host and seen.reader in _DEPLOYED and _BASE_OF_OPENAI.match(seen.why) for seen in counted)  # fmt: skip
    elsewhere |= any(one.weight > 2 and _BASE_OF_OPENAI.fullmatch(one.name) and _INSIDE.match(str(one.value)) for one in ground.signals.settings if ground.counts(one.standing))  # fmt: skip
    named = any(seen.host == host and seen.why.endswith(("calls it", "holds its address")) for seen in counted)  # fmt: skip
    return {host} if elsewhere and not named else set()


_NEAR = 3
"""Lines between a model's name and the address beside it that is asked for it."""
_ASKED_AT = re.compile(
    r"(?i)(?:llm|chat|model|openai)\w*_?(?:base_?url|api_?base|endpoint) holds its address$"
)


def _is_asked_elsewhere(model: FoundModel, host: str, ground: Ground) -> bool:
    """Say whether the settings that name a model give another address beside it, where its name alone says whose it is."""
    return any(
        one.place.file == model.place.file and abs(one.place.line - model.place.line) <= _NEAR and one.host != host and _ASKED_AT.search(one.why)
        for one in ground.signals.hosts
    )  # fmt: skip


_PASSES_ON = frozenset(
    {"gateway.ai.cloudflare.com", "oai.helicone.ai", "gateway.helicone.ai", "api.portkey.ai"}
)
"""Hosts of gateways: who is behind them is asked by the gateway, whoever made the models."""


def _is_behind_a_gateway(host: str, ground: Ground) -> bool:
    """Say whether code asks a gateway, and only a model's name or a key speaks of the provider behind it."""
    counted = [seen for seen in ground.signals.hosts if ground.counts(seen.standing)]
    gateway = any(seen.host in _PASSES_ON and seen.why.endswith("calls it") for seen in counted)
    return gateway and host in ANSWERING and not any(seen.host == host and "holds a key" not in seen.why for seen in counted)  # fmt: skip


def _asked_of_a_cloud(host: str, ground: Ground) -> str:
    """Return the host that is asked for a model of Azure: that of its AI services, where code makes a client of those alone."""
    ours, theirs = PROVIDER_HOSTS["azure-openai"], PROVIDER_HOSTS["azure-ai"]
    if host != ours:
        return host
    made = {seen.host for seen in ground.signals.hosts if seen.why.endswith(("is made", "AIProjectClient asks it")) and ground.counts(seen.standing)}  # fmt: skip
    named = any(seen.host.endswith(".openai.azure.com") for seen in ground.signals.hosts if ground.counts(seen.standing))  # fmt: skip
    return theirs if theirs in made and not named else host


def _is_of_the_other_account(seen: HostSeen, ground: Ground) -> bool:
    """Say whether a client of Azure's AI services asks an account of Azure OpenAI, the only one that infrastructure makes."""
    if seen.host != PROVIDER_HOSTS["azure-ai"] or not seen.why.endswith("is made"):
        return False
    ours = any(one.why == "an account of Azure OpenAI" and ground.counts(one.standing) for one in ground.signals.hosts)  # fmt: skip
    return ours and not any(one.name == "services account" for one in ground.signals.techniques)


def conclude_hosts(
    ground: Ground, models: Sequence[FoundModel], sources: Sequence[FoundSource]
) -> tuple[FoundHost, ...]:
    """Return each destination once; providers of the models that are used come first."""
    found: dict[str, FoundHost] = {}
    for model in models:
        host = _asked_of_a_cloud(PROVIDER_HOSTS.get(model.provider, ""), ground)
        if (
            host
            and model.hosting == "hosted"
            and not _is_behind_a_gateway(host, ground)
            and not _is_asked_elsewhere(model, host, ground)
        ):
            found.setdefault(host, FoundHost(host, f"{model.name} is asked there", model.place, model.reader, Certainty.INFERRED))  # fmt: skip
    for source in sources:
        host = PROVIDER_HOSTS.get(HOST_OF_SYSTEM.get(source.system, ""), "")
        if host and source.callers:
            found.setdefault(host, FoundHost(host, f"{source.system} is reached there", source.place, source.reader, Certainty.INFERRED))  # fmt: skip
    kept = {source.system for source in sources}
    passed = {PROVIDER_HOSTS[HOST_OF_SYSTEM[one.system]] for one in ground.signals.systems if one.system not in kept and HOST_OF_SYSTEM.get(one.system) in PROVIDER_HOSTS}  # fmt: skip
    passed |= {PROVIDER_HOSTS["langfuse"] for one in ground.signals.settings if _TRACKER.fullmatch(one.name) and _AT_HOME.match(str(one.value))}  # fmt: skip
    passed |= _own_hosts(ground) | _served_by_others(ground)
    said = {_domain(seen.host) for seen in ground.signals.hosts if seen.why.endswith(("calls it", "holds its address")) and ground.counts(seen.standing)}  # fmt: skip
    spoken = _hosts_said(ground)
    chosen = chosen_providers(ground)
    packages = {one.name for one in ground.signals.packages if ground.counts(one.standing)}
    listed = catalogues(ground.signals.hosts)
    of_tools = {one.place.file for one in ground.signals.tools if holds_tools(one.place.file)}
    for one in sorted(
        (
            seen
            for seen in ground.signals.hosts
            if seen.host not in passed
            and not _is_behind_a_gateway(seen.host, ground)
            and not _is_of_the_other_account(seen, ground)
            and (seen.place.file, seen.why) not in listed
            and not (
                seen.why.endswith(("calls it", "holds its address")) and _ON_DEVICES.search(seen.place.file)
            )
            and not (seen.host in ANSWERING and _MEASURES.search(seen.place.file))
            and _is_meant(seen, models, ground)
            and not _is_another_choice(seen, models, chosen, said)
            and not _lacks_its_package(seen, packages)
            and not ("holds a key" in seen.why and seen.host not in spoken and _domain(seen.host) in said)
            and not (
                seen.certainty is Certainty.INFERRED and (_is_own(seen, ground) or _is_off(seen, ground))
            )
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
