"""Models split between an accelerator and the host, and memory of models in use; pure formulas."""

from __future__ import annotations

from poc_gate.flow.formulas.fitted_constants import INTERVALS, KINDS
from poc_gate.flow.formulas.footprints import GIB
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


def memory_used(weights: float, cache: float, *, prompt: float, width: float) -> Span:
    """Return the bytes of device memory of one model in use by an eager engine.

    `cache` are the KV bytes, `width` the hidden size: the prompt's activations are held at once.
    """
    constants = KINDS["mem"]
    likely = weights + cache + constants["runtime"] * GIB + constants["activation"] * prompt * width
    low, high = INTERVALS["mem"]
    return Span(likely, max(weights, likely * low), likely * high)


def usable_memory(marketed: float, *, unified: bool) -> float:
    """Return the bytes a GPU's model may fill of the marketed ones; of unified memory the system keeps a part."""
    return marketed * (0.75 if unified else 0.983)


def fits(needed: Span, memory: float) -> bool | None:
    """Return whether it fits, or None when the interval reaches across the limit."""
    if needed.high <= memory:
        return True
    return False if needed.low > memory else None
