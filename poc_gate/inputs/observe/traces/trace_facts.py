"""The catalogue's entries of what only traces show."""

from __future__ import annotations

from poc_gate.model.fact import FactSpec, Kind
from poc_gate.model.fact_specs import SpecsOf

_RESOLVE = "poc-gate traces FILE, then name the file under `imports:` or with `assess --traces FILE`"
_FACTS = SpecsOf("observed", _RESOLVE, "observed.")
_OF_SOURCE = SpecsOf("observed", _RESOLVE, "sources[].")


def trace_facts() -> tuple[FactSpec, ...]:
    """Return the facts that only traces show."""
    return (
        _FACTS.number("requests", "1", 1e12, "Requests that the traces hold"),
        _FACTS.number("p50", "s", 1e6, "Median end-to-end time of the requests that were seen"),
        _FACTS.number("p95", "s", 1e6, "95th percentile of the end-to-end time of the requests that were seen"),
        _FACTS.number("p99", "s", 1e6, "99th percentile of the end-to-end time of the requests that were seen"),
        _FACTS.number("error_rate", "1", 1, "Share of the requests that were seen and failed"),
        _FACTS.number("rate", "req/s", 1e9, "Requests per second over the time that the traces cover"),
        _FACTS.number("peak_rate", "req/s", 1e9, "Requests per second in the busiest minute that was seen"),
        _FACTS.number("unaccounted_share", "1", 1, "Share of a request's time that no call and no step accounts for"),
        _FACTS.number("fan_out", "1", 1e6, "Most calls that one step of a request makes"),
        _FACTS.number("model_calls", "1", 1e5, "Calls of language models for one request, mean"),
        _FACTS.number("limited_share", "1", 1, "Share of the calls of models that were turned away with too many requests"),
        _FACTS.number("cached_tokens_share", "1", 1, "Share of the prompt tokens that came from the provider's cache"),
        _FACTS.number("ttft_p50", "s", 3600, "Median time to the first token that was seen"),
        _FACTS.number("ttft_p95", "s", 3600, "95th percentile of the time to the first token that was seen"),
        _FACTS.number("tpot_p50", "s", 3600, "Median time for each token after the first that was seen"),
        _FACTS.number("content_share", "1", 1, "Share of the spans on which text written by people or models are kept"),
        _FACTS.number("query_share", "1", 1, "Share of the spans that keep query parts of addresses or values of statements"),
        _FACTS.number("clock_skew", "s", 1e9, "Largest difference between the clocks of two services"),
        _FACTS.number("unjoined_share", "1", 1, "Share of the calls of systems that belong to no request"),
        _FACTS.stated("undeclared_systems", Kind.TEXTS, "Systems that are called and no source, stage or model of the manifest names"),
        _FACTS.stated("undeclared_stores", Kind.TEXTS, "Databases, indexes and caches among them"),
        _FACTS.stated("forgotten_stores", Kind.TEXTS, "Those of them that can be none of the listed sources"),
        _FACTS.stated("unseen_sources", Kind.TEXTS, "Sources of the manifest that no request that was seen calls"),
        _FACTS.stated("egress_hosts", Kind.TEXTS, "Hosts outside of the pilot's own that are called"),
        _FACTS.stated("undeclared_egress", Kind.TEXTS, "Hosts that are called and that the list of outbound destinations lacks"),
        _FACTS.stated("unseen_egress", Kind.TEXTS, "Destinations of that list that nobody calls, by the name they have there"),
        _FACTS.stated("models", Kind.TEXTS, "Models that answered"),
        _FACTS.stated("undeclared_models", Kind.TEXTS, "Models that answered and the manifest does not name"),
        _FACTS.stated("tools", Kind.TEXTS, "Tools that agents called"),
        _FACTS.stated("undeclared_tools", Kind.TEXTS, "Tools that agents called and the manifest does not name"),
        _FACTS.stated("unseen_tools", Kind.TEXTS, "Tools of the manifest that no agent called"),
        _FACTS.number("agent_steps_p95", "1", 1e6, "95th percentile of the model calls of one run of an agent"),
        _FACTS.number("agent_tool_calls_p95", "1", 1e6, "95th percentile of the tool calls of one run of an agent"),
        _OF_SOURCE.number("observed_share", "1", 1, "Share of a request's time that is spent waiting for the source"),
        _OF_SOURCE.number("retry_rate", "1", 1, "Share of calls to the source that followed a failed one"),
        _OF_SOURCE.number("resent_rate", "1", 1, "Share of calls to the source that say themselves that they were sent again"),
        _OF_SOURCE.number("failed_through", "1", 1, "Share of requests that failed, of those whose last call to the source failed"),
        _OF_SOURCE.number("timeout_rate", "1", 1, "Share of calls to the source that timed out"),
        _OF_SOURCE.number("request_share", "1", 1, "Share of requests that call the source"),
    )  # fmt: skip
