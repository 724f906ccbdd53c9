"""What the archetypes answer alike: every careful team, every agent, every model of tables, every batch."""

from __future__ import annotations

from typing import Any

Facts = dict[str, Any]


def source(name: str, **changes: Any) -> Facts:
    return {
        "id": name, "system": "postgresql", "interface": "sql", "region": "eu-central", "owner": "data team",
        "owner_agreed": True, "critical": True, "kind": "live", "production_feed": True, "access_need": "lookup",
        "access_offered": ["lookup"], "max_age_needed": "24 h", "refresh": "1 h", "extract_time": "3 min",
        "calls_per_request": 1, "sequential_calls": 1, "awaited": True, "hedged": True, "p50": "6 ms", "p99": "20 ms",
        "timeout": "1 s", "retries": 0, "servers": 8, "rtt": "1 ms", "bytes_read_per_call": "16 KiB",
        "bytes_used_per_call": "8 KiB", "link_bandwidth": "1 Gbit/s", "cache_ttl": "0 s", "tolerated_rate": "50 req/s",
        "availability": "99.9 %", "fallback": True, "degradation_tested": True, "prod_access": "granted",
        "rights": "internal processing agreement", "rights_allow_ai": True, "provenance_recorded": True,
        "personal_data": False, "classification": "internal", "schema_notice": "14 d", "quality_checks": True,
        "quality_last_run": "passed", "freshness_alarm": "2 h", "acl": "query", "untrusted": False,
        "contract": f"contracts/{name}.odcs.yaml", **changes,
    }  # fmt: skip


