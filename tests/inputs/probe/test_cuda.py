"""The driver declarations and the measuring code, against a stand-in with the driver's own prototypes.

No GPU was at hand: what is held here is that every call fits its prototype, that everything is given back, and that each
refusal becomes a reason. The rates of the stand-in mean nothing.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from pathlib import Path

import pytest
from replayed_nvml import H100, ReplayedNvml

from poc_gate.inputs.probe.accelerator.cuda_driver import CudaDriver, CudaFault
from poc_gate.inputs.probe.accelerator.cuda_rates import measure_rates
from poc_gate.inputs.probe.accelerator.nvml_devices import Device, read_device
from poc_gate.inputs.probe.interface import ProbeContext, ProbeOptions

SOURCE = Path(__file__).with_name("stand_in_libcuda.c")
COMPILER = shutil.which("gcc") or shutil.which("clang") or shutil.which("cc")


def build(folder: Path, *flags: str) -> str:
    assert COMPILER, "no C compiler: install gcc"
    target = folder / f"libcuda{''.join(flags)}.so"
    command = [COMPILER, "-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror", *flags, str(SOURCE)]
    subprocess.run([*command, "-o", str(target)], check=True)
    return str(target)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> str:
    return build(tmp_path_factory.mktemp("cuda"))


def devices(*buses: str) -> tuple[Device, ...]:
    calls = ReplayedNvml([{**H100, "DeviceGetPciInfo": {"busId": bus}} for bus in buses])
    return tuple(read_device(calls, index) for index in range(len(buses)))


CONTEXT = ProbeContext(ProbeOptions(effort="quick"))


def test_two_devices_are_measured_and_everything_is_given_back(library: str):
    found, notes = measure_rates(
        CONTEXT, devices("00000000:1B:00.0", "00000000:5E:00.0"), CudaDriver(library)
    )
    for name in ("h2d_pinned", "h2d_pageable", "d2h_pinned", "memory_bandwidth", "peer_bandwidth"):
        measurement = found[name]
        assert measurement.value is not None, notes
        assert len(measurement.samples) == 3
        assert measurement.low <= measurement.median <= measurement.high
    assert "share of peak" in found["memory_bandwidth"].details
    assert "bytes counted twice" in found["memory_bandwidth"].details["copy inside the device"]
    assert found["compute_half"].value is None
    assert "cuBLAS" in found["compute_half"].reason
    assert ctypes.CDLL(library).stand_in_live() == 0


def test_one_device_has_no_peer(library: str):
    found, _ = measure_rates(CONTEXT, devices("00000000:5e:00.0"), CudaDriver(library))
    assert found["peer_bandwidth"].value is None
    assert found["peer_bandwidth"].reason == "needs a second device"


def test_a_device_hidden_from_the_compute_library_is_told(library: str):
    found, notes = measure_rates(CONTEXT, devices("00000000:99:00.0"), CudaDriver(library))
    assert "h2d_pinned" not in found
    assert any("hidden from the compute library" in note for note in notes)


def test_a_kernel_with_a_wrong_sum_is_no_measurement(tmp_path: Path):
    wrong = build(tmp_path, "-DWRONG_SUM")
    found, notes = measure_rates(CONTEXT, devices("00000000:1B:00.0"), CudaDriver(wrong))
    assert "memory_bandwidth" not in found
    assert any("memory_bandwidth was not measured" in note and "wrong sum" in note for note in notes)
    assert found["h2d_pinned"].value is not None
    assert ctypes.CDLL(wrong).stand_in_live() == 0


@pytest.mark.parametrize(
    ("code", "name"), [(100, "CUDA_ERROR_NO_DEVICE"), (803, "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH")]
)
def test_a_driver_that_refuses_is_named(tmp_path: Path, code: int, name: str):
    with pytest.raises(CudaFault, match=name):
        CudaDriver(build(tmp_path, f"-DREFUSE={code}"))


def test_no_library_and_a_foreign_library_are_named():
    with pytest.raises(CudaFault, match="loading the driver library"):
        CudaDriver("libcuda-that-is-not-there.so.1")
    with pytest.raises(CudaFault, match="cuInit"):
        CudaDriver("libc.so.6")
