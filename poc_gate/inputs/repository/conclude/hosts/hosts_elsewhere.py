"""A destination that was seen -> whether another one stands for it: a gateway, an own server, an account's own name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.conclude.hosts.answering import ANSWERING
from poc_gate.inputs.repository.conclude.models.main_model import asks_inside
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.marks import ELSEWHERE, MAY_BE_ITSELF, OPTION
from poc_gate.inputs.repository.noting.signals import HostSeen
from poc_gate.inputs.repository.reading import FoundModel, FoundSource
from poc_gate.inputs.repository.tables.egress import OF_AZURE_OPENAI, PROVIDER_HOSTS, host_of, of_any_account
from poc_gate.inputs.repository.tables.marks.key_marks import is_own_address

_STORE = re.compile(r"s3(?:[.-][a-z0-9-]+)*\.amazonaws\.com|storage\.googleapis\.com")
_ENDPOINT = re.compile(r"(?i)endpoint\w* holds its address$")


def is_of_a_store(seen: HostSeen) -> bool:
    """Say whether a setting gives the endpoint of a store of objects: it is how the source is reached, and no further destination."""
    return bool(_STORE.fullmatch(seen.host) and _ENDPOINT.search(seen.why))


_SERVICES = ("api", "server", "service", "platform")
"""What the service itself is called after its maker: the key of that name is the one that its callers show."""


def is_own(seen: HostSeen, ground: Ground) -> bool:
    """Say whether an address is of the pilot's own pages: its domain is called as the repository is, or its key as the service."""
    name = re.sub(r"[^a-z0-9]", "", ground.signals.name.lower())
    if "holds a key for" in seen.why:
        return ground.signals.name.lower() in {f"{seen.why.rpartition(' ')[2]}-{kind}" for kind in _SERVICES}
    return (
        "holds its address" in seen.why
        and len(name) > 3
        and seen.host.split(".")[-2].replace("-", "") == name
    )


def own_hosts(ground: Ground) -> set[str]:
    """Return the hosts that a setting says are the pilot's own: `APP_URL=https://...`."""
    named = {host_of(str(one.value)) for one in ground.signals.settings if is_own_address(one.name)}
    return named - {""}


_DEPLOYED = frozenset({"settings", "compose", "workload", "helm-values", "platform"})
"""Readers of files that say what runs; an example of an environment only offers it."""
_INSIDE = re.compile(r"https?://(?!localhost\b)[\w-]+(?::\d+)?(?:/|$)")
"""Addresses without a domain: another container of the same deployment."""
_BASE_OF_OPENAI = re.compile(
    r"(?i)openai[._-]?(?:api[._-]?)?(?:base(?:[._-]?ur[li])?|host|endpoint|ur[li])(?![a-z])"
)


def served_by_others(ground: Ground) -> set[str]:
    """Return OpenAI's host where settings give its protocol another server, and no file names that host itself."""
    host = PROVIDER_HOSTS["openai"]
    counted = [seen for seen in ground.signals.hosts if ground.counts(seen.standing)]
    elsewhere = any(seen.host != host and seen.reader in _DEPLOYED and _BASE_OF_OPENAI.match(seen.why) for seen in counted)  # fmt: skip
    elsewhere |= any(one.weight > 2 and _BASE_OF_OPENAI.fullmatch(one.name) and _INSIDE.match(str(one.value)) for one in ground.signals.settings if ground.counts(one.standing))  # fmt: skip
    elsewhere |= asks_inside(ground)
    named = any(seen.host == host and seen.why.endswith(("calls it", "holds its address")) and not _BASE_OF_OPENAI.match(seen.why) for seen in counted)  # fmt: skip
    return {host} if elsewhere and not named else set()


def given_another(ground: Ground) -> set[str]:
    """Return the hosts of providers all of whose clients are made with somebody else's address: only a key or a name speaks of them."""
    noted = [one for one in ground.signals.techniques if one.name in {ELSEWHERE, MAY_BE_ITSELF} and ground.counts(one.standing)]  # fmt: skip
    others = {one.why for one in noted} - {one.why for one in noted if one.name == MAY_BE_ITSELF}
    asked = {seen.host for seen in ground.signals.hosts if "holds a key" not in seen.why and ground.counts(seen.standing)}  # fmt: skip
    return others - asked


def is_azure_by_type(seen: HostSeen, ground: Ground) -> bool:
    """Say whether a client of Azure is made beside one of OpenAI's own, for a kind of interface that no file sets."""
    if seen.host != PROVIDER_HOSTS["azure-openai"] or not seen.why.endswith(("is made", "asks it")):
        return False
    beside = any(one.host == PROVIDER_HOSTS["openai"] and ground.counts(one.standing) for one in ground.signals.hosts)  # fmt: skip
    named = [one.name for one in ground.signals.needs if ground.counts(one.standing)]
    named += [one.name for one in ground.signals.settings if ground.counts(one.standing)]
    return beside and not any("azure" in name.lower() for name in named)


_NEAR = 3
"""Lines between a model's name and the address beside it that is asked for it."""
_ASKED_AT = re.compile(
    r"(?i)(?:llm|chat|model|openai)\w*_?(?:base_?url|api_?base|endpoint) holds its address$"
)


def is_asked_elsewhere(model: FoundModel, host: str, ground: Ground) -> bool:
    """Say whether the settings that name a model give another address beside it, where its name alone says whose it is."""
    if host in served_by_others(ground) or host in given_another(ground):
        return True
    return any(
        one.place.file == model.place.file and abs(one.place.line - model.place.line) <= _NEAR and one.host != host and _ASKED_AT.search(one.why)
        for one in ground.signals.hosts
    )  # fmt: skip


