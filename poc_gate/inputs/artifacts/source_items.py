"""File and server names -> the id, system and interface of a source, by one table for all contract formats."""

from __future__ import annotations

import re

from poc_gate.inputs.artifacts.file_reading import Node, Reading
from poc_gate.text.lazy_pattern import lazily

_INTERFACES = {
    "sql": "postgres postgresql mysql mariadb oracle sqlserver mssql db2 informix clickhouse duckdb cloudsql "
    "redshift snowflake bigquery athena databricks trino presto denodo dremio hive impala synapse vertica sybase "
    "teradata exasol sap-hana hana spanner cockroachdb zen glue dataframe sqlite timescaledb fabric motherduck",
    "s3": "s3 minio",
    "object-store": "azure gcs adls abfs blob",
    "kafka": "kafka redpanda",
    "stream": "kinesis pubsub pulsar eventhubs rabbitmq nats",
    "http": "api http https rest graphql",
    "file": "local sftp ftp nfs file hdfs",
    "redis": "redis valkey",
    "vector": "qdrant milvus weaviate pinecone chroma opensearch elasticsearch",
    "mongodb": "mongodb mongo",
}
_INTERFACE_OF = {kind: interface for interface, kinds in _INTERFACES.items() for kind in kinds.split()}
_SYSTEMS = {"postgres": "postgresql", "mssql": "sqlserver", "mongo": "mongodb"}
_STREAMS = ("kafka", "stream")
_PLACE_KEYS = [
    "location",
    "endpointUrl",
    "host",
    "hosts",
    "port",
    "account",
    "project",
    "dataset",
    "catalog",
    "database",
    "databaseName",
    "schema",
    "schemaName",
    "path",
    "bucket",
    "topic",
    "stagingDir",
    "outputLocation",
    "serviceName",
    "warehouse",
    "workspace",
    "accountName",
    "stream",
    "streamName",
    "format",
    "delimiter",
    "encodingFormat",
]

_TAIL = lazily(r"[._-](odcs|datacontract|contract|croissant|v?\d+(\.\d+)*)$", re.IGNORECASE)
"""Endings of file names that say what the file is, not which source it describes."""


def system_name(kind: str) -> str:
    """Return the one name of a system that contracts, dbt and catalogues spell differently."""
    return _SYSTEMS.get(kind.lower(), kind)


def source_prefix(reading: Reading) -> str:
    """Return the item that claims belong to: the caller's, or one named after the file."""
    if reading.prefix and not reading.prefix.endswith("[]"):
        return reading.prefix
    stem = re.sub(r"\.(ya?ml|json|jsonl|ndjson)$", "", reading.document.name, flags=re.IGNORECASE)
    return f"sources[{slug(_TAIL.sub('', stem)) or 'source'}]"


def slug(text: str) -> str:
    """Return a text as an id: lower case, words joined by hyphens, at most 60 characters."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60]


def claim_server(server: Node, prefix: str) -> None:
    """State system, interface, region and place of one server of a contract; its address is never dialled."""
    kind = server.at("type").text().lower()
    if kind == "custom" or not kind:
        named = _custom(server, "type", "kind", "system", "technology", "engine")
        kind = named.text().lower() if named else kind
        if named:
            named.use()
    if not kind or kind == "custom":
        server.ask(
            "the server does not say what kind of system it is",
            f"write `system` for {prefix} in the manifest",
        )
        return
    server.at("type").claim(f"{prefix}.system", system_name(kind))
    interface = _INTERFACE_OF.get(kind)
    if interface is None:
        server.at("type").warn(
            f"the server type {kind!r} is not known: how it is reached is not read from here"
        )
    else:
        server.at("type").claim(f"{prefix}.interface", interface, note=f"from the server type {kind!r}")
    if interface in _STREAMS:
        server.at("type").claim(
            f"{prefix}.access_offered", ("stream",), note=f"a {kind} server offers streams"
        )
    server.first("region", "regionName").claim(
        f"{prefix}.region", server.first("region", "regionName").text()
    )
    _claim_place(server, prefix)


def _claim_place(server: Node, prefix: str) -> None:
    words = []
    for key in _PLACE_KEYS:
        node = server.at(key)
        if node.text():
            node.use()
            words.append(f"{key}={node.text()}")
    if words:
        server.reading.state(
            f"{prefix}.contract_place",
            " ".join(words),
            server.place(),
            note="as the contract names it; never contacted",
        )


def _custom(server: Node, *names: str) -> Node:
    """Return the value of a custom property of a server, by any of several names."""
    for entry in server.at("customProperties").elements():
        if entry.first("property", "name").text().lower() in names:
            return entry.at("value")
    return Node(None, server.path, server.part, server.reading)


def pick_server(servers: list[Node], wanted: str, prefix: str) -> Node | None:
    """Return the one server that is meant: the wanted one, the only one, or the only production one.

    Several candidates are a question, and None is returned.
    """
    if wanted:
        found = [
            server for server in servers if wanted in (server.at("server").text(), server.at("name").text())
        ]
        found = found or [server for server in servers if server.at("environment").text() == wanted]
        if len(found) == 1:
            return _used(found[0])
        if servers:
            servers[0].ask(f"no single server is called {wanted!r}", f"write one of: {_names(servers)}")
        return None
    if len(servers) <= 1:
        return _used(servers[0]) if servers else None
    production = [server for server in servers if _is_production(server)]
    if len(production) == 1:
        return _used(production[0])
    servers[0].ask(
        f"the contract lists {len(servers)} servers and it is not clear which one {prefix} means",
        f"write `contract_server: <name>` with one of: {_names(servers)}",
    )
    return None


def _used(server: Node) -> Node:
    for key in ("server", "name", "environment"):
        if server.at(key):
            server.at(key).use()
    return server


def _names(servers: list[Node]) -> str:
    return ", ".join(
        server.first("server", "name", "environment").text() or "(unnamed)" for server in servers[:12]
    )


def _is_production(server: Node) -> bool:
    words = {server.at("environment").text().lower(), server.first("server", "name").text().lower()}
    return bool(words & {"prod", "production", "prd", "live"})


def read_options(option: str) -> dict[str, str]:
    """Return `server=prod, latency=delay` as a mapping; a bare word names the server."""
    pairs = (part.strip().partition("=") for part in re.split(r"[,;]", option) if part.strip())
    return {
        (key.strip() if sign else "server"): (value if sign else key).strip() for key, sign, value in pairs
    }
