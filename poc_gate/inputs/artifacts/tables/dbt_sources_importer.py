"""dbt `sources.json` -> the age of each source table when it was last looked at, and its alarm."""

from __future__ import annotations

from poc_gate.inputs.artifacts.file_reading import Reading
from poc_gate.inputs.artifacts.interface import Importer
from poc_gate.inputs.artifacts.opening.document import Document
from poc_gate.inputs.artifacts.tables.dbt_tables import claim_criteria, table_prefixes


def _sniff(document: Document) -> bool:
    for mapping in document.mappings[:1]:
        metadata = mapping.get("metadata")
        version = str(metadata.get("dbt_schema_version", "")) if isinstance(metadata, dict) else ""
        return "/dbt/sources/" in version or (
            "results" in mapping and "max_loaded_at" in str(mapping["results"])[:5000]
        )
    return False


def _read(reading: Reading) -> None:
    results = {node.at("unique_id").text(): node for node in reading.root().at("results").elements()}
    prefixes = table_prefixes(reading, [name for name in results if name])
    for name, prefix in prefixes.items():
        result = results[name]
        status, age = result.at("status"), result.at("max_loaded_at_time_ago_in_s")
        result.at("unique_id").use()
        reading.dated = result.at("snapshotted_at").text()[:10]
        age.claim(
            f"{prefix}.measured_age", age.number(), unit="s", note="as dbt saw it when the file was written"
        )
        claim_criteria(result.at("criteria"), prefix)
        status.use()
        if status.text() in ("error", "runtime error", "warn"):
            status.warn(f"dbt reports the status {status.text()!r} for {name.rsplit('.', 1)[-1]}")


IMPORTER = Importer(
    name="dbt-sources",
    summary="dbt sources.json: age of source tables at the last freshness run, alarm thresholds",
    read=_read,
    sniff=_sniff,
    patterns=("sources.json",),
    prefix="sources[]",
    group="freshness",
    options=("the table to read",),
)
