"""Stating one more thing never makes a prediction worse: no wider than without it, and never beside it."""

from __future__ import annotations

from collections.abc import Mapping

import flow_pilots as pilots
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from poc_gate.flow.derive_facts import derive_facts
from poc_gate.flow.formulas.speed.engine_family import link_of
from poc_gate.model.fact import Fact
from poc_gate.model.quantity import Quantity

GIB = 2.0**30
DEVICES = {  # memory GiB, GB/s, dense half-precision Tflop/s, by the makers' data sheets
    "h100-sxm-80gb": (80, 3350, 989), "h200": (141, 4800, 989), "a100-sxm-80gb": (80, 2039, 312), "l4": (24, 300, 121),
    "rtx 4090": (24, 1008, 165), "rtx 5090": (32, 1792, 210), "rx 7900 xtx": (24, 960, 123), "mi300x": (192, 5300, 1307),
    "b200": (180, 8000, 2250), "apple m2 ultra": (192, 800, 54), "ryzen ai max+ 395": (128, 256, 59), "v100": (32, 900, 125),
    "somebody's new card": (48, 1200, 300),
}  # fmt: skip
MODELS = {  # parameters, active, layers, KV heads, head dimension, latent
    "8b": (8.03e9, None, 32, 8, 128, False), "70b": (70.6e9, None, 80, 8, 128, False), "1b": (1.24e9, None, 16, 8, 64, False),
    "30b-a3b": (30.5e9, 3.3e9, 48, 4, 128, False), "v2-lite": (15.7e9, 2.4e9, 27, None, None, True),
}  # fmt: skip
VERSIONS = {
    "vllm": ("0.5.5", "0.10.1", "2024-05", "2026"), "sglang": ("0.3.0", "0.5.2"), "tensorrt-llm": ("0.9", "1.0"),
    "llama.cpp": ("b3000", "b6500", "2024-02"), "ollama": ("0.3.1", "0.12.0"), "transformers": ("4.46",), "mlx": ("0.21",),
}  # fmt: skip
FORMATS = (("bf16", 16.0), ("fp8", 8.0), ("nvfp4", 4.5), ("awq", 4.16), ("q4_k_m", 4.85))
METHODS = {"fp8": ("fp8", "fbgemm_fp8", "compressed-tensors"), "nvfp4": ("modelopt",), "awq": ("awq",)}
OPTIONAL = (
    "model.engine", "model.engine_version", "target.link", "target.device", "model.tensor_parallel", "model.precision",
    "model.pipeline_parallel", "model.attention", "model.weight_bits", "model.weight_bytes", "model.kv_bytes_per_token",
    "model.kv_heads", "machine.accelerators.compute_half", "model.kv_utilisation", "model.tokens_per_step",
    "model.activation_bytes", "model.heads", "target.load_streams", "target.engine_start", "retrieval.engine",
    "machine.accelerators.h2d_pinned", "model.quantised_by", "machine.accelerators.memory_total",
)  # fmt: skip
"""What a pilot may leave out and still gets predictions. Others are no gaps: without `model.active_parameters` a
model is dense, without `model.kv_bits` its cache has 16 bits, without `target.load_cached` it comes from the store."""
PREDICTED = (
    "flow.tpot.likely", "flow.decode.bound_single", "flow.decode.ceiling", "flow.prefill.time", "flow.ttft.floor",
    "flow.ttft.likely", "flow.serving.batch_rate", "flow.serving.saturated_rate", "flow.serving.rate_limit",
    "flow.serving.tpot_peak", "flow.serving.ttft_peak", "flow.serving.time_peak", "flow.kv.tokens_max",
    "flow.concurrency.max", "flow.concurrency.sustained", "flow.device_memory.in_use", "flow.cold_start.load_time", "flow.cold_start.ready_time",
    "flow.vector_index.bytes", "flow.weights.bytes", "flow.reindex.build_time",
)  # fmt: skip
SLACK = 1.12
"""A floor may cut the low end of one interval and not of the other."""


def engines_of(device: str) -> list[str]:
    """Return the engines that run on a device at all."""
    if device.startswith("apple"):
        return ["llama.cpp", "mlx", "ollama", "transformers"]
    local = ["llama.cpp", "ollama", "transformers"]
    if device.startswith(("rx", "ryzen")):
        return local
    return [*local, "sglang", "vllm"] if device == "mi300x" else [*local, "sglang", "tensorrt-llm", "vllm"]


