"""Footprints: bytes of weights and of the KV cache; pure formulas without facts."""

from __future__ import annotations

from poc_gate.flow.span import Span

GIB = 2.0**30

RESERVE_PER_DEVICE = (0.5 * GIB, 0.65 * GIB, 0.8 * GIB)
"""Low, likely and high bytes that activations and runtime take per device where nobody measured them;
with it one of 151 published fits is wrong (`docs/models/footprints.md`)."""

_BITS = {
    "fp32": (32.0, 32.0), "float32": (32.0, 32.0), "f32": (32.0, 32.0),
    "bf16": (16.0, 16.0), "bfloat16": (16.0, 16.0), "fp16": (16.0, 16.0), "float16": (16.0, 16.0),
    "f16": (16.0, 16.0), "half": (16.0, 16.0),
    "fp8": (8.0, 9.05), "int8": (8.0, 9.05), "w8a8": (8.0, 9.05), "q8_0": (8.5, 8.5), "q8": (8.5, 8.5),
    "q6_k": (6.56, 6.7), "q5_k_m": (5.6, 5.8), "q5_k_s": (5.5, 5.7), "q5_0": (5.5, 5.6),
    "q4_k_m": (4.8, 4.9), "q4_k_s": (4.55, 4.7), "q4_0": (4.5, 4.65), "q4_1": (5.0, 5.15),
    "q3_k_m": (3.8, 4.0), "q2_k": (2.6, 3.4), "iq4_xs": (4.25, 4.46),
    "awq": (4.16, 5.8), "gptq": (4.16, 5.8), "int4": (4.16, 5.8), "w4a16": (4.16, 5.8),
    "mxfp4": (4.25, 5.3), "nvfp4": (4.5, 6.05), "fp4": (4.25, 6.05), "nf4": (4.13, 5.8),
}  # fmt: skip


def bits_of_precision(precision: str) -> Span | None:
    """Return the effective bits per weight of a named precision, or None for a name that is not known.

    The higher figure holds where embeddings stay at 16 bits; it is taken as likely, so that memory is
    never understated. Sources: llama.cpp quantisation tables, AWQ and GPTQ group sizes.
    """
    found = _BITS.get(precision.strip().lower().replace("-", "_"))
    return Span(found[1], found[0], found[1]) if found else None


VOCABULARY = (32e3, 140e3, 260e3)
"""Low, usual and high number of tokens in a vocabulary, for embeddings that stay at 16 bits."""

_BODY = {
    "awq": (4.16, 4.16, 4.16), "gptq": (4.16, 4.16, 4.16), "int4": (4.13, 4.33, 4.5), "w4a16": (4.16, 4.16, 4.16),
    "nf4": (4.13, 4.13, 4.5), "int8": (8.0, 8.0, 8.0), "fp8": (8.0, 8.0, 8.0), "w8a8": (8.0, 8.0, 8.0),
    "mxfp4": (4.25, 4.25, 4.25), "nvfp4": (4.5, 4.5, 4.5), "fp4": (4.25, 4.5, 4.5),
}  # fmt: skip
"""Low, likely and high bits per weight of formats that leave embedding and head at 16 bits, scales counted in: one of 16 bits to
a group of 128 (AWQ, GPTQ), one of 32 bits to a block of 64 or that quantised again (bitsandbytes), one of 8 bits to 32 (MXFP4)
or to 16 (NVFP4). `int4` may be any of the first."""

_EXPERTS_ONLY = frozenset({"mxfp4"})
"""Formats of which only the experts are stored in published mixtures: attention stays at 16 bits too (gpt-oss)."""

ATTENTION = 2.5
"""Weights of a layer's attention over the square of its hidden size, with grouped key-value heads: 2 for queries and output,
up to 2 for keys and values; 2.1 to 3.2 in Llama 3, Qwen 3 and gpt-oss."""

NARROWER = 0.85
"""Hidden size of a mixture over that of a dense model with as many active parameters and layers, sqrt(P_act / 12 L): 0.81 to
1.01 in gpt-oss, Qwen 3, GLM 4.5 and DeepSeek V3, whose active experts are a smaller part of a layer."""

