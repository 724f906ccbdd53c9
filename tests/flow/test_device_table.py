"""What is known of devices by name: cores that unpack weights, launches on Apple silicon, what drives a card."""

from __future__ import annotations

import pytest

from poc_gate.flow.formulas.speed.device_table import launching, unpacking
from poc_gate.flow.formulas.speed.engine_family import family_of
from poc_gate.flow.formulas.speed.engine_model import MLX_ON_M1, slower_by, step_parts, step_span
from poc_gate.flow.formulas.speed.fitted_constants import FAMILIES, KINDS
from poc_gate.flow.formulas.speed.shapes import Hardware, Network

DENSE = Network(4.5e9, 8e9, 32)
MIXTURE = DENSE._replace(active_parameters=1e9)


SHEETS = (
    "RTX 5080 56.3, RTX 5070 Ti 43.9, RTX 5070 30.9, RTX 4080 48.7, RTX 4070 29.1, RTX 6000 Ada 91.1, L40 90.5, RTX 5000 Ada 65.3, "
    "RTX 4500 Ada 39.6, RTX 4000 Ada 26.7, H20 44, B200 80, V100 15.7, T4 8.1, L4 30.3, A10 31.2, RTX 3090 Ti 40, RTX 3080 Ti 34.1, "
    "RTX 3080 29.8, RTX 3070 20.3, RTX 3060 12.7, RTX A6000 38.7, A40 37.4, RTX A4000 19.2, RTX A5000 27.8, RTX 2070 7.5, "
    "RTX 2080 Ti 13.4"
)
"""Single-precision TFLOP/s without tensor cores, by the makers' data sheets."""


@pytest.mark.parametrize(
    ("device", "teraflops"),
    [
        ("NVIDIA GeForce RTX 5090", 104.8),
        ("rtx-4090", 82.6),
        ("A100 SXM 80GB", 19.5),
        ("nvidia_h100-sxm-80gb", 66.9),
        ("H100 PCIe", 51.2),
        ("RTX 4070 Ti SUPER", 40.1),
        ("RTX 3090", 35.6),
        ("MI300X", 35.6),
        ("RTX A100000", 35.6),
        *((" ".join(name), float(teraflops)) for *name, teraflops in map(str.split, SHEETS.split(", "))),
    ],
)
def test_unpacking_goes_by_the_single_precision_rate_of_the_data_sheet(device: str, teraflops: float) -> None:
    assert unpacking(device) == pytest.approx(teraflops / 35.6, rel=0.02)


def test_only_llama_cpp_unpacks_on_the_plain_cores() -> None:
    slow, fast = (Hardware(1e12, vendor="nvidia", unpacking=speed) for speed in (0.5, 2.0))
    for family, differs in (("llama.cpp25", True), ("unknown", True), ("server25", False), ("eager", False)):
        times = [step_parts(DENSE, one, family, batch=1.0, context=0.0).reading for one in (slow, fast)]
        assert (times[0] > times[1]) is differs, family
    cost = step_parts(DENSE, slow, "llama.cpp25", batch=1.0, context=0.0).reading
    cost -= step_parts(DENSE, fast, "llama.cpp25", batch=1.0, context=0.0).reading
    assert cost == pytest.approx(FAMILIES["llama.cpp25"]["byte"] * 4.5e9 * (2.0 - 0.5))


@pytest.mark.parametrize(
    ("device", "time"),
    [("Apple M1 Max", 1.0), ("apple-m2-ultra", 0.4), ("M3 Pro", 0.4), ("Apple M4", 0.18), ("Apple M5 Max", 0.18), ("Mac Studio", 0.4)],
)  # fmt: skip
def test_launches_on_apple_silicon_go_by_its_generation(device: str, time: float) -> None:
    assert launching(device) == time
    parts = step_parts(DENSE, Hardware(4e11, launching=time), "apple25", batch=1.0, context=0.0)
    assert parts.launching == pytest.approx(32 * FAMILIES["apple25"]["layer"] * time)
    elsewhere = step_parts(DENSE, Hardware(4e11, launching=time), "llama.cpp25", batch=1.0, context=0.0)
    assert elsewhere.launching == pytest.approx(32 * FAMILIES["llama.cpp25"]["layer"])


def test_mixtures_take_longer_on_apple_silicon() -> None:
    assert slower_by(MIXTURE, "apple25") == slower_by(MIXTURE, "apple") == KINDS["mixture"]["apple"]
    assert slower_by(DENSE, "apple25") == slower_by(MIXTURE, "llama.cpp25") == 1.0


@pytest.mark.parametrize(
    ("engine", "version", "family"),
    [
        ("llama.cpp", "b6500 Vulkan", "portable-vulkan"),
        ("llama.cpp", "2026-02 ROCm", "portable-hip"),
        ("llama.cpp HIP", "", "portable-hip"),
        ("ollama", "0.12.0", "portable"),
    ],
)
def test_what_drives_a_card_without_cuda_is_in_the_name_or_the_version(
    engine: str, version: str, family: str
) -> None:
    assert family_of(engine, "RX 9070 XT", version) == family


MLX_STEPS = (
    # vllm-mlx on an M1 Max, 2025-12-31: bytes, parameters, layers, tokens per second
    (0.634e9, 0.596e9, 28, 330.4),
    (0.695e9, 1.236e9, 16, 253.5),
    (0.869e9, 1.544e9, 28, 258.8),
    (2.15e9, 3.821e9, 32, 107.2),
    (1.81e9, 3.213e9, 28, 113.0),
    (4.08e9, 7.248e9, 32, 55.6),
    (4.52e9, 8.03e9, 32, 42.1),
)


@pytest.mark.parametrize(("size", "parameters", "layers", "rate"), MLX_STEPS)
def test_published_steps_of_mlx_on_an_m1_lie_inside(
    size: float, parameters: float, layers: int, rate: float
) -> None:
    network = Network(size, parameters, layers)
    machine = Hardware(4e11, vendor="apple", launching=launching("Apple M1 Max"), mlx=True)
    span = step_span(network, machine, "apple25")
    assert span.low <= 1.0 / rate <= span.high
    unsaid = step_span(network, machine._replace(mlx=None), "apple25")
    other = step_span(network, machine._replace(mlx=False), "apple25")
    assert (unsaid.low, unsaid.high) == (min(span.low, other.low), max(span.high, other.high))


def test_mlx_differs_on_an_m1_and_apple_silicon_alone() -> None:
    for device, family, differs in (
        ("M1", "apple25", True),
        ("M3", "apple25", False),
        ("M1", "llama.cpp25", False),
    ):
        machine = Hardware(4e11, launching=launching(device))
        steps = [
            step_parts(DENSE, machine._replace(mlx=mlx), family, batch=1.0, context=0.0)
            for mlx in (False, True)
        ]
        assert (steps[0] != steps[1]) is differs, device
        if differs:
            assert steps[1].launching == pytest.approx(MLX_ON_M1 * steps[0].launching)
            assert steps[1].reading > steps[0].reading
