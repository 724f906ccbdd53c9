"""Devices and their measured rates -> the accelerator facts of the profile."""

from __future__ import annotations

from msgspec import structs

from poc_gate.inputs.probe.accelerator.accelerator_facts import FACTS
from poc_gate.inputs.probe.accelerator.nvml_calls import NvmlCalls, NvmlFault
from poc_gate.inputs.probe.accelerator.nvml_devices import Device, read_device
from poc_gate.inputs.probe.host.host_files import HostFiles
from poc_gate.inputs.probe.interface import ProbeContext, ProbeOutcome, absent
from poc_gate.model.claim import Provenance, Value
from poc_gate.model.measurement import Measurement
from poc_gate.model.quantity import Quantity

_NVIDIA = "0x10de"
_BY_NAME = {spec.name.removeprefix("machine.accelerators."): spec for spec in FACTS}
_STATE_OF_CODE = {4: "no-permission", 9: "no-driver", 12: "no-driver", 18: "driver-mismatch"}
_WORDS = {
    "none": "no NVIDIA device on the PCI bus and no NVIDIA driver library",
    "hidden": "no NVIDIA driver library is installed, and the PCI bus cannot be read: a device may be there",
    "no-device": "the driver is installed but shows no device (a container without --gpus, or none left)",
    "no-permission": "the driver refuses this user (membership in the video group, or device files)",
    "driver-mismatch": "the driver library and the kernel driver have different versions; reboot or reload",
}


def probe_accelerators(context: ProbeContext, calls: NvmlCalls | None) -> ProbeOutcome:
    """Return the accelerator facts; `calls` is None where the binding is not installed."""
    if calls is None:
        return _without("error", "the package nvidia-ml-py is not installed")
    try:
        calls.start()
    except NvmlFault as fault:
        return _refused(context.files, fault)
    try:
        count = int(calls.system("DeviceGetCount"))
        driver = str(calls.system("SystemGetDriverVersion"))
        devices = tuple(read_device(calls, index) for index in range(count))
    except NvmlFault as fault:
        return _without(_STATE_OF_CODE.get(fault.code, "error"), f"the driver library says: {fault}")
    finally:
        calls.stop()
    if not devices:
        return _without("no-device", _WORDS["no-device"])
    lost = tuple(
        f"accelerator {device.index} cannot be used: {device.lost}" for device in devices if device.lost
    )
    working = tuple(device for device in devices if not device.lost)
    if not working:
        return _without("error", "; ".join(lost))
    outcome = _present(context, working, driver)
    missing = _measurement("lost", Quantity(float(len(lost))), "; ".join(lost))
    stated = tuple(missing if one.fact == missing.fact else one for one in outcome.measurements)
    return structs.replace(outcome, measurements=stated, notes=(*lost, *outcome.notes))


def _refused(files: HostFiles, fault: NvmlFault) -> ProbeOutcome:
    state = _STATE_OF_CODE.get(fault.code, "error")
    on_bus = sum(
        files.text(f"/sys/bus/pci/devices/{name}/vendor") == _NVIDIA
        for name in files.names("/sys/bus/pci/devices")
    )
    if fault.code == 12 and not files.exists("/sys/bus"):
        return _without("no-driver", _WORDS["hidden"])
    if fault.code == 12 and not on_bus and not files.exists("/proc/driver/nvidia/version"):
        return _without("none", _WORDS["none"])
    if state == "no-driver":
        where = f"{on_bus} NVIDIA devices on the PCI bus" if on_bus else "no device seen on the PCI bus"
        return _without(state, f"{where}, but {fault}")
    return _without(state, _WORDS.get(state, f"the driver library says: {fault}"))


def _without(state: str, reason: str) -> ProbeOutcome:
    """Return the outcome of a machine whose accelerators cannot be used: a state, and the rest absent."""
    stated: dict[str, Value] = {"state": state}
    if state in {"none", "no-device"}:
        stated["count"] = Quantity(0.0)
    return ProbeOutcome(measurements=tuple(_measurement(name, stated.get(name), reason) for name in _BY_NAME))


def _measurement(name: str, value: Value | None, reason: str) -> Measurement:
    spec = _BY_NAME[name]
    if value is None:
        return absent(spec, reason)
    return Measurement(
        fact=spec.name, value=value, unit=spec.unit, method="asked of the driver library", reason=reason
    )