@st.composite
def deployments(draw: st.DrawFn) -> dict[str, float | str | bool]:
    """Draw what somebody who knows everything would state of a model server."""
    device = draw(st.sampled_from(sorted(DEVICES)))
    engine = draw(st.sampled_from(engines_of(device)))
    links = {"fast": ("NVLink",), "pcie": ("PCIe",)}.get(link_of("", device), ("NVLink", "PCIe"))
    memory, bandwidth, compute = DEVICES[device]
    parameters, active, layers, heads, width, latent = MODELS[draw(st.sampled_from(sorted(MODELS)))]
    form, bits = draw(st.sampled_from(FORMATS))
    count = draw(st.sampled_from((1, 2, 4, 8)))
    sharing = draw(st.sampled_from([n for n in (1, 2, 4, 8) if n <= count]))
    values = {
        **pilots.DEMAND, "model.hosting": "self", "model.kind": "llm", "model.engine": engine,
        "model.engine_version": draw(st.sampled_from(VERSIONS[engine])), "model.parameters": parameters, "model.layers": layers,
        "model.weight_bits": bits, "model.weight_bytes": parameters * bits / 8 * (draw(st.floats(0.99, 1.05)) if bits < 12 else 1.0),
        "model.precision": form, "model.kv_bits": 16.0, "model.attention": "latent" if latent else "grouped",
        "model.planned_concurrency": draw(st.sampled_from((1.0, 8.0, 64.0))), "model.kv_utilisation": draw(st.sampled_from((0.9, 0.95))),
        "model.tokens_per_step": draw(st.sampled_from((2048.0, 8192.0 if memory > 70 else 4096.0))),  # defaults of engines
        "target.device": device, "target.count": count, "model.tensor_parallel": sharing, "target.replicas": 2, "model.max_concurrency": 64.0,
        "model.pipeline_parallel": count / sharing, "target.link": draw(st.sampled_from(links)),
        "target.storage_read": draw(st.sampled_from((0.5e9, 3e9, 12e9))), "target.load_streams": draw(st.sampled_from((1.0, 16.0))),
        "demand.peak_duration": 3600.0, "demand.requests_per_day": draw(st.floats(1e-6, 1e-3)),
        "demand.in_tokens_p95": draw(st.sampled_from((200.0, 3500.0, 30000.0))),
        "machine.accelerators.memory_total": memory * GIB, "machine.accelerators.memory_bandwidth": bandwidth * 1e9,
        "machine.accelerators.compute_half": compute * 1e12, "machine.accelerators.h2d_pinned": 2.5e10,
        "retrieval.vectors": 1e6, "retrieval.dims": draw(st.sampled_from((384.0, 1536.0))), "retrieval.bytes_per_element": 4.0,
        "retrieval.index": "hnsw", "retrieval.m": 16.0, "retrieval.replicas": 0.0, "demand.corpus_growth_12m": 1.0,
        "retrieval.engine": draw(st.sampled_from(("faiss", "milvus", "opensearch", "pgvector", "qdrant", "weaviate"))),
    }  # fmt: skip
    if form in METHODS:
        values["model.quantised_by"] = draw(st.sampled_from(METHODS[form]))
    if active:
        values["model.active_parameters"] = active
    if latent:
        return {**values, "model.kv_bytes_per_token": layers * 576 * 2.0}
    return {
        **values,
        "model.kv_heads": heads,
        "model.head_dim": width,
        "model.heads": 64.0 if layers == 80 else 32.0,
    }


def predictions(values: Mapping[str, float | str | bool]) -> dict[str, Fact]:
    """Return the predicted facts that have a value."""
    tree = derive_facts(pilots.tree(values), wanted=frozenset(PREDICTED))
    found = {name: tree.get(name) for name in PREDICTED}
    return {name: fact for name, fact in found.items() if isinstance(fact.value, Quantity)}


def ends(fact: Fact) -> tuple[float, float]:
    assert isinstance(fact.value, Quantity)
    value = fact.value.value
    return (value if fact.low is None else fact.low), (value if fact.high is None else fact.high)


def is_wider(more: Fact, less: Fact) -> bool:
    """Whether the first interval is wider: by ratio, or by length where one begins at zero."""
    (low, high), (low_less, high_less) = ends(more), ends(less)
    if high_less == float("inf"):
        return False
    if low <= 0 or low_less <= 0:
        return high - low > SLACK * (high_less - low_less) + 1e-9
    return high / low > SLACK * high_less / low_less


def lie_apart(one: Fact, other: Fact) -> bool:
    (low, high), (low_other, high_other) = ends(one), ends(other)
    return low > high_other * 1.0001 or low_other > high * 1.0001


def worse(values: Mapping[str, float | str | bool]) -> list[str]:
    """Return every prediction that is wider with a statement than without it, or lies beside the one without."""
    known, found = predictions(values), []
    for name in OPTIONAL:
        if name not in values:
            continue
        without = predictions({key: value for key, value in values.items() if key != name})
        for predicted, less in without.items():
            more = known.get(predicted)
            if more is None:
                found.append(f"{predicted} is unknown with {name} and known without")
            elif lie_apart(more, less):
                found.append(f"{predicted}: {ends(more)} with {name} lies beside {ends(less)} without")
            elif is_wider(more, less):
                found.append(f"{predicted}: {ends(more)} with {name} is wider than {ends(less)} without")
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(deployments())
def test_no_statement_makes_a_prediction_worse(values: dict[str, float | str | bool]) -> None:
    assert not worse(values)
