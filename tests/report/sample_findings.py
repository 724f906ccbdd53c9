"""The sample's findings: every state, written by hand, and quiet passes of all dimensions."""

from __future__ import annotations

from sample_places import DAY, FILE, GIB, HOUR, at

from poc_gate.model.claim import Place, Provenance
from poc_gate.model.finding import Breakpoint, Finding, Input, Lever, State
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import DIMENSIONS, EvidenceClass, Reference, Severity

NIST = Reference("nist-ai-rmf", "1.0", "MEASURE 2.3", "2026-11-22")
AI_ACT = Reference(
    "eu-ai-act",
    "2024/1689 as amended by 2026/1744",
    "Art. 26(6)",
    "2026-11-22",
    applies_from="2027-12-02",
    role="deployer",
)
ISO = Reference("iso-42001", "2023", "A.4.3", "", verified=False)
OWASP = Reference("owasp-llm", "2026", "LLM09", "2026-11-22")


def findings() -> tuple[Finding, ...]:
    """Return the hand-written findings, every state among them, and quiet passes of all dimensions."""
    return (*_blockers(), *_others(), *_passes())


def _blockers() -> tuple[Finding, ...]:
    return (
        Finding(
            rule="D02-answer-age", pack="core", subject="sources[payments-warehouse]", state=State.FAIL,
            severity=Severity.BLOCKER, dimension="orchestration",
            what="Worst age of an answer's data stays within what the decision needs",
            message="answers from payments-warehouse can be 26.8 h old; the decision needs 4 h (6.71 times the limit)",
            required=EvidenceClass.ARTIFACT, held=EvidenceClass.ARTIFACT, place=at(112, 5, "sources[payments-warehouse].refresh"),
            inputs=(
                Input("refresh", "sources[payments-warehouse].refresh", Quantity(24 * HOUR, "s"), Provenance.IMPORTED,
                      Place("examples/claims-copilot/contracts/payments-warehouse.odcs.yaml", 61, 5)),
                Input("run", "pipeline.run_p95", Quantity(2 * HOUR, "s"), Provenance.DECLARED, at(210)),
                Input("index", "pipeline.index", Quantity(1200, "s"), Provenance.DECLARED, at(211)),
                Input("ttl", "pipeline.cache_ttl", Quantity(1800, "s"), Provenance.DECLARED, at(212)),
                Input("worst", "sources[payments-warehouse].worst_age", Quantity(96600, "s"), Provenance.DECLARED, low=90000, high=99000),
            ),
            value=Quantity(96600, "s"), limit=Quantity(4 * HOUR, "s"), operator="at_most", limit_set_by="manifest",
            margin=6.708, formula="24 h + 2 h + 20 min + 30 min = 26.8 h <= 4 h",
            breakpoints=(Breakpoint("sources[payments-warehouse].refresh", Quantity(4200, "s"), Quantity(24 * HOUR, "s")),),
            fix="Read payments live or refresh the snapshot every hour", effort="weeks", cost="medium", owner="payments data team",
            levers=(
                Lever("sources[payments-warehouse].refresh", Quantity(24 * HOUR, "s"), Quantity(4200, "s"), "weeks", "medium"),
                Lever("pipeline.cache_ttl", Quantity(1800, "s"), None, "hours", "none", "no value of this lever is enough"),
            ),
            references=(NIST,), why="An answer that rests on yesterday's payments is confidently wrong; the handler cannot see it.",
            fingerprint="3c0f6d1f3a5e4b4e9d02aa01",
        ),
        Finding(
            rule="B04-fan-out-tail", pack="core", subject="sources[payments-warehouse]", state=State.FAIL,
            severity=Severity.BLOCKER, dimension="access-latency",
            what="Every awaited source meets the quantile that the fan-out needs",
            message="payments-warehouse takes 11.9 s at the quantile that 11 awaited calls need; its share of the p99 budget is 6.1 s",
            required=EvidenceClass.MEASURED, held=EvidenceClass.MEASURED, place=at(118, 5, "sources[payments-warehouse].p99"),
            inputs=(
                Input("needed", "flow.fanout.quantile_needed", Quantity(0.99909), Provenance.DECLARED),
                Input("p50", "sources[payments-warehouse].p50", Quantity(0.184, "s"), Provenance.MEASURED,
                      Place("sources.json", 0, 0, pointer="run-7f2a"), 0.171, 0.199, "12,000 samples"),
                Input("p99", "sources[payments-warehouse].p99", Quantity(3.97, "s"), Provenance.MEASURED,
                      Place("sources.json", 0, 0, pointer="run-7f2a"), 3.41, 4.66),
            ),
            value=Quantity(11.9, "s"), limit=Quantity(6.1, "s"), operator="at_most", limit_set_by="core/B04-fan-out-tail",
            margin=1.951, formula="3 calls x 3.97 s at 99.909 % = 11.9 s <= 6.1 s",
            breakpoints=(Breakpoint("sources[payments-warehouse].p99", Quantity(2.03, "s"), Quantity(3.97, "s")),),
            fix="Give the warehouse a lookup table beside the service, or stop awaiting it", effort="weeks", cost="medium",
            owner="payments data team",
            levers=(
                Lever("sources[payments-warehouse].calls_per_request", Quantity(3), Quantity(1), "days", "low"),
                Lever("sources[payments-warehouse].p99", Quantity(3.97, "s"), Quantity(2.03, "s"), "weeks", "medium"),
            ),
            references=(NIST,), why="With eleven awaited calls the slowest decides; one slow source makes most requests slow.",
            fingerprint="b41d7a0c55f24f6ca7b1bb02",
        ),
        Finding(
            rule="A09-prod-access-granted", pack="core", subject="sources[payments-warehouse]", state=State.FAIL,
            severity=Severity.BLOCKER, dimension="data-connection",
            what="Production access is granted, or granted before the launch",
            message="access to payments-warehouse is pending and takes 90 d; the launch is in 71 d",
            required=EvidenceClass.ARTIFACT, held=EvidenceClass.DECLARED, place=at(126, 5, "sources[payments-warehouse].prod_access"),
            inputs=(
                Input("access", "sources[payments-warehouse].prod_access", "pending", Provenance.DECLARED, at(126)),
                Input("lead", "sources[payments-warehouse].access_lead_time", Quantity(90 * DAY, "s"), Provenance.DECLARED, at(127)),
                Input("left", "flow.time_to_launch", Quantity(71 * DAY, "s"), Provenance.DECLARED),
            ),
            value=Quantity(90 * DAY, "s"), limit=Quantity(71 * DAY, "s"), operator="at_most", limit_set_by="manifest", margin=1.268,
            formula="90 d <= 71 d", fix="Escalate the request to the data owner, or move the launch", effort="weeks", cost="none",
            owner="head of claims", references=(ISO, NIST), why="A pilot that reads an extract learns nothing about production.",
            fingerprint="c0ffee00d15ea5e0aa11cc03",
        ),
        Finding(
            rule="C10-index-fits", pack="rag", subject="", state=State.UNKNOWN, severity=Severity.BLOCKER, dimension="memory-locality",
            what="The vector index fits in the memory it is given",
            message="unknown: how many replicas of the index production keeps is not stated",
            required=EvidenceClass.MEASURED, held=None, place=at(196, 1, "retrieval"),
            inputs=(Input("need", "flow.vector_index.bytes", None, None), Input("have", "flow.vector_index.capacity", Quantity(32 * GIB, "B"), Provenance.DECLARED)),
            fix="State retrieval.replicas, then size the nodes", effort="hours", cost="none", owner="applied ML team",
            references=(OWASP,), why="An index that does not fit is read from disk, a thousand times slower.",
            unknown=("retrieval.replicas",), resolve=("add `retrieval.replicas: <number>` to pilot.yaml", "run `poc-gate probe` on the index node"),
            fingerprint="d00d00d00d00d00d00d0dd04",
        ),
        Finding(
            rule="B06-load-tested-at-peak", pack="core", subject="", state=State.UNKNOWN, severity=Severity.BLOCKER, dimension="access-latency",
            what="A load test held the SLO at the planned peak on the target",
            message="unproven: records/load-test.yaml reached 1.1 req/s; the planned peak is 2.5 req/s",
            required=EvidenceClass.ARTIFACT, held=EvidenceClass.DECLARED, place=at(330, 5, "evidence"),
            fix="Repeat the test at 2.5 req/s for an hour on the target", effort="days", cost="low", owner="claims platform lead",
            references=(NIST,), why="A prediction can prove impossible, never good enough.",
            resolve=("repeat the load test at 2.5 req/s and list its report under `evidence:`",),
            evidence_files=("records/load-test.yaml",), evidence_notes=("`where` is not satisfied: content.rate >= 2.5 req/s",),
            fingerprint="e1e1e1e1e1e1e1e1e1e1ee05",
        ),
        Finding(
            rule="C01-memory-fit", pack="genai-llm", subject="", state=State.FAIL, severity=Severity.BLOCKER, dimension="memory-locality",
            what="Weights and KV cache at p95 context and planned concurrency fit in device memory",
            message="34.4 GiB needed at 48 streams of 7,100 tokens; 20.2 GiB of the device's 22.5 GiB may be used (1.7 times the limit)",
            required=EvidenceClass.MEASURED, held=EvidenceClass.MEASURED, place=at(167, 5, "model.planned_concurrency"),
            inputs=(
                Input("need", "flow.device_memory.required", Quantity(34.4 * GIB, "B"), Provenance.IMPORTED, low=33.1 * GIB, high=36.9 * GIB),
                Input("have", "flow.device_memory.capacity", Quantity(22.5 * GIB, "B"), Provenance.MEASURED,
                      Place("machine.json", 0, 0, pointer="machine.accelerators.memory_total")),
            ),
            value=Quantity(34.4 * GIB, "B"), limit=Quantity(20.2 * GIB, "B"), operator="at_most", limit_set_by="genai-llm/C01-memory-fit",
            margin=1.703, formula="14.2 GiB + 56 KiB x 7,100 x 48 + 1.9 GiB = 34.4 GiB <= 22.5 GiB x 0.9",
            breakpoints=(Breakpoint("model.planned_concurrency", Quantity(11), Quantity(48)),),
            fix="Lower the context or the streams per device, quantise, or add a device", effort="days", cost="low", owner="applied ML team",
            levers=(
                Lever("model.planned_concurrency", Quantity(48), Quantity(11), "hours", "none"),
                Lever("target.count", Quantity(1), Quantity(2), "days", "high"),
            ),
            references=(NIST,), why="When the cache does not fit, the engine evicts running answers and starts them again.",
            fingerprint="f00df00df00df00df00dff06",
        ),
    )  # fmt: skip


