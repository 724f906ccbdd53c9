"""What the speed models take: the shape of a network, and the devices that work on it."""

from __future__ import annotations

import math
from typing import NamedTuple

from poc_gate.flow.formulas.speed.fitted_constants import KINDS


class Network(NamedTuple):
    """What of a language model decides its speed."""

    weight_bytes: float
    parameters: float
    layers: float
    active_parameters: float = 0.0
    """0 for a dense model."""
    kv_per_token: float = 0.0
    """Bytes of KV cache read per token of context."""
    kv_heads: float = 0.0
    """Key-value heads; 0 when unknown."""
    latent: bool | None = False
    """One compressed cache serves all heads, so every device holds and reads the whole of it; None when unknown."""
    query_width: float = 0.0
    """Query heads times head dimension; 0 when unknown."""
    windowed_layers: float = 0.0
    """Layers whose attention ends at a window."""

    @property
    def active_share(self) -> float:
        """Share of the parameters that one token uses."""
        if self.active_parameters <= 0 or self.parameters <= 0:
            return 1.0
        return min(1.0, self.active_parameters / self.parameters)

    @property
    def computed(self) -> float:
        """Parameters that one token computes with."""
        return self.parameters * self.active_share

    def weight_read(self, batch: float) -> float:
        """Return the weight bytes that one step reads: the union of the experts that `batch` tokens hit.

        Tokens of real text choose alike, so a batch counts as fewer independent choices than tokens.
        """
        share = self.active_share
        if share >= 1.0:
            return self.weight_bytes
        choices = max(1.0, batch) ** KINDS["experts"]["choices"]
        return self.weight_bytes * (1.0 - float((1.0 - share) ** choices))

    def kv_parts(self, devices: float) -> float:
        """Return over how many of the devices the KV cache is split: at most over the heads, not at all when latent."""
        if self.latent:
            return 1.0
        return min(devices, self.kv_heads) if self.kv_heads > 0 else devices

    @property
    def attention_width(self) -> float:
        """Heads times head dimension: as stated, else from the parameters of a usual block, sqrt(P / 12 L).

        Of a mixture from the mean of all and active parameters in proportion: its experts say nothing of its heads.
        """
        if self.query_width > 0:
            return self.query_width
        return (
            math.sqrt(math.sqrt(self.parameters * self.computed) / (12.0 * self.layers))
            if self.layers > 0
            else 0.0
        )

    @property
    def hidden_width(self) -> float:
        """Numbers that a token carries from layer to layer: sqrt(P_act / 12 L) of a usual block."""
        return math.sqrt(self.computed / (12.0 * self.layers)) if self.layers > 0 else 0.0


class Hardware(NamedTuple):
    """Devices that work on each layer together."""

    bandwidth: float
    """Bytes per second of one device's memory."""
    compute: float | None = None
    """Dense flop/s of one device, None when unknown."""
    devices: float = 1.0
    precision: str = "fp16"
    """Number format that `compute` holds for."""
    link: str = ""
    """How devices reach each other: `fast`, `pcie`, or empty when unknown."""
    link_speed: float = 1.0
    """Bytes per second of a fast link over those of an H100's."""
    vendor: str = ""
    """Who makes them, as `vendor_of` names it."""
    most_devices: float = 0.0
    """Devices that may work on each layer together where nobody states how many do; 0 when it is known."""
    narrower: float = 1.0
    """How many times as fast a narrower number format may compute, where the format is not known."""

    @property
    def fastest(self) -> Hardware:
        """Return the best that these devices may be: what a bound has to hold for."""
        compute = None if self.compute is None else self.compute * self.narrower
        devices = max(self.devices, self.most_devices)
        return self._replace(compute=compute, devices=devices, most_devices=0.0, narrower=1.0)
