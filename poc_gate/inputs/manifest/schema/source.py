"""The manifest's lists: data sources, stages of the request path, approvals, tools, destinations."""

# No postponed annotations here: evaluating them as text costs each start 30 ms.
from typing import Annotated, Literal

from poc_gate.inputs.manifest.schema.field_types import (
    CountRate,
    DataRate,
    Date,
    File,
    Number,
    RequestRate,
    Section,
    Share,
    Size,
    Time,
    leads_to,
    matching,
    said,
    wanted,
)

ITEM_ID = r"^[A-Za-z0-9][A-Za-z0-9 ._-]{0,79}$"
"""Ids stand in fact names in brackets, `sources[policy-db].p99`, and on command lines."""

RULE_ID = r"^[A-Z]{1,4}[0-9]{2,3}(-[a-z0-9]+)*$"

CREDENTIAL = r"^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+|cmd:.+)$"


class Source(Section):
    """One system that the pilot reads from."""

    id: Annotated[
        str,
        matching(
            "Short name of the source, unique in the file", tier=1, example="policy-db", pattern=ITEM_ID
        ),
    ]
    contract: Annotated[
        File | None,
        leads_to(
            "Data contract (ODCS) of the source; `none` where there is none",
            imports="contract",
            example="contracts/policy.odcs.yaml",
        ),
    ] = None
    contract_server: Annotated[
        str | None, said("Which server of the contract to use, if it lists several")
    ] = None
    system: Annotated[str | None, said("Product or technology", tier=1, example="postgresql")] = None
    shared_as: Annotated[
        str | None,
        said(
            "Name under which every pilot states this source, where no contract identifies it",
            example="payments-warehouse-eu",
        ),
    ] = None
    interface: Annotated[
        str | None, said("How it is reached: sql, http, s3, file, kafka, grpc", example="sql")
    ] = None
    seen_as: Annotated[
        list[str] | None,
        said("Names of the source in traces: host, database, collection, service", example="db.internal"),
    ] = None
    region: Annotated[str | None, said("Region or site of the source")] = None
    owner: Annotated[str | None, said("Role or team that owns the source")] = None
    owner_agreed: Annotated[bool | None, said("The owner agreed to this use")] = None
    critical: Annotated[bool | None, said("An answer without this source is wrong or impossible")] = None
    kind: Annotated[
        Literal["live", "snapshot", "extract"] | None,
        said("live system, scheduled snapshot, or hand-made extract", tier=1),
    ] = None
    production_feed: Annotated[
        bool | None, said("Production will read this same snapshot, renewed on the same schedule")
    ] = None
    access_need: Annotated[
        Literal["lookup", "scan", "stream"] | None, wanted("Access mode that the pilot needs")
    ] = None
    access_offered: Annotated[
        list[Literal["lookup", "scan", "stream"]] | None, said("Access modes that the source offers")
    ] = None
    max_age_needed: Annotated[
        Time | None,
        wanted("Oldest data that is still good enough for the decision", tier=1, low=0, example="4 h"),
    ] = None
    refresh: Annotated[
        Time | None,
        said(
            "Interval at which the data that the pilot reads is renewed; 0 s when read live",
            tier=1,
            low=0,
            example="24 h",
        ),
    ] = None
    extract_time: Annotated[
        Time | None, said("Time that one extract or pipeline run takes at p95", low=0)
    ] = None
    calls_per_request: Annotated[
        Number | None,
        wanted("Calls to this source for one request of the pilot", low=0, high=1e5, example="2"),
    ] = None
    sequential_calls: Annotated[
        Number | None, wanted("How many of these calls wait for each other", low=0, high=1e5)
    ] = None
    awaited: Annotated[bool | None, wanted("The request waits for this source")] = None
    hedged: Annotated[bool | None, said("Slow calls are hedged, or partial results are accepted")] = None
    p50: Annotated[Time | None, said("Median time of one call", low=0, high=86400, example="8 ms")] = None
    p95: Annotated[Time | None, said("95th percentile of the time of one call", low=0, high=86400)] = None
    p99: Annotated[
        Time | None,
        said("99th percentile of the time of one call", tier=1, low=0, high=86400, example="120 ms"),
    ] = None
    timeout: Annotated[Time | None, wanted("Time after which a call is given up", low=0, high=86400)] = None
    retries: Annotated[Number | None, wanted("Further attempts after a failed call", low=0, high=100)] = None
    cache_hit: Annotated[
        Share | None, said("Share of calls that a cache answers", low=0, high=1, example="60 %")
    ] = None
    cache_p50: Annotated[Time | None, said("Median time of a cached answer", low=0, high=3600)] = None
    cache_ttl: Annotated[Time | None, wanted("How long a cached answer may be served", low=0)] = None
    rtt: Annotated[Time | None, said("Network round trip from the pilot to the source", low=0, high=60)] = (
        None
    )
    bytes_read_per_call: Annotated[
        Size | None, said("Bytes that one call moves", low=0, example="16 KiB")
    ] = None
    bytes_used_per_call: Annotated[Size | None, said("Bytes of them that the pilot uses", low=0)] = None
    link_bandwidth: Annotated[DataRate | None, said("Bandwidth between the source and the pilot", low=0)] = (
        None
    )
    tolerated_rate: Annotated[
        RequestRate | None,
        said("Load that the source's owner tolerates from this use", low=0, example="200 req/s"),
    ] = None
    capacity: Annotated[RequestRate | None, said("Load at which the source saturates", low=0)] = None
    servers: Annotated[
        Number | None, said("Parallel servers or connections that answer calls", low=1, high=1e6)
    ] = None
    availability: Annotated[
        Share | None, said("Availability of the source over its window", low=0, high=1, example="99.9 %")
    ] = None
    fallback: Annotated[bool | None, said("The pilot has an answer when this source is down")] = None
    degradation_tested: Annotated[
        bool | None, said("Slow and down behaviour of the source was exercised")
    ] = None
    prod_access: Annotated[
        Literal["granted", "pending", "none"] | None, said("State of the production access", tier=1)
    ] = None
    access_lead_time: Annotated[
        Time | None, said("Time until the production access will be granted", low=0)
    ] = None
    rights: Annotated[
        str | None, said("Licence or agreement that allows this use", example="internal-processing-agreement")
    ] = None
    rights_allow_ai: Annotated[bool | None, said("The licence or agreement allows this use by AI")] = None
    provenance_recorded: Annotated[
        bool | None, said("Origin and original purpose of the data are written down")
    ] = None
    personal_data: Annotated[bool | None, said("The source holds personal data")] = None
    classification: Annotated[str | None, said("Classification of the data", example="confidential")] = None
    untrusted: Annotated[
        bool | None, said("Outsiders can put text into it: web pages, mail, uploads, tickets")
    ] = None
    schema_notice: Annotated[
        Time | None, said("Notice that the producer gives before a schema change", low=0)
    ] = None
    quality_checks: Annotated[bool | None, said("Thresholds for nulls, duplicates and row count exist")] = (
        None
    )
    quality_last_run: Annotated[
        Literal["passed", "failed", "none"] | None, said("Result of the last quality run")
    ] = None
    freshness_alarm: Annotated[Time | None, said("Time after which late data raises an alarm", low=0)] = None
    acl: Annotated[
        Literal["query", "post", "none"] | None, said("Where the source's permissions are enforced")
    ] = None
    credential: (
        Annotated[
            str,
            matching(
                "Reference to the credential: env:NAME, file:PATH or cmd:COMMAND; never the secret itself",
                example="env:POLICY_DB_DSN",
                pattern=CREDENTIAL,
            ),
        ]
        | None
    ) = None
    url: Annotated[str | None, said("Address for live probing, without credentials")] = None
    probe: Annotated[
        dict[str, str] | None, said("Options of the live probe: query, table, key, prefix, path")
    ] = None
    volume: Annotated[Size | None, said("Bytes that the source holds for this use", low=0)] = None
    change_rate: Annotated[CountRate | None, said("Records that change per time", low=0)] = None


