"""The manifest's sections on running it: retrieval, pipeline, target, operations, oversight, cost."""

# No postponed annotations here: evaluating them as text costs each start 30 ms.
from typing import Annotated, Literal

from poc_gate.manifest.schema_types import (
    CountRate,
    DataRate,
    Date,
    File,
    Money,
    Number,
    PricePerByte,
    PricePerTime,
    PricePerToken,
    Section,
    Share,
    Size,
    Time,
    Tokens,
    said,
    wanted,
)
from poc_gate.manifest.source_schema import Destination


class Agent(Section):
    """Bounds of an agent's loop and tools."""

    max_steps: Annotated[Number, wanted("Most steps of one task", low=1, high=1e6)] | None = None
    max_time: Annotated[Time, wanted("Longest time of one task", low=0)] | None = None
    max_cost: Annotated[Money, wanted("Highest cost of one task", low=0)] | None = None
    max_tool_calls: Annotated[Number, wanted("Most tool calls of one task", low=0, high=1e6)] | None = None
    bounds_enforced: (
        Annotated[bool, said("The bounds are enforced by the runtime, not by the prompt")] | None
    ) = None
    tools: Annotated[list[str], said("Tools that the agent may call")] | None = None
    tools_minimal: (
        Annotated[bool, said("Each tool was reviewed: needed, and with the least rights")] | None
    ) = None
    high_impact_tools: Annotated[list[str], said("Tools whose effect is hard to undo")] | None = None
    human_approval: Annotated[list[str], said("Tools that a person approves before each call")] | None = None
    runs_as_user: Annotated[bool, said("Tools run with the rights of the user")] | None = None
    step_success: Annotated[Share, said("Share of single steps that succeed", low=0, high=1)] | None = None
    steps_typical: Annotated[Number, said("Steps of a typical task", low=1, high=1e6)] | None = None
    pass_1: Annotated[Share, said("Share of tasks solved in one try", low=0, high=1)] | None = None
    pass_8: Annotated[Share, said("Share of tasks solved in all of eight tries", low=0, high=1)] | None = None
    reliability_needed: (
        Annotated[Share, wanted("Share of tasks that must be solved every time", low=0, high=1)] | None
    ) = None


class Retrieval(Section):
    """The index that answers are grounded on."""

    vectors: Annotated[Number, said("Vectors in the index today", low=0, high=1e13)] | None = None
    dims: Annotated[Number, said("Dimensions of one vector", low=1, high=1e6)] | None = None
    bytes_per_element: (
        Annotated[Number, said("Bytes of one vector element; 4 = float32", low=0.1, high=8)] | None
    ) = None
    index: Annotated[Literal["hnsw", "ivf", "flat"], said("Kind of index")] | None = None
    m: Annotated[Number, said("HNSW links per node", low=2, high=1024)] | None = None
    version: Annotated[str, said("Exact version or build of the index that serves")] | None = None
    replicas: Annotated[Number, said("Replicas beside the first copy", low=0, high=1000)] | None = None
    ram: Annotated[Size, said("Memory that the index may use, over all nodes", low=0)] | None = None
    ram_share: (
        Annotated[Share, said("Share of that memory that the engine gives to vectors", low=0, high=1)] | None
    ) = None
    chunks: Annotated[Number, said("Chunks in the corpus", low=0, high=1e13)] | None = None
    chunks_changed_per_day: (
        Annotated[CountRate, said("Chunks that change", low=0, example="20000 chunks/d")] | None
    ) = None
    embed_rate: (
        Annotated[CountRate, said("Chunks that the embedder handles", low=0, example="500 chunks/s")] | None
    ) = None
    write_rate: Annotated[CountRate, said("Chunks that the index takes in", low=0)] | None = None
    refresh: Annotated[Time, wanted("Interval between index refreshes", low=0)] | None = None
    incremental: Annotated[bool, said("The index is refreshed incrementally")] | None = None
    search_p50: Annotated[Time, said("Median time of one search", low=0, high=3600)] | None = None
    search_p99: Annotated[Time, said("99th percentile of one search", low=0, high=3600)] | None = None
    top_k: Annotated[Number, wanted("Chunks returned by one search", low=1, high=1e5)] | None = None
    bytes_per_chunk: Annotated[Size, said("Bytes of one returned chunk", low=0)] | None = None
    acl_mode: Annotated[Literal["query", "post", "none"], said("Where permissions are enforced")] | None = (
        None
    )
    acl_denied_tests: (
        Annotated[Number, said("Denied-user queries that were tried", low=0, high=1e9)] | None
    ) = None
    acl_leaks: Annotated[Number, said("Leaks among them", low=0, high=1e9)] | None = None
    recall_at_k: Annotated[Share, said("Recall at k on the evaluation set", low=0, high=1)] | None = None
    recall_floor: Annotated[Share, wanted("Lowest recall at k that is accepted", low=0, high=1)] | None = None
    citations_checked: (
        Annotated[Number, said("Answers whose citations were checked", low=0, high=1e9)] | None
    ) = None
    citations_wrong: (
        Annotated[Number, said("Answers among them with a wrong citation", low=0, high=1e9)] | None
    ) = None
    citation_error_max: (
        Annotated[Share, wanted("Highest share of wrong citations that is accepted", low=0, high=1)] | None
    ) = None


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
    lineage: Annotated[File, said("OpenLineage events")] | None = None
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


