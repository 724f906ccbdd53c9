"""Predictions of sizes, storage, training and retrieval figures: columns to values, then `flow` does the work."""

from __future__ import annotations

from collections.abc import Callable

from case_predictions import Prediction
from case_rows import (
    NotPredictableError,
    Row,
    device_memory,
    family,
    hardware_of,
    kv_per_token,
    network_of,
    weight_bits,
    weight_bytes,
)

from poc_gate.flow.formulas import movement, offload, queueing, retrieval
from poc_gate.flow.formulas.engine_model import Network
from poc_gate.flow.formulas.fitted_constants import INTERVALS, KINDS
from poc_gate.flow.formulas.footprints import GIB, RESERVE_PER_DEVICE, kv_capacity
from poc_gate.flow.formulas.movement import ENGINE_START
from poc_gate.flow.span import Span, as_span

VOCABULARY = (32e3, 140e3, 260e3)
"""Low, usual and high number of tokens in a vocabulary, for embeddings that stay at 16 bits."""


def _exact(value: float, slack: float = 0.02) -> Prediction:
    """Return a prediction by a definition, with a slack for rounding."""
    return Prediction(Span(value, value * (1 - slack), value * (1 + slack)), naive=value)


def kvbytes(row: Row) -> Prediction:
    """KV cache bytes per token or of a context."""
    each = kv_per_token(row)
    if not each:
        raise NotPredictableError("cannot size: no KV shape")
    if row.text["metric"] == "kv_bytes_per_token":
        return _exact(each)
    unit = GIB if row.text["unit"] == "GiB" else 1e9
    return _exact(each * row.need("input_len") * (row.number("batch") or 1.0) / unit)


def kvcap(row: Row) -> Prediction:
    """Tokens whose KV cache an engine can allocate."""
    network = network_of(row)
    if not network.kv_per_token:
        raise NotPredictableError("cannot size: no KV shape")
    devices = row.number("n_dev") or 1.0
    share = row.maybe("gpu_memory_utilization", "mem_fraction_static") or 0.9
    tokens = row.maybe("max_num_batched_tokens") or 2048.0
    constants = KINDS["kvcap"]
    reserve = devices * constants["runtime"] * GIB
    reserve += constants["activation"] * tokens * network.attention_width
    memory = offload.usable_memory(device_memory(row), unified=False) * devices
    found = kv_capacity(
        memory, weights=network.weight_bytes, per_token=network.kv_per_token, share=share, reserve=reserve
    )
    low, high = INTERVALS["kvcap"]
    return Prediction(Span(found, found * low, found * high), naive=memory / network.kv_per_token)


def _kept_at_16_bits(row: Row, network: Network) -> tuple[float, float, float]:
    """Return bytes that quantised checkpoints add by keeping embeddings at 16 bits, where bits are nominal."""
    bits = weight_bits(row) or 16.0
    if row.number("weight_gb") or bits not in {4.0, 8.0}:
        return 0.0, 0.0, 0.0
    each = 2.0 * network.attention_width * (16.0 - bits) / 8.0
    return VOCABULARY[0] * each, VOCABULARY[1] * each, VOCABULARY[2] * each


def mem(row: Row) -> Prediction:
    """GPU memory of a model in use."""
    network = network_of(row)
    prompt = row.need("input_len")
    cache = (prompt + (row.number("output_len") or 0.0)) * network.kv_per_token * (row.number("batch") or 1.0)
    weights = network.weight_bytes + _kept_at_16_bits(row, network)[1]
    eager = family(row) == "eager"
    used = offload.memory_used(weights, cache, prompt=prompt if eager else 0.0, width=network.attention_width)
    unit = GIB if row.text["unit"] == "GiB" else 1e9
    naive = (network.weight_bytes + cache) / unit
    return Prediction(Span(used.likely / unit, used.low / unit, used.high / unit), naive=naive)


