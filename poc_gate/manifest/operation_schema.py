"""The manifest's sections on running it: the pipeline, the target hardware, operations."""

# No postponed annotations here: evaluating them as text costs each start 30 ms.
from typing import Annotated, Literal

from poc_gate.manifest.schema_types import (
    CountRate,
    DataRate,
    Date,
    File,
    Number,
    Section,
    Share,
    Size,
    Time,
    leads_to,
    said,
    wanted,
)


class Pipeline(Section):
    """How data gets from the sources into the pilot."""

    refresh: Annotated[Time, said("Interval between pipeline runs", low=0)] | None = None
    run_p95: Annotated[Time, said("95th percentile of a run's time", low=0)] | None = None
    index: Annotated[Time, said("Time to index and publish after a run", low=0)] | None = None
    cache_ttl: Annotated[Time, wanted("How long answers may be served from a cache", low=0)] | None = None
    window: Annotated[Time, wanted("Window in which a batch must finish", low=0)] | None = None
    upstream_ready_p95: (
        Annotated[Time, said("Delay of the upstream data against the window's start, at p95", low=0)] | None
    ) = None
    overlaps_source_batch: Annotated[bool, said("The window overlaps a batch window of a source")] | None = (
        None
    )
    items_per_run: Annotated[Number, said("Records handled by one run", low=0, high=1e15)] | None = None
    items_rate: Annotated[CountRate, said("Records per time that the pipeline handles", low=0)] | None = None
    outage_tolerated: Annotated[Time, wanted("Longest outage that must be caught up", low=0)] | None = None
    drain_allowance: Annotated[Time, wanted("Time allowed to catch up after it", low=0)] | None = None
    backfill: Annotated[Time, said("Time of a full backfill", low=0)] | None = None
    in_code: Annotated[bool, said("Every step is versioned and runs unattended")] | None = None
    rebuilds_same: Annotated[bool, said("A rebuild gives the same artifact within tolerance")] | None = None
    input_gate: Annotated[bool, said("Schema and invariant checks stop bad data")] | None = None
    untrusted_separated: Annotated[bool, said("Untrusted content is kept apart by trust tier")] | None = None
    versions_recorded: (
        Annotated[bool, said("Model, prompt, index and data versions are recorded per answer")] | None
    ) = None
    skew_parity: (
        Annotated[Share, said("Sampled rows on which online and offline features agree", low=0, high=1)]
        | None
    ) = None
    lineage: (
        Annotated[File, leads_to("OpenLineage events", imports="openlineage", example="lineage/events.jsonl")]
        | None
    ) = None
    joins_sources: Annotated[bool, said("Records of several sources are joined by key")] | None = None
    entity_match: (
        Annotated[Share, said("Sampled records whose cross-source keys match", low=0, high=1)] | None
    ) = None
    segment_coverage: (
        Annotated[Share, said("Production segments that the pilot's data covers", low=0, high=1)] | None
    ) = None
    psi_max: (
        Annotated[
            Number, said("Largest population stability index, pilot against production", low=0, high=100)
        ]
        | None
    ) = None
    release_lead: Annotated[Time, said("Time the pilot needs to follow a schema change", low=0)] | None = None
    unlisted_inputs: (
        Annotated[Number, said("Inputs in the lineage that the manifest does not list", low=0, high=1e6)]
        | None
    ) = None


class Target(Section):
    """The hardware that production will run on."""

    device: Annotated[str, said("Accelerator, or `cpu`", tier=1, example="l4-24gb")] | None = None
    count: (
        Annotated[Number, wanted("Accelerators of one replica", tier=1, low=0, high=1e5, example="1")] | None
    ) = None
    device_memory: Annotated[Size, said("Memory of one accelerator", low=0)] | None = None
    host_memory: Annotated[Size, said("Memory of one host", low=0)] | None = None
    link: Annotated[str, said("Link to the accelerator, such as pcie4-x16")] | None = None
    storage: Annotated[str, said("Storage that holds weights and data")] | None = None
    storage_read: Annotated[DataRate, said("Read rate of that storage", low=0)] | None = None
    region: Annotated[str, said("Region or site")] | None = None
    replicas: Annotated[Number, wanted("Replicas that serve", low=0, high=1e5)] | None = None
    replicas_max: Annotated[Number, wanted("Replicas that autoscaling may reach", low=0, high=1e5)] | None = (
        None
    )
    failure_domain: Annotated[str, said("Largest thing that fails at once: node, zone, rack")] | None = None
    failure_domain_size: Annotated[Number, said("Replicas lost with it", low=0, high=1e5)] | None = None
    fingerprint: Annotated[str, wanted("Fingerprint of the machine profile of production")] | None = None
    kubernetes: (
        Annotated[
            File,
            leads_to(
                "Kubernetes manifests of the service", imports="kubernetes", example="deploy/service.yaml"
            ),
        ]
        | None
    ) = None
    image_bytes: Annotated[Size, said("Bytes of the container image", low=0)] | None = None
    node_start: Annotated[Time, said("Time until a new node is ready", low=0)] | None = None
    engine_start: Annotated[Time, said("Time from loaded weights to ready", low=0)] | None = None
    network: Annotated[DataRate, said("Bandwidth of the host's network link", low=0)] | None = None
    spare_capacity: (
        Annotated[Share, said("Spare capacity that absorbs load while scaling out", low=0, high=10)] | None
    ) = None
    memory_limit: Annotated[Size, said("Memory limit of the container", low=0)] | None = None
    hot_set: Annotated[Size, said("Bytes that requests touch again and again", low=0)] | None = None
    hot_tier: (
        Annotated[Literal["device", "dram", "nvme", "remote"], said("Tier that holds the hot set")] | None
    ) = None
    hot_bytes_per_request: (
        Annotated[Size, said("Bytes of the hot set that one request reads", low=0)] | None
    ) = None
    bytes_to_device: (
        Annotated[Size, said("Bytes that one request copies to the accelerator", low=0)] | None
    ) = None
    pinned_copies: Annotated[bool, said("Copies to the accelerator use pinned memory")] | None = None


