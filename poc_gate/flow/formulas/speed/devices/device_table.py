"""What is known of devices by their name beyond data-sheet bandwidth and matrix rate."""

from __future__ import annotations

import math
from collections.abc import Iterable

_CARDS = (
    *((units, clock, (f"{card} laptop", f"{card} mobile")) for units, clock, card in (
        (82, 2.16, "5090"), (60, 2.29, "5080"), (46, 2.22, "5070 ti"), (36, 2.35, "5070"), (26, 2.5, "5060"),
        (76, 2.04, "4090"), (58, 2.28, "4080"), (36, 2.18, "4070"), (24, 2.37, "4060"), (20, 2.37, "4050"),
        (58, 1.59, "3080 ti"), (48, 1.71, "3080"), (46, 1.48, "3070 ti"), (40, 1.62, "3070"), (30, 1.7, "3060"), (20, 1.69, "3050 ti"), (16, 1.74, "3050"),
    )),
    (170, 2.41, ("5090",)), (188, 2.6, ("rtx pro 6000",)), (110, 2.6, ("rtx pro 5000",)), (82, 2.6, ("rtx pro 4500",)), (70, 2.6, ("rtx pro 4000",)), (84, 2.62, ("5080",)), (70, 2.45, ("5070 ti",)), (48, 2.51, ("5070",)),
    (36, 2.57, ("5060 ti",)), (30, 2.5, ("5060",)), (20, 2.57, ("5050",)),
    (128, 2.52, ("4090",)), (76, 2.51, ("4080",)), (60, 2.61, ("4070 ti",)), (46, 2.48, ("4070",)), (34, 2.54, ("4060 ti",)),
    (24, 2.46, ("4060",)), (142, 2.5, ("rtx 6000 ada", "l40", "l40s")), (110, 2.46, ("rtx 5880 ada",)), (100, 2.55, ("rtx 5000 ada",)), (60, 2.58, ("rtx 4500 ada",)),
    (48, 2.18, ("rtx 4000 ada",)), (58, 2.04, ("l4",)),
    (132, 1.98, ("h100 sxm", "h200", "gh200")), (114, 1.76, ("h100",)), (78, 1.98, ("h20",)),
    (148, 1.95, ("b200", "b300", "gb200", "gb300")), (48, 2.42, ("gb10", "dgx spark")), (12, 1.53, ("t4000",)), (20, 1.57, ("jetson thor", "agx thor")),
    (14, 0.93, ("agx orin 32gb",)), (16, 1.3, ("agx orin", "igx orin")), (8, 1.17, ("orin nx",)), (8, 1.02, ("orin nano",)),
    (108, 1.41, ("a100", "a800")), (56, 1.44, ("a30",)), (84, 1.74, ("a40",)), (72, 1.7, ("a10", "a10g")), (10, 1.77, ("a2",)),
    (84, 1.8, ("a6000",)), (64, 1.7, ("a5000",)), (56, 1.65, ("a4500",)), (48, 1.56, ("a4000",)), (26, 1.2, ("a2000",)),
    (84, 1.86, ("3090 ti",)), (82, 1.7, ("3090",)), (80, 1.67, ("3080 ti",)), (68, 1.71, ("3080",)), (48, 1.77, ("3070 ti",)),
    (46, 1.73, ("3070",)), (38, 1.67, ("3060 ti",)), (28, 1.78, ("3060",)), (20, 1.78, ("3050",)),
)  # fmt: skip
"""Multiprocessors of a card of 2020 or later and their clock in GHz, by the makers' data sheets. A laptop's card has fewer of them than the card it is
named for, at the clock that its power allows at most. First match counts, whole words."""

_OLDER = (
    (8, 1.38, ("agx xavier",)), (6, 1.1, ("xavier nx",)),
    (80, 1.38, ("v100",)), (40, 1.59, ("t4",)), (68, 1.55, ("2080 ti",)), (46, 1.71, ("2080",)), (36, 1.62, ("2070",)), (30, 1.68, ("2060",)),
    (72, 1.77, ("quadro rtx 8000", "quadro rtx 6000", "titan rtx")), (24, 1.77, ("1660 ti",)), (22, 1.79, ("1660",)), (14, 1.67, ("1650",)), (80, 1.46, ("titan v",)),
    *((units * 2 / 3, clock, names) for units, clock, names in (
        (28, 1.33, ("p100",)), (30, 1.53, ("p40",)), (20, 1.11, ("p4",)), (28, 1.58, ("1080 ti",)), (20, 1.73, ("1080",)), (19, 1.68, ("1070 ti",)),
        (15, 1.68, ("1070",)), (10, 1.71, ("1060",)), (6, 1.39, ("1050 ti",)), (5, 1.46, ("1050",)), (24, 1.11, ("m40",)),
        (2, 1.3, ("jetson tx2",)), (1, 0.92, ("jetson nano", "tegra x1")),
    )),
)  # fmt: skip
"""The same of older cards. Those of before 2017 count for two thirds: they compute with integers and fractions on the same lanes, and unpacking needs both. A
P100's multiprocessors are half as wide besides."""

