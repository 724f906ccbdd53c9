"""One block of quantisation settings -> the schemes it names: a name in use, and bits per weight with the scales."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.inputs.artifacts.file_reading import Node
from poc_gate.text.lazy_pattern import lazily

MIXED = "mixed_precision"
"""NVIDIA ModelOpt's word for layers of different widths."""
_BLOCK_FORMATS = {"mxfp4": 4.25, "nvfp4": 4.5, "mxfp8": 8.25, "mxfp6": 6.25}
"""Element bits plus one 8-bit scale for 32 (MX, Open Compute Project) or 16 elements (NVFP4)."""
_NAMED_WIDTHS = (
    (lazily(r"(?<![a-z])w(\d)a\d"), ""),
    (lazily(r"(?<![a-z])(?:u?int)_?(\d)"), "int"),
    (lazily(r"(?:fp|float|nf)_?(\d)"), "fp"),
    (lazily(r"\be(?:4m3|5m2)"), "fp8"),
)
_SCALE_BITS = 16.0
_SCALE_AND_BIAS_BITS = 32.0
_DEFAULT_GROUP = 128
_ABSMAX_BITS, _BITSANDBYTES_BLOCK = 32.0, 64
"""bitsandbytes keeps one fp32 maximum for 64 weights; quantised again it takes 8 bits and 32 for 256 of them."""
_TEXT_KEYS = (
    "quant_method", "quant_algo", "method", "format", "fmt", "weight_format", "weights_dtype", "mode", "activation_scheme",
)  # fmt: skip
_BIT_KEYS = ("bits", "w_bit", "weight_bits", "nbits", "num_bits")
_MAX_LAYERS_READ = 50_000


class Scheme(Struct, frozen=True):
    """How some of the weights are stored."""

    name: str
    bits: float | None
    """Bits of one weight with its scales; None where the settings do not say the width."""


def read_schemes(node: Node) -> tuple[Scheme, ...]:
    """Return the different schemes that a block of settings names; more than one: the layers differ."""
    method = node.first("quant_method", "method").text().lower()
    found = [_of_group(group, node) for _, group in node.at("config_groups").entries() if group.at("weights")]
    algorithms = {node.at(key).text().lower() for key in ("quant_algo", "moe_quant_algo")} - {""}
    layers = node.at("quantized_layers").entries()[:_MAX_LAYERS_READ]
    algorithms |= {layer.at("quant_algo").text().lower() for _, layer in layers} - {""}
    found += [_of_algorithm(name, node) for name in sorted(algorithms - {MIXED})]
    if MIXED in algorithms:
        rest = Scheme("fp8", 8.0) if method == "fp8" else None
        found += [rest] if rest else [Scheme("other", None)] if len(algorithms) == 2 else []
    found += _of_parts(node)
    return tuple(dict.fromkeys(found)) or (_of_settings(node, method),)


def read_method(node: Node) -> str:
    """Return the method by which weights were quantised, empty where it is not named.

    compressed-tensors writes how far a scale of FP8 reaches: `fp8_row` where that is a `channel`, a row of the weights, else `fp8`.
    """
    method = node.first("quant_method", "method").text().lower()
    groups = [group.at("weights") for _, group in node.at("config_groups").entries()]
    reach = {
        weights.at("strategy").text().lower()
        for weights in groups
        if weights.at("type").text().lower() == "float" and weights.at("num_bits").number() == 8
    } - {""}
    if method and reach:
        return "fp8_row" if "channel" in reach else "fp8"
    return method


def is_mlx(node: Node) -> bool:
    """Say whether the settings are MLX's: bits and a group size, and no method of anybody else's."""
    named = node.first("quant_method", "method", "quant_algo").text().lower()
    return (
        bool(node.at("bits").number()) and node.at("group_size").number() is not None and named in ("", "mlx")
    )


def _of_group(group: Node, owner: Node) -> Scheme:
    """Read one group of compressed-tensors or ModelOpt: element kind, width, and what the scales take."""
    weights = group.at("weights")
    form = f"{group.at('format').text()} {owner.at('format').text()} {owner.at('quant_algo').text()}".lower()
    width, size = weights.at("num_bits").number(), weights.at("group_size").count()
    for name, bits in _BLOCK_FORMATS.items():
        if name in form and width and width == float(name[-1]):
            return Scheme(name, bits)
    if not width:
        return Scheme("unknown", None)
    if weights.at("type").text().lower() == "float":
        return Scheme("nvfp4", _BLOCK_FORMATS["nvfp4"]) if width == 4 and size == 16 else _float(width, size)
    scale = _SCALE_BITS + (width if weights.at("symmetric").flag() is False else 0)
    bits = width + (scale / size if size else 0)
    whole = width == 8 and not size and bool(group.at("input_activations"))
    return Scheme("w8a8" if whole else f"int{width:g}", bits)


