"""One fixed, rich result for the report tests: all six states, intervals, waivers, walls, hops, curves."""

from __future__ import annotations

from sample_facts import facts, machine
from sample_findings import findings
from sample_places import FILE, MIB, at

from poc_gate.model.claim import Notice, Place, Provenance
from poc_gate.model.fact import Contradiction
from poc_gate.model.finding import Lever, Waiver
from poc_gate.model.parts.machines import MachineFit, Machines
from poc_gate.model.parts.pack_use import PackUse
from poc_gate.model.parts.rule_card import RuleCard
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import DIMENSIONS
from poc_gate.model.verdict import (
    DimensionScore,
    Hop,
    Result,
    Step,
    Verdict,
    Wall,
    WallPicture,
    WallPoint,
    Word,
)


def verdict() -> Verdict:
    """Return a NO-GO with one range per dimension."""
    ranges = [
        (38, 52),
        (21, 44),
        (30, 61),
        (45, 58),
        (72, 81),
        (66, 74),
        (83, 90),
        (64, 85),
        (91, 95),
        (58, 76),
    ]
    scores = tuple(
        DimensionScore(key, title, float(low), float(high), 8, 4 + index % 3, 2, 1, 1)
        for index, ((key, title), (low, high)) in enumerate(zip(DIMENSIONS.items(), ranges, strict=True))
    )
    return Verdict(
        word=Word.NO_GO,
        label="PG-DAM",
        stage="production",
        reasons=(
            "4 blockers fail: A09-prod-access-granted, B04-fan-out-tail, C01-memory-fit, D02-answer-age",
            "the dimension access-latency cannot reach 60 even if everything unknown turned out well",
        ),
        index=21.0,
        index_dimension="access-latency",
        coverage=0.873,
        confidence=0.518,
        not_applicable_share=0.062,
        dimensions=scores,
    )


def walls() -> tuple[WallPicture, ...]:
    """Return the load axis with two walls and a curve that ends in overload."""
    loads = (0.02, 0.1, 0.3, 0.6, 0.8, 0.9, 1.0, 1.2, 1.6, 2.0, 2.5)
    points = []
    for load in loads:
        rho = load / 1.42
        p95 = 3.9 / (1 - rho) if rho < 0.98 else None
        p50 = 1.6 / (1 - rho) ** 0.6 if rho < 0.98 else None
        low, high = (p95 * 0.85, p95 * 1.3) if p95 else (None, None)
        points.append(WallPoint(load, p50, p95, low, high, rho))
    return (
        WallPicture(
            axis="req/s", axis_unit="req/s", today=0.0025, planned=2.5, points=tuple(points),
            walls=(
                Wall(0.9, 0.78, 1.02, "payments-warehouse", "p95 passes 12 s at 0.9 req/s: payments-warehouse answers 3 calls one after the other",
                     (Lever("sources[payments-warehouse].calls_per_request", Quantity(3), Quantity(1), "days", "low"),)),
                Wall(1.42, 1.2, 1.6, "decode", "the accelerator's memory bandwidth is used up at 1.42 req/s",
                     (Lever("target.replicas", Quantity(2), Quantity(4), "days", "high"),)),
            ),
            slo=12.0, assumptions=("Poisson arrivals", "calls of one source run in series"),
            sentence="The pilot breaks at 0.9 req/s, 36 % of the planned peak of 2.5 req/s, at payments-warehouse.",
        ),
    )  # fmt: skip


def hops() -> tuple[Hop, ...]:
    """Return the data path of one request."""
    return (
        Hop("policy-db", "source", "policy-db", 5.0, 2, "req/s", 40, 0.11, 0.125, 0.14, 0.018),
        Hop("payments-warehouse", "source", "payments-warehouse", 7.5, 3, "req/s", 10, 0.68, 0.75, 0.92, 0.552, binding=True, assumptions=("calls run in series",)),
        Hop("claim-documents", "source", "claim-documents", 15.0, 6, "req/s", 400, 0.03, 0.0375, 0.05, 0.028),
        Hop("network", "network", "host network", 2.9e7, 11.6 * MIB, "B/s", 1.25e9, 0.02, 0.023, 0.03, 0.0097),
        Hop("host-memory", "host-memory", "host memory", 5.8e7, 23.2 * MIB, "B/s", 151e9, 0.0003, 0.0004, 0.0005, 0.0002),
        Hop("link", "link", "PCIe to the accelerator", 2.0e6, 0.8 * MIB, "B/s", 23.1e9, 0.0001, 0.0001, 0.0002, 0.00004),
        Hop("device-memory", "device-memory", "accelerator memory", 2.64e11, 105.6e9, "B/s", 300e9, 0.78, 0.88, 0.99, 1.9),
        Hop("device-compute", "device-compute", "accelerator compute", 2.5e13, 1e13, "flop/s", 1.21e14, 0.17, 0.207, 0.26, 0.4),
        Hop("rerank", "queue", "rerank queue", 2.5, 1, "req/s", None, None, None, None, 0.055),
    )  # fmt: skip


