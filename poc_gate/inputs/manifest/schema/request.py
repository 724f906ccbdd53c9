"""The manifest's sections on requests: demand, objectives, and the path that a request takes."""

# No postponed annotations here: evaluating them as text costs each start 30 ms.
from typing import Annotated, Literal

from poc_gate.inputs.manifest.schema.field_types import (
    DataRate,
    Distance,
    File,
    Number,
    RequestRate,
    Section,
    Share,
    Size,
    Time,
    TokenRate,
    Tokens,
    leads_to,
    said,
    wanted,
)
from poc_gate.inputs.manifest.schema.source import PathStage


class Demand(Section):
    """How much of it, when."""

    pilot_requests_per_day: Annotated[
        RequestRate | None, said("Load of today's pilot", low=0, example="200 req/d")
    ] = None
    requests_per_day: Annotated[
        RequestRate | None, wanted("Planned load in production", tier=1, low=0, example="20000 req/d")
    ] = None
    peak_hour_share: Annotated[
        Share | None,
        said("Share of a day's requests in its busiest hour", tier=1, low=1 / 24, high=1, example="18 %"),
    ] = None
    burst_factor: Annotated[
        Number | None, said("Peak minute over peak hour", tier=1, low=1, high=1000, example="2.5")
    ] = None
    growth_12m: Annotated[
        Number | None, wanted("Load in twelve months over the planned load", low=0, high=1e6)
    ] = None
    corpus_growth_12m: Annotated[
        Number | None, wanted("Corpus in twelve months over today's", low=0, high=1e6)
    ] = None
    peak_duration: Annotated[Time | None, said("How long the peak lasts", low=0, high=1e7)] = None
    in_tokens_p50: Annotated[
        Tokens | None, said("Median prompt length, retrieved context included", low=1, high=1e8)
    ] = None
    in_tokens_p95: Annotated[Tokens | None, said("95th percentile of the prompt length", low=1, high=1e8)] = (
        None
    )
    out_tokens_p50: Annotated[Tokens | None, said("Median answer length", low=1, high=1e8)] = None
    out_tokens_p95: Annotated[
        Tokens | None, said("95th percentile of the answer length", low=1, high=1e8)
    ] = None
    arrival_cv: Annotated[
        Number | None,
        said("Coefficient of variation of the time between arrivals; 1 = Poisson", low=0, high=100),
    ] = None


class Slo(Section):
    """What users are promised."""

    file: Annotated[
        File | None, leads_to("OpenSLO or Sloth file", imports="slo", example="slo/latency.openslo.yaml")
    ] = None
    p50: Annotated[
        Time | None, wanted("Median end-to-end latency", tier=1, low=0, high=1e6, example="2 s")
    ] = None
    p95: Annotated[Time | None, wanted("95th percentile of the end-to-end latency", low=0, high=1e6)] = None
    p99: Annotated[
        Time | None,
        wanted("99th percentile of the end-to-end latency", tier=1, low=0, high=1e6, example="10 s"),
    ] = None
    ttft: Annotated[Time | None, wanted("Time to first token at p95", low=0, high=1e5)] = None
    tokens_per_s_stream: Annotated[
        TokenRate | None, wanted("Tokens per second that each stream must get", low=0, high=1e6)
    ] = None
    availability: Annotated[Share | None, wanted("Availability over the window", tier=1, low=0, high=1)] = (
        None
    )
    window: Annotated[Time | None, wanted("Window of the objectives", low=0)] = None
    answer_max_age: Annotated[Time | None, wanted("Oldest data an answer may rest on", low=0)] = None
    scale_out_allowance: Annotated[Time | None, wanted("Time allowed until added capacity serves", low=0)] = (
        None
    )


class PathSection(Section):
    """How a request runs through its stages."""

    mode: Annotated[
        Literal["series", "parallel"] | None,
        said("Whether the sources are called one after the other or together"),
    ] = None
    stages: list[PathStage] | None = None
    cross_region_hops: Annotated[
        Number | None, said("Sequential calls that cross regions, per request", low=0, high=1e4)
    ] = None
    cross_region_rtt: Annotated[Time | None, said("Round trip of one such call", low=0, high=60)] = None
    cross_region_distance: Annotated[
        Distance | None,
        said("Distance of one such call, where its round trip was not measured", low=0, high=4.1e7),
    ] = None
    retry_jitter: Annotated[bool | None, said("Retries back off with jitter")] = None
    retry_layers: Annotated[Number | None, said("Layers that retry", low=0, high=20)] = None
    side_effects_idempotent: Annotated[bool | None, said("Steps with side effects are idempotent")] = None
    queues_bounded: Annotated[bool | None, said("Queues are bounded and excess load is shed")] = None
    queue_full_wait: Annotated[
        Time | None, said("Wait of a request that takes the last place in the queue", low=0)
    ] = None
    hop_tier_rate: Annotated[DataRate | None, said("Read rate of the tier that holds the hot set", low=0)] = (
        None
    )
    network_bandwidth: Annotated[
        DataRate | None, said("Bandwidth of the link that serves the pilot", low=0)
    ] = None
    bytes_per_request: Annotated[Size | None, said("Bytes that one request moves over that link", low=0)] = (
        None
    )