def fit(row: Row) -> Prediction:
    """Does it fit: 1 or 0; where the interval reaches across the limit the span is 0 to 1."""
    network = network_of(row)
    devices = row.number("n_dev") or 1.0
    context = (row.number("input_len") or 0.0) + (row.number("output_len") or 0.0)
    cache = context * network.kv_per_token * (row.number("batch") or 1.0)
    low, likely, high = (
        network.weight_bytes + kept + cache + reserve * devices
        for kept, reserve in zip(_kept_at_16_bits(row, network), RESERVE_PER_DEVICE, strict=True)
    )
    if family(row) not in {"llama.cpp", "apple", "portable", "cpu"}:
        # Engines without small prompt batches hold the activations of the whole prompt at once.
        high += KINDS["mem"]["activation"] * (row.number("input_len") or 0.0) * network.attention_width
    memory = offload.usable_memory(device_memory(row), unified=family(row) == "apple") * devices
    verdict = offload.fits(Span(likely, low, high), memory)
    guess = 1.0 if likely <= memory else 0.0
    span = Span(guess, 0.0, 1.0) if verdict is None else as_span(guess)
    return Prediction(
        span, naive=1.0 if network.weight_bytes + cache <= device_memory(row) * devices else 0.0
    )


def ingest(row: Row) -> Prediction:
    """Read rate for N emulated accelerators at the measured utilisation, MiB/s."""
    need = movement.ingest_need(
        as_span(row.more("batch_per_accel")), as_span(row.more("sample_bytes")), as_span(row.more("step_compute_s")),
        utilisation=row.more("au_measured"),
    )  # fmt: skip
    rate = need.likely * row.more("num_accelerators") / 2.0**20
    low, high = INTERVALS["ingest"]
    return Prediction(Span(rate, rate * low, rate * high), naive=rate / row.more("au_measured"))