def _present(context: ProbeContext, devices: tuple[Device, ...], driver: str) -> ProbeOutcome:
    from poc_gate.inputs.probe.accelerator.cuda_rates import measure_rates

    found: dict[str, Measurement] = {}
    for name, value in _stated(devices, driver).items():
        found[name] = _measurement(name, value, "" if value is not None else _why_unknown(name, devices))
    busy = [device.index for device in devices if device.busy]
    notes: tuple[str, ...]
    if busy:
        reason = (
            f"other work uses device {', '.join(map(str, busy))}: rates measured now would not be its own"
        )
        rates, notes = dict[str, Measurement](), (reason,)
    else:
        reason = ""
        rates, notes = measure_rates(context, devices)
    found |= rates
    found.setdefault("memory_bandwidth", _theoretical(devices, reason))
    return ProbeOutcome(
        measurements=tuple(
            found.get(name) or absent(spec, reason or "not measured") for name, spec in _BY_NAME.items()
        ),
        environment=dict(line for device in devices for line in _device_words(device)),
        notes=(*notes, *(note for device in devices for note in _doubts(device))),
    )


def _why_unknown(name: str, devices: tuple[Device, ...]) -> str:
    if name in ("memory_total", "memory_free") and any(device.shares_host_memory for device in devices):
        return "the device has no memory of its own: it shares the host's"
    return "the device does not say"


def _stated(devices: tuple[Device, ...], driver: str) -> dict[str, Value | None]:
    """Return what the library tells; of several devices the smallest, of statements whether any holds."""
    return {
        "state": "present",
        "count": Quantity(float(len(devices))),
        "name": ", ".join(sorted({device.name for device in devices})),
        "memory_total": _least(devices, "memory_total", "B"),
        "memory_free": _least(devices, "memory_free", "B"),
        "link_generation": _least(devices, "link_generation", "1"),
        "link_width": _least(devices, "link_width", "1"),
        "link_bandwidth": _least(devices, "link_bandwidth", "B/s"),
        "driver": driver,
        "ecc": _every([device.ecc for device in devices]),
        "mig": _any([device.mig for device in devices]),
        "power_limit": _least(devices, "power_limit", "W"),
        "power_default": _least(devices, "power_default", "W"),
        "throttled": _any([None if d.throttles is None else bool(d.throttles) for d in devices]),
        "busy": _any([device.busy for device in devices]),
    }


def _least(devices: tuple[Device, ...], field: str, unit: str) -> Quantity | None:
    known = [value for device in devices if (value := getattr(device, field)) is not None]
    return Quantity(float(min(known)), unit) if len(known) == len(devices) else None


def _any(statements: list[bool | None]) -> bool | None:
    if any(statements):
        return True
    return None if None in statements else False


def _every(statements: list[bool | None]) -> bool | None:
    return None if None in statements else all(statements)


def _theoretical(devices: tuple[Device, ...], reason: str) -> Measurement:
    value = _least(devices, "theoretical_bandwidth", "B/s")
    spec = _BY_NAME["memory_bandwidth"]
    if value is None or any(device.mig for device in devices):
        return absent(spec, reason or "not measured, and the device does not report its memory clock")
    return Measurement(
        fact=spec.name,
        value=value,
        unit=spec.unit,
        method="2 x largest memory clock x bus width / 8: the data sheet's peak, not measured",
        provenance=Provenance.ASSUMED,
        reason=reason or "the driver's compute library could not measure it",
    )


def _device_words(device: Device) -> list[tuple[str, str]]:
    words = [
        device.name,
        f"bus {device.bus}",
        f"PCIe generation {device.link_generation_now} now",
        f"lanes {device.link_width} of {device.link_width_most}",
        f"PCIe replays {device.replays}",
        device.links,
        device.clocks,
        f"held back by: {', '.join(device.throttles)}" if device.throttles else "not held back",
        f"virtualisation {device.virtual}",
        device.retired,
        f"{device.processes} other processes, {device.utilisation} of the time in use",
        f"{device.temperature} C",
    ]
    return [(f"accelerator {device.index}", "; ".join(words))]


def _doubts(device: Device) -> list[str]:
    notes = []
    if device.link_width and device.link_width_most and device.link_width < device.link_width_most:
        notes.append(
            f"accelerator {device.index} runs on {device.link_width} of {device.link_width_most} lanes"
        )
    if device.replays:
        notes.append(f"accelerator {device.index} has repeated {device.replays} PCIe packets: check the slot")
    if device.mig:
        notes.append(f"accelerator {device.index} is cut into slices: totals are those of the whole device")
    if device.virtual == "vGPU":
        notes.append(f"accelerator {device.index} is a virtual GPU: others share its time")
    return notes
