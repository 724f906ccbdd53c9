"""Answers of NVIDIA's management library -> what each device is, in typed values; a refused query is None."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from poc_gate.inputs.probe.accelerator.nvml_calls import NvmlCalls, NvmlFault

_MEGA = 1_000_000
_GONE = (15, 16)
"""Codes of a device that does not work although it is counted: lost, and in need of a reset."""
_MOST_LINKS = 18
"""NVLink ports of the largest devices."""
_THROTTLES = {
    0x4: "power cap",
    0x8: "hardware slowdown",
    0x20: "software thermal slowdown",
    0x40: "hardware thermal slowdown",
    0x80: "power brake",
}
"""nvmlClocksEventReason bits that mean the device is held back; idle and application clocks do not."""
_LANE = {1: 0.25e9, 2: 0.5e9, 3: 0.985e9, 4: 1.969e9, 5: 3.938e9, 6: 7.563e9}
"""B/s for each lane and direction, after line coding (PCI-SIG base specifications)."""
_VIRTUAL = {0: "none", 1: "pass-through", 2: "vGPU", 3: "host of vGPU", 4: "host of vGPU (virtual functions)"}


class Device(Struct, frozen=True):
    """One device; None where the library refused the question."""

    index: int
    name: str
    bus: str
    memory_total: int | None
    memory_free: int | None
    bus_width: int | None
    """Bits of the memory interface."""
    memory_clock: int | None
    """Largest memory clock, Hz."""
    link_generation: int | None
    link_generation_now: int | None
    link_width: int | None
    link_width_most: int | None
    replays: int | None
    ecc: bool | None
    mig: bool | None
    power_limit: float | None
    """Watts."""
    throttles: tuple[str, ...] | None
    utilisation: float | None
    processes: int | None
    virtual: str
    retired: str
    links: str
    clocks: str
    temperature: int | None
    lost: str = ""
    """Why the device cannot be used although the driver counts it: fallen off the bus, or waiting for a reset."""
    shares_host_memory: bool = False
    """Whether the driver answers zero for its memory, because it has none of its own."""
    power_default: float | None = None
    """Watts that the maker sets as the limit."""

    @property
    def theoretical_bandwidth(self) -> float | None:
        """2 transfers per clock x bus width: the data sheet's figure, B/s."""
        if not self.memory_clock or not self.bus_width:
            return None
        return 2.0 * self.memory_clock * self.bus_width / 8

    @property
    def link_bandwidth(self) -> float | None:
        """Lanes x rate of a lane, one way, B/s."""
        lane = _LANE.get(self.link_generation or 0)
        return lane * self.link_width if lane and self.link_width else None

    @property
    def busy(self) -> bool | None:
        """Whether other work runs here: processes, or more than a tenth of the time in use."""
        if self.processes is None and self.utilisation is None:
            return None
        return bool(self.processes) or (self.utilisation or 0.0) > 0.1


def read_device(calls: NvmlCalls, index: int) -> Device:
    """Return everything one device tells."""
    ask = _Questions(calls, index, [])
    memory = ask("DeviceGetMemoryInfo") or {}
    shared = memory.get("total") == 0  # a device of an integrated system: the memory is the host's
    memory = {} if shared else memory
    bus = ask("DeviceGetPciInfo") or {}
    clock = ask("DeviceGetMaxClockInfo", 2)  # NVML_CLOCK_MEM
    usage = ask("DeviceGetUtilizationRates") or {}
    ecc = ask("DeviceGetEccMode")
    mig = ask("DeviceGetMigMode")
    power, power_default = ask("DeviceGetEnforcedPowerLimit"), ask("DeviceGetPowerManagementDefaultLimit")
    return Device(
        index=index,
        name=str(ask("DeviceGetName") or "unnamed accelerator"),
        bus=str(bus.get("busId", "")),
        memory_total=memory.get("total"),
        memory_free=memory.get("free"),
        bus_width=ask("DeviceGetMemoryBusWidth"),
        memory_clock=clock * _MEGA if clock else None,
        link_generation=ask("DeviceGetMaxPcieLinkGeneration"),
        link_generation_now=ask("DeviceGetCurrPcieLinkGeneration"),
        link_width=ask("DeviceGetCurrPcieLinkWidth"),
        link_width_most=ask("DeviceGetMaxPcieLinkWidth"),
        replays=ask("DeviceGetPcieReplayCounter"),
        ecc=None if ecc is None else bool(ecc[0]),
        mig=None if mig is None else bool(mig[0]),
        power_limit=None if power is None else power / 1000,
        throttles=_throttles(ask),
        utilisation=usage["gpu"] / 100 if "gpu" in usage else None,
        processes=_processes(ask),
        virtual=_VIRTUAL.get(ask("DeviceGetVirtualizationMode"), "unknown"),
        retired=_retired(ask),
        links=_links(ask),
        clocks=_clocks(ask),
        temperature=ask("DeviceGetTemperature", 0),
        lost=next((f"{NvmlFault(code)} (code {code})" for code in ask.refusals if code in _GONE), ""),
        shares_host_memory=shared,
        power_default=None if power_default is None else power_default / 1000,
    )


class _Questions(Struct, frozen=True):
    calls: NvmlCalls
    index: int
    refusals: list[int]
    """Codes of the refusals so far."""

    def __call__(self, query: str, *args: int) -> Any:
        """Return the answer, or None where the device or the driver refuses; a device that is gone is asked no further."""
        if self.refusals and self.refusals[-1] in _GONE:
            return None
        try:
            return self.calls.device(self.index, query, *args)
        except NvmlFault as fault:
            self.refusals.append(fault.code)
            return None


def _throttles(ask: _Questions) -> tuple[str, ...] | None:
    bits = ask("DeviceGetCurrentClocksEventReasons")
    if bits is None:
        bits = ask("DeviceGetCurrentClocksThrottleReasons")  # the name before driver 535
    if bits is None:
        return None
    return tuple(words for bit, words in _THROTTLES.items() if bits & bit)


def _processes(ask: _Questions) -> int | None:
    lists = [ask("DeviceGetComputeRunningProcesses"), ask("DeviceGetGraphicsRunningProcesses")]
    known = [found for found in lists if found is not None]
    return sum(len(found) for found in known) if known else None


def _retired(ask: _Questions) -> str:
    rows = ask("DeviceGetRemappedRows")
    if rows is not None:
        return f"{rows[0]} rows remapped after correctable, {rows[1]} after uncorrectable errors"
    single, double = ask("DeviceGetRetiredPages", 0), ask("DeviceGetRetiredPages", 1)
    if single is None or double is None:
        return "unknown"
    return f"{len(single)} pages retired after single-bit, {len(double)} after double-bit errors"


def _links(ask: _Questions) -> str:
    states = [ask("DeviceGetNvLinkState", link) for link in range(_MOST_LINKS)]
    present = [state for state in states if state is not None]
    if not present:
        return "none"
    return f"{sum(1 for state in present if state)} of {len(present)} NVLinks up"


def _clocks(ask: _Questions) -> str:
    words = []
    for number, name in ((1, "SM"), (2, "memory")):
        now, most = ask("DeviceGetClockInfo", number), ask("DeviceGetMaxClockInfo", number)
        if now is not None and most is not None:
            words.append(f"{name} {now} of {most} MHz")
    return ", ".join(words) or "unknown"
