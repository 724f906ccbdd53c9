"""The catalogue's entries of accelerators; per device the smallest of several stands in for all."""

from __future__ import annotations

from poc_gate.inputs.probe.interface import machine_fact
from poc_gate.model.fact import Kind

STATES = ("present", "none", "no-driver", "no-device", "driver-mismatch", "no-permission", "error")

FACTS = (
    machine_fact("accelerators.state", "State of the accelerators.", choices=STATES),
    machine_fact("accelerators.count", "Accelerators this process can see.", unit="1", low=0, high=4096),
    machine_fact("accelerators.lost", "Accelerators that the driver counts and that do not work.", unit="1", low=0, high=4096),
    machine_fact("accelerators.name", "Product name; several kinds are listed, separated by commas."),
    machine_fact("accelerators.memory_total", "Memory of one device.", unit="B", low=2.0**28, high=2.0**42),
    machine_fact("accelerators.memory_free", "Memory of one device that is free now.", unit="B", low=0, high=2.0**42),
    machine_fact("accelerators.memory_bandwidth", "Read bandwidth of one device's own memory.", unit="B/s", low=1e9, high=1e14),
    machine_fact("accelerators.compute_half", "Dense half-precision matrix rate of one device, without sparsity.", unit="flop/s", low=1e10, high=1e17),
    machine_fact("accelerators.h2d_pinned", "Copy rate from page-locked host memory to a device.", unit="B/s", low=1e7, high=1e13),
    machine_fact("accelerators.h2d_pageable", "Copy rate from ordinary host memory to a device.", unit="B/s", low=1e7, high=1e13),
    machine_fact("accelerators.d2h_pinned", "Copy rate from a device to page-locked host memory.", unit="B/s", low=1e7, high=1e13),
    machine_fact("accelerators.peer_bandwidth", "Copy rate from one device to another, one way.", unit="B/s", low=1e7, high=1e13),
    machine_fact("accelerators.link_generation", "PCI Express generation that device and slot can both do.", unit="1", low=1, high=8),
    machine_fact("accelerators.link_width", "PCI Express lanes in use.", unit="1", low=1, high=32),
    machine_fact("accelerators.link_bandwidth", "Theoretical rate of that link, one way.", unit="B/s", low=1e8, high=1e13),
    machine_fact("accelerators.driver", "Driver version."),
    machine_fact("accelerators.ecc", "Error correction of the device memory is on.", kind=Kind.FLAG),
    machine_fact("accelerators.mig", "The device is cut into slices (multi-instance GPU).", kind=Kind.FLAG),
    machine_fact("accelerators.power_limit", "Power limit of one device.", unit="W", low=1, high=5000),
    machine_fact("accelerators.power_default", "Power limit that the maker sets for one device.", unit="W", low=1, high=5000),
    machine_fact("accelerators.throttled", "A device runs slower than it could: power, heat or a brake signal.", kind=Kind.FLAG),
    machine_fact("accelerators.busy", "Other work uses a device while it is measured.", kind=Kind.FLAG),
)  # fmt: skip
