"""OpenAPI -> a source reached by HTTP: version, server, timeouts that its gateway sets."""

from __future__ import annotations

import re

from poc_gate.inputs.artifacts.file_reading import Node, Reading
from poc_gate.inputs.artifacts.interface import Importer
from poc_gate.inputs.artifacts.opening.document import Document
from poc_gate.inputs.artifacts.source_items import read_options, source_prefix

_METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
_PRODUCTION = re.compile(r"(?i)\bprod(uction)?\b|\blive\b")
_SANDBOX = re.compile(
    r"(?i)sandbox|staging|\btest\b|\bdev\b|localhost|127\.0\.0\.1|\bmock\b|preprod|\buat\b|\bqa\b"
)


def _sniff(document: Document) -> bool:
    return any(
        ("openapi" in mapping or "swagger" in mapping) and "info" in mapping
        for mapping in document.mappings[:1]
    )


def _read(reading: Reading) -> None:
    top = reading.root()
    if not reading.prefix.startswith("sources"):
        reading.prefix = ""
    prefix, options = source_prefix(reading), read_options(reading.option)
    standard = top.first("openapi", "swagger")
    standard.claim(f"{prefix}.contract_standard", f"OpenAPI {standard.text()}")
    version = top.at("info", "version")
    version.claim(f"{prefix}.contract_version", version.text())
    standard.claim(f"{prefix}.interface", "http", note="an HTTP interface")
    owner = top.at("info", "contact", "name")
    owner.claim(f"{prefix}.owner", owner.text(), note="contact of the interface")
    licence = top.at("info", "license").first("identifier", "name")
    licence.claim(f"{prefix}.rights", licence.text(), note="licence of the interface's description")
    server = _server(top, options.get("server", ""), prefix)
    if server is not None:
        server.claim(
            f"{prefix}.contract_place", _address(server), note="as the description names it; never contacted"
        )
    _claim_timeouts(top, prefix)


def _server(top: Node, wanted: str, prefix: str) -> Node | None:
    """Return the one server that is meant: named by the option, the only one, or the only production one."""
    if top.at("host").text():
        return top.at("host")
    servers = [node for node in top.at("servers").elements() if node.at("url").text()]
    if wanted:
        servers = [node for node in servers if wanted in _words(node)]
    if len(servers) > 1:
        production = [
            node for node in servers if _PRODUCTION.search(_words(node)) and not _SANDBOX.search(_words(node))
        ]
        rest = [node for node in servers if not _SANDBOX.search(_words(node))]
        servers = production if len(production) == 1 else rest if len(rest) == 1 else servers
    if len(servers) == 1:
        return servers[0].at("url")
    if servers:
        servers[0].ask(
            f"the description lists {len(servers)} servers and it is not clear which one {prefix} means",
            "write `contract_server:` with a word of its URL or description",
        )
    return None


def _words(server: Node) -> str:
    return f"{server.at('url').text()} {server.at('description').text()} {server.at('x-environment').text()}"


def _address(url: Node) -> str:
    """Return a server's URL with its variables' defaults filled in, and without query and user."""
    server = Node(None, url.path[:-1], url.part, url.reading)
    variables = dict(url.reading.root().at(*server.path).at("variables").entries())
    text = re.sub(
        r"\{(\w+)\}",
        lambda m: variables[m[1]].at("default").text() if m[1] in variables else m[0],
        url.text(),
    )
    return re.sub(r"//[^/@]*@", "//", text.partition("?")[0])


def _claim_timeouts(top: Node, prefix: str) -> None:
    """State the longest timeout that gateway extensions set on operations."""
    found: list[tuple[float, Node]] = []
    owners = [top, *_operations(top)]
    for owner in owners:
        for path, factor in (
            (("x-amazon-apigateway-integration", "timeoutInMillis"), 1e-3), (("x-google-backend", "deadline"), 1.0),
            (("x-timeout-ms",), 1e-3), (("x-timeout-seconds",), 1.0), (("x-kong-service-defaults", "read_timeout"), 1e-3),
        ):  # fmt: skip
            node = owner.at(*path)
            number = node.number()
            if number is not None and number > 0:
                found.append((number * factor, node.use()))
    bare = next(
        (owner.at("x-timeout") for owner in owners if owner.at("x-timeout").number() is not None), None
    )
    if bare is not None:
        bare.ask("`x-timeout` has no unit", f"write `timeout` for {prefix} with its unit")
    if found:
        seconds, node = max(found, key=lambda pair: pair[0])
        node.claim(
            f"{prefix}.timeout",
            seconds,
            unit="s",
            note=f"the longest of {len(found)} timeouts of the gateway",
        )


def _operations(top: Node) -> list[Node]:
    return [
        operation
        for _, path in top.at("paths").entries()[:5000]
        for method, operation in path.entries()
        if method in _METHODS
    ]


IMPORTER = Importer(
    name="openapi",
    summary="OpenAPI 2 and 3: interface, version, server, gateway timeouts of a source",
    read=_read,
    sniff=_sniff,
    patterns=("*openapi*.yaml", "*openapi*.yml", "*openapi*.json", "*swagger*.json", "*swagger*.yaml"),
    prefix="sources[]",
    group="api",
    options=("a word of the URL or description of the server to use",),
)
