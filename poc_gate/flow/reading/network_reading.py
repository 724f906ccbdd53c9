"""Facts -> the network of a language model: its bytes, its shape and what of its weights is stored wider."""

from __future__ import annotations

from poc_gate.flow.formulas.footprints import body_bits, wider_bytes
from poc_gate.flow.formulas.speed.shapes import Network
from poc_gate.flow.interface import FactView

NETWORK_INPUTS = (
    "flow.weights.bytes",
    "flow.kv.bytes_per_token",
    "model.parameters",
    "model.active_parameters",
    "model.lookup_parameters",
    "model.experts",
    "model.experts_per_token",
    "model.layers",
    "model.kv_heads",
    "model.attention",
    "model.head_dim",
    "model.kv_bits",
    "model.kv_bytes_per_token",
    "model.windowed_layers",
    "model.attention_layers",
    "model.sliding_window",
    "model.heads",
    "model.precision",
)


def read_network(view: FactView) -> Network:
    """Return the language model's shape; raises when a part is unknown."""
    weights, per_token, parameters, layers = view.need(
        "flow.weights.bytes", "flow.kv.bytes_per_token", "model.parameters", "model.layers"
    )
    active, heads = view.maybe("model.active_parameters"), view.maybe("model.kv_heads")
    queries, width = view.maybe("model.heads"), view.maybe("model.head_dim")
    windowed = view.maybe("model.windowed_layers")
    experts, used = view.maybe("model.experts"), view.maybe("model.experts_per_token")
    rows = view.maybe("model.lookup_parameters")
    bits, tokens = body_bits(view.text("model.precision")), active.likely if active else 0.0
    return Network(
        weight_bytes=weights.likely,
        parameters=parameters.likely,
        layers=layers.likely,
        active_parameters=tokens,
        kv_per_token=per_token.likely,
        kv_heads=heads.likely if heads else 0.0,
        latent=is_latent(view),
        query_width=queries.likely * width.likely if queries and width else 0.0,
        windowed_layers=min(windowed.likely, layers.likely) if windowed else 0.0,
        carried_layers=_carried(view, layers.likely),
        wider_bytes=wider_bytes(weights.likely, parameters.likely, bits, layers.likely, tokens)
        if bits
        else 0.0,
        experts=experts.likely if experts else 0.0,
        experts_used=used.likely if used else 0.0,
        looked_up=min(rows.likely, 0.9 * parameters.likely) if rows else 0.0,
    )


def _carried(view: FactView, layers: float) -> float:
    """Return the layers that neither attend to every token nor within a window; 0 where nobody says how many do.

    Where a window is stated and not how many layers have it, the rest are taken for windowed ones.
    """
    attending, windowed = view.maybe("model.attention_layers"), view.maybe("model.windowed_layers")
    if attending is None or (windowed is None and view.maybe("model.sliding_window") is not None):
        return 0.0
    return max(0.0, layers - attending.likely - (windowed.likely if windowed else 0.0))


def is_latent(view: FactView) -> bool | None:
    """Return whether one compressed cache serves all heads: as stated, or because the cache is too small for its heads.

    None where only the bytes of a token are stated: neither the attention nor the heads, so it may be either.
    """
    stated = view.text("model.attention")
    if stated:
        return stated == "latent"
    cache, layers = view.maybe("model.kv_bytes_per_token"), view.maybe("model.layers")
    heads, width = view.maybe("model.kv_heads"), view.maybe("model.head_dim")
    if not (cache and layers and heads and width) or view.maybe("model.windowed_layers"):
        return None if cache and cache.likely > 0 and not heads else False
    bits = view.maybe("model.kv_bits")
    whole = 2.0 * layers.likely * heads.likely * width.likely * (bits.likely if bits else 16.0) / 8.0
    return cache.likely < 0.1 * whole
