"""The prompt phase of language models: its operations, its bound, its likely time with an interval."""

from __future__ import annotations

from poc_gate.flow.formulas.footprints import VOCABULARY
from poc_gate.flow.formulas.speed.carried import carried_time
from poc_gate.flow.formulas.speed.engine_model import compute_reached, link_time, step_time, writing_out
from poc_gate.flow.formulas.speed.family_constants import constants_of, has_half_weights, widened
from poc_gate.flow.formulas.speed.fitted_intervals import INTERVALS
from poc_gate.flow.formulas.speed.grounds import SMALL, factors, widenings
from poc_gate.flow.formulas.speed.shapes import Hardware, Network
from poc_gate.flow.formulas.speed.worlds import hull, over_engines, worlds
from poc_gate.flow.span import Span

USUAL_VOCABULARY = VOCABULARY[1]
"""Tokens of the vocabularies of recent models, Llama 3 and Qwen among them."""


def least_flops(network: Network, tokens: float) -> float:
    """Return the flop that no engine saves on a prompt: 2 for each parameter that every token is multiplied with.

    Embedding and head are none of them: one is looked up, the other needed for the last token only.
    """
    vocabulary = 2.0 * USUAL_VOCABULARY * network.hidden_width
    return 2.0 * max(0.5 * network.computed, network.computed - vocabulary) * tokens


def prefill_flops(network: Network, tokens: float) -> float:
    """Return the flop of a causal prompt of `tokens`: 2 P_act S + 2 L H d S^2 over the layers without a window."""
    layers = max(0.0, network.layers - network.windowed_layers)
    attention = 2.0 * layers * network.attention_width * tokens * tokens
    return 2.0 * network.computed * tokens + attention


def prefill_bound(network: Network, hardware: Hardware, *, tokens: float) -> float:
    """Return the seconds that no engine can go below for a prompt; attention is left out, as caches may."""
    memory = network.least_read / (hardware.bandwidth * hardware.devices)
    if hardware.most_compute is None:
        return memory
    return max(memory, least_flops(network, tokens) / (hardware.most_compute * hardware.devices))


PIECE_OF_ONE_USER = 512.0
"""Tokens of a prompt that llama.cpp computes at once by default (`--ubatch-size`)."""

HALF_FILLED = 160.0
"""Tokens of an expert at which its matrix kernels reach half of what they do on dense layers. With pieces of 512 tokens and 8 of 128
experts to a token each expert has 32: an RTX PRO 6000 reads prompts of Qwen3-30B-A3B at 7,430 tok/s and an RTX A6000 at
1,650, 0.29 and 0.23 of a dense model of as many active parameters; a GB10 in pieces of 2,048 at 0.6 of it. Its experts are 0.54 of what a token
is multiplied with, and the rest has all tokens of the piece; so half is reached at 145, 198 and 158."""


def filled(network: Network, family: str, tokens: float) -> float:
    """Return the share of a dense model's rate at which an engine for one user multiplies a prompt; only the experts see few of its tokens."""
    if network.active_share >= 1.0 or not family.startswith("llama.cpp"):
        return 1.0
    each = min(tokens, PIECE_OF_ONE_USER) * network.chosen_share
    experts = 1.0 - network.shared / network.computed
    return 1.0 / (1.0 - experts + experts * (each + HALF_FILLED) / each)


def quantised(network: Network, family: str) -> float:
    """Return how much faster a prompt's weights of fewer than 16 bits are multiplied than bfloat16, for which such devices have no matrix units."""
    return 1.0 if has_half_weights(network) else constants_of(family).get("narrow", 1.0)


