"""`per_layer_config` of a model configuration -> cache elements of each layer, where some differ from the rest."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.inputs.artifacts.file_reading import Node
from poc_gate.inputs.artifacts.models.layers.layer_lists import Layers
from poc_gate.inputs.artifacts.models.layers.layer_patterns import FULL, WINDOWED


class Elements(Struct, frozen=True):
    """Cache elements over all layers: those that grow with every token, and those of the windowed layers."""

    growing: float
    windowed: float
    fault: str = ""


def read_overrides(config: Node) -> dict[int, Node]:
    """Return what `per_layer_config` says of single layers, by the layer's index."""
    found: dict[int, Node] = {}
    for key, node in config.at("per_layer_config").entries():
        if key.isdecimal() and len(key) < 6 and node.entries():
            found[int(key)] = node
    return found


def sum_layers(
    overrides: dict[int, Node], cached: Layers, *, heads: int, head_dim: int, value_dim: int
) -> Elements:
    """Return the elements of layers with KV heads; a layer's own counts win over the model's."""
    sums = {FULL: 0.0, WINDOWED: 0.0}
    for at, kind in enumerate(cached.kinds):
        if kind not in sums:
            continue
        own = overrides.get(at)
        width, value = head_dim, value_dim
        if own is not None and own.at("head_dim").count():
            width = value = own.at("head_dim").count() or 0
        value = (own.at("v_head_dim").count() if own is not None else None) or value
        count = (own.at("num_key_value_heads").count() if own is not None else None) or heads
        sums[kind] += count * (width + value)
    return Elements(sums[FULL], sums[WINDOWED], _window_fault(overrides, cached))


def sum_latent_layers(overrides: dict[int, Node], cached: Layers, *, latent: int, rope: int) -> Elements:
    """Return the elements of layers with latent attention; a layer's own rank wins over the model's."""
    sums = {FULL: 0.0, WINDOWED: 0.0}
    for at, kind in enumerate(cached.kinds):
        if kind not in sums:
            continue
        own = overrides.get(at)
        rank = (own.at("kv_lora_rank").count() if own is not None else None) or latent
        turned = (own.at("qk_rope_head_dim").count() if own is not None else None) or rope
        sums[kind] += rank + turned
    return Elements(sums[FULL], sums[WINDOWED], _window_fault(overrides, cached))


def _window_fault(overrides: dict[int, Node], cached: Layers) -> str:
    for at, own in overrides.items():
        window = own.at("sliding_window").count()
        if at < len(cached.kinds) and cached.kinds[at] == WINDOWED and window and window != cached.window:
            return "the layers have windows of different lengths"
    return ""