_WIDTH_PER_LAYER = 128.0
_WHOLE_BITS = 15.5


def body_bits(precision: str) -> float | None:
    """Return the bits of a weight of the narrow part of a mixed format; None for one that is the same throughout."""
    found = _BODY.get(_named(precision))
    return found[1] if found else None


NARROWEST = 4.13
"""Bits per weight of the narrowest of these formats: what a file whose format is not known may be made of."""


def wider_bytes(size: float, parameters: float, bits: float, layers: float, active: float = 0.0) -> float:
    """Return the bytes by which parts of a file are stored wider than the `bits` of the rest.

    Those are head and embedding, of mixtures attention as well: at most what a large vocabulary takes, and nothing in a file
    that has 16 bits throughout.
    """
    if parameters <= 0 or 8.0 * size >= _WHOLE_BITS * parameters:
        return 0.0
    mixture = 0.0 < active < parameters
    width = hidden_width(active if mixture else parameters, layers, mixture=mixture)
    kept = 2.0 * VOCABULARY[2] * width + (ATTENTION * layers * width * width if mixture else 0.0)
    return max(0.0, min(size - parameters * bits / 8.0, kept * (16.0 - bits) / 8.0, 0.5 * size))


def hidden_width(parameters: float, layers: float, *, mixture: bool = False) -> float:
    """Return the usual hidden size of a model by the parameters that a token uses: sqrt(P / 12 L), of mixtures less."""
    return (NARROWER if mixture else 1.0) * (parameters / (12.0 * layers)) ** 0.5 if layers > 0 else 0.0


def usual_layers(parameters: float) -> float:
    """Return the usual number of layers by the parameters that a token uses: blocks of 12 d^2 that are 128 times as wide as many.

    Llama 3 8B, 70B and 405B have 32, 80 and 126 layers of 4,096, 8,192 and 16,384.
    """
    return float((parameters / (12.0 * _WIDTH_PER_LAYER**2)) ** (1.0 / 3.0))


def effective_bits(
    precision: str, parameters: float, layers: float | None, *, active: float = 0.0
) -> Span | None:
    """Return the effective bits per weight of a named precision for a model of that size, or None if it is not known.

    Mixed formats keep embedding and head at 16 bits: a large part of a small model and little of a large one. `active`
    are the parameters that a token of a mixture uses, 0 for a dense model.
    """
    name = _named(precision)
    body = _BODY.get(name)
    if body is None or parameters <= 0:
        return bits_of_precision(precision)
    mixture = 0.0 < active < parameters
    used = active if mixture else parameters
    layers = layers or usual_layers(used)
    width = hidden_width(used, layers, mixture=mixture)
    attention = ATTENTION * layers * width * width if mixture and name in _EXPERTS_ONLY else 0.0
    low, likely, high = (
        min(16.0, bits + (2.0 * v * width + attention) * (16.0 - bits) / parameters)
        for v, bits in zip(VOCABULARY, body, strict=True)
    )
    return Span(likely, low, high)


def _named(precision: str) -> str:
    return precision.strip().lower().replace("-", "_")


def kv_bytes_per_token(*, layers: float, kv_heads: float, head_dim: float, bits: float) -> float:
    """Return the KV bytes of one token with multi-head or grouped-query attention: 2 L H d b."""
    return 2.0 * layers * kv_heads * head_dim * bits / 8.0


def sequence_bytes(tokens: float, *, growing: float, capped: float = 0.0, window: float = 0.0) -> float:
    """Return the KV bytes of one sequence: growing layers keep all tokens, windowed ones their window.

    `growing` and `capped` are bytes per token of the two groups of layers, `window` is in tokens.
    """
    return growing * tokens + capped * min(tokens, window)


def kv_copies(devices: float, kv_heads: float | None, *, latent: bool = False) -> float:
    """Return how often the cache is held under tensor parallelism: once until devices exceed heads, everywhere if latent."""
    if latent:
        return max(1.0, devices)
    if kv_heads is None or kv_heads <= 0:
        return 1.0
    return max(1.0, devices / kv_heads)
