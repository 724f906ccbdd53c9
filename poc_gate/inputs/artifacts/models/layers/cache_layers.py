"""A model configuration -> which of its layers keep a KV cache, and how: growing, windowed, or not at all."""

from __future__ import annotations

from poc_gate.inputs.artifacts.file_reading import Node
from poc_gate.inputs.artifacts.models.layers.layer_lists import Layers, by_index, by_kv_heads, by_windows
from poc_gate.inputs.artifacts.models.layers.layer_patterns import (
    FULL,
    NONE,
    WINDOWED,
    family,
    pattern_of,
    refusal,
    shared_by_class,
    takes_window_everywhere,
    unknown_pattern,
    window_node,
)
from poc_gate.text.lazy_pattern import lazily

_KINDS = {
    "full_attention": FULL, "attention": FULL, "attn": FULL, "global_attention": FULL, "global": FULL, "full": FULL,
    "softmax": FULL, "hybrid": FULL, "self_attention": FULL, "mla": FULL, "full_attn": FULL, "*": FULL,
    "indexed_attention": FULL, "deepseek_sparse_attention": FULL, "qwen_sparse_attention": FULL, "minimax_m3_sparse": FULL,
    "sliding_attention": WINDOWED, "chunked_attention": WINDOWED, "local_attention": WINDOWED, "local": WINDOWED,
    "sliding_window": WINDOWED, "swa": WINDOWED, "sliding": WINDOWED, "sliding_window_attention": WINDOWED,
    "hybrid_sliding": WINDOWED, "window_attention": WINDOWED,
    "linear_attention": NONE, "mamba": NONE, "mamba2": NONE, "conv": NONE, "recurrent": NONE, "ssm": NONE,
    "linear": NONE, "rwkv": NONE, "gated_deltanet": NONE, "lightning_attention": NONE, "kda": NONE, "moe": NONE,
    "mlp": NONE, "short_conv": NONE, "m": NONE, "-": NONE, "e": NONE, "jet": NONE, "hash_moe": NONE,
}  # fmt: skip
"""Spellings of layer kinds in published configurations. Sparse attention with an index reads some and keeps all."""

_ALL_STATE = {"mamba", "mamba2", "falcon_mamba", "rwkv", "rwkv5", "rwkv6", "rwkv7", "xlstm", "retnet"}
_BOTH_IN_EACH = {"falcon_h1", "hymba"}
"""Model types whose every layer has attention beside a state."""
_STATE_KEY = lazily(r"(?:mamba|ssm|rwkv|linear_(?:attn|attention|key|value|num|conv))_|use_mamba|kda_")
_WINDOW_LISTS = (
    "sliding_window",
    "sliding_windows",
    "window_sizes",
    "attention_window_size",
    "layer_windows",
)
"""Keys under which a file gives each layer its own window."""
_GIVEN_LISTS = ("layer_types", "layers_block_type", "layer_block_type", "block_types", "attn_layers")
MAX_LAYERS = 10_000


def read_layers(config: Node, layers: int) -> Layers:
    """Return the kind of each of `layers` layers, or why that cannot be told."""
    if not 0 < layers <= MAX_LAYERS:
        return Layers((), fault=f"the number of layers is {layers}")
    found = (
        _listed(config, layers)
        or by_index(config, layers)
        or by_kv_heads(config, layers)
        or _by_period(config, layers)
    )
    if refusal(config) and (found is None or not any(config.at(key).elements() for key in _GIVEN_LISTS)):
        return Layers((), fault=refusal(config))  # windows and periods alone do not say what the others keep
    found = found or _by_family(config, layers)
    if found is None and _keeps_states(config):
        return Layers((), fault="some layers keep a state and no cache, and the file does not say which")
    if found is None:
        found = _by_window(config, layers)
        unknown = "" if found.fault else unknown_pattern(config, layers)
        if unknown:
            return Layers((), fault=f"`{unknown[:40]}` sets layers apart in a way that is not known here")
    found = found if found.fault else _with_window(config, found)
    return found if found.fault else _shared(config, found)


def _keeps_states(config: Node) -> bool:
    """Say whether the settings of state-space or linear layers stand in a configuration that mixes them with others."""
    if config.at("model_type").text() in _BOTH_IN_EACH:
        return False
    if any(node.count() == 0 for node in config.at("num_key_value_heads").elements()):
        return False  # the list of KV heads says which layers keep none
    return any(_STATE_KEY.match(key) and node.value not in (None, False) for key, node in config.entries())


def count_layers(config: Node) -> int | None:
    """Return how many layers a list of their kinds names, for configurations that give no count."""
    for key in _GIVEN_LISTS:
        if config.at(key).elements():
            return len(config.at(key).elements())
    return len(config.at("hybrid_override_pattern").text()) or None


