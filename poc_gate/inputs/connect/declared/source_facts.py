"""The catalogue's entries of what live probing of a source can measure beside its declared facts."""

from __future__ import annotations

from poc_gate.model.fact import FactSpec, Kind
from poc_gate.model.fact_specs import SpecsOf

_FACTS = SpecsOf(
    "source",
    "poc-gate sources run pilot.yaml -o sources.json, then assess --sources sources.json",
    "sources[].",
)


def source_facts() -> tuple[FactSpec, ...]:
    """Return the facts that only live probing supplies; p50, p95, p99 are the manifest's own names."""
    return (
        _FACTS.number("samples", "1", 1e9, "Calls that were measured"),
        _FACTS.number("error_rate", "1", 1, "Share of measured calls that failed or timed out"),
        _FACTS.number("cold_p50", "s", 3600, "Median time of the first calls on new connections"),
        _FACTS.number("connect_time", "s", 3600, "Median time to connect and authenticate"),
        _FACTS.number("throughput", "B/s", 1e13, "Bytes per second of a bounded read"),
        _FACTS.number("rows_rate", "1/s", 1e12, "Rows per second of a bounded read"),
        _FACTS.number(
            "parallel_throughput", "B/s", 1e13, "Bytes per second of the same read by several readers"
        ),
        _FACTS.number("renewal_gap", "s", 1e10, "Longest time between two renewals of those looked at"),
        _FACTS.number("arrival_rate", "1/s", 1e12, "Records per second that arrived while it was measured"),
        _FACTS.number("measured_age", "s", 1e10, "Age of the newest record when it was looked at"),
        _FACTS.number("time_to_first_token", "s", 3600, "Median time to a model endpoint's first token"),
        _FACTS.number("time_per_output_token", "s", 3600, "Median time between output tokens of one stream"),
        _FACTS.number("output_tokens_rate", "tok/s", 1e6, "Output tokens per second of one stream, median"),
        _FACTS.number("replica_lag", "s", 1e9, "Delay of the replica that answered"),
        _FACTS.stated("server_version", Kind.TEXT, "Version that the server reports"),
    )
