"""What a field could read like, by its name: samples for `add ...` lines that fit what the field asks for."""

from __future__ import annotations

from collections.abc import Mapping

_TIMES = {
    "10 d": "incident_notice_death",
    "2 d": "incident_notice_widespread",
    "180 d": "change_notice",
    "30 d": "provider_retention access_lead_time log_retention max_model_age deletion_max retention outage_notice",
    "14 d": "schema_notice feedback_time lead_time deletion_time",
    "3 d": "incident_notice",
    "1 d": "cache_ttl refresh freshness_alarm outage_tolerated max_age_needed answer_max_age time_to_detect",
    "4 h": "rto backfill restore drain_allowance release_lead extract_time run_p95 upstream_ready_p95 window",
    "1 h": "rpo restore_data_loss",
    "30 min": "load_test_duration checkpoint_interval index",
    "15 min": "rollback_target rollback stop_target",
    "5 min": "node_start engine_start cold_start review_time scale_out_allowance",
    "8 h": "shift",
    "1 min": "max_time",
    "30 s": "graceful_stop request_deadline",
    "2 s": "timeout queue_full_wait",
    "10 ms": "rtt cross_region_rtt",
}
_SIZES = {
    "16 KiB": "bytes_per_request bytes_to_device egress_bytes_per_request hot_bytes_per_request",
    "4 KiB": "bytes_used_per_call bytes_per_chunk",
    "96 KiB": "kv_bytes_per_token",
    "256 KiB": "sample_bytes",
    "2 GiB": "activation_bytes",
    "8 GiB": "image_bytes build_memory",
    "20 GiB": "hot_set",
}
_SHARES = {
    "2 %": "authority_error_max citation_error_max failure_max failure_rate error_rate injection_success injection_success_max spread spread_max",
    "5 %": "worst_slice_gap worst_slice_gap_max review_share contamination",
    "10 %": "volume_discount_10x",
    "30 %": "spare_capacity",
    "60 %": "accepted_share alert_precision adoption_expected load_test_utilisation",
    "80 %": "cap_alerts duty feedback_triaged utilisation_needed critical_coverage",
    "95 %": "judge_agreement segment_coverage recall_floor recall_at_k",
}
_NUMBERS = {
    "0": "tool_denied_leaks tenant_leaks injection_reached_action injection_direct_successes injection_indirect_successes authority_contradictions risks_above_tolerance risks_without_owner unlisted_inputs cross_region_hops failures acl_leaks secrets_found",
    "0.2": "psi_max",
    "1": "retry_layers arrival_cv cv",
    "1.2": "load_test_rate",
    "1.3": "growth_12m corpus_growth_12m",
    "4": "bytes_per_element",
    "5": "repeats citations_wrong",
    "8": "kv_heads",
    "16": "weight_bits kv_bits m",
    "20": "top_k alerts_per_shift alerts_per_shift_max",
    "32": "batch_size layers heads",
    "128": "head_dim",
    "400": "tool_denied_tests tenant_tests injection_direct_attempts injection_indirect_attempts authority_checked citations_checked n acl_denied_tests",
    "768": "dims",
    "4096": "hidden_size",
    "10000": "items_per_run",
    "2000000": "vectors chunks",
    "2000000000": "lookup_parameters",
    "7000000000": "parameters active_parameters",
}
_TEXTS = {
    "drafts answers to claims from the handler's own documents": "description",
    "decisions without a person": "out_of_scope",
    "claims handlers": "users",
    "policy holders": "affected_people",
    "5(b)": "annex_iii_point",
    "eu": "regions",
    "MI-0042": "model_inventory_id",
    "risk officer": "decider approver",
    "first reply to a claim": "workflow_step",
    "head of claims": "workflow_owner",
    "data platform team": "owner",
    "production": "contract_server",
    "n=summary.total, failures=summary.failed": "report_option",
    "load/k6.json; open, version=1.1.0": "import_options",
    "postgresql://replica.example.org/policies": "url",
    "policy-db": "source",
    "lookups": "parallel_group",
    "claims-writer-7b": "name",
    "bf16": "precision",
    "search-policies": "tools",
    "send-refund": "high_impact_tools human_approval",
    "pcie4-x16": "link",
    "/var/lib/models": "storage",
    "node": "failure_domain",
    "apache-2.0": "licence",
    "a smaller model of another provider": "fallback",
    "ticket-server": "tool_servers",
    "model, prompt, data, provider": "gate_triggers",
    "task success, agreement with wrong claims, refusals": "gate_metrics",
    "build, model, prompt, data, features, flags": "canary_covers",
    "model, prompts, index, flags": "rollback_covers",
    "answers by hand, export of drafts, deletion of prompts": "way_back",
    "confidential": "index_classification data_class",
    "contract with the customer": "lawful_basis",
    "not used by this pilot": "reason",
    "claims team": "builder",
    "risk function": "reviewer",
    "shift lead": "override_role",
    "product owner": "quality_owner",
    "share of answers sent back": "quality_signal",
    "share of overridden answers": "override_signal",
    "population stability index, weekly": "drift_test",
    "keyword search": "simpler_baseline",
    "stop below 70 % accepted answers": "exit_criteria",
    "eu-west-1": "region",
    "2026-11-20": "version",
    "prompt-14": "prompt_version",
    "sha256:9f86d081884c7d65": "digest",
    "54da5e81c26cb9b8": "fingerprint hardware_fingerprint",
    "request id, model version": "log_fields",
    "index, prompts": "restore_covers",
    "queue, kv": "saturation_metrics",
    "new customers, long documents": "slices",
}
_MONEY = {
    "0.40 EUR": "value_per_request unit_cost_max",
    "2 EUR": "max_cost outcome_cost_max",
    "9000 EUR": "monthly_cap fixed_month",
    "120000 EUR": "budget_12m",
    "0.002 EUR": "retrieval_per_request",
}


def _by_name(*tables: Mapping[str, str]) -> dict[str, str]:
    return {name: sample for table in tables for sample, names in table.items() for name in names.split()}


_SAMPLES = {
    "s": _by_name(_TIMES),
    "B": _by_name(_SIZES),
    "1": _by_name(_SHARES),
    "money": _by_name(_MONEY),
    "": _by_name(_TEXTS),
}
_COUNTS = _by_name(_NUMBERS)


def sample_value(name: str, unit: str, *, counted: bool) -> str:
    """Return a value that fits the field of that name and unit, or an empty text.

    `counted` says that the field is a bare number, not a share with its sign.
    """
    return (_COUNTS if counted else _SAMPLES.get(unit, {})).get(name, "")
