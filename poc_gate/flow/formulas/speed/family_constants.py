"""The constants of a family of engines, and how much longer mixtures of experts and latent attention take in it."""

from __future__ import annotations

from poc_gate.flow.formulas.speed.fitted_constants import FAMILIES, KINDS
from poc_gate.flow.formulas.speed.shapes import Hardware, Network

MIXED = "-moe"
"""What the constants of a family are called for mixtures of experts."""
LOADED = "loaded"
"""Constants of a replica of a serving engine under open load, fitted on NVIDIA's devices and dense models."""
_SATURATED = {
    "static": "saturated",
    "static-amd": "saturated-amd",
    LOADED: "saturated",
    "loaded-amd": "saturated-amd",
}


def constants_of(family: str) -> dict[str, float]:
    """Return the constants of a family.

    Few batches of mixtures of experts were published with one start and one end, or under open load. Their launches and the
    share of the compute rate that they reach stand to those of dense models as they do on saturated servers, where many were.
    Under open load, what AMD's and Intel's devices reach stands to what NVIDIA's do as in static batches.
    """
    if family in FAMILIES:
        return FAMILIES[family]
    plain = family.removesuffix(MIXED)
    found = FAMILIES[plain] if plain in FAMILIES else _of_other_makers()
    if plain == family:
        return found
    dense = FAMILIES[_SATURATED[plain]]
    mixed = FAMILIES["saturated-amd-moe" if plain.endswith("-amd") else "saturated_moe"]
    return {**found, **{name: found[name] * mixed[name] / dense[name] for name in ("layer", "mfu")}}


def _of_other_makers() -> dict[str, float]:
    other, nvidia, found = FAMILIES["static-amd"], FAMILIES["static"], FAMILIES[LOADED]
    return {**found, **{name: found[name] * other[name] / nvidia[name] for name in ("reach", "mfu")}}


def loaded_family(network: Network, hardware: Hardware) -> str:
    """Return the constants that hold under open load, by model and maker."""
    name = "loaded-amd" if hardware.vendor in {"amd", "intel"} else LOADED
    return name + MIXED if network.active_share < 1 else name


def has_half_weights(network: Network) -> bool:
    """Return whether the weights have 16 bits."""
    return network.parameters > 0 and 1.5 < network.weight_bytes / network.parameters < 3.0


def widened(network: Network, family: str) -> float:
    """Return what is left of a processor's matrix rate where weights of 16 bits are widened before they are multiplied."""
    return constants_of(family).get("widened", 1.0) if has_half_weights(network) else 1.0


def slower_by(network: Network, family: str, vendor: str = "", *, own: bool = False) -> float:
    """Return how much longer than by bytes a step takes for latent attention or a mixture, in serving engines and on shared memory."""
    if family.startswith(("apple", "unified")) and network.active_share < 1:
        return KINDS["mixture"]["apple" if family.startswith("apple") else "unified"]
    if own or not family.startswith("server"):
        return 1.0
    if network.latent:
        return KINDS["mixture"]["slower"]
    return slower_experts(network, vendor)


def served_mixture(network: Network, family: str) -> bool:
    """Return whether a step launches the kernels of experts in a serving engine: routing, both products, and adding up what they give.

    Constants of batches and of saturated servers have them in their launches already.
    """
    return family.startswith("server") and network.active_share < 1 and not network.latent


def slower_in_batches(network: Network, family: str, vendor: str, *, own: bool = False) -> float:
    """Return how much longer batches take for latent attention or a mixture, whose launches are in the constants already.

    Under open load prompts join the steps of a mixture, and their tokens choose experts that no other token of the step has read.
    """
    measured = "server25" if family == LOADED else family
    if family == LOADED and network.active_share < 1 and not network.latent:
        return max(KINDS["mixture"]["loaded"], 1.0 if own else slower_experts(network, vendor))
    if measured.startswith("server") and not network.latent:
        return 1.0 if own else slower_experts(network, vendor)
    return slower_by(network, measured, vendor, own=own)


def slower_experts(network: Network, vendor: str) -> float:
    """Return how much longer a step or batch of a mixture takes on devices for which serving engines have young kernels of experts."""
    return KINDS["mixture"]["amd"] if vendor == "amd" and network.active_share < 1 else 1.0
