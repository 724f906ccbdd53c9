"""Where the fit of the constants starts and is drawn back to: round figures from the literature on each engine family."""

from __future__ import annotations

from typing import Any

FAMILIES: dict[str, dict[str, float]] = {
    "llama.cpp": {
        "reach": 0.98,
        "byte": 3.5e-13,
        "layer": 57e-6,
        "kv": 1.22,
        "link": 15e-6,
        "param": 0.0,
        "mfu": 0.35,
    },
    "fused": {
        "reach": 0.98,
        "byte": 1.3e-13,
        "layer": 45e-6,
        "kv": 1.6,
        "link": 15e-6,
        "param": 0.0,
        "mfu": 0.6,
    },
    "server": {
        "reach": 0.98,
        "byte": 1e-13,
        "layer": 120e-6,
        "kv": 1.5,
        "link": 12e-6,
        "param": 0.0,
        "mfu": 0.5,
    },
    "eager": {
        "reach": 0.98,
        "byte": 1.3e-13,
        "layer": 900e-6,
        "kv": 1.5,
        "link": 15e-6,
        "param": 0.0,
        "mfu": 0.35,
    },
    "apple": {
        "reach": 0.98,
        "byte": 0.0,
        "layer": 300e-6,
        "kv": 4.0,
        "link": 15e-6,
        "param": 0.3,
        "mfu": 0.35,
    },
    "portable": {
        "reach": 0.75,
        "byte": 0.0,
        "layer": 110e-6,
        "kv": 1.5,
        "link": 15e-6,
        "param": 0.2,
        "mfu": 0.3,
    },
    "cpu": {"reach": 0.9, "byte": 1e-13, "layer": 10e-6, "kv": 1.5, "link": 15e-6, "param": 0.1, "mfu": 0.3},
    "unknown": {
        "reach": 0.8,
        "byte": 3e-13,
        "layer": 100e-6,
        "kv": 1.5,
        "link": 15e-6,
        "param": 0.0,
        "mfu": 0.4,
    },
    "static": {"reach": 0.9, "byte": 0.0, "layer": 80e-6, "kv": 1.1, "link": 15e-6, "param": 0.0, "mfu": 0.6},
    "saturated": {
        "reach": 0.8,
        "byte": 0.0,
        "layer": 130e-6,
        "kv": 1.25,
        "link": 15e-6,
        "param": 0.0,
        "mfu": 0.45,
    },
    "saturated_moe": {
        "reach": 0.8,
        "byte": 0.0,
        "layer": 200e-6,
        "kv": 1.5,
        "link": 30e-6,
        "param": 0.0,
        "mfu": 0.12,
    },
    "loaded": {"reach": 0.9, "byte": 0.0, "layer": 80e-6, "kv": 1.1, "link": 15e-6, "param": 0.0, "mfu": 0.6},
}
PRECISION: dict[str, float] = {"fp16": 1.0, "bf16": 1.0, "fp8": 0.7, "int8": 0.7, "fp4": 0.5}
KINDS: dict[str, dict[str, float]] = {
    "experts": {"choices": 0.7},
    "serve_max": {"share": 0.9},
    "loaded": {"fixed": 0.0125, "tail_ttft": 1.6, "tail_e2e": 1.15},
    "train": {"mfu": 0.5, "fade": 0.2},
    "ingest_max": {"single": 0.9, "batched": 0.95},
    "coldstart": {"one": 0.3, "many": 0.9, "growth": 0.77, "cached": 1.5},
    "offload": {"reach": 0.7},
    "mem": {"runtime": 0.4, "activation": 30.0},
    "reindex": {"seconds": 3900.0},
    "embed": {"bytes_per_s": 1.15e12},
    "prefill": {"fixed": 0.005},
    "kvcap": {"runtime": 1.0, "activation": 30.0},
}
INTERVALS: dict[str, tuple[float, float]] = {
    "decode": (0.75, 1.8),
    "decode_batch": (0.75, 1.8),
    "serve_max_moe": (0.55, 1.8),
    "decode-unknown": (0.6, 3.0),
    "prefill": (0.4, 2.0),
    "generate": (0.75, 1.8),
    "serve": (0.75, 1.8),
    "serve_max": (0.55, 1.8),
    "loaded": (0.6, 2.5),
    "loaded_ttft": (0.5, 2.4),
    "train": (0.6, 1.5),
    "ingest_max": (0.7, 1.3),
    "coldstart": (0.4, 2.4),
    "offload": (0.7, 1.4),
    "mem": (0.7, 1.3),
    "reindex": (0.6, 1.7),
    "closedloop": (0.6, 1.8),
    "ingest": (0.92, 1.09),
    "kvcap": (0.8, 1.2),
}


_PLAIN = {"reach": 0.9, "byte": 1.5e-13, "layer": 100e-6, "kv": 1.5, "link": 15e-6, "param": 0.0, "mfu": 0.5}
_PLAIN_OF = {
    "llama.cpp": {"mfu": 0.35},
    "eager": {"layer": 700e-6, "mfu": 0.35},
    "apple": {"byte": 0.0, "param": 0.3, "mfu": 0.35},
    "portable": {"byte": 0.0, "param": 0.3, "mfu": 0.35},
    "cpu": {"byte": 0.0, "layer": 10e-6, "param": 0.1, "mfu": 0.35},
    "unknown": {"reach": 0.8, "byte": 3e-13, "mfu": 0.35},
    "static": {"byte": 0.0},
    "saturated": {"byte": 0.0},
    "saturated_moe": {"byte": 0.0, "mfu": 0.15},
    "loaded": {"byte": 0.0},
}


def plain_start() -> dict[str, dict[str, Any]]:
    """Return a start for cross-validation, alike for all families: the figures above were set with every row in view."""
    kinds = {**KINDS, "coldstart": {"one": 0.3, "many": 0.8, "growth": 0.8, "cached": 1.5}, "mem": {"runtime": 0.5, "activation": 20.0},
             "offload": {"reach": 0.75}, "kvcap": {"runtime": 1.0, "activation": 20.0}}  # fmt: skip
    families = {name: {**_PLAIN, **_PLAIN_OF.get(name, {})} for name in FAMILIES}
    return {"FAMILIES": families, "PRECISION": PRECISION, "KINDS": kinds, "INTERVALS": INTERVALS}
