"""Speed of language models: time of one decode step and of the prompt phase, on one or several devices."""

from __future__ import annotations

import math
from typing import NamedTuple

from poc_gate.flow.formulas.fitted_constants import FAMILIES, INTERVALS, KINDS, PRECISION
from poc_gate.flow.span import Span

FIXED_TTFT = 0.0125
"""Seconds of scheduling and tokenising before the first token; published engines need 5 to 20 ms."""


LAUNCHING_AHEAD = frozenset({"eager"})
"""Families whose host queues kernels while the device works on earlier ones."""


class Network(NamedTuple):
    """What of a language model decides its speed."""

    weight_bytes: float
    parameters: float
    layers: float
    active_parameters: float = 0.0
    """0 for a dense model."""
    kv_per_token: float = 0.0
    """Bytes of KV cache read per token of context."""

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

    @property
    def attention_width(self) -> float:
        """Heads times head dimension, from the parameters of a usual block: sqrt(P / 12 L)."""
        return math.sqrt(self.parameters / (12.0 * self.layers)) if self.layers > 0 else 0.0


class Hardware(NamedTuple):
    """Devices that work on each layer together."""

    bandwidth: float
    """Bytes per second of one device's memory."""
    compute: float | None = None
    """Dense flop/s of one device, None when unknown."""
    devices: float = 1.0
    precision: str = "fp16"
    """Number format that `compute` holds for."""


def bound_time(network: Network, hardware: Hardware, *, batch: float = 1.0, context: float = 0.0) -> float:
    """Return the seconds that no engine can go below for one step of the whole batch.

    Every active weight byte and the context's KV cache cross the memory bus at full bandwidth; for a
    mixture of experts only the active share is charged, as if the batch agreed on the experts.
    """
    read = network.weight_bytes * network.active_share + batch * context * network.kv_per_token
    memory = read / (hardware.bandwidth * hardware.devices)
    if hardware.compute is None:
        return memory
    return max(memory, 2.0 * network.computed * batch / (hardware.compute * hardware.devices))


def step_time(
    network: Network, hardware: Hardware, family: str, *, batch: float = 1.0, context: float = 0.0
) -> float:
    """Return the likely seconds of one decode step.

    The weights and the KV cache cross the bus at the bandwidth that the family reaches, and each
    weight byte costs a little more for unpacking; compute hides behind it until it binds; each layer
    adds its launches, and each pair of all-reduces its latency. Eager frameworks launch ahead of the
    device, so of launches and device work the longer one counts.
    """
    c = FAMILIES[family]
    devices = hardware.devices
    read, cache = network.weight_read(batch), batch * context * network.kv_per_token
    time = (read / c["reach"] + c["kv"] * cache + c["param"] * network.computed) / (
        hardware.bandwidth * devices
    )
    time += c["byte"] * read / devices
    rate = compute_reached(hardware, family)
    if rate is not None:
        time = max(time, 2.0 * network.computed * batch / rate)
    launches = network.layers * c["layer"]
    time = max(time, launches) if family in LAUNCHING_AHEAD else time + launches
    if devices > 1:
        time += 2.0 * network.layers * c["link"]
    return time


def compute_reached(hardware: Hardware, family: str) -> float | None:
    """Return the flop/s that all devices together reach in dense layers, or None when it is unknown."""
    if hardware.compute is None:
        return None
    share = FAMILIES[family]["mfu"] * PRECISION.get(hardware.precision, 1.0)
    return share * hardware.compute * hardware.devices


def step_span(
    network: Network, hardware: Hardware, family: str, *, batch: float = 1.0, context: float = 0.0
) -> Span:
    """Return the seconds of one decode step with its interval, never below the bound."""
    likely = step_time(network, hardware, family, batch=batch, context=context)
    floor = bound_time(network, hardware, batch=batch, context=context)
    low, high = INTERVALS["decode-unknown" if family == "unknown" else "decode"]
    likely = max(likely, floor)
    return Span(likely, max(floor, likely * low), max(floor, likely * high))


def prefill_flops(network: Network, tokens: float) -> float:
    """Return the flop of a causal prompt of `tokens`: 2 P_act S + 2 L H d S^2."""
    attention = 2.0 * network.layers * network.attention_width * tokens * tokens
    return 2.0 * network.computed * tokens + attention


def prefill_bound(network: Network, hardware: Hardware, *, tokens: float) -> float:
    """Return the seconds that no engine can go below for a prompt; attention is left out, as caches may."""
    memory = network.weight_bytes * network.active_share / (hardware.bandwidth * hardware.devices)
    if hardware.compute is None:
        return memory
    return max(memory, 2.0 * network.computed * tokens / (hardware.compute * hardware.devices))


def prefill_time(
    network: Network, hardware: Hardware, family: str, *, tokens: float, batch: float = 1.0
) -> float:
    """Return the likely seconds of the prompt phase of `batch` prompts; needs `hardware.compute`.

    Memory binds short prompts: the weights are read once, with the launches of one step.
    """
    rate = compute_reached(hardware, family)
    assert rate is not None
    compute = batch * prefill_flops(network, tokens) / rate
    once = step_time(network, hardware, family, batch=1.0)
    return max(compute + network.layers * FAMILIES[family]["layer"], once)


def prefill_span(network: Network, hardware: Hardware, family: str, *, tokens: float) -> Span:
    """Return the seconds of the prompt phase of one request with its interval; needs `hardware.compute`."""
    floor = prefill_bound(network, hardware, tokens=tokens)
    likely = max(floor, prefill_time(network, hardware, family, tokens=tokens))
    low, high = INTERVALS["prefill"]
    return Span(likely, max(floor, likely * low), likely * high)