def _others() -> tuple[Finding, ...]:
    return (
        Finding(
            rule="E06-log-retention", pack="regulated-eu-ai-act", subject="", state=State.FAIL, severity=Severity.HIGH, dimension="governance",
            what="Event logs are kept for at least six months", message="due: logs are kept 90 d; 183 d bind from 2027-12-02",
            required=EvidenceClass.ARTIFACT, held=EvidenceClass.DECLARED, place=at(262), value=Quantity(90 * DAY, "s"),
            limit=Quantity(183 * DAY, "s"), operator="at_least", limit_set_by="regulated-eu-ai-act/E06-log-retention", margin=0.492,
            formula="90 d >= 183 d", fix="Raise the retention", effort="hours", cost="low", owner="claims platform lead",
            references=(AI_ACT,), due="2027-12-02", why="Without logs no one can reconstruct what was decided.", fingerprint="0a0a07",
        ),
        Finding(
            rule="A06-quality-slo-met", pack="core", subject="sources[payments-warehouse]", state=State.WAIVED, severity=Severity.HIGH,
            dimension="data-connection", what="Each critical source has quality thresholds and its last run passed",
            message="the last quality run of payments-warehouse failed", required=EvidenceClass.ARTIFACT, held=EvidenceClass.ARTIFACT,
            place=at(131), fix="Repair the null keys", effort="days", cost="low", owner="payments data team", references=(NIST,),
            waiver="W-1", why="Bad rows become confident answers.", fingerprint="0b0b08",
        ),
        Finding(
            rule="C09-batch-window", pack="core", subject="", state=State.NOT_APPLICABLE, severity=Severity.HIGH, dimension="memory-locality",
            what="The batch finishes in its window", message="not applicable: the pilot answers people, no batch is declared",
            required=EvidenceClass.MEASURED, held=None, place=Place(FILE), fingerprint="0c0c09", why="A late batch is yesterday's data.",
        ),
        Finding(
            rule="J01-unit-cost", pack="core", subject="", state=State.ERROR, severity=Severity.HIGH, dimension="economics",
            what="Unit cost is known from measured throughput", message="the rule could not be judged: division by a served rate of 0",
            required=EvidenceClass.ARTIFACT, held=None, place=at(300, 1, "cost"), fix="Measure the served rate", effort="days", cost="none",
            owner="claims platform lead", resolve=("run `poc-gate probe` on the target",), fingerprint="0d0d10", why="Nobody funds an unknown.",
        ),
        Finding(
            rule="F09-injection-tested", pack="genai-llm", subject="", state=State.FAIL, severity=Severity.HIGH, dimension="security-privacy",
            what="Success of prompt injection stays below the accepted rate", message="injection succeeds in 4 %; 2 % is accepted (2 times the limit)",
            required=EvidenceClass.ARTIFACT, held=EvidenceClass.DECLARED, place=at(275), value=Quantity(0.04), limit=Quantity(0.02),
            operator="at_most", limit_set_by="manifest", margin=2.0, formula="4 % <= 2 %", fix="Separate untrusted content by trust tier",
            effort="weeks", cost="low", owner="applied ML team", references=(OWASP,), fingerprint="0e0e11", why="Documents carry orders.",
        ),
        Finding(
            rule="H03-input-drift", pack="core", subject="", state=State.UNKNOWN, severity=Severity.MEDIUM, dimension="monitoring",
            what="Drift of the inputs is tested with a threshold that knows n", message="unknown: monitoring.drift_test is not stated",
            required=EvidenceClass.ARTIFACT, held=None, place=at(280, 1, "monitoring"), unknown=("monitoring.drift_test",),
            resolve=("add `monitoring.drift_test: <true or false>` to pilot.yaml",), effort="days", cost="low", owner="applied ML team",
            fingerprint="0f0f12", why="Inputs move before quality falls.",
        ),
        Finding(
            rule="J05-egress-share", pack="core", subject="", state=State.FAIL, severity=Severity.LOW, dimension="economics",
            what="Egress is at most 15 % of the run cost", message="egress is 22 % of the run cost; 15 % is the limit",
            required=EvidenceClass.DECLARED, held=EvidenceClass.DECLARED, place=at(301), value=Quantity(0.22), limit=Quantity(0.15),
            operator="at_most", limit_set_by="core/J05-egress-share", margin=1.467, formula="22 % <= 15 %", fix="Co-locate the warehouse",
            effort="months", cost="high", owner="claims platform lead", fingerprint="101013", why="Moving data is paid for each time.",
        ),
    )  # fmt: skip


