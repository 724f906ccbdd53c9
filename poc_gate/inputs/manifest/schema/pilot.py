"""The manifest as a whole, and its sections on the pilot: purpose, people, value."""

# No postponed annotations here: evaluating them as text costs each start 30 ms.
from typing import Annotated, Literal

from poc_gate.inputs.manifest.schema.cost import Cost
from poc_gate.inputs.manifest.schema.field_types import (
    Date,
    File,
    Money,
    Number,
    Section,
    Share,
    said,
    wanted,
)
from poc_gate.inputs.manifest.schema.model import Agent, FurtherModel, Model
from poc_gate.inputs.manifest.schema.operation import Operations, Pipeline, Target
from poc_gate.inputs.manifest.schema.quality import Evaluation, Monitoring, Oversight, Security
from poc_gate.inputs.manifest.schema.request import Demand, PathSection, Slo
from poc_gate.inputs.manifest.schema.retrieval import Retrieval, Training
from poc_gate.inputs.manifest.schema.source import Approval, EvidenceEntry, NotApplicable, Source


class PilotSection(Section):
    """Who the pilot is and how far it wants to go."""

    name: Annotated[str, said("Name of the pilot", tier=1, example="claims-copilot")]
    stage: Annotated[
        Literal["pilot", "limited", "production"] | None, wanted("Stage the gate is asked for", tier=1)
    ] = None
    use_case_class: Annotated[
        Literal["interactive", "assistive", "batch", "agent"] | None, wanted("How people wait for it", tier=1)
    ] = None
    uses: Annotated[
        list[Literal["llm", "retrieval", "agent", "classic-ml", "batch", "training"]] | None,
        said("Techniques in use; packs and rules apply by this list, so it must be stated", tier=1),
    ] = None
    go_live: Annotated[Date | None, wanted("Planned day of the launch", tier=1)] = None
    description: Annotated[str | None, said("One sentence for the report")] = None


class Purpose(Section):
    """What it is for, for whom, and under which rules."""

    intended_use: Annotated[
        str | None,
        said("What the pilot is for", tier=1, example="drafts answers for trained handlers, who decide"),
    ] = None
    out_of_scope: Annotated[list[str] | None, said("Uses that are excluded or prohibited")] = None
    users: Annotated[str | None, said("Who uses it")] = None
    audience: Annotated[
        Literal["named-colleagues", "employees", "customers", "public"] | None,
        said("Widest circle of people who meet its output", tier=1),
    ] = None
    audience_size: Annotated[Number | None, wanted("How many people those are at most", low=0, high=1e10)] = (
        None
    )
    affected_people: Annotated[str | None, said("Who is affected by its answers")] = None
    decides: Annotated[
        Literal["nothing", "assists", "decides"] | None,
        said(
            "What it does to decisions about people: nothing, it assists a person who decides, or it decides",
            tier=1,
        ),
    ] = None
    acts: Annotated[
        Literal["none", "reversible", "irreversible"] | None,
        said(
            "What it changes without a person, its tools aside; what reaches outsiders counts as irreversible",
            tier=1,
        ),
    ] = None
    limits_known: Annotated[bool | None, said("Limits of the model's knowledge are written down")] = None
    risk_tier: Annotated[
        Literal["minimal", "limited", "high", "prohibited"] | None, said("Risk tier", tier=1)
    ] = None
    risk_tier_approved: Annotated[bool | None, said("Tier, role and regimes were approved")] = None
    prohibited_screen: Annotated[
        Literal["passed", "failed", "not-done"] | None, said("Result of the screen for prohibited practices")
    ] = None
    role: Annotated[
        Literal["provider", "deployer", "both"] | None, said("Role under product rules", tier=1)
    ] = None
    regimes: Annotated[
        list[str] | None,
        said(
            "Regimes that apply: eu-ai-act, eu-dora, us-bank-mrm, healthcare-us; an empty list for none",
            example="eu-ai-act",
        ),
    ] = None
    annex_iii_point: Annotated[
        str | None, said("Annex III point, or the Art. 6(3) reasoning, of the AI Act")
    ] = None
    regions: Annotated[list[str] | None, said("Regions where people use it")] = None
    allowed_regions: Annotated[
        list[str] | None, wanted("Regions where its data may be kept and processed", example="eu-central")
    ] = None
    authority: Annotated[
        str | None,
        said(
            "Text that answers must agree with, such as a policy; none where no text settles them",
            example="refund policy",
        ),
    ] = None
    risks_above_tolerance: Annotated[
        Number | None, said("Registered risks whose residual risk exceeds the tolerance", low=0, high=1e6)
    ] = None
    risks_without_owner: Annotated[
        Number | None, said("Registered risks without an owner or a treatment", low=0, high=1e6)
    ] = None
    risks_reviewed_on: Annotated[Date | None, said("Day of the last review of the risk register")] = None
    fundamental_rights_due: Annotated[
        bool | None,
        said("A fundamental-rights assessment is due: public body, public service, or Annex III 5(b), 5(c)"),
    ] = None
    model_inventory_id: Annotated[str | None, said("Entry of the model in the inventory of models")] = None
    materiality: Annotated[
        Literal["low", "medium", "high"] | None, said("Materiality tier of the model in that inventory")
    ] = None
    clinical_decision_support: Annotated[bool | None, said("Its predictions support clinical decisions")] = (
        None
    )
    medical_device: Annotated[bool | None, said("It is a medical device or part of one")] = None