class Training(Section):
    """Feeding accelerators in training or batch scoring."""

    batch_size: Annotated[Number, said("Samples of one step and accelerator", low=1, high=1e9)] | None = None
    sample_bytes: Annotated[Size, said("Bytes of one sample", low=0)] | None = None
    step_time: Annotated[Time, said("Compute time of one step", low=0)] | None = None
    accelerators: Annotated[Number, said("Accelerators fed at once", low=1, high=1e6)] | None = None
    utilisation_needed: (
        Annotated[Share, wanted("Accelerator utilisation that must be reached", low=0, high=1)] | None
    ) = None
    utilisation: Annotated[Share, said("Accelerator utilisation that was reached", low=0, high=1)] | None = (
        None
    )
    checkpoint_bytes: Annotated[Size, said("Bytes of one checkpoint", low=0)] | None = None
    checkpoint_interval: Annotated[Time, wanted("Time between checkpoints", low=0)] | None = None
    write_rate: Annotated[DataRate, said("Write rate of the checkpoint store", low=0)] | None = None
    read_rate: Annotated[DataRate, said("Cold read rate of the training store", low=0)] | None = None


class Target(Section):
    """The hardware that production will run on."""

    device: Annotated[str, said("Accelerator, or `cpu`", tier=1, example="l4-24gb")] | None = None
    count: Annotated[Number, wanted("Accelerators of one replica", tier=1, low=0, high=1e5)] | None = None
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
    kubernetes: Annotated[File, said("Kubernetes manifests of the service")] | None = None
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
    bytes_to_device: (
        Annotated[Size, said("Bytes that one request copies to the accelerator", low=0)] | None
    ) = None
    pinned_copies: Annotated[bool, said("Copies to the accelerator use pinned memory")] | None = None


class Operations(Section):
    """Running, stopping and restoring it."""

    rollback: Annotated[Time, said("Time that a rollback took", tier=1, low=0)] | None = None
    rollback_target: Annotated[Time, wanted("Longest time a rollback may take", low=0)] | None = None
    rollback_tested_on: Annotated[Date, said("Day of the last exercised rollback")] | None = None
    stop: Annotated[Time, said("Time to a safe state after the stop switch", tier=1, low=0)] | None = None
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
    runbook: Annotated[File, said("Runbook")] | None = None
    oncall: Annotated[str, said("Rota that is called", tier=1)] | None = None
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


class Oversight(Section):
    """People in the loop."""

    review_share: (
        Annotated[Share, wanted("Share of decisions that a person reviews", low=0, high=1)] | None
    ) = None
    review_time: Annotated[Time, said("Time of one review", low=0)] | None = None
    reviewers: Annotated[Number, said("Reviewers", low=0, high=1e6)] | None = None
    shift: Annotated[Time, said("Working time of one reviewer and day", low=0, high=86400)] | None = None
    can_override: Annotated[bool, said("A person can disregard, override and stop")] | None = None
    override_signal: Annotated[str, said("Signal on which a person steps in")] | None = None
    override_role: Annotated[str, said("Role that may disregard, override and stop")] | None = None
    log_retention: Annotated[Time, wanted("How long event logs are kept", low=0)] | None = None
    users_told: Annotated[bool, said("People are told that they deal with AI")] | None = None
    output_marked: Annotated[bool, said("Generated output is marked where due")] | None = None


