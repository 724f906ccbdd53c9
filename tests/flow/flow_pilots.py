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


def rich_trees() -> list[FactTree]:
    """Return pilots that together know everything any derived fact rests on."""
    return [_retrieval(), _hosted(), _training(), _tested()]


def _tested() -> FactTree:
    """A pilot with two load tests: one of its model's server, one of its own address that held and then broke."""
    base = assistant("policy")
    usual: dict[str, Value | float] = {
        "requests": 4000.0,
        "duration": 600.0,
        "error_rate": 0.0,
        "open_loop": True,
    }
    steps: dict[str, dict[str, Value | float]] = {
        "1-1": {
            "rate": 4.0,
            "tpot": 0.012,
            "p50": 2.4,
            "in_tokens": 1800.0,
            "out_tokens": 180.0,
            "of_model": True,
        },
        "2-1": {"rate": 2.0, "p50": 3.0, "p95": 6.0, "p99": 9.0, "of_model": False},
        "2-2": {"rate": 8.0, "p50": 8.0, "p95": 20.0, "p99": 31.0, "of_model": False},
    }
    values = {
        f"load_test.steps[{name}].{field}": value
        for name, step in steps.items()
        for field, value in {**usual, "served_rate": step["rate"], **step}.items()
    }
    return FactTree({**base.facts, **tree(values).facts}, {**base.items, "load_test.steps": tuple(steps)})


def _retrieval() -> FactTree:
    base = assistant("policy", "claims")
    facts = dict(base.facts)
    more: dict[str, Value | float] = {
        "demand.pilot_requests_per_day": 200 / 86400, "demand.corpus_growth_12m": 2.0, "demand.arrival_cv": 1.2,
        "model.declared_tokens_per_s": 250.0, "model.time_per_call_p99": 2.4, "model.hidden_size": 4096, "model.max_concurrency": 64,
        "model.kv_utilisation": 0.9, "model.activation_bytes": 1.5e9, "slo.p50": 3.0, "slo.availability": 0.995,
        "path.retry_layers": 1.0, "path.cross_region_hops": 1.0, "path.cross_region_rtt": 0.02,
        "path.network_bandwidth": 1.25e9, "path.bytes_per_request": 2e5, "target.bytes_to_device": 1e5,
        "target.pinned_copies": True, "target.hot_set": 4e9, "target.hot_tier": "dram",
        "machine.memory.total": 256 * 2.0**30, "target.node_start": 90.0, "target.image_bytes": 9e9,
        "target.network": 1.25e9, "target.storage_read": 2e9, "target.engine_start": 20.0,
        "target.spare_capacity": 1.0, "retrieval.vectors": 2e6, "retrieval.dims": 768,
        "retrieval.bytes_per_element": 4, "retrieval.index": "hnsw", "retrieval.m": 16, "retrieval.replicas": 1,
        "retrieval.ram": 64 * 2.0**30, "retrieval.ram_share": 0.5, "retrieval.embed_rate": 500.0,
        "retrieval.write_rate": 800.0, "retrieval.refresh": 3600.0, "retrieval.incremental": True,
        "retrieval.cores": 8.0, "retrieval.build_memory": 1.6e10, "retrieval.clients": 16.0, "retrieval.search_rate_max": 900.0, "retrieval.ef_search": 64.0,
        "retrieval.embedder_bytes": 4.4e8, "retrieval.chunk_tokens": 200.0, "model.device_layers": 20.0,
        "model.device_tokens_per_s": 80.0, "model.host_tokens_per_s": 8.0, "demand.peak_duration": 600.0,
        "model.engine_version": "0.10.0", "model.tokens_per_step": 8192.0, "target.load_streams": 8.0,
        "retrieval.chunks": 2e6, "retrieval.chunks_changed_per_day": 20000 / 86400,
        "retrieval.acl_denied_tests": 300, "retrieval.acl_leaks": 0, "retrieval.citations_checked": 200,
        "retrieval.citations_wrong": 3, "pipeline.cache_ttl": 0.0, "pipeline.run_p95": 600.0,
        "pipeline.index": 120.0, "evaluation.failure_max": 0.02, "evaluation.n": 400, "evaluation.failures": 4,
        "oversight.review_share": 0.05, "oversight.review_time": 120.0, "oversight.reviewers": 8,
        "oversight.shift": 25200.0, "assessment.today": "2026-11-22", "pilot.go_live": "2027-01-15",
        "agent.step_success": 0.97, "agent.steps_typical": 20, "monitoring.burn_alerts": True,
        "cost.gpu_hour": 2.5 / 3600, "cost.retrieval_per_request": 0.001, "cost.egress": 5e-11,
        "cost.egress_bytes_per_request": 1e5, "cost.wage": 40 / 3600, "cost.budget_12m": 4e5,
        "cost.monthly_cap": 3e4, "purpose.intended_use": "Answers questions on contracts", "cost.accepted_share": 0.6, "purpose.allowed_regions": ("eu",),
        "security.egress[model].name": "model", "security.egress[model].region": "eu-1", "machine.kind": "measured",
        "machine.fingerprint": "a1", "target.fingerprint": "a1", "value.value_per_request": 1.2, "value.adoption_expected": 0.6,
    }  # fmt: skip
    for source_id in ("policy", "claims"):
        for field, value in {
            "bytes_read_per_call": 3e4, "link_bandwidth": 1.25e8, "rtt": 0.002, "availability": 0.999,
            "refresh": 900.0, "kind": "live", "prod_access": "pending", "access_lead_time": 864000.0,
            "contract": "contract.yaml", "system": "postgresql", "region": "eu-1", "critical": True,
        }.items():  # fmt: skip
            more[f"sources[{source_id}].{field}"] = value
    for stage, value in {"policy": 0.2, "rerank": 0.1}.items():
        name = f"path.stages[{stage}]"
        more |= {
            f"{name}.budget": value, f"{name}.quantile": 0.995, f"{name}.timeout": 1.0, f"{name}.retries": 1.0,
            f"{name}.backoff": 0.05, f"{name}.p50": 0.02, f"{name}.p99": 0.09, f"{name}.servers": 8.0,
            f"{name}.availability": 0.9995,
        }  # fmt: skip
    more |= {
        "path.stages[policy].source": "policy",
        "path.stages[search].p50": 0.01,
        "path.stages[search].p99": 0.05,
    }
    more |= {f"path.stages[search].{k}": v for k, v in (("servers", 4.0), ("budget", 0.1), ("quantile", 0.999),
             ("timeout", 0.5), ("retries", 0.0), ("backoff", 0.0), ("availability", 0.9999))}  # fmt: skip
    more |= {"people.approvals[security].status": "pending", "people.approvals[security].lead_time": 1.2e6}
    facts |= tree(more).facts
    return FactTree(
        facts,
        {
            **base.items,
            "path.stages": ("policy", "search", "rerank"),
            "people.approvals": ("security",),
            "security.egress": ("model",),
        },
    )