def _float(width: float, size: int | None) -> Scheme:
    return Scheme(f"fp{width:g}", width + (_SCALE_BITS / size if size and width < 8 else 0))


def _of_algorithm(word: str, owner: Node) -> Scheme:
    """Read one of ModelOpt's names, such as FP8, NVFP4, W4A16_AWQ or W8A8_SQ_PER_CHANNEL."""
    block = next((name for name in _BLOCK_FORMATS if name in word), "")
    if block:
        return Scheme(block, _BLOCK_FORMATS[block])
    width = _width(word)
    if width is None:
        return Scheme(word, None)
    if width[0] == 8:
        name = "fp8" if "fp8" in word else "w8a8" if "a8" in word else "int8"
        return Scheme(name, 8.0)
    group = owner.at("group_size").count() or _DEFAULT_GROUP
    return Scheme("awq" if "awq" in word else f"int{width[0]:g}", width[0] + _SCALE_BITS / group)


def _of_parts(node: Node) -> list[Scheme]:
    """Read what MLX writes for single layers: a mapping with `bits` under the layer's name."""
    own = node.at("bits").number()
    if not own:
        return []
    parts = [part for _, part in node.entries()[:_MAX_LAYERS_READ] if part.at("bits").number()]
    widths = {part.at("bits").number() for part in parts} - {own}
    return (
        [Scheme(f"int{width:g}", width) for width in sorted({own, *(w for w in widths if w)})]
        if widths
        else []
    )


def _of_settings(node: Node, method: str) -> Scheme:
    words = _words(node)
    for block, bits in _BLOCK_FORMATS.items():
        if block in words:
            return Scheme(block, bits)
    if method == "bitsandbytes" or node.at("load_in_4bit").flag() or node.at("load_in_8bit").flag():
        return _bitsandbytes(node)
    inner = node.at("quant_config", "weight_quant_params")
    width = next((n for n in (node.first(*_BIT_KEYS).number(), inner.at("nbits").number()) if n), None)
    kind = "int"
    if width is None:
        named = _width(words)
        if named is None:
            return Scheme(method or "unknown", None)
        width, kind = named
    size = _group_size(node, inner)
    if method in ("gptq", "awq", "auto-round", "autoround"):
        size = size if size is not None else _DEFAULT_GROUP
        return Scheme(_plain(method, width), width + ((_SCALE_BITS + width) / size if size else 0))
    if kind == "fp" and width == 8:
        return Scheme("fp8", 8.0)
    size = size if size is not None or width >= 8 else _DEFAULT_GROUP
    name = method if method in ("hqq", "fp8") else f"{kind or 'int'}{width:g}"
    return Scheme(name, width + (_SCALE_AND_BIAS_BITS / size if size else 0))


def _plain(method: str, width: float) -> str:
    return method if method in ("gptq", "awq") else f"int{width:g}"


def _group_size(node: Node, inner: Node) -> int | None:
    """Return the weights under one scale; 0 for a scale for each channel (`-1`), None where it is not said."""
    data = [part.at("_data", "group_size") for _, part in node.at("quant_type").entries()]
    for found in (node.at("group_size"), inner.at("group_size"), *data):
        if found.number() is not None:
            return found.count() or 0
    return None


def _bitsandbytes(node: Node) -> Scheme:
    if node.at("load_in_8bit").flag():
        return Scheme("int8", 8.0)
    if node.at("load_in_4bit").flag() is False:
        return Scheme("bitsandbytes", None)
    scale = _ABSMAX_BITS / _BITSANDBYTES_BLOCK
    if node.at("bnb_4bit_use_double_quant").flag():
        scale = (8 + _ABSMAX_BITS / 256) / _BITSANDBYTES_BLOCK
    return Scheme(node.at("bnb_4bit_quant_type").text().lower() or "fp4", 4 + scale)


def _words(node: Node) -> str:
    texts = [node.at(key).text() for key in _TEXT_KEYS]
    for key in ("quant_type", "weights"):
        found = node.at(key)
        texts += [found.text(), *(part.at("_type").text() for _, part in found.entries())]
    return " ".join(texts).lower()


def _width(words: str) -> tuple[float, str] | None:
    """Return bits and kind of element that a name such as `int4wo`, `Float8WeightOnlyConfig` or `fbgemm_fp8` says."""
    for pattern, kind in _NAMED_WIDTHS:
        match = pattern.search(words)
        if match:
            return (8.0, "fp") if kind == "fp8" else (float(match[1]), kind)
    return None