class Operations(Section):
    """Running, stopping and restoring it."""

    rollback: Annotated[Time, said("Time that a rollback took", tier=1, low=0, example="15 min")] | None = (
        None
    )
    rollback_target: Annotated[Time, wanted("Longest time a rollback may take", low=0)] | None = None
    rollback_tested_on: Annotated[Date, said("Day of the last exercised rollback")] | None = None
    stop: (
        Annotated[Time, said("Time to a safe state after the stop switch", tier=1, low=0, example="30 s")]
        | None
    ) = None
    stop_target: Annotated[Time, wanted("Longest time to a safe state", low=0)] | None = None
    stop_tested_on: Annotated[Date, said("Day of the last test of the stop switch")] | None = None
    rto: Annotated[Time, wanted("Recovery time objective", low=0)] | None = None
    rpo: Annotated[Time, wanted("Recovery point objective", low=0)] | None = None
    restore: Annotated[Time, said("Time that the last restore took", low=0)] | None = None
    restore_tested_on: Annotated[Date, said("Day of the last exercised restore")] | None = None
    restore_covers: (
        Annotated[list[str], said("What that restore brought back: config, registry, prompts, index")] | None
    ) = None
    restore_data_loss: (
        Annotated[Time, said("Age of the newest data that was lost in that restore", low=0)] | None
    ) = None
    rebuilt_from_source: (
        Annotated[bool, said("Index and features were rebuilt from the sources in that exercise")] | None
    ) = None
    runbook: Annotated[File, leads_to("Runbook", imports="document", example="docs/runbook.md")] | None = None
    oncall: Annotated[str, said("Rota that is called", tier=1, example="platform rota")] | None = None
    accepted_by_receiver: (
        Annotated[bool, said("The receiving team accepted the service in writing")] | None
    ) = None
    canary: Annotated[bool, said("Exposure is staged with abort criteria")] | None = None
    quality_gate: Annotated[bool, said("Evaluation reruns on each change and blocks promotion")] | None = None
    env_parity: Annotated[bool, said("Pilot and production differ only in a reviewed list")] | None = None
    infrastructure_as_code: Annotated[bool, said("Infrastructure is code")] | None = None
    incident_plan: (
        Annotated[bool, said("A plan names AI failure classes, notice clocks and contacts")] | None
    ) = None
    incident_drill_on: Annotated[Date, said("Day of the last drill")] | None = None
    incident_notice: (
        Annotated[Time, wanted("Longest time until a serious incident is reported outside", low=0)] | None
    ) = None
    incident_notice_death: Annotated[Time, wanted("The same when a person died", low=0)] | None = None
    incident_notice_widespread: (
        Annotated[Time, wanted("The same for widespread or critical-infrastructure harm", low=0)] | None
    ) = None
    change_plan: (
        Annotated[bool, said("Planned changes, their protocol and their impact are written down")] | None
    ) = None
    readiness_probe: Annotated[bool, said("Readiness is reported only after the model is loaded")] | None = (
        None
    )
    disruption_budget: Annotated[bool, said("A disruption budget keeps replicas serving")] | None = None
    resources_set: Annotated[bool, said("Requests and limits are set")] | None = None
    graceful_stop: Annotated[Time, said("Time that a stopping replica is given", low=0)] | None = None
    request_deadline: (
        Annotated[Time, wanted("Longest time that a request may run before it is given up", low=0, high=1e6)]
        | None
    ) = None
    load_test_duration: Annotated[Time, said("Duration of the load test", low=0)] | None = None
    load_test_rate: (
        Annotated[Number, said("Load of the test over the planned peak", low=0, high=1e4)] | None
    ) = None
    load_test_on_target: (
        Annotated[bool, said("The test ran on target hardware with production payloads")] | None
    ) = None
    load_test_utilisation: (
        Annotated[Share, said("Utilisation of the busiest resource in that test", low=0, high=2)] | None
    ) = None
    log_fields: (
        Annotated[list[str], said("What the event log covers: inputs, versions, outputs, overrides")] | None
    ) = None
