"""The manifest's sections on trust: oversight, evaluation, monitoring, security, cost."""

# No postponed annotations here: evaluating them as text costs each start 30 ms.
from typing import Annotated

from poc_gate.manifest.schema_types import (
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
    leads_to,
    matching,
    said,
    wanted,
)
from poc_gate.manifest.source_schema import Destination


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

    report: (
        Annotated[
            File,
            leads_to("Evaluation report", tier=1, imports="evaluation", example="evaluation/report.json"),
        ]
        | None
    ) = None
    thresholds: (
        Annotated[
            File, leads_to("Acceptance thresholds", imports="document", example="evaluation/thresholds.yaml")
        ]
        | None
    ) = None
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
    injection_report: (
        Annotated[
            File,
            leads_to(
                "Report of the injection suite", imports="evaluation", example="evaluation/injection.json"
            ),
        ]
        | None
    ) = None
    injection_success: (
        Annotated[Share, said("Share of injection attempts that succeeded", low=0, high=1)] | None
    ) = None
    injection_success_max: (
        Annotated[Share, wanted("Highest share that is accepted", low=0, high=1)] | None
    ) = None
    model_card: (
        Annotated[File, leads_to("Model card", imports="document", example="model/README.md")] | None
    ) = None
    documentation_complete: (
        Annotated[bool, said("Task, limits, metrics, tradeoffs and fairness are documented")] | None
    ) = None
    offline_tracks_outcome: (
        Annotated[bool, said("The offline metric was shown to track the outcome")] | None
    ) = None


class Monitoring(Section):
    """How it is watched."""

    alerts: (
        Annotated[File, leads_to("Prometheus rules", imports="prometheus", example="monitoring/alerts.yaml")]
        | None
    ) = None
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
    impact_assessment: (
        Annotated[
            File,
            leads_to(
                "AI or privacy impact assessment", imports="document", example="docs/impact-assessment.md"
            ),
        ]
        | None
    ) = None
    impact_assessed_on: Annotated[Date, said("Day of the assessment")] | None = None


class Cost(Section):
    """Declared prices, with their date; poc-gate ships none."""

    currency: (
        Annotated[
            str,
            matching("ISO 4217 code used in every price of the file", example="EUR", pattern="^[A-Z]{3}$"),
        ]
        | None
    ) = None
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
