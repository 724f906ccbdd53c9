"""Constants of the speed models, fitted on published cases by `benchmarks/fit_constants.py`; do not edit."""

from __future__ import annotations

FAMILIES: dict[str, dict[str, float]] = {
    "llama.cpp": {"eta": 0.93, "tau": 109e-6, "alpha": 16e-6, "mfu": 0.35},
    "fused": {"eta": 0.81, "tau": 48e-6, "alpha": 16e-6, "mfu": 0.5},
    "server": {"eta": 0.81, "tau": 117e-6, "alpha": 16e-6, "mfu": 0.5},
    "eager": {"eta": 0.95, "tau": 709e-6, "alpha": 16e-6, "mfu": 0.35},
    "apple": {"eta": 0.81, "tau": 220e-6, "alpha": 16e-6, "mfu": 0.35},
    "cpu": {"eta": 0.84, "tau": 0.0, "alpha": 16e-6, "mfu": 0.3},
    "unknown": {"eta": 0.6, "tau": 0.0, "alpha": 16e-6, "mfu": 0.4},
}
INTERVALS: dict[str, tuple[float, float]] = {
    "decode": (0.75, 1.8),
    "decode-unknown": (0.6, 3.0),
    "prefill": (0.4, 2.0),
    "loaded": (0.6, 2.5),
}