def sample_result() -> Result:
    """Return the sample; the same value each time."""
    return Result(
        tool_version="0.1.0", assessed_on="2026-11-22", pilot="claims-copilot", stage="production", manifest=FILE,
        manifest_sha256="12" * 32, verdict=verdict(),
        sentence="claims-copilot is not ready for production: answers can be 26.8 h old, and the decision needs 4 h.",
        binding="Access pattern & latency predictability is lowest: payments-warehouse takes 11.9 s where 6.1 s are left",
        findings=findings(), facts=facts(),
        packs=(
            PackUse("core", "0.1.0", "cc" * 32, 78, applied=True),
            PackUse("genai-llm", "0.1.0", "dd" * 32, 10, applied=True),
            PackUse("regulated-eu-ai-act", "0.1.0", "ee" * 32, 9, applied=True),
            PackUse("healthcare-us", "0.1.0", "ff" * 32, 6, applied=False, note="the pilot's regimes do not name healthcare-us"),
        ),
        machine=machine(),
        contradictions=(
            Contradiction("sources[payments-warehouse].p99", Quantity(3.97, "s"), Provenance.MEASURED, Place("sources.json", pointer="run-7f2a"),
                          Quantity(2.4, "s"), Provenance.DECLARED, at(118), 0.654),
        ),
        waivers=(
            Waiver("W-1", "A06-quality-slo-met", "sources[payments-warehouse]", "keys are repaired in the January release", "payments data team",
                   "head of claims", "2027-02-28", at(345), "repair the null keys", "active"),
            Waiver("W-2", "F09-injection-tested", "", "was accepted for the trial", "applied ML team", "head of claims", "2026-10-31", at(350), "", "expired"),
        ),
        notices=(
            Notice("ignored", "contracts/policy-db.odcs.yaml: `team.members` has no counterpart", Place("contracts/policy-db.odcs.yaml", 14, 3)),
            Notice("question", "`throughput: 40` has no unit; read as calls per second", Place("contracts/policy-db.odcs.yaml", 77, 9), "write `40 req/s`"),
        ),
        hops=hops(), walls=walls(),
        way_out=(
            Step("Lower model.planned_concurrency.", ("C01-memory-fit",), "hours", "none", "applied ML team", "NO-GO", "model.planned_concurrency = 11 (now 48)"),
            Step("ask payments-warehouse once instead of 3 times per request", ("B04-fan-out-tail",), "days", "low", "payments data team", "NO-GO"),
            Step("refresh payments-warehouse every 70 min", ("D02-answer-age",), "weeks", "medium", "payments data team", "INSUFFICIENT EVIDENCE"),
        ),
        inputs={FILE: "12" * 32, "machine.json": "ab" * 32, "contracts/payments-warehouse.odcs.yaml": "34" * 32},
        currency="EUR", place=Place(FILE, 1, 1), commit="4f7c2d19ab",
        machines=Machines(
            "claims-copilot", (2.5, 2.5, 2.5),
            (MachineFit("l40s-48gb", "NVIDIA L40S 48 GB", 1, 1, 2.1, 3.8, 6.8, 62.0, 1.1), MachineFit("l4-24gb", "NVIDIA L4 24 GB", 2, 2, 2.8, 5.0, 9.0, 59.0, 2.8)),
            ("t4-16gb",), ("dgx-spark-128gb",), (),
        ),
        rules=(
            RuleCard("C01-memory-fit", "Lower the context, or add a device.", "State the size of the model.", "need = 16 GiB; have = 24 GiB", "need = 60 GiB; have = 24 GiB"),
        ),
    )  # fmt: skip
