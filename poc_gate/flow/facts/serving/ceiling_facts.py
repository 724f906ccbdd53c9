"""Derived facts on ceilings: how fast the model can speak on this machine, and what a claim would need."""

from __future__ import annotations

from poc_gate.flow.formulas.footprints import NARROWEST, body_bits, wider_bytes
from poc_gate.flow.formulas.speed.engine_family import newest
from poc_gate.flow.formulas.speed.engine_model import (
    FIXED_TTFT,
    bound_time,
    compute_reached,
    step_span,
)
from poc_gate.flow.formulas.speed.fitted_constants import FAMILIES, KINDS
from poc_gate.flow.formulas.speed.prompt_phase import least_flops, prefill_span
from poc_gate.flow.formulas.speed.shapes import Network
from poc_gate.flow.interface import Derivation, DerivedValue, FactView
from poc_gate.flow.reading.domain import tell_batch_domain, tell_prompt_domain
from poc_gate.flow.reading.model_reading import HARDWARE_INPUTS, carried, read_family, read_hardware
from poc_gate.flow.reading.network_reading import NETWORK_INPUTS, read_network
from poc_gate.flow.span import Span, as_span
from poc_gate.model.quantity import Quantity

_REFERENCE = "docs/models/decode.md; memory-bandwidth roofline, constants fitted on published cases"


def _bound_single(view: FactView) -> DerivedValue:
    network, hardware = read_network(view), read_hardware(view, compute=False)
    weights, best = view.one("flow.weights.bytes"), hardware.fastest
    stated = view.text("model.precision")
    bits = body_bits(stated)
    least = _of_size(network, weights.low, bits if stated else NARROWEST)
    most = _of_size(network, weights.high, bits)
    speed, slowest = 1.0 / bound_time(least, best), 1.0 / bound_time(most, hardware)
    read = least.least_read
    return DerivedValue(
        Span(speed, slowest, speed),
        f"bandwidth x devices / weight bytes of one token = {_shown(best.bandwidth, 'B/s')} x "
        f"{best.devices:g} / {_shown(read, 'B')} = {speed:.4g} tok/s",
    )


def _of_size(network: Network, size: float, bits: float | None) -> Network:
    """Return the network with weights of another size, of which all but what is stored wider takes `bits`."""
    shape = (network.parameters, bits, network.layers, network.active_parameters) if bits else None
    return network._replace(weight_bytes=size, wider_bytes=wider_bytes(size, *shape) if shape else 0.0)


def _declared_share(view: FactView) -> DerivedValue:
    bound = view.one("flow.decode.bound_single")
    declared = view.first("model.declared_tokens_per_s", "slo.tokens_per_s_stream")
    share = declared / bound
    return DerivedValue(
        share,
        f"{declared.likely:.4g} tok/s / {bound.likely:.4g} tok/s: this figure needs {share.likely:.0%} of "
        "the memory's bandwidth",
    )


def _ceiling(view: FactView) -> DerivedValue:
    network, hardware, family = read_network(view), read_hardware(view, compute=False), read_family(view)
    batch, context = view.need("model.planned_concurrency", "flow.context.resident")
    at_once = max(1.0, batch.likely)
    newer = newest(family)
    eta = FAMILIES[newer]["reach"]
    read = network.weight_read(at_once) / hardware.devices
    read += at_once * context.likely * network.kv_per_token / network.kv_parts(hardware.devices)
    memory = eta * hardware.bandwidth / read
    reached = compute_reached(hardware, newer, at_once)
    speed = memory if reached is None else min(memory, reached / (2.0 * network.computed * at_once))
    bound = 1.0 / bound_time(network, hardware.fastest, batch=at_once, context=context.likely)
    step = carried(
        view, hardware, lambda one: step_span(network, one, family, batch=at_once, context=context.likely)
    )
    tell_batch_domain(view, network, hardware, family, at_once, context.likely)
    view.assume(f"an engine of this family reaches {eta:.0%} of the memory bandwidth")
    limit = (
        f"{_shown(reached, 'flop/s')} / (2 x parameters x {at_once:g})" if speed < memory and reached else ""
    )
    return DerivedValue(
        Span(speed, min(1.0 / step.high, speed), max(bound, speed)),
        f"bandwidth x reach / (weights + KV of {at_once:g} streams, of one device) = "
        f"{_shown(hardware.bandwidth, 'B/s')} x {eta:.2f} / {_shown(read, 'B')} = {memory:.4g} tok/s"
        f"{f'; compute allows {limit} = {speed:.4g} tok/s' if limit else ''}",
    )


