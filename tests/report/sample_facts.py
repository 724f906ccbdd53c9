"""The sample's facts and its machine: what pictures and tables are drawn from."""

from __future__ import annotations

from sample_places import DAY, GIB, at

from poc_gate.model.claim import Place, Provenance
from poc_gate.model.fact import Fact
from poc_gate.model.measurement import Curve, Point
from poc_gate.model.quantity import Quantity
from poc_gate.model.verdict import MachineSummary


def facts() -> tuple[Fact, ...]:
    """Return the facts that pictures and tables are drawn from, and a few of every provenance."""
    return (*_flow_facts(), *_machine_facts(), *_source_facts(), *_people_facts())


def _derived(name: str, value: float, unit: str, spread: float = 0.1, formula: str = "") -> Fact:
    return Fact(
        name, Quantity(value, unit), Provenance.DECLARED, None, value * (1 - spread), value * (1 + spread), derived=True,
        inputs=("demand.requests_per_day",), assumptions=("requests arrive independently",), formula=formula,
    )  # fmt: skip


def _flow_facts() -> tuple[Fact, ...]:
    return (
        _derived("flow.latency.p50", 4.1, "s"),
        _derived("flow.latency.p95", 14.8, "s", 0.2),
        _derived("flow.latency.p99", 27.5, "s", 0.25),
        _derived(
            "flow.cost.per_request",
            0.031,
            "money",
            formula="GPU 0.011 + retrieval 0.004 + review 0.016 = 0.031",
        ),
        _derived("flow.cost.per_request_10x", 0.039, "money"),
        _derived("flow.cost.month", 5200, "money"),
        _derived("flow.value.ratio", 1.9, "1"),
        _derived(
            "flow.demand.peak_rate", 2.5, "req/s", 0.0, "20,000 req/d x 18 % / 3600 s x 2.5 = 2.5 req/s"
        ),
        _derived("flow.wall.headroom", 0.36, "1"),
        _derived("flow.movement.share", 0.17, "1"),
        Fact("slo.p50", Quantity(6.0, "s"), Provenance.DECLARED, at(66)),
        Fact("slo.p95", Quantity(12.0, "s"), Provenance.DECLARED, at(67)),
        Fact("slo.p99", Quantity(20.0, "s"), Provenance.DECLARED, at(68)),
        Fact("demand.requests_per_day", Quantity(20000 / DAY, "req/s"), Provenance.DECLARED, at(53)),
        Fact("demand.burst_factor", Quantity(2.5), Provenance.DECLARED, at(56)),
        Fact(
            "retrieval.replicas",
            None,
            why_unknown="not stated",
            resolve="add `retrieval.replicas: <number>` to pilot.yaml",
        ),
        Fact(
            "monitoring.drift_test",
            None,
            why_unknown="not stated",
            resolve="add `monitoring.drift_test: <true or false>` to pilot.yaml",
        ),
        Fact("assessment.today", "2026-11-22", Provenance.MEASURED),
        Fact("purpose.regimes", ("eu-ai-act",), Provenance.DECLARED, at(30)),
    )


def _machine_facts() -> tuple[Fact, ...]:
    def measured(name: str, value: float, unit: str, *, stable: bool = True) -> Fact:
        place = Place("machine.json", 0, 0, pointer=name)
        return Fact(
            name, Quantity(value, unit), Provenance.MEASURED, place, value * 0.97, value * 1.02, stable=stable
        )

    return (
        measured("machine.memory.peak_bandwidth", 204.8e9, "B/s"),
        measured("machine.memory.read_1", 12.9e9, "B/s"),
        measured("machine.memory.read_all", 151e9, "B/s"),
        measured("machine.memory.copy_all", 128e9, "B/s"),
        measured("machine.memory.triad_all", 131e9, "B/s", stable=False),
        measured("machine.memory.latency", 98e-9, "s"),
        Fact("machine.accelerators.memory_bandwidth", Quantity(300e9, "B/s"), Provenance.ASSUMED, Place("datasheet:l4-24gb"), note="vendor data sheet"),
        measured("machine.accelerators.memory_total", 22.5 * GIB, "B"),
        measured("machine.accelerators.h2d_pinned", 23.1e9, "B/s"),
        Fact("machine.accelerators.link_bandwidth", Quantity(31.5e9, "B/s"), Provenance.MEASURED, Place("machine.json")),
        Fact("machine.accelerators.name", "NVIDIA L4", Provenance.MEASURED, Place("machine.json")),
        measured("machine.storage.read_sequential", 1.9e9, "B/s"),
        Fact("machine.storage.read_random_p99", None, why_unknown="direct I/O is refused by overlayfs", resolve="run `poc-gate probe --scratch DIR` on a local disk"),
    )  # fmt: skip


def _source_facts() -> tuple[Fact, ...]:
    def at_source(source: str, key: str, value: float, *, measured: bool) -> Fact:
        provenance = Provenance.MEASURED if measured else Provenance.DECLARED
        place = Place("sources.json", pointer="run-7f2a") if measured else at(90)
        spread = (value * 0.9, value * 1.15) if measured else (None, None)
        return Fact(f"sources[{source}].{key}", Quantity(value, "s"), provenance, place, *spread)

    times = {
        "policy-db": (0.009, 0.021, 0.140, True),
        "payments-warehouse": (0.184, 1.2, 3.97, True),
        "claim-documents": (0.028, 0.11, 0.310, False),
        "claim-events": (0.005, 0.012, 0.040, False),
    }
    made = []
    for source, (p50, p95, p99, measured) in times.items():
        made += [
            at_source(source, key, value, measured=measured)
            for key, value in (("p50", p50), ("p95", p95), ("p99", p99))
        ]
    return tuple(made)


def _people_facts() -> tuple[Fact, ...]:
    return (
        Fact("people.approvals[privacy-review].status", "granted", Provenance.DECLARED, at(40)),
        Fact("people.approvals[privacy-review].lead_time", Quantity(0.0, "s"), Provenance.DECLARED, at(40)),
        Fact("people.approvals[security-review].status", "pending", Provenance.DECLARED, at(41)),
        Fact("people.approvals[security-review].decider", "security architect", Provenance.DECLARED, at(41)),
        Fact(
            "people.approvals[security-review].lead_time",
            Quantity(35 * DAY, "s"),
            Provenance.DECLARED,
            at(41),
        ),
    )


def machine() -> MachineSummary:
    """Return a machine with two curves."""
    bandwidth = [
        (2**15, 410e9),
        (2**18, 280e9),
        (2**21, 190e9),
        (2**24, 160e9),
        (2**27, 151e9),
        (2**30, 150e9),
    ]
    latency = [
        (2**14, 1.2e-9),
        (2**17, 4.1e-9),
        (2**20, 6e-9),
        (2**23, 22e-9),
        (2**26, 88e-9),
        (2**29, 98e-9),
    ]
    return MachineSummary(
        name="inference-node-3", kind="measured", fingerprint="9f31c2d07ab4", sha256="ab" * 32, measured_at="2026-11-20T09:12:00Z",
        source="machine.json",
        curves=(
            Curve("memory.read", "Read bandwidth over working set", "B", "B/s",
                  tuple(Point(x, y, y * 0.97, y * 1.02) for x, y in bandwidth), "working set", "bandwidth, all threads"),
            Curve("memory.latency", "Load latency over working set", "B", "s", tuple(Point(x, y) for x, y in latency), "working set", "latency"),
        ),
    )  # fmt: skip