class PathStage(Section):
    """One stage of the request path besides the sources."""

    id: Annotated[
        str, matching("Short name of the stage, unique in the file", example="rerank", pattern=ITEM_ID)
    ]
    source: Annotated[str | None, said("Id of the source that the stage calls, when it is a source call")] = (
        None
    )
    p50: Annotated[Time | None, said("Median time of the stage, unloaded", low=0, high=86400)] = None
    p95: Annotated[Time | None, said("95th percentile of the stage's time, unloaded", low=0, high=86400)] = (
        None
    )
    p99: Annotated[Time | None, said("99th percentile of the stage's time, unloaded", low=0, high=86400)] = (
        None
    )
    budget: Annotated[
        Time | None, wanted("Share of the latency budget given to the stage", low=0, high=86400)
    ] = None
    quantile: Annotated[Share | None, wanted("Quantile at which the budget must hold", low=0, high=1)] = None
    timeout: Annotated[Time | None, wanted("Time after which the stage is given up", low=0, high=86400)] = (
        None
    )
    retries: Annotated[Number | None, wanted("Further attempts after a failure", low=0, high=100)] = None
    backoff: Annotated[Time | None, wanted("Total waiting between the attempts", low=0, high=3600)] = None
    parallel_group: Annotated[str | None, wanted("Stages with the same group run at the same time")] = None
    servers: Annotated[Number | None, said("Parallel servers of the stage", low=1, high=1e6)] = None
    capacity: Annotated[RequestRate | None, said("Load at which the stage saturates", low=0)] = None
    cv: Annotated[
        Number | None, said("Coefficient of variation of the stage's service time", low=0, high=100)
    ] = None
    fallback: Annotated[bool | None, said("The request survives the loss of the stage")] = None
    availability: Annotated[Share | None, said("Availability of the stage", low=0, high=1)] = None


