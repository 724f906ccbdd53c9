"""Derived facts on footprints: bytes of weights and KV cache, memory needed, concurrency that fits."""

from __future__ import annotations

from poc_gate.flow.facts.serving.draft_memory import cache_beside, with_draft
from poc_gate.flow.formulas.footprints import (
    RESERVE_PER_DEVICE,
    effective_bits,
    kv_copies,
    sequence_bytes,
)
from poc_gate.flow.interface import CannotDeriveError, Derivation, DerivedValue, FactView
from poc_gate.flow.reading.machine_reading import (
    MACHINE_INPUTS,
    devices_of_replica,
    host_memory,
    memory_of_replica,
    runs_on_host,
)
from poc_gate.flow.reading.network_reading import is_latent
from poc_gate.flow.span import Span, as_span

_REFERENCE = "docs/models/footprints.md; Hugging Face configuration files; vLLM start-up accounting"

SHAPE = (
    "model.kv_bytes_per_token",
    "model.kv_windowed_bytes_per_token",
    "model.layers",
    "model.attention_layers",
    "model.windowed_layers",
    "model.sliding_window",
    "model.kv_heads",
    "model.head_dim",
    "model.kv_bits",
)


_WHOLE_BITS = 12.0
_STATED_BITS = (0.98, 1.06)
"""How far published sizes of quantised weights are from parameters times stated bits; unquantised ones agree."""


def _weights(view: FactView) -> DerivedValue:
    stated = view.maybe("model.weight_bytes")
    if stated is not None:
        return DerivedValue(stated, f"size of the weight files = {stated.shown('B')}")
    parameters = view.one("model.parameters")
    bits = view.maybe("model.weight_bits")
    if bits is None:
        layers, active = view.maybe("model.layers"), view.maybe("model.active_parameters")
        found = effective_bits(
            view.text("model.precision"), parameters.likely, layers.likely if layers else None,
            active=active.likely if active else 0.0,
        )  # fmt: skip
        if found is None:
            raise view.missing("model.weight_bytes", "model.weight_bits")
        view.assume(f"{view.text('model.precision')} is read as {found.likely:g} effective bits per weight")
        bits = found
    elif bits.likely < _WHOLE_BITS:
        bits = bits.widened(*_STATED_BITS)
    weights = parameters * bits / 8
    return DerivedValue(
        weights,
        f"parameters x bits / 8 = {parameters.likely:,.0f} x {bits.likely:g} / 8 = {weights.shown('B')}",
    )


def _kv_per_token(view: FactView) -> DerivedValue:
    stated = view.maybe("model.kv_bytes_per_token")
    if stated is not None:
        return _stated_growth(view, stated)
    layers, heads, width = view.need("model.layers", "model.kv_heads", "model.head_dim")
    bits = view.maybe("model.kv_bits")
    if bits is None:
        view.assume("KV cache elements have 16 bits", weaken=True)
        bits = as_span(16.0)
    full = view.maybe("model.attention_layers")
    windowed = view.maybe("model.windowed_layers")
    if full is None:
        full = layers - windowed if windowed is not None else layers
    per_token = 2 * full * heads * width * bits / 8
    return DerivedValue(
        per_token,
        "2 x full-attention layers x KV heads x head dimension x bytes = "
        f"2 x {full.likely:g} x {heads.likely:g} x {width.likely:g} x {bits.likely / 8:g} = "
        f"{per_token.shown('B')}",
    )


def _stated_growth(view: FactView, stated: Span) -> DerivedValue:
    windowed = _stated_windowed(view)
    if windowed is None:
        return DerivedValue(stated, f"as the engine or the configuration gives it = {stated.shown('B')}")
    growing = stated - windowed
    shown = f"{stated.shown('B')} - {windowed.shown('B')} = {growing.shown('B')}"
    return DerivedValue(growing, f"as the configuration gives it, less the windowed layers = {shown}")


def _stated_windowed(view: FactView) -> Span | None:
    """Return the bytes per token of windowed layers where they are stated beside those of all layers, and fit them."""
    stated, part = view.maybe("model.kv_bytes_per_token"), view.maybe("model.kv_windowed_bytes_per_token")
    if stated is None or part is None or view.maybe("model.sliding_window") is None:
        return None
    return part if part.likely <= stated.likely else None


def _sequence(view: FactView, tokens: Span, label: str) -> DerivedValue:
    growing = view.one("flow.kv.bytes_per_token")
    window, capped = view.maybe("model.sliding_window"), windowed_bytes(view)
    if capped.likely > 0 and window is None:
        raise view.missing("model.sliding_window")
    held = sequence_bytes(
        tokens.likely, growing=growing.likely, capped=capped.likely, window=window.likely if window else 0.0
    )
    parts = f"{growing.shown('B')} x {tokens.likely:,.0f} tok"
    if capped.likely:
        parts += (
            f" + {capped.shown('B')} x min({tokens.likely:,.0f}, {window.likely if window else 0:,.0f}) tok"
        )
    return DerivedValue(as_span(held), f"KV bytes at {label} = {parts} = {as_span(held).shown('B')}")


