"""The manifest as a whole, and its sections on the pilot: purpose, people, value."""

# No postponed annotations here: evaluating them as text costs each start 30 ms.
from typing import Annotated, Literal

from poc_gate.manifest.model_schema import Agent, Model, Retrieval, Training
from poc_gate.manifest.operation_schema import Operations, Pipeline, Target
from poc_gate.manifest.quality_schema import Cost, Evaluation, Monitoring, Oversight, Security
from poc_gate.manifest.request_schema import Demand, PathSection, Slo
from poc_gate.manifest.schema_types import Date, File, Money, Number, Section, Share, said, wanted
from poc_gate.manifest.source_schema import Approval, EvidenceEntry, NotApplicable, Source


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
