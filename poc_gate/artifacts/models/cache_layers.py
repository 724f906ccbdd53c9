"""A model configuration -> which of its layers keep a KV cache, and how: growing, windowed, or not at all."""

from __future__ import annotations

import re

from msgspec import Struct

from poc_gate.artifacts.reading import Node

FULL, WINDOWED, NONE = "full", "windowed", "none"

_KINDS = {
    "full_attention": FULL, "attention": FULL, "attn": FULL, "global_attention": FULL, "global": FULL, "full": FULL,
    "softmax": FULL, "hybrid": FULL, "self_attention": FULL, "mla": FULL, "full_attn": FULL, "*": FULL,
    "indexed_attention": FULL, "deepseek_sparse_attention": FULL, "qwen_sparse_attention": FULL, "minimax_m3_sparse": FULL,
    "sliding_attention": WINDOWED, "chunked_attention": WINDOWED, "local_attention": WINDOWED, "local": WINDOWED,
    "sliding_window": WINDOWED, "swa": WINDOWED, "sliding": WINDOWED, "sliding_window_attention": WINDOWED,
    "hybrid_sliding": WINDOWED,
    "linear_attention": NONE, "mamba": NONE, "mamba2": NONE, "conv": NONE, "recurrent": NONE, "ssm": NONE,
    "linear": NONE, "rwkv": NONE, "gated_deltanet": NONE, "lightning_attention": NONE, "kda": NONE, "moe": NONE,
    "mlp": NONE, "short_conv": NONE, "m": NONE, "-": NONE, "e": NONE,
}  # fmt: skip
"""Spellings of layer kinds in published configurations. Sparse attention with an index reads some and keeps all."""

_ALL_STATE = {"mamba", "mamba2", "falcon_mamba", "rwkv", "rwkv5", "rwkv6", "rwkv7", "xlstm", "retnet"}
_BOTH_IN_EACH = {"falcon_h1", "hymba"}
"""Model types whose every layer has attention beside a state."""
_STATE_KEY = re.compile(r"(?:mamba|ssm|rwkv|linear_(?:attn|attention|key|value|num|conv))_|use_mamba|kda_")
_GIVEN_LISTS = ("layer_types", "layers_block_type", "layer_block_type", "block_types", "attn_layers")
MAX_LAYERS = 10_000


class Layers(Struct, frozen=True):
    """The kind of each layer, the window of the windowed ones, and what decided it."""

    kinds: tuple[str, ...]
    window: int | None = None
    note: str = ""
    fault: str = ""
    """Why the layers cannot be told; `kinds` is then empty."""

    @property
    def full(self) -> int:
        """Return how many layers keep the keys and values of every token."""
        return self.kinds.count(FULL)

    @property
    def windowed(self) -> int:
        """Return how many layers keep those of the last tokens only."""
        return self.kinds.count(WINDOWED)


def read_layers(config: Node, layers: int) -> Layers:
    """Return the kind of each of `layers` layers, or why that cannot be told."""
    if not 0 < layers <= MAX_LAYERS:
        return Layers((), fault=f"the number of layers is {layers}")
    found = _listed(config, layers) or _by_index(config, layers) or _by_period(config, layers)
    if found is None and _keeps_states(config):
        return Layers((), fault="some layers keep a state and no cache, and the file does not say which")
    if found is None:
        found = _by_window(config, layers)
    return found if found.fault else _shared(config, _with_window(config, found))


def _keeps_states(config: Node) -> bool:
    """Say whether the settings of state-space or linear layers stand in a configuration that mixes them with others."""
    if config.at("model_type").text() in _BOTH_IN_EACH:
        return False
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
    if len(kinds) != layers:
        return Layers((), fault=f"`{node.path[-1]}` names {len(kinds)} layers, but there are {layers}")
    return Layers(kinds, note=f"by `{node.path[-1]}`")


def _by_index(config: Node, layers: int) -> Layers | None:
    """Read the indices of the layers with full attention; the others keep a constant state."""
    linear = config.at("linear_attn_config", "full_attn_layers")
    for node in (config.first("attn_layer_indices", "full_attn_idxs", "attention_layers_idx"), linear):
        listed = node.elements()
        if listed:
            node.use()
            count = len({entry.count() for entry in listed if entry.count() is not None})
            if count > layers:
                return Layers((), fault=f"`{node.path[-1]}` names more layers than there are")
            return Layers((FULL,) * count + (NONE,) * (layers - count), note=f"by `{node.path[-1]}`")
    crossing = config.at("cross_attention_layers")
    if crossing.elements():
        crossing.use()
        count = min(layers, len(crossing.elements()))
        note = "cross-attention layers cache image tokens, not text tokens"
        return Layers((FULL,) * (layers - count) + (NONE,) * count, note=note)
    return None


def _by_period(config: Node, layers: int) -> Layers | None:
    """Read a rhythm: every n-th layer has full attention."""
    kind = config.at("model_type").text()
    if kind in _ALL_STATE:
        return Layers((NONE,) * layers, note=f"a {kind} model keeps a constant state and no KV cache")
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
    return _by_window_period(config, layers, kind)


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
    if not period and kind.startswith("gemma2"):
        period = 2
    if not period and kind.startswith("gemma3"):
        period = 6
    if period and config.at("sliding_window").count():
        config.first("sliding_window_pattern", "_sliding_window_pattern").use()
        kinds = tuple(FULL if (at + 1) % period == 0 else WINDOWED for at in range(layers))
        return Layers(kinds, note=f"one layer in {period} has full attention, the others a window")
    return None


def _by_window(config: Node, layers: int) -> Layers:
    """Read `sliding_window` where no layer is singled out; `use_sliding_window: false` switches it off."""
    window, switch = config.first("sliding_window", "attention_window_size"), config.at("use_sliding_window")
    if window.count() and switch.value is not None and switch.flag() is False:
        switch.use()
        window.use()
        return Layers((FULL,) * layers, note="`use_sliding_window` is false: the window given is not in use")
    if not window.count():
        return Layers((FULL,) * layers)
    window.use()
    start = config.at("max_window_layers")
    if switch.flag() and start.count() is not None:
        start.use()
        full = min(layers, start.count() or 0)
        return Layers(
            (FULL,) * full + (WINDOWED,) * (layers - full),
            note="layers from `max_window_layers` on are windowed",
        )
    return Layers((WINDOWED,) * layers, note="every layer keeps a window only")


def _with_window(config: Node, found: Layers) -> Layers:
    if not found.windowed or found.window:
        return found
    node = config.first(
        "sliding_window", "sliding_window_size", "attention_window_size", "attention_chunk_size"
    )
    if not node.count():
        return Layers((), fault="some layers have windowed attention, but no window is given")
    node.use()
    return Layers(found.kinds, node.count(), found.note)


def _shared(config: Node, found: Layers) -> Layers:
    """Leave out layers that read the cache of another layer."""
    node, factor = config.at("num_kv_shared_layers"), config.at("cla_share_factor").count()
    shared = node.count() or 0
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
