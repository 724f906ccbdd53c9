"""Copies and kernels on every idle device -> measured rates; of several devices the slowest stands in for all."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from poc_gate.inputs.probe.accelerator.accelerator_facts import FACTS
from poc_gate.inputs.probe.accelerator.cublas_rate import SIDE, find_cublas, matrix_rates
from poc_gate.inputs.probe.accelerator.cuda_driver import CudaDriver, CudaFault
from poc_gate.inputs.probe.accelerator.cuda_session import Session, open_session
from poc_gate.inputs.probe.accelerator.nvml_devices import Device
from poc_gate.inputs.probe.interface import ProbeContext, absent
from poc_gate.inputs.probe.sampling import summarise
from poc_gate.model.measurement import Measurement
from poc_gate.model.quantity import Quantity

_SPECS = {spec.name.removeprefix("machine.accelerators."): spec for spec in FACTS}
_COPY = {"quick": 64 << 20, "default": 128 << 20, "thorough": 512 << 20}
_SAMPLES = {"quick": 3, "default": 5, "thorough": 21}
_REPEATS = 4
_READ = 1 << 30
_INSIDE = "device copy"
"""A rate that has no fact of its own: it stands in the details of the read bandwidth."""
_UNSTABLE = 0.10
Rates = dict[str, tuple[float, ...]]


def measure_rates(
    context: ProbeContext, devices: tuple[Device, ...], library: CudaDriver | None = None
) -> tuple[dict[str, Measurement], tuple[str, ...]]:
    """Return the measured facts by short name, and notes; without the compute library every fact says why it is absent."""
    try:
        driver = library or CudaDriver()
        numbers = driver.devices()
    except CudaFault as fault:
        return {}, (f"accelerator rates were not measured: {fault}",)
    notes: list[str] = []
    slowest: dict[str, tuple[Device, tuple[float, ...]]] = {}
    for done, device in enumerate(devices):
        context.progress(f"accelerator {device.index}", done / len(devices))
        number = numbers.get(_bus(device.bus))
        if number is None:
            notes.append(
                f"accelerator {device.index} is hidden from the compute library (CUDA_VISIBLE_DEVICES, MIG)"
            )
            continue
        rates, refused = _device_rates(context, driver, number)
        notes += [f"accelerator {device.index}: {words}" for words in refused]
        for name, samples in rates.items():
            if name not in slowest or max(samples) < max(slowest[name][1]):
                slowest[name] = (device, samples)
    peers, refused = _peers(
        context, driver, [numbers[_bus(d.bus)] for d in devices if _bus(d.bus) in numbers]
    )
    notes += refused
    copies = slowest.pop(_INSIDE, None)
    found = {name: _measured(name, samples, device) for name, (device, samples) in slowest.items()}
    if copies and "memory_bandwidth" in found:
        words = f"{summarise(copies[1], higher_is_better=True).median / 1e9:.0f} GB/s, bytes counted twice"
        found["memory_bandwidth"].details["copy inside the device"] = words
    if peers:
        found["peer_bandwidth"] = _measured("peer_bandwidth", peers, None)
    elif len(devices) < 2:
        found["peer_bandwidth"] = absent(_SPECS["peer_bandwidth"], "needs a second device")
    if "compute_half" not in found:
        found["compute_half"] = absent(_SPECS["compute_half"], "no cuBLAS was found to measure it with")
    return found, tuple(notes)


def _bus(text: str) -> str:
    """Return a bus id with a domain of four digits, as the compute library writes it."""
    domain, _, rest = text.lower().partition(":")
    return f"{domain[-4:]}:{rest}"


def _device_rates(context: ProbeContext, driver: CudaDriver, number: int) -> tuple[Rates, list[str]]:
    effort = context.options.effort
    rates: Rates = {}
    refused: list[str] = []
    try:
        with open_session(driver, number) as session:
            free, _ = session.memory()
            size = min(_COPY[effort], free // 8 // 4096 * 4096)
            samples = _SAMPLES[effort]
            for name, measure in _measurements(session, size, samples).items():
                try:
                    rates[name] = measure()
                except CudaFault as fault:
                    refused.append(f"{name} was not measured: {fault}")
    except CudaFault as fault:
        refused.append(str(fault))
    return rates, refused


def _measurements(session: Session, size: int, samples: int) -> dict[str, Callable[[], tuple[float, ...]]]:
    device = session.allocate(size)

    def rate(work: Callable[[], None], moved: int) -> tuple[float, ...]:
        session.timed(work, 2)
        return tuple(moved / session.timed(work, _REPEATS) for _ in range(samples))

    def down() -> tuple[float, ...]:
        pinned = session.pinned(size)
        return rate(lambda: session.to_device(device, pinned, size), size)

    def up() -> tuple[float, ...]:
        pinned = session.pinned(size)
        return rate(lambda: session.to_host(pinned, device, size), size)

    def plain() -> tuple[float, ...]:
        pageable = session.pageable(size)
        return rate(lambda: session.to_device(device, pageable, size), size)

    def read() -> tuple[float, ...]:
        # Far more than any second-level cache holds: a smaller range would be read from there.
        large = min(_READ, session.memory()[0] // 4 // 4096 * 4096)
        return rate(session.reader(session.allocate(large), large), large)

    def inside() -> tuple[float, ...]:
        large = min(_READ, session.memory()[0] // 8 // 4096 * 4096)
        target, source = session.allocate(large), session.allocate(large)
        return rate(lambda: session.within(target, source, large), 2 * large)

    found = {
        "h2d_pinned": down,
        "d2h_pinned": up,
        "h2d_pageable": plain,
        "memory_bandwidth": read,
        _INSIDE: inside,
    }
    cublas = find_cublas()
    if cublas is not None and session.memory()[0] > 8 * SIDE * SIDE:
        found["compute_half"] = lambda: matrix_rates(session, cublas, _REPEATS, samples)
    return found


def _peers(
    context: ProbeContext, driver: CudaDriver, numbers: list[int]
) -> tuple[tuple[float, ...], list[str]]:
    """Return samples of the slowest neighbouring pair: one device reads from the next."""
    size, samples = _COPY[context.options.effort], _SAMPLES[context.options.effort]
    slowest: tuple[float, ...] = ()
    refused = []
    for number, peer in itertools.pairwise(numbers):
        try:
            with open_session(driver, peer) as far, open_session(driver, number) as near:
                rates = _pair(driver, near, far, size, samples)
        except CudaFault as fault:
            refused.append(f"copies from device {peer} to {number} were not measured: {fault}")
            continue
        if not slowest or max(rates) < max(slowest):
            slowest = rates
        if not driver.can_reach(number, peer):
            refused.append(f"device {number} cannot reach device {peer} directly: copies go through the host")
    return slowest, refused


def _pair(driver: CudaDriver, near: Session, far: Session, size: int, samples: int) -> tuple[float, ...]:
    far.enter()
    source = far.allocate(size)
    near.enter()
    target = near.allocate(size)
    if driver.can_reach(near.device, far.device):
        near.allow(far)
    near.timed(lambda: near.from_peer(target, far, source, size), 2)
    return tuple(
        size / near.timed(lambda: near.from_peer(target, far, source, size), _REPEATS) for _ in range(samples)
    )


_METHODS = {
    "h2d_pinned": "copies from page-locked memory by the copy engine, timed by events",
    "d2h_pinned": "copies to page-locked memory by the copy engine, timed by events",
    "h2d_pageable": "copies from ordinary memory, timed by events",
    "memory_bandwidth": "a kernel that reads and adds up device memory, timed by events; bytes counted once",
    "peer_bandwidth": "copies between neighbouring devices, the slowest pair, one way",
    "compute_half": f"cuBLAS product of two {SIDE} x {SIDE} half-precision matrices, 32-bit accumulation",
}


def _measured(name: str, samples: tuple[float, ...], device: Device | None) -> Measurement:
    spec = _SPECS[name]
    summary = summarise(samples, higher_is_better=True)
    stable = summary.spread <= _UNSTABLE
    details = {"device": str(device.index)} if device else {}
    peak = {
        "memory_bandwidth": "theoretical_bandwidth",
        "h2d_pinned": "link_bandwidth",
        "d2h_pinned": "link_bandwidth",
    }
    theoretical = getattr(device, peak[name]) if device and name in peak else None
    if theoretical:
        details["share of peak"] = f"{summary.median / theoretical:.2f}"
    return Measurement(
        fact=spec.name,
        value=Quantity(summary.median, spec.unit),
        unit=spec.unit,
        samples=samples,
        median=summary.median,
        minimum=summary.minimum,
        maximum=summary.maximum,
        low=summary.low,
        high=summary.high,
        interval="long-run median, 95 %",
        spread=summary.spread,
        method=_METHODS[name],
        stable=stable,
        grade="A" if summary.spread <= _UNSTABLE / 2 else "B" if stable else "C",
        reason="" if stable else f"the samples spread by {summary.spread:.0%}",
        details=details,
    )
