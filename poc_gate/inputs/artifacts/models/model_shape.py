"""A language model's configuration -> claims of its shape and of its KV cache."""

from __future__ import annotations

from poc_gate.inputs.artifacts.file_reading import Node
from poc_gate.inputs.artifacts.models.cache_shape import CacheShape, read_shape
from poc_gate.inputs.artifacts.models.layers.cache_layers import count_layers
from poc_gate.inputs.artifacts.models.layers.head_widths import CannotSizeError, named
from poc_gate.inputs.artifacts.models.model_precision import read_kv_bits
from poc_gate.model.quantity import Quantity

KV_NOTE = "the cache's own precision is fixed by the quantisation"


_DEFAULT_BITS = 16.0
"""Engines keep the cache at 2 bytes an element unless told otherwise, also for weights of other widths."""


def claim_shape(config: Node) -> CacheShape | None:
    """State shape and KV cache of a configuration; one that cannot be sized is a question, and None is returned."""
    for what, fact in (("layers", "model.layers"), ("hidden", "model.hidden_size"), ("heads", "model.heads")):
        named(config, what).claim(fact, named(config, what).count() or None)
    listed = count_layers(config) if not named(config, "layers") else None
    if listed:
        config.reading.state_count("model.layers", listed, config.place(), note="by the list of their kinds")
    context = named(config, "context")
    context.claim(
        "model.context_length",
        context.count() or None,
        unit="tok",
        note="the longest context the model was built for, not the one that is admitted",
    )
    _claim_experts(config)
    try:
        shape = read_shape(config)
    except CannotSizeError as reason:
        config.reading.note(
            "question",
            f"cannot size the KV cache: {reason}",
            config.place(),
            "write `kv_bytes_per_token` under `model:` as the engine reports it at start-up",
        )
        return None
    _claim_cache(config, shape)
    return shape


def _claim_cache(config: Node, shape: CacheShape) -> None:
    note = "; ".join(shape.notes)
    if shape.kv_heads is not None:
        node = named(config, "kv_heads")
        (node or named(config, "heads")).claim("model.kv_heads", shape.kv_heads, note=note)
    if shape.head_dim is not None:
        node = named(config, "head_dim")
        (node or named(config, "hidden")).claim("model.head_dim", shape.head_dim, note=note)
    if shape.latent:
        config.at("kv_lora_rank").claim(
            "model.attention", "latent", note="one compressed cache for all heads"
        )
    config_note = shape.cached.note
    if shape.cached.full != shape.layers:
        config.reading.state(
            "model.attention_layers", Quantity(float(shape.cached.full)), config.place(), note=config_note
        )
    if shape.cached.windowed and shape.cached.window:
        window, layers = Quantity(float(shape.cached.window), "tok"), Quantity(float(shape.cached.windowed))
        config.reading.state("model.windowed_layers", layers, config.place(), note=config_note)
        config.reading.state("model.sliding_window", window, config.place(), note=config_note)
    _claim_bytes(config, shape)


def _claim_bytes(config: Node, shape: CacheShape) -> None:
    """State the bytes per token; a shape that layers, heads and dimension describe is only shown, not handed on."""
    fixed = read_kv_bits(config, config.reading.root())
    bits = fixed[1] if fixed else _DEFAULT_BITS
    if fixed:
        fixed[0].claim("model.kv_bits", bits, note=KV_NOTE)
    each = f"{bits / 8:g} bytes an element"
    size = Quantity((shape.growing + shape.windowed) * bits / 8, "B")
    note = (
        f"{shape.formula} x {each}" if size.value else "; ".join(shape.notes) or "no layer keeps every token"
    )
    if shape.windowed:
        held = f"{shape.windowed * bits / 8:,.0f} B of it in windowed layers"
        note += f"; {held}, which keep the last {shape.cached.window:,} tokens only"
    if shape.plain:
        config.derive("model.kv_bytes_per_token", size, note=note)
    else:
        config.reading.state("model.kv_bytes_per_token", size, config.place(), note=note)
        if shape.windowed:
            part = Quantity(shape.windowed * bits / 8, "B")
            config.reading.state(
                "model.kv_windowed_bytes_per_token", part, config.place(), note=shape.cached.note
            )


def _claim_experts(config: Node) -> None:
    experts = config.first("num_local_experts", "num_experts", "n_routed_experts", "moe_num_experts")
    used = config.first("num_experts_per_tok", "num_experts_per_token", "moe_topk", "moe_k", "top_k_experts")
    experts.claim("model.experts", experts.count() or None)
    if experts.count():
        used.claim("model.experts_per_token", used.count() or None)
