"""The catalogue's entries of what load tests show."""

from __future__ import annotations

from poc_gate.model.fact import FactSpec, Kind
from poc_gate.model.fact_specs import SpecsOf

_FACTS = SpecsOf("observed", "name the result of a load test under `imports:`")


def load_test_facts() -> tuple[FactSpec, ...]:
    """Return the facts that a load test shows and nobody types; all of the step with the highest load, unless said."""
    return (
        _FACTS.number("load_test.duration", "s", 1e8, "Time under load, all steps together"),
        _FACTS.number("load_test.rate", "req/s", 1e9, "Requests per second that were sent in the step of the highest load"),
        _FACTS.number("load_test.served_rate", "req/s", 1e9, "Requests per second that were answered in it without an error"),
        _FACTS.number("load_test.concurrency", "1", 1e7, "Requests in flight, or users, in it"),
        _FACTS.number("load_test.error_rate", "1", 1, "Share of the requests of all steps that failed"),
        _FACTS.number("load_test.p50", "s", 1e6, "Median time of a request in it"),
        _FACTS.number("load_test.p95", "s", 1e6, "95th percentile of that time"),
        _FACTS.number("load_test.p99", "s", 1e6, "99th percentile of that time"),
        _FACTS.number("load_test.ttft_p50", "s", 1e6, "Median time to the first token in it"),
        _FACTS.number("load_test.ttft_p95", "s", 1e6, "95th percentile of that time"),
        _FACTS.number("load_test.tpot_p50", "s", 1e4, "Median time per output token after the first in it"),
        _FACTS.number("load_test.tokens_rate", "tok/s", 1e9, "Output tokens per second of all streams together in it"),
        _FACTS.number("load_test.in_tokens", "tok", 1e9, "Median or mean prompt length of the test"),
        _FACTS.number("load_test.out_tokens", "tok", 1e9, "Median or mean answer length of the test"),
        _FACTS.number("load_test.replicas", "1", 1e6, "Replicas that were tested, as the option of the import says: `replicas=2`"),
        _FACTS.stated("load_test.open_loop", Kind.FLAG, "Requests were sent by the clock, whether or not earlier ones had come back"),
        _FACTS.stated("load_test.model", Kind.TEXT, "Model that the test asked for, by the name it used"),
    )  # fmt: skip