COMMON: Facts = {
    "pilot.go_live": "2027-01-11",
    "pilot.use_case_class": "interactive",
    "purpose.intended_use": "Drafts answers for trained staff, who decide and send them",
    "purpose.out_of_scope": ["legal advice", "decisions without a person"],
    "purpose.users": "service agents", "purpose.affected_people": "customers who write",
    "purpose.audience": "employees", "purpose.audience_size": 400, "purpose.decides": "nothing", "purpose.acts": "none",
    "purpose.limits_known": True, "purpose.risk_tier": "limited", "purpose.risk_tier_approved": True,
    "purpose.prohibited_screen": "passed", "purpose.role": "deployer", "purpose.regimes": [],
    "purpose.allowed_regions": ["eu"], "purpose.authority": "service policy", "purpose.risks_above_tolerance": 0,
    "purpose.risks_without_owner": 0, "purpose.risks_reviewed_on": "2026-10-05",
    "people.business_owner": "head of service", "people.service_owner": "service tooling lead",
    "people.reviewer": "quality reviewer", "people.builder": "tooling group",
    "people.approvals": [
        {"name": "privacy-review", "decider": "data protection officer", "status": "granted", "lead_time": "0 d"}
    ],
    "value.metric": "minutes per case", "value.baseline": 14, "value.target": 9, "value.by_date": "2027-06-30",
    "value.value_per_request": "0.80 EUR", "value.adoption_expected": "60 %", "value.workflow_step": "first reply to a ticket",
    "value.workflow_owner": "head of service", "value.exit_criteria": "stop below 2 minutes saved, scale above 4",
    "value.fixed_before_pilot_end": True, "value.simpler_baseline": "reply templates", "value.simpler_baseline_compared": True,
    "demand.pilot_requests_per_day": "400 req/d", "demand.requests_per_day": "600 req/d", "demand.peak_hour_share": "18 %",
    "demand.burst_factor": 2, "demand.growth_12m": 1.5, "demand.in_tokens_p50": "900 tok", "demand.in_tokens_p95": "2200 tok",
    "demand.out_tokens_p50": "180 tok", "demand.out_tokens_p95": "420 tok",
    "slo.p50": "6 s", "slo.p95": "10 s", "slo.p99": "15 s", "slo.availability": "99 %", "slo.window": "7 d", "slo.ttft": "3 s",
    "path.mode": "series", "path.cross_region_hops": 0, "path.retry_jitter": True, "path.retry_layers": 1,
    "path.side_effects_idempotent": True, "path.queues_bounded": True, "path.queue_full_wait": "4 s",
    "path.network_bandwidth": "1 Gbit/s", "path.bytes_per_request": "24 KiB",
    "path.stages": [
        {"id": "build-prompt", "p50": "4 ms", "p99": "12 ms", "budget": "100 ms", "quantile": "99.8 %", "timeout": "1 s",
         "retries": 0, "backoff": "0 s", "servers": 4, "availability": "99.99 %"},
        {"id": "ask-model", "p50": "2.4 s", "p99": "6.5 s", "budget": "9 s", "quantile": "99.5 %", "timeout": "11 s",
         "retries": 0, "backoff": "0 s", "servers": 32, "availability": "99.9 %", "fallback": True},
    ],
    "pipeline.in_code": True, "pipeline.rebuilds_same": True, "pipeline.cache_ttl": "0 s", "pipeline.refresh": "1 h",
    "pipeline.run_p95": "3 min", "pipeline.index": "1 min", "pipeline.input_gate": True, "pipeline.untrusted_separated": True,
    "pipeline.versions_recorded": True, "pipeline.joins_sources": False, "pipeline.unlisted_inputs": 0,
    "pipeline.segment_coverage": "97 %", "pipeline.psi_max": 0.12, "pipeline.release_lead": "7 d",
    "model.hosting": "hosted", "model.kind": "llm", "model.name": "hosted-chat-model", "model.version": "chat-2026-09-15",
    "model.prompt_version": "7c41f0a", "model.alias_floating": False, "model.time_per_call": "2.4 s",
    "model.time_per_call_p99": "6.5 s", "model.planned_concurrency": 8, "model.quota_requests": "300 req/min",
    "model.quota_tokens": "200000 tok/min", "model.provider_terms_reviewed": True, "model.change_notice": "180 d",
    "model.retires_on": "2027-12-31", "model.successor_evaluated": True, "model.fallback": "second provider",
    "model.fallback_tested_on": "2026-10-20", "model.provider_retention": "30 d", "model.provider_trains": False,
    "target.device": "cpu", "target.count": 0, "target.region": "eu-central", "target.replicas": 3,
    "target.failure_domain": "node", "target.failure_domain_size": 1, "target.platform": "managed",
    "operations.rollback": "5 min", "operations.rollback_target": "15 min", "operations.rollback_tested_on": "2026-11-10",
    "operations.rollback_covers": ["model", "prompts", "index", "flags"], "operations.stop": "20 s",
    "operations.stop_target": "60 s", "operations.stop_tested_on": "2026-11-10", "operations.rto": "4 h",
    "operations.rpo": "1 h", "operations.restore": "2 h", "operations.restore_tested_on": "2026-10-12",
    "operations.restore_covers": ["config", "registry", "prompts", "index"], "operations.restore_data_loss": "10 min",
    "operations.rebuilt_from_source": True, "operations.runbook": "ops/runbook.md", "operations.oncall": "service tooling rota",
    "operations.accepted_by_receiver": True, "operations.canary": True,
    "operations.canary_covers": ["build", "model", "prompt", "data", "features", "flags"], "operations.quality_gate": True,
    "operations.gate_triggers": ["model", "prompt", "data", "provider", "routing", "infrastructure"],
    "operations.gate_metrics": ["facts right", "tone"], "operations.gate_veto": True, "operations.env_parity": True,
    "operations.infrastructure_as_code": True, "operations.incident_plan": True, "operations.incident_drill_on": "2026-06-01",
    "operations.incident_notice": "15 d", "operations.incident_notice_death": "10 d",
    "operations.incident_notice_widespread": "2 d", "operations.readiness_probe": True, "operations.disruption_budget": True,
    "operations.resources_set": True, "operations.graceful_stop": "30 s", "operations.request_deadline": "15 s",
    "operations.load_test_duration": "30 min", "operations.load_test_rate": 1.2, "operations.load_test_on_target": True,
    "operations.log_fields": ["inputs", "versions", "outputs", "overrides"],
    "operations.way_back": "answers by hand again, prompts deleted in 30 days",
    "oversight.review_share": "100 %", "oversight.review_time": "45 s", "oversight.reviewers": 40, "oversight.shift": "7 h",
    "oversight.can_override": True, "oversight.override_role": "service agent",
    "oversight.override_signal": "every draft is edited or discarded by an agent", "oversight.log_retention": "200 d",
    "oversight.users_told": True, "oversight.output_marked": True, "oversight.generates_content": True,
    "oversight.person_decides": True, "oversight.appeal": True, "oversight.explanation": True, "oversight.alerts_per_shift": 0,
    "evaluation.n": 800, "evaluation.failures": 6, "evaluation.failure_max": "2 %", "evaluation.repeats": 5,
    "evaluation.spread": "1 %", "evaluation.spread_max": "2 %", "evaluation.slices": ["language", "product"],
    "evaluation.worst_slice_gap": "3 %", "evaluation.worst_slice_gap_max": "5 %", "evaluation.bias_assessed": True,
    "evaluation.thresholds_before_test": True, "evaluation.injection_success": "0 %", "evaluation.injection_success_max": "2 %",
    "evaluation.injection_direct_attempts": 300, "evaluation.injection_direct_successes": 0,
    "evaluation.injection_indirect_attempts": 300, "evaluation.injection_indirect_successes": 0,
    "evaluation.injection_reached_action": 0, "evaluation.documentation_complete": True,
    "evaluation.offline_tracks_outcome": True, "evaluation.set_renewed_on": "2026-10-20", "evaluation.judge": "people",
    "evaluation.authority_checked": 200, "evaluation.authority_contradictions": 1, "evaluation.authority_error_max": "5 %",
    "evaluation.answers_reachable": False, "evaluation.overlap_checked": True, "evaluation.clinical_conditions": True,
    "monitoring.burn_alerts": True, "monitoring.quality_signal": "share of drafts sent unedited",
    "monitoring.quality_owner": "quality lead", "monitoring.drift_test": "weekly comparison of topics",
    "monitoring.drift_threshold_n_aware": True, "monitoring.staleness_effect_known": True, "monitoring.max_model_age": "180 d",
    "monitoring.max_age_enforced": True, "monitoring.feedback_time": "7 d", "monitoring.feedback_triaged": "90 %",
    "monitoring.feedback_into_eval": True, "monitoring.trace_id": True, "monitoring.performance_baseline": True,
    "monitoring.saturation_metrics": ["queue", "kv", "preemptions", "link", "storage"],
    "security.workload_identity": True, "security.read_scope_minimal": True, "security.output_validated": True,
    "security.encrypted_at_rest": True, "security.keys_apart": True, "security.rate_limit": True, "security.spend_limit": True,
    "security.input_cap": "4096 tok", "security.output_cap": "800 tok", "security.index_classification": "internal",
    "security.egress_listed": True,
    "security.egress": [{"name": "model-api", "region": "eu-central", "data_class": "internal", "permitted": True}],
    "security.prompts_personal": True, "security.lawful_basis": "contract with the customer", "security.privacy_assessed": True,
    "security.impact_assessment": "records/E10-impact-assessment.yaml", "security.impact_assessed_on": "2026-09-28", "security.deletion_time": "7 d", "security.deletion_max": "14 d",
    "security.deletion_verified": True, "security.outward_guard": "isolated", "security.memory_kept": False,
    "cost.currency": "EUR", "cost.prices_on": "2026-10-01", "cost.in_token": "2 EUR/Mtok", "cost.out_token": "8 EUR/Mtok",
    "cost.host_hour": "0.10 EUR/h", "cost.wage": "20 EUR/h", "cost.fixed_month": "300 EUR", "cost.monthly_cap": "9000 EUR",
    "cost.cap_enforced": True, "cost.cap_alerts": ["50 %", "80 %", "100 %"], "cost.unit_cost_max": "0.40 EUR",
    "cost.budget_12m": "108000 EUR", "cost.funded_12m": True, "cost.egress": "0.08 EUR/GB",
    "cost.egress_bytes_per_request": "24 KiB", "cost.retrieval_per_request": "0.001 EUR", "cost.accepted_share": "60 %",
    "cost.outcome_cost_max": "1 EUR", "cost.task_alarm": True, "cost.duty": "55 %",
}  # fmt: skip
"""Dotted path -> value: what a careful team states, whatever its technique."""

