"""The catalogue's entries of what metrics of the running service show."""

from __future__ import annotations

from poc_gate.model.fact import FactSpec, Kind

_RESOLVE = "name a dump of the metrics, or the result of range queries, under `imports:`"


def serving_facts() -> tuple[FactSpec, ...]:
    """Return the facts that metrics show and nobody types."""
    return (
        _number("serving.window", "s", 1e9, "Time that the metrics cover"),
        _number("serving.requests_rate", "req/s", 1e9, "Requests per second over that time"),
        _number("serving.requests_peak", "req/s", 1e9, "Requests per second in its busiest interval"),
        _number("serving.error_rate", "1", 1, "Share of the requests that failed"),
        _number("serving.running_p95", "1", 1e7, "Requests in work, 95th percentile over time"),
        _number("serving.waiting_p95", "1", 1e7, "Requests that wait, 95th percentile over time"),
        _number("serving.kv_use_p95", "1", 1, "Share of the KV cache in use, the fullest replica, 95th percentile over time"),
        _number("serving.preemptions", "1", 1e12, "Requests that lost their KV cache to others"),
        _number("serving.accelerator_duty", "1", 1, "Share of time in which the accelerators worked, mean over time"),
        _number("serving.accelerator_memory", "B", 1e15, "Memory in use on the fullest accelerator, highest over time"),
        _number("serving.latency_p50", "s", 1e6, "Median time of a request at the server"),
        _number("serving.latency_p95", "s", 1e6, "95th percentile of that time"),
        _number("serving.latency_p99", "s", 1e6, "99th percentile of that time"),
        _number("serving.queue_time_p95", "s", 1e6, "95th percentile of the time that a request waits at the server"),
        _number("serving.ttft_p50", "s", 1e6, "Median time to the first token at the server"),
        _number("serving.ttft_p95", "s", 1e6, "95th percentile of that time"),
        _number("serving.tpot_p50", "s", 1e4, "Median time per output token at the server"),
        _number("serving.in_tokens", "tok", 1e9, "Mean prompt length"),
        _number("serving.out_tokens", "tok", 1e9, "Mean answer length"),
        _number("serving.tokens_rate", "tok/s", 1e12, "Output tokens per second"),
        _number("serving.restarts", "1", 1e9, "Restarts of its containers, or of its processes, in that time"),
        _number("serving.memory_kills", "1", 1e9, "Containers that were killed because memory ran out"),
        FactSpec(
            name="serving.models", kind=Kind.TEXTS, origin="observed", resolve=_RESOLVE,
            meaning="Models that the server names in its metrics",
        ),
        FactSpec(
            name="serving.saturation_exported", kind=Kind.TEXTS, origin="observed", resolve=_RESOLVE,
            meaning="Metrics of saturation that the server exports: queue, kv, preemptions; others may export more",
        ),
    )  # fmt: skip


def _number(name: str, unit: str, high: float, meaning: str) -> FactSpec:
    return FactSpec(
        name=name,
        kind=Kind.QUANTITY,
        unit=unit,
        low=0,
        high=high,
        origin="observed",
        meaning=meaning,
        resolve=_RESOLVE,
    )
