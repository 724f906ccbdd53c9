"""What is known of devices by name: cores that unpack weights, launches on Apple silicon, what drives a card."""

from __future__ import annotations

import math

import pytest

from poc_gate.flow.formulas.speed.devices.device_table import (
    launching,
    multiplying,
    shares_memory,
    ticking,
    unpacking,
)
from poc_gate.flow.formulas.speed.engine_family import family_of
from poc_gate.flow.formulas.speed.engine_model import MLX_ON_M1, reached, step_parts, step_span
from poc_gate.flow.formulas.speed.family_constants import slower_by
from poc_gate.flow.formulas.speed.fitted_constants import FAMILIES, KINDS
from poc_gate.flow.formulas.speed.shapes import Hardware, Network

DENSE = Network(4.5e9, 8e9, 32)
MIXTURE = DENSE._replace(active_parameters=1e9)


SHEETS = (
    "RTX 5080 56.3, RTX 5070 Ti 43.9, RTX 5070 30.9, RTX 4080 48.7, RTX 4070 29.1, RTX 6000 Ada 91.1, L40 90.5, L40S 91.6, "
    "RTX 5880 Ada 69.3, RTX 5000 Ada 65.3, RTX 4500 Ada 39.6, RTX 4000 Ada 26.7, L4 30.3, A10 31.2, RTX 3090 Ti 40, RTX 3080 Ti 34.1, RTX 3080 29.8, "
    "RTX 3070 20.3, RTX 3060 12.7, RTX A6000 38.7, A40 37.4, RTX A4000 19.2, RTX A5000 27.8, RTX 5060 Ti 23.7"
)
"""Single-precision TFLOP/s without tensor cores, by the makers' data sheets: two for each of 128 units and each cycle."""

HALF_AS_MANY = "A100 SXM 80GB 19.5, V100 PCIe 14.1, T4 8.1, RTX 2070 7.5, RTX 2080 Ti 13.4, A30 10.3"
"""The same of cards with 64 such units in a multiprocessor, and as many beside them for whole numbers."""


SAME_UNITS = "GTX 1080 8.9, GTX 1050 Ti 2.1, P40 11.8, M40 6.8, P100 9.3"
"""The same of cards whose units do whole numbers and fractions in turn."""

STACKED = (
    "MI50 13.3, MI60 14.7, Radeon VII 13.4, MI100 23.1, MI210 22.6, MI250 45.3, MI300X 81.7, MI355X 78.6"
)
"""The same of AMD's cards with stacked memory, with 64 units and one operation of each at a time."""


def _sheet(text: str) -> list[tuple[str, float]]:
    return [(" ".join(name), float(rate)) for *name, rate in map(str.split, text.split(", "))]


@pytest.mark.parametrize(
    ("device", "teraflops"),
    [
        ("NVIDIA GeForce RTX 5090", 104.8),
        ("rtx-4090", 82.6),
        ("nvidia_h100-sxm-80gb", 66.9),
        ("H100 PCIe", 51.2),
        ("RTX 4070 Ti SUPER", 40.1),
        ("RTX 3090", 35.6),
        ("RTX A100000", 35.6),
        *_sheet(SHEETS),
        *_sheet(STACKED),
        *((device, 2.0 * rate) for device, rate in _sheet(HALF_AS_MANY)),
        *((device, 2.0 / 3.0 * rate) for device, rate in _sheet(SAME_UNITS)),
    ],
)
def test_unpacking_goes_by_multiprocessors_and_clock(device: str, teraflops: float) -> None:
    assert unpacking(device) == pytest.approx(teraflops / 35.6, rel=0.03)


def test_cards_without_cuda_unpack_as_fast_as_they_read_unless_their_memory_is_stacked() -> None:
    assert unpacking("RX 7900 XTX", cuda=False) == math.inf
    assert unpacking("MI50", cuda=False) == unpacking("MI50") == pytest.approx(13.3 / 35.6, rel=0.01)


# mixa3607/ML-gfx906, 2025-07: bytes of the file, parameters, layers, cache of a token, tokens per second
VEGA = [(12.5e9, 11.77e9, 48, 393216, 28.6), (8.57e9, 14.77e9, 40, 163840, 36.5), (8.54e9, 14.77e9, 40, 163840, 38.9),
        (29.54e9, 14.77e9, 40, 163840, 19.5)]  # fmt: skip


@pytest.mark.parametrize(("size", "parameters", "layers", "cache", "published"), VEGA)
def test_published_steps_of_a_card_with_stacked_memory_lie_inside(
    size: float, parameters: float, layers: float, cache: float, published: float
) -> None:
    """A radeon instinct MI50 reads 1,024 GB/s and unpacks 380 of them: weights of 4 and 8 bits go at a third of its bandwidth."""
    network = Network(size, parameters, layers, kv_per_token=cache)
    assert family_of("llama.cpp", "MI50", "2025-07 rocm") == "portable-hip"
    card = Hardware(1.024e12, vendor="amd", unpacking=unpacking("MI50", cuda=False))
    step = step_span(network, card, "portable-hip", batch=1.0, context=64.0)
    assert step.low <= 1.0 / published <= step.high
    free = step_span(network, card._replace(unpacking=math.inf), "portable-hip", batch=1.0, context=64.0)
    assert free.likely < 0.75 * step.likely


