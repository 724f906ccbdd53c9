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
    kv_heads: float = 0.0
    """Key-value heads; 0 when unknown."""
    latent: bool = False
    """One compressed cache serves all heads, so every device holds and reads the whole of it."""

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
    link: str = ""
    """How devices reach each other: `fast`, `pcie`, or empty when unknown."""
    vendor: str = ""
    """Who makes them, as `vendor_of` names it."""


def bound_time(network: Network, hardware: Hardware, *, batch: float = 1.0, context: float = 0.0) -> float:
    """Return the seconds that no engine can go below for one step of the whole batch.

    Every active weight byte and the context's KV cache cross the memory bus at full bandwidth; for a
    mixture of experts only the active share is charged, as if the batch agreed on the experts.
    """
    cache = batch * context * network.kv_per_token / network.kv_parts(hardware.devices)
    memory = network.weight_bytes * network.active_share / hardware.devices + cache
    memory /= hardware.bandwidth
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
    device, so of launches and device work the longer one counts; they also write out the cache of every
    head anew in each step.
    """
    if family.startswith("cpu"):
        return _processor_step(network, hardware, family, batch, context)
    c = FAMILIES[family]
    devices, bandwidth = hardware.devices, hardware.bandwidth
    read, cache = network.weight_read(batch), batch * context * network.kv_per_token
    time = (read / c["reach"] + c["param"] * network.computed) / (bandwidth * devices)
    time += c["kv"] * cache / (bandwidth * network.kv_parts(devices))
    time += c["byte"] * read / devices
    if "spread" in c:
        time += c["spread"] * batch * context * 4.0 * network.layers * network.attention_width / bandwidth
    rate = compute_reached(hardware, family, batch)
    if rate is not None:
        time = max(time, 2.0 * network.computed * batch / rate)
    launches = network.layers * c["layer"]
    time = max(time, launches) if family in LAUNCHING_AHEAD else time + launches
    if devices > 1:
        time += 2.0 * network.layers * link_time(network, hardware, family, batch)
    return time


def _processor_step(network: Network, hardware: Hardware, family: str, batch: float, context: float) -> float:
    """Return the likely seconds of a step on a processor: reading and computing do not overlap, and layers wait for threads.

    Frameworks convert 16-bit weights on the way (`half`: what is left of the bandwidth).
    """
    c = FAMILIES[family]
    read, cache = network.weight_read(batch), batch * context * network.kv_per_token
    converted = network.parameters > 0 and 1.5 < network.weight_bytes / network.parameters < 3.0
    reach = c["reach"] * (c.get("half", 1.0) if converted else 1.0)
    time = (read / reach + c["kv"] * cache) / hardware.bandwidth + network.layers * c["layer"]
    rate = compute_reached(hardware, family, batch)
    return time if rate is None else time + 2.0 * network.computed * batch / rate


def link_time(network: Network, hardware: Hardware, family: str, batch: float) -> float:
    """Return the seconds of one all-reduce of a step: latency over fast links, copies through the host over PCIe."""
    if hardware.link != "pcie":
        return FAMILIES[family]["link"]
    constants = KINDS["pcie"]
    share = 2.0 * (hardware.devices - 1.0) / hardware.devices
    moved = share * batch * network.attention_width * 2.0
    return constants["latency"] * hardware.devices + moved / constants["rate"]


def compute_reached(hardware: Hardware, family: str, rows: float = 1e9) -> float | None:
    """Return the flop/s that all devices together reach in dense layers, or None when it is unknown.

    `rows` are the tokens computed together: on processors a product with few rows reaches less.
    """
    if hardware.compute is None:
        return None
    c = FAMILIES[family]
    share = c["mfu"] * PRECISION.get(hardware.precision, 1.0)
    if "single" in c:
        share = c["mfu"] + (c["single"] - c["mfu"]) / max(1.0, rows) ** 0.25
    return share * hardware.compute * hardware.devices


def step_span(
    network: Network, hardware: Hardware, family: str, *, batch: float = 1.0, context: float = 0.0
) -> Span:
    """Return the seconds of one decode step with the interval of its domain, never below the bound.

    Where the compute rate is unknown a batch may take as long as its streams one after the other.
    """
    likely = step_time(network, hardware, family, batch=batch, context=context)
    floor = bound_time(network, hardware, batch=batch, context=context)
    low, high = INTERVALS[step_interval(network, hardware, family, context=context)]
    if is_latent_or_mixed(network, family):
        likely *= KINDS["mixture"]["slower"]
    likely = max(likely, floor)
    longest = likely * high
    if family == "unknown" and hardware.vendor != "apple":
        # Whoever serves it may be an eager framework, which is slower on small models by far.
        longest = max(longest, 1.3 * step_time(network, hardware, "eager", batch=batch, context=context))
    if batch > 1 and hardware.compute is None:
        alone = step_span(network, hardware, family, context=context)
        longest = max(longest, batch * alone.high)
    return Span(likely, max(floor, likely * low), max(floor, longest))


SMALL = 3e8
"""Parameters below which the embedding, which is looked up and not multiplied, is a large part of a model."""


def processor_interval(network: Network, hardware: Hardware, family: str) -> str:
    """Return the name of the interval that holds for steps on a processor."""
    if hardware.compute is None:
        return "decode-cpu-unmeasured"
    if network.parameters < SMALL:
        return "decode-cpu-small"
    return "decode-cpu" if family == "cpu" else "decode-cpu-framework"


def is_latent_or_mixed(network: Network, family: str) -> bool:
    """Return whether a serving engine runs a mixture of experts or latent attention, whose steps have more to launch."""
    return family.startswith("server") and (network.latent or network.active_share < 1)


LONG_CONTEXT = 8192.0
"""Tokens beyond which published runs of eager frameworks scatter."""


def step_interval(network: Network, hardware: Hardware, family: str, *, context: float = 0.0) -> str:
    """Return the name of the interval that holds for a step here: the widest of what is outside the fitted ground."""
    if family == "unknown":
        return "decode-unknown"
    if family.startswith("cpu"):
        return processor_interval(network, hardware, family)
    if hardware.devices > 1 and hardware.link != "fast":
        return "decode-pcie" if hardware.link == "pcie" else "decode-link"
    if is_latent_or_mixed(network, family):
        return "decode-mixture"
    if family == "eager" and context > LONG_CONTEXT:
        return "decode-long"
    return f"decode-{family}" if f"decode-{family}" in INTERVALS else "decode"


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
    rate = compute_reached(hardware, family, tokens * batch)
    assert rate is not None
    compute = batch * prefill_flops(network, tokens) / rate
    if family.startswith("cpu"):
        return compute + network.layers * FAMILIES[family]["layer"]
    once = step_time(network, hardware, family, batch=1.0)
    return max(compute + network.layers * FAMILIES[family]["layer"], once)


def prefill_span(network: Network, hardware: Hardware, family: str, *, tokens: float) -> Span:
    """Return the seconds of the prompt phase of one request with its interval; needs `hardware.compute`."""
    floor = prefill_bound(network, hardware, tokens=tokens)
    constants = "static" if family.startswith("server") or family == "fused" else family
    likely = max(floor, prefill_time(network, hardware, constants, tokens=tokens))
    small = family.startswith("cpu") and network.parameters < SMALL
    low, high = INTERVALS["decode-cpu-small" if small else prefill_interval(family)]
    return Span(likely, max(floor, likely * low), likely * high)


def prefill_interval(family: str) -> str:
    """Return the name of the interval that holds for the prompt phase of a family."""
    name = f"prefill-{family}"
    if family.startswith("cpu"):
        name = "prefill-cpu"
    elif family.startswith("server") or family == "fused":
        name = "prefill-server"
    return name if name in INTERVALS else "prefill"