class People(Section):
    """Who answers for it."""

    business_owner: Annotated[
        str | None, said("Role that accepts the risk", tier=1, example="head of claims")
    ] = None
    service_owner: Annotated[
        str | None, said("Role that runs the service", tier=1, example="platform lead")
    ] = None
    reviewer: Annotated[str | None, said("Role that reviewed it; neither builder nor owner")] = None
    builder: Annotated[str | None, said("Role that builds it")] = None
    literacy: Annotated[
        str | None,
        said(
            "How those who operate and use it learn what it can and cannot do",
            example="two-hour course on its limits, repeated every six months",
        ),
    ] = None
    approvals: list[Approval] | None = None


class ValueSection(Section):
    """What it is worth and how that is known."""

    metric: Annotated[str | None, said("Success metric", tier=1, example="minutes of search per claim")] = (
        None
    )
    baseline: Annotated[Number | None, said("Metric before the pilot", tier=1, example="14")] = None
    target: Annotated[Number | None, wanted("Metric at which the pilot succeeds", tier=1, example="6")] = None
    gain: Annotated[
        str | None,
        said(
            "What gets better where the metric only has to hold, such as reading time",
            example="reading time per claim",
        ),
    ] = None
    by_date: Annotated[Date | None, wanted("Day by which the target is due")] = None
    value_per_request: Annotated[
        Money | None, said("Value of one served request at conservative adoption", low=0)
    ] = None
    adoption_expected: Annotated[
        Share | None, said("Expected share of requests that people accept", low=0, high=1)
    ] = None
    workflow_step: Annotated[str | None, said("Step of the process that uses the output")] = None
    workflow_owner: Annotated[str | None, said("Role that owns this step")] = None
    exit_criteria: Annotated[str | None, said("When it is stopped and when it is scaled")] = None
    fixed_before_pilot_end: Annotated[
        bool | None, said("Metric, target and criteria were fixed before the pilot ended")
    ] = None
    simpler_baseline: Annotated[str | None, said("Non-AI or smaller alternative that was compared")] = None
    simpler_baseline_compared: Annotated[
        bool | None, said("A simpler alternative was measured on the same metric")
    ] = None


class GateSection(Section):
    """How the gate meets this pilot; it never changes the verdict."""

    advisory_until: Annotated[
        Date | None,
        wanted("Day from which the verdict decides the exit code; before it the gate only reports"),
    ] = None


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
    models: list[FurtherModel] | None = None
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
    gate: GateSection | None = None
    imports: Annotated[list[File] | None, said("Further files to import facts from")] = None
    import_options: Annotated[
        list[str] | None, said("How one of them is read, as `file; option`, such as what its tool leaves out")
    ] = None
    evidence: list[EvidenceEntry] | None = None
    not_applicable: list[NotApplicable] | None = None
