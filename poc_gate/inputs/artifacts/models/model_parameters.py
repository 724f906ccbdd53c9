"""A model configuration -> its number of parameters, for the families whose blocks are built alike."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.inputs.artifacts.file_reading import Node
from poc_gate.inputs.artifacts.models.cache_shape import CacheShape
from poc_gate.inputs.artifacts.models.layers.head_widths import named

_FAMILIES = {
    "llama", "mistral", "mixtral", "qwen2", "qwen3", "qwen2_moe", "qwen3_moe", "granite", "phi3", "gemma", "olmo2",
    "smollm3", "granitemoe", "olmoe", "internlm2", "internlm3", "minicpm", "yi", "aquila", "gemma2", "gemma3_text", "cohere",
    "cohere2", "gpt_oss", "minimax_m2", "ministral3", "seed_oss", "ernie4_5", "exaone4", "glm", "glm4", "olmo3", "helium",
}  # fmt: skip
"""Model types with gated feed-forward layers and norms without more, whose sum is known to 0.1 % and mostly exactly."""
_TIED = {"gemma", "gemma2", "gemma3_text", "cohere", "cohere2"}
"""Families that use one matrix for input and output unless they say otherwise."""
_WIDE_NORMS = {"olmo2", "olmo3", "olmoe", "minimax_m2"}
"""Families that norm all queries and keys of a layer at once."""


class Parameters(Struct, frozen=True):
    """Parameters in all, and those that one token uses."""

    total: float
    active: float
    embeddings: float
    """Of them input and output embeddings, which quantisation usually leaves alone."""
    attention: float
    """Of them queries, keys, values and output of all layers."""


def count_parameters(config: Node, top: Node, shape: CacheShape) -> Parameters | None:
    """Return the parameters of a known family; None when a part of the shape is not given.

    Per layer: queries, keys, values, output, the gated feed-forward network (three matrices for each expert),
    the router, two norms, and biases where the configuration switches them on.
    """
    sizes = [
        named(config, "hidden").count(),
        config.at("vocab_size").count(),
        config.at("intermediate_size").count(),
    ]
    known = config.at("model_type").text() in _FAMILIES and not config.at("per_layer_config")
    if not known or None in sizes or not (shape.heads and shape.kv_heads) or config.path:
        return None  # a nested language part stands beside weights that read images or sound
    hidden, vocabulary, wide = (float(size or 0) for size in sizes)
    tied = config.at("tie_word_embeddings").flag()
    tied = top.at("tie_word_embeddings").flag() if tied is None else tied
    if tied is None and config.at("model_type").text() not in _TIED:
        tied = False
    embeddings = vocabulary * hidden * (1 if tied in (True, None) else 2)
    attention = _attention(config, shape, hidden)
    total_ff, active_ff = _feed_forward(config, hidden, wide)
    layers = float(shape.layers)
    fixed = embeddings + layers * (attention + 2 * hidden) + hidden
    return Parameters(fixed + layers * total_ff, fixed + layers * active_ff, embeddings, layers * attention)


def _attention(config: Node, shape: CacheShape, hidden: float) -> float:
    width, kv_width = (
        float((shape.heads or 0) * (shape.head_dim or 0)),
        float((shape.kv_heads or 0) * (shape.head_dim or 0)),
    )
    weights = hidden * (2 * width + 2 * kv_width)
    kind = config.at("model_type").text()
    if config.at("attention_bias").flag():
        weights += width + 2 * kv_width + hidden
    elif kind in ("qwen2", "qwen2_moe"):
        weights += width + 2 * kv_width  # biases on queries, keys and values only, without a switch
    if kind in ("qwen3", "qwen3_moe"):
        weights += 2 * (shape.head_dim or 0)  # norms of queries and keys
    if kind in _WIDE_NORMS:
        weights += width + kv_width
    return weights


def _feed_forward(config: Node, hidden: float, wide: float) -> tuple[float, float]:
    bias = 2 * wide + hidden if config.at("mlp_bias").flag() else 0.0
    experts = config.first("num_local_experts", "num_experts").count()
    if not experts:
        return 3 * hidden * wide + bias, 3 * hidden * wide + bias
    each = 3 * hidden * float(config.at("moe_intermediate_size").count() or wide)
    shared = 3 * hidden * float(config.at("shared_expert_intermediate_size").count() or 0)
    shared += hidden if shared else 0.0
    router = hidden * experts
    used = config.first("num_experts_per_tok", "num_experts_per_token").count() or 1
    return router + shared + experts * each, router + shared + used * each
