"""`quantization_config` and `dtype` of a model -> the precision of its weights and of its KV cache."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.inputs.artifacts.file_reading import Node
from poc_gate.inputs.artifacts.models.quantisation_scheme import is_mlx, read_method, read_schemes
from poc_gate.text.lazy_pattern import lazily

DTYPES = {
    "bfloat16": ("bf16", 16.0), "float16": ("fp16", 16.0), "half": ("fp16", 16.0), "float32": ("fp32", 32.0),
    "float": ("fp32", 32.0), "float64": ("fp64", 64.0), "bf16": ("bf16", 16.0), "fp16": ("fp16", 16.0),
    "fp32": ("fp32", 32.0), "float8_e4m3fn": ("fp8", 8.0), "float8_e5m2": ("fp8", 8.0), "int8": ("int8", 8.0),
}  # fmt: skip
QUANTISATION_KEYS = ("quantization_config", "compression_config", "quantization")
_SETTINGS = (
    "quant_method", "quant_algo", "bits", "load_in_4bit", "load_in_8bit", "group_size", "bnb_4bit_quant_type",
    "bnb_4bit_use_double_quant", "config_groups", "quantized_layers", "moe_quant_algo", "format", "fmt", "mode",
)  # fmt: skip
_KEPT_KEYS = (
    "ignore",
    "ignored_layers",
    "exclude_modules",
    "modules_to_not_convert",
    "llm_int8_skip_modules",
)
_LIGHT = lazily(
    r"(?i)lm_head|(?:^|\.)(?:head|output|gate)$|embed|wte|norm|router|correction_bias|mlp\\?\.gate(?![_a-z])"
    r"|visual|vision|multi_modal|\.shared_expert_gate"
)
"""Modules that are counted apart (embeddings, output), hardly weigh (norms, routers), or serve images only."""
_ATTENTION, _ONE_LAYER = lazily(r"(?i)attn|attention"), lazily(r"(?:layers|h|blocks?)\.\d")
_EIGHT_BITS = lazily(r"(?i)fp8|int8|e4m3|e5m2|8bit")


class Precision(Struct, frozen=True):
    """Precision of the weights as stored."""

    name: str
    bits: float | None
    """Bits of a quantised weight with its scales; what stays unquantised is not in it."""
    node: Node
    note: str = ""
    quantised: bool = False
    attention_kept: bool = False
    """Whether the attention of every layer stays unquantised."""
    embeddings_quantised: bool = False
    """Whether embeddings and head are quantised as well, as MLX does."""
    others_kept: Node | None = None
    method: str = ""
    """Who quantised them, as the file names it; empty where it names nobody or several schemes."""
    """The list of further modules that stay unquantised and weigh something."""

    def warn_of_kept(self, *, attention_counted: bool) -> None:
        """Say that modules stay unquantised that nobody counted, which makes the bits a lower bound."""
        if self.others_kept is not None or (self.attention_kept and not attention_counted):
            (self.others_kept or self.node).warn(
                "some modules stay unquantised and are not counted: the weights take more than these bits",
                "name the safetensors index under `model.weights_index` for the exact bytes",
            )


def read_precision(config: Node, top: Node) -> Precision | None:
    """Return how weights are stored: `quantization_config` where there is one, whatever `dtype` says."""
    dtype = top.first("dtype", "torch_dtype")
    if not dtype.text():
        dtype = config.first("dtype", "torch_dtype")
    for owner in (top, config):
        quantisation = owner.first(*QUANTISATION_KEYS)
        if quantisation.entries():
            return _quantised(quantisation, dtype)
    word = dtype.text().removeprefix("torch.").lower()
    if word not in DTYPES:
        return None
    name, bits = DTYPES[word]
    return Precision(name, bits, dtype)


def _quantised(node: Node, dtype: Node) -> Precision:
    says = f"; dtype says {dtype.text()}, which holds only for what is not quantised" if dtype.text() else ""
    for key in _SETTINGS:
        if node.at(key).value is not None:
            node.at(key).use()
    if dtype.text():
        dtype.use()
    schemes = read_schemes(node)
    name = "+".join(sorted({scheme.name for scheme in schemes}))
    bits = schemes[0].bits if len(schemes) == 1 else None
    if len(schemes) > 1:
        node.ask(
            f"the layers are quantised to different widths ({name}), and the file does not say how many weights have which",
            "name the safetensors index under `model.weights_index`, or write `weight_bits` in the manifest",
        )
    elif bits is None:
        node.ask(
            f"the weights are quantised by {name!r}, but not to how many bits",
            "write `weight_bits` in the manifest",
        )
    kept = node.first(*_KEPT_KEYS)
    heavy = (
        [text for text in kept.texts() if not _LIGHT.search(text)] if bits is not None and bits < 16 else []
    )
    attention = [text for text in heavy if _ATTENTION.search(text) and not _ONE_LAYER.search(text)]
    if kept:
        kept.use()
    mlx = is_mlx(node)
    unquantised = [part for _, part in node.entries() if part.value is False] if mlx else []
    return Precision(
        name, bits, node, f"quantised by {name}{says}", quantised=True, attention_kept=bool(attention),
        method=read_method(node) if len(schemes) == 1 else "",
        embeddings_quantised=mlx and not unquantised,
        others_kept=kept if len(heavy) > len(attention) else None,
    )  # fmt: skip


def read_kv_bits(config: Node, top: Node) -> tuple[Node, float] | None:
    """Return the bits of a cache element where the configuration fixes them."""
    for owner in (top, config):
        quantisation = owner.first(*QUANTISATION_KEYS)
        scheme = quantisation.at("kv_cache_scheme")
        if scheme.at("num_bits").number():
            return scheme.at("num_bits"), scheme.at("num_bits").number() or 16.0
        for node in (scheme, quantisation.first("kv_cache_quant_algo", "kv_cache_quantization")):
            if _EIGHT_BITS.search(node.text()):
                return node, 8.0
    return None
