"""One prediction per published figure: the fact that a user reads, derived from what the row states.

Nothing is computed here that the product does not compute: a figure in tok/s is one over a time, and a rate per device is a
total over the devices; all else, intervals and limits included, comes from `flow.*`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from case_rows import NotPredictableError, Row, device_memory
from case_values import GIB, Stated, stated, values_of
from product_facts import NotStatableError, derived

from poc_gate.flow.span import Span
from poc_gate.model.fact import Fact
from poc_gate.model.quantity import Quantity


@dataclass(frozen=True)
class Prediction:
    """What is predicted in the row's own unit, and the limit that no engine can pass."""

    span: Span
    bound: float | None = None
    is_speed: bool = True
    """The bound of a speed lies above, that of a time or size below."""
    naive: float | None = None
    """Naive roofline: data-sheet figures at efficiency 1."""


def read(values: dict[str, Stated], *names: str) -> list[Span]:
    """Return facts as spans; raises NotPredictableError with the product's own reason where one is unknown."""
    try:
        found = derived(values, names)
    except NotStatableError as error:
        raise NotPredictableError(f"cannot be stated: {error}") from error
    return [_span(found[name]) for name in names]


def _span(fact: Fact) -> Span:
    if not isinstance(fact.value, Quantity):
        raise NotPredictableError(f"{fact.name} is unknown: {fact.why_unknown}")
    likely = fact.value.value
    return Span(likely, likely if fact.low is None else fact.low, likely if fact.high is None else fact.high)


def inverse(time: Span, amount: float = 1.0) -> Span:
    """Return the speed of `amount` per time."""
    return Span(amount / time.likely, amount / time.high, amount / time.low)


def _lengths(row: Row, *, half_answer: bool = False) -> dict[str, Stated]:
    prompt, answer = row.number("input_len") or 0.0, row.number("output_len") or 0.0
    return stated(
        demand__in_tokens_p95=max(1.0, prompt),
        demand__out_tokens_p95=max(1.0, answer / 2.0 if half_answer else answer),
    )


def _floor_time(values: dict[str, Stated]) -> float:
    """Return the seconds of the memory bound of one step, from the product's own bound."""
    return 1.0 / read(values, "flow.decode.bound_single")[0].likely


def decode(row: Row, *, known: bool = True) -> Prediction:
    """Single-stream decode speed, tok/s or time per token in ms."""
    row.need("mem_bw_gbs")
    values = {**values_of(row), **_lengths(row, half_answer=True), "model.planned_concurrency": 1.0}
    if not known:
        values["model.engine"] = "cpu" if values["target.device"] == "cpu" else "other"
    step = read(values, "flow.tpot.likely")[0]
    floor = _floor_time(values)
    if row.text["metric"] == "tpot_ms":
        return Prediction(step * 1e3, floor * 1e3, is_speed=False, naive=floor * 1e3)
    return Prediction(inverse(step), 1.0 / floor, naive=1.0 / floor)


def decode_batch(row: Row) -> Prediction:
    """Decode phase only, aggregate over a batch."""
    batch = row.need("batch")
    values = {**values_of(row), **_lengths(row, half_answer=True), "model.planned_concurrency": batch}
    step, alone = read(values, "flow.tpot.likely", "flow.decode.bound_single")
    return Prediction(inverse(step, batch), batch * alone.likely)


def batch_rate(row: Row) -> Prediction:
    """Output tokens per second of a batch that starts and ends together, the prompt phase inside the clock."""
    row.need("input_len")
    row.need("output_len")
    batch = 1.0 if row.kind == "gen" else row.need("batch")
    values = {**values_of(row), **_lengths(row), "model.planned_concurrency": batch}
    slots = row.maybe("max_num_seqs")
    if slots:
        values["model.max_concurrency"] = slots
    rate, alone = read(values, "flow.serving.batch_rate", "flow.decode.bound_single")
    return _per_device(row, Prediction(rate, batch * alone.likely))


def serve_max(row: Row) -> Prediction:
    """Offline maximum load; the batch follows from the memory.

    A number of prompts that arrive together and are not followed by others is a batch that fills and drains, or a server
    that is full for as long as they last: the slower of both.
    """
    row.need("input_len")
    row.need("output_len")
    device_memory(row)
    values = {**values_of(row), **_lengths(row)}
    rate = read({**values, **offered(row)}, "flow.serving.saturated_rate")[0]
    burst = row.maybe("prompts", "num_prompts")
    if burst:
        together = read({**values, "model.planned_concurrency": burst}, "flow.serving.batch_rate")[0]
        rate = min(rate, together, key=lambda span: span.likely)
    return _per_device(row, Prediction(rate))


def offered(row: Row) -> dict[str, Stated]:
    """Return what a row says of how many requests there were at once and of the memory that the engine may use.

    Requests that arrive together and are not followed by others can be no more in flight than there are.
    """
    most = [
        n
        for n in (
            row.maybe("max_num_seqs", "max_concurrency", "concurrency"),
            row.maybe("prompts", "num_prompts"),
        )
        if n
    ]
    return stated(
        model__max_concurrency=min(most) if most else None,
        model__kv_utilisation=row.maybe("gpu_memory_utilization", "mem_fraction_static"),
    )


