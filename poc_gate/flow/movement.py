"""Movement and storage: ingest rates, checkpoints, cold starts; pure formulas without facts."""

from __future__ import annotations

from poc_gate.flow.span import Span

CHECKPOINT_BYTES_PER_PARAMETER = 14.0
"""2 bytes of half-precision model and 12 of optimiser state; 0.3 to 0.8 % off the MLPerf Storage sizes."""

ENGINE_START = (16.0, 20.0, 28.0)
"""Seconds from loaded weights to a ready engine: low, likely, high of published cold starts."""


def ingest_need(batch: Span, sample: Span, step: Span, *, utilisation: Span | float) -> Span:
    """Return the bytes per second that one accelerator reads at that utilisation (MLPerf Storage)."""
    return batch * sample / step * utilisation


def checkpoint_bytes(parameters: float) -> float:
    """Return the bytes of a training checkpoint with an Adam optimiser in single precision."""
    return parameters * CHECKPOINT_BYTES_PER_PARAMETER
