"""The manifest as a whole, and its sections on the pilot: purpose, people, value, demand, objectives, path."""

# No postponed annotations here: evaluating them as text costs each start 30 ms.
from typing import Annotated, Literal

from poc_gate.manifest.model_schema import Agent, Model, Retrieval, Training
from poc_gate.manifest.operation_schema import Operations, Pipeline, Target
from poc_gate.manifest.quality_schema import Cost, Evaluation, Monitoring, Oversight, Security
from poc_gate.manifest.schema_types import (
    DataRate,
    Date,
    Distance,
    File,
    Money,
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
from poc_gate.manifest.source_schema import Approval, EvidenceEntry, NotApplicable, PathStage, Source


class PilotSection(Section):
    """Who the pilot is and how far it wants to go."""

    name: Annotated[str, said("Name of the pilot", tier=1, example="claims-copilot")]
    stage: (
        Annotated[Literal["pilot", "limited", "production"], wanted("Stage the gate is asked for", tier=1)]
        | None
    ) = None
    use_case_class: (
        Annotated[
            Literal["interactive", "assistive", "batch", "agent"], wanted("How people wait for it", tier=1)
        ]
        | None
    ) = None
    uses: (
        Annotated[
            list[Literal["llm", "retrieval", "agent", "classic-ml", "batch", "training"]],
            said("Techniques in use; packs and rules apply by this list, so it must be stated", tier=1),
        ]
        | None
    ) = None
    go_live: Annotated[Date, wanted("Planned day of the launch", tier=1)] | None = None
    description: Annotated[str, said("One sentence for the report")] | None = None


class Purpose(Section):
    """What it is for, for whom, and under which rules."""

    intended_use: (
        Annotated[
            str,
            said("What the pilot is for", tier=1, example="drafts answers for trained handlers, who decide"),
        ]
        | None
    ) = None
    out_of_scope: Annotated[list[str], said("Uses that are excluded or prohibited")] | None = None
    users: Annotated[str, said("Who uses it")] | None = None
    affected_people: Annotated[str, said("Who is affected by its answers")] | None = None
    limits_known: Annotated[bool, said("Limits of the model's knowledge are written down")] | None = None
    risk_tier: (
        Annotated[Literal["minimal", "limited", "high", "prohibited"], said("Risk tier", tier=1)] | None
    ) = None
    risk_tier_approved: Annotated[bool, said("Tier, role and regimes were approved")] | None = None
    prohibited_screen: (
        Annotated[
            Literal["passed", "failed", "not-done"], said("Result of the screen for prohibited practices")
        ]
        | None
    ) = None
    role: (
        Annotated[Literal["provider", "deployer", "both"], said("Role under product rules", tier=1)] | None
    ) = None
    regimes: (
        Annotated[
            list[str], said("Regimes that apply: eu-ai-act, us-bank-mrm, healthcare-us", example="eu-ai-act")
        ]
        | None
    ) = None
    annex_iii_point: (
        Annotated[str, said("Annex III point, or the Art. 6(3) reasoning, of the AI Act")] | None
    ) = None
    regions: Annotated[list[str], said("Regions where people use it")] | None = None
    risks_above_tolerance: (
        Annotated[Number, said("Registered risks whose residual risk exceeds the tolerance", low=0, high=1e6)]
        | None
    ) = None
    risks_without_owner: (
        Annotated[Number, said("Registered risks without an owner or a treatment", low=0, high=1e6)] | None
    ) = None
    risks_reviewed_on: Annotated[Date, said("Day of the last review of the risk register")] | None = None
    fundamental_rights_due: (
        Annotated[
            bool,
            said(
                "A fundamental-rights assessment is due: public body, public service, or Annex III 5(b), 5(c)"
            ),
        ]
        | None
    ) = None
    model_inventory_id: Annotated[str, said("Entry of the model in the inventory of models")] | None = None
    materiality: (
        Annotated[Literal["low", "medium", "high"], said("Materiality tier of the model in that inventory")]
        | None
    ) = None
    clinical_decision_support: Annotated[bool, said("Its predictions support clinical decisions")] | None = (
        None
    )
    medical_device: Annotated[bool, said("It is a medical device or part of one")] | None = None


class People(Section):
    """Who answers for it."""

    business_owner: (
        Annotated[str, said("Role that accepts the risk", tier=1, example="head of claims")] | None
    ) = None
    service_owner: (
        Annotated[str, said("Role that runs the service", tier=1, example="platform lead")] | None
    ) = None
    reviewer: Annotated[str, said("Role that reviewed it; neither builder nor owner")] | None = None
    builder: Annotated[str, said("Role that builds it")] | None = None
    approvals: list[Approval] | None = None


class ValueSection(Section):
    """What it is worth and how that is known."""

    metric: Annotated[str, said("Success metric", tier=1, example="minutes of search per claim")] | None = (
        None
    )
    baseline: Annotated[Number, said("Metric before the pilot", tier=1, example="14")] | None = None
    target: Annotated[Number, wanted("Metric at which the pilot succeeds", tier=1, example="6")] | None = None
    by_date: Annotated[Date, wanted("Day by which the target is due")] | None = None
    value_per_request: (
        Annotated[Money, said("Value of one served request at conservative adoption", low=0)] | None
    ) = None
    adoption_expected: (
        Annotated[Share, said("Expected share of requests that people accept", low=0, high=1)] | None
    ) = None
    workflow_step: Annotated[str, said("Step of the process that uses the output")] | None = None
    workflow_owner: Annotated[str, said("Role that owns this step")] | None = None
    exit_criteria: Annotated[str, said("When it is stopped and when it is scaled")] | None = None
    fixed_before_pilot_end: (
        Annotated[bool, said("Metric, target and criteria were fixed before the pilot ended")] | None
    ) = None
    simpler_baseline: Annotated[str, said("Non-AI or smaller alternative that was compared")] | None = None
    simpler_baseline_compared: (
        Annotated[bool, said("A simpler alternative was measured on the same metric")] | None
    ) = None


class Demand(Section):
    """How much of it, when."""

    pilot_requests_per_day: (
        Annotated[RequestRate, said("Load of today's pilot", low=0, example="200 req/d")] | None
    ) = None
    requests_per_day: (
        Annotated[RequestRate, wanted("Planned load in production", tier=1, low=0, example="20000 req/d")]
        | None
    ) = None
    peak_hour_share: (
        Annotated[
            Share,
            said("Share of a day's requests in its busiest hour", tier=1, low=1 / 24, high=1, example="18 %"),
        ]
        | None
    ) = None
    burst_factor: (
        Annotated[Number, said("Peak minute over peak hour", tier=1, low=1, high=1000, example="2.5")] | None
    ) = None
    growth_12m: (
        Annotated[Number, wanted("Load in twelve months over the planned load", low=0, high=1e6)] | None
    ) = None
    corpus_growth_12m: (
        Annotated[Number, wanted("Corpus in twelve months over today's", low=0, high=1e6)] | None
    ) = None
    in_tokens_p50: (
        Annotated[Tokens, said("Median prompt length, retrieved context included", low=1, high=1e8)] | None
    ) = None
    in_tokens_p95: Annotated[Tokens, said("95th percentile of the prompt length", low=1, high=1e8)] | None = (
        None
    )
    out_tokens_p50: Annotated[Tokens, said("Median answer length", low=1, high=1e8)] | None = None
    out_tokens_p95: (
        Annotated[Tokens, said("95th percentile of the answer length", low=1, high=1e8)] | None
    ) = None
    arrival_cv: (
        Annotated[
            Number,
            said("Coefficient of variation of the time between arrivals; 1 = Poisson", low=0, high=100),
        ]
        | None
    ) = None


class Slo(Section):
    """What users are promised."""

    file: (
        Annotated[File, leads_to("OpenSLO or Sloth file", imports="slo", example="slo/latency.openslo.yaml")]
        | None
    ) = None
    p50: (
        Annotated[Time, wanted("Median end-to-end latency", tier=1, low=0, high=1e6, example="2 s")] | None
    ) = None
    p95: Annotated[Time, wanted("95th percentile of the end-to-end latency", low=0, high=1e6)] | None = None
    p99: (
        Annotated[
            Time, wanted("99th percentile of the end-to-end latency", tier=1, low=0, high=1e6, example="10 s")
        ]
        | None
    ) = None
    ttft: Annotated[Time, wanted("Time to first token at p95", low=0, high=1e5)] | None = None
    tokens_per_s_stream: (
        Annotated[TokenRate, wanted("Tokens per second that each stream must get", low=0, high=1e6)] | None
    ) = None
    availability: Annotated[Share, wanted("Availability over the window", tier=1, low=0, high=1)] | None = (
        None
    )
    window: Annotated[Time, wanted("Window of the objectives", low=0)] | None = None
    answer_max_age: Annotated[Time, wanted("Oldest data an answer may rest on", low=0)] | None = None
    scale_out_allowance: Annotated[Time, wanted("Time allowed until added capacity serves", low=0)] | None = (
        None
    )


class PathSection(Section):
    """How a request runs through its stages."""

    mode: (
        Annotated[
            Literal["series", "parallel"],
            said("Whether the sources are called one after the other or together"),
        ]
        | None
    ) = None
    stages: list[PathStage] | None = None
    cross_region_hops: (
        Annotated[Number, said("Sequential calls that cross regions, per request", low=0, high=1e4)] | None
    ) = None
    cross_region_rtt: Annotated[Time, said("Round trip of one such call", low=0, high=60)] | None = None
    cross_region_distance: (
        Annotated[
            Distance,
            said("Distance of one such call, where its round trip was not measured", low=0, high=4.1e7),
        ]
        | None
    ) = None
    retry_jitter: Annotated[bool, said("Retries back off with jitter")] | None = None
    retry_layers: Annotated[Number, said("Layers that retry", low=0, high=20)] | None = None
    side_effects_idempotent: Annotated[bool, said("Steps with side effects are idempotent")] | None = None
    queues_bounded: Annotated[bool, said("Queues are bounded and excess load is shed")] | None = None
    queue_full_wait: (
        Annotated[Time, said("Wait of a request that takes the last place in the queue", low=0)] | None
    ) = None
    hop_tier_rate: Annotated[DataRate, said("Read rate of the tier that holds the hot set", low=0)] | None = (
        None
    )
    network_bandwidth: (
        Annotated[DataRate, said("Bandwidth of the link that serves the pilot", low=0)] | None
    ) = None
    bytes_per_request: Annotated[Size, said("Bytes that one request moves over that link", low=0)] | None = (
        None
    )


class Manifest(Section):
    """`pilot.yaml` as a whole."""

    apiVersion: Annotated[Literal["poc-gate/v1"], said("Version of this format")]
    pilot: PilotSection
    purpose: Purpose | None = None
    people: People | None = None
    value: ValueSection | None = None
    demand: Demand | None = None
    slo: Slo | None = None
    sources: list[Source] | None = None
    path: PathSection | None = None
    model: Model | None = None
    agent: Agent | None = None
    retrieval: Retrieval | None = None
    pipeline: Pipeline | None = None
    training: Training | None = None
    target: Target | None = None
    operations: Operations | None = None
    oversight: Oversight | None = None
    evaluation: Evaluation | None = None
    monitoring: Monitoring | None = None
    security: Security | None = None
    cost: Cost | None = None
    imports: Annotated[list[File], said("Further files to import facts from")] | None = None
    evidence: list[EvidenceEntry] | None = None
    not_applicable: list[NotApplicable] | None = None
