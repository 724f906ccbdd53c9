"""Measured rates beside the data sheet of the device: only where the device is known beyond doubt."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from poc_gate.app.ground.machines.load_profile import load_profile
from poc_gate.app.measure.fitting_sheet import fitting_sheets
from poc_gate.app.measure.measure_machine import show_file, show_page
from poc_gate.inputs.probe.profile.profile_picture import summary_lines
from poc_gate.model.claim import Value
from poc_gate.model.measurement import MachineProfile, Measurement
from poc_gate.model.parts.peak_shares import peak_shares
from poc_gate.model.quantity import Quantity

RECORDED = Path(__file__).parents[3] / "examples/machines/h100-80gb-hbm3.json"
HALF = {"accelerators.memory_bandwidth": Quantity(3e12, "B/s"), "memory.read_all": Quantity(100e9, "B/s")}


def machine(values: dict[str, Value]) -> MachineProfile:
    """Return a measured profile with these facts alone."""
    every = tuple(Measurement(f"machine.{name}", value) for name, value in {**HALF, **values}.items())
    return structs.replace(load_profile(str(RECORDED)), measurements=every)


def gpu(name: str, memory: float, **more: Value) -> dict[str, Value]:
    """Return how a driver names a device and how many GB it says it has."""
    return {"accelerators.name": name, "accelerators.memory_total": Quantity(memory * 1e9, "B"), **more}


def cpu(name: str, cores: float, sockets: float = 1.0) -> dict[str, Value]:
    """Return a processor as the system names it."""
    return {"cpu.model": name, "cpu.cores": Quantity(cores), "cpu.sockets": Quantity(sockets)}


def test_a_recorded_h100_is_compared_with_its_data_sheet() -> None:
    text = show_file(str(RECORDED))
    assert "3.08 TB/s                   92 % of sheet" in text
    assert "763 TFLOP/s                   77.1 % of sheet" in text
    assert "sheet: h100-sxm-80gb, 3.35 TB/s, 989 TFLOP/s" in text
    profile = load_profile(str(RECORDED))
    assert max(map(len, summary_lines(profile, "again", fitting_sheets(profile)))) <= 80


def test_the_page_says_it_too() -> None:
    page = show_page(str(RECORDED)).decode("utf-8").replace("&#39;", "'")
    assert "reading accelerator memory: 3.08 TB/s, 92 % of the data sheet's 3.35 TB/s" in page


@pytest.mark.parametrize(
    ("values", "sheet"),
    [
        (gpu("NVIDIA A100-SXM4-80GB", 85.9), "a100-sxm-80gb"),
        (gpu("NVIDIA A100-PCIE-40GB", 42.9), "a100-pcie-40gb"),
        (gpu("NVIDIA H100 NVL", 100.0), "h100-nvl-94gb"),
        (gpu("NVIDIA L4", 24.15), "l4-24gb"),
        (gpu("Tesla T4", 15.8), "t4-16gb"),
        (gpu("NVIDIA GeForce RTX 4090", 25.4), "rtx-4090-24gb"),
        (cpu("AMD EPYC 7742 64-Core Processor", 64), "epyc-7742"),
        (cpu("INTEL(R) XEON(R) PLATINUM 8592+", 64), "xeon-8592plus"),
    ],
)
def test_a_known_device_has_its_sheet(values: dict[str, Value], sheet: str) -> None:
    assert [found.name for found in fitting_sheets(machine(values))] == [sheet]


@pytest.mark.parametrize(
    "values",
    [
        gpu("NVIDIA A100-SXM-64GB", 68.0),
        gpu("Tesla V100-PCIE-32GB", 34.0),
        gpu("NVIDIA GeForce RTX 4090 Laptop GPU", 17.1),
        gpu("NVIDIA GeForce RTX 4090 D", 25.4),
        gpu("NVIDIA H100 80GB HBM3", 10.2),
        gpu("NVIDIA H100 80GB HBM3 MIG 1g.10gb", 85.5),
        gpu("NVIDIA H100 80GB HBM3", 85.5, **{"accelerators.mig": True}),
        gpu("NVIDIA H100 80GB HBM3, NVIDIA L4", 85.5),
        gpu("A card of tomorrow", 85.5),
        cpu("AMD EPYC 7742 64-Core Processor", 8),
        cpu("AMD EPYC 7742 64-Core Processor", 128, 2),
        cpu("Intel(R) Xeon(R) Processor", 16),
    ],
)
def test_an_unknown_device_a_part_of_one_and_another_make_are_compared_with_nothing(
    values: dict[str, Value],
) -> None:
    profile = machine(values)
    sheets = fitting_sheets(profile)
    assert sheets == ()
    assert "sheet" not in "\n".join(summary_lines(profile, "again", sheets))


def test_a_peak_that_the_machine_states_itself_goes_before_the_sheet() -> None:
    profile = machine(cpu("AMD EPYC 7742 64-Core Processor", 64))
    (share,) = peak_shares(profile, fitting_sheets(profile))
    assert share == "reading memory with all CPUs: 100 GB/s, 48.8 % of the data sheet's 205 GB/s"
    own = machine(
        {**cpu("AMD EPYC 7742 64-Core Processor", 64), "memory.peak_bandwidth": Quantity(160e9, "B/s")}
    )
    (share,) = peak_shares(own, fitting_sheets(own))
    assert share == "reading memory with all CPUs: 100 GB/s, 62.5 % of the peak of 160 GB/s"


def test_a_data_sheet_is_not_compared_with_itself() -> None:
    assert fitting_sheets(load_profile("h100-sxm-80gb")) == ()