def _passes() -> tuple[Finding, ...]:
    held = (EvidenceClass.MEASURED, EvidenceClass.ARTIFACT, EvidenceClass.DECLARED)
    made = []
    for index in range(40):
        letter = "ABCDEFGHIJ"[index % 10]
        key = list(DIMENSIONS)[index % 10]
        got = held[index % 3]
        made.append(
            Finding(
                rule=f"{letter}{50 + index:02d}-holds-{index}",
                pack="core",
                subject="" if index % 4 else "sources[policy-db]",
                state=State.PASS,
                severity=(Severity.HIGH, Severity.MEDIUM, Severity.LOW)[index % 3],
                dimension=key,
                what=f"Sample assertion {index} of {DIMENSIONS[key].lower()} holds",
                message=f"value {index + 1} stays under the limit of {index + 10}",
                required=EvidenceClass.ARTIFACT,
                held=got,
                place=at(20 + index),
                inputs=(
                    Input("x", "demand.burst_factor", Quantity(index + 1.0), Provenance.DECLARED, at(60)),
                ),
                value=Quantity(index + 1.0),
                limit=Quantity(index + 10.0),
                operator="at_most",
                limit_set_by=f"core/{letter}{50 + index:02d}-holds-{index}",
                margin=(index + 1.0) / (index + 10.0),
                formula=f"{index + 1} <= {index + 10}",
                references=(NIST,),
                why="Sample reason.",
                fingerprint=f"aaaa{index:04d}",
            )
        )
    return tuple(made)
