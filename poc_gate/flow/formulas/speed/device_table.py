"""What is known of devices by their name beyond data-sheet bandwidth and matrix rate."""

from __future__ import annotations

_SINGLE = (
    (2.95, ("5090", "rtx pro 6000")), (1.58, ("5080",)), (1.23, ("5070 ti",)), (0.87, ("5070",)),
    (2.32, ("4090",)), (1.37, ("4080",)), (1.13, ("4070 ti",)), (0.82, ("4070",)),
    (2.56, ("rtx 6000 ada", "l40")), (1.83, ("rtx 5000 ada",)), (1.1, ("rtx 4500 ada",)), (0.75, ("rtx 4000 ada",)),
    (1.88, ("h100 sxm", "h200", "gh200")), (1.44, ("h100",)), (1.24, ("h20",)), (2.25, ("b200", "b300")),
    (0.55, ("a100", "a800")), (0.44, ("v100",)), (0.23, ("t4",)), (0.86, ("l4", "gb10", "dgx spark")), (0.88, ("a10g", "a10")),
    (1.12, ("3090 ti",)), (0.96, ("3080 ti",)), (0.84, ("3080",)), (0.57, ("3070",)), (0.36, ("3060",)),
    (1.09, ("a6000",)), (1.05, ("a40",)), (0.54, ("a4000",)), (0.78, ("a5000",)), (0.21, ("2070",)), (0.38, ("2080 ti",)),
)  # fmt: skip
"""Single-precision rate of a device's plain cores over the 35.6 TFLOP/s of an RTX 3090, by the makers' data sheets; kernels unpack
quantised weights on these. First match counts, whole words."""


def unpacking(device: str) -> float:
    """Return how fast a device unpacks weights, over an RTX 3090; 1 for one that is not in the table."""
    words = f" {plain_name(device)} "
    return next((speed for speed, names in _SINGLE if any(f" {name} " in words for name in names)), 1.0)


_LAUNCHING = ((1.0, "m1"), (0.4, "m2"), (0.4, "m3"), (0.18, "m4"), (0.18, "m5"))
"""Time of a layer's launches on a generation of Apple silicon over that on an M1, by 57 published steps of 2024 to 2026."""


def launching(device: str) -> float:
    """Return the time of a layer's launches on a device over that on an M1; that of an M2 for one that is not in the table."""
    words = plain_name(device).split()
    return next((time for time, name in _LAUNCHING if name in words), 0.4)


def plain_name(device: str) -> str:
    """Return a device's name in small letters, its words apart: a data sheet's `rtx-4090-24gb` is `rtx 4090 24gb`."""
    return device.strip().lower().replace("-", " ").replace("_", " ")
