"""A model configuration -> bytes of KV cache per token, or the reason why it cannot be sized."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.artifacts.models.cache_layers import (
    FULL,
    MAX_LAYERS,
    NONE,
    Layers,
    count_layers,
    read_layers,
)
from poc_gate.artifacts.models.encoder_models import one_pass_reason
from poc_gate.artifacts.models.layer_overrides import (
    Elements,
    read_overrides,
    sum_latent_layers,
    sum_layers,
)
from poc_gate.artifacts.reading import Node

NAMES = {
    "layers": (
        "num_hidden_layers",
        "n_layer",
        "n_layers",
        "num_layers",
        "num_decoder_layers",
        "num_transformer_layers",
    ),
    "hidden": ("hidden_size", "n_embd", "d_model", "dim", "n_embed", "model_dim"),
    "heads": (
        "num_attention_heads",
        "n_head",
        "n_heads",
        "num_heads",
        "attention_heads",
        "decoder_attention_heads",
    ),
    "kv_heads": (
        "num_key_value_heads",
        "n_kv_heads",
        "num_kv_heads",
        "n_head_kv",
        "num_query_groups",
        "num_attention_groups",
    ),
    "head_dim": ("head_dim", "attention_head_dim", "kv_channels", "head_size", "d_head", "d_kv"),
    "context": (
        "max_position_embeddings",
        "n_positions",
        "max_seq_len",
        "seq_length",
        "n_ctx",
        "max_sequence_length",
    ),
}
"""Spellings of the same thing in the configuration classes of Hugging Face transformers."""


_LOOPS = ("num_loops", "n_recurrent_loops", "loop_num_passes", "total_ut_steps", "num_recurrent_loops")


class CannotSizeError(Exception):
    """The shape does not tell the size of the cache; the text says why."""


class CacheShape(Struct, frozen=True):
    """What a model keeps per token."""

    layers: int
    cached: Layers
    hidden: int | None
    heads: int | None
    kv_heads: int | None
    head_dim: int | None
    growing: float
    """Cache elements that each further token adds, over all layers with full attention."""
    windowed: float
    """Cache elements that a token takes in the windowed layers while it is inside the window."""
    formula: str
    plain: bool
    """Whether layers, KV heads and head dimension say it all: 2 x layers x KV heads x head dimension."""
    notes: tuple[str, ...] = ()


def named(config: Node, what: str) -> Node:
    """Return the node of a field by any of its spellings."""
    return config.first(*NAMES[what])


def read_shape(config: Node) -> CacheShape:
    """Return the shape of the KV cache. Raises CannotSizeError with the reason in words."""
    if config.at("is_encoder_decoder").flag():
        raise CannotSizeError("an encoder-decoder model keeps two caches; take the engine's figure")
    layers = count_layers(config) if not named(config, "layers") else None
    layers = layers or _count(config, "layers")
    _refuse_unusual(config)
    cached = _encoder_layers(config, layers) or read_layers(config, layers)
    if cached.fault:
        raise CannotSizeError(cached.fault)
    if cached.kinds.count(NONE) == layers:
        return CacheShape(
            layers, cached, named(config, "hidden").count(), None, None, None, 0, 0, cached.note, plain=False
        )
    latent = config.at("kv_lora_rank").count()
    if latent:
        return _latent(config, layers, cached, latent)
    varied = _per_layer(config, layers)
    if varied is not None:
        return varied
    return _grouped(config, layers, cached)


def _refuse_unusual(config: Node) -> None:
    if any(ratio.count() for ratio in config.at("compress_ratios").elements()):
        raise CannotSizeError(
            "layers keep compressed keys and values (`compress_ratios`), each engine in its own way"
        )
    for key in _LOOPS:
        if (config.at(key).count() or 0) > 1:
            raise CannotSizeError(
                f"layers run several times over (`{key}`), each time with a cache of its own"
            )


def _encoder_layers(config: Node, layers: int) -> Layers | None:
    reason = one_pass_reason(config)
    return Layers((NONE,) * min(layers, MAX_LAYERS), note=reason) if reason else None


def _count(config: Node, what: str) -> int:
    node = named(config, what)
    count = node.count()
    if not count:
        raise CannotSizeError(
            f"{' or '.join(NAMES[what][:2])} is not given" if not node else f"{node.path[-1]} is no count"
        )
    return count


def _latent(config: Node, layers: int, cached: Layers, latent: int) -> CacheShape:
    """Size multi-head latent attention: one compressed vector and one rotary key per layer, for all heads."""
    rope = config.at("qk_rope_head_dim").count()
    if rope is None:
        raise CannotSizeError("latent attention without qk_rope_head_dim")
    config.at("kv_lora_rank").use()
    config.at("qk_rope_head_dim").use()
    notes = [cached.note] if cached.note else []
    if config.at("index_head_dim").count():
        notes.append("the sparse-attention index keeps its own keys, which are not counted")
    formula = f"latent attention: {cached.full} layers x ({latent} + {rope})"
    overrides = read_overrides(config)
    summed = _checked(config, sum_latent_layers(overrides, cached, latent=latent, rope=rope))
    if overrides:
        formula = f"latent attention: {summed.growing + summed.windowed:g} elements over layers that differ"
    return CacheShape(
        layers, cached, named(config, "hidden").count(), named(config, "heads").count(), None, None,
        summed.growing, summed.windowed, formula, plain=False, notes=tuple(notes),
    )  # fmt: skip


def _checked(config: Node, summed: Elements) -> Elements:
    if summed.fault:
        raise CannotSizeError(summed.fault)
    if config.at("per_layer_config"):
        config.at("per_layer_config").use()
    return summed


def _grouped(config: Node, layers: int, cached: Layers) -> CacheShape:
    """Size multi-head, grouped-query and multi-query attention."""
    heads = _count(config, "heads")
    kv_heads, notes = _kv_heads(config, heads)
    head_dim = _head_dim(config, heads, notes)
    value_dim = config.at("v_head_dim").count() or head_dim
    full = kv_heads * (head_dim + value_dim)
    full_heads, full_dim = (
        config.at("num_global_key_value_heads").count(),
        config.at("global_head_dim").count(),
    )
    swa_heads, swa_dim = config.at("swa_num_key_value_heads").count(), config.at("swa_head_dim").count()
    swa_value = config.at("swa_v_head_dim").count() or swa_dim
    window = (swa_heads or kv_heads) * ((swa_dim or head_dim) + (swa_value or value_dim))
    if full_heads or full_dim:
        full = 2 * (full_heads or kv_heads) * (full_dim or head_dim)
    plain = full == 2 * kv_heads * head_dim and window == full
    formula = f"2 x {cached.full + cached.windowed} layers x {kv_heads} KV heads x {head_dim}"
    if not plain:
        formula = f"({cached.full} full layers x {full:g} + {cached.windowed} windowed layers x {window:g})"
    if cached.note:
        notes.append(cached.note)
    growing, windowed = float(cached.full * full), float(cached.windowed * window)
    overrides = read_overrides(config)
    if overrides:
        found = sum_layers(overrides, cached, heads=kv_heads, head_dim=head_dim, value_dim=value_dim)
        summed = _checked(config, found)
        plain = plain and (summed.growing, summed.windowed) == (growing, windowed)
        growing, windowed = summed.growing, summed.windowed
        formula = formula if plain else f"{growing + windowed:g} elements over layers that differ"
    return CacheShape(
        layers, cached, named(config, "hidden").count(), heads, kv_heads, head_dim,
        growing, windowed, formula, plain=plain, notes=tuple(notes),
    )  # fmt: skip


def _kv_heads(config: Node, heads: int) -> tuple[int, list[str]]:
    node = named(config, "kv_heads")
    inner = config.at("attn_config").first("kv_n_heads", "num_kv_heads")
    groups, single = config.at("multi_query_group_num"), config.first("multi_query", "multi_query_attention")
    if single.flag() is False and groups:
        return heads, ["multi-query attention is switched off: every head has keys and values"]
    if config.at("attn_config", "attn_type").text() == "multiquery_attention":
        config.at("attn_config", "attn_type").use()
        return 1, ["multi-query attention: one KV head"]
    if single.flag() and not groups and not config.at("new_decoder_architecture").flag():
        single.use()
        return 1, ["multi-query attention: one KV head"]
    for candidate in (groups, node, inner):
        count = candidate.count()
        if count:
            candidate.use()
            if count > heads or heads % count:
                raise CannotSizeError(f"{count} KV heads do not divide {heads} attention heads")
            return count, []
    if node.value is not None and not node.count():
        raise CannotSizeError(f"{node.path[-1]} is no count")
    return heads, ["KV heads are not given: every attention head has its own"]


def _head_dim(config: Node, heads: int, notes: list[str]) -> int:
    node = named(config, "head_dim")
    given = node.count()
    hidden = named(config, "hidden").count()
    if given:
        node.use()
        if hidden and given * heads != hidden:
            notes.append(f"head_dim is given as {given}; hidden size over heads would be {hidden / heads:g}")
        return given
    if not hidden:
        raise CannotSizeError("neither head_dim nor hidden_size is given")
    if hidden % heads:
        raise CannotSizeError(
            f"hidden size {hidden} is no multiple of {heads} heads, and head_dim is not given"
        )
    return hidden // heads


def _per_layer(config: Node, layers: int) -> CacheShape | None:
    """Size models whose layers differ in their KV heads: a list of counts, or one block for each layer."""
    counts = _listed_heads(config)
    if counts is None:
        return None
    if len(counts) != layers:
        raise CannotSizeError(f"KV heads are listed for {len(counts)} layers, but there are {layers}")
    hidden, heads = named(config, "hidden").count(), named(config, "heads").count()
    head_dim = named(config, "head_dim").count() or (
        hidden // heads if hidden and heads and not hidden % heads else None
    )
    if not head_dim:
        raise CannotSizeError("the layers differ in their KV heads, and head_dim is not given")
    kinds = tuple(FULL if count else NONE for count in counts)
    return CacheShape(
        layers, Layers(kinds), hidden, heads, None, head_dim, 2 * sum(counts) * head_dim, 0,
        f"2 x {sum(counts)} KV heads over all layers x {head_dim}", plain=False,
        notes=("the layers differ in their KV heads",),
    )  # fmt: skip


def _listed_heads(config: Node) -> list[int] | None:
    for node in (named(config, "kv_heads"), config.at("num_key_value_heads_per_layer")):
        if node.elements():
            node.use()
            counts = [element.count() for element in node.elements()]
            if None in counts:
                raise CannotSizeError(f"{node.path[-1]} lists something that is no count")
            return [count or 0 for count in counts]
    blocks, heads = config.at("block_configs"), named(config, "heads").count()
    if not blocks.elements() or not heads:
        return None
    blocks.use()
    found: list[int] = []
    for block in blocks.elements():
        attention = block.at("attention")
        group, given = attention.at("n_heads_in_group").count(), attention.at("num_key_value_heads").count()
        off = attention.at("no_op").flag() or attention.at("replace_with_linear").flag()
        if not off and not group and not given:
            raise CannotSizeError("a block does not say its KV heads")
        found.append(0 if off else given or heads // (group or heads))
    return found
