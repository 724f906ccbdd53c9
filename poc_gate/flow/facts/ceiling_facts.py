"""Derived facts on ceilings: how fast the model can speak on this machine, and what a claim would need."""

from __future__ import annotations

from poc_gate.flow.formulas.engine_model import FIXED_TTFT, bound_time, prefill_span, step_span
from poc_gate.flow.formulas.fitted_constants import FAMILIES
from poc_gate.flow.interface import Answer, Derivation, FactView
from poc_gate.flow.reading.model_reading import (
    HARDWARE_INPUTS,
    NETWORK_INPUTS,
    read_family,
    read_hardware,
    read_network,
)
from poc_gate.flow.span import Span, as_span
from poc_gate.model.quantity import Quantity

_REFERENCE = "docs/models/decode.md; memory-bandwidth roofline, constants fitted on published cases"


def _bound_single(view: FactView) -> Answer:
    network, hardware = read_network(view), read_hardware(view, compute=False)
    speed = 1.0 / bound_time(network, hardware)
    read = network.weight_bytes * network.active_share
    return Answer(
        as_span(speed),
        f"bandwidth x devices / weight bytes of one token = {_shown(hardware.bandwidth, 'B/s')} x "
        f"{hardware.devices:g} / {_shown(read, 'B')} = {speed:.4g} tok/s",
    )


def _declared_share(view: FactView) -> Answer:
    declared, bound = view.need("model.declared_tokens_per_s", "flow.decode.bound_single")
    share = declared / bound
    return Answer(
        share,
        f"{declared.likely:.4g} tok/s / {bound.likely:.4g} tok/s: this figure needs {share.likely:.0%} of "
        "the memory's bandwidth",
    )


def _ceiling(view: FactView) -> Answer:
    network, hardware, family = read_network(view), read_hardware(view, compute=False), read_family(view)
    batch, context = view.need("model.planned_concurrency", "flow.context.resident")
    at_once = max(1.0, batch.likely)
    eta = FAMILIES[family]["reach"]
    read = network.weight_read(at_once) + at_once * context.likely * network.kv_per_token
    speed = eta * hardware.bandwidth * hardware.devices / read
    bound = 1.0 / bound_time(network, hardware, batch=at_once, context=context.likely)
    low = 1.0 / step_span(network, hardware, family, batch=at_once, context=context.likely).high
    view.assume(f"an engine of this family reaches {eta:.0%} of the memory bandwidth")
    return Answer(
        Span(speed, min(low, speed), max(bound, speed)),
        f"bandwidth x devices x reach / (weights + KV of {at_once:g} streams) = "
        f"{_shown(hardware.bandwidth, 'B/s')} x {hardware.devices:g} x {eta:.2f} / {_shown(read, 'B')} = "
        f"{speed:.4g} tok/s",
    )


def _tpot(view: FactView) -> Answer:
    network, hardware, family = read_network(view), read_hardware(view, compute=False), read_family(view)
    batch, context = view.need("model.planned_concurrency", "flow.context.resident")
    span = step_span(network, hardware, family, batch=max(1.0, batch.likely), context=context.likely)
    constants = FAMILIES[family]
    return Answer(
        span,
        f"bytes / ({constants['reach']:.2f} x bandwidth) + layers x {constants['layer'] * 1e6:.0f} us = "
        f"{span.shown('s')} per token at {max(1.0, batch.likely):g} streams",
    )


def _ttft_floor(view: FactView) -> Answer:
    network, hardware = read_network(view), read_hardware(view, compute=True)
    prompt = view.one("demand.in_tokens_p95")
    assert hardware.compute is not None
    flops = 2.0 * network.computed * prompt.likely
    floor = flops / (hardware.compute * hardware.devices)
    return Answer(
        as_span(floor),
        f"2 x active parameters x prompt / (compute x devices) = 2 x {network.computed:,.0f} x "
        f"{prompt.likely:,.0f} / ({_shown(hardware.compute, 'flop/s')} x {hardware.devices:g}) = "
        f"{_shown(floor, 's')}",
    )


def _ttft_likely(view: FactView) -> Answer:
    network, hardware, family = read_network(view), read_hardware(view, compute=True), read_family(view)
    prompt, step = view.need("demand.in_tokens_p95", "flow.tpot.likely")
    prefill = prefill_span(network, hardware, family, tokens=prompt.likely)
    span = prefill + 0.5 * step + FIXED_TTFT
    view.assume("no prefix cache; the request waits half a step to join the batch; queueing comes on top")
    return Answer(
        span,
        f"prompt phase + half a step + {FIXED_TTFT * 1000:g} ms = {prefill.shown('s')} + "
        f"{(0.5 * step).shown('s')} + {FIXED_TTFT * 1000:g} ms = {span.shown('s')}",
    )


def _crossover(view: FactView) -> Answer:
    weights, parameters = view.need("flow.weights.bytes", "model.parameters")
    hardware = read_hardware(view, compute=True)
    assert hardware.compute is not None
    batch = as_span(hardware.compute / hardware.bandwidth / 2.0) * weights / parameters
    return Answer(batch, f"compute x bytes per weight / (2 x bandwidth) = {batch.likely:.3g} streams")


def _shown(value: float, unit: str) -> str:
    return str(Quantity(value, unit))


_SPEED = (*NETWORK_INPUTS, *HARDWARE_INPUTS)

DERIVATIONS = (
    Derivation(
        "flow.decode.bound_single", "Tokens per second of one stream that no engine can exceed on this memory",
        "BW x n / W_active", _SPEED, _bound_single, "tok/s", reference=_REFERENCE,
    ),
    Derivation(
        "flow.decode.declared_share", "Share of the memory's bandwidth that the declared benchmark figure needs",
        "declared tok/s / bound", ("model.declared_tokens_per_s", "flow.decode.bound_single"), _declared_share,
        reference=_REFERENCE,
    ),
    Derivation(
        "flow.decode.ceiling", "Tokens per second that each stream can get at the planned batch, launches left out",
        "Q3: eta x BW x n / (W_read(B) + k x T x B)",
        (*_SPEED, "model.planned_concurrency", "flow.context.resident"), _ceiling, "tok/s", reference=_REFERENCE,
    ),
    Derivation(
        "flow.tpot.likely", "Likely time per output token at the planned batch",
        "(W_read(B) + k x T x B) / (eta x BW x n) + L x tau + (n > 1) 2 L alpha",
        (*_SPEED, "model.planned_concurrency", "flow.context.resident"), _tpot, "s", reference=_REFERENCE,
    ),
    Derivation(
        "flow.ttft.floor", "Time to first token that the compute rate cannot go below", "Q4: 2 x P_active x T_in / F",
        (*_SPEED, "demand.in_tokens_p95"), _ttft_floor, "s", reference="docs/models/prefill.md",
    ),
    Derivation(
        "flow.ttft.likely", "Likely time to first token of a p95 prompt, without queueing",
        "max(prefill flop / (mu F n), W / (eta BW n)) + 0.5 step + 12.5 ms",
        (*_SPEED, "demand.in_tokens_p95", "flow.tpot.likely"), _ttft_likely, "s",
        reference="docs/models/prefill.md",
    ),
    Derivation(
        "flow.decode.crossover", "Streams at which compute and no longer memory bounds a step", "F x b_w / (2 x BW)",
        ("flow.weights.bytes", "model.parameters", *HARDWARE_INPUTS), _crossover, reference=_REFERENCE,
    ),
)  # fmt: skip
"""In the order in which they build on each other."""