class Approval(Section):
    """One approval that the launch waits for."""

    name: Annotated[str, matching("What is approved", example="privacy-review", pattern=ITEM_ID)]
    decider: Annotated[str | None, said("Role that decides")] = None
    status: Annotated[Literal["granted", "pending", "refused"] | None, said("State of the approval")] = None
    lead_time: Annotated[Time | None, said("Time that the approval still takes", low=0)] = None


class Destination(Section):
    """One place outside the pilot that data is sent to."""

    name: Annotated[str, matching("Name of the destination", example="hosted-model-api", pattern=ITEM_ID)]
    region: Annotated[str | None, said("Region of the destination")] = None
    data_class: Annotated[str | None, said("Highest classification of data sent there")] = None
    permitted: Annotated[bool | None, said("Contract and region permit that class there")] = None


class EvidenceEntry(Section):
    """One file put forward as evidence."""

    rule: Annotated[str, matching("Id of the rule", example="G02-rollback-exercised", pattern=RULE_ID)]
    file: Annotated[File, said("File that shows it")]
    sha256: Annotated[str, matching("Digest of the file", pattern="^[0-9a-f]{64}$")] | None = None
    observed_at: Annotated[Date | None, said("Day of the observation")] = None
    approver: Annotated[str | None, said("Role that signed it off")] = None
    hardware_fingerprint: Annotated[str | None, said("Fingerprint of the machine it was observed on")] = None


class NotApplicable(Section):
    """A rule that somebody with a name says does not apply."""

    rule: Annotated[str, matching("Id of the rule", example="B08-prefill-floor", pattern=RULE_ID)]
    reason: Annotated[str, said("Why it does not apply")]
    approver: Annotated[str, said("Role that approved this")]
