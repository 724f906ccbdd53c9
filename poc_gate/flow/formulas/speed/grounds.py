"""How far a time may be from its likely value: the interval of its ground, widened by whatever few measurements cover."""

from __future__ import annotations

from poc_gate.flow.formulas.speed.fitted_constants import INTERVALS
from poc_gate.flow.formulas.speed.shapes import Hardware, Network

MEASURED_MAKERS = frozenset({"nvidia", "amd", "intel", "apple", "host"})
"""Makers of whose devices published rows were fitted."""

FEW_BITS = 3.0
"""Bits per weight below which kernels look values up in tables: times depend on the device more than on the bytes."""

_ONE_USER = ("llama.cpp", "portable", "apple")
_LOCAL_MIXTURES = {"intel": "mixed-local-intel", "apple": "mixed-local-apple"}
"""Makers for whose devices the kernels of mixtures of experts are young: published steps take up to 2.9 times (Apple, hybrid attention)
and 3.9 times (Intel) the likely time."""
_OTHERS = frozenset({"amd", "intel"})


def widenings(
    network: Network, hardware: Hardware, family: str, *, batch: bool = False, prompt: bool = False
) -> tuple[str, ...]:
    """Return the names of the further intervals that hold for a step, a `batch` or a `prompt`; none on fitted ground.

    Few are measured of: devices of other makers, weights of under three bits, mixtures of experts in engines for one
    user and in batches and prompts of serving engines, and on AMD's and Intel's devices.
    """
    local = mixed_local(network, hardware, family, prompt=prompt)
    if family.startswith("cpu"):
        return ()
    mixed = network.active_share < 1
    served = family.startswith("server")
    bits = 8.0 * network.weight_bytes / network.parameters if network.parameters > 0 else 16.0
    cases = (
        (hardware.vendor not in MEASURED_MAKERS, "foreign"),
        (bits < FEW_BITS, "few-bits"),
        (local != "", local),
        (mixed and served and batch, "mixed-batch"),
        (mixed and served and prompt, "mixed-prompt"),
        (network.latent is True and served, "latent-prompt" if prompt else "latent"),
        (mixed and served and hardware.vendor not in MEASURED_MAKERS, "mixed-foreign"),
        (mixed and served and hardware.vendor in _OTHERS, f"mixed-{hardware.vendor}"),
    )
    return tuple(name for holds, name in cases if holds)


def mixed_local(network: Network, hardware: Hardware, family: str, *, prompt: bool) -> str:
    """Return the name of the interval of a mixture of experts in an engine for one user; empty for all else.

    In a prompt each expert multiplies a few of its tokens only, so kernels reach less of the device than for dense models.
    """
    if network.active_share >= 1 or not family.startswith(_ONE_USER):
        return ""
    return "mixed-local-prompt" if prompt else _LOCAL_MIXTURES.get(hardware.vendor, "mixed-local")


def factors(*names: str) -> tuple[float, float]:
    """Return the least low and the greatest high factor of the named intervals."""
    found = [INTERVALS[name] for name in names]
    return min(low for low, _ in found), max(high for _, high in found)