def _listed(config: Node, layers: int) -> Layers | None:
    """Read a list of kinds, one per layer, or a pattern of letters."""
    pattern = config.at("hybrid_override_pattern")
    if pattern.text():
        kinds = tuple(_KINDS.get(letter.lower(), "") for letter in pattern.text())
        return _checked(pattern, kinds, layers)
    for key in _GIVEN_LISTS:
        listed = config.at(key)
        if listed.elements():
            names = [node.text() or node.at("type").text() for node in listed.elements()]
            kinds = tuple(_KINDS.get(name.lower(), "") for name in names)
            if len(kinds) < layers and key == "block_types":
                kinds = tuple(kinds[at % len(kinds)] for at in range(layers))
                if config.at("attention_window_size").count():
                    kinds = tuple(WINDOWED if kind == FULL else kind for kind in kinds)
            return _checked(listed, kinds, layers, names)
    windows = next((config.at(key) for key in _WINDOW_LISTS if config.at(key).elements()), None)
    if windows is not None:
        return by_windows(windows, layers)
    switches = config.first("attn_type_list", "hybrid_layer_pattern")
    if switches.elements():
        on, off = (FULL, NONE) if switches.path[-1] == "attn_type_list" else (WINDOWED, FULL)
        return _checked(switches, tuple(on if node.count() else off for node in switches.elements()), layers)
    return None


def _checked(node: Node, kinds: tuple[str, ...], layers: int, names: list[str] | None = None) -> Layers:
    node.use()
    if "" in kinds:
        unknown = names[kinds.index("")] if names else "an unknown letter"
        return Layers((), fault=f"the layer kind {unknown[:40]!r} in `{node.path[-1]}` is not known")
    further = node.reading.root().first("num_nextn_predict_layers", "num_mtp_layers").count() or 0
    if len(kinds) == layers + further:
        kinds = kinds[:layers]  # the layers that predict further tokens are listed behind the others
    if len(kinds) != layers:
        return Layers((), fault=f"`{node.path[-1]}` names {len(kinds)} layers, but there are {layers}")
    return Layers(kinds, note=f"by `{node.path[-1]}`")


def _by_period(config: Node, layers: int) -> Layers | None:
    """Read a rhythm: every n-th layer has full attention."""
    kind = config.at("model_type").text()
    if kind in _ALL_STATE:
        return Layers((NONE,) * layers, note=f"a {kind} model keeps a constant state and no KV cache")
    if kind.startswith("zamba"):
        return None  # its rhythm starts behind the first three layers
    period, offset = config.at("attn_layer_period").count(), config.at("attn_layer_offset").count() or 0
    if period:
        config.at("attn_layer_period").use()
        kinds = tuple(FULL if at % period == offset else NONE for at in range(layers))
        return Layers(kinds, note="by `attn_layer_period`")
    interval = config.at("full_attention_interval").count()
    if interval:
        config.at("full_attention_interval").use()
        kinds = tuple(FULL if (at + 1) % interval == 0 else NONE for at in range(layers))
        return Layers(kinds, note="by `full_attention_interval`")
    if family(config) == "plamo2":
        return _by_state_step(config, layers)
    return _by_window_period(config, layers, kind)


