"""Attributes that tell what a span is -> its descriptor: role, system, host, part, name; nothing that differs from call to call."""

from __future__ import annotations

import re
from collections.abc import Mapping

from poc_gate.inputs.observe.finds import clean
from poc_gate.inputs.observe.traces import attribute_names as names
from poc_gate.inputs.observe.traces.span_store import Descriptor

INTERNAL, SERVER, CLIENT, PRODUCER, CONSUMER = 1, 2, 3, 4, 5
_KINDS = {"INTERNAL": 1, "SERVER": 2, "CLIENT": 3, "PRODUCER": 4, "CONSUMER": 5}
CALLS = frozenset({"db", "http", "rpc", "messaging", "model", "embedding", "rerank"})
"""Roles of spans that wait for another system."""
_CHANGING = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}|(?<![A-Za-z])[0-9a-fA-F]{12,}|(?<![A-Za-z.])\d+")
_HOST = re.compile(r"\[?[A-Za-z0-9_.:%*-]{1,120}\]?")
_PLAIN_PORTS = {"80", "443", "0"}
_LONGEST = 80

Texts = Mapping[str, object]
"""Attributes by name."""


def kind_number(kind: object) -> int:
    """Return the number that OTLP gives to a kind of span, from a number or a name; 0 for none."""
    if isinstance(kind, int):
        return kind if 0 < kind <= CONSUMER else 0
    return _KINDS.get(str(kind).rpartition("_")[2].rpartition(".")[2].upper(), 0)


def describe(service: str, kind: int, name: str, told: Texts) -> Descriptor:
    """Return what spans with these attributes have in common; `told` holds names of `IDENTITY` only."""
    role = _role(kind, told)
    model = _first(told, names.MODEL_ANSWERED) or _first(told, names.MODEL_ASKED)
    asked = _first(told, names.MODEL_ASKED)
    host = host_of(told)
    system, part, label = _SYSTEMS.get(role, _step)(told, host, name)
    return Descriptor(
        service, kind, role, _short(system), host, _short(part), _short(label), _short(model), _short(asked)
    )


def _role(kind: int, told: Texts) -> str:
    task = names.TASK_ROLES.get(_first(told, names.TASK).lower(), "")
    if task and task != "step":
        return task
    if kind in (SERVER, CONSUMER):
        return "entry"
    named = next((role for role, keys in _NAMED if _first(told, keys)), "")
    if named:
        return named
    if _first(told, names.PROVIDER) and _first(told, (*names.MODEL_ASKED, *names.MODEL_ANSWERED)):
        return "model"
    if kind == CLIENT and (_first(told, (*names.URL, *names.METHOD, *names.PEER)) or host_of(told)):
        return "http"
    # A call is one, whether or not its span tells of whom.
    return {CLIENT: "rpc", PRODUCER: "messaging"}.get(kind, "step")


_NAMED = (("db", names.DATABASE), ("messaging", names.MESSAGING), ("rpc", names.RPC))
"""Role of spans that are no entries, by the attributes that only such spans have."""


def _database(told: Texts, _host: str, name: str) -> tuple[str, str, str]:
    operation = _first(told, names.OPERATION) or name.partition(" ")[0]
    return _first(told, names.DATABASE).lower(), _first(told, names.NAMESPACE), operation.upper()


def _http(told: Texts, host: str, name: str) -> tuple[str, str, str]:
    method = _first(told, names.METHOD).upper() or name.partition(" ")[0]
    return (
        _first(told, names.PEER) or host or _plain(name),
        "",
        f"{method} {_first(told, names.ROUTE)}".strip(),
    )


def _rpc(told: Texts, host: str, name: str) -> tuple[str, str, str]:
    service = _first(told, names.RPC_SERVICE)
    return (
        _first(told, names.PEER) or host or service or _plain(name),
        service,
        _first(told, names.RPC_METHOD),
    )


def _messaging(told: Texts, _host: str, name: str) -> tuple[str, str, str]:
    system = _first(told, names.MESSAGING).lower() or "messaging"
    return (
        system,
        _plain(_first(told, names.DESTINATION)),
        _first(told, names.MESSAGING_OPERATION) or _plain(name),
    )


def _model(told: Texts, host: str, name: str) -> tuple[str, str, str]:
    provider = _first(told, names.PROVIDER).lower() or host or "model"
    return provider, "", _first(told, names.TASK).lower() or _plain(name)


def _tool(told: Texts, _host: str, name: str) -> tuple[str, str, str]:
    plain = (
        _first(told, names.TOOL) or _first(told, names.ENTITY) or _plain(name).removeprefix("execute_tool ")
    )
    return "", "", plain.removesuffix(".tool")


def _agent(told: Texts, _host: str, name: str) -> tuple[str, str, str]:
    return "", "", _first(told, names.AGENT) or _first(told, names.ENTITY) or _plain(name)


def _entry(told: Texts, _host: str, name: str) -> tuple[str, str, str]:
    route, method = _first(told, names.ROUTE), _first(told, names.METHOD).upper()
    rpc = "/".join(part for part in (_first(told, names.RPC_SERVICE), _first(told, names.RPC_METHOD)) if part)
    return "", "", f"{method} {route}".strip() if route else rpc or _plain(name)


def _step(told: Texts, _host: str, name: str) -> tuple[str, str, str]:
    plain = _plain(name).removeprefix("retrieval ").removeprefix("apply_guardrail ")
    return "", "", _first(told, names.ENTITY) or plain


_SYSTEMS = {
    "db": _database, "http": _http, "rpc": _rpc, "messaging": _messaging, "model": _model, "embedding": _model,
    "rerank": _model, "tool": _tool, "agent": _agent, "entry": _entry,
}  # fmt: skip


def host_of(told: Texts) -> str:
    """Return host and port that a span calls, without scheme, user, path and query."""
    port = _first(told, names.PORT)
    for key in names.HOST:
        found = plain_host(str(told.get(key) or ""))
        if found:
            named = ":" in found and not found.endswith("]") and found.count(":") == 1
            return found if named or not port.isdigit() or port in _PLAIN_PORTS else f"{found}:{port}"
    url = _first(told, names.URL)
    return plain_host(url) if "://" in url else ""


def plain_host(text: str) -> str:
    """Return `host` or `host:port` of an address, or an empty text where it names none; a user before it is dropped."""
    rest = text.partition("://")[2] or text
    for end in "/?#;,":
        rest = rest.partition(end)[0]
    found = rest.rpartition("@")[2].strip().lower()
    if not _HOST.fullmatch(found):
        return ""
    host, _, port = found.rpartition(":")
    plain = host if host and port in _PLAIN_PORTS and host.count(":") == 0 else found
    shown = clean(plain)
    return "" if "[secret]" in shown else shown


def _first(told: Texts, keys: tuple[str, ...]) -> str:
    for key in keys:
        value = told.get(key)
        if value is not None and value != "":
            return str(value)
    return ""


def _plain(name: str) -> str:
    """Return a name in which numbers and ids, which differ from call to call, are put together."""
    return _CHANGING.sub("*", name.partition("?")[0][:200])


def _short(text: str) -> str:
    return clean(text[:_LONGEST]) if text else ""
