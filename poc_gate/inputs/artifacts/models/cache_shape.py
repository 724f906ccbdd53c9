"""A model configuration -> bytes of KV cache per token, or the reason why it cannot be sized."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.inputs.artifacts.file_reading import Node
from poc_gate.inputs.artifacts.models.encoder_models import one_pass_reason
from poc_gate.inputs.artifacts.models.layers.cache_layers import MAX_LAYERS, count_layers, read_layers
from poc_gate.inputs.artifacts.models.layers.head_widths import (
    CannotSizeError,
    count_kv_heads,
    count_of,
    find_head_dim,
    list_kv_heads,
    named,
    of_full_layers,
    windowed_elements,
)
from poc_gate.inputs.artifacts.models.layers.index_keys import IndexKeys, read_index_keys
from poc_gate.inputs.artifacts.models.layers.layer_lists import Layers
from poc_gate.inputs.artifacts.models.layers.layer_overrides import (
    Elements,
    read_overrides,
    sum_latent_layers,
    sum_layers,
)
from poc_gate.inputs.artifacts.models.layers.layer_patterns import FULL, NONE, WINDOWED, attentions_per_layer

_LOOPS = (
    "num_loops", "n_recurrent_loops", "loop_num_passes", "total_ut_steps", "num_recurrent_loops", "loop_num", "n_recurrent_layers",
)  # fmt: skip


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
    latent: bool = False
    """One compressed cache serves all heads: every device of a tensor-parallel group holds the whole of it."""


def read_shape(config: Node) -> CacheShape:
    """Return the shape of the KV cache. Raises CannotSizeError with the reason in words."""
    if config.at("is_encoder_decoder").flag():
        raise CannotSizeError("an encoder-decoder model keeps two caches; take the engine's figure")
    layers = count_layers(config) if not named(config, "layers") else None
    layers = layers or _layer_count(config)
    _refuse_unusual(config)
    cached = _encoder_layers(config, layers) or read_layers(config, layers)
    if cached.fault:
        raise CannotSizeError(cached.fault)
    if cached.kinds.count(NONE) == layers:
        return CacheShape(
            layers, cached, named(config, "hidden").count(), None, None, None, 0, 0, cached.note, plain=False
        )
    latent = config.at("kv_lora_rank").count()
    if latent and config.at("use_mla").flag() is not False:
        return _latent(config, layers, cached, latent)
    varied = _per_layer(config, layers, cached)
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


def _layer_count(config: Node) -> int:
    """Return the number of layers; a LongCat layer holds two attentions and is counted once."""
    own = config.at("num_layers").count()
    if attentions_per_layer(config) > 1 and own:
        return own
    return count_of(config, "layers")


def _latent(config: Node, layers: int, cached: Layers, latent: int) -> CacheShape:
    """Size multi-head latent attention: one compressed vector and one rotary key per layer, for all heads."""
    rope = config.at("qk_rope_head_dim").count()
    if rope is None:
        raise CannotSizeError("latent attention without qk_rope_head_dim")
    config.at("kv_lora_rank").use()
    config.at("qk_rope_head_dim").use()
    counts = list_kv_heads(config) if named(config, "kv_heads").elements() else None
    cached = _without_empty(counts, cached)
    notes = [cached.note] if cached.note else []
    times = attentions_per_layer(config)
    formula = f"latent attention: {cached.full} layers x ({latent} + {rope})"
    overrides = read_overrides(config)
    summed = _checked(config, sum_latent_layers(overrides, cached, latent=latent, rope=rope))
    if overrides:
        formula = f"latent attention: {summed.growing + summed.windowed:g} elements over layers that differ"
    if times > 1:
        formula = f"{times} attentions in each layer, {formula}"
        notes.append(f"each layer holds {times} attentions with a cache of their own")
    keys = read_index_keys(config, cached)
    return CacheShape(
        layers, cached, named(config, "hidden").count(), named(config, "heads").count(), None, None,
        summed.growing * times + keys.growing, summed.windowed * times, formula + _index_words(keys, notes),
        plain=False, notes=tuple(notes), latent=True,
    )  # fmt: skip


def _index_words(keys: IndexKeys, notes: list[str]) -> str:
    """Return what the keys of sparse-attention indexes add to a formula, and note how they are counted."""
    if not keys.growing:
        return ""
    notes.append(
        f"{keys.layers} layers keep the keys of a sparse-attention index, counted at the width of the cache; "
        "engines may keep them at 8 bits"
    )
    return f" + {keys.layers} index layers x {keys.width}"


def _without_empty(counts: list[int] | None, cached: Layers) -> Layers:
    """Return the layers without those that list no KV heads: they keep a state and no cache."""
    if counts is None or len(counts) != len(cached.kinds):
        return cached
    kinds = tuple(kind if count else NONE for kind, count in zip(cached.kinds, counts, strict=True))
    return Layers(kinds, cached.window if WINDOWED in kinds else None, cached.note)


def _checked(config: Node, summed: Elements) -> Elements:
    if summed.fault:
        raise CannotSizeError(summed.fault)
    if config.at("per_layer_config"):
        config.at("per_layer_config").use()
    return summed


def _grouped(config: Node, layers: int, cached: Layers) -> CacheShape:
    """Size multi-head, grouped-query and multi-query attention."""
    heads = count_of(config, "heads")
    kv_heads, notes = count_kv_heads(config, heads)
    head_dim = find_head_dim(config, heads, notes)
    value_dim = config.at("v_head_dim").count() or head_dim
    full = kv_heads * (head_dim + value_dim)
    full_heads, full_dim = of_full_layers(config, cached)
    window = windowed_elements(config, kv_heads, head_dim, value_dim)
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
    keys = read_index_keys(config, cached)
    return CacheShape(
        layers, cached, named(config, "hidden").count(), heads, kv_heads, head_dim,
        growing + keys.growing, windowed, formula + _index_words(keys, notes),
        plain=plain and not keys.growing, notes=tuple(notes),
    )  # fmt: skip


def _per_layer(config: Node, layers: int, cached: Layers) -> CacheShape | None:
    """Size models whose layers differ in their KV heads: a list of counts, or one block for each layer."""
    counts = list_kv_heads(config)
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
    cached = _without_empty(counts, cached)
    widths = {FULL: head_dim + (config.at("v_head_dim").count() or head_dim)}
    small = config.at("swa_head_dim").count()
    widths[WINDOWED] = small + (config.at("swa_v_head_dim").count() or small) if small else widths[FULL]
    sums = {
        which: sum(count for count, kind in zip(counts, cached.kinds, strict=True) if kind == which) * width
        for which, width in widths.items()
    }
    keys, notes = read_index_keys(config, cached), ["the layers differ in their KV heads"]
    formula = f"2 x {sum(counts)} KV heads over all layers x {head_dim}"
    if cached.windowed or NONE in cached.kinds:
        formula = f"({sums[FULL]:g} elements in full layers + {sums[WINDOWED]:g} in windowed ones)"
    return CacheShape(
        layers, cached, hidden, heads, None, head_dim, sums[FULL] + keys.growing, sums[WINDOWED],
        formula + _index_words(keys, notes), plain=False, notes=tuple(notes),
    )  # fmt: skip
