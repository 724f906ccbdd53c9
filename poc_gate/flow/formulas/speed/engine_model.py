"""Speed of language models: time of one decode step, on one or several devices."""

from __future__ import annotations

import math
from typing import NamedTuple

from poc_gate.flow.formulas.speed.carried import carried_time
from poc_gate.flow.formulas.speed.family_constants import (
    constants_of,
    has_half_weights,
    served_mixture,
    slower_by,
    widened,
)
from poc_gate.flow.formulas.speed.fitted_constants import FAMILIES, KINDS, PRECISION
from poc_gate.flow.formulas.speed.grounds import factors, step_interval, widenings
from poc_gate.flow.formulas.speed.shapes import Hardware, Network
from poc_gate.flow.formulas.speed.worlds import hull, over_engines, worlds
from poc_gate.flow.span import Span

FIXED_TTFT = 0.0125
"""Seconds of scheduling and tokenising before the first token; published engines need 5 to 20 ms."""


CROWD = 256.0
"""Sequences from which on the matrix kernels of a step work as they do in the prompt phase."""

LAUNCHING_AHEAD = frozenset({"eager"})
"""Families whose host queues kernels while the device works on earlier ones."""

UNPACKING_ON_CORES = ("llama.cpp", "unknown", "portable")
"""Families that unpack each weight on the plain cores, while the next ones are read, so the longer of both counts most. Others multiply on
tensor cores, or write weights out unpacked first."""

LAUNCHING_BY_CLOCK = ("llama.cpp", "unknown")
"""Families whose launches last as long as the clock says."""


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
    if hardware.most_compute is None:
        return memory
    return max(memory, 2.0 * network.computed * batch / (hardware.most_compute * hardware.devices))


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
    cache = batch * context * network.kv_per_token
    reading = weights_time(network, hardware, family, rows)
    reading += c["kv"] * cache / (bandwidth * network.kv_parts(devices))
    if "spread" in c:
        reading += c["spread"] * batch * context * 4.0 * network.layers * network.attention_width / bandwidth
    rate = compute_reached(hardware, family, rows)
    computing = 0.0 if rate is None else 2.0 * network.computed * rows / rate
    exchanging = 2.0 * network.layers * link_time(network, hardware, family, rows) if devices > 1 else 0.0
    launching = network.layers * launches_time(network, hardware, family) + carried_time(network, family, 1.0)
    each = drafted(hardware)
    return StepParts(each * reading, each * computing, each * launching, each * exchanging)


def weights_time(network: Network, hardware: Hardware, family: str, rows: float) -> float:
    """Return the seconds in which a step of `rows` tokens reads its weights and unpacks them, or writes them out unpacked."""
    c, read = constants_of(family), network.weight_read(rows)
    reach, speed = reached(network, hardware, family), hardware.bandwidth * hardware.devices
    reading = read / (reach * speed)
    unpacking = c["byte"] * read / hardware.devices
    if family.startswith(UNPACKING_ON_CORES):
        mixed = network.active_share < 1 and family != "unknown"
        slower = KINDS["mixture"]["cores"] if mixed else 1.0
        reading = overlapping(reading, slower * unpacking / hardware.unpacking)
    elif not family.startswith("server") or not has_half_weights(network):
        reading += unpacking
    more = c["param"] * network.computed / (MLX_ON_M1 if _mlx_on_m1(hardware, family) else 1.0)
    return reading + more / speed + writing_out(network, hardware, read) / reach


def launches_time(network: Network, hardware: Hardware, family: str) -> float:
    """Return the seconds in which the kernels of one layer are launched."""
    time = constants_of(family)["layer"]
    if family.startswith("apple"):
        time *= hardware.launching * (MLX_ON_M1 if _mlx_on_m1(hardware, family) else 1.0)
    elif family.startswith(LAUNCHING_BY_CLOCK):
        time *= hardware.ticking
    elif served_mixture(network, family):
        time *= KINDS["mixture"]["mixed"]
    return max(time, FAMILIES["eager"]["layer"]) if hardware.singly else time


def _mlx_on_m1(hardware: Hardware, family: str) -> bool:
    return bool(hardware.mlx) and hardware.launching >= 1.0 and family.startswith("apple")


def reached(network: Network, hardware: Hardware, family: str) -> float:
    """Return the share of the bandwidth that kernels reach.

    Where the processor shares the memory that is what copies reach of it, and less in the dense products of serving engines, whose
    kernels are made for batches.
    """
    if not hardware.shared:
        return constants_of(family)["reach"]
    return KINDS["shared"]["served" if family.startswith("server") and network.active_share >= 1 else "reach"]


WAITING = 3.0
"""Power in which reading and unpacking add up: 1 where one waits for the other, infinite where the longer counts alone. Chosen on the
open rows of llama.cpp on cards of 360 to 2,039 GB/s, where 1, 2, 3 and 4 leave 5.9, 5.2, 4.9 and 4.7 % in the median, on the first
of the grounds on which they differ, cards with more bandwidth than their multiprocessors can take."""


def overlapping(reading: float, unpacking: float) -> float:
    """Return the seconds in which weights are read and unpacked on the plain cores side by side, in pieces that seldom wait."""
    return math.pow(reading**WAITING + unpacking**WAITING, 1.0 / WAITING)


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
    return time + parts.exchanging + sampling_time(hardware, batch)


def sampling_time(hardware: Hardware, batch: float) -> float:
    """Return the seconds in which an engine for one user chooses the next token of every stream, one after the other.

    The constants of one stream hold it already, but for engines that wrap another's.
    """
    return (hardware.sampling or 0.0) * max(0.0, batch if hardware.wrapped else batch - 1.0)


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
    time *= slower_by(network, family, hardware.vendor, own=hardware.own_kernels)
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
