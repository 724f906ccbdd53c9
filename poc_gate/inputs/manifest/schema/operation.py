"""The manifest's sections on running it: the pipeline, the target hardware, operations."""

# No postponed annotations here: evaluating them as text costs each start 30 ms.
from typing import Annotated, Literal

from poc_gate.inputs.manifest.schema.field_types import (
    CountRate,
    DataRate,
    Date,
    File,
    Number,
    Power,
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

    refresh: Annotated[Time | None, said("Interval between pipeline runs", low=0)] = None
    run_p95: Annotated[Time | None, said("95th percentile of a run's time", low=0)] = None
    index: Annotated[Time | None, said("Time to index and publish after a run", low=0)] = None
    cache_ttl: Annotated[Time | None, wanted("How long answers may be served from a cache", low=0)] = None
    window: Annotated[Time | None, wanted("Window in which a batch must finish", low=0)] = None
    upstream_ready_p95: Annotated[
        Time | None, said("Delay of the upstream data against the window's start, at p95", low=0)
    ] = None
    overlaps_source_batch: Annotated[bool | None, said("The window overlaps a batch window of a source")] = (
        None
    )
    items_per_run: Annotated[Number | None, said("Records handled by one run", low=0, high=1e15)] = None
    items_rate: Annotated[CountRate | None, said("Records per time that the pipeline handles", low=0)] = None
    outage_tolerated: Annotated[Time | None, wanted("Longest outage that must be caught up", low=0)] = None
    drain_allowance: Annotated[Time | None, wanted("Time allowed to catch up after it", low=0)] = None
    backfill: Annotated[Time | None, said("Time of a full backfill", low=0)] = None
    in_code: Annotated[bool | None, said("Every step is versioned and runs unattended")] = None
    rebuilds_same: Annotated[bool | None, said("A rebuild gives the same artifact within tolerance")] = None
    input_gate: Annotated[bool | None, said("Schema and invariant checks stop bad data")] = None
    untrusted_separated: Annotated[bool | None, said("Untrusted content is kept apart by trust tier")] = None
    versions_recorded: Annotated[
        bool | None, said("Model, prompt, index and data versions are recorded per answer")
    ] = None
    skew_parity: Annotated[
        Share | None, said("Sampled rows on which online and offline features agree", low=0, high=1)
    ] = None
    lineage: Annotated[
        File | None, leads_to("OpenLineage events", imports="openlineage", example="lineage/events.jsonl")
    ] = None
    joins_sources: Annotated[bool | None, said("Records of several sources are joined by key")] = None
    entity_match: Annotated[
        Share | None, said("Sampled records whose cross-source keys match", low=0, high=1)
    ] = None
    segment_coverage: Annotated[
        Share | None, said("Production segments that the pilot's data covers", low=0, high=1)
    ] = None
    psi_max: Annotated[
        Number | None, said("Largest population stability index, pilot against production", low=0, high=100)
    ] = None
    release_lead: Annotated[Time | None, said("Time the pilot needs to follow a schema change", low=0)] = None
    unlisted_inputs: Annotated[
        Number | None, said("Inputs in the lineage that the manifest does not list", low=0, high=1e6)
    ] = None


class Target(Section):
    """The hardware that production will run on."""

    device: Annotated[str | None, said("Accelerator, or `cpu`", tier=1, example="l4-24gb")] = None
    count: Annotated[
        Number | None, wanted("Accelerators of one replica", tier=1, low=0, high=1e5, example="1")
    ] = None
    device_memory: Annotated[Size | None, said("Memory of one accelerator", low=0)] = None
    host_memory: Annotated[Size | None, said("Memory of one host", low=0)] = None
    link: Annotated[str | None, said("Link between accelerators, such as nvlink or pcie4-x16")] = None
    power_limit: Annotated[
        Power | None,
        said("Power limit of one accelerator, where it is set below the maker's", low=1, high=5000),
    ] = None
    storage: Annotated[str | None, said("Storage that holds weights and data")] = None
    storage_read: Annotated[DataRate | None, said("Read rate of that storage", low=0)] = None
    load_streams: Annotated[
        Number | None, said("Streams that read the weights at once when the model loads", low=1, high=1e4)
    ] = None
    load_cached: Annotated[
        bool | None, said("The weights are already in the host's memory when the model loads")
    ] = None
    region: Annotated[str | None, said("Region or site")] = None
    platform: Annotated[
        Literal["own", "managed", "serverless"] | None,
        said("Who runs the machines: own nodes, a managed service, or nothing that runs while idle"),
    ] = None
    service: Annotated[str | None, said("Cloud service that runs the pilot", example="google-cloud-run")] = (
        None
    )
    replicas: Annotated[Number | None, wanted("Replicas that serve", low=0, high=1e5)] = None
    replicas_max: Annotated[Number | None, wanted("Replicas that autoscaling may reach", low=0, high=1e5)] = (
        None
    )
    failure_domain: Annotated[str | None, said("Largest unit that fails as a whole: node, zone, rack")] = None
    failure_domain_size: Annotated[Number | None, said("Replicas lost with it", low=0, high=1e5)] = None
    fingerprint: Annotated[str | None, wanted("Fingerprint of the machine profile of production")] = None
    kubernetes: Annotated[
        File | None,
        leads_to("Kubernetes manifests of the service", imports="kubernetes", example="deploy/service.yaml"),
    ] = None
    image_bytes: Annotated[Size | None, said("Bytes of the container image", low=0)] = None
    node_start: Annotated[Time | None, said("Time until a new node is ready", low=0)] = None
    engine_start: Annotated[Time | None, said("Time from loaded weights to ready", low=0)] = None
    cold_start: Annotated[
        Time | None, said("Measured time from trigger to first answer of one more replica", low=0)
    ] = None
    network: Annotated[DataRate | None, said("Bandwidth of the host's network link", low=0)] = None
    spare_capacity: Annotated[
        Share | None, said("Spare capacity that absorbs load while scaling out", low=0, high=10)
    ] = None
    memory_limit: Annotated[Size | None, said("Memory limit of the container", low=0)] = None
    hot_set: Annotated[Size | None, said("Bytes that requests touch again and again", low=0)] = None
    hot_tier: Annotated[
        Literal["device", "dram", "nvme", "remote"] | None, said("Tier that holds the hot set")
    ] = None
    hot_bytes_per_request: Annotated[
        Size | None, said("Bytes of the hot set that one request reads", low=0)
    ] = None
    bytes_to_device: Annotated[
        Size | None, said("Bytes that one request copies to the accelerator", low=0)
    ] = None
    pinned_copies: Annotated[bool | None, said("Copies to the accelerator use pinned memory")] = None


class Operations(Section):
    """Running, stopping and restoring it."""

    rollback: Annotated[Time | None, said("Time that a rollback took", tier=1, low=0, example="15 min")] = (
        None
    )
    rollback_target: Annotated[Time | None, wanted("Longest time a rollback may take", low=0)] = None
    rollback_tested_on: Annotated[Date | None, said("Day of the last exercised rollback")] = None
    stop: Annotated[
        Time | None, said("Time to a safe state after the stop switch", tier=1, low=0, example="30 s")
    ] = None
    stop_target: Annotated[Time | None, wanted("Longest time to a safe state", low=0)] = None
    stop_tested_on: Annotated[Date | None, said("Day of the last test of the stop switch")] = None
    rto: Annotated[Time | None, wanted("Recovery time objective", low=0)] = None
    rpo: Annotated[Time | None, wanted("Recovery point objective", low=0)] = None
    restore: Annotated[Time | None, said("Time that the last restore took", low=0)] = None
    restore_tested_on: Annotated[Date | None, said("Day of the last exercised restore")] = None
    restore_covers: Annotated[
        list[str] | None, said("What that restore brought back: config, registry, prompts, index")
    ] = None
    restore_data_loss: Annotated[
        Time | None, said("Age of the newest data that was lost in that restore", low=0)
    ] = None
    rebuilt_from_source: Annotated[
        bool | None, said("Index and features were rebuilt from the sources in that exercise")
    ] = None
    runbook: Annotated[File | None, leads_to("Runbook", imports="document", example="docs/runbook.md")] = None
    oncall: Annotated[str | None, said("Rota that is called", tier=1, example="platform rota")] = None
    accepted_by_receiver: Annotated[
        bool | None, said("The receiving team accepted the service in writing")
    ] = None
    canary: Annotated[bool | None, said("New releases reach users in steps, with criteria that abort")] = None
    quality_gate: Annotated[bool | None, said("Evaluation reruns on each change and blocks promotion")] = None
    gate_triggers: Annotated[
        list[str] | None,
        said("Changes that start it: model, prompt, data, provider, routing, infrastructure, flags"),
    ] = None
    gate_metrics: Annotated[
        list[str] | None, said("What it measures, the behaviour that was noticed in use included")
    ] = None
    gate_veto: Annotated[
        bool | None, said("A reviewer's doubt about behaviour stops a release that passes every number")
    ] = None
    canary_covers: Annotated[
        list[str] | None, said("What is released in steps: build, model, prompt, data, features, flags")
    ] = None
    rollback_covers: Annotated[
        list[str] | None, said("What that rollback brought back: model, prompts, index, flags, config")
    ] = None
    way_back: Annotated[
        str | None, said("How people and data leave: process without it, export, deletion, notice")
    ] = None
    env_parity: Annotated[bool | None, said("Pilot and production differ only in a reviewed list")] = None
    infrastructure_as_code: Annotated[bool | None, said("Infrastructure is code")] = None
    incident_plan: Annotated[
        bool | None, said("A plan names AI failure classes, reporting deadlines and contacts")
    ] = None
    incident_drill_on: Annotated[Date | None, said("Day of the last drill")] = None
    incident_notice: Annotated[
        Time | None, wanted("Longest time until a serious incident is reported outside", low=0)
    ] = None
    incident_notice_death: Annotated[
        Time | None, wanted("The same deadline after the death of a person", low=0)
    ] = None
    incident_notice_widespread: Annotated[
        Time | None,
        wanted("The same deadline after widespread harm or harm to critical infrastructure", low=0),
    ] = None
    change_plan: Annotated[
        bool | None, said("Planned changes, their protocol and their impact are written down")
    ] = None
    readiness_probe: Annotated[bool | None, said("Readiness is reported only after the model is loaded")] = (
        None
    )
    disruption_budget: Annotated[bool | None, said("A disruption budget keeps replicas serving")] = None
    resources_set: Annotated[bool | None, said("Requests and limits are set")] = None
    graceful_stop: Annotated[Time | None, said("Time that a stopping replica is given", low=0)] = None
    request_deadline: Annotated[
        Time | None, wanted("Longest time that a request may run before it is given up", low=0, high=1e6)
    ] = None
    load_test_duration: Annotated[Time | None, said("Duration of the load test", low=0)] = None
    load_test_rate: Annotated[
        Number | None, said("Load of the test over the planned peak", low=0, high=1e4)
    ] = None
    load_test_on_target: Annotated[
        bool | None, said("The test ran on target hardware with production payloads")
    ] = None
    load_test_utilisation: Annotated[
        Share | None, said("Utilisation of the busiest resource in that test", low=0, high=2)
    ] = None
    log_fields: Annotated[
        list[str] | None, said("What the event log covers: inputs, versions, outputs, overrides")
    ] = None
