"""PyTorch's own figures for what the accelerator probe measures: copies, a sum over memory, a matrix product.

Prints one line of JSON, rates in B/s and flop/s, each the median of several samples. It runs in a process of its own,
because the probe does not measure a device that other work uses.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable

import torch

SAMPLES = 5


def seconds_of(work: Callable[[], object], repeats: int) -> float:
    """Return the seconds of one `work`: events around several on a GPU, the wall clock elsewhere."""
    work()
    if not torch.cuda.is_available():
        begun = time.perf_counter()
        for _ in range(repeats):
            work()
        return (time.perf_counter() - begun) / repeats
    begin, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
    torch.cuda.synchronize()
    begin.record()
    for _ in range(repeats):
        work()
    end.record()
    torch.cuda.synchronize()
    return begin.elapsed_time(end) / 1e3 / repeats


def rate(work: Callable[[], object], amount: float, repeats: int = 4) -> float:
    """Return the median rate of several samples."""
    return statistics.median(amount / seconds_of(work, repeats) for _ in range(SAMPLES))


def measure(*, rehearse: bool) -> dict[str, float]:
    """Return every rate by the short name of the fact that it is held against."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    size = 1 << 22 if rehearse else 1 << 30
    side = 256 if rehearse else 8192
    copied = 1 << 20 if rehearse else 128 << 20
    found: dict[str, float] = {}
    source, target = (torch.zeros(size // 4, dtype=torch.float32, device=device) for _ in range(2))
    found["memory_bandwidth"] = rate(source.sum, size)
    found["copy inside the device"] = rate(lambda: target.copy_(source), 2 * size)
    source = target = torch.zeros(1)  # gives the memory back
    on_device = torch.zeros(copied, dtype=torch.uint8, device=device)
    plain = torch.ones(copied, dtype=torch.uint8)
    locked = plain.pin_memory() if device == "cuda" else plain
    found["h2d_pinned"] = rate(lambda: on_device.copy_(locked, non_blocking=True), copied)
    found["d2h_pinned"] = rate(lambda: locked.copy_(on_device, non_blocking=True), copied)
    found["h2d_pageable"] = rate(lambda: on_device.copy_(plain, non_blocking=True), copied)
    half = torch.float16 if device == "cuda" else torch.float32
    left, right = (torch.randn(side, side, device=device, dtype=half) for _ in range(2))
    found["compute_half"] = rate(lambda: left @ right, 2.0 * side**3)
    return found


if __name__ == "__main__":
    print(json.dumps(measure(rehearse="--rehearse" in sys.argv)))
