"""One prediction per kind of published figure: columns to values, then `flow` does the work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from case_rows import (
    NotPredictableError,
    Row,
    device_memory,
    devices_sharing,
    family,
    hardware_of,
    network_of,
)

from poc_gate.flow.formulas.batching import BatchServer, Lengths
from poc_gate.flow.formulas.engine_model import (
    Hardware,
    Network,
    bound_time,
    prefill_bound,
    prefill_time,
    step_time,
)
from poc_gate.flow.formulas.fitted_constants import INTERVALS, KINDS
from poc_gate.flow.formulas.serving import Batch, output_bound, output_rate, saturated_batch
from poc_gate.flow.span import Span

GIB = 2.0**30


@dataclass(frozen=True)
class Prediction:
    """What is predicted in the row's own unit, and the limit that no engine can pass."""

    span: Span
    bound: float | None = None
    is_speed: bool = True
    """The bound of a speed lies above, that of a time or size below."""
    naive: float | None = None
    """Naive roofline: data-sheet figures at efficiency 1."""


def _speed(likely_time: float, bound_seconds: float, interval: str, tokens: float) -> Prediction:
    """Return a speed of `tokens` per time; the interval holds times, so its ends change places."""
    low, high = INTERVALS[interval]
    likely_time = max(likely_time, bound_seconds)
    bound = tokens / bound_seconds
    fastest = tokens / max(bound_seconds, likely_time * low)
    span = Span(tokens / likely_time, tokens / (likely_time * high), fastest)
    return Prediction(span, bound, naive=bound)


def _time(likely: float, bound: float, interval: str, unit: float) -> Prediction:
    low, high = INTERVALS[interval]
    likely = max(likely, bound)
    span = Span(likely * unit, max(bound, likely * low) * unit, likely * high * unit)
    return Prediction(span, bound * unit, is_speed=False, naive=bound * unit)


def decode(row: Row, known_as: str = "") -> Prediction:
    """Single-stream decode speed, tok/s or time per token in ms."""
    network, hardware, kind = network_of(row), hardware_of(row), known_as or family(row)
    alone = Hardware(hardware.bandwidth, None, hardware.devices)
    context = (row.number("input_len") or 0.0) + (row.number("output_len") or 0.0) / 2.0
    likely = step_time(network, alone, kind, context=context)
    floor = bound_time(network, alone, context=context)
    interval = "decode-unknown" if kind == "unknown" else "decode"
    if row.text["metric"] == "tpot_ms":
        return _time(likely, floor, interval, 1e3)
    return _speed(likely, floor, interval, 1.0)


def decode_batch(row: Row) -> Prediction:
    """Decode phase only, aggregate over a batch."""
    network, hardware, batch = network_of(row), hardware_of(row), row.need("batch")
    context = (row.number("input_len") or 0.0) + (row.number("output_len") or 0.0) / 2.0
    likely = step_time(network, hardware, family(row), batch=batch, context=context)
    return _speed(likely, bound_time(network, hardware, batch=batch, context=context), "decode_batch", batch)


def _generated(row: Row, constants: str, interval: str, batch: Batch) -> Prediction:
    network, hardware = network_of(row), hardware_of(row, pooled=batch.size > 1)
    rate = output_rate(network, hardware, constants, batch)
    bound = output_bound(network, hardware, batch)
    share = 1.0 / (row.number("n_dev") or 1.0) if "per_gpu" in row.text["metric"] else 1.0
    made = _speed(1.0 / (rate * share), 1.0 / (bound * share), interval, 1.0)
    return Prediction(made.span, made.bound, naive=bound * share)


def gen(row: Row) -> Prediction:
    """Single-stream speed with the prompt phase inside the clock."""
    batch = Batch(1.0, row.need("input_len"), row.need("output_len"))
    return _generated(row, family(row), "generate", batch)


def serve(row: Row) -> Prediction:
    """Static batch or closed loop."""
    batch = Batch(row.need("batch"), row.need("input_len"), row.need("output_len"))
    return _generated(row, "static", "serve", batch)


