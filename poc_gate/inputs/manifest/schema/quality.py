"""The manifest's sections on trust: oversight, evaluation, monitoring, security."""

# No postponed annotations here: evaluating them as text costs each start 30 ms.
from typing import Annotated, Literal

from poc_gate.inputs.manifest.schema.field_types import (
    Date,
    File,
    Number,
    Section,
    Share,
    Time,
    Tokens,
    leads_to,
    said,
    wanted,
)
from poc_gate.inputs.manifest.schema.source import Destination


class Oversight(Section):
    """People in the loop."""

    review_share: Annotated[
        Share | None, wanted("Share of decisions that a person reviews", low=0, high=1)
    ] = None
    review_time: Annotated[Time | None, said("Time of one review", low=0)] = None
    reviewers: Annotated[Number | None, said("Reviewers", low=0, high=1e6)] = None
    shift: Annotated[Time | None, said("Working time of one reviewer and day", low=0, high=86400)] = None
    can_override: Annotated[bool | None, said("A person can disregard, override and stop")] = None
    override_signal: Annotated[str | None, said("Signal on which a person steps in")] = None
    override_role: Annotated[str | None, said("Role that may disregard, override and stop")] = None
    log_retention: Annotated[Time | None, wanted("How long event logs are kept", low=0)] = None
    users_told: Annotated[bool | None, said("People are informed that they are dealing with an AI")] = None
    output_marked: Annotated[bool | None, said("Generated output is marked where the law asks for it")] = None
    generates_content: Annotated[
        bool | None, said("It generates text, images or sound that people outside meet as such")
    ] = None
    person_decides: Annotated[
        bool | None, said("A person with the time and the right to disagree makes each decision about people")
    ] = None
    appeal: Annotated[bool | None, said("Those affected can contest a decision and reach a person")] = None
    explanation: Annotated[bool | None, said("Those affected are given the main reasons for a decision")] = (
        None
    )
    alerts_per_shift: Annotated[
        Number | None, said("Alerts that one person gets in a shift", low=0, high=1e6)
    ] = None
    alerts_per_shift_max: Annotated[
        Number | None, wanted("Maximum alerts per shift that those who get them agreed to", low=0, high=1e6)
    ] = None
    alert_precision: Annotated[
        Share | None, said("Share of alerts that called for action", low=0, high=1)
    ] = None


