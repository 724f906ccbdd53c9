"""Speed of language models: time of one decode step, on one or several devices."""

from __future__ import annotations

import math
from typing import NamedTuple

from poc_gate.flow.formulas.speed.fitted_constants import FAMILIES, INTERVALS, KINDS, PRECISION
from poc_gate.flow.formulas.speed.grounds import factors, widenings
from poc_gate.flow.formulas.speed.shapes import Hardware, Network
from poc_gate.flow.formulas.speed.worlds import hull, over_engines, worlds
from poc_gate.flow.span import Span

FIXED_TTFT = 0.0125
"""Seconds of scheduling and tokenising before the first token; published engines need 5 to 20 ms."""


CROWD = 256.0
"""Sequences from which on the matrix kernels of a step work as they do in the prompt phase."""

LAUNCHING_AHEAD = frozenset({"eager"})
"""Families whose host queues kernels while the device works on earlier ones."""

UNPACKING_ON_CORES = ("llama.cpp", "unknown")
"""Families that unpack each weight on the plain cores. Others multiply on tensor cores, or write weights out unpacked first."""


MLX_ON_M1 = 0.35
"""Time of MLX's launches on an M1 over those of llama.cpp there, and how fast it unpacks weights over later chips: eight steps of 0.6 to 8
billion parameters on an M1 Max (vllm-mlx, 2025-12-31), where llama.cpp takes twice as long for 3 billion (geerlingguy/ai-benchmarks)."""


def bound_time(network: Network, hardware: Hardware, *, batch: float = 1.0, context: float = 0.0) -> float:
    """Return the seconds that no engine can go below for one token of each stream of the whole batch.

    Every active weight byte and the context's KV cache cross the memory bus at full bandwidth; for a
    mixture of experts only the active share is charged, as if the batch agreed on the experts. A step that
    keeps more tokens than one reads for all of them once.
    """
    cache = batch * context * network.kv_per_token / network.kv_parts(hardware.devices)
    memory = network.least_read / hardware.devices + cache
    memory /= hardware.bandwidth * (1.0 + hardware.guessed if hardware.kept is None else hardware.kept)
    if hardware.compute is None:
        return memory
    return max(memory, 2.0 * network.computed * batch / (hardware.compute * hardware.devices))


class StepParts(NamedTuple):
    """Seconds that a step of an accelerator spends on each thing, before they overlap."""

    reading: float
    """Weights and KV cache cross the memory bus."""
    computing: float
    """0 where the compute rate is unknown."""
    launching: float
    """Kernels are launched."""
    exchanging: float
    """Devices exchange sums."""


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


def step_parts(
    network: Network, hardware: Hardware, family: str, *, batch: float, context: float
) -> StepParts:
    """Return what one decode step of a family on accelerators is made of, by each token that it keeps of a stream.

    The weights and the KV cache cross the bus at the bandwidth that the family reaches, and each weight byte costs a
    little more for unpacking, on the device's plain cores, in serving engines only where there is something to unpack;
    each layer adds its launches, and each pair of all-reduces its latency. Eager frameworks also write out the cache of every
    head anew in each step.
    """
    c = constants_of(family)
    devices, bandwidth = hardware.devices, hardware.bandwidth
    rows = batch * (1.0 + hardware.guessed)
    read, cache = network.weight_read(rows), batch * context * network.kv_per_token
    on_m1 = bool(hardware.mlx) and hardware.launching >= 1.0 and family.startswith("apple")
    unpacked = c["param"] * network.computed / (MLX_ON_M1 if on_m1 else 1.0)
    reading = (read / c["reach"] + unpacked) / (bandwidth * devices)
    reading += c["kv"] * cache / (bandwidth * network.kv_parts(devices))
    unpacking = hardware.unpacking if family.startswith(UNPACKING_ON_CORES) else 1.0
    if not family.startswith("server") or not has_half_weights(network):
        reading += c["byte"] * read / (devices * unpacking)
    reading += writing_out(network, hardware, read) / c["reach"]
    if "spread" in c:
        reading += c["spread"] * batch * context * 4.0 * network.layers * network.attention_width / bandwidth
    rate = compute_reached(hardware, family, rows)
    computing = 0.0 if rate is None else 2.0 * network.computed * rows / rate
    exchanging = 2.0 * network.layers * link_time(network, hardware, family, rows) if devices > 1 else 0.0
    launching = c["layer"] * (hardware.launching if family.startswith("apple") else 1.0)
    launching *= MLX_ON_M1 if on_m1 else 1.0
    if hardware.singly:
        launching = max(launching, FAMILIES["eager"]["layer"])
    each = drafted(hardware)
    return StepParts(each * reading, each * computing, each * network.layers * launching, each * exchanging)


