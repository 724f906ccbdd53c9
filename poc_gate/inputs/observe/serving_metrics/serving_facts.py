"""The catalogue's entries of what metrics of the running service show."""

from __future__ import annotations

from poc_gate.model.fact import FactSpec, Kind
from poc_gate.model.fact_specs import SpecsOf

_FACTS = SpecsOf("observed", "name a dump of the metrics, or the result of range queries, under `imports:`")


def serving_facts() -> tuple[FactSpec, ...]:
    """Return the facts that metrics show and nobody types."""
    return (
        _FACTS.number("serving.window", "s", 1e9, "Time that the metrics cover"),
        _FACTS.number("serving.requests_rate", "req/s", 1e9, "Requests per second over that time"),
        _FACTS.number("serving.requests_peak", "req/s", 1e9, "Requests per second in its busiest interval"),
        _FACTS.number("serving.error_rate", "1", 1, "Share of the requests that failed"),
        _FACTS.number("serving.running_p95", "1", 1e7, "Requests in work, 95th percentile over time"),
        _FACTS.number("serving.waiting_p95", "1", 1e7, "Requests that wait, 95th percentile over time"),
        _FACTS.number("serving.kv_use_p95", "1", 1, "Share of the KV cache in use, the fullest replica, 95th percentile over time"),
        _FACTS.number("serving.preemptions", "1", 1e12, "Requests that lost their KV cache to others"),
        _FACTS.number("serving.accelerator_duty", "1", 1, "Share of time in which the accelerators worked, mean over time"),
        _FACTS.number("serving.accelerator_memory", "B", 1e15, "Memory in use on the fullest accelerator, highest over time"),
        _FACTS.number("serving.latency_p50", "s", 1e6, "Median time of a request at the server"),
        _FACTS.number("serving.latency_p95", "s", 1e6, "95th percentile of that time"),
        _FACTS.number("serving.latency_p99", "s", 1e6, "99th percentile of that time"),
        _FACTS.number("serving.queue_time_p95", "s", 1e6, "95th percentile of the time that a request waits at the server"),
        _FACTS.number("serving.ttft_p50", "s", 1e6, "Median time to the first token at the server"),
        _FACTS.number("serving.ttft_p95", "s", 1e6, "95th percentile of that time"),
        _FACTS.number("serving.tpot_p50", "s", 1e4, "Median time per output token at the server"),
        _FACTS.number("serving.in_tokens", "tok", 1e9, "Mean prompt length"),
        _FACTS.number("serving.out_tokens", "tok", 1e9, "Mean answer length"),
        _FACTS.number("serving.tokens_rate", "tok/s", 1e12, "Output tokens per second"),
        _FACTS.number("serving.restarts", "1", 1e9, "Restarts of its containers, or of its processes, in that time"),
        _FACTS.number("serving.memory_kills", "1", 1e9, "Containers that were killed because memory ran out"),
        _FACTS.stated("serving.models", Kind.TEXTS, "Models that the server names in its metrics"),
        _FACTS.stated("serving.saturation_exported", Kind.TEXTS, "Metrics of saturation that the server exports: queue, kv, preemptions; others may export more"),
    )  # fmt: skip
