"""What the speed models take: the shape of a network, and the devices that work on it."""

from __future__ import annotations

import math
from typing import NamedTuple

from poc_gate.flow.formulas.footprints import ATTENTION, VOCABULARY, hidden_width
from poc_gate.flow.formulas.speed.fitted_constants import KINDS

LOOKED_UP = 0.5
"""Share of what a mixed format keeps at 16 bits that is the embedding, of which a step looks up one row: half beside a head of
its own."""
LOOKED_UP_OF_MIXTURES = 0.3
"""The same where attention is kept as well: 0.32 and 0.27 of what gpt-oss 20B and 120B keep."""

WIDER_TABLES = 1.5
"""Bits of a table of rows over the mean of its file, at most, where weights are quantised: files of 4 to 5 bits keep them at 6 to 8."""


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
    carried_layers: float = 0.0
    """Layers without attention, which carry a state from each token to the next, as in hybrid models."""
    wider_bytes: float = 0.0
    """Bytes of `weight_bytes` by which head, embedding and such are stored wider than the rest; 0 where all are alike."""
    experts: float = 0.0
    """Experts of a layer, of which a token uses `experts_used`; 0 when unknown."""
    experts_used: float = 0.0
    looked_up: float = 0.0
    """Parameters of tables from which a token takes its row: they are stored, and neither read whole nor multiplied by."""

    @property
    def active_share(self) -> float:
        """Share of the parameters that one token uses."""
        if self.active_parameters <= 0 or self.parameters <= 0:
            return 1.0
        return min(1.0, self.active_parameters / self.parameters)

    @property
    def computed(self) -> float:
        """Parameters that one token computes with."""
        return max(0.0, self.parameters * self.active_share - self.looked_up)

    @property
    def read_share(self) -> float:
        """Share of the weights that steps read at all: all but the tables from which rows are taken."""
        return 1.0 - self.looked_up / self.parameters if self.parameters > 0 else 1.0

    @property
    def shared(self) -> float:
        """Parameters of a mixture that every token uses beside its experts: attention, norms and the head.

        From the experts where their number is known: of P = shared + E x and P_act = shared + k x. Else those of a usual
        block, at most four fifths of all that a token uses.
        """
        if 0 < self.experts_used < self.experts:
            of_experts = (self.parameters - self.computed) / (1.0 - self.experts_used / self.experts)
            return max(0.0, self.parameters - of_experts)
        width = hidden_width(self.computed, self.layers, mixture=True)
        usual = ATTENTION * self.layers * width * width + VOCABULARY[1] * width
        return min(0.8 * self.computed, usual)

    @property
    def chosen_share(self) -> float:
        """Share of the experts of a layer that one token chooses; 1 for a dense model."""
        if self.active_share >= 1.0:
            return 1.0
        return (self.computed - self.shared) / (self.parameters - self.shared)

    def weight_read(self, batch: float) -> float:
        """Return the weight bytes that one step reads: what every token uses, and the union of the experts that `batch` tokens hit.

        Tokens of real text choose alike, so a batch counts as fewer independent choices than tokens. Of what is stored
        wider than the rest the embedding is looked up and not read.
        """
        body, wider = self.weight_bytes - self.wider_bytes, self.wider_bytes
        if self.active_share >= 1.0:
            return body * self.read_share + wider * (1.0 - LOOKED_UP)
        shared = self.shared
        of_experts = self.parameters - shared
        each = self.chosen_share
        choices = max(1.0, batch) ** KINDS["experts"]["choices"]
        used = shared + of_experts * (1.0 - float((1.0 - each) ** choices))
        return body * used / self.parameters + wider * (1.0 - LOOKED_UP_OF_MIXTURES)

    @property
    def least_read(self) -> float:
        """Return the weight bytes that no step can do without: those that a token uses, as narrow as the narrowest."""
        tables = (1.0 - self.read_share) * (
            WIDER_TABLES if self.weight_bytes < 1.9 * self.parameters else 1.0
        )
        return (self.weight_bytes - self.wider_bytes) * max(0.0, self.active_share - tables)

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
        return hidden_width(self.computed, self.layers)


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
    unpacking: float = 1.0
    """How fast its multiprocessors unpack weights, over those of an RTX 3090."""
    multiplying: float = 0.0
    """Multiprocessors with matrix units for bytes times their clock in Hz; 0 where the device is not in the table."""
    ticking: float = 1.0
    """How long a clock cycle lasts, over that of an RTX 3090."""
    shared: bool = False
    """Whether the processor shares its memory, though it has CUDA."""
    launching: float = 1.0
    """Time of a kernel's launch over that of an M1, on Apple silicon."""
    early: bool = False
    """Whether its generation is older than what serving engines write their kernels of attention and of quantised weights for."""
    own_kernels: bool = False
    """Whether the engine is the device maker's own, with kernels of experts and of latent attention for these devices."""
    written_out: bool | None = False
    """Whether weights are written out at 16 bits before they are multiplied, for want of a kernel; None where they may be."""
    mlx: bool | None = False
    """Whether the engine is built on MLX, which launches sooner on an M1; None where it may be."""
    singly: bool | None = False
    """Whether kernels are launched one by one, as slowly as in eager frameworks; None where they may be."""
    guessed: float = 0.0
    """Tokens that a draft guesses ahead of each step, which the step checks."""
    kept: float | None = 1.0
    """Tokens that a step yields: its own, and the guesses that hold; None where that is open, as it is wherever a draft guesses."""
    pace: float = 1.0
    """Share of its clock that the device has at least, where its power is limited; 1 where it has what its maker sets."""
    rated: bool = True
    """Whether bandwidth and compute are those of the data sheet; rates that were measured under a power limit hold it already."""
    doubt: float = 1.0
    """How many times as fast as listed the device may compute, where its maker does not state the rate."""
    sampling: float | None = 0.0
    """Seconds in which the engine chooses the next token of one stream on the processor, while the device waits; None where
    nobody says which engine it is."""
    wrapped: bool = False
    """Whether the constants of its family were measured on one stream of another engine, and leave that time out."""

    @property
    def most_compute(self) -> float | None:
        """Return the flop/s of one device that a bound has to hold for; None where the rate is unknown."""
        return None if self.compute is None else self.compute * self.doubt

    @property
    def fastest(self) -> Hardware:
        """Return the best that these devices may be: what a bound has to hold for."""
        compute = None if self.most_compute is None else self.most_compute * self.narrower
        devices = max(self.devices, self.most_devices)
        kept = 1.0 + self.guessed
        return self._replace(
            compute=compute, devices=devices, most_devices=0.0, narrower=1.0, kept=kept, pace=1.0, doubt=1.0
        )

    @property
    def plain(self) -> Hardware:
        """Return these devices without a draft that guesses ahead."""
        return self._replace(guessed=0.0, kept=1.0)
