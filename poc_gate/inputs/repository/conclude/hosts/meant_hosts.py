"""A destination that was seen -> whether the pilot asks it: what only offers, names or has a key for it does not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence

from poc_gate.inputs.repository.conclude.aside.models.choosers import answers_at_home, chosen_providers
from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.conclude.hosts.answering import ANSWERING
from poc_gate.inputs.repository.noting.marks import IN_A_CASE
from poc_gate.inputs.repository.noting.signals import HostSeen
from poc_gate.inputs.repository.reading import FoundModel
from poc_gate.inputs.repository.tables.egress import PROVIDER_HOSTS
from poc_gate.inputs.repository.tables.marks.key_marks import ASKS_WHOEVER, provider_of_key
from poc_gate.inputs.repository.tables.models import is_hosted
from poc_gate.inputs.repository.tables.packages import package_named
from poc_gate.model.claim import Notice

_BUNDLES = re.compile(r"(?:^|/)(?:vite|webpack|rsbuild|rollup|next)\.config\.\w+$")
"""Files that hand a variable on to pages, which shows no page that uses it."""
_SHOWS = 2
_ASKS_LANGUAGE = frozenset({"llm", "llm client", "agent"})
_CALLED = {
    "google": ("gemini", "google", "vertex"), "gemini": ("gemini", "google", "vertex"), "vertex": ("gemini", "google", "vertex"),
    "bedrock": ("bedrock", "boto"), "together": ("together", "openai"),
}  # fmt: skip
"""What packages of a provider are called where its own name does not stand in them."""
_BROUGHT = {"langsmith": re.compile(r"^@?lang(?:chain|graph|smith)")}
"""Providers whose client comes with a package of another name."""
_OF_CLOUDS = frozenset({"googleapis", "azure", "amazonaws", "microsoft", "windows", "google"})


def is_meant(seen: HostSeen, models: Sequence[FoundModel], ground: Ground) -> bool:
    """Say whether a key in an example of an environment is one that is used.

    Two signs must agree: beside the example code looks the key up, a package of that provider is there, or a model of
    it is used; where no model is known, the key of a provider of models is enough. Of a line that is commented out one
    of the first two must hold, the first where it is a key for models.
    """
    if not seen.offered:
        return True
    provider = provider_of_key(seen.offered)
    chosen = chosen_providers(ground) if seen.off and is_hosted(provider) else frozenset()
    behind = (
        is_hosted(provider) and not _is_looked_up(seen, ground) and _speaks_to_a_gateway(provider, ground)
    )
    if (
        (chosen and provider.partition("-")[0] not in chosen)
        or behind
        or _stands_by(provider, models, ground)
        or (provider == "langsmith" and _is_of_a_server(ground))
    ):
        return False
    packages = [one.name for one in ground.signals.packages if ground.counts(one.standing) and not one.optional]  # fmt: skip
    if _is_looked_up(seen, ground):
        return True
    others = {model.provider for model in models if is_hosted(model.provider)}
    if any(provider in name for name in packages) and not (seen.off and is_hosted(provider)):
        return not (is_hosted(provider) and others) or provider in others or any(name == "langchain" or ASKS_WHOEVER.search(name) for name in packages) or PROVIDER_HOSTS.get(provider) in hosts_said(ground)  # fmt: skip
    if is_hosted(provider) and provider != "databricks" and _asks_no_model(ground, packages):
        return False
    return not seen.off and _is_used_otherwise(provider, packages, others)


_TRACES = re.compile(r"^(?:LANGSMITH|LANGCHAIN)_(?:TRACING|PROJECT|ENDPOINT)")
_ASKS_A_SERVER = re.compile(r"(?:^|/)langgraph-(?:sdk|nextjs-api-passthrough)$")


def _is_of_a_server(ground: Ground) -> bool:
    """Say whether a key of LangSmith is for a server of LangGraph: only its clients are there, and no variable is for traces."""
    names = [one.name for one in ground.signals.packages if ground.counts(one.standing) and not one.optional]
    traced = any(_TRACES.match(one.why) for one in ground.signals.hosts) or any(_TRACES.match(one.name) for one in ground.signals.needs)  # fmt: skip
    return any(map(_ASKS_A_SERVER.search, names)) and not traced and "langsmith" not in names


def _is_looked_up(seen: HostSeen, ground: Ground) -> bool:
    """Say whether code looks the key of an example up."""
    return any(
        need.name == seen.offered and ground.counts(need.standing) and not _BUNDLES.search(need.place.file)
        for need in ground.signals.needs
    )


_GATEWAY = re.compile(r"(?:^|_)(?:LITELLM|PROXY|GATEWAY|LLM|PORTKEY|OPENROUTER|HELICONE)(?:_|$)")
_OF_A_GATEWAY = re.compile(
    r"(?P<of>\w+?)_(?:(?P<key>API_KEY|KEY|TOKEN)|API_BASE|(?:API_)?BASE_URL|API_URL|URL)"
)


def _speaks_to_a_gateway(provider: str, ground: Ground) -> bool:
    """Say whether code looks up the key and the address of a gateway, and asks nothing of a provider itself.

    Both have the gateway's name: `PROXY_API_KEY` and `PROXY_API_BASE`.
    """
    if PROVIDER_HOSTS.get(provider) in hosts_said(ground):
        return False
    seen = [
        found
        for need in ground.signals.needs
        if ground.counts(need.standing)
        and (found := _OF_A_GATEWAY.fullmatch(need.name))
        and _GATEWAY.search(found["of"])
    ]
    return bool({one["of"] for one in seen if one["key"]} & {one["of"] for one in seen if not one["key"]})


def is_an_extra(seen: HostSeen, ground: Ground) -> bool:
    """Say whether the key for a host is commented out in the example, and the package that asks it is installed only on demand."""
    if "holds a key" not in seen.why:
        return False
    lines = [one for one in ground.signals.hosts if one.host == seen.host and one.offered]
    if not lines or not all(one.off for one in lines):
        return False
    provider = provider_of_key(lines[0].offered)
    found = [one.optional for one in ground.signals.packages if provider in one.name and ground.counts(one.standing)]  # fmt: skip
    return bool(found) and all(found)


def _stands_by(provider: str, models: Sequence[FoundModel], ground: Ground) -> bool:
    """Say whether a provider only stands by: settings choose what the pilot serves itself, and no model of the provider is used."""
    answers = is_hosted(provider) and PROVIDER_HOSTS.get(provider) in ANSWERING
    return answers and answers_at_home(ground) and not any(model.provider == provider for model in models)


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


def lacks_its_package(seen: HostSeen, packages: Collection[str]) -> bool:
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


def is_another_choice(
    seen: HostSeen, models: Sequence[FoundModel], chosen: Collection[str], said: Collection[str]
) -> bool:
    """Say whether a host is of a provider of models that settings do not choose, and none of whose models is used."""
    provider = next((name for name, host in PROVIDER_HOSTS.items() if host == seen.host), "")
    if seen.host == PROVIDER_HOSTS["openai"] and seen.why.endswith("asks it") and _is_elsewhere(models, said):
        return True
    if chosen and not provider and "holds its address" in seen.why and "openai" not in chosen:
        provider = _of_an_account(seen.host)  # `openai` may also mean the account of Azure
    if not chosen or not is_hosted(provider) or any(model.provider == provider for model in models):
        return False
    return provider.partition("-")[0] not in chosen


def _of_an_account(host: str) -> str:
    """Return the provider of models one of whose hosts, each with the name of an account or a region, this is; an empty text otherwise."""
    return next((name for name, known in PROVIDER_HOSTS.items() if known.startswith("*.") and host.endswith(known[1:])), "")  # fmt: skip


def _is_elsewhere(models: Sequence[FoundModel], said: Collection[str]) -> bool:
    """Say whether a client of OpenAI's protocol asks somebody else: a setting holds another provider's address, and no model is OpenAI's."""
    others = {domain_of(host) for host in ANSWERING if host != PROVIDER_HOSTS["openai"]}
    named = [model for model in models if model.role == "chat"]
    return bool(named) and not any(model.provider == "openai" for model in models) and bool(others & set(said))  # fmt: skip


