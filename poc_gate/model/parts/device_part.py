"""The name of an accelerator -> whether it is a whole device, or a slice or share of one."""

from __future__ import annotations

import re

_PART = re.compile(
    r"(?i)(?:^|[^a-z0-9])(?:mig|shared|vgpu|slice|\d+g\.\d+gb|grid)(?:[^a-z0-9]|$)|[a-z0-9]-\d{1,3}[abcq]$"
)
"""MIG instances and their profiles, time slices (`-SHARED`), and vGPU types such as `GRID T4-2Q`."""


def is_part_of_device(name: str) -> bool:
    """Say whether a product name or label is that of a part of a device."""
    return bool(_PART.search(name.strip()))
