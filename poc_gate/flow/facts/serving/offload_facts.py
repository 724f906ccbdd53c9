"""Derived facts on models split between an accelerator and the host."""

from __future__ import annotations

from poc_gate.flow.formulas.speed.offload import split_rate
from poc_gate.flow.interface import CannotDeriveError, Derivation, DerivedValue, FactView


def _split(view: FactView) -> DerivedValue:
    held, layers = view.need("model.device_layers", "model.layers")
    device, host = view.need("model.device_tokens_per_s", "model.host_tokens_per_s")
    if device.likely <= 0 or host.likely <= 0:
        raise CannotDeriveError("a measured speed of 0 tok/s says nothing about a split")
    share = min(1.0, held.likely / layers.likely)
    rate = split_rate(share, device_rate=device.likely, host_rate=host.likely)
    return DerivedValue(
        rate,
        f"{share:.0%} of the layers at {device.likely:.4g} tok/s, the rest at {host.likely:.4g} tok/s: "
        f"at most {rate.high:.4g} tok/s",
    )


DERIVATIONS = (
    Derivation(
        "flow.offload.rate", "Tokens per second of one stream with part of the layers on the accelerator",
        "1 / (x / s_device + (1 - x) / s_host), of which a part is reached",
        ("model.device_layers", "model.layers", "model.device_tokens_per_s", "model.host_tokens_per_s"), _split, "tok/s",
        reference="docs/models/decode.md",
    ),
)  # fmt: skip
"""One fact."""