_PASSES_ON = frozenset(
    {"gateway.ai.cloudflare.com", "oai.helicone.ai", "gateway.helicone.ai", "api.portkey.ai"}
)
_PASS_ON_BY_THEMSELVES = frozenset({"generative-ai-hub-sdk", "sap-ai-sdk-gen"})
"""Packages with clients called as those of the makers of models, which ask a platform between them."""
"""Hosts of gateways: who is behind them is asked by the gateway, whoever made the models."""


def is_behind_a_gateway(host: str, ground: Ground) -> bool:
    """Say whether code asks a gateway, and only a model's name or a key speaks of the provider behind it."""
    if host not in ANSWERING:
        return False
    seen_hosts = ground.signals.hosts
    gateway = any(seen.host in _PASSES_ON and seen.why.endswith("calls it") and ground.counts(seen.standing) for seen in seen_hosts)  # fmt: skip
    gateway |= any(one.name in _PASS_ON_BY_THEMSELVES and not one.optional for one in ground.signals.packages if ground.counts(one.standing))  # fmt: skip
    return gateway and not any(seen.host == host and "holds a key" not in seen.why and ground.counts(seen.standing) for seen in seen_hosts)  # fmt: skip


_BY_VERTEX = "google_genai_use_vertexai"
"""What sends the clients of Gemini to Vertex AI. Source: documentation of google-genai, "Create a client"."""
_TRUE = frozenset({"true", "1"})


def asks_vertex(ground: Ground) -> bool:
    """Say whether settings, or the program itself, send the clients of Gemini to Vertex AI, and none says the opposite."""
    said = {value for name, value in ground.signals.switches if name == f"{OPTION}{_BY_VERTEX}"}
    said |= {str(one.value).lower() for one in ground.signals.settings if one.name.lower() == _BY_VERTEX and ground.counts(one.standing)}  # fmt: skip
    return bool(said) and said <= _TRUE


def another_domain(ground: Ground) -> str:
    """Return the host on another domain of Azure that every address of an account of Azure OpenAI has; empty where one has the usual domain."""
    counted = [seen for seen in ground.signals.hosts if seen.why.endswith(_HOLDS) and ground.counts(seen.standing)]  # fmt: skip
    given = {seen.host for seen in counted if OF_AZURE_OPENAI.fullmatch(seen.why.removesuffix(_HOLDS))}
    others = {of_any_account(host) for host in given}
    return others.pop() if len(others) == 1 and others <= _DOMAINS else ""


_HOLDS = " holds its address"
_DOMAINS = {PROVIDER_HOSTS["azure-ai"], PROVIDER_HOSTS["azure-language"]}
"""Domains on which an account of Azure's AI services answers for models of OpenAI as well."""


def asked_of_a_cloud(host: str, ground: Ground) -> str:
    """Return the host that is asked for a model of Google or of Azure.

    It is that of Vertex AI where its clients are told so, and that of Azure's AI services or of its voices where code makes
    a client of those alone.
    """
    if host == PROVIDER_HOSTS["google"]:
        return PROVIDER_HOSTS["vertex-ai"] if asks_vertex(ground) else host
    ours, theirs = PROVIDER_HOSTS["azure-openai"], PROVIDER_HOSTS["azure-ai"]
    if host != ours:
        return host
    made = {seen.host for seen in ground.signals.hosts if seen.why.endswith(("is made", "AIProjectClient asks it")) and ground.counts(seen.standing)}  # fmt: skip
    named = any(seen.host.endswith(".openai.azure.com") for seen in ground.signals.hosts if ground.counts(seen.standing))  # fmt: skip
    if other := another_domain(ground):
        return other
    if named:
        return host
    gateway = PROVIDER_HOSTS["azure-apim"]
    if any(seen.host == gateway and seen.why.endswith(("asks it", "is made")) and ground.counts(seen.standing) for seen in ground.signals.hosts):  # fmt: skip
        return gateway
    voices = any(seen.why == "connect is made" and seen.host == PROVIDER_HOSTS["azure-voice-live"] for seen in ground.signals.hosts if ground.counts(seen.standing))  # fmt: skip
    return theirs if theirs in made else PROVIDER_HOSTS["azure-voice-live"] if voices else host


def is_of_the_other_account(seen: HostSeen, ground: Ground) -> bool:
    """Say whether a client of Azure's AI services asks an account of Azure OpenAI, the only one that infrastructure makes."""
    if seen.host != PROVIDER_HOSTS["azure-ai"] or not seen.why.endswith("is made"):
        return False
    ours = any(one.why == "an account of Azure OpenAI" and ground.counts(one.standing) for one in ground.signals.hosts)  # fmt: skip
    return ours and not any(one.name == "services account" for one in ground.signals.techniques)


def is_the_other_choice(system: str, sources: Sequence[FoundSource], ground: Ground) -> bool:
    """Say whether code reaches a store only in files that also reach the one which settings choose in its place."""
    chosen = {one.system for one in ground.signals.systems if one.note.endswith(" chooses it") and ground.counts(one.standing)}  # fmt: skip
    kept = {one.system for one in sources}
    if system in kept or not chosen & kept:
        return False
    beside = {place.file for one in sources if one.system in chosen for place in (one.place, *one.callers)}
    files = {one.place.file for one in ground.signals.systems if one.system == system and one.how == "used" and ground.counts(one.standing) and one.standing is Standing.SERVICE}  # fmt: skip
    return bool(files) and any(file in beside for file in files)
