"""Names under which engines, gateways and exporters publish one meaning, with the factor to SI units.

Sources: the metrics pages of vLLM, SGLang, Text Generation Inference, Triton, the DCGM exporter, cAdvisor,
kube-state-metrics and Kong's Prometheus plug-in.
"""

from __future__ import annotations

from msgspec import Struct

from poc_gate.model.engines.serving_engines import SERVING_ENGINES


class Meaning(Struct, frozen=True):
    """What a metric means here."""

    kind: str
    """`gauge`, `counter` or `histogram`."""
    names: dict[str, float]
    """Name -> factor to SI units."""


MEANINGS: dict[str, Meaning] = {
    "running": Meaning("gauge", {"vllm:num_requests_running": 1, "sglang:num_running_reqs": 1, "tgi_batch_current_size": 1}),
    "waiting": Meaning("gauge", {
        "vllm:num_requests_waiting": 1, "sglang:num_queue_reqs": 1, "tgi_queue_size": 1, "nv_inference_pending_request_count": 1,
    }),
    "kv_use": Meaning("gauge", {
        "vllm:kv_cache_usage_perc": 1, "vllm:gpu_cache_usage_perc": 1, "sglang:token_usage": 1,
    }),
    "accelerator_duty": Meaning("gauge", {
        "DCGM_FI_PROF_GR_ENGINE_ACTIVE": 1, "DCGM_FI_DEV_GPU_UTIL": 0.01, "nv_gpu_utilization": 1,
    }),
    "cpu_seconds": Meaning("counter", {"container_cpu_usage_seconds_total": 1, "process_cpu_seconds_total": 1}),
    "memory": Meaning("gauge", {"container_memory_working_set_bytes": 1, "process_resident_memory_bytes": 1}),
    "accelerator_memory": Meaning("gauge", {"DCGM_FI_DEV_FB_USED": 2**20, "nv_gpu_memory_used_bytes": 1}),
    "requests": Meaning("counter", {
        "vllm:request_success_total": 1, "sglang:num_requests_total": 1, "tgi_request_count": 1, "nv_inference_request_success": 1,
        "kong_http_requests_total": 1,
    }),
    "failures": Meaning("counter", {"tgi_request_failure": 1, "nv_inference_request_failure": 1}),
    "broken_off": Meaning("counter", {"sglang:num_aborted_requests_total": 1}),
    "preemptions": Meaning("counter", {"vllm:num_preemptions_total": 1, "sglang:num_retracted_reqs": 1}),
    "prompt_tokens": Meaning("counter", {"vllm:prompt_tokens_total": 1, "sglang:prompt_tokens_total": 1}),
    "output_tokens": Meaning("counter", {"vllm:generation_tokens_total": 1, "sglang:generation_tokens_total": 1}),
    "restarts": Meaning("counter", {"kube_pod_container_status_restarts_total": 1}),
    "memory_kills": Meaning("counter", {"container_oom_events_total": 1}),
    "latency": Meaning("histogram", {
        "vllm:e2e_request_latency_seconds": 1, "sglang:e2e_request_latency_seconds": 1, "tgi_request_duration": 1,
        "kong_request_latency_ms": 1e-3,
    }),
    "queue_time": Meaning("histogram", {
        "vllm:request_queue_time_seconds": 1, "sglang:queue_time_seconds": 1, "tgi_request_queue_duration": 1,
    }),
    "ttft": Meaning("histogram", {"vllm:time_to_first_token_seconds": 1, "sglang:time_to_first_token_seconds": 1}),
    "tpot": Meaning("histogram", {
        "vllm:request_time_per_output_token_seconds": 1, "vllm:inter_token_latency_seconds": 1, "vllm:time_per_output_token_seconds": 1,
        "sglang:inter_token_latency_seconds": 1, "sglang:time_per_output_token_seconds": 1,
        "tgi_request_mean_time_per_token_duration": 1,
    }),
    "in_tokens": Meaning("histogram", {"vllm:request_prompt_tokens": 1, "tgi_request_input_length": 1, "sglang:prompt_tokens_histogram": 1}),
    "out_tokens": Meaning("histogram", {
        "vllm:request_generation_tokens": 1, "tgi_request_generated_tokens": 1, "sglang:generation_tokens_histogram": 1,
    }),
}  # fmt: skip
"""Meaning -> how it is published; of several names in one file the first one counts, so that nothing is counted twice."""

_TOOLS = (
    *(row.metrics for row in SERVING_ENGINES if row.metrics[0]), ("nv_", "triton"),
    ("kong_", "kong"), ("DCGM_", "dcgm-exporter"), ("container_", "cadvisor"), ("kube_", "kube-state-metrics"),
)  # fmt: skip
STARTS = tuple(start for start, _ in _TOOLS)


def tool_of(name: str) -> str:
    """Return who publishes a metric, or an empty text."""
    return next((tool for start, tool in _TOOLS if name.startswith(start)), "")