class Evaluation(Section):
    """How quality was shown."""

    report: Annotated[
        File | None,
        leads_to("Evaluation report", tier=1, imports="evaluation", example="evaluation/report.json"),
    ] = None
    report_option: Annotated[
        str | None,
        said("How that report is read: where an unknown layout has its counts, or what passes"),
    ] = None
    thresholds: Annotated[
        File | None,
        leads_to("Acceptance thresholds", imports="document", example="evaluation/thresholds.yaml"),
    ] = None
    n: Annotated[Number | None, said("Cases evaluated", low=0, high=1e12)] = None
    failures: Annotated[Number | None, said("Cases that failed", low=0, high=1e12)] = None
    failure_max: Annotated[Share | None, wanted("Highest failure rate that is accepted", low=0, high=1)] = (
        None
    )
    repeats: Annotated[Number | None, said("Repeats of the evaluation", low=0, high=1e6)] = None
    spread: Annotated[Share | None, said("Spread over the repeats", low=0, high=10)] = None
    spread_max: Annotated[Share | None, wanted("Largest spread that is accepted", low=0, high=10)] = None
    slices: Annotated[list[str] | None, said("Slices that were evaluated separately")] = None
    worst_slice_gap: Annotated[Share | None, said("Worst slice below the mean", low=0, high=1)] = None
    worst_slice_gap_max: Annotated[Share | None, wanted("Largest gap that is accepted", low=0, high=1)] = None
    bias_assessed: Annotated[bool | None, said("Bias was assessed")] = None
    clinical_conditions: Annotated[
        bool | None, said("People and AI were tested together under clinical conditions")
    ] = None
    thresholds_before_test: Annotated[bool | None, said("Thresholds were committed before the test run")] = (
        None
    )
    injection_report: Annotated[
        File | None,
        leads_to("Report of the injection suite", imports="evaluation", example="evaluation/injection.json"),
    ] = None
    injection_success: Annotated[
        Share | None, said("Share of injection attempts that succeeded", low=0, high=1)
    ] = None
    injection_success_max: Annotated[
        Share | None, wanted("Highest share that is accepted", low=0, high=1)
    ] = None
    model_card: Annotated[
        File | None, leads_to("Model card", imports="document", example="model/README.md")
    ] = None
    documentation_complete: Annotated[
        bool | None, said("Task, limits, metrics, tradeoffs and fairness are documented")
    ] = None
    offline_tracks_outcome: Annotated[
        bool | None, said("The offline metric was shown to track the outcome")
    ] = None
    injection_direct_attempts: Annotated[
        Number | None, said("Injections tried in the user's own input", low=0, high=1e9)
    ] = None
    injection_direct_successes: Annotated[
        Number | None, said("How many of those succeeded", low=0, high=1e9)
    ] = None
    injection_indirect_attempts: Annotated[
        Number | None, said("Injections tried in documents, mails, pages or tool results", low=0, high=1e9)
    ] = None
    injection_indirect_successes: Annotated[
        Number | None, said("How many of those succeeded", low=0, high=1e9)
    ] = None
    injection_reached_action: Annotated[
        Number | None, said("Injections that made a tool act or sent data outside", low=0, high=1e9)
    ] = None
    set_renewed_on: Annotated[
        Date | None, said("Day on which cases from production last entered the evaluation set")
    ] = None
    judge: Annotated[Literal["people", "model", "rule"] | None, said("Who or what marks the answers")] = None
    judge_agreement: Annotated[
        Share | None, said("Agreement of a judging model with people on a sample", low=0, high=1)
    ] = None
    authority_checked: Annotated[
        Number | None, said("Answers that a person compared with the authoritative text", low=0, high=1e9)
    ] = None
    authority_contradictions: Annotated[
        Number | None, said("How many of those answers contradict it", low=0, high=1e9)
    ] = None
    authority_error_max: Annotated[
        Share | None, wanted("Highest share of contradictions that is accepted", low=0, high=1)
    ] = None
    answers_reachable: Annotated[
        bool | None, said("What is tested can reach the expected answers, by file, network, tool or index")
    ] = None
    overlap_checked: Annotated[
        bool | None, said("Test cases were searched for in training data, prompts and index, and removed")
    ] = None


class Monitoring(Section):
    """How it is watched."""

    alerts: Annotated[
        File | None, leads_to("Prometheus rules", imports="prometheus", example="monitoring/alerts.yaml")
    ] = None
    burn_alerts: Annotated[bool | None, said("Each SLO has multi-window burn alerts")] = None
    quality_signal: Annotated[str | None, said("Online signal of answer quality")] = None
    quality_owner: Annotated[str | None, said("Role that answers its alert")] = None
    drift_test: Annotated[str | None, said("Test for input drift")] = None
    drift_threshold_n_aware: Annotated[
        bool | None, said("The drift threshold accounts for the sample size")
    ] = None
    staleness_effect_known: Annotated[bool | None, said("Effect of model or index age was measured")] = None
    max_model_age: Annotated[Time | None, wanted("Oldest model or index that may serve", low=0)] = None
    max_age_enforced: Annotated[
        bool | None, said("Serving stops or an alert is raised when the model or index is older")
    ] = None
    feedback_time: Annotated[Time | None, said("Time in which feedback is triaged", low=0)] = None
    feedback_triaged: Annotated[
        Share | None, said("Share of feedback triaged in that time", low=0, high=1)
    ] = None
    feedback_into_eval: Annotated[bool | None, said("Accepted feedback enters the evaluation set")] = None
    trace_id: Annotated[bool | None, said("One id joins request, retrievals, tools, model and answer")] = None
    trace_sampling: Annotated[
        Literal["none", "head", "tail"] | None,
        said(
            "Which traces are kept: all, a share chosen at their start, those that a rule chose at their end"
        ),
    ] = None
    trace_sampling_rate: Annotated[
        Share | None, said("Share of the traces that are kept at their start", low=0, high=1, example="10 %")
    ] = None
    trace_entry: Annotated[
        str | None,
        said("Span at which the pilot's requests enter, as traces name it", example="POST /answer"),
    ] = None
    performance_baseline: Annotated[
        bool | None, said("A baseline of throughput and latency is kept to compare with")
    ] = None
    saturation_metrics: Annotated[
        list[str] | None, said("Saturation metrics exported: queue, kv, preemptions, link, storage")
    ] = None
    time_to_detect: Annotated[Time | None, said("Time until a fault is noticed", low=0)] = None


