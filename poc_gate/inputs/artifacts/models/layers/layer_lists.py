"""Lists in a configuration -> the kind of each layer: numbers of the layers of one kind, or one window a layer."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.inputs.artifacts.file_reading import Node
from poc_gate.inputs.artifacts.models.layers.layer_patterns import FULL, NONE, WINDOWED

_INDICES = (
    (("attn_layer_indices", "full_attn_idxs", "attention_layers_idx"), FULL, NONE),
    (("hybrid_layer_ids",), FULL, NONE),
    (
        ("global_attn_idx", "full_attention_layers", "global_attention_layers", "global_layers"),
        FULL,
        WINDOWED,
    ),
    (("sliding_window_layers", "local_layer_ids", "local_attention_layers", "swa_layers"), WINDOWED, FULL),
    (
        ("linear_attention_layers", "linear_layers", "mamba_layers", "kda_layers", "recurrent_layers"),
        NONE,
        FULL,
    ),
)
"""Lists of layer numbers: keys, what those layers are, and what the others are."""


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


def by_windows(listed: Node, layers: int) -> Layers:
    """Read one window for each layer; nothing, zero or a negative number stands for full attention."""
    listed.use()
    counts = [node.count() or 0 for node in listed.elements()]
    if len(counts) < layers:
        return Layers(
            (), fault=f"`{listed.path[-1]}` names {len(counts)} windows, but there are {layers} layers"
        )
    kinds = tuple(WINDOWED if count else FULL for count in counts[:layers])
    several = len({count for count in counts if count}) > 1
    note = f"by `{listed.path[-1]}`" + ("; the longest of several windows" if several else "")
    return Layers(kinds, max(counts) or None, note)


def by_index(config: Node, layers: int) -> Layers | None:
    """Read the numbers of the layers of one kind."""
    rows: list[tuple[Node, str, str]] = [
        (config.at("linear_attn_config", "full_attn_layers"), FULL, NONE),
        (config.at("linear_attn_config", "kda_layers"), NONE, FULL),
        *((config.at(key), named, others) for keys, named, others in _INDICES for key in keys),
    ]
    for node, named, others in rows:
        numbers = {entry.count() for entry in node.elements() if entry.count() is not None}
        if numbers:
            node.use()
            return _at_numbers(node, numbers, layers, (named, others))
    crossing = config.at("cross_attention_layers")
    if crossing.elements():
        crossing.use()
        count = min(layers, len(crossing.elements()))
        note = "cross-attention layers cache image tokens, not text tokens"
        return Layers((FULL,) * (layers - count) + (NONE,) * count, note=note)
    return None


def by_kv_heads(config: Node, layers: int) -> Layers | None:
    """Read the KV heads of each layer where some have none: those keep a state, whatever the family's rhythm says."""
    listed = config.first("num_key_value_heads", "n_head_kv", "num_kv_heads")
    counts = [node.count() for node in listed.elements()]
    if len(counts) != layers or 0 not in counts or config.at("sliding_window").count():
        return None
    return Layers(tuple(FULL if count else NONE for count in counts), note="by the KV heads of each layer")


def _at_numbers(node: Node, numbers: set[int | None], layers: int, kinds: tuple[str, str]) -> Layers:
    if len(numbers) > layers:
        return Layers((), fault=f"`{node.path[-1]}` names more layers than there are")
    from_one = "linear_attn_config" in node.path or layers in numbers
    at = {(number or 0) - from_one for number in numbers}
    if max(at) >= layers:  # numbers of a longer model: the count is what is known
        at = set(range(len(at)))
    named, others = kinds
    return Layers(tuple(named if n in at else others for n in range(layers)), note=f"by `{node.path[-1]}`")