def domain_of(host: str) -> str:
    """Return whose host it is, such as `jina` of `r.jina.ai`; the host itself where a cloud has hosts for many services."""
    owner = host.split(".")[-2]
    return host if owner in _OF_CLOUDS else owner


def hosts_said(ground: Ground) -> set[str]:
    """Return the hosts that something else than a key shows."""
    return {seen.host for seen in ground.signals.hosts if "holds a key" not in seen.why and ground.counts(seen.standing)}  # fmt: skip


_OF_A_CASE = re.compile(rf"{IN_A_CASE}(\w+) is ([\w.-]+)$")


def not_chosen(ground: Ground) -> set[str]:
    """Return the hosts that code asks only for values which a setting does not have; ask for the value where no file gives one."""
    given = {
        one.name: str(one.value).lower() for one in ground.signals.settings if ground.counts(one.standing)
    }
    cases, others = defaultdict(list), set()
    for seen in ground.signals.hosts:
        match = _OF_A_CASE.search(seen.why)
        if match is not None and ground.counts(seen.standing):
            cases[seen.host].append((match[1], match[2], seen.place))
        elif not seen.offered:
            others.add(seen.host)
    left = {host: found for host, found in cases.items() if host not in others and not any(given.get(name) == value.lower() for name, value, _ in found)}  # fmt: skip
    names = {found[0][0]: found[0][2] for found in left.values()}
    told = {name for found in cases.values() for name, value, _ in found if given.get(name) == value.lower()}
    ground.signals.questions += [
        Notice(
            "question",
            f"which host is asked is not said: the code chooses one of several by {name}, and no file says its value",
            place,
            "write those that production asks: `security.egress`",
        )
        for name, place in names.items()
        if name not in told
    ]
    return set(left)
