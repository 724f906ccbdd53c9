"""What the fit of the constants moves: the product's formulas on what the product reads of a row, read once per row.

`case_facts.py` scores the facts; this gives the same likely values without deriving a tree of facts for each trial of a
constant. `tests/flow/test_published_cases.py` holds the two equal.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from case_facts import PREDICTORS as FACTS
from case_facts import Prediction, inverse, loaded_values, offered
from case_rows import NotPredictableError, Row
from case_values import engine_choice, values_of
from product_facts import NotStatableError, view_of

from poc_gate.flow.formulas.load.batching import BatchServer, Lengths
from poc_gate.flow.formulas.speed.admission import Admission
from poc_gate.flow.formulas.speed.engine_model import likely_step
from poc_gate.flow.formulas.speed.fitted_constants import KINDS
from poc_gate.flow.formulas.speed.prompt_phase import prefill_span
from poc_gate.flow.formulas.speed.serving import Batch, Room, batch_span, saturated_span
from poc_gate.flow.formulas.speed.shapes import Hardware, Network
from poc_gate.flow.formulas.speed.worlds import World, middle, worlds
from poc_gate.flow.interface import CannotDeriveError
from poc_gate.flow.reading.model_reading import pooled, read_admissions, read_family, read_hardware
from poc_gate.flow.reading.model_station import serving_family
from poc_gate.flow.reading.network_reading import read_network
from poc_gate.flow.span import Span, as_span
from poc_gate.model.engines.serving_engines import serving_engine


class Parts(NamedTuple):
    """What the speed models take."""

    network: Network
    hardware: Hardware
    pooled: Hardware
    family: str
    memory: float
    admitted: tuple[Admission, ...] = ()
    share: float | None = None


@cache
def parts_of(row: Row, *, known: bool = True) -> Parts:
    """Return what the product reads of a row; raises NotPredictableError where it cannot."""
    values = {**values_of(row), **(offered(row) if row.kind == "serve_max" else {})}
    if not known:
        values["model.engine"] = "cpu" if values["target.device"] == "cpu" else "other"
    try:
        view = view_of(values)
        hardware = read_hardware(view, compute=False)
        memory, share = view.maybe("flow.device_memory.capacity"), view.maybe("model.kv_utilisation")
        return Parts(
            read_network(view),
            hardware,
            pooled(view, hardware),
            read_family(view),
            memory.likely if memory else 0.0,
            tuple(read_admissions(view)) if row.kind == "serve_max" else (),
            share.likely if share else None,
        )
    except (CannotDeriveError, NotStatableError) as error:
        raise NotPredictableError(str(error)) from error


def _context(row: Row) -> float:
    return max(1.0, row.number("input_len") or 0.0) + max(1.0, (row.number("output_len") or 0.0) / 2.0)


@cache
def _cases(row: Row, known: bool) -> list[World]:
    """Return what engine and machine of a row may be; no constant decides that."""
    p = parts_of(row, known=known)
    return worlds(p.network, p.hardware, p.family)


def decode(row: Row, *, known: bool = True, batch: float = 1.0) -> Prediction:
    """Decode speed, tok/s or time per token in ms."""
    context = _context(row)
    span = as_span(
        middle([likely_step(*world, batch=batch, context=context) for world in _cases(row, known)])
    )
    if row.text["metric"] == "tpot_ms":
        return Prediction(span * 1e3, is_speed=False)
    return Prediction(inverse(span, batch))


def batch_rate(row: Row) -> Prediction:
    """Output tokens per second of a batch that starts and ends together."""
    p = parts_of(row)
    size = 1.0 if row.kind == "gen" else row.need("batch")
    batch = Batch(size, max(1.0, row.need("input_len")), max(1.0, row.need("output_len")))
    span = batch_span(p.network, p.hardware if size <= 1 else p.pooled, p.family, batch)
    return Prediction(_per_device(row, inverse(span, batch.size * batch.answer)))


def serve_max(row: Row) -> Prediction:
    """Offline maximum load; bursts as the facts give them."""
    if row.maybe("prompts", "num_prompts"):
        return FACTS["serve_max"](row)
    p, prompt, answer = parts_of(row), max(1.0, row.need("input_len")), max(1.0, row.need("output_len"))
    each = saturated_span(
        p.network, p.pooled, Room(p.memory, p.share), Batch(0.0, prompt, answer), p.admitted
    )
    if each is None:
        raise NotPredictableError("the weights leave no room for a sequence")
    return Prediction(_per_device(row, inverse(each, answer)))


def _per_device(row: Row, span: Span) -> Span:
    return span * (1.0 / (row.number("n_dev") or 1.0)) if "per_gpu" in row.text["metric"] else span


def prefill(row: Row) -> Prediction:
    """Prompt tokens per second; times to the first token and prompts behind others as the facts give them."""
    if row.text["metric"] == "ttft_ms" or row.maybe("kv_depth"):
        return FACTS["prefill"](row)
    p, tokens = parts_of(row), max(1.0, row.need("input_len"))
    if p.hardware.compute is None:
        raise NotPredictableError("no compute rate")
    return Prediction(inverse(prefill_span(p.network, p.hardware, p.family, tokens=tokens), tokens))


@cache
def _most(row: Row, _constants: tuple[float, ...]) -> float:
    """Return the requests that fit at once, which the constants of the KV capacity decide."""
    view = view_of({**values_of(row), **loaded_values(row)})
    try:
        return max(1.0, view.one("flow.concurrency.max").likely)
    except CannotDeriveError as error:
        raise NotPredictableError(str(error)) from error


def loaded(row: Row) -> Prediction:
    """Times under open load, in ms; those past the wall as the facts give them."""
    row.need("layers")
    p, metric = parts_of(row), row.text["metric"]
    lengths = Lengths(max(1.0, row.need("input_len")), max(1.0, row.need("output_len")))
    most, rate = _most(row, tuple(KINDS["kvcap"].values())), row.more("rate_rps")
    patience = serving_engine(engine_choice(row.text["engine"])).patience
    server = BatchServer(p.network, p.pooled, serving_family(p.family), most, patience=patience)
    flight = server.in_flight(rate, lengths) if p.hardware.compute else None
    if flight is None or not metric.startswith(("itl", "ttft", "e2e")):
        return FACTS["loaded"](row)
    if metric.startswith("itl"):
        likely = server.step(flight, rate, lengths)
    elif metric.startswith("ttft"):
        tail = "p99" in metric
        likely = (
            server.slowest_first(flight, rate, lengths, KINDS["loaded"]["longest"])
            if tail
            else server.mean_to_first(flight, rate, lengths)
        )
    else:
        likely = server.time(flight, rate, lengths, lengths)
        likely *= KINDS["loaded"]["tail_e2e"] if "p99" in metric else 1.0
    return Prediction(as_span(likely * 1e3), is_speed=False)


PREDICTORS: dict[str, Callable[[Row], Prediction]] = {
    **FACTS,
    "loaded": loaded,
    "decode": decode,
    "decode_unknown": lambda row: decode(row, known=False),
    "decode_batch": lambda row: decode(row, batch=row.need("batch")),
    "gen": batch_rate,
    "serve": batch_rate,
    "serve_max": serve_max,
    "prefill": prefill,
}