class Evaluation(Section):
    """How quality was shown."""

    report: Annotated[File, said("Evaluation report", tier=1)] | None = None
    thresholds: Annotated[File, said("Acceptance thresholds")] | None = None
    n: Annotated[Number, said("Cases evaluated", low=0, high=1e12)] | None = None
    failures: Annotated[Number, said("Cases that failed", low=0, high=1e12)] | None = None
    failure_max: Annotated[Share, wanted("Highest failure rate that is accepted", low=0, high=1)] | None = (
        None
    )
    repeats: Annotated[Number, said("Repeats of the evaluation", low=0, high=1e6)] | None = None
    spread: Annotated[Share, said("Spread over the repeats", low=0, high=10)] | None = None
    spread_max: Annotated[Share, wanted("Largest spread that is accepted", low=0, high=10)] | None = None
    slices: Annotated[list[str], said("Slices that were evaluated apart")] | None = None
    worst_slice_gap: Annotated[Share, said("Worst slice below the mean", low=0, high=1)] | None = None
    worst_slice_gap_max: Annotated[Share, wanted("Largest gap that is accepted", low=0, high=1)] | None = None
    bias_assessed: Annotated[bool, said("Bias was assessed")] | None = None
    clinical_conditions: (
        Annotated[bool, said("People and AI were tested together under clinical conditions")] | None
    ) = None
    thresholds_before_test: Annotated[bool, said("Thresholds were committed before the test run")] | None = (
        None
    )
    injection_report: Annotated[File, said("Report of the injection suite")] | None = None
    injection_success: (
        Annotated[Share, said("Share of injection attempts that succeeded", low=0, high=1)] | None
    ) = None
    injection_success_max: (
        Annotated[Share, wanted("Highest share that is accepted", low=0, high=1)] | None
    ) = None
    model_card: Annotated[File, said("Model card")] | None = None
    documentation_complete: (
        Annotated[bool, said("Task, limits, metrics, tradeoffs and fairness are documented")] | None
    ) = None
    offline_tracks_outcome: (
        Annotated[bool, said("The offline metric was shown to track the outcome")] | None
    ) = None


class Monitoring(Section):
    """How it is watched."""

    alerts: Annotated[File, said("Prometheus rules")] | None = None
    burn_alerts: Annotated[bool, said("Each SLO has multi-window burn alerts")] | None = None
    quality_signal: Annotated[str, said("Online signal of answer quality")] | None = None
    quality_owner: Annotated[str, said("Role that answers its alert")] | None = None
    drift_test: Annotated[str, said("Test for input drift")] | None = None
    drift_threshold_n_aware: (
        Annotated[bool, said("The drift threshold accounts for the sample size")] | None
    ) = None
    staleness_effect_known: Annotated[bool, said("Effect of model or index age was measured")] | None = None
    max_model_age: Annotated[Time, wanted("Oldest model or index that may serve", low=0)] | None = None
    max_age_enforced: (
        Annotated[bool, said("Serving stops or alarms when the model or index is older")] | None
    ) = None
    feedback_time: Annotated[Time, said("Time in which feedback is triaged", low=0)] | None = None
    feedback_triaged: (
        Annotated[Share, said("Share of feedback triaged in that time", low=0, high=1)] | None
    ) = None
    feedback_into_eval: Annotated[bool, said("Accepted feedback enters the evaluation set")] | None = None
    trace_id: Annotated[bool, said("One id joins request, retrievals, tools, model and answer")] | None = None
    performance_baseline: (
        Annotated[bool, said("A baseline of throughput and latency is kept to compare with")] | None
    ) = None
    saturation_metrics: (
        Annotated[list[str], said("Saturation metrics exported: queue, kv, preemptions, link, storage")]
        | None
    ) = None
    time_to_detect: Annotated[Time, said("Time until a fault is noticed", low=0)] | None = None