SCANNED: Facts = {"access_need": "scan", "access_offered": ["scan"]}
AGENT: Facts = {
    "pilot.uses": ["llm", "agent"], "pilot.use_case_class": "assistive", "sources": [source("orders")],
    "agent.max_steps": 20, "agent.max_time": "5 min", "agent.max_cost": "0.5 EUR", "agent.max_tool_calls": 40,
    "agent.bounds_enforced": True, "agent.tools_minimal": True, "agent.runs_as_user": True, "agent.identity": "user",
    "agent.tool_servers": [], "agent.production_apart": True, "agent.step_success": "99 %", "agent.steps_typical": 4,
    "agent.pass_1": "95 %", "agent.pass_8": "88 %", "agent.reliability_needed": "80 %",
}  # fmt: skip
NO_TEXT: Facts = dict.fromkeys(
    [
        "demand.in_tokens_p50", "demand.in_tokens_p95", "demand.out_tokens_p50", "demand.out_tokens_p95", "slo.ttft",
        "model.prompt_version", "model.quota_requests", "model.quota_tokens", "model.retires_on", "model.fallback",
        "model.fallback_tested_on", "model.successor_evaluated", "model.provider_retention", "model.provider_trains",
        "model.change_notice", "model.provider_terms_reviewed", "cost.in_token", "cost.out_token", "security.input_cap",
        "security.output_cap", "security.prompts_personal", "security.outward_guard", "security.index_classification",
        "evaluation.injection_success", "evaluation.injection_success_max", "evaluation.injection_direct_attempts",
        "evaluation.injection_direct_successes", "evaluation.injection_indirect_attempts",
        "evaluation.injection_indirect_successes", "evaluation.injection_reached_action", "evaluation.authority_checked",
        "evaluation.authority_contradictions", "evaluation.authority_error_max", "cost.retrieval_per_request",
        "security.memory_kept", "oversight.generates_content", "oversight.output_marked", "security.output_validated",
    ]
)  # fmt: skip
"""What only a pilot with a language model of a provider states."""
TABULAR: Facts = {
    **NO_TEXT,
    "pilot.uses": ["classic-ml"], "sources": [source("events")], "model.hosting": "self", "model.kind": "tabular",
    "model.engine": "cpu", "model.name": "scorer", "model.version": "1.0.0", "model.digest": "9f86d081" * 8, "model.safe_format": True,
    "model.bom": "model/bom.cdx.json", "model.licence": "own", "model.licence_allows": True, "model.precision": "fp32",
    "model.time_per_call": "5 ms", "model.time_per_call_p99": "12 ms", "pipeline.skew_parity": "99.95 %",
    "target.fingerprint": "bb14bfa61dacc0d3", "target.hot_set": "200 MiB", "target.hot_tier": "dram", "security.prompts_personal": False, "security.egress": [],
    "target.hot_bytes_per_request": "16 KiB", "path.hop_tier_rate": "1 GB/s", "target.node_start": "60 s",
    "target.image_bytes": "500 MiB", "target.network": "1 Gbit/s", "target.storage_read": "1 GB/s",
    "target.engine_start": "5 s", "target.spare_capacity": "150 %", "slo.scale_out_allowance": "5 min",
    "model.weight_bytes": "20 MiB", "cost.scale_to_zero": False, "pipeline.outage_tolerated": "4 h",
    "pipeline.drain_allowance": "8 h", "pipeline.items_per_run": 100, "pipeline.items_rate": "10/s",
}  # fmt: skip
FAST: Facts = {
    "slo.p50": "50 ms", "slo.p95": "80 ms", "slo.p99": "250 ms", "path.queue_full_wait": "100 ms",
    "path.stages": [
        {"id": "score", "p50": "5 ms", "p99": "12 ms", "budget": "50 ms", "quantile": "99.8 %", "timeout": "60 ms",
         "retries": 0, "backoff": "0 s", "servers": 8, "availability": "99.95 %"},
        {"id": "read", "source": "events", "budget": "100 ms", "quantile": "99.8 %", "timeout": "120 ms",
         "retries": 0, "backoff": "0 s", "availability": "99.95 %"},
    ],
    "sources": [source("events", timeout="100 ms")],
}  # fmt: skip
BATCH: Facts = {
    "pilot.use_case_class": "batch", "pipeline.window": "8 h", "pipeline.run_p95": "2 h", "pipeline.upstream_ready_p95": "30 min",
    "pipeline.overlaps_source_batch": False, "pipeline.backfill": "3 h", "pipeline.outage_tolerated": "4 h",
    "pipeline.drain_allowance": "8 h", "pipeline.items_per_run": 100, "pipeline.items_rate": "10/s",
    "sources": [source("events", **SCANNED)],
}  # fmt: skip
RETRIEVAL: Facts = {
    "sources": [source("articles")],
    "retrieval.vectors": 200000, "retrieval.dims": 768, "retrieval.bytes_per_element": 4, "retrieval.index": "hnsw",
    "retrieval.m": 16, "retrieval.version": "build-31", "retrieval.replicas": 1, "retrieval.ram": "16 GiB",
    "retrieval.ram_share": "50 %", "retrieval.chunks": 200000, "retrieval.chunks_changed_per_day": "2000 chunks/d",
    "retrieval.embed_rate": "500 chunks/s", "retrieval.write_rate": "800 chunks/s", "retrieval.refresh": "1 h",
    "retrieval.incremental": True, "retrieval.search_p50": "8 ms", "retrieval.search_p99": "30 ms", "retrieval.top_k": 8,
    "retrieval.bytes_per_chunk": "2 KiB", "retrieval.acl_mode": "query", "retrieval.acl_denied_tests": 600,
    "retrieval.acl_leaks": 0, "retrieval.recall_at_k": "93 %", "retrieval.recall_floor": "85 %",
    "retrieval.citations_checked": 200, "retrieval.citations_wrong": 2, "retrieval.citation_error_max": "5 %",
    "demand.corpus_growth_12m": 1.5, "target.hot_set": "200 MiB", "target.hot_tier": "dram", "target.fingerprint": "bb14bfa61dacc0d3",
    "target.hot_bytes_per_request": "1 MiB", "path.hop_tier_rate": "1 GB/s", "pipeline.outage_tolerated": "4 h",
    "pipeline.drain_allowance": "8 h", "pipeline.items_per_run": 100, "pipeline.items_rate": "10/s",
    "path.stages": [*COMMON["path.stages"], {
        "id": "search", "p50": "8 ms", "p99": "30 ms", "budget": "200 ms", "quantile": "99.9 %", "timeout": "1 s",
        "retries": 0, "backoff": "0 s", "servers": 8, "availability": "99.95 %"}],
}  # fmt: skip
"""What a team with an index over its own texts states."""
SELF_HOSTED: Facts = {
    "model.hosting": "self", "model.name": "Qwen2.5-7B-Instruct", "model.version": "qwen2.5-7b-instruct-2024-09",
    "model.config": "model/config.json", "model.engine": "vllm", "model.engine_version": "0.11.0", "model.precision": "bf16",
    "model.parameters": 7.62e9, "model.weight_bytes": "15.23 GB", "model.digest": "9f86d081" * 8, "model.safe_format": True,
    "model.bom": "model/bom.cdx.json", "model.licence": "apache-2.0", "model.licence_allows": True, "model.tensor_parallel": 1,
    "model.max_context": "8192 tok", "model.context_enforced": True, "model.planned_concurrency": 8,
    "model.max_concurrency": 64, "model.kv_utilisation": "90 %",
    "slo.tokens_per_s_stream": "20 tok/s", "slo.scale_out_allowance": "5 min",
    "target.device": "h100-80gb-hbm3", "target.count": 1, "target.fingerprint": "487a95a8fb428675", "target.platform": "own",
    "target.node_start": "60 s", "target.image_bytes": "9 GiB", "target.network": "25 Gbit/s", "target.storage_read": "1.4 GB/s",
    "target.engine_start": "60 s", "target.load_streams": 8, "target.spare_capacity": "150 %", "target.bytes_to_device": "64 KiB", "target.pinned_copies": True,
    "cost.gpu_hour": "2.50 EUR/h", "cost.host_hour": "0.40 EUR/h", "cost.scale_to_zero": False, "cost.in_token": None, "cost.out_token": None,
    "demand.requests_per_day": "3000 req/d", "cost.monthly_cap": "45000 EUR", "cost.budget_12m": "540000 EUR",
    **dict.fromkeys(["model.quota_requests", "model.quota_tokens", "model.retires_on", "model.change_notice"]),
}  # fmt: skip
"""What a team states that serves open weights on an accelerator of its own."""
