"""Destinations of which only a name that holds an address or a key speaks -> one question: nothing shows that they are asked.

Over public repositories that nobody had tuned the readers on, addresses under a name were asked in about half of the cases,
and keys that code looks up without a client beside them less often.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.conclude.hosts.answering import ANSWERING, ELSEWHERE
from poc_gate.inputs.repository.noting.marks import ASKED_BY_NAME
from poc_gate.inputs.repository.reading import FoundHost, FoundModel
from poc_gate.inputs.repository.tables.egress import PROVIDER_HOSTS, of_any_account
from poc_gate.model.claim import Notice
from poc_gate.text.some_of import some_of

_SHOWN = 8
_STEP = "list those that production asks: `security.egress`"
_HOLDS, _KEY = " holds its address", re.compile(r"(?P<name>\w+) holds a key for (?P<of>.+)")
_CODE = frozenset({"python", "tree", "notebook"})
_OF_SERVERS = re.compile(r"(?i)(?:^|[/_.-])mcp")
"""Files of servers that an agent is given: their addresses are asked."""
_SENDS_MAIL = re.compile(r"(?:smtp|imap|pop3?)\.")
_DEPLOYED = frozenset({"compose", "workload", "helm-values", "kustomize", "platform", "terraform", "bicep", "container-app", "deploy-command", "dockerfile"})  # fmt: skip
"""Readers of files that set what the service runs with."""
_OF_EXAMPLES = re.compile(r"(?i)example|sample|template|dist$")
_TOLD = re.compile(r"(?i)(?:.*[_.])?(?:base_?ur[li]|api_?base|server_?url)|.*(?:llm|chat|model|openai)\w*_(?:base_?url|api_?base|endpoint)|.*(?:api|mcp)(?:[_-].*|[A-Z].*)?")  # fmt: skip
"""Names that tell a client whom to ask, or say that programs are answered there."""
_ANYBODYS = frozenset({"url", "uri", "endpoint", "host", "server", "address", "base", "domain", "api"})
"""Names that many things have: that one of them is asked says nothing of another."""
_MANY_USES = frozenset({PROVIDER_HOSTS["google-apis"], PROVIDER_HOSTS["slack's web hooks"]})
"""Hosts of so many services that an address there says little of who is asked."""
_KNOWN = (frozenset(PROVIDER_HOSTS.values()) | ANSWERING | ELSEWHERE) - _MANY_USES
_NEED_MORE = {
    "GOOGLE_API_KEY": re.compile(r"gen(?:erative)?-?ai|gemini"),
    "GITHUB_TOKEN": re.compile(r"github|octokit|ghapi|gidgethub"),
}
"""Keys that open other services as well -> what a package is called that asks the provider they are named after."""


def ask_of_unsure(
    hosts: tuple[FoundHost, ...], models: Sequence[FoundModel], ground: Ground
) -> tuple[tuple[FoundHost, ...], tuple[Notice, ...]]:
    """Return the destinations without those that only a name speaks of, and a question about these."""
    asked = _asked_names(ground)
    packages = {one.name.lower() for one in ground.signals.packages if ground.counts(one.standing) and not one.optional}  # fmt: skip
    served = {model.provider for model in models}
    unsure = [
        one
        for one in hosts
        if (one.why.endswith(_HOLDS) and not _is_asked(one, asked))
        or (
            (key := _KEY.fullmatch(one.why))
            and not _is_used(key["of"], key["name"], one, packages, served, ground)
        )
        or _is_of_a_connector(one, served, ground)
    ]
    if not unsure:
        return hosts, ()
    listed = some_of([f"{one.host} ({one.why}, {one.place})" for one in unsure], _SHOWN)
    one_only = len(unsure) == 1
    subject = "one host is" if one_only else f"{len(unsure)} hosts are"
    what = f"{subject} named, and nothing shows that the service asks {'it' if one_only else 'them'}: does production? {listed}"
    question = Notice("question", what, unsure[0].place, _STEP, hosts=tuple(one.host for one in unsure))
    return tuple(one for one in hosts if one not in unsure), (question,)


_CONNECTOR = re.compile(r"(?i)^(?P<folder>(?:.*/)?(?:connectors|integrations|plugins|packs))/[^/]+")
_FEWEST = 3
"""Connectors side by side, from which on whoever installs the service connects some of them and not all."""


def _is_of_a_connector(one: FoundHost, served: set[str], ground: Ground) -> bool:
    """Say whether an address or a key stands in code for one of several connectors, each of which somebody has to connect first."""
    match = _CONNECTOR.match(one.place.file) if one.reader in _CODE else None
    key = _KEY.fullmatch(one.why)
    called = one.why.endswith(" calls it") and match is not None and not match["folder"].endswith("plugins")
    if match is None or not (key or called or one.why.endswith(_HOLDS)) or (key and key["of"] in served):
        return False
    inside = f"{match['folder'].lower()}/"
    beside = {path[len(inside) :].partition("/")[0] for path in ground.signals.paths if path.startswith(inside)}  # fmt: skip
    return len({name.partition(".")[0] for name in beside} - {"__init__", "index", "base", "__pycache__"}) >= _FEWEST  # fmt: skip


def _plain(name: str) -> str:
    """Return a name as it is compared: a field of settings and the variable that sets it are written differently."""
    return name.rpartition(".")[2].replace("_", "").replace("-", "").lower()


def _asked_names(ground: Ground) -> frozenset[str]:
    """Return the names of addresses that a client is given, and of the variables that code looks up without a default."""
    given = {one.why for one in ground.signals.techniques if one.name == ASKED_BY_NAME and ground.counts(one.standing)}  # fmt: skip
    given |= {one.name for one in ground.signals.needs if ground.counts(one.standing)}
    given |= {name for name, variable in ground.signals.aliases.items() if variable in given}
    return frozenset(map(_plain, given))


def _is_asked(one: FoundHost, asked: frozenset[str]) -> bool:
    """Say whether an address is of a known service, or the name that holds it is given to a client."""
    name = one.why.removesuffix(_HOLDS)
    known = one.host in _KNOWN or (one.reader not in _CODE and of_any_account(one.host) in _KNOWN)
    deployed = one.reader in _DEPLOYED or (one.reader == "env-file" and (one.host.startswith("*.") or not _OF_EXAMPLES.search(one.place.file)))  # fmt: skip
    told = (
        _TOLD.fullmatch(name)
        or one.host.startswith("api.")
        or _SENDS_MAIL.match(one.host)
        or _OF_SERVERS.search(one.place.file)
    )
    return known or deployed or bool(told) or _plain(name) in asked - _ANYBODYS


def _is_used(
    provider: str, variable: str, one: FoundHost, packages: set[str], served: set[str], ground: Ground
) -> bool:
    """Say whether a key is one that is used: a package or a model is of its provider, or a file that is filled in names it too."""
    if provider in served:
        return True
    if pattern := _NEED_MORE.get(variable):
        return any(pattern.search(name) for name in packages)
    word = provider.partition("-")[0].partition("'")[0]
    offered = any(seen.offered == variable and not seen.off for seen in ground.signals.hosts)
    return (
        one.reader not in _CODE
        or offered
        or (
            "webhook" in variable.lower()
            and not all(seen.off for seen in ground.signals.hosts if seen.host == one.host)
        )
        or any(word in name.replace("-", "") for name in packages)
    )
