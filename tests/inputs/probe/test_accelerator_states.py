"""Every way in which an accelerator can be there, not be there or refuse is a named state with a reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from recorded_host import host
from replayed_nvml import H100, ReplayedNvml

from poc_gate.inputs.probe.accelerator.accelerator_facts import FACTS
from poc_gate.inputs.probe.accelerator.accelerator_outcome import probe_accelerators
from poc_gate.inputs.probe.accelerator.nvml_calls import FAULTS, LiveNvml, NvmlFault
from poc_gate.inputs.probe.host.host_files import HostFiles
from poc_gate.inputs.probe.interface import ProbeContext, ProbeOptions, ProbeOutcome
from poc_gate.model.claim import Provenance
from poc_gate.model.measurement import Measurement
from poc_gate.model.quantity import Quantity

NVIDIA_ON_BUS: dict[str, str | bytes] = {"/sys/bus/pci/devices/0000:1b:00.0/vendor": "0x10de\n"}


def probed(calls: ReplayedNvml | None, files: HostFiles) -> tuple[dict[str, Measurement], ProbeOutcome]:
    outcome = probe_accelerators(ProbeContext(ProbeOptions(), files), calls)
    assert {m.fact for m in outcome.measurements} == {spec.name for spec in FACTS}
    assert all(m.value is not None or m.reason for m in outcome.measurements)
    return {m.fact.removeprefix("machine.accelerators."): m for m in outcome.measurements}, outcome


@pytest.mark.parametrize(
    ("code", "bus", "state", "count"),
    [
        (12, {"/sys/bus/pci/devices/0000:00:01.0/vendor": "0x8086"}, "none", Quantity(0.0)),
        (12, {"/sys/bus/usb/drivers/x": ""}, "none", Quantity(0.0)),
        (12, {}, "no-driver", None),
        (12, NVIDIA_ON_BUS, "no-driver", None),
        (12, {"/proc/driver/nvidia/version": "x"}, "no-driver", None),
        (9, NVIDIA_ON_BUS, "no-driver", None),
        (18, NVIDIA_ON_BUS, "driver-mismatch", None),
        (4, NVIDIA_ON_BUS, "no-permission", None),
        (999, NVIDIA_ON_BUS, "error", None),
        (12345, {}, "error", None),
    ],
)
def test_a_library_that_does_not_start(
    tmp_path: Path, code: int, bus: dict[str, str | bytes], state: str, count: Quantity | None
):
    found, _ = probed(ReplayedNvml([], refuse=code), host(tmp_path, bus))
    assert found["state"].value == state
    assert found["state"].reason
    assert found["count"].value == count
    assert found["memory_total"].value is None


def test_a_driver_without_device(tmp_path: Path):
    calls = ReplayedNvml([])
    found, _ = probed(calls, host(tmp_path, {}))
    assert found["state"].value == "no-device"
    assert found["count"].value == Quantity(0.0)
    assert calls.stopped


def test_a_missing_binding_is_an_error_with_its_name(tmp_path: Path):
    found, _ = probed(None, host(tmp_path, {}))
    assert found["state"].value == "error"
    assert "nvidia-ml-py" in found["state"].reason


def test_an_idle_device_without_the_compute_library(tmp_path: Path):
    found, outcome = probed(ReplayedNvml([H100]), host(tmp_path, {}))
    assert found["state"].value == "present"
    assert found["count"].value == Quantity(1.0)
    assert found["memory_total"].value == Quantity(85520809984.0, "B")
    assert found["link_generation"].value == Quantity(5.0)
    assert found["link_bandwidth"].value == Quantity(16 * 3.938e9, "B/s")
    assert found["ecc"].value is True
    assert found["mig"].value is False
    assert found["throttled"].value is False
    assert found["busy"].value is False
    assert found["power_limit"].value == Quantity(700.0, "W")
    # 2 x 2619 MHz x 5120 bit / 8 is the data sheet's 3.35 TB/s; nothing measured it.
    assert found["memory_bandwidth"].value == Quantity(2 * 2619e6 * 5120 / 8, "B/s")
    assert found["memory_bandwidth"].provenance is Provenance.ASSUMED
    assert found["h2d_pinned"].value is None
    assert "18 of 18 NVLinks up" in outcome.environment["accelerator 0"]
    assert any("libcuda" in note or "driver library" in note for note in outcome.notes)


def device(**changes: Any) -> dict[str, Any]:
    return {**H100, **changes}


def test_a_busy_device_is_marked_and_not_measured(tmp_path: Path):
    busy = device(
        DeviceGetComputeRunningProcesses=[{"pid": 7}], DeviceGetUtilizationRates={"gpu": 90, "memory": 5}
    )
    found, outcome = probed(ReplayedNvml([H100, busy]), host(tmp_path, {}))
    assert found["busy"].value is True
    assert found["h2d_pinned"].value is None
    assert "other work uses device 1" in found["h2d_pinned"].reason
    assert any("device 1" in note for note in outcome.notes)


def test_slices_lanes_replays_throttling_and_virtual_devices_are_told(tmp_path: Path):
    odd = device(
        DeviceGetMigMode=[1, 1],
        DeviceGetCurrPcieLinkWidth=8,
        DeviceGetPcieReplayCounter=12,
        DeviceGetCurrentClocksEventReasons=0x4 | 0x40,
        DeviceGetVirtualizationMode=2,
    )
    found, outcome = probed(ReplayedNvml([odd]), host(tmp_path, {}))
    assert found["mig"].value is True
    assert found["throttled"].value is True
    assert found["memory_bandwidth"].value is None
    notes = " ".join(outcome.notes)
    assert all(words in notes for words in ("8 of 16 lanes", "12 PCIe packets", "slices", "virtual GPU"))
    assert "power cap, hardware thermal slowdown" in outcome.environment["accelerator 0"]


def test_a_limit_below_the_makers_is_told_beside_the_makers(tmp_path: Path):
    found, _ = probed(ReplayedNvml([device(DeviceGetEnforcedPowerLimit=450000)]), host(tmp_path, {}))
    assert found["power_limit"].value == Quantity(450.0, "W")
    assert found["power_default"].value == Quantity(700.0, "W")


def test_of_several_devices_the_smallest_stands_for_all(tmp_path: Path):
    small = device(DeviceGetName="NVIDIA L4", DeviceGetMemoryInfo={"total": 24 * 10**9, "free": 10**9})
    found, _ = probed(ReplayedNvml([H100, small]), host(tmp_path, {}))
    assert found["name"].value == "NVIDIA H100 80GB HBM3, NVIDIA L4"
    assert found["memory_total"].value == Quantity(24e9, "B")
    assert found["memory_free"].value == Quantity(1e9, "B")


def test_a_device_that_refuses_every_question_leaves_unknowns_not_guesses(tmp_path: Path):
    found, _ = probed(ReplayedNvml([{}]), host(tmp_path, {}))
    assert found["state"].value == "present"
    for name in ("memory_total", "link_generation", "ecc", "mig", "throttled", "busy", "memory_bandwidth"):
        assert found[name].value is None, name


def test_half_known_statements_are_unknown_unless_one_holds(tmp_path: Path):
    mute = {"DeviceGetName": "mute"}
    found, _ = probed(ReplayedNvml([H100, mute]), host(tmp_path, {}))
    assert found["ecc"].value is None
    assert found["memory_total"].value is None
    throttled = device(DeviceGetCurrentClocksEventReasons=0x80)
    found, _ = probed(ReplayedNvml([throttled, mute]), host(tmp_path, {}))
    assert found["throttled"].value is True


def test_older_names_and_retired_pages(tmp_path: Path):
    old = {key: value for key, value in H100.items() if "EventReasons" not in key and "Remapped" not in key}
    old |= {"DeviceGetCurrentClocksThrottleReasons": 0x8, "DeviceGetRetiredPages": {0: [1], 1: []}}
    found, outcome = probed(ReplayedNvml([old]), host(tmp_path, {}))
    assert found["throttled"].value is True
    assert "1 pages retired after single-bit" in outcome.environment["accelerator 0"]


def test_the_live_library_of_this_machine_is_started_or_refuses_by_name():
    calls = LiveNvml()
    try:
        calls.start()
    except NvmlFault as fault:
        assert str(fault) in {*FAULTS.values(), f"code {fault.code}"}
    else:
        assert int(calls.system("DeviceGetCount")) >= 0
        with pytest.raises(NvmlFault):
            calls.system("NoSuchQuery")
        calls.stop()


class _Gone(dict[str, Any]):
    """A device that answers every question with the code of one that is not there any more."""

    def __init__(self, code: int) -> None:
        super().__init__()
        self.code = code

    def get(self, _key: object, _default: object = None) -> NvmlFault:
        return NvmlFault(self.code)


@pytest.mark.parametrize(("code", "words"), [(15, "GPU is lost"), (16, "requires a reset")])
def test_a_device_that_is_gone_is_told_and_not_counted(tmp_path: Path, code: int, words: str):
    found, outcome = probed(ReplayedNvml([H100, _Gone(code)]), host(tmp_path, {}))
    assert (found["count"].value, found["lost"].value) == (Quantity(1.0), Quantity(1.0))
    assert found["name"].value == H100["DeviceGetName"]
    assert any(words in note and "accelerator 1" in note and f"code {code}" in note for note in outcome.notes)
    alone, _ = probed(ReplayedNvml([_Gone(code)]), host(tmp_path, {}))
    assert alone["state"].value == "error"
    assert words in alone["state"].reason


def test_memory_that_the_driver_gives_as_zero_is_the_hosts_and_unknown(tmp_path: Path):
    found, _ = probed(
        ReplayedNvml([device(DeviceGetMemoryInfo={"total": 0, "free": 0, "used": 0})]), host(tmp_path, {})
    )
    assert found["memory_total"].value is None
    assert "shares the host's" in found["memory_total"].reason