class Security(Section):
    """Security and privacy of the pilot."""

    index_classification: Annotated[str, said("Classification of the index and the prompts")] | None = None
    workload_identity: (
        Annotated[bool, said("Only workload identities are used, none shared or personal")] | None
    ) = None
    read_scope_minimal: Annotated[bool, said("Read scope matches the need")] | None = None
    output_validated: (
        Annotated[bool, said("Model output is validated before any interpreter, query or page")] | None
    ) = None
    encrypted_at_rest: Annotated[bool, said("Data, embeddings and backups are encrypted")] | None = None
    keys_apart: Annotated[bool, said("Keys are managed apart from the data")] | None = None
    secrets_found: (
        Annotated[
            Number, said("Secrets that a scan found in manifest, prompts and repository", low=0, high=1e6)
        ]
        | None
    ) = None
    rate_limit: Annotated[bool, said("Requests per user are limited")] | None = None
    spend_limit: Annotated[bool, said("Spend per user or tenant is limited")] | None = None
    input_cap: Annotated[Tokens, wanted("Largest input that is admitted", low=0)] | None = None
    output_cap: Annotated[Tokens, wanted("Largest output that is generated", low=0)] | None = None
    egress: list[Destination] | None = None
    egress_listed: Annotated[bool, said("Every outbound destination is listed")] | None = None
    deletion_time: (
        Annotated[Time, said("Time until a deletion at the source reaches index, cache and backup", low=0)]
        | None
    ) = None
    deletion_max: Annotated[Time, wanted("Longest time that is accepted", low=0)] | None = None
    deletion_verified: Annotated[bool, said("Deletion was verified end to end")] | None = None
    lawful_basis: Annotated[str, said("Lawful basis for personal data")] | None = None
    prompts_personal: Annotated[bool, said("Prompts, logs or answers hold personal data")] | None = None
    privacy_assessed: Annotated[bool, said("Privacy risk and minimisation were examined")] | None = None
    impact_assessment: Annotated[File, said("AI or privacy impact assessment")] | None = None
    impact_assessed_on: Annotated[Date, said("Day of the assessment")] | None = None


class Cost(Section):
    """Declared prices, with their date; poc-gate ships none."""

    currency: Annotated[str, said("ISO 4217 code used in every price of the file", example="EUR")] | None = (
        None
    )
    prices_on: Annotated[Date, said("Day the prices were read")] | None = None
    gpu_hour: Annotated[PricePerTime, said("Price of one accelerator", tier=1, low=0)] | None = None
    host_hour: Annotated[PricePerTime, said("Price of one host without accelerators", low=0)] | None = None
    in_token: Annotated[PricePerToken, said("Price of prompt tokens", tier=1, low=0)] | None = None
    out_token: Annotated[PricePerToken, said("Price of generated tokens", tier=1, low=0)] | None = None
    retrieval_per_request: Annotated[Money, said("Cost of retrieval per request", low=0)] | None = None
    egress: Annotated[PricePerByte, said("Price of outbound traffic", low=0)] | None = None
    egress_bytes_per_request: Annotated[Size, said("Outbound bytes per request", low=0)] | None = None
    wage: Annotated[PricePerTime, said("Cost of a reviewer's time", low=0)] | None = None
    fixed_month: Annotated[Money, said("Fixed cost per month", low=0)] | None = None
    monthly_cap: Annotated[Money, wanted("Hard cap per month", tier=1, low=0)] | None = None
    cap_enforced: Annotated[bool, said("Spending stops at the cap without a person")] | None = None
    unit_cost_max: Annotated[Money, wanted("Highest cost of one request that is accepted", low=0)] | None = (
        None
    )
    cap_alerts: Annotated[list[Share], wanted("Shares of the cap that raise an alert")] | None = None
    budget_12m: Annotated[Money, wanted("Approved budget for twelve months", low=0)] | None = None
    funded_12m: Annotated[bool, said("Twelve months of run cost and staff are approved")] | None = None
    duty: Annotated[Share, said("Share of paid accelerator hours that are used", low=0, high=1)] | None = None
    scale_to_zero: Annotated[bool, said("Capacity is released when idle")] | None = None
    volume_discount_10x: Annotated[Share, said("Discount at ten times the volume", low=0, high=1)] | None = (
        None
    )
