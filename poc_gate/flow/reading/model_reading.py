"""Facts -> the speed model's values: the hardware of a replica and the engine family."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, hypot, inf, log

from poc_gate.flow.formulas.speed.admission import Admission, admissions
from poc_gate.flow.formulas.speed.devices.device_table import (
    launching,
    multiplying,
    peak_doubt,
    shares_memory,
    ticking,
    unpacking,
)
from poc_gate.flow.formulas.speed.devices.kernels import forms_of, is_early, may_lack_kernel
from poc_gate.flow.formulas.speed.engine_family import (
    ALTERNATIVES,
    doubles_with_half_accumulation,
    family_of,
    link_of,
    link_speed,
    most_narrow_speedup,
    narrow_speedup,
    newest,
    vendor_of,
)
from poc_gate.flow.formulas.speed.shapes import Hardware
from poc_gate.flow.interface import CannotDeriveError, FactView
from poc_gate.flow.reading.machine_reading import (
    MATRIX_RATES,
    POWER_INPUTS,
    compute_rate,
    devices_of_replica,
    is_measured,
    known_compute_rate,
    memory_bandwidth,
    power_pace,
    runs_on_host,
    was_measured_as_planned,
)
from poc_gate.flow.span import Span
from poc_gate.model.engines.serving_engines import serving_engine

HARDWARE_INPUTS = (
    "target.device",
    "target.count",
    "target.link",
    "model.engine",
    "model.engine_version",
    "model.tensor_parallel",
    "model.weight_bits",
    "model.precision",
    "model.quantised_by",
    "model.eager",
    "model.guessed_tokens",
    "machine.accelerators.memory_total",
    "machine.accelerators.name",
    "machine.accelerators.memory_bandwidth",
    "machine.accelerators.compute_half",
    "machine.memory.read_all",
    "machine.cpu.microarchitecture",
    *POWER_INPUTS,
    *MATRIX_RATES,
)


def read_hardware(view: FactView, *, compute: bool) -> Hardware:
    """Return the devices that share each layer; `compute` says that their flop/s must be known."""
    bandwidth = memory_bandwidth(view)
    device = device_name(view)
    known = compute_rate(view) if compute else known_compute_rate(view)
    family = newest(read_family(view))
    sums_in_half = family in {"llama.cpp25", "llama.cpp", "fused"}
    doubled = device != "" and doubles_with_half_accumulation(device) and sums_in_half
    may_double = (
        sums_in_half if not device else family == "unknown" and doubles_with_half_accumulation(device)
    )
    faster, form, narrower = _number_format(view, device)
    sharing, most = sharing_devices(view)
    ahead = view.maybe("model.guessed_tokens")
    guessed = ahead.likely if ahead else 0.0
    return Hardware(
        bandwidth=bandwidth.likely,
        compute=known.likely * faster * (2.0 if doubled else 1.0) if known else None,
        devices=sharing,
        precision=form,
        link=link_of(view.text("target.link"), device),
        link_speed=link_speed(device),
        vendor=vendor_of(device),
        most_devices=most,
        narrower=max(narrower, 2.0) if may_double else narrower,
        unpacking=unpacking(device, cuda=vendor_of(device) not in {"amd", "intel"}),
        multiplying=multiplying(device),
        ticking=ticking(device),
        shared=shares_memory(device),
        launching=launching(device),
        mlx=_on_mlx(view, device),
        early=is_early(device, vendor_of(device)),
        own_kernels=serving_engine(view.text("model.engine")).made_by == (vendor_of(device) or None),
        written_out=None if _may_lack_kernel(view, device) else False,
        singly=None if view.flag("model.eager") and serves(family) else False,
        guessed=guessed,
        kept=None if guessed > 0 else 1.0,
        pace=1.0 if runs_on_host(view) else power_pace(view),
        sampling=None
        if view.text("model.engine") in {"", "other"}
        else serving_engine(view.text("model.engine")).sampling,
        wrapped=serving_engine(view.text("model.engine")).wraps,
        rated=not was_measured_as_planned(view),
        doubt=1.0 if is_measured(view, "machine.accelerators.compute_half") else peak_doubt(device),
    )


def _on_mlx(view: FactView, device: str) -> bool | None:
    """Return whether the engine is built on MLX; None where nobody says which engine runs on Apple silicon."""
    engine = view.text("model.engine")
    if vendor_of(device) != "apple" or "llama" in engine:
        return False
    return True if serving_engine(engine).family == "apple" else None


def serves(family: str) -> bool:
    """Return whether engines of a family replay a step as one graph unless they are kept from it."""
    return family.startswith("server")


def _may_lack_kernel(view: FactView, device: str) -> bool:
    """Return whether the engine may have no kernel for the weights on this device."""
    weights, parameters = view.maybe("flow.weights.bytes"), view.maybe("model.parameters")
    known = weights is not None and parameters is not None and parameters.likely > 0
    bits = 8.0 * weights.likely / parameters.likely if known and weights and parameters else None
    forms = forms_of(view.text("model.quantised_by"), view.text("model.precision"), bits)
    return may_lack_kernel(view.text("model.engine"), read_family(view), device, vendor_of(device), forms)


_UNPACKING = ("llama.cpp", "apple", "portable", "unified")


def _number_format(view: FactView, device: str) -> tuple[float, str, float]:
    """Return how much faster than in half precision the weights are multiplied, the format, and how much more may be open.

    A format that nobody states may be any that weights of their bits have and the device has units for; engines for one
    user unpack them to half precision whatever they are.
    """
    if runs_on_host(view):
        return 1.0, "fp16", 1.0
    stated, family = view.text("model.precision"), read_family(view)
    if family.startswith(_UNPACKING):
        return 1.0, "fp16", 1.0
    if stated and device:
        found = narrow_speedup(stated, device)
        unpacked = family == "unknown"  # the engine may be one that unpacks to half precision
        return (1.0, "fp16", found[0]) if unpacked else (*found, 1.0)
    if stated:
        return 1.0, "fp16", narrow_speedup(stated, "b200")[0]
    weights, parameters = view.maybe("flow.weights.bytes"), view.maybe("model.parameters")
    if weights is None or parameters is None or parameters.likely <= 0:
        return 1.0, "fp16", 1.0
    return 1.0, "fp16", most_narrow_speedup(8.0 * weights.likely / parameters.likely, device)


def device_name(view: FactView) -> str:
    """Return the name of the device: as declared, else as the driver names it."""
    declared = view.text("target.device")
    return declared or view.text("machine.accelerators.name")


def sharing_devices(view: FactView) -> tuple[float, float]:
    """Return how many devices work on each layer at the same time, the tensor-parallel degree, and how many may; 0 if known.

    Where it is not stated it is at least one device, the slower reading, and may be all. Raises
    CannotDeriveError when it is more than the devices that a replica has.
    """
    if runs_on_host(view):
        return 1.0, 0.0
    stated, present = view.maybe("model.tensor_parallel"), view.maybe("target.count")
    if stated is not None:
        if present is not None and stated.likely > max(1.0, present.likely):
            raise CannotDeriveError(
                f"model.tensor_parallel is {stated.likely:g} and target.count {present.likely:g}: a layer cannot be "
                "split over more devices than a replica has, one of them is wrong"
            )
        return max(1.0, stated.likely), 0.0
    present_devices = devices_of_replica(view)
    if present_devices > 1:
        view.assume("several devices split the layers without speeding up a stream (model.tensor_parallel)")
    return 1.0, present_devices if present_devices > 1 else 0.0


def pooled(view: FactView, hardware: Hardware) -> Hardware:
    """Return the devices whose throughput adds up: those that share layers, times the stages of a pipeline."""
    stages = view.maybe("model.pipeline_parallel")
    if stages is not None:
        return hardware._replace(devices=hardware.devices * stages.likely)
    present = 1.0 if runs_on_host(view) else devices_of_replica(view)
    return hardware._replace(most_devices=present) if present > hardware.devices else hardware


def read_admissions(view: FactView) -> list[Admission]:
    """Return every case of how many requests the engine admits at once and what its own process spends on each."""
    most, memory = view.maybe("model.max_concurrency"), view.one("flow.device_memory.capacity")
    each = memory.likely / devices_of_replica(view)
    engine, version = view.text("model.engine"), view.text("model.engine_version")
    return admissions(engine, version, device_name(view), each, most.likely if most else None)


def read_family(view: FactView) -> str:
    """Return the engine family; `unknown`, with wider intervals, when the engine is not stated."""
    engine, version = view.text("model.engine"), view.text("model.engine_version")
    if runs_on_host(view):
        return family_of(engine or "cpu", "cpu", version)
    family = family_of(engine, device_name(view), version)
    if family.startswith("llama.cpp") and not device_name(view):
        return "llama.cpp-anywhere"
    if family == "eager" and not device_name(view):
        return "eager-anywhere"
    if family == "unknown":
        view.assume("the engine is not known: efficiency 0.2 to 0.95 of the memory bandwidth (model.engine)")
    if family in ALTERNATIVES:
        view.assume(
            "engines before 2025 need longer for a step than those since (model.engine_version is not stated)"
        )
    return family


BUSY = (0.5, 12.0)
"""Least and most time, over that by the rates measured, on a processor that other work held while it was measured: it may be
free later, and threads that wait for one another at every layer lose a scheduler's slice whenever one of them is put aside
(real runs at a load of 3 to 12 on two processors took up to eleven times as long, docs/models/README.md)."""


def carried(view: FactView, hardware: Hardware, time: Callable[[Hardware], Span]) -> Span:
    """Return a time on this hardware with the intervals of the rates that it rests on carried through.

    Both count, memory bandwidth and compute: the time is taken again where both lie at their upper and at their lower ends.
    Rates that were measured stably and the model err apart, so their factors add like independent errors; the interval of
    a rate that was not stable is carried whole.
    """
    span = _over_rates(view, hardware, time)
    if not (runs_on_host(view) and _was_busy(view)):
        return span
    view.outside(
        "other work held the processor while it was measured: threads that wait for one another may take many times as long "
        "then (poc-gate probe on a quiet machine)"
    )
    alone = time(hardware).widened(*BUSY)
    return Span(span.likely, min(span.low, alone.low), max(span.high, alone.high))


def _was_busy(view: FactView) -> bool:
    """Return whether other work held the processor: then a matrix rate, which has nothing else to wait for, is unstable.

    Memory rates are also unstable where a cache is larger than what was read, on a machine that nobody else uses.
    """
    return any(view.fact(name).stable is False for name in MATRIX_RATES)


def _over_rates(view: FactView, hardware: Hardware, time: Callable[[Hardware], Span]) -> Span:
    span = time(hardware)
    bandwidth, compute = memory_bandwidth(view), known_compute_rate(view)
    if bandwidth.likely <= 0:
        return span
    best = _scaled(hardware, bandwidth.high / bandwidth.likely, _end(compute, "high"))
    slow = _scaled(hardware, bandwidth.low / bandwidth.likely, _end(compute, "low"))
    whole = any(view.fact(name).stable is False for name in _RATES)
    low, high = span.low, span.high
    if best != hardware:
        low = min(low, _together(span.likely, low, time(best), "low", whole=whole))
    if slow != hardware:
        stands = slow.bandwidth <= 0 or (slow.compute is not None and slow.compute <= 0)
        high = inf if stands else max(high, _together(span.likely, high, time(slow), "high", whole=whole))
    return Span(span.likely, low, high)


_RATES = (
    *MATRIX_RATES, "machine.memory.read_all", "machine.accelerators.memory_bandwidth", "machine.accelerators.compute_half",
)  # fmt: skip


def _together(likely: float, end: float, moved: Span, name: str, *, whole: bool) -> float:
    """Return an end of a time whose rates may be elsewhere, where the time is `moved`: at most the moved time's own end."""
    furthest = float(getattr(moved, name))
    if whole or not (0 < likely < inf and 0 < end < inf and 0 < furthest < inf):
        return furthest
    factor = exp(hypot(log(end / likely), log(moved.likely / likely)))
    return max(furthest, likely / factor) if name == "low" else min(furthest, likely * factor)


def _end(rate: Span | None, end: str) -> float:
    return 1.0 if rate is None or rate.likely <= 0 else float(getattr(rate, end)) / rate.likely


def _scaled(hardware: Hardware, bandwidth: float, compute: float) -> Hardware:
    known = hardware.compute
    return hardware._replace(
        bandwidth=hardware.bandwidth * bandwidth, compute=None if known is None else known * compute
    )