def multiplied(network: Network, hardware: Hardware, family: str, tokens: float) -> float:
    """Return the flop/s of a prompt's dense layers.

    llama.cpp multiplies weights of fewer than 16 bits as bytes, in kernels that go by the cycles of the multiprocessors and not by what
    their matrix units could do: an A100 has as many of both as an RTX 3090 and is no faster, though its peak is twice as high.
    Devices that share the processor's memory reach the greater of both: Jetsons list peaks that these kernels are below, a
    GB10 one that they exceed.
    """
    reached = compute_reached(hardware, family, tokens)
    assert reached is not None
    reached *= quantised(network, family)
    by_bytes = constants_of(family).get("products", 0.0) * hardware.multiplying * hardware.devices
    if not by_bytes or has_half_weights(network):
        return reached
    if hardware.compute:
        by_bytes = min(by_bytes, hardware.compute * hardware.devices)
    if hardware.shared:
        return max(reached, by_bytes)
    return by_bytes if network.active_share >= 1.0 else reached


def prefill_time(
    network: Network, hardware: Hardware, family: str, *, tokens: float, batch: float = 1.0
) -> float:
    """Return the likely seconds of the prompt phase of `batch` prompts; needs `hardware.compute`.

    Memory binds short prompts: the weights are read once, of a mixture those of every expert that a token of them
    chooses, with the launches of one step.
    """
    rate = multiplied(network, hardware, family, tokens * batch)
    compute = batch * prefill_flops(network, tokens) / (rate * filled(network, family, tokens * batch))
    if family.startswith("cpu"):
        return compute / widened(network, family) + network.layers * constants_of(family)["layer"]
    compute += writing_out(network, hardware, network.weight_read(tokens * batch))
    compute += carried_time(network, family, tokens)
    once = step_time(network, hardware.plain, family, batch=1.0)
    more = network.weight_read(tokens * batch) - network.weight_read(1.0)
    once += more / (constants_of(family)["reach"] * hardware.bandwidth * hardware.devices)
    return max(compute + network.layers * constants_of(family)["layer"], once) + prompt_exchange(
        network, hardware, family, tokens * batch
    )


def prompt_exchange(network: Network, hardware: Hardware, family: str, tokens: float) -> float:
    """Return the seconds in which devices that share layers exchange the sums of `tokens` prompt tokens."""
    if hardware.devices <= 1:
        return 0.0
    alone = link_time(network, hardware, family, 0.0)
    return 2.0 * network.layers * (link_time(network, hardware, family, tokens) - alone)


def prefill_span(network: Network, hardware: Hardware, family: str, *, tokens: float) -> Span:
    """Return the seconds of the prompt phase of one request with its interval; needs `hardware.compute`."""
    every = worlds(network, hardware, family)
    if len(every) > 1:
        return hull(prefill_span(*world, tokens=tokens) for world in every)
    floor = prefill_bound(network, hardware, tokens=tokens)
    constants = family if family == "llama.cpp25" else family.removesuffix("25")
    if family.startswith("server") or family == "fused":
        constants = "static"
    likely = max(floor, prefill_time(network, hardware, constants, tokens=tokens))
    ground = prefill_interval(family, hardware.vendor)
    if family.startswith("cpu"):
        small, half = network.parameters < SMALL, widened(network, family) < 1.0
        ground = "decode-cpu-small" if small else "decode-cpu-half" if half else ground
    low, high = factors(
        ground,
        *widenings(network, hardware, family, prompt=True),
    )
    span = Span(likely, max(floor, likely * low), likely * high)
    return over_engines(
        span, family, hardware, lambda name: prefill_span(network, hardware, name, tokens=tokens)
    )


def prefill_interval(family: str, vendor: str = "") -> str:
    """Return the name of the interval that holds for the prompt phase of a family on a maker's devices."""
    name = f"prefill-{'portable' if family.startswith('portable') else family.removesuffix('25')}"
    if f"{name}-{vendor}" in INTERVALS:
        return f"{name}-{vendor}"
    if family.startswith("cpu"):
        name = "prefill-cpu"
    elif family.startswith("server") or family == "fused":
        name = "prefill-server"
    return name if name in INTERVALS else "prefill"
