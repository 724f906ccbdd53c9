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
    "fp8": (8.0, 8.5), "int8": (8.0, 8.5), "w8a8": (8.0, 8.5), "q8_0": (8.5, 8.5), "q8": (8.5, 8.5),
    "q6_k": (6.56, 6.7), "q5_k_m": (5.6, 5.8), "q5_k_s": (5.5, 5.7), "q5_0": (5.5, 5.6),
    "q4_k_m": (4.8, 4.9), "q4_k_s": (4.55, 4.7), "q4_0": (4.5, 4.65), "q4_1": (5.0, 5.15),
    "q3_k_m": (3.8, 4.0), "q2_k": (2.6, 3.4), "iq4_xs": (4.25, 4.46),
    "awq": (4.16, 5.8), "gptq": (4.16, 5.8), "int4": (4.16, 5.8), "w4a16": (4.16, 5.8),
    "mxfp4": (4.25, 4.5), "nvfp4": (4.5, 4.6), "fp4": (4.25, 4.6), "nf4": (4.13, 5.8),
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
    "nf4": (4.13, 4.13, 4.5), "int8": (8.0, 8.0, 8.0),
}  # fmt: skip
"""Low, likely and high bits per weight of formats that leave embedding and head at 16 bits, scales counted in: one of 16 bits to
a group of 128 (AWQ, GPTQ), one of 32 bits to a block of 64 or that quantised again (bitsandbytes). `int4` may be any of them."""


def effective_bits(precision: str, parameters: float, layers: float | None) -> Span | None:
    """Return the effective bits per weight of a named precision for a model of that size, or None if it is not known.

    Weight-only formats keep embedding and head at 16 bits: a large part of a small model and little of a large one.
    """
    body = _BODY.get(precision.strip().lower().replace("-", "_"))
    if body is None or not layers or parameters <= 0:
        return bits_of_precision(precision)
    width = (parameters / (12.0 * layers)) ** 0.5
    low, likely, high = (
        min(16.0, bits + 2.0 * v * width * (16.0 - bits) / parameters)
        for v, bits in zip(VOCABULARY, body, strict=True)
    )
    return Span(likely, low, high)


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