DRAFTED = 1.8
"""Most time over that of a plain step where no guess of a draft holds: the draft's own, and steps that check in vain. The
makers of vLLM saw 1.4 and 1.8 of Llama 3 70B on four H100 at many requests a second
(https://blog.vllm.ai/2024/10/17/spec-decode.html)."""


def drafted(hardware: Hardware) -> float:
    """Return the share of a step that each token of a stream takes where a draft guesses ahead; what it is likely to be is not known."""
    if hardware.guessed <= 0:
        return 1.0
    if hardware.kept is None:
        return math.sqrt(DRAFTED / (1.0 + hardware.guessed))
    return DRAFTED if hardware.kept <= 1.0 else 1.0 / hardware.kept


def step_time(
    network: Network, hardware: Hardware, family: str, *, batch: float = 1.0, context: float = 0.0
) -> float:
    """Return the likely seconds of one decode step.

    Compute hides behind reading until it binds. A part of what a batch computes does not hide (`unhidden`), up to the
    batch at which kernels are as good as they get. Eager frameworks launch ahead of the device, so of launches and
    device work the longer one counts.
    """
    if family.startswith("cpu"):
        return _processor_step(network, hardware, family, batch, context)
    parts = step_parts(network, hardware, family, batch=batch, context=context)
    shown = (
        constants_of(family).get("unhidden", 0.0) * (min(batch, CROWD) - 1.0) / batch if batch > 0 else 0.0
    )
    time = max(parts.reading, parts.computing) + shown * parts.computing
    ahead = family in LAUNCHING_AHEAD or hardware.singly
    time = max(time, parts.launching) if ahead else time + parts.launching
    return time + parts.exchanging


WRITTEN_AND_READ = 4.0
"""Bytes that a weight of 16 bits costs the memory bus where it is written out and read again."""


def writing_out(network: Network, hardware: Hardware, read: float) -> float:
    """Return the seconds in which `read` bytes of weights are written out at 16 bits and read again, at full bandwidth; 0 where none are."""
    if not hardware.written_out or network.weight_bytes <= 0:
        return 0.0
    weights = read * network.parameters / network.weight_bytes
    return WRITTEN_AND_READ * weights / (hardware.bandwidth * hardware.devices)


def _processor_step(network: Network, hardware: Hardware, family: str, batch: float, context: float) -> float:
    """Return the likely seconds of a step on a processor: reading and computing do not overlap, and layers wait for threads.

    Frameworks convert 16-bit weights on the way (`half`: what is left of the bandwidth). llama.cpp widens each of them
    before it multiplies, which costs batches and prompts (`widened`); one stream waits for memory meanwhile.
    """
    c = constants_of(family)
    read, cache = network.weight_read(batch), batch * context * network.kv_per_token
    reach = c["reach"] * (c.get("half", 1.0) if has_half_weights(network) else 1.0)
    time = (read / reach + c["kv"] * cache) / hardware.bandwidth + network.layers * c["layer"]
    rows = batch * (1.0 + hardware.guessed)
    rate = compute_reached(hardware, family, rows)
    if rate is None:
        return drafted(hardware) * time
    time += 2.0 * network.computed * rows / (rate * (widened(network, family) if rows > 1 else 1.0))
    return drafted(hardware) * time


def has_half_weights(network: Network) -> bool:
    """Return whether the weights have 16 bits."""
    return network.parameters > 0 and 1.5 < network.weight_bytes / network.parameters < 3.0


def widened(network: Network, family: str) -> float:
    """Return what is left of a processor's matrix rate where weights of 16 bits are widened before they are multiplied."""
    return constants_of(family).get("widened", 1.0) if has_half_weights(network) else 1.0


