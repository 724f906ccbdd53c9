"""Models split between an accelerator and the host, and memory of models in use; pure formulas."""

from __future__ import annotations

from poc_gate.flow.formulas.footprints import GIB
from poc_gate.flow.formulas.speed.fitted_constants import KINDS
from poc_gate.flow.formulas.speed.fitted_intervals import INTERVALS
from poc_gate.flow.span import Span


def split_bound(on_device: float, *, device_rate: float, host_rate: float) -> float:
    """Return the tokens per second that a split of layers cannot exceed: times of both parts add up."""
    return 1.0 / (on_device / device_rate + (1.0 - on_device) / host_rate)


def split_rate(on_device: float, *, device_rate: float, host_rate: float) -> Span:
    """Return the tokens per second with the share `on_device` of the layers on the accelerator."""
    bound = split_bound(on_device, device_rate=device_rate, host_rate=host_rate)
    if on_device >= 1.0:
        return Span(bound, bound * 0.95, bound)
    likely = bound * KINDS["offload"]["reach"]
    low, high = INTERVALS["offload"]
    return Span(likely, likely * low, min(bound, likely * high))


LONG_PROMPT = 4096.0
"""Tokens beyond which the activations of published runs scatter by a factor of three."""


def memory_used(weights: Span, cache: float, *, prompt: float, width: float) -> Span:
    """Return the bytes of device memory of one model in use by an engine that takes memory as it needs it.

    `cache` are the KV bytes, `width` the hidden size: the prompt's activations are held at once.
    """
    constants = KINDS["mem"]
    low, high = INTERVALS["mem"]
    fixed = cache + constants["runtime"] * GIB
    active = constants["activation"] * prompt * width
    spread = 3.0 if prompt > LONG_PROMPT else 1.0
    likely = weights.likely + fixed + active
    lowest = (weights.low + fixed + active / spread) * low
    return Span(
        likely, min(likely, max(weights.low, lowest)), (weights.high + fixed + active * spread) * high
    )
