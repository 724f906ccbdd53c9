"""Derived facts on what memory admits: requests in flight, tokens held, memory in use, and whether a model fits."""

from __future__ import annotations

import math

from poc_gate.flow.facts.serving.cache_room import room_for_cache
from poc_gate.flow.facts.serving.draft_memory import cache_beside, with_draft
from poc_gate.flow.facts.serving.footprint_facts import (
    MEMORY,
    SHAPE,
    copies_of_cache,
    kv_of_context,
    reserve_of,
    windowed_bytes,
)
from poc_gate.flow.formulas.load.held_context import Held, held_tokens, requests_held
from poc_gate.flow.formulas.speed.engine_family import ALTERNATIVES, newest
from poc_gate.flow.formulas.speed.fitted_constants import KINDS
from poc_gate.flow.formulas.speed.offload import memory_used
from poc_gate.flow.interface import CannotDeriveError, Derivation, DerivedValue, FactView
from poc_gate.flow.reading.model_reading import read_family
from poc_gate.flow.span import Span, as_span
from poc_gate.model.engines.serving_engines import serving_engine
from poc_gate.model.fact import Kind

_REFERENCE = "docs/models/footprints.md; vLLM start-up accounting"


def _kv_tokens(view: FactView) -> DerivedValue:
    room, counted = room_for_cache(view)
    each = view.one("flow.kv.bytes_per_token") * copies_of_cache(view)
    if each.likely <= 0:
        raise CannotDeriveError("a token needs no KV cache, so memory does not bound the tokens held")
    most, windowed = room / each, windowed_bytes(view) * copies_of_cache(view)
    if windowed.likely > 0:
        view.assume(
            "windowed layers are counted once at most; engines that count them whole report fewer tokens"
        )
        most = Span(most.likely, (room / (each + windowed)).low, most.high)
    return DerivedValue(
        most, f"({counted}) / {each.shown('B')} per token over all devices = {most.likely:,.0f} tok"
    )


def _concurrency_max(view: FactView) -> DerivedValue:
    room, counted = room_for_cache(view)
    each = view.one("flow.kv.bytes_per_sequence") * copies_of_cache(view)
    if each.likely <= 0:
        raise CannotDeriveError("one sequence needs no KV cache, so memory does not bound the concurrency")
    most = room / each
    whole = Span(math.floor(most.likely), math.floor(most.low), math.floor(most.high))
    admitted = view.maybe("model.max_concurrency")
    if admitted is not None:
        whole = whole.capped(admitted.likely)
    return DerivedValue(whole, f"floor(({counted}) / {each.shown('B')}) = {whole.likely:g}")


def _concurrency_sustained(view: FactView) -> DerivedValue:
    whole, engine = view.one("flow.concurrency.max"), view.text("model.engine")
    grows = serving_engine(engine).grows
    if not grows and engine not in {"", "other"}:
        return DerivedValue(whole, f"the engine may reserve the whole context of each = {whole.likely:g}")
    prompt, answer, resident = view.need(
        "demand.in_tokens_p95", "demand.out_tokens_p95", "flow.context.resident"
    )
    middle = [view.maybe(f"demand.{kind}_tokens_p50") for kind in ("in", "out")]
    lengths = [
        (min(median.likely, tail.likely) if median else tail.likely, tail.likely)
        for median, tail in zip(middle, (prompt, answer), strict=True)
    ]
    held = held_tokens(*lengths)
    mean = min(held.mean, resident.likely)
    each, further = (kv_of_context(view, tokens) for tokens in (mean, mean + held.deviation))
    (room, counted), copies = room_for_cache(view), copies_of_cache(view)
    most = [
        math.floor(requests_held(end / many, Held(each, max(0.0, further - each))))
        for end, many in (
            (room.likely, copies.likely),
            (room.low, copies.high),
            (room.high, copies.low),
        )
    ]
    found = Span(
        max(most[0], whole.likely),
        max(min(most[1], most[0]), whole.low),
        max(most[2], most[0], whole.high),
    )
    if not grows:
        found = Span(whole.likely, whole.low, found.high)
    admitted = view.maybe("model.max_concurrency")
    if admitted is not None:
        found = found.capped(admitted.likely)
    return DerivedValue(
        found,
        f"contexts of {mean:,.0f} tok on average, spread {held.deviation:,.0f}, fit into ({counted}) nineteen times in "
        f"twenty: {found.likely:g}",
    )


_WHOLE_PROMPT = frozenset({"eager", "cpu-eager", "cpu-onnx", "unknown"})
"""Families that hold the activations of the whole prompt at once, or may."""


