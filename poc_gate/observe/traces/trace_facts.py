"""The catalogue's entries of what only traces show."""

from __future__ import annotations

from poc_gate.model.fact import FactSpec, Kind

_RESOLVE = "poc-gate traces FILE, then name the file under `imports:` or with `assess --traces FILE`"


def trace_facts() -> tuple[FactSpec, ...]:
    """Return the facts that only traces show."""
    return (
        _quantity("requests", "Requests that the traces hold", "1", 0, 1e12),
        _quantity("p50", "Median end-to-end time of the requests that were seen", "s", 0, 1e6),
        _quantity("p95", "95th percentile of the end-to-end time of the requests that were seen", "s", 0, 1e6),
        _quantity("p99", "99th percentile of the end-to-end time of the requests that were seen", "s", 0, 1e6),
        _quantity("error_rate", "Share of the requests that were seen and failed", "1", 0, 1),
        _quantity("rate", "Requests per second over the time that the traces cover", "req/s", 0, 1e9),
        _quantity("peak_rate", "Requests per second in the busiest minute that was seen", "req/s", 0, 1e9),
        _quantity("unaccounted_share", "Share of a request's time that no call and no step accounts for", "1", 0, 1),
        _quantity("fan_out", "Most calls that one step of a request makes", "1", 0, 1e6),
        _quantity("model_calls", "Calls of language models for one request, mean", "1", 0, 1e5),
        _quantity("limited_share", "Share of the calls of models that were turned away with too many requests", "1", 0, 1),
        _quantity("cached_tokens_share", "Share of the prompt tokens that came from the provider's cache", "1", 0, 1),
        _quantity("ttft_p50", "Median time to the first token that was seen", "s", 0, 3600),
        _quantity("ttft_p95", "95th percentile of the time to the first token that was seen", "s", 0, 3600),
        _quantity("tpot_p50", "Median time for each token after the first that was seen", "s", 0, 3600),
        _quantity("content_share", "Share of the spans on which texts of people or models are kept", "1", 0, 1),
        _quantity("query_share", "Share of the spans that keep query parts of addresses or values of statements", "1", 0, 1),
        _quantity("clock_skew", "Largest difference between the clocks of two services", "s", 0, 1e9),
        _quantity("unjoined_share", "Share of the calls of systems that belong to no request", "1", 0, 1),
        _texts("undeclared_systems", "Systems that are called and no source, stage or model of the manifest names"),
        _texts("undeclared_stores", "Databases, indexes and caches among them"),
        _texts("forgotten_stores", "Those of them that can be none of the listed sources"),
        _texts("unseen_sources", "Sources of the manifest that no request that was seen calls"),
        _texts("egress_hosts", "Hosts outside of the pilot's own that are called"),
        _texts("undeclared_egress", "Hosts that are called and that the list of outbound destinations lacks"),
        _texts("unseen_egress", "Destinations of that list that nobody calls, by the name they have there"),
        _texts("models", "Models that answered"),
        _texts("undeclared_models", "Models that answered and the manifest does not name"),
        _texts("tools", "Tools that agents called"),
        _texts("undeclared_tools", "Tools that agents called and the manifest does not name"),
        _texts("unseen_tools", "Tools of the manifest that no agent called"),
        _quantity("agent_steps_p95", "95th percentile of the model calls of one run of an agent", "1", 0, 1e6),
        _quantity("agent_tool_calls_p95", "95th percentile of the tool calls of one run of an agent", "1", 0, 1e6),
        _source("observed_share", "Share of a request's time that is spent waiting for the source", 1),
        _source("retry_rate", "Share of calls to the source that followed a failed one", 1),
        _source("resent_rate", "Share of calls to the source that say themselves that they were sent again", 1),
        _source("failed_through", "Share of requests that failed, of those whose last call to the source failed", 1),
        _source("timeout_rate", "Share of calls to the source that timed out", 1),
        _source("request_share", "Share of requests that call the source", 1),
    )  # fmt: skip


def _quantity(name: str, meaning: str, unit: str, low: float, high: float) -> FactSpec:
    return FactSpec(
        name=f"observed.{name}", kind=Kind.QUANTITY, meaning=meaning, unit=unit, low=low, high=high, origin="observed",
        resolve=_RESOLVE,
    )  # fmt: skip


def _source(name: str, meaning: str, high: float) -> FactSpec:
    return FactSpec(
        name=f"sources[].{name}", kind=Kind.QUANTITY, meaning=meaning, unit="1", low=0, high=high, origin="observed",
        resolve=_RESOLVE,
    )  # fmt: skip


def _texts(name: str, meaning: str) -> FactSpec:
    return FactSpec(
        name=f"observed.{name}", kind=Kind.TEXTS, meaning=meaning, origin="observed", resolve=_RESOLVE
    )
