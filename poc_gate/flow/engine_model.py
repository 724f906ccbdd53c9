"""Speed of language models: time of one decode step and of the prompt phase, on one or several devices."""

from __future__ import annotations

from dataclasses import dataclass

from poc_gate.flow.fitted_constants import FAMILIES, INTERVALS
from poc_gate.flow.span import Span

FAMILY_OF_ENGINE = {
    "vllm": "server", "sglang": "server", "tgi": "server", "tensorrt-llm": "fused", "llama.cpp": "llama.cpp",
    "transformers": "eager", "onnxruntime": "eager", "mlx": "apple", "cpu": "cpu",
}  # fmt: skip
"""Manifest engine -> engine family; any other engine is `unknown`, with wider intervals."""

FIXED_TTFT = 0.0125
"""Seconds of scheduling and tokenising before the first token; published engines need 5 to 20 ms."""


@dataclass(frozen=True, slots=True)
class Network:
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

        Tokens choose experts independently here, which reads more than correlated text does.
        """
        share = self.active_share
        return (
            self.weight_bytes * (1.0 - (1.0 - share) ** max(1.0, batch)) if share < 1 else self.weight_bytes
        )

    @property
    def bits(self) -> float:
        """Effective bits per weight."""
        return 8.0 * self.weight_bytes / self.parameters if self.parameters > 0 else 16.0


@dataclass(frozen=True, slots=True)
class Hardware:
    """Devices that work on each layer together."""

    bandwidth: float
    """Bytes per second of one device's memory."""
    compute: float | None = None
    """Dense flop/s of one device, None when unknown."""
    devices: float = 1.0


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
    """Return the likely seconds of one decode step: memory or compute, whichever binds, plus launches."""
    constants = FAMILIES[family]
    read = network.weight_read(batch) + batch * context * network.kv_per_token
    time = read / (constants["eta"] * hardware.bandwidth * hardware.devices)
    if hardware.compute is not None:
        flops = 2.0 * network.computed * batch
        time = max(time, flops / (constants["mfu"] * hardware.compute * hardware.devices))
    time += network.layers * constants["tau"]
    if hardware.devices > 1:
        time += 2.0 * network.layers * constants["alpha"]
    return time


def step_span(
    network: Network, hardware: Hardware, family: str, *, batch: float = 1.0, context: float = 0.0
) -> Span:
    """Return the seconds of one decode step with its interval, never below the bound."""
    likely = step_time(network, hardware, family, batch=batch, context=context)
    floor = bound_time(network, hardware, batch=batch, context=context)
    low, high = INTERVALS["decode-unknown" if family == "unknown" else "decode"]
    likely = max(likely, floor)
    return Span(likely, max(floor, likely * low), max(floor, likely * high))


def prefill_flops(network: Network, tokens: float, *, attention_width: float = 0.0) -> float:
    """Return the flop of a prompt of `tokens`: 2 P_act S, and 2 L H d S^2 where the width H d is known."""
    return 2.0 * network.computed * tokens + 2.0 * network.layers * attention_width * tokens * tokens


def prefill_span(
    network: Network, hardware: Hardware, family: str, *, tokens: float, width: float = 0.0
) -> Span:
    """Return the seconds of the prompt phase of one request, with its interval.

    Needs `hardware.compute`. Memory binds short prompts: all active weights are read once.
    """
    assert hardware.compute is not None
    constants = FAMILIES[family]
    flops = prefill_flops(network, tokens, attention_width=width)
    floor = max(2.0 * network.computed * tokens / (hardware.compute * hardware.devices),
                network.weight_bytes * network.active_share / (hardware.bandwidth * hardware.devices))  # fmt: skip
    likely = max(
        flops / (constants["mfu"] * hardware.compute * hardware.devices),
        network.weight_read(tokens) / (constants["eta"] * hardware.bandwidth * hardware.devices),
    )
    low, high = INTERVALS["prefill"]
    likely = max(likely, floor)
    return Span(likely, max(floor, likely * low), likely * high)
