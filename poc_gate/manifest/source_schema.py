"""The manifest's lists: data sources, stages of the request path, approvals, tools, destinations."""

# No postponed annotations here: evaluating them as text costs each start 30 ms.
from typing import Annotated, Literal

from poc_gate.manifest.schema_types import (
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
    contract: (
        Annotated[
            File,
            leads_to(
                "Data contract (ODCS) of the source", imports="contract", example="contracts/policy.odcs.yaml"
            ),
        ]
        | None
    ) = None
    contract_server: (
        Annotated[str, said("Which server of the contract is meant, when it lists several")] | None
    ) = None
    system: Annotated[str, said("Product or technology", tier=1, example="postgresql")] | None = None
    interface: (
        Annotated[str, said("How it is reached: sql, http, s3, file, kafka, grpc", example="sql")] | None
    ) = None
    region: Annotated[str, said("Region or site where the source lies")] | None = None
    owner: Annotated[str, said("Role or team that owns the source")] | None = None
    owner_agreed: Annotated[bool, said("The owner agreed to this use")] | None = None
    critical: Annotated[bool, said("An answer without this source is wrong or impossible")] | None = None
    kind: (
        Annotated[
            Literal["live", "snapshot", "extract"],
            said("live system, scheduled snapshot, or hand-made extract", tier=1),
        ]
        | None
    ) = None
    production_feed: (
        Annotated[bool, said("Production will read this same snapshot, renewed on the same schedule")] | None
    ) = None
    access_need: (
        Annotated[Literal["lookup", "scan", "stream"], wanted("Access mode that the pilot needs")] | None
    ) = None
    access_offered: (
        Annotated[list[Literal["lookup", "scan", "stream"]], said("Access modes that the source offers")]
        | None
    ) = None
    max_age_needed: (
        Annotated[Time, wanted("Oldest data the decision can stand", tier=1, low=0, example="4 h")] | None
    ) = None
    refresh: (
        Annotated[
            Time,
            said(
                "Interval at which the data that the pilot reads is renewed; 0 s when read live",
                tier=1,
                low=0,
                example="24 h",
            ),
        ]
        | None
    ) = None
    extract_time: (
        Annotated[Time, said("Time that one extract or pipeline run takes at p95", low=0)] | None
    ) = None
    calls_per_request: (
        Annotated[
            Number, wanted("Calls to this source for one request of the pilot", low=0, high=1e5, example="2")
        ]
        | None
    ) = None
    sequential_calls: (
        Annotated[Number, wanted("How many of these calls wait for each other", low=0, high=1e5)] | None
    ) = None
    awaited: Annotated[bool, wanted("The request waits for this source")] | None = None
    hedged: Annotated[bool, said("Slow calls are hedged, or partial results are accepted")] | None = None
    p50: Annotated[Time, said("Median time of one call", low=0, high=86400, example="8 ms")] | None = None
    p95: Annotated[Time, said("95th percentile of the time of one call", low=0, high=86400)] | None = None
    p99: (
        Annotated[
            Time, said("99th percentile of the time of one call", tier=1, low=0, high=86400, example="120 ms")
        ]
        | None
    ) = None
    timeout: Annotated[Time, wanted("Time after which a call is given up", low=0, high=86400)] | None = None
    retries: Annotated[Number, wanted("Further attempts after a failed call", low=0, high=100)] | None = None
    cache_hit: (
        Annotated[Share, said("Share of calls that a cache answers", low=0, high=1, example="60 %")] | None
    ) = None
    cache_p50: Annotated[Time, said("Median time of a cached answer", low=0, high=3600)] | None = None
    cache_ttl: Annotated[Time, wanted("How long a cached answer may be served", low=0)] | None = None
    rtt: Annotated[Time, said("Network round trip from the pilot to the source", low=0, high=60)] | None = (
        None
    )
    bytes_read_per_call: (
        Annotated[Size, said("Bytes that one call moves", low=0, example="16 KiB")] | None
    ) = None
    bytes_used_per_call: Annotated[Size, said("Bytes of them that the pilot uses", low=0)] | None = None
    link_bandwidth: Annotated[DataRate, said("Bandwidth between the source and the pilot", low=0)] | None = (
        None
    )
    tolerated_rate: (
        Annotated[
            RequestRate,
            said("Load that the source's owner tolerates from this use", low=0, example="200 req/s"),
        ]
        | None
    ) = None
    capacity: Annotated[RequestRate, said("Load at which the source saturates", low=0)] | None = None
    servers: (
        Annotated[Number, said("Parallel servers or connections that answer calls", low=1, high=1e6)] | None
    ) = None
    availability: (
        Annotated[Share, said("Availability of the source over its window", low=0, high=1, example="99.9 %")]
        | None
    ) = None
    fallback: Annotated[bool, said("The pilot has an answer when this source is down")] | None = None
    degradation_tested: (
        Annotated[bool, said("Slow and down behaviour of the source was exercised")] | None
    ) = None
    prod_access: (
        Annotated[Literal["granted", "pending", "none"], said("State of the production access", tier=1)]
        | None
    ) = None
    access_lead_time: (
        Annotated[Time, said("Time until the production access will be granted", low=0)] | None
    ) = None
    rights: (
        Annotated[
            str, said("Licence or agreement that allows this use", example="internal-processing-agreement")
        ]
        | None
    ) = None
    rights_allow_ai: Annotated[bool, said("The licence or agreement allows this use by AI")] | None = None
    provenance_recorded: (
        Annotated[bool, said("Origin and original purpose of the data are written down")] | None
    ) = None
    personal_data: Annotated[bool, said("The source holds personal data")] | None = None
    classification: Annotated[str, said("Classification of the data", example="confidential")] | None = None
    schema_notice: (
        Annotated[Time, said("Notice that the producer gives before a schema change", low=0)] | None
    ) = None
    quality_checks: Annotated[bool, said("Thresholds for nulls, duplicates and row count exist")] | None = (
        None
    )
    quality_last_run: (
        Annotated[Literal["passed", "failed", "none"], said("Result of the last quality run")] | None
    ) = None
    freshness_alarm: Annotated[Time, said("Time after which late data raises an alarm", low=0)] | None = None
    acl: (
        Annotated[Literal["query", "post", "none"], said("Where the source's permissions are enforced")]
        | None
    ) = None
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
    url: Annotated[str, said("Address for live probing, without credentials")] | None = None
    probe: (
        Annotated[dict[str, str], said("Options of the live probe: query, table, key, prefix, path")] | None
    ) = None
    volume: Annotated[Size, said("Bytes that the source holds for this use", low=0)] | None = None
    change_rate: Annotated[CountRate, said("Records that change per time", low=0)] | None = None


class PathStage(Section):
    """One stage of the request path beside the sources."""

    id: Annotated[
        str, matching("Short name of the stage, unique in the file", example="rerank", pattern=ITEM_ID)
    ]
    source: Annotated[str, said("Id of the source that the stage calls, when it is a source call")] | None = (
        None
    )
    p50: Annotated[Time, said("Median time of the stage, unloaded", low=0, high=86400)] | None = None
    p95: Annotated[Time, said("95th percentile of the stage's time, unloaded", low=0, high=86400)] | None = (
        None
    )
    p99: Annotated[Time, said("99th percentile of the stage's time, unloaded", low=0, high=86400)] | None = (
        None
    )
    budget: (
        Annotated[Time, wanted("Share of the latency budget given to the stage", low=0, high=86400)] | None
    ) = None
    quantile: Annotated[Share, wanted("Quantile at which the budget must hold", low=0, high=1)] | None = None
    timeout: Annotated[Time, wanted("Time after which the stage is given up", low=0, high=86400)] | None = (
        None
    )
    retries: Annotated[Number, wanted("Further attempts after a failure", low=0, high=100)] | None = None
    backoff: Annotated[Time, wanted("Total waiting between the attempts", low=0, high=3600)] | None = None
    parallel_group: Annotated[str, wanted("Stages with the same group run at the same time")] | None = None
    servers: Annotated[Number, said("Parallel servers of the stage", low=1, high=1e6)] | None = None
    capacity: Annotated[RequestRate, said("Load at which the stage saturates", low=0)] | None = None
    cv: (
        Annotated[Number, said("Coefficient of variation of the stage's service time", low=0, high=100)]
        | None
    ) = None
    fallback: Annotated[bool, said("The request survives the loss of the stage")] | None = None
    availability: Annotated[Share, said("Availability of the stage", low=0, high=1)] | None = None


class Approval(Section):
    """One approval that the launch waits for."""

    name: Annotated[str, matching("What is approved", example="privacy-review", pattern=ITEM_ID)]
    decider: Annotated[str, said("Role that decides")] | None = None
    status: Annotated[Literal["granted", "pending", "refused"], said("State of the approval")] | None = None
    lead_time: Annotated[Time, said("Time that the approval still takes", low=0)] | None = None


class Destination(Section):
    """One place outside the pilot that data is sent to."""

    name: Annotated[str, matching("Name of the destination", example="hosted-model-api", pattern=ITEM_ID)]
    region: Annotated[str, said("Region of the destination")] | None = None
    data_class: Annotated[str, said("Highest classification of data sent there")] | None = None
    permitted: Annotated[bool, said("Contract and region permit that class there")] | None = None


class EvidenceEntry(Section):
    """One file put forward as evidence."""

    rule: Annotated[str, matching("Id of the rule", example="G02-rollback-exercised", pattern=RULE_ID)]
    file: Annotated[File, said("File that shows it")]
    sha256: Annotated[str, matching("Digest of the file", pattern="^[0-9a-f]{64}$")] | None = None
    observed_at: Annotated[Date, said("Day of the observation")] | None = None
    approver: Annotated[str, said("Role that signed it off")] | None = None
    hardware_fingerprint: Annotated[str, said("Fingerprint of the machine it was observed on")] | None = None


class NotApplicable(Section):
    """A rule that somebody with a name says does not apply."""

    rule: Annotated[str, matching("Id of the rule", example="B08-prefill-floor", pattern=RULE_ID)]
    reason: Annotated[str, said("Why it does not apply")]
    approver: Annotated[str, said("Role that approved this")]
