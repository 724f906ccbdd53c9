"""What a serving engine leaves for the KV cache beside weights and its own reserve, and the least memory that holds one request."""

from __future__ import annotations

from poc_gate.flow.facts.serving.draft_memory import cache_beside, with_draft
from poc_gate.flow.formulas.footprints import GIB
from poc_gate.flow.formulas.speed.engine_family import newest
from poc_gate.flow.formulas.speed.fitted_constants import KINDS
from poc_gate.flow.interface import CannotDeriveError, FactView
from poc_gate.flow.reading.machine_reading import devices_of_replica
from poc_gate.flow.reading.model_reading import read_family
from poc_gate.flow.span import Span, as_span, sum_of_independent, total
from poc_gate.model.engines.serving_engines import serving_engine


def room_for_cache(view: FactView) -> tuple[Span, str]:
    """Return the bytes that an engine leaves for the KV cache beside the weights, and how they were counted.

    By default the share that an engine takes, how memory is counted and what an engine keeps are independent, so at
    the low end their errors add up as squares; whoever tunes an engine for room tunes all of them, so at the high end
    they add up as they are. Raises CannotDeriveError where weights or memory are unknown.
    """
    weights, memory = view.need("flow.weights.bytes", "flow.device_memory.capacity")
    weights = with_draft(view, weights)
    share = view.maybe("model.kv_utilisation")
    if share is None:
        view.assume(
            "the engine may use 88 to 95 % of the device memory, as engines do unless they are set otherwise"
        )
        share = Span(0.9, 0.88, 0.95)
    usable, reserve = memory * share, view.maybe("model.activation_bytes") or _reserve_span(view)
    counted = f"usable {usable.shown('B')} - weights {weights.shown('B')} - reserve {reserve.shown('B')}"
    otherwise = usable.likely * _COUNTED_OTHERWISE
    parts = (usable, Span(0.0, -otherwise, otherwise), 0.0 - weights, 0.0 - reserve)
    apart, together = sum_of_independent(*parts), total(parts)
    return Span(apart.likely, apart.low, together.high).at_least(0.0), counted


_COUNTED_OTHERWISE = 0.03
"""Share of a device's memory by which drivers, engines and data sheets differ when they count it."""

_RESERVE_REACH, _RESERVE_REACH_SHARED, _RESERVE_REACH_MIXTURE = (0.3, 2.0), (0.3, 3.5), (0.3, 5.0)
"""How far published reserves of serving engines reach around the formula's: on one device, on several, which keep buffers
to exchange sums, and of mixtures, which route whole steps to one expert."""


def _reserve_span(view: FactView) -> Span:
    """Return the bytes that a serving engine keeps for itself, as far as published start-ups differ."""
    devices = devices_of_replica(view)
    reserve = _engine_reserve(view, devices, _step_tokens(view))
    all_of_it, used = view.maybe("model.parameters"), view.maybe("model.active_parameters")
    dense = all_of_it is None or used is None or used.likely >= 0.9 * all_of_it.likely
    low, high = _RESERVE_REACH if devices <= 1 else _RESERVE_REACH_SHARED
    low, high = (low, high) if dense else _RESERVE_REACH_MIXTURE
    if view.maybe("model.tokens_per_step") is not None:
        return Span(reserve, reserve * low, reserve * high)
    largest = _LARGE_STEP if _each_device(view) >= _LARGE_DEVICE else _MIDDLE_STEP
    least, most = (_engine_reserve(view, devices, step) for step in (_SMALL_STEP, largest))
    return Span(reserve, min(reserve, least) * low, max(reserve, most) * high)


def least_memory(view: FactView) -> Span:
    """Return the bytes of device memory from which on the weights and one long request fit, whatever the device.

    The inverse of Q2 for one request: (W + A + k T) / u, over the planned devices or one. Raises CannotDeriveError
    where the model or its lengths are unknown, or the host's processor computes it.
    """
    if serving_engine(view.text("model.engine")).on_processor or view.text("target.device").lower() == "cpu":
        raise CannotDeriveError("the host's processor computes the model")
    count = view.maybe("target.count")
    weights, each = view.need("flow.weights.bytes", "flow.kv.bytes_per_sequence")
    share = view.maybe("model.kv_utilisation") or as_span(0.9)
    devices = max(1.0, count.likely) if count else 1.0
    small, large = (_engine_reserve(view, devices, step) for step in (_SMALL_STEP, _LARGE_STEP))
    reserve = view.maybe("model.activation_bytes") or Span(small, small, large)
    return (with_draft(view, weights) + reserve + each * cache_beside(view)) / share


_SMALL_STEP, _MIDDLE_STEP, _LARGE_STEP = 2048.0, 4096.0, 8192.0
_STEP_TOKENS = {"server25": _LARGE_STEP}
"""Most tokens of a step by default: vLLM from 0.8 and SGLang take 8,192 on large devices, 2,048 on others and before;
TGI takes 4,096 prompt tokens at once."""


_LARGE_DEVICE = 70 * GIB
"""Least memory of a device from which on vLLM takes its larger step; an A100 keeps the smaller one."""


def _step_tokens(view: FactView) -> float:
    if _each_device(view) < _LARGE_DEVICE or "a100" in view.text("target.device").lower():
        return _SMALL_STEP
    return _STEP_TOKENS.get(newest(read_family(view)), _SMALL_STEP)


def _each_device(view: FactView) -> float:
    return view.one("flow.device_memory.capacity").likely / max(1.0, devices_of_replica(view))


def _engine_reserve(view: FactView, devices: float, step_tokens: float) -> float:
    """Return the bytes that a serving engine keeps for itself and for the activations of its largest step."""
    constants, step = KINDS["kvcap"], view.maybe("model.tokens_per_step")
    parameters, layers = view.maybe("model.parameters"), view.maybe("model.layers")
    width = (parameters.likely / (12.0 * layers.likely)) ** 0.5 if parameters and layers else 4096.0
    tokens = step.likely if step else step_tokens
    view.assume(
        f"runtime and activations take {constants['runtime']:.3g} GiB per device and what a step of {tokens:,.0f} tok "
        "needs (model.activation_bytes is not stated)"
    )
    return devices * constants["runtime"] * GIB + constants["activation"] * tokens * width
