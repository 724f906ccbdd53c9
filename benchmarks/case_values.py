"""A row of a published-cases file -> the values that a manifest and a machine profile would state, in SI units."""

from __future__ import annotations

import re
from typing import Any

from case_rows import NotPredictableError, Row, devices_sharing, kv_per_token, typical_layers, weight_bits
from product_facts import Stated

from poc_gate.facts.known.named import known_model
from poc_gate.flow.formulas.footprints import body_bits
from poc_gate.flow.formulas.speed.engine_family import family_of

GIB = 2.0**30
VISIBLE = 0.983
"""Share of the marketed memory of a GPU that its driver shows."""
VISIBLE_CORRECTED = 0.92
"""The same of cards that keep the bits of error correction in their GDDR memory: 22.1 of 24 GiB, 44.4 of 48, 14.6 of 16."""
_CORRECTED = frozenset({"a10", "a10g", "a16", "a2", "a40", "l4", "l40", "l40s", "t4"})
"""Words in the names of such cards, whose correction is on unless somebody switches it off."""

_CHOICES = (
    ("ktransformers", "ktransformers"), ("openvino", "openvino"), ("mlx", "mlx"), ("gpt-fast", "gpt-fast"),
    ("exllama", "exllama"), ("tinychat", "gpt-fast"), ("mlc", "mlc-llm"), ("lmdeploy", "lmdeploy"),
    ("turbomind", "lmdeploy"), ("vllm", "vllm"), ("sglang", "sglang"), ("atom", "atom"), ("tgi", "tgi"),
    ("text-generation-inference", "tgi"), ("tensorrt", "tensorrt-llm"), ("trt", "tensorrt-llm"), ("nim", "nim"),
    ("ollama", "ollama"), ("llama", "llama.cpp"), ("ggml", "llama.cpp"), ("gguf", "llama.cpp"), ("lm studio", "llama.cpp"),
    ("koboldcpp", "llama.cpp"), ("onnx", "onnxruntime"), ("transformers", "transformers"), ("hugging", "transformers"),
    ("pytorch", "transformers"), ("accelerate", "transformers"), ("bitsandbytes", "transformers"),
    ("autoawq", "transformers"), ("autogptq", "transformers"), ("auto-gptq", "transformers"),
)  # fmt: skip
"""Words of a source -> the manifest's choices of model.engine, first match counts."""


def engine_choice(text: str) -> str:
    """Return the manifest's name of an engine."""
    name = text.lower()
    return next((choice for word, choice in _CHOICES if word in name), "other")


def engine_version(row: Row) -> str:
    """Return the engine's version as the row gives it, else the date of the figure."""
    numbered = re.search(r"v?(\d+\.\d+(?:\.\d+)*)", row.text["engine"])
    driver = re.search(r"vulkan|rocm|hip\b", row.text["engine"].lower())
    return " ".join(
        filter(None, (numbered[1] if numbered else row.text["date"], driver[0] if driver else ""))
    )


def runs_on_processor(row: Row) -> bool:
    """Return whether the row's device is a processor."""
    return family_of(row.text["engine"], row.text["device"]).startswith("cpu")


def values_of(row: Row, **more: Stated) -> dict[str, Stated]:
    """Return model, engine and machine; `more` are further facts, dots written as double underscores."""
    found: dict[str, Stated] = {
        **_model(row), **_machine(row), "model.hosting": "self", "model.kind": "llm",
        "model.engine": engine_choice(row.text["engine"]),
    }  # fmt: skip
    found.update(_settings(row))
    version = engine_version(row)
    if version:
        found["model.engine_version"] = version
    found.update({name.replace("__", "."): value for name, value in more.items()})
    return found


_SETTINGS = {
    "eager": "model.eager", "quantised_by": "model.quantised_by", "attention_layers": "model.attention_layers",
    "windowed_layers": "model.windowed_layers", "sliding_window": "model.sliding_window",
    "power_limit_w": "target.power_limit", "power_default_w": "machine.accelerators.power_default",
}  # fmt: skip
"""What a row may say in its extra column of how model and device are run -> the facts that a manifest or a profile states."""


def _settings(row: Row) -> dict[str, Stated]:
    return {fact: row.extra[name] for name, fact in _SETTINGS.items() if name in row.extra}


