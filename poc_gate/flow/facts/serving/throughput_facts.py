"""Derived facts on the throughput of serving a language model: static batches, saturation, and the limit of compute."""

from __future__ import annotations

from collections.abc import Callable

from poc_gate.flow.formulas.speed.serving import Batch, Room, batch_span, saturated_span
from poc_gate.flow.formulas.speed.shapes import Hardware
from poc_gate.flow.interface import CannotDeriveError, Derivation, DerivedValue, FactView
from poc_gate.flow.reading.domain import tell_batch_domain, tell_load_domain
from poc_gate.flow.reading.machine_reading import MACHINE_INPUTS
from poc_gate.flow.reading.model_reading import (
    HARDWARE_INPUTS,
    carried,
    pooled,
    read_admissions,
    read_family,
    read_hardware,
)
from poc_gate.flow.reading.network_reading import NETWORK_INPUTS, read_network
from poc_gate.flow.reading.slots import SLOT_INPUTS, slotted
from poc_gate.flow.span import Span, as_span

_REFERENCE = "docs/models/serving.md; constants fitted on published cases"


def _batch_rate(view: FactView) -> DerivedValue:
    network, hardware = read_network(view), read_hardware(view, compute=False)
    size, prompt, answer = view.need(
        "model.planned_concurrency", "demand.in_tokens_p95", "demand.out_tokens_p95"
    )
    batch = Batch(max(1.0, size.likely), prompt.likely, answer.likely)
    if batch.size > 1:
        hardware = pooled(view, hardware)
    family = read_family(view)

    def span(size: float) -> Span:
        one = batch._replace(size=size)
        return carried(view, hardware, lambda machine: batch_span(network, machine, family, one))

    tell_batch_domain(view, network, hardware, family, batch.size, batch.prompt)
    fits, tokens = view.maybe("flow.concurrency.max"), batch.size * answer.likely
    held = _at_once(view, batch.size, fits)
    if held.low >= batch.size:
        time = span(batch.size)
        return DerivedValue(
            tokens / time,
            f"{batch.size:g} x {answer.likely:,.0f} tok / {time.shown('s')} from first prompt to last token",
        )
    found, best = (size * answer.likely / span(size) for size in (held.likely, held.high))
    low = min((tokens / in_waves(batch.size, size, span)).low for size in (held.low, held.likely))
    return DerivedValue(
        Span(found.likely, min(found.low, low), max(found.high, best.high)),
        f"{held.likely:,.0f} at once x {answer.likely:,.0f} tok / {span(held.likely).shown('s')}, the others join as room gets free, or "
        "start together as the next batch",
    )


def _at_once(view: FactView, size: float, fits: Span | None) -> Span:
    """Return how many of `size` requests run at once: by what memory holds, and by the slots that the engine has."""
    if fits is None:
        held = Span(size, 1.0, size)
        if size > 1:
            view.outside(f"whether memory holds {size:g} requests at once is not known")
    elif fits.likely >= size or fits.likely < 1:
        held = as_span(size)
    else:
        held = fits.at_least(1.0).capped(size)
        view.outside(
            f"memory likely holds {held.likely:,.0f} of the {size:g} requests at once, so the others wait"
        )
    return slotted(view, held)


def in_waves(size: float, held: float, time: Callable[[float], Span]) -> Span:
    """Return the seconds of `size` requests of which `held` run at once: as many full batches as there are, and one of the rest."""
    waves, rest = divmod(size, held)
    whole = waves * time(held)
    return whole + time(rest) if rest >= 1 else whole


def _saturated_rate(view: FactView) -> DerivedValue:
    network, hardware = read_network(view), pooled(view, read_hardware(view, compute=False))
    memory, prompt, answer = view.need(
        "flow.device_memory.capacity", "demand.in_tokens_p95", "demand.out_tokens_p95"
    )
    share = view.maybe("model.kv_utilisation")
    room, lengths = (
        Room(memory.likely, share.likely if share else None),
        Batch(0.0, prompt.likely, answer.likely),
    )
    admitted = read_admissions(view)
    if saturated_span(network, hardware, room, lengths, admitted) is None:
        raise CannotDeriveError("the weights leave no memory for a single sequence")

    def time(one: Hardware) -> Span:
        each = saturated_span(network, one, room, lengths, admitted)
        assert each is not None
        return each

    span = carried(view, hardware, time)
    tell_load_domain(view, network, hardware, read_family(view))
    return DerivedValue(
        answer.likely / span,
        f"as many requests as memory holds: {answer.likely:,.0f} tok every {span.shown('s')}",
    )


def _rate_limit(view: FactView) -> DerivedValue:
    network, hardware = read_network(view), pooled(view, read_hardware(view, compute=True))
    assert hardware.compute is not None
    best = hardware.fastest
    limit, slower = (
        (each.compute or 0.0) * each.devices / (2.0 * network.computed) for each in (best, hardware)
    )
    return DerivedValue(
        Span(limit, slower, limit), f"compute x devices / (2 x active parameters) = {limit:.4g} tok/s"
    )


_SPEED = (*NETWORK_INPUTS, *HARDWARE_INPUTS, "model.pipeline_parallel")
_LENGTHS = ("demand.in_tokens_p95", "demand.out_tokens_p95")

DERIVATIONS = (
    Derivation(
        "flow.serving.batch_rate", "Output tokens per second of one replica that runs the planned concurrency as one batch",
        "B x T_out / (prefill + T_out x step(B))", (*_SPEED, *_LENGTHS, *SLOT_INPUTS, "model.planned_concurrency", "flow.concurrency.max"), _batch_rate, "tok/s",
        reference=_REFERENCE,
    ),
    Derivation(
        "flow.serving.saturated_rate", "Output tokens per second of one replica under more load than it can take",
        "B x T_out / (prefill + T_out x step(B)) with B = all that memory holds",
        (*_SPEED, *_LENGTHS, "flow.device_memory.capacity", "model.max_concurrency", "model.kv_utilisation", *MACHINE_INPUTS),
        _saturated_rate, "tok/s", reference=_REFERENCE,
    ),
    Derivation(
        "flow.serving.rate_limit", "Output tokens per second of one replica that no engine can exceed", "F x n / (2 P_act)",
        _SPEED, _rate_limit, "tok/s", reference=_REFERENCE,
    ),
)  # fmt: skip
"""In the order in which they build on each other."""