_STACKED = (
    (60, 1.73, ("mi50",)), (64, 1.8, ("mi60",)), (60, 1.75, ("radeon vii",)), (120, 1.5, ("mi100",)), (104, 1.7, ("mi210",)),
    (208, 1.7, ("mi250", "mi250x")), (228, 2.1, ("mi300a",)), (304, 2.1, ("mi300x", "mi325x")), (256, 2.4, ("mi350x", "mi355x")),
)  # fmt: skip
"""The same of AMD's cards with stacked memory, in compute units: each has 64 lanes where a multiprocessor of NVIDIA's has 128. Cards with other memory have
units enough for it, so that what they unpack never binds."""

_PLAIN = (82, 1.7)
"""An RTX 3090, which a card that is not in the table is taken for."""


_Card = tuple[float, float, tuple[str, ...]]


def _found(device: str, cards: Iterable[_Card]) -> tuple[float, float] | None:
    words = f" {plain_name(device)} "
    return next((card[:2] for card in cards if any(f" {name} " in words for name in card[2])), None)


def unpacking(device: str, *, cuda: bool = True) -> float:
    """Return how fast a device's multiprocessors unpack weights, over an RTX 3090; 1 for one that is not in the table, without CUDA no limit."""
    stacked = _found(device, _STACKED)
    if not stacked and not cuda:
        return math.inf
    processors, clock = (
        (stacked[0] / 2.0, stacked[1]) if stacked else _found(device, (*_CARDS, *_OLDER)) or _PLAIN
    )
    return processors * clock / (_PLAIN[0] * _PLAIN[1])


def multiplying(device: str) -> float:
    """Return the multiprocessors of a card with matrix units for bytes, times their clock in Hz; 0 for one that has none or is not in the table."""
    found = _found(device, _CARDS)
    return found[0] * found[1] * 1e9 if found else 0.0


def ticking(device: str) -> float:
    """Return how long a clock cycle of a device lasts, over an RTX 3090; 1 for one that is not in the table."""
    return _PLAIN[1] / (_found(device, (*_CARDS, *_OLDER)) or _PLAIN)[1]


SHARED_MEMORY = ("gb10", "dgx spark", "jetson", "orin", "xavier", "agx thor", "tegra x1")
"""Devices whose memory the processor shares: kernels reach less of the data sheet's bandwidth than on memory of their own."""


def shares_memory(device: str) -> bool:
    """Return whether a device with CUDA shares its memory with the processor."""
    words = f" {plain_name(device)} "
    return any(f" {name} " in words for name in SHARED_MEMORY)


DOUBTED_PEAKS = ("gb10", "dgx spark")
"""Devices whose maker states sparse four-bit products alone: half precision may be a sixteenth of them, as on GeForce cards of the same
generation, or an eighth, as on its cards for workstations; users measured 60 and 85 of 62 and 125 Tflop/s in bfloat16."""


def peak_doubt(device: str) -> float:
    """Return how many times as fast as listed a device may compute."""
    words = f" {plain_name(device)} "
    return 2.0 if any(f" {name} " in words for name in DOUBTED_PEAKS) else 1.0


_LAUNCHING = ((1.0, "m1"), (0.4, "m2"), (0.4, "m3"), (0.18, "m4"), (0.18, "m5"))
"""Time of a layer's launches on a generation of Apple silicon over that on an M1, by 57 published steps of 2024 to 2026."""


def launching(device: str) -> float:
    """Return the time of a layer's launches on a device over that on an M1; that of an M2 for one that is not in the table."""
    words = plain_name(device).split()
    return next((time for time, name in _LAUNCHING if name in words), 0.4)


def plain_name(device: str) -> str:
    """Return a device's name in small letters, its words apart: a data sheet's `rtx-4090-24gb` is `rtx 4090 24gb`."""
    return device.strip().lower().replace("-", " ").replace("_", " ")
