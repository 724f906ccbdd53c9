"""The sample a month later: some things better, some worse, a pack and the machine changed."""

from __future__ import annotations

from msgspec import structs
from sample_result import sample_result

from poc_gate.model.finding import State
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import Severity
from poc_gate.model.verdict import Result, Word


def later_result() -> Result:
    """Return the later result."""
    base = sample_result()
    findings = {f"{f.rule} {f.subject}".strip(): f for f in base.findings}
    findings["C01-memory-fit"] = structs.replace(
        findings["C01-memory-fit"], state=State.PASS, message="18.9 GiB needed; 20.2 GiB may be used"
    )
    worse = findings["H53-holds-3"] if "H53-holds-3" in findings else findings["D53-holds-3"]
    findings[worse.rule] = structs.replace(worse, state=State.UNKNOWN, message="not stated any more")
    findings["J05-egress-share"] = structs.replace(findings["J05-egress-share"], severity=Severity.HIGH)
    del findings["C09-batch-window"]
    facts = tuple(
        structs.replace(fact, value=Quantity(2.1, "s"), low=1.9, high=2.4)
        if fact.name == "sources[payments-warehouse].p99"
        else fact
        for fact in base.facts
        if fact.name != "demand.burst_factor"
    )
    machine = base.machine
    assert machine is not None
    return structs.replace(
        base,
        assessed_on="2026-12-22",
        verdict=structs.replace(base.verdict, word=Word.INSUFFICIENT, index=34.0, coverage=0.9),
        findings=tuple(findings.values()),
        facts=facts,
        packs=(structs.replace(base.packs[0], version="0.2.0", sha256="c0" * 32), *base.packs[1:-1]),
        machine=structs.replace(machine, name="inference-node-4", fingerprint="77aa31c2d07a"),
    )
