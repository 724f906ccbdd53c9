"""How far a time may be from its likely value: the interval of its ground, widened by whatever few measurements cover."""

from __future__ import annotations

from poc_gate.flow.formulas.speed.family_constants import widened
from poc_gate.flow.formulas.speed.fitted_intervals import INTERVALS
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
    network: Network,
    hardware: Hardware,
    family: str,
    *,
    batch: bool = False,
    prompt: bool = False,
    several: bool = False,
) -> tuple[str, ...]:
    """Return the names of the further intervals that hold for a step, a `batch` or a `prompt`; none on fitted ground.

    With `several` the step is one of more than one stream. Few are measured of: devices of other makers, NVIDIA's before
    Ampere under serving engines, weights of under three bits, prompts and several streams of hybrid models in engines for
    one user, mixtures of experts in engines for one user and in batches and prompts of serving engines, and on AMD's and
    Intel's devices.
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
        (hardware.early and served, "early-server"),
        (several and network.carried_layers > 0 and family.startswith(_ONE_USER), "hybrid-batch"),
        (prompt and network.carried_layers > 0 and family.startswith(_ONE_USER), "hybrid-prompt"),
        (mixed and served and batch and not hardware.own_kernels, "mixed-batch"),
        (mixed and served and prompt, "mixed-prompt"),
        (
            network.latent is True and served and not hardware.own_kernels,
            "latent-prompt" if prompt else "latent",
        ),
        (mixed and served and hardware.vendor not in MEASURED_MAKERS, "mixed-foreign"),
        (
            mixed and served and hardware.vendor in _OTHERS,
            "mixed-own" if hardware.own_kernels else f"mixed-{hardware.vendor}",
        ),
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


SMALL = 3e8
"""Parameters below which the embedding, which is looked up and not multiplied, is a large part of a model."""


def processor_interval(network: Network, hardware: Hardware, family: str) -> str:
    """Return the name of the interval that holds for steps on a processor."""
    if hardware.compute is None:
        return "decode-cpu-unmeasured"
    if network.parameters < SMALL:
        return "decode-cpu-small"
    if widened(network, family) < 1.0:
        return "decode-cpu-half"
    return "decode-cpu" if family == "cpu" else "decode-cpu-framework"


LONG_CONTEXT = 8192.0
"""Tokens beyond which published runs of eager frameworks scatter."""


def step_interval(network: Network, hardware: Hardware, family: str, *, context: float = 0.0) -> str:
    """Return the name of the interval that holds for a step here: the widest of what is outside the fitted ground."""
    if family == "unknown":
        return "decode-unknown"
    if family.startswith("cpu"):
        return processor_interval(network, hardware, family)
    if hardware.devices > 1 and hardware.link == "pcie":
        return "decode-pcie"
    if family.startswith("server") and (network.latent or network.active_share < 1):
        return "decode-mixture" if network.latent else "decode-mixed"
    if family == "eager" and context > LONG_CONTEXT:
        return "decode-long"
    return f"decode-{family}" if f"decode-{family}" in INTERVALS else "decode"
