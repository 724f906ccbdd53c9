"""Fact trees for the tests of the flow room, built from plain values in SI units."""

from __future__ import annotations

from collections.abc import Mapping

from poc_gate.model.claim import Provenance, Value
from poc_gate.model.fact import Fact, FactTree
from poc_gate.model.quantity import Quantity


def fact(name: str, value: Value | float, provenance: Provenance = Provenance.DECLARED) -> Fact:
    """Return one stated fact; a bare number becomes a quantity whose unit the test does not look at."""
    plain = (
        Quantity(float(value)) if isinstance(value, (int, float)) and not isinstance(value, bool) else value
    )
    return Fact(name=name, value=plain, provenance=provenance)


def tree(values: Mapping[str, Value | float], **items: tuple[str, ...]) -> FactTree:
    """Return a tree of declared facts; `machine.*` facts count as measured."""
    facts = {}
    for name, value in values.items():
        machine = name.startswith("machine.")
        facts[name] = fact(name, value, Provenance.MEASURED if machine else Provenance.DECLARED)
    lists = {name.replace("__", "."): ids for name, ids in items.items()}
    return FactTree(facts, lists)


DEMAND = {
    "demand.requests_per_day": 20000 / 86400,
    "demand.peak_hour_share": 0.18,
    "demand.burst_factor": 2.0,
    "demand.growth_12m": 3.0,
    "demand.in_tokens_p50": 1800.0,
    "demand.in_tokens_p95": 3500.0,
    "demand.out_tokens_p50": 180.0,
    "demand.out_tokens_p95": 400.0,
}
MODEL = {
    "model.hosting": "self",
    "model.kind": "llm",
    "model.engine": "vllm",
    "model.parameters": 8.03e9,
    "model.weight_bytes": 16.06e9,
    "model.layers": 32,
    "model.kv_heads": 8,
    "model.heads": 32,
    "model.head_dim": 128,
    "model.kv_bits": 16,
    "model.planned_concurrency": 16,
    "model.max_context": 8192,
    "model.tensor_parallel": 1,
    "target.device": "h100-sxm-80gb",
    "target.count": 1,
    "target.replicas": 2,
    "target.failure_domain_size": 1,
}
MACHINE = {
    "machine.accelerators.memory_total": 80 * 2.0**30,
    "machine.accelerators.memory_bandwidth": 3.35e12,
    "machine.accelerators.compute_half": 9.89e14,
    "machine.accelerators.h2d_pinned": 5.0e10,
    "machine.accelerators.h2d_pageable": 1.0e10,
}


def source(name: str, **changes: Value | float) -> dict[str, Value | float]:
    """Return the facts of one source with plain figures; `changes` replace or add fields."""
    fields: dict[str, Value | float] = {
        "awaited": True,
        "calls_per_request": 1.0,
        "p50": 0.02,
        "p99": 0.08,
        "servers": 8.0,
        "retries": 0.0,
        "tolerated_rate": 200.0,
        **changes,
    }
    return {f"sources[{name}].{field}": value for field, value in fields.items()}


def assistant(*names: str, **changes: Value | float) -> FactTree:
    """Return a retrieval pilot with a self-hosted model and the sources named."""
    values: dict[str, Value | float] = {**DEMAND, **MODEL, **MACHINE}
    for name in names:
        values |= source(name)
    values |= {
        "pilot.uses": ("llm", "retrieval"),
        "path.mode": "series",
        "path.cross_region_hops": 0.0,
        "retrieval.search_p50": 0.01,
        "retrieval.search_p99": 0.05,
        "slo.p95": 12.0,
        "slo.p99": 15.0,
        **{key.replace("__", "."): value for key, value in changes.items()},
    }
    return tree(values, sources=tuple(names))
