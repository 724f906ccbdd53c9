"""A tool box for databases (MCP Toolbox: `tools.yaml`) -> its sources, and its tools with what their statements do."""

from __future__ import annotations

from poc_gate.inputs.repository.code.effects import effect_of_tool
from poc_gate.inputs.repository.files.foreign_yaml import Node, read_documents
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.models import read_model_name
from poc_gate.inputs.repository.tables.systems import system_named

_SYSTEMS = {
    "alloydb-postgres": "postgresql", "cloud-sql-postgres": "postgresql", "postgres": "postgresql", "cloud-sql-mysql": "mysql", "mysql": "mysql",
    "cloud-sql-mssql": "sqlserver", "mssql": "sqlserver", "bigquery": "bigquery", "spanner": "spanner", "firestore": "firestore", "mongodb": "mongodb",
    "neo4j": "neo4j", "redis": "redis", "valkey": "redis", "sqlite": "sqlite", "snowflake": "snowflake", "clickhouse": "clickhouse", "trino": "trino",
    "bigtable": "bigtable", "couchbase": "couchbase", "dgraph": "dgraph", "cassandra": "cassandra", "elasticsearch": "elasticsearch", "oracle": "oracle",
}  # fmt: skip
_MOST = 300


def _wants(path: str) -> bool:
    name = path.rpartition("/")[2]
    return name.endswith((".yaml", ".yml")) and ("tools" in name or "toolbox" in name)


def _read(file: TextFile, notes: Notes) -> None:
    for document in read_documents(file)[:1]:
        sources = {name: node for name, node in document.at("sources").entries().items() if node.at("kind").text() or node.at("type").text()}  # fmt: skip
        tools = document.at("tools").entries()
        if not sources or not tools:
            return
        for name, node in list(sources.items())[:_MOST]:
            _note_source(name, node, notes)
        for name, node in list(tools.items())[:_MOST]:
            if node.at("kind").text() or node.at("type").text():
                _note_tool(name, node, notes)


def _note_source(name: str, node: Node, notes: Notes) -> None:
    kind = node.at("kind").text() or node.at("type").text()
    system = _SYSTEMS.get(kind, "") or system_named(kind)
    region = node.at("region").text()
    if kind == "http":
        notes.host(node.at("baseUrl").text(), f"source {name} of the tool box", node.at("baseUrl").place)
    elif system:
        notes.system(system, node.place, how="used", region=region if "$" not in region else "", note=f"source {name} of the tool box")  # fmt: skip


def _note_tool(name: str, node: Node, notes: Notes) -> None:
    statement = node.at("statement").text()
    effect, why = effect_of_tool(name, (), (statement,))
    notes.tool(name, effect, why, node.place)
    notes.technique("tools", f"{name} is a tool", node.place)
    if "embedding(" in statement:
        for word in statement.replace("'", " ").split():
            if read_model_name(word):
                notes.model(word, node.at("statement").place, role="embedding", weight=2, note=f"named in the statement of {name}")  # fmt: skip
                break


READER = Reader(
    name="tool-box",
    summary="tool boxes for databases: sources, tools and what their statements do",
    wants=_wants,
    read=_read,
    worst=Standing.EXAMPLE,
)