def link_time(network: Network, hardware: Hardware, family: str, rows: float) -> float:
    """Return the seconds of one all-reduce of `rows` tokens: its latency, and its bytes over fast links or PCIe."""
    share = 2.0 * (hardware.devices - 1.0) / hardware.devices
    moved = share * rows * network.hidden_width * 2.0
    if hardware.link != "pcie":
        c = constants_of(family)
        return c["link"] + moved / (c.get("wire", KINDS["fast"]["rate"]) * hardware.link_speed)
    constants = KINDS["pcie"]
    return constants["latency"] * hardware.devices + moved / constants["rate"]


def compute_reached(hardware: Hardware, family: str, rows: float = 1e9) -> float | None:
    """Return the flop/s that all devices together reach in dense layers, or None when it is unknown.

    `rows` are the tokens computed together: on processors a product with few rows reaches less.
    """
    if hardware.compute is None:
        return None
    c = constants_of(family)
    share = c["mfu"] * PRECISION.get(hardware.precision, 1.0)
    if family.startswith("portable") and hardware.vendor in KINDS["portable"]:
        share = KINDS["portable"][hardware.vendor]
    elif "fade" in c:  # faster devices reach a smaller share of their rate
        share *= (hardware.compute / 989e12) ** -c["fade"]
        share = min(share, 0.98)
    if "single" in c:
        share = c["mfu"] + (c["single"] - c["mfu"]) / max(1.0, rows) ** 0.25
    return share * hardware.compute * hardware.devices


def likely_step(
    network: Network, hardware: Hardware, family: str, *, batch: float = 1.0, context: float = 0.0
) -> float:
    """Return the likely seconds of one decode step where nothing about engine and machine is open, the bound at least."""
    time = step_time(network, hardware, family, batch=batch, context=context)
    time *= slower_by(network, family, hardware.vendor)
    return max(time, bound_time(network, hardware, batch=batch, context=context))


def step_span(
    network: Network, hardware: Hardware, family: str, *, batch: float = 1.0, context: float = 0.0
) -> Span:
    """Return the seconds of one decode step with the interval of its domain, never below the bound.

    Where the engine's version, the link or the kind of attention is unknown the interval holds those of all that it may
    be. Where the compute rate is unknown a batch may take as long as its streams one after the other.
    """
    every = worlds(network, hardware, family)
    if len(every) > 1:
        return hull(step_span(*world, batch=batch, context=context) for world in every)
    likely = likely_step(network, hardware, family, batch=batch, context=context)
    floor = bound_time(network, hardware, batch=batch, context=context)
    low, high = factors(
        step_interval(network, hardware, family, context=context), *widenings(network, hardware, family)
    )
    longest = likely * high
    if batch > 1 and hardware.compute is None:
        alone = step_span(network, hardware, family, context=context)
        longest = max(longest, batch * alone.high)
    span = Span(likely, max(floor, likely * low), max(floor, longest))
    return over_engines(
        span, family, hardware, lambda name: step_span(network, hardware, name, batch=batch, context=context)
    )


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


def slower_by(network: Network, family: str, vendor: str = "") -> float:
    """Return how much longer than by bytes a step takes for latent attention or a mixture, in serving engines and on Apple silicon."""
    if family.startswith("apple") and network.active_share < 1:
        return KINDS["mixture"]["apple"]
    if not family.startswith("server"):
        return 1.0
    if network.latent:
        return KINDS["mixture"]["slower"]
    if network.active_share >= 1:
        return 1.0
    return KINDS["mixture"]["mixed"] * slower_experts(network, vendor)


def slower_in_batches(network: Network, family: str, vendor: str) -> float:
    """Return how much longer batches take for latent attention or a mixture, whose launches are in the constants already.

    Under open load prompts join the steps of a mixture, and their tokens choose experts that no other token of the step has read.
    """
    measured = "server25" if family == LOADED else family
    if family == LOADED and network.active_share < 1 and not network.latent:
        return max(KINDS["mixture"]["loaded"], slower_experts(network, vendor))
    if measured.startswith("server") and not network.latent:
        return slower_experts(network, vendor)
    return slower_by(network, measured, vendor)


def slower_experts(network: Network, vendor: str) -> float:
    """Return how much longer a step or batch of a mixture takes on devices for which serving engines have young kernels of experts."""
    return KINDS["mixture"]["amd"] if vendor == "amd" and network.active_share < 1 else 1.0


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