def _hosted() -> FactTree:
    values: dict[str, Value | float] = {
        **DEMAND, "pilot.uses": ("llm",), "model.hosting": "hosted", "model.kind": "llm", "model.time_per_call": 2.0,
        "model.time_per_call_p99": 6.0, "model.quota_requests": 10.0, "model.quota_tokens": 6600.0,
        "model.planned_concurrency": 8.0, "target.replicas": 2.0, "slo.p99": 12.0, "path.cross_region_hops": 0.0,
        "cost.in_token": 1e-6, "cost.out_token": 4e-6, "cost.budget_12m": 9e4,
        "assessment.today": "2026-11-22", "pilot.go_live": "2027-01-15", "model.retires_on": "2027-06-30",
        "evaluation.injection_direct_attempts": 200, "evaluation.injection_direct_successes": 1,
        "evaluation.injection_indirect_attempts": 200, "evaluation.injection_indirect_successes": 0,
        "evaluation.authority_checked": 120, "evaluation.authority_contradictions": 1,
        "agent.tool_denied_tests": 300, "agent.tool_denied_leaks": 0, "security.tenant_tests": 300,
        "security.tenant_leaks": 0, "purpose.audience": "customers",
        "purpose.users": "customers", "purpose.decides": "assists", "purpose.acts": "none",
        "security.prompts_personal": True, "oversight.review_share": 0.1,
    }  # fmt: skip
    return tree(values)


def _training() -> FactTree:
    values: dict[str, Value | float] = {
        **DEMAND, **MODEL, **MACHINE, "model.engine": "transformers", "training.sequence_tokens": 4096.0,
        "training.recompute": False, "pilot.uses": ("training",), "training.batch_size": 7, "training.sample_bytes": 146.6e6,
        "training.step_time": 0.323, "training.accelerators": 8, "training.utilisation_needed": 0.9,
        "training.read_rate": 3e10, "training.checkpoint_bytes": 1.1e11, "training.write_rate": 2e9,
        "training.checkpoint_interval": 1800.0, "pipeline.outage_tolerated": 14400.0,
        "pipeline.items_per_run": 1e6, "pipeline.refresh": 3600.0, "pipeline.items_rate": 347.2,
        "pipeline.window": 14400.0, "pipeline.upstream_ready_p95": 1800.0, "pipeline.run_p95": 7200.0,
        "demand.growth_12m": 1.3,
    }  # fmt: skip
    return tree(values)