class Security(Section):
    """Security and privacy of the pilot."""

    traces_protected: Annotated[
        bool | None,
        said("Traces and logs that contain text from people are restricted and deleted like that data"),
    ] = None
    index_classification: Annotated[str | None, said("Classification of the index and the prompts")] = None
    workload_identity: Annotated[
        bool | None, said("Only workload identities are used, none shared or personal")
    ] = None
    read_scope_minimal: Annotated[bool | None, said("Read scope matches the need")] = None
    output_validated: Annotated[
        bool | None, said("Model output is validated before any interpreter, query or page")
    ] = None
    encrypted_at_rest: Annotated[bool | None, said("Data, embeddings and backups are encrypted")] = None
    keys_apart: Annotated[bool | None, said("Keys are managed separately from the data")] = None
    secrets_found: Annotated[
        Number | None, said("Secrets that a scan found in manifest, prompts and repository", low=0, high=1e6)
    ] = None
    secrets_reviewed: Annotated[
        str | None,
        said(
            "File that lists places a scan found and a person reviewed, each with the reason",
            example="security/reviewed_secrets.yaml",
        ),
    ] = None
    outward_guard: Annotated[
        Literal["person", "allow-list", "isolated", "none"] | None,
        said("What stops outward acts and sends after untrusted content was read"),
    ] = None
    memory_kept: Annotated[
        bool | None, said("State outlives a request: memory, sessions, caches of answers")
    ] = None
    memory_isolated: Annotated[bool | None, said("That state is kept apart by user and tenant")] = None
    tenant_tests: Annotated[
        Number | None, said("Requests that tried to reach another user's or tenant's data", low=0, high=1e9)
    ] = None
    tenant_leaks: Annotated[Number | None, said("How many of those succeeded", low=0, high=1e9)] = None
    rate_limit: Annotated[bool | None, said("Requests per user are limited")] = None
    spend_limit: Annotated[bool | None, said("Spend per user or tenant is limited")] = None
    input_cap: Annotated[Tokens | None, wanted("Largest input that is admitted", low=0)] = None
    output_cap: Annotated[Tokens | None, wanted("Largest output that is generated", low=0)] = None
    egress: list[Destination] | None = None
    egress_listed: Annotated[bool | None, said("Every outbound destination is listed")] = None
    deletion_time: Annotated[
        Time | None, said("Time until a deletion at the source reaches index, cache and backup", low=0)
    ] = None
    deletion_max: Annotated[Time | None, wanted("Longest time that is accepted", low=0)] = None
    deletion_verified: Annotated[bool | None, said("Deletion was verified end to end")] = None
    lawful_basis: Annotated[str | None, said("Lawful basis for personal data")] = None
    prompts_personal: Annotated[bool | None, said("Prompts, logs or answers hold personal data")] = None
    privacy_assessed: Annotated[bool | None, said("Privacy risk and minimisation were examined")] = None
    impact_assessment: Annotated[
        File | None,
        leads_to("AI or privacy impact assessment", imports="document", example="docs/impact-assessment.md"),
    ] = None
    impact_assessed_on: Annotated[Date | None, said("Day of the assessment")] = None