def test_a_card_without_the_instruction_for_four_bytes_unpacks_a_third_as_fast() -> None:
    """P100: 56 multiprocessors at 1.33 GHz."""
    assert unpacking("Tesla P100 PCIe") == pytest.approx(56 * 1.33 / 3.0 / (82 * 1.7))


@pytest.mark.parametrize(("device", "time"), [("RTX 3090", 1.0), ("RTX 4090", 1.7 / 2.52), ("A100", 1.7 / 1.41), ("a card of next year", 1.0)])  # fmt: skip
def test_a_cycle_lasts_as_long_as_the_clock_says(device: str, time: float) -> None:
    assert ticking(device) == pytest.approx(time)
    for family, differs in (("llama.cpp25", True), ("unknown", True), ("server25", False), ("eager", False)):
        parts = step_parts(
            DENSE, Hardware(1e12, vendor="nvidia", ticking=time), family, batch=1.0, context=0.0
        )
        assert parts.launching == pytest.approx(32 * FAMILIES[family]["layer"] * (time if differs else 1.0))


def test_only_llama_cpp_unpacks_on_the_plain_cores_while_it_reads() -> None:
    slow, fast = (Hardware(1e12, vendor="nvidia", unpacking=speed) for speed in (0.5, 2.0))
    for family, differs in (("llama.cpp25", True), ("unknown", True), ("server25", False), ("eager", False)):
        times = [step_parts(DENSE, one, family, batch=1.0, context=0.0).reading for one in (slow, fast)]
        assert (times[0] > times[1]) is differs, family
    c = FAMILIES["llama.cpp25"]
    read, unpacked = 4.5e9 / c["reach"] / 1e12, c["byte"] * 4.5e9 / 0.5
    found = step_parts(DENSE, slow, "llama.cpp25", batch=1.0, context=0.0).reading
    assert found == pytest.approx((read**3 + unpacked**3) ** (1 / 3))
    assert max(read, unpacked) < found < read + unpacked


def test_experts_cost_the_plain_cores_more() -> None:
    slow = Hardware(1e12, vendor="nvidia", unpacking=0.1)
    c, read = FAMILIES["llama.cpp25"], MIXTURE.weight_read(1.0)
    found = step_parts(MIXTURE, slow, "llama.cpp25", batch=1.0, context=0.0).reading
    unpacked = KINDS["mixture"]["cores"] * c["byte"] * read / 0.1
    assert found == pytest.approx(((read / c["reach"] / 1e12) ** 3 + unpacked**3) ** (1 / 3))


@pytest.mark.parametrize(
    ("network", "family", "share"),
    [
        (DENSE, "server25", KINDS["shared"]["served"]), (MIXTURE, "server25", KINDS["shared"]["reach"]),
        (DENSE, "llama.cpp25", KINDS["shared"]["reach"]), (DENSE, "fused", KINDS["shared"]["reach"]),
    ],
)  # fmt: skip
def test_kernels_reach_less_of_memory_that_the_processor_shares(
    network: Network, family: str, share: float
) -> None:
    assert shares_memory("NVIDIA DGX Spark")
    assert shares_memory("GB10 (DGX Spark)".replace("(", "").replace(")", ""))
    assert not shares_memory("GB200")
    assert reached(network, Hardware(2.73e11, vendor="nvidia", shared=True), family) == share
    assert reached(network, Hardware(2.73e11, vendor="nvidia"), family) == FAMILIES[family]["reach"]


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


def test_mixtures_on_shared_memory_have_a_factor_of_their_own() -> None:
    assert slower_by(MIXTURE, "unified") == KINDS["mixture"]["unified"]
    assert slower_by(DENSE, "unified") == 1.0


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


def test_a_laptops_card_is_not_the_card_it_is_named_for() -> None:
    assert unpacking("RTX 4090 Laptop GPU") < 0.5 * unpacking("RTX 4090")
    assert unpacking("RTX 3080 Ti Laptop") == pytest.approx(58 * 1.59 / (82 * 1.7))


def test_a_jetson_has_few_multiprocessors_and_shares_its_memory() -> None:
    assert unpacking("Jetson AGX Orin 32GB") < unpacking("Jetson AGX Orin 64GB") < 0.2
    assert unpacking("Jetson Nano (Tegra X1)") < 0.01
    assert shares_memory("Jetson Orin Nano 8GB")
    assert not shares_memory("RTX 4090 Laptop GPU")


def test_cards_of_2020_or_later_multiply_bytes_in_matrix_units() -> None:
    assert multiplying("A100 SXM 80GB") == pytest.approx(108 * 1.41e9)
    assert multiplying("GTX 1080") == multiplying("Tesla V100") == multiplying("somebody's card") == 0.0
