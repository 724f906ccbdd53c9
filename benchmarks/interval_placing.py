"""Residuals of published rows -> the factors around a likely value that hold most of them."""

from __future__ import annotations

import math


def window(residuals: list[float], width: float) -> tuple[float, float]:
    """Return the factors (low, high) with high / low = width that hold most residuals.

    Among windows within 1.5 % of the best count the one is taken that has the likely value most in its middle: few
    residuals leave many windows, and where the rest lies they do not say.
    """
    span = math.log(width)
    starts = [i * 0.005 - 1.5 * span for i in range(int(2.0 * span / 0.005))]
    held = [sum(start <= r <= start + span for r in residuals) for start in starts]
    best = [
        start
        for start, count in zip(starts, held, strict=True)
        if count >= max(held) - 0.015 * len(residuals)
    ]
    start = min(best, key=lambda each: abs(each + span / 2.0))
    return math.exp(start), math.exp(start + span)


OWN_RUNS = {"decode-eager": (0.97, 1.9), "decode-unknown": (0.53, 2.6)}
"""Factors on the likely time that this project's own run on an H100 took (`on_gpu.sh`, 2026-11-28): transformers 5.17 with
batches, and a step captured as a CUDA graph stated as an unknown engine. Intervals are moved so far that they hold them."""


def holding(low: float, high: float, own: tuple[float, float]) -> tuple[float, float]:
    """Return the interval moved, at the same width, to hold the own runs' factors; widened where it cannot."""
    if own[1] > high:
        low, high = low * own[1] / high, own[1]
    if own[0] < low:
        low, high = own[0], max(own[1], high * own[0] / low)
    return low, high