def _in_use(view: FactView) -> DerivedValue:
    weights, each, at_once = view.need(
        "flow.weights.bytes", "flow.kv.bytes_per_sequence", "model.planned_concurrency"
    )
    parameters, layers, prompt = view.need("model.parameters", "model.layers", "demand.in_tokens_p95")
    weights, each, family = with_draft(view, weights), each * cache_beside(view), read_family(view)
    if family.startswith("server"):
        memory = view.one("flow.device_memory.capacity")
        share = view.maybe("model.kv_utilisation") or as_span(0.9)
        least = min(memory.low, weights.low + each.low * at_once.low)
        taken = max(least, memory.likely * share.likely)
        return DerivedValue(
            Span(taken, least, max(taken, memory.high)),
            f"a serving engine takes what it may use: {memory.shown('B')} x {share.likely:.3g} = {as_span(taken).shown('B')}",
        )
    eager = newest(family) in _WHOLE_PROMPT
    width = (parameters.likely / (12.0 * layers.likely)) ** 0.5
    used = memory_used(
        weights,
        each.likely * at_once.likely,
        prompt=at_once.likely * prompt.likely if eager else 0.0,
        width=width,
    )
    memory_known = view.maybe("flow.device_memory.capacity")
    alone = memory_used(weights, each.likely * at_once.likely, prompt=0.0, width=width)
    if not _WHOLE_PROMPT.issuperset(ALTERNATIVES.get(family, (family,))):
        used = Span(used.likely, min(used.low, alone.low), used.high)
    if family == "unknown" and memory_known is not None:  # a serving engine takes what there is
        least = weights.low + each.low * at_once.low
        used = Span(used.likely, min(alone.low, memory_known.low, least), max(used.high, memory_known.high))
    return DerivedValue(
        used, f"weights {weights.shown('B')} + KV + activations of the prompt + runtime = {used.shown('B')}"
    )


def _fits(view: FactView) -> DerivedValue:
    weights, each, at_once = view.need(
        "flow.weights.bytes", "flow.kv.bytes_per_sequence", "model.planned_concurrency"
    )
    memory, reserve, family = view.one("flow.device_memory.capacity"), reserve_of(view), read_family(view)
    needed = with_draft(view, weights) + each * at_once * copies_of_cache(view) + reserve
    if family.startswith("server"):
        share = view.maybe("model.kv_utilisation") or as_span(0.9)
        memory = Span(
            memory.likely * share.likely, memory.low * share.likely, memory.high * max(share.likely, 0.95)
        )
    elif newest(family) in {"eager", "unknown"}:
        parameters, layers = view.maybe("model.parameters"), view.maybe("model.layers")
        prompt = view.maybe("demand.in_tokens_p95")
        if parameters and layers and prompt:
            # Engines without small prompt batches hold the activations of the whole prompt at once.
            width = (parameters.likely / (12.0 * layers.likely)) ** 0.5
            needed = Span(
                needed.likely, needed.low, needed.high + KINDS["mem"]["activation"] * prompt.likely * width
            )
    elif family.startswith("apple"):
        memory = memory * 0.75
    said = "unclear"
    if needed.high <= memory.low:
        said = "fits"
    elif needed.low > memory.high:
        said = "does not fit"
    return DerivedValue(said, f"{needed.shown('B')} needed, {memory.shown('B')} usable: {said}")


DERIVATIONS = (
    Derivation(
        "flow.concurrency.max", "Requests that one replica can hold in flight at p95 context",
        "Q2: floor((u x G - A - W) / (k x T))",
        ("flow.kv.bytes_per_sequence", "flow.device_memory.capacity", "model.kv_utilisation", "model.max_concurrency",
         *MEMORY),
        _concurrency_max, reference=_REFERENCE,
    ),
    Derivation(
        "flow.concurrency.sustained", "Requests that one replica holds in flight when their contexts are long and short",
        "n m + 1.64 s sqrt(n) = u x G - A - W, with mean m and deviation s of the bytes that one holds",
        ("flow.concurrency.max", "flow.context.resident", "flow.kv.bytes_per_token", "flow.device_memory.capacity", "model.kv_utilisation",
         "demand.in_tokens_p50", "demand.in_tokens_p95", "demand.out_tokens_p50", "demand.out_tokens_p95",
         "model.max_concurrency", "model.engine", *SHAPE, *MEMORY),
        _concurrency_sustained, reference=_REFERENCE,
    ),
    Derivation(
        "flow.kv.tokens_max", "Tokens whose KV cache one replica can hold",
        "Q2: (u x G - A - W) / (k x copies)",
        ("flow.kv.bytes_per_token", "flow.device_memory.capacity", "model.kv_utilisation", *MEMORY),
        _kv_tokens, "tok", reference=_REFERENCE,
    ),
    Derivation(
        "flow.device_memory.in_use", "Device memory in use at the planned concurrency",
        "W + KV + activations of the prompt + runtime",
        ("flow.kv.bytes_per_sequence", "model.planned_concurrency", "demand.in_tokens_p95", "model.engine_version",
         "machine.accelerators.name", "flow.device_memory.capacity", "model.kv_utilisation", *MEMORY),
        _in_use, "B", reference=_REFERENCE,
    ),
    Derivation(
        "flow.device_memory.fits", "Whether the model fits into the memory that its engine may use",
        "W + KV + reserve against the usable memory",
        ("flow.kv.bytes_per_sequence", "flow.device_memory.capacity", "model.planned_concurrency", "model.kv_utilisation",
         "demand.in_tokens_p95", "model.engine_version", "machine.accelerators.name", *MEMORY),
        _fits, kind=Kind.CHOICE, choices=("fits", "does not fit", "unclear"), reference=_REFERENCE,
    ),
)  # fmt: skip
"""In the order in which they build on each other."""
