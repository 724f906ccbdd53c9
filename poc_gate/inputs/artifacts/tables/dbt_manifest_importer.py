"""dbt `manifest.json` -> owner, place, freshness alarm and tests of each source table."""

from __future__ import annotations

from poc_gate.inputs.artifacts.file_reading import Node, Reading
from poc_gate.inputs.artifacts.interface import Importer
from poc_gate.inputs.artifacts.opening.document import Document
from poc_gate.inputs.artifacts.sensitivity import claim_personal
from poc_gate.inputs.artifacts.source_items import system_name
from poc_gate.inputs.artifacts.tables.dbt_tables import claim_criteria, table_prefixes

_NULLS, _UNIQUE = ("not_null",), ("unique", "unique_combination_of_columns")
_ROWS = ("row_count", "equal_rowcount", "fewer_rows_than", "expect_table_row_count", "at_least_one")


def _sniff(document: Document) -> bool:
    for mapping in document.mappings[:1]:
        metadata = mapping.get("metadata")
        version = str(metadata.get("dbt_schema_version", "")) if isinstance(metadata, dict) else ""
        return "/dbt/manifest/" in version or {"nodes", "sources", "child_map"} <= mapping.keys()
    return False


def _read(reading: Reading) -> None:
    top = reading.root()
    reading.dated = top.at("metadata", "generated_at").text()[:10]
    sources = dict(top.at("sources").entries())
    prefixes = table_prefixes(reading, list(sources))
    tests = _tests(top) if prefixes else {}
    adapter = top.at("metadata", "adapter_type")
    for name, prefix in prefixes.items():
        _claim_table(sources[name], prefix)
        if adapter.text():
            adapter.claim(f"{prefix}.system", system_name(adapter.text()), note="dbt's adapter")
            reading.state(f"{prefix}.interface", "sql", adapter.place(), note="dbt reads it by SQL")
        _claim_tests(sources[name], tests.get(name, set()), prefix)


def _claim_table(source: Node, prefix: str) -> None:
    owner = (
        source.at("meta", "owner")
        or source.at("source_meta", "owner")
        or source.at("config", "meta", "owner")
    )
    owner.claim(f"{prefix}.owner", owner.text() or owner.at("name").text())
    claim_criteria(source.at("freshness") or source.at("config", "freshness"), prefix)
    places = [source.at(key) for key in ("database", "schema", "identifier")]
    words = ".".join(node.text() for node in places if node.text())
    for node in places:
        if node:
            node.use()
    if words:
        source.reading.state(
            f"{prefix}.contract_place", words, source.place(), note="as dbt names it; never contacted"
        )
    # A manifest lists the columns that somebody described, not all there are: it cannot say that none is personal.
    claim_personal([source, *source.at("columns").members()], prefix, [])


def _tests(top: Node) -> dict[str, set[str]]:
    """Return the names of the tests on each source."""
    found: dict[str, set[str]] = {}
    for _, node in top.at("nodes").entries():
        if node.at("resource_type").text() != "test":
            continue
        name = node.at("test_metadata", "name").text() or node.at("name").text()
        for target in node.at("depends_on", "nodes").texts():
            if target.startswith("source."):
                found.setdefault(target, set()).add(name)
    return found


def _claim_tests(source: Node, tests: set[str], prefix: str) -> None:
    def covers(words: tuple[str, ...]) -> bool:
        return any(word in test for test in tests for word in words)

    if tests and covers(_NULLS) and covers(_UNIQUE) and covers(_ROWS):
        source.reading.state(
            f"{prefix}.quality_checks", value=True, place=source.place(), note=f"{len(tests)} dbt tests"
        )
    elif tests:
        source.warn(f"{prefix} has {len(tests)} dbt tests, but not on all of nulls, duplicates and row count")


IMPORTER = Importer(
    name="dbt-manifest",
    summary="dbt manifest.json: owner, system, freshness alarm and tests of source tables",
    read=_read,
    sniff=_sniff,
    patterns=("manifest.json",),
    prefix="sources[]",
    group="freshness",
    options=("the table to read",),
)