def _by_state_step(config: Node, layers: int) -> Layers | None:
    """Read PLaMo 2: one layer of each `mamba_step` has attention, the middle one, and all where states are switched off.

    The engines (vLLM, mlx-lm and llama.cpp, November 2026) keep every token in those layers, also where the file names a window.
    """
    given = config.at("mamba_step").count()
    step = 2 if given is None else given
    enabled = config.at("mamba_enabled").flag() is not False
    for key in ("mamba_step", "mamba_enabled", "attention_window_size", "full_attention_idx"):
        config.at(key).use()
    if enabled and step < 2:
        return Layers((), fault=f"`mamba_step` is {step}; with states it is at least 2")
    middle = min(step // 2, layers - 1)  # a model shorter than half a step has attention in its last layer
    kinds = tuple(FULL if not enabled or at % step == middle else NONE for at in range(layers))
    window = (
        "; engines keep every token there, whatever the window"
        if config.at("attention_window_size").count()
        else ""
    )
    return Layers(
        kinds,
        note=f"one layer of {step} has attention, the others keep a state{window}"
        if enabled
        else "states are off",
    )


def _by_window_period(config: Node, layers: int, kind: str) -> Layers | None:
    chunk, interval = config.at("attention_chunk_size"), config.at("no_rope_layer_interval").count()
    rope = [node.count() for node in config.at("no_rope_layers").elements()]
    if chunk.count() and kind.startswith("llama4"):
        chunk.use()
        if len(rope) == layers:
            config.at("no_rope_layers").use()
            kinds = tuple(WINDOWED if flag else FULL for flag in rope)
        else:
            kinds = tuple(FULL if (at + 1) % (interval or 4) == 0 else WINDOWED for at in range(layers))
        return Layers(kinds, chunk.count(), "layers with rotary positions attend within a chunk")
    letters = config.at("sliding_window_pattern")
    if letters.text() and set(letters.text().upper()) <= set("LG") and config.at("sliding_window").count():
        letters.use()
        rhythm = [FULL if letter == "G" else WINDOWED for letter in letters.text().upper()]
        kinds = tuple(rhythm[at % len(rhythm)] for at in range(layers))
        return Layers(kinds, note="by the letters of `sliding_window_pattern`")
    period = config.first("sliding_window_pattern", "_sliding_window_pattern").count()
    if period and config.at("sliding_window").count():
        config.first("sliding_window_pattern", "_sliding_window_pattern").use()
        kinds = tuple(FULL if (at + 1) % period == 0 else WINDOWED for at in range(layers))
        return Layers(kinds, note=f"one layer in {period} has full attention, the others a window")
    return None


def _by_family(config: Node, layers: int) -> Layers | None:
    """Fall back on what the family's class assumes where the file lists no kinds."""
    pattern = pattern_of(config)
    if pattern is None:
        return None
    given = next((config.at(key) for key in pattern.period.split() if config.at(key).count()), None)
    kinds = pattern.kinds(layers, given.use().count() if given is not None else None)
    how = f"by `{given.path[-1]}`" if given is not None else "by the default of the model's class"
    if pattern.window is None:
        return Layers(kinds, note=how)
    node = window_node(config)
    absent = not isinstance(config.value, dict) or str(node.path[-1]) not in config.value
    off = config.at("use_sliding_window").flag() is False
    if off or (not absent and not node.count()):
        return (
            Layers((FULL,) * layers, note="the window is switched off") if pattern.window_off or off else None
        )
    note = f"{how}: {kinds.count(FULL)} of {layers} layers have full attention"
    return Layers(kinds, node.use().count() or pattern.window, note)


def _by_window(config: Node, layers: int) -> Layers:
    """Read `sliding_window` where no layer is singled out; `use_sliding_window: false` switches it off."""
    window, switch = window_node(config), config.at("use_sliding_window")
    if window.count() and switch.value is not None and switch.flag() is False:
        switch.use()
        window.use()
        return Layers((FULL,) * layers, note="`use_sliding_window` is false: the window given is not in use")
    if not window.count():
        return Layers((FULL,) * layers)
    window.use()
    start = config.at("max_window_layers")
    if (switch.flag() or switch.value is None) and start.count() is not None:
        start.use()
        full = min(layers, start.count() or 0)
        return Layers(
            (FULL,) * full + (WINDOWED,) * (layers - full),
            note="layers from `max_window_layers` on are windowed",
        )
    if takes_window_everywhere(config):
        return Layers((WINDOWED,) * layers, note="every layer keeps a window only")
    return Layers(
        (), fault=f"the file names a window of {window.count():,} tokens, but not which layers have it"
    )


def _with_window(config: Node, found: Layers) -> Layers:
    if not found.windowed or found.window:
        return found
    node, pattern = window_node(config), pattern_of(config)
    window = node.count() or (pattern.window if pattern else None)
    if not window:
        return Layers((), fault="some layers have windowed attention, but no window is given")
    node.use()
    return Layers(found.kinds, window, found.note)


def _shared(config: Node, found: Layers) -> Layers:
    """Leave out layers that read the cache of another layer."""
    node, factor = (
        config.first("num_kv_shared_layers", "num_kv_reuse_layers"),
        config.at("cla_share_factor").count(),
    )
    shared = node.count() if node.value is not None else shared_by_class(config)
    sources = config.first("kv_source_layers", "kv_source_layer_ids")
    if len(sources.elements()) == len(found.kinds):
        sources.use()
        own = [source.count() in (None, at) for at, source in enumerate(sources.elements())]
        kinds = tuple(kind if mine else NONE for kind, mine in zip(found.kinds, own, strict=True))
        return Layers(
            kinds, found.window, f"{found.note}; {len(own) - sum(own)} layers read the cache of another"
        )
    groups = config.at("kv_reuse_group").elements()
    if groups:
        config.at("kv_reuse_group").use()
        reads = {entry.count() for group in groups for entry in group.elements()[1:]}
        kinds = tuple(NONE if at in reads else kind for at, kind in enumerate(found.kinds))
        return Layers(kinds, found.window, f"{found.note}; grouped layers share one cache".strip("; "))
    shared = shared or 0
    if 0 < shared < len(found.kinds):
        node.use()
        kept = len(found.kinds) - shared
        note = f"{found.note}; the last {shared} layers share the cache of earlier ones".strip("; ")
        return Layers(found.kinds[:kept] + (NONE,) * shared, found.window, note)
    if factor and factor > 1 and config.at("use_cla").flag():
        config.at("cla_share_factor").use()
        kinds = tuple(kind if at % factor == 0 else NONE for at, kind in enumerate(found.kinds))
        return Layers(kinds, found.window, f"{factor} neighbouring layers share one cache")
    return found