def serve_max(row: Row) -> Prediction:
    """Offline maximum load; the batch follows from the memory."""
    network = network_of(row)
    memory = device_memory(row) * max(devices_sharing(row), row.number("n_dev") or 1.0)
    prompt, answer = row.need("input_len"), row.need("output_len")
    size = saturated_batch(memory, network, prompt, answer)
    if size < 1:
        raise NotPredictableError("the weights leave no room for a sequence")
    # The bound takes the batch that memory allows when nothing is kept back.
    room = memory - network.weight_bytes
    most = max(size, room / max(1.0, (prompt + answer / 2.0) * network.kv_per_token))
    constants = "saturated_moe" if network.active_share < 1 else "saturated"
    made = _generated(row, constants, "serve_max", Batch(size, prompt, answer))
    bound = output_bound(network, hardware_of(row, pooled=True), Batch(max(most, 4096.0), prompt, answer))
    bound *= 1.0 / (row.number("n_dev") or 1.0) if "per_gpu" in row.text["metric"] else 1.0
    low, high = INTERVALS["serve_max_moe" if network.active_share < 1 else "serve_max"]
    likely = min(made.span.likely, bound)
    return Prediction(Span(likely, likely / high, min(bound, likely / low)), bound, naive=made.naive)


def serve_bound(row: Row) -> Prediction:
    """Upper limit only: two flop per active parameter and generated token; no likely value is claimed."""
    network, hardware = network_of(row), hardware_of(row)
    if hardware.compute is None:
        raise NotPredictableError("no peak_tflops")
    limit = hardware.compute * (row.number("n_dev") or 1.0) / (2.0 * network.computed)
    return Prediction(Span(limit, 0.0, limit), limit, naive=limit)


def prefill(row: Row) -> Prediction:
    """Prompt tokens per second or time to first token at batch 1."""
    network, hardware, tokens = network_of(row), hardware_of(row), row.need("input_len")
    if hardware.compute is None:
        raise NotPredictableError("no peak_tflops")
    constants = {"server": "static", "fused": "static"}.get(family(row), family(row))
    depth = row.maybe("kv_depth") or 0.0
    likely = prefill_time(network, hardware, constants, tokens=tokens + depth)
    if depth:
        likely -= prefill_time(network, hardware, constants, tokens=depth)
        likely = max(likely, step_time(network, hardware, constants))
    floor = prefill_bound(network, hardware, tokens=tokens)
    if row.text["metric"] == "ttft_ms":
        return _time(likely + KINDS["prefill"]["fixed"], floor, "prefill", 1e3)
    return _speed(likely, floor, "prefill", tokens)


def loaded(row: Row) -> Prediction:
    """Open-loop arrivals on a serving engine: time per token, to the first token, end to end, in ms."""
    row.need("layers")
    network, hardware = network_of(row), hardware_of(row, pooled=True)
    lengths = Lengths(row.need("input_len"), row.need("output_len"))
    most = row.maybe("max_num_seqs") or 256.0
    server = BatchServer(network, hardware, "loaded", most)
    rate = row.more("rate_rps")
    flight = server.in_flight(rate, lengths)
    if flight is None:
        raise NotPredictableError("overload: no number in flight balances this arrival rate")
    step = server.step(flight, rate, lengths)
    first = server.time_to_first(flight, rate, lengths, lengths)
    whole = first + lengths.answer * step
    floor = _loaded_bounds(network, hardware, lengths)
    metric = row.text["metric"]
    constants = KINDS["loaded"]
    if metric.startswith("itl"):
        return _time(step, floor[0], "loaded", 1e3)
    if metric.startswith("ttft"):
        tail = constants["tail_ttft"] if "p99" in metric else 1.0
        return _time(first * tail, floor[1], "loaded_ttft", 1e3)
    tail = constants["tail_e2e"] if "p99" in metric else 1.0
    return _time(whole * tail, floor[1] + lengths.answer * floor[0], "loaded", 1e3)


def _loaded_bounds(network: Network, hardware: Hardware, lengths: Lengths) -> tuple[float, float]:
    """Return the least seconds per token and to the first token; a prefix cache may leave one token."""
    step = bound_time(network, hardware, context=lengths.prompt)
    return step, bound_time(network, hardware)


PREDICTORS: dict[str, Callable[[Row], Prediction]] = {
    "decode": decode,
    "decode_batch": decode_batch,
    "gen": gen,
    "serve": serve,
    "serve_max": serve_max,
    "serve_bound": serve_bound,
    "prefill": prefill,
    "loaded": loaded,
}