def windowed_bytes(view: FactView) -> Span:
    """Return the bytes per token of the layers that hold no more than a window; 0 where there are none."""
    windowed = view.maybe("model.windowed_layers")
    if windowed is None or windowed.likely <= 0 or view.maybe("model.kv_bytes_per_token") is not None:
        return _stated_windowed(view) or as_span(0.0)
    heads, width = view.need("model.kv_heads", "model.head_dim")
    return 2 * windowed * heads * width * (view.maybe("model.kv_bits") or as_span(16.0)) / 8


def kv_of_context(view: FactView, tokens: float) -> float:
    """Return the bytes of KV cache of one request that holds so many tokens."""
    held = _sequence(view, as_span(tokens), "that context").value
    assert isinstance(held, Span)
    return held.likely


def _resident(view: FactView) -> DerivedValue:
    prompt, answer = view.need("demand.in_tokens_p95", "demand.out_tokens_p95")
    tokens = prompt + answer
    limit = view.maybe("model.max_context")
    enforced = view.flag("model.context_enforced")
    if limit is not None and enforced and limit.likely < tokens.likely:
        return DerivedValue(limit, f"the admission limit = {limit.shown('tok')}")
    return DerivedValue(
        tokens,
        f"prompt p95 + answer p95 = {prompt.likely:,.0f} + {answer.likely:,.0f} = {tokens.likely:,.0f} tok",
    )


def _per_sequence(view: FactView) -> DerivedValue:
    return _sequence(view, view.one("flow.context.resident"), "p95 context")


def _per_sequence_worst(view: FactView) -> DerivedValue:
    return _sequence(view, view.one("model.max_context"), "longest context")


def reserve_of(view: FactView) -> Span:
    """Return the bytes that activations and runtime take, stated or as published fits show."""
    stated = view.maybe("model.activation_bytes")
    if stated is not None:
        return stated
    low, likely, high = (part * devices_of_replica(view) for part in RESERVE_PER_DEVICE)
    view.assume(
        "activations and runtime take 0.5 to 0.8 GiB per device (model.activation_bytes is not stated)"
    )
    return Span(likely, low, high)


def _memory(view: FactView, sequence: str, concurrency: str) -> DerivedValue:
    weights, each, in_flight = view.need("flow.weights.bytes", sequence, concurrency)
    reserve, copies, weights = reserve_of(view), copies_of_cache(view), with_draft(view, weights)
    needed = weights + each * in_flight * copies + reserve
    return DerivedValue(
        needed,
        f"weights + KV x concurrency + reserve = {weights.shown('B')} + {each.shown('B')} x "
        f"{in_flight.likely:g}{f' x {copies.likely:g} copies' if copies.likely > 1 else ''} + {reserve.shown('B')} = "
        f"{needed.shown('B')}",
    )


def copies_of_cache(view: FactView) -> Span:
    """Return how often the cache is held over the devices of a replica, a draft's with it; up to once on each where the attention is unknown."""
    heads, devices, latent = view.maybe("model.kv_heads"), devices_of_replica(view), is_latent(view)
    known = heads is not None and heads.low == heads.high  # bounds are sought over any heads nobody stated
    likely = kv_copies(devices, heads.likely if heads and known else None, latent=bool(latent))
    is_open = latent is None or (heads is not None and not known)
    return cache_beside(view) * Span(likely, likely, max(likely, devices) if is_open else likely)


def _required(view: FactView) -> DerivedValue:
    return _memory(view, "flow.kv.bytes_per_sequence", "model.planned_concurrency")


def _required_worst(view: FactView) -> DerivedValue:
    most = "model.max_concurrency" if view.maybe("model.max_concurrency") else "model.planned_concurrency"
    return _memory(view, "flow.kv.bytes_per_sequence_worst", most)


def _capacity(view: FactView) -> DerivedValue:
    memory = memory_of_replica(view)
    count = devices_of_replica(view)
    where = "host memory" if runs_on_host(view) else f"{count:g} x {(memory / count).shown('B')}"
    return DerivedValue(memory, f"{where} = {memory.shown('B')}")


def _free_share(view: FactView) -> DerivedValue:
    needed, memory = view.need("flow.device_memory.required", "flow.device_memory.capacity")
    if memory.likely <= 0:
        raise CannotDeriveError("the device has no memory: flow.device_memory.capacity is 0 B")
    free = 1 - needed / memory
    return DerivedValue(free, f"1 - {needed.shown('B')} / {memory.shown('B')} = {free.likely:.3g}")