def _per_device(row: Row, made: Prediction) -> Prediction:
    if "per_gpu" not in row.text["metric"]:
        return made
    share = 1.0 / (row.number("n_dev") or 1.0)
    return Prediction(made.span * share, made.bound * share if made.bound else None)


def serve_bound(row: Row) -> Prediction:
    """Upper limit only: two flop per active parameter and generated token; no likely value is claimed."""
    limit = read({**values_of(row), "model.pipeline_parallel": _stages(row)}, "flow.serving.rate_limit")[
        0
    ].likely
    return Prediction(Span(limit, 0.0, limit), limit, naive=limit)


def _stages(row: Row) -> float:
    values = values_of(row)
    sharing = values.get("model.tensor_parallel", 1.0)
    assert isinstance(sharing, float)
    return (row.number("n_dev") or 1.0) / sharing


def prefill(row: Row) -> Prediction:
    """Prompt tokens per second or time to first token at batch 1."""
    tokens, depth = row.need("input_len"), row.maybe("kv_depth") or 0.0
    values = {**values_of(row), "model.planned_concurrency": 1.0, "demand.out_tokens_p95": 1.0}
    whole = {**values, "demand.in_tokens_p95": max(1.0, tokens + depth)}
    if row.text["metric"] == "ttft_ms":
        first, floor = read(whole, "flow.ttft.likely", "flow.ttft.floor")
        return Prediction(first * 1e3, floor.likely * 1e3, is_speed=False)
    time, floor = read(whole, "flow.prefill.time", "flow.ttft.floor")
    if depth:
        before = read({**values, "demand.in_tokens_p95": depth}, "flow.prefill.time")[0]
        share = max(1.0 - before.likely / time.likely, tokens / (tokens + depth) / 2.0)
        time = time * share
        floor = floor * (tokens / (tokens + depth))
    return Prediction(inverse(time, tokens), tokens / floor.likely)


_LOADED = {"itl": "tpot_peak", "ttft": "ttft_peak", "e2e": "time_peak"}


def loaded(row: Row) -> Prediction:
    """Open-loop arrivals on a serving engine: time per token, to the first token, end to end, in ms."""
    row.need("layers")
    metric = row.text["metric"]
    named = _LOADED.get(metric.split("_", maxsplit=1)[0])
    if named is None:
        raise NotPredictableError(f"metric {metric!r} is not known for loaded runs")
    fact = named + ("_p99" if "p99" in metric and named != "tpot_peak" else "")
    return Prediction(
        read({**values_of(row), **loaded_values(row)}, f"flow.serving.{fact}")[0] * 1e3, is_speed=False
    )


def loaded_values(row: Row) -> dict[str, Stated]:
    """Return what a row says of the load and of what the engine admits."""
    rate = row.more("rate_rps")
    duration = row.maybe("duration_s") or (row.extra.get("prompts") or 0) / rate or None
    return {**_lengths(row), **stated(
        flow__demand__peak_rate=rate, target__replicas=1.0, demand__peak_duration=duration,
        model__max_concurrency=row.maybe("max_num_seqs") or 256.0,
        model__tokens_per_step=row.maybe("max_num_batched_tokens"),
    )}  # fmt: skip


def kvbytes(row: Row) -> Prediction:
    """KV cache bytes per token or of a context."""
    values = values_of_cache(row)
    if row.text["metric"] == "kv_bytes_per_token":
        span = read(values, "flow.kv.bytes_per_token")[0]
    else:
        tokens = row.need("input_len") * (row.number("batch") or 1.0)
        values |= {"demand.in_tokens_p95": max(1.0, tokens - 1.0), "demand.out_tokens_p95": 1.0}
        span = read(values, "flow.kv.bytes_per_sequence")[0] * (
            1.0 / (GIB if row.text["unit"] == "GiB" else 1e9)
        )
    return Prediction(span.widened(0.98, 1.02))


def values_of_cache(row: Row) -> dict[str, Stated]:
    """Return the cache's shape alone; such rows give no weights."""
    from case_values import _cache

    found = _cache(row)
    layers = row.number("layers") or row.maybe("layers", "num_hidden_layers")
    if layers:
        found["model.layers"] = layers
    if found.get("model.kv_bytes_per_token") == 0.0:
        raise NotPredictableError("cannot size: no KV shape")
    return found


PREDICTORS: dict[str, Callable[[Row], Prediction]] = {
    "decode": decode,
    "decode_batch": decode_batch,
    "decode_unknown": lambda row: decode(row, known=False),
    "gen": batch_rate,
    "serve": batch_rate,
    "serve_max": serve_max,
    "serve_bound": serve_bound,
    "prefill": prefill,
    "loaded": loaded,
    "kvbytes": kvbytes,
}
