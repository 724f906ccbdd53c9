"""`quantization_config` and `dtype` of a model -> the precision of its weights and of its KV cache."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.artifacts.reading import Node

DTYPES = {
    "bfloat16": ("bf16", 16.0), "float16": ("fp16", 16.0), "half": ("fp16", 16.0), "float32": ("fp32", 32.0),
    "float": ("fp32", 32.0), "float64": ("fp64", 64.0), "bf16": ("bf16", 16.0), "fp16": ("fp16", 16.0),
    "fp32": ("fp32", 32.0), "float8_e4m3fn": ("fp8", 8.0), "float8_e5m2": ("fp8", 8.0), "int8": ("int8", 8.0),
}  # fmt: skip
_SCALED_BLOCKS = {"mxfp4": 4.25, "nvfp4": 4.5, "mxfp8": 8.25}
"""Element bits plus one 8-bit scale for 32 (MX) or 16 (NVFP4) elements."""
_GROUP_SCALE_BITS = 16.0
_DEFAULT_GROUP = 128


class Precision(Struct, frozen=True):
    """Precision of the weights as stored."""

    name: str
    bits: float | None
    """Bits of a quantised weight with its scales; what stays unquantised is not in it."""
    node: Node
    note: str = ""
    quantised: bool = False


def read_precision(config: Node, top: Node) -> Precision | None:
    """Return how weights are stored: `quantization_config` where there is one, whatever `dtype` says."""
    dtype = top.first("dtype", "torch_dtype")
    if not dtype.text():
        dtype = config.first("dtype", "torch_dtype")
    quantisation = top.first("quantization_config", "compression_config", "quantization")
    if not quantisation.entries():
        quantisation = config.first("quantization_config", "compression_config", "quantization")
    if quantisation.entries():
        return _quantised(quantisation, dtype)
    word = dtype.text().removeprefix("torch.").lower()
    if word not in DTYPES:
        return None
    name, bits = DTYPES[word]
    return Precision(name, bits, dtype)


def _quantised(node: Node, dtype: Node) -> Precision:
    method = node.first("quant_method", "quant_algo", "method").text().lower()
    bits = _bits(node, method)
    says = f"; dtype says {dtype.text()}, which holds only for what is not quantised" if dtype.text() else ""
    for key in ("quant_method", "quant_algo", "bits", "load_in_4bit", "load_in_8bit", "group_size"):
        if node.at(key).value is not None:
            node.at(key).use()
    if dtype.text():
        dtype.use()
    name = _name(method, bits)
    if bits is None:
        node.ask(
            f"the weights are quantised by {name!r}, but not to how many bits",
            "write `weight_bits` in the manifest",
        )
    elif method in ("gptq", "awq", "auto-round", "autoround", "hqq") or (
        bits < 8 and not _is_block(method, node)
    ):
        group = node.at("group_size").count() or _DEFAULT_GROUP
        bits = bits + (_GROUP_SCALE_BITS + bits) / group
    return Precision(name, bits, node, f"quantised by {name}{says}", quantised=True)


def _is_block(method: str, node: Node) -> bool:
    return any(block in f"{method} {node.at('format').text()}".lower() for block in _SCALED_BLOCKS)


def _bits(node: Node, method: str) -> float | None:
    """Return the bits of a quantised weight: as stated, or as the names of the formats say."""
    for block, bits in _SCALED_BLOCKS.items():
        if block in f"{method} {node.at('format').text()} {node.at('quant_algo').text()}".lower():
            return bits
    stated = 4.0 if node.at("load_in_4bit").flag() else 8.0 if node.at("load_in_8bit").flag() else None
    stated = stated or node.first("bits", "w_bit", "weight_bits", "nbits").number()
    groups = (group.at("weights", "num_bits").number() for _, group in node.at("config_groups").entries())
    return stated or next((bits for bits in groups if bits), None) or _bits_by_name(node, method)


def _bits_by_name(node: Node, method: str) -> float | None:
    further = node.first("weight_format", "quant_type", "weights_dtype").text()
    words = f"{method} {node.at('fmt').text()} {further}".lower()
    if any(word in words for word in ("fp8", "e4m3", "float8", "int8")):
        return 8.0
    return 4.0 if any(word in words for word in ("int4", "fp4", "nf4")) else None


def _name(method: str, bits: float | None) -> str:
    if (
        method in ("compressed-tensors", "modelopt", "quark", "torchao", "bitsandbytes", "auto-round", "")
        and bits
    ):
        return {8.0: "w8a8", 4.0: "int4"}.get(bits, f"{bits:g}-bit")
    return {"fbgemm_fp8": "fp8", "finegrained_fp8": "fp8"}.get(method, method or "unknown")


def read_kv_bits(config: Node, top: Node) -> tuple[Node, float] | None:
    """Return the bits of a cache element where the configuration fixes them."""
    for owner in (top, config):
        quantisation = owner.first("quantization_config", "quantization", "compression_config")
        scheme = quantisation.at("kv_cache_scheme", "num_bits")
        algorithm = quantisation.first("kv_cache_quant_algo", "kv_cache_quantization")
        if scheme.number():
            return scheme, scheme.number() or 16.0
        if "fp8" in algorithm.text().lower() or "int8" in algorithm.text().lower():
            return algorithm, 8.0
    return None