def _host_required(view: FactView) -> DerivedValue:
    parts: list[tuple[str, Span]] = []
    if runs_on_host(view):
        parts.append(("model", view.one("flow.device_memory.required")))
    hot, tier = view.maybe("target.hot_set"), view.text("target.hot_tier")
    if hot is not None and tier == "dram":
        parts.append(("hot set", hot))
    if not parts:
        raise view.missing("target.hot_set", "target.hot_tier")
    needed = sum((span for _, span in parts[1:]), parts[0][1])
    return DerivedValue(needed, " + ".join(f"{name} {span.shown('B')}" for name, span in parts))


def _host_share(view: FactView) -> DerivedValue:
    needed, memory = view.one("flow.memory.host_required"), host_memory(view)
    share = needed / memory
    return DerivedValue(share, f"{needed.shown('B')} / {memory.shown('B')} = {share.likely:.3g}")


MEMORY = (
    "flow.weights.bytes", "model.activation_bytes", "model.kv_heads", "model.tokens_per_step", "model.parameters",
    "model.layers", "model.attention", "model.head_dim", "model.kv_bits", "model.kv_bytes_per_token",
    "model.windowed_layers", "model.guessed_tokens", *MACHINE_INPUTS,
)  # fmt: skip

DERIVATIONS = (
    Derivation(
        "flow.weights.bytes", "Bytes of all weights as served", "file size, else P x b_w / 8",
        ("model.weight_bytes", "model.parameters", "model.active_parameters", "model.weight_bits", "model.precision", "model.layers"),
        _weights, "B", reference=_REFERENCE,
    ),
    Derivation(
        "flow.kv.bytes_per_token", "Bytes of KV cache that one more token adds (full-attention layers)",
        "Q1: 2 x L x H_kv x d_head x b", SHAPE, _kv_per_token, "B", reference=_REFERENCE,
    ),
    Derivation(
        "flow.context.resident", "Tokens of one request held in the KV cache at p95",
        "prompt p95 + answer p95, capped by an enforced admission limit",
        ("demand.in_tokens_p95", "demand.out_tokens_p95", "model.max_context", "model.context_enforced"),
        _resident, "tok",
    ),
    Derivation(
        "flow.kv.bytes_per_sequence", "Bytes of KV cache of one request at p95 context",
        "k x T; windowed layers hold at most their window", ("flow.kv.bytes_per_token", "flow.context.resident", *SHAPE),
        _per_sequence, "B", reference=_REFERENCE,
    ),
    Derivation(
        "flow.kv.bytes_per_sequence_worst", "Bytes of KV cache of one request at the longest admitted context",
        "k x T_max; windowed layers hold at most their window", ("flow.kv.bytes_per_token", "model.max_context", *SHAPE),
        _per_sequence_worst, "B", reference=_REFERENCE,
    ),
    Derivation(
        "flow.device_memory.required", "Device memory that one replica needs at p95 context and planned concurrency",
        "Q2: W + k x T x C + A", ("flow.kv.bytes_per_sequence", "model.planned_concurrency", *MEMORY),
        _required, "B", reference=_REFERENCE, by_ends=True,
    ),
    Derivation(
        "flow.device_memory.required_worst", "Device memory needed at the longest context and highest concurrency",
        "Q2: W + k x T_max x C_max + A",
        ("flow.kv.bytes_per_sequence_worst", "model.planned_concurrency", "model.max_concurrency", *MEMORY),
        _required_worst, "B", reference=_REFERENCE, by_ends=True,
    ),
    Derivation(
        "flow.device_memory.capacity", "Memory of all devices of one replica, before any headroom",
        "devices x memory of one; measured before declared", MACHINE_INPUTS, _capacity, "B",
    ),
    Derivation(
        "flow.device_memory.free_share", "Share of the device memory still free at p95 context and planned concurrency",
        "1 - required / capacity", ("flow.device_memory.required", "flow.device_memory.capacity"), _free_share,
    ),
    Derivation(
        "flow.memory.host_required", "Host memory needed by a model on the host and a hot set in memory",
        "model on the host + hot set in DRAM",
        ("flow.device_memory.required", "target.hot_set", "target.hot_tier", *MACHINE_INPUTS),
        _host_required, "B",
    ),
    Derivation(
        "flow.memory.host_share", "Share of the host memory that the pilot needs",
        "host memory required / host memory", ("flow.memory.host_required", *MACHINE_INPUTS), _host_share,
    ),
)  # fmt: skip
"""In the order in which they build on each other."""
