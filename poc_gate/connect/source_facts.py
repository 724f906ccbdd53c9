"""The catalogue's entries of what live probing of a source can measure beside its declared facts."""

from __future__ import annotations

from poc_gate.model.fact import FactSpec, Kind

_RESOLVE = "poc-gate sources run pilot.yaml -o sources.json, then assess --sources sources.json"


def source_facts() -> tuple[FactSpec, ...]:
    """Return the facts that only live probing supplies; p50, p95, p99 are the manifest's own names."""
    return (
        _quantity("samples", "Calls that were measured", "1", 0, 1e9),
        _quantity("error_rate", "Share of measured calls that failed or timed out", "1", 0, 1),
        _quantity("cold_p50", "Median time of the first calls on new connections", "s", 0, 3600),
        _quantity("connect_time", "Median time to connect and authenticate", "s", 0, 3600),
        _quantity("throughput", "Bytes per second of a bounded read", "B/s", 0, 1e13),
        _quantity("rows_rate", "Rows per second of a bounded read", "1/s", 0, 1e12),
        _quantity(
            "parallel_throughput", "Bytes per second of the same read by several readers", "B/s", 0, 1e13
        ),
        _quantity("renewal_gap", "Longest time between two renewals of those looked at", "s", 0, 1e10),
        _quantity("arrival_rate", "Records per second that arrived while it was measured", "1/s", 0, 1e12),
        _quantity("measured_age", "Age of the newest record when it was looked at", "s", 0, 1e10),
        _quantity("time_to_first_token", "Median time to a model endpoint's first token", "s", 0, 3600),
        _quantity("time_per_output_token", "Median time between output tokens of one stream", "s", 0, 3600),
        _quantity("output_tokens_rate", "Output tokens per second of one stream, median", "tok/s", 0, 1e6),
        _quantity("replica_lag", "Delay of the replica that answered", "s", 0, 1e9),
        FactSpec(
            name="sources[].server_version",
            kind=Kind.TEXT,
            meaning="Version that the server reports",
            origin="source",
            resolve=_RESOLVE,
        ),
    )


def _quantity(name: str, meaning: str, unit: str, low: float, high: float) -> FactSpec:
    return FactSpec(
        name=f"sources[].{name}",
        kind=Kind.QUANTITY,
        meaning=meaning,
        unit=unit,
        low=low,
        high=high,
        origin="source",
        resolve=_RESOLVE,
    )
