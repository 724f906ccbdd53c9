"""Answers of the management library as plain data: what a device would say, written from NVML's API reference.

No such device was at hand, so nothing here is a recording; each answer has the form that the reference gives it.
"""

from __future__ import annotations

from typing import Any

from poc_gate.inputs.probe.accelerator.nvml_calls import NvmlFault

H100: dict[str, Any] = {
    "DeviceGetName": "NVIDIA H100 80GB HBM3",
    "DeviceGetPciInfo": {"busId": "00000000:1B:00.0"},
    "DeviceGetMemoryInfo": {"total": 85520809984, "free": 84977246208, "used": 543563776},
    "DeviceGetMemoryBusWidth": 5120,
    "DeviceGetMaxClockInfo": {1: 1980, 2: 2619},
    "DeviceGetClockInfo": {1: 345, 2: 2619},
    "DeviceGetMaxPcieLinkGeneration": 5,
    "DeviceGetCurrPcieLinkGeneration": 1,
    "DeviceGetMaxPcieLinkWidth": 16,
    "DeviceGetCurrPcieLinkWidth": 16,
    "DeviceGetPcieReplayCounter": 0,
    "DeviceGetEccMode": [1, 1],
    "DeviceGetMigMode": [0, 0],
    "DeviceGetEnforcedPowerLimit": 700000,
    "DeviceGetPowerManagementDefaultLimit": 700000,
    "DeviceGetCurrentClocksEventReasons": 0x1,
    "DeviceGetUtilizationRates": {"gpu": 0, "memory": 0},
    "DeviceGetComputeRunningProcesses": [],
    "DeviceGetGraphicsRunningProcesses": [],
    "DeviceGetVirtualizationMode": 0,
    "DeviceGetRemappedRows": [0, 0, 0, 0],
    "DeviceGetNvLinkState": dict.fromkeys(range(18), 1),
    "DeviceGetTemperature": {0: 31},
}
"""An idle data-centre device; a mapping of numbers answers by argument, a missing query is `not supported`."""


class ReplayedNvml:
    """Answers from data; `refuse` is the code that initialising the library gives."""

    def __init__(self, devices: list[dict[str, Any]], *, refuse: int = 0, driver: str = "580.82.07") -> None:
        """Keep the answers."""
        self._devices, self._refuse, self._driver = devices, refuse, driver
        self.stopped = False

    def start(self) -> None:
        """Start, or refuse with the given code."""
        if self._refuse:
            raise NvmlFault(self._refuse)

    def stop(self) -> None:
        """Note that the library was shut down."""
        self.stopped = True

    def system(self, query: str) -> Any:
        """Answer about the system."""
        return {"DeviceGetCount": len(self._devices), "SystemGetDriverVersion": self._driver}[query]

    def device(self, index: int, query: str, *args: int) -> Any:
        """Answer about a device, or raise what the data hold."""
        answer = self._devices[index].get(query, NvmlFault(3))
        if args and isinstance(answer, dict):
            answer = answer.get(args[0], NvmlFault(3))
        if isinstance(answer, NvmlFault):
            raise answer
        return answer
