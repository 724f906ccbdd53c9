"""Throughput of language-model serving: static batches, offline saturation, runs under open load."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from poc_gate.flow.formulas.speed.admission import Admission
from poc_gate.flow.formulas.speed.engine_model import bound_time, compute_reached, step_parts, step_time
from poc_gate.flow.formulas.speed.family_constants import MIXED, slower_by, slower_experts
from poc_gate.flow.formulas.speed.fitted_constants import FAMILIES, KINDS
from poc_gate.flow.formulas.speed.grounds import factors, processor_interval, widenings
from poc_gate.flow.formulas.speed.prompt_phase import (
    least_flops,
    prefill_bound,
    prefill_flops,
    prefill_time,
    prompt_exchange,
)
from poc_gate.flow.formulas.speed.shapes import Hardware, Network
from poc_gate.flow.formulas.speed.worlds import hull, over_engines, worlds
from poc_gate.flow.span import Span
from poc_gate.model.engines.engine_row import MOST_ADMITTED


class Batch(NamedTuple):
    """Requests that run together: how many, and their lengths in tokens."""

    size: float
    prompt: float
    answer: float


class Room(NamedTuple):
    """Memory of a replica in bytes over all devices, and the share of it that the engine may use."""

    memory: float
    share: float | None = None

    def usable(self) -> float:
        """Return the bytes that weights and cache may take."""
        return self.memory * (self.share or KINDS["serve_max"]["share"])


def batch_time(network: Network, hardware: Hardware, family: str, batch: Batch) -> float:
    """Return the seconds from the first prompt to the last token of a static batch."""
    prompt = 0.0
    if hardware.compute is not None and batch.prompt > 0:
        prompt = prefill_time(network, hardware, family, tokens=batch.prompt, batch=batch.size)
    context = batch.prompt + batch.answer / 2.0
    return prompt + batch.answer * step_time(network, hardware, family, batch=batch.size, context=context)


def saturated_time(network: Network, hardware: Hardware, family: str, batch: Batch) -> float:
    """Return the seconds that a full server needs for as many requests as it holds at once.

    Prompts of some are computed while others decode: of all reading and all computing the longer one counts, and of
    the shorter the share that does not hide (`apart`).
    """
    context = batch.prompt + batch.answer / 2.0
    parts = step_parts(network, hardware, family, batch=batch.size, context=context)
    rate = compute_reached(hardware, family, batch.size)
    prompts = 0.0 if rate is None else batch.size * prefill_flops(network, batch.prompt) / rate
    reading, computing = batch.answer * parts.reading, batch.answer * parts.computing + prompts
    constants = FAMILIES[family]
    shown = constants["apart"] * min(reading, computing)
    waiting = batch.answer * (parts.launching + parts.exchanging) + parts.launching
    waiting += prompt_exchange(network, hardware, family, batch.size * batch.prompt)
    return max(reading, computing) + shown + waiting


def batch_bound(network: Network, hardware: Hardware, batch: Batch) -> float:
    """Return the seconds that no engine can go below for a static batch."""
    prompt = 0.0
    if hardware.most_compute is not None:
        flops = batch.size * least_flops(network, batch.prompt)
        prompt = flops / (hardware.most_compute * hardware.devices)
    elif batch.prompt > 0:
        prompt = prefill_bound(network, hardware, tokens=batch.prompt)
    context = batch.prompt + batch.answer / 2.0
    return prompt + batch.answer * bound_time(network, hardware, batch=batch.size, context=context)


def static_family(family: str, hardware: Hardware, network: Network) -> str:
    """Return the constants that hold for a batch which starts and ends together, by engine family, vendor and model."""
    if not family.startswith("server") and family not in {"fused", "unknown"}:
        return family
    name = "static-amd" if hardware.vendor in {"amd", "intel"} else "static"
    return name + MIXED if network.active_share < 1 else name


def saturated_family(network: Network, hardware: Hardware) -> str:
    """Return the constants that hold under more load than a replica can take, by model and vendor."""
    if hardware.vendor in {"amd", "intel"}:
        return "saturated-amd-moe" if network.active_share < 1 else "saturated-amd"
    return "saturated_moe" if network.active_share < 1 else "saturated"


def saturated_interval(family: str) -> str:
    """Return the name of the interval that holds for those constants."""
    return family.replace("saturated", "serve_max").replace("-", "_")


def saturated_batch(
    room: Room, network: Network, devices: float, lengths: Batch, *, most: float = MOST_ADMITTED
) -> float:
    """Return the sequences that fit at once into the room, at most as many as the engine admits.

    Sequences join and leave all the time, so one holds its prompt and half its answer on average. Zero
    when the weights alone do not fit.
    """
    left = room.usable() - network.weight_bytes
    copies = devices / network.kv_parts(devices)
    held = (lengths.prompt + lengths.answer / 2.0) * network.kv_per_token * copies
    if left <= 0:
        return 0.0
    return min(most, left / held) if held > 0 else most


def between(likely: float, floor: float, *intervals: str) -> Span:
    """Return a time with the widest of the named intervals, never below the floor."""
    low, high = factors(*intervals)
    likely = max(likely, floor)
    return Span(likely, max(floor, likely * low), likely * high)


def batch_span(network: Network, hardware: Hardware, family: str, batch: Batch) -> Span:
    """Return the seconds of a static batch from its first prompt to its last token; `hardware` is all that adds up."""
    every = worlds(network, hardware, family, batches=True)
    if len(every) > 1:
        return hull(batch_span(*world, batch) for world in every)
    alone = batch.size <= 1 and family != "server-native"
    time = batch_time(network, hardware, family if alone else static_family(family, hardware, network), batch)
    if network.latent:
        time *= slower_by(network, family, hardware.vendor, own=hardware.own_kernels)
    elif family.startswith("server") and not hardware.own_kernels:
        time *= slower_experts(network, hardware.vendor)
    if family == "server" and not alone:
        # A scheduler in Python between two steps costs a batch at least what it costs one stream.
        time = max(time, batch_time(network, hardware, family, batch))
    if family in {"server", "server25"} and not alone:
        # Between two steps the engine's own process hands on every token of the batch, and the device waits.
        time += batch.size * batch.answer * KINDS["front"]["token"]
    span = between(
        time,
        batch_bound(network, hardware, batch),
        _batch_interval(family, hardware, batch, network),
        *widenings(network, hardware, family, batch=True, several=batch.size > 1),
    )
    return over_engines(span, family, hardware, lambda name: batch_span(network, hardware, name, batch))


SMALL_ON_AMD = 2e10
"""Parameters below which no static batch on AMD or Intel devices was fitted."""


def _batch_interval(family: str, hardware: Hardware, batch: Batch, network: Network) -> str:
    if hardware.devices > 1 and hardware.link == "pcie":
        return "decode-pcie"
    if family.startswith("cpu"):
        return processor_interval(network, hardware, family)
    if family in {"unknown", "eager", "unified", "apple25"} or family.startswith("portable"):
        return f"decode-{family}"
    other = hardware.vendor in {"amd", "intel"}
    cases = (
        (network.latent is True and not hardware.own_kernels, "decode-mixture"),
        (batch.size <= 1, "generate-others" if other else "generate"),
        (other and network.computed < SMALL_ON_AMD, "serve_amd_small"),
        (other, "serve_amd"),
        (family == "server", "serve-python"),
    )
    return next((name for holds, name in cases if holds), "serve")


def saturated_span(
    network: Network,
    hardware: Hardware,
    room: Room,
    lengths: Batch,
    admitted: Sequence[Admission] = (Admission(),),
) -> Span | None:
    """Return the seconds per request of a replica with as many at once as its memory holds; None when it holds none.

    `admitted` are all cases that the engine may be; a server that cannot hand on tokens fast enough bounds the rate.
    """
    cases = [
        _saturated(one, machine, room, lengths, case)
        for one, machine, _ in worlds(network, hardware, "server25", batches=True)
        for case in admitted
    ]
    held = [case for case in cases if case is not None]
    return (held[0] if len(held) == 1 else hull(held)) if held else None


def _saturated(
    network: Network, hardware: Hardware, room: Room, lengths: Batch, admitted: Admission
) -> Span | None:
    prompt, answer = lengths.prompt, lengths.answer
    size = saturated_batch(room, network, hardware.devices, lengths, most=admitted.most)
    if size < 1:
        return None
    family = saturated_family(network, hardware)
    time = saturated_time(network, hardware, family, Batch(size, prompt, answer)) / size
    each = max(1.0, (prompt + answer / 2.0) * network.kv_per_token)
    most = max(size, 2.0 * MOST_ADMITTED, (room.memory - network.weight_bytes) / each)
    floor = batch_bound(network, hardware, Batch(most, prompt, answer)) / most
    names = saturated_interval(family), *widenings(network, hardware, family)
    return between(max(time, admitted.own_time(answer)), floor, *names)
