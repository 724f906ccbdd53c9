"""A start of the fit for cross-validation, alike for all families, so that no row speaks through it."""

from __future__ import annotations

from typing import Any

from constant_priors import FAMILIES, KINDS, PRECISION
from interval_priors import INTERVALS

_PLAIN = {"reach": 0.9, "byte": 1.5e-13, "layer": 100e-6, "kv": 1.5, "link": 15e-6, "param": 0.0, "mfu": 0.5}
_PLAIN_OF = {
    "llama.cpp": {"mfu": 0.35},
    "eager": {"layer": 700e-6, "mfu": 0.35, "spread": 5.0},
    "apple": {"byte": 0.0, "param": 0.3, "mfu": 0.35},
    "apple25": FAMILIES["apple25"],
    "llama.cpp25": {"mfu": 0.35, "products": FAMILIES["llama.cpp25"]["products"]},
    "portable": {"byte": FAMILIES["portable"]["byte"], "param": 0.05, "mfu": 0.05, "fade": 0.5},
    "portable-vulkan": FAMILIES["portable-vulkan"],
    "portable-hip": FAMILIES["portable-hip"],
    "unified": {"byte": 0.0, "param": 0.2, "mfu": 0.2, "narrow": 1.0},
    "cpu": {"byte": 0.0, "layer": 10e-6, "param": 0.1, "mfu": 0.35},
    "unknown": {"reach": 0.8, "byte": 3e-13, "mfu": 0.35},
    "static": {"byte": 0.0, "unhidden": 0.5},
    "static-amd": {"byte": 0.0, "unhidden": 0.5},
    "saturated": {"byte": 0.0, "fade": 0.1, "apart": 0.5, "wire": 3e11},
    "saturated_moe": {"byte": 0.0, "mfu": 0.15, "fade": 0.1, "apart": 0.5, "wire": 3e11},
    "saturated-amd": {"apart": 0.5, "wire": 2e11},
    "saturated-amd-moe": {"apart": 0.5, "wire": 2e11, "mfu": 0.085},
    "loaded": {"byte": 0.0},
}


def plain_start() -> dict[str, dict[str, Any]]:
    """Return a start for cross-validation, alike for all families: the figures above were set with every row in view."""
    kinds = {**KINDS, "experts": {"choices": 0.7}, "coldstart": {"one": 0.4, "many": 1.0, "growth_one": 0.6, "growth_many": 0.8, "cached": 1.5}, "mem": {"runtime": 0.5, "activation": 20.0},
             "offload": {"reach": 0.75}, "kvcap": {"runtime": 1.0, "activation": 20.0}}  # fmt: skip
    families = {name: {**_PLAIN, **_PLAIN_OF.get(name, {})} for name in FAMILIES}
    return {"FAMILIES": families, "PRECISION": PRECISION, "KINDS": kinds, "INTERVALS": INTERVALS}