def ingest_max(row: Row) -> Prediction:
    """Largest number of accelerators that one drive feeds."""
    need = movement.ingest_need(
        as_span(row.more("batch_per_accel")), as_span(row.more("sample_bytes")), as_span(row.more("step_compute_s")),
        utilisation=row.more("au_target"),
    )  # fmt: skip
    store = row.more("storage_read_gbs_declared") * 1e9
    fed = movement.accelerators_fed(store, need.likely, batch=row.more("batch_per_accel"))
    return Prediction(fed, naive=max(1.0, store / need.likely // 1.0))


def ckpt(row: Row) -> Prediction:
    """Checkpoint size; the source writes GB and means GiB."""
    return _exact(movement.checkpoint_bytes(row.need("params_b") * 1e9) / GIB)


def coldstart(row: Row) -> Prediction:
    """Seconds to load weights, or until the engine is ready."""
    size, store = weight_bytes(row), row.more("storage_gbs_declared") * 1e9
    readers = row.maybe("concurrency")
    one = readers == 1 or (readers is None and "safetensors" in row.text["engine"].lower())
    cached = row.extra.get("scenario") == "cached"
    span = movement.load_time(size, store, readers=1.0 if one else 16.0, cached=cached)
    bound = None if cached else size / store
    if row.text["metric"] == "ready_s":
        span = span + Span(ENGINE_START[1], ENGINE_START[0], ENGINE_START[2])
    return Prediction(span, bound, is_speed=False, naive=size / store)


def offloaded(row: Row) -> Prediction:
    """Decode speed with a share of the layers on the accelerator."""
    share = min(1.0, row.more("ngl") / row.more("layers_total"))
    rates = {"device_rate": row.more("gpu_only_tok_s"), "host_rate": row.more("cpu_only_tok_s")}
    bound = offload.split_bound(share, **rates)
    return Prediction(offload.split_rate(share, **rates), bound, naive=bound)


def train(row: Row) -> Prediction:
    """Training tokens per second and device."""
    hardware, parameters = hardware_of(row), row.need("params_b") * 1e9
    if hardware.compute is None:
        raise NotPredictableError("no peak_tflops")
    again = str(row.extra.get("activation_checkpointing")) == "True"
    rate = movement.training_rate(
        parameters, hardware.compute, tokens=row.need("input_len"), recomputed=again
    )
    bound = hardware.compute / (6.0 * parameters)
    return Prediction(Span(rate.likely, rate.low, min(bound, rate.high)), bound, naive=bound)


def embed(row: Row) -> Prediction:
    """Sentences per second, order of magnitude."""
    rate = retrieval.embedding_rate(row.more("model_mb") * 1e6)
    return Prediction(rate)


def vecmem(row: Row) -> Prediction:
    """Memory of a vector index, GB."""
    vectors, dims, element = row.more("n_vectors"), row.more("dim"), row.more("bits_per_dim") / 8.0
    overhead = row.maybe("overhead") or retrieval.OVERHEAD
    lists, links = row.maybe("nlist"), row.maybe("M")
    if lists:
        span = retrieval.inverted_index_bytes(vectors, dims, element, lists)
    else:
        span = retrieval.graph_index_bytes(vectors, dims, element, links or 0.0, overhead=overhead)
    return Prediction(
        Span(span.likely / 1e9, span.low / 1e9, span.high / 1e9), naive=vectors * dims * element / 1e9
    )


def vecfit(row: Row) -> Prediction:
    """Does the index fit into the memory of its nodes."""
    span = retrieval.graph_index_bytes(
        row.more("n_vectors"),
        row.more("dim"),
        row.more("bits_per_dim") / 8.0,
        row.maybe("M") or 16.0,
    )
    copies = 1.0 + (row.maybe("replicas") or 0.0)
    room = row.more("graph_memory_gb_per_node") * 1e9 * row.more("nodes")
    return Prediction(as_span(1.0 if span.likely * copies <= room else 0.0))


def closedloop(row: Row) -> Prediction:
    """Queries per second at N clients, the saturated rate being measured."""
    single = 1.0 / row.more("single_client_latency_s")
    return Prediction(retrieval.closed_loop_rate(row.more("concurrency"), single, row.more("qps_max")))


def littles(row: Row) -> Prediction:
    """Mean latency of a closed loop by Little's law."""
    return _exact(row.more("concurrency") / row.more("qps"), slack=0.12)


def reindex(row: Row) -> Prediction:
    """Seconds to load and index."""
    return Prediction(retrieval.build_time(row.more("n_vectors"), row.more("dim")))


def closedform(row: Row) -> Prediction:
    """Textbook results on tails and queues."""
    metric = row.text["metric"]
    if metric == "prob_any_slow":
        return _exact(queueing.any_slow(row.more("fanout"), row.more("p_slow")), slack=0.06)
    rate, service = row.more("lambda_per_h") / 3600.0, 3600.0 / row.more("mu_per_h")
    wait = {c: queueing.mean_wait(rate, service, c) for c in (1, 2)}
    if metric == "wait_ratio":
        return _exact(wait[1] / wait[2], slack=0.06)
    digits = [c for c in str(row.extra.get("model")) if c.isdigit()]
    servers = int(digits[-1]) if digits else 1
    if metric == "mean_queue":
        return _exact(queueing.queue_length(rate, service, servers), slack=0.06)
    return _exact(wait.get(servers, queueing.mean_wait(rate, service, servers)), slack=0.06)


SIZES: dict[str, Callable[[Row], Prediction]] = {
    "kvbytes": kvbytes, "kvcap": kvcap, "mem": mem, "fit": fit, "ingest": ingest, "ingest_max": ingest_max,
    "ckpt": ckpt, "coldstart": coldstart, "offload": offloaded, "train": train, "embed": embed, "vecmem": vecmem,
    "vecfit": vecfit, "closedloop": closedloop, "littles": littles, "reindex": reindex, "closedform": closedform,
}  # fmt: skip