def _model(row: Row) -> dict[str, Stated]:
    size, bits = row.number("weight_gb"), weight_bits(row)
    parameters = (row.number("params_b") or 0.0) * 1e9
    if not size and not (parameters and bits):
        row.need("w_bits")
        row.need("params_b")
    counted = parameters or (size or 0.0) * 1e9 * 8.0 / (bits or 16.0)
    if counted <= 0:
        raise NotPredictableError("cannot size: no weights")
    found: dict[str, Stated] = {
        "model.parameters": counted,
        "model.layers": row.number("layers") or typical_layers(counted),
    }
    if size:
        found["model.weight_bytes"] = size * 1e9
    if bits:
        found["model.weight_bits"] = bits
    precision = _precision(row, bits)
    if precision:
        found["model.precision"] = precision
        if not size and (bits in {4.0, 8.0} or row.number("w_bits") is None):
            del found["model.weight_bits"]  # nominal: the format says how many bits its files take
    active = (row.number("active_b") or 0.0) * 1e9
    if 0 < active < parameters:
        found["model.active_parameters"] = active
    return {**found, **_cache(row)}


def _precision(row: Row, bits: float | None) -> str:
    named = row.text["w_bits"].lower()
    if body_bits(named) is not None and row.number("w_bits") is None:
        return named
    known = known_model(row.text["model"])
    published = str(known.facts.get("precision", "")) if known else ""
    if bits and bits < 6.0 and (body_bits(published) or 16.0) <= bits:
        return published
    if row.text["peak_dtype"].lower() == "fp8" and bits == 8.0:
        return "fp8"
    if row.text["peak_dtype"].lower() in {"fp4", "nvfp4"} and bits and bits < 5:
        return "nvfp4"
    return ""


def _cache(row: Row) -> dict[str, Stated]:
    heads, width = row.number("kv_heads"), row.number("head_dim")
    each = kv_per_token(row)
    latent = any(
        name in row.extra for name in ("kv_lora_rank", "kv_lora", "kv_latent", "latent_dim", "latent")
    )
    found: dict[str, Stated] = {"model.kv_bits": row.number("kv_bits") or 16.0}
    if latent:
        found["model.attention"] = "latent"
    if heads and not latent:
        found["model.kv_heads"] = heads
    if heads and width and not latent:
        found["model.head_dim"] = width
    else:
        found["model.kv_bytes_per_token"] = each
    return {**found, **_known(row)}


_BY_NAME = (("sliding_window", "windowed_layers"), ("experts", "experts_per_token"), ("lookup_parameters",))


def _known(row: Row) -> dict[str, Stated]:
    """Return what the product's table of models knows of windowed layers, experts and tables by the row's model name, where the shape agrees."""
    known = known_model(row.text["model"])
    shape = (("layers", "layers"), ("kv_heads", "kv_heads"), ("head_dim", "head_dim"))
    if known is None or any(row.number(column) != known.facts.get(name) for column, name in shape):
        return {}
    return {
        f"model.{name}": float(known.facts[name])
        for pair in _BY_NAME if set(pair) <= set(known.facts)
        for name in pair
    }  # fmt: skip


def _machine(row: Row) -> dict[str, Stated]:
    bandwidth = row.number("mem_bw_gbs")
    count, sharing = row.number("n_dev") or 1.0, devices_sharing(row)
    if runs_on_processor(row):
        found: dict[str, Stated] = {"target.device": "cpu"}
        if bandwidth:
            found["machine.memory.read_all"] = bandwidth * 1e9
        peak = row.number("peak_tflops")
        if peak:
            form = row.text["peak_dtype"].lower()
            found[f"machine.cpu.matrix_rate_{form if form in {'bf16', 'int8'} else 'fp32'}_all"] = peak * 1e12
        return found
    device = row.text["device"]
    found = {
        "target.device": device or "gpu",
        "target.count": max(count, sharing),
        "model.tensor_parallel": sharing,
    }
    if "layer" not in row.text["parallel"] and count > sharing:
        found["model.pipeline_parallel"] = count / sharing
    if bandwidth:
        found["machine.accelerators.memory_bandwidth"] = bandwidth * 1e9
    memory = row.number("mem_gb")
    if memory:
        apple = device.lower().startswith(("apple", "m1", "m2", "m3", "m4"))
        corrected = not _CORRECTED.isdisjoint(device.lower().split())
        shown = 1.0 if apple else VISIBLE_CORRECTED if corrected else VISIBLE
        found["machine.accelerators.memory_total"] = memory * GIB * shown
    peak = row.number("peak_tflops")
    if peak:
        narrower = {"fp8": 2.0, "int8": 2.0, "fp4": 4.0, "nvfp4": 4.0}.get(
            row.text["peak_dtype"].lower(), 1.0
        )
        found["machine.accelerators.compute_half"] = peak * 1e12 / narrower
    link = str(row.extra.get("link") or row.extra.get("interconnect") or "")
    return {**found, "target.link": link} if link else found


def stated(**values: Any) -> dict[str, Stated]:
    """Return facts by name, dots written as double underscores, those that are None left out."""
    return {name.replace("__", "."): value for name, value in values.items() if value is not None}