def _tpot(view: FactView) -> DerivedValue:
    network, hardware, family = read_network(view), read_hardware(view, compute=False), read_family(view)
    batch, context = view.need("model.planned_concurrency", "flow.context.resident")
    at_once = max(1.0, batch.likely)
    span = carried(
        view, hardware, lambda one: step_span(network, one, family, batch=at_once, context=context.likely)
    )
    tell_batch_domain(view, network, hardware, family, at_once, context.likely)
    constants = FAMILIES[newest(family)]
    return DerivedValue(
        span,
        f"bytes / ({constants['reach']:.2f} x bandwidth) + layers x {constants['layer'] * 1e6:.0f} us = "
        f"{span.shown('s')} per token at {at_once:g} streams",
    )


def _prefill(view: FactView) -> DerivedValue:
    network, hardware, family = read_network(view), read_hardware(view, compute=True), read_family(view)
    prompt = view.one("demand.in_tokens_p95")
    span = carried(view, hardware, lambda one: prefill_span(network, one, family, tokens=prompt.likely))
    tell_prompt_domain(view, network, hardware, family)
    return DerivedValue(span, f"prompt of {prompt.likely:,.0f} tok alone = {span.shown('s')}")


def _ttft_floor(view: FactView) -> DerivedValue:
    network, hardware = read_network(view), read_hardware(view, compute=True)
    prompt = view.one("demand.in_tokens_p95")
    best = hardware.fastest
    assert hardware.compute is not None
    assert best.compute is not None
    flops = least_flops(network, prompt.likely)
    floor = flops / (best.compute * best.devices)
    return DerivedValue(
        Span(floor, floor, flops / (hardware.compute * hardware.devices)),
        f"2 x multiplied parameters x prompt / (compute x devices) = {_shown(flops, 'flop')} / "
        f"({_shown(best.compute, 'flop/s')} x {best.devices:g}) = {_shown(floor, 's')}",
    )


def _ttft_likely(view: FactView) -> DerivedValue:
    network, hardware, family = read_network(view), read_hardware(view, compute=True), read_family(view)
    prompt, step, planned = view.need("demand.in_tokens_p95", "flow.tpot.likely", "model.planned_concurrency")
    prefill = carried(view, hardware, lambda one: prefill_span(network, one, family, tokens=prompt.likely))
    tell_prompt_domain(view, network, hardware, family)
    # Alone, no step of others has to end first.
    alone = planned.likely <= 1
    waiting = as_span(0.0) if alone else 0.5 * step
    fixed = Span(KINDS["prefill"]["fixed"], 0.0, FIXED_TTFT) if alone else as_span(FIXED_TTFT)
    span = prefill + waiting + fixed
    view.assume("no prefix cache; the request waits half a step to join the batch; queueing comes on top")
    return DerivedValue(
        span,
        f"prompt phase + half a step of others + scheduling = {prefill.shown('s')} + "
        f"{waiting.shown('s')} + {fixed.shown('s')} = {span.shown('s')}",
    )


def _crossover(view: FactView) -> DerivedValue:
    weights, parameters = view.need("flow.weights.bytes", "model.parameters")
    hardware = read_hardware(view, compute=True)
    assert hardware.compute is not None
    batch = as_span(hardware.compute / hardware.bandwidth / 2.0) * weights / parameters
    return DerivedValue(batch, f"compute x bytes per weight / (2 x bandwidth) = {batch.likely:.3g} streams")


def _shown(value: float, unit: str) -> str:
    return str(Quantity(value, unit))


_SPEED = (*NETWORK_INPUTS, *HARDWARE_INPUTS)

DERIVATIONS = (
    Derivation(
        "flow.decode.bound_single", "Tokens per second of one stream that no engine can exceed on this memory",
        "BW x n / W_active", _SPEED, _bound_single, "tok/s", reference=_REFERENCE,
    ),
    Derivation(
        "flow.decode.declared_share", "Share of the memory's bandwidth that the speed relied on needs: the declared figure, else the promise",
        "(declared or promised) tok/s / bound",
        ("model.declared_tokens_per_s", "slo.tokens_per_s_stream", "flow.decode.bound_single"), _declared_share,
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
        "flow.prefill.time", "Likely time of the prompt phase of a p95 prompt on an idle replica",
        "max(prefill flop / (mu F n) + L tau, one step)", (*_SPEED, "demand.in_tokens_p95"), _prefill, "s",
        reference="docs/models/prefill.md",
    ),
    Derivation(
        "flow.ttft.likely", "Likely time to first token of a p95 prompt, without queueing",
        "max(prefill flop / (mu F n), W / (eta BW n)) + 0.5 step + 12.5 ms (alone: + 3 ms)",
        (*_SPEED, "demand.in_tokens_p95", "flow.tpot.likely", "model.planned_concurrency"), _ttft_likely, "s",
        reference="docs/models/prefill.md",
    ),
    Derivation(
        "flow.decode.crossover", "Streams at which compute and no longer memory bounds a step", "F x b_w / (2 x BW)",
        ("flow.weights.bytes", "model.parameters", *HARDWARE_INPUTS), _crossover, reference=_REFERENCE,
    ),
)  # fmt: skip
"""In the order in which they build on each other."""
