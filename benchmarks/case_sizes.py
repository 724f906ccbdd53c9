"""Memory, storage, training and retrieval figures: the fact that a user reads, derived from what the row states."""

from __future__ import annotations

from collections.abc import Callable

from case_facts import Prediction, read
from case_rows import NotPredictableError, Row, device_memory, kv_per_token
from case_values import GIB, Stated, stated, values_of
from product_facts import NotStatableError, derived

from poc_gate.flow.formulas.load import queueing
from poc_gate.flow.formulas.load.spread import Spread, slowest_of
from poc_gate.flow.span import Span, as_span


def _exact(value: float, slack: float = 0.02) -> Prediction:
    """Return a prediction by a definition, with a slack for rounding."""
    return Prediction(Span(value, value * (1 - slack), value * (1 + slack)), naive=value)


def _nominal_as_named(row: Row, values: dict[str, Stated]) -> dict[str, Stated]:
    """Return the values with nominal 4 and 8 bits as what they are: a format that keeps embeddings at 16 bits."""
    bits = row.number("w_bits")
    if row.number("weight_gb") or bits not in {4.0, 8.0} or values.get("model.precision"):
        return values
    named = {name: value for name, value in values.items() if name != "model.weight_bits"}
    return {**named, "model.precision": "int4" if bits == 4.0 else "int8"}


def kvcap(row: Row) -> Prediction:
    """Tokens whose KV cache an engine can allocate."""
    if not kv_per_token(row):
        raise NotPredictableError("cannot size: no KV shape")
    share = row.maybe("gpu_memory_utilization", "mem_fraction_static")
    values = {
        **values_of(row),
        **stated(model__kv_utilisation=share, model__tokens_per_step=row.maybe("max_num_batched_tokens")),
    }
    return Prediction(read(values, "flow.kv.tokens_max")[0])


def mem(row: Row) -> Prediction:
    """GPU memory of a model in use."""
    values = _nominal_as_named(row, values_of(row))
    values |= stated(
        demand__in_tokens_p95=max(1.0, row.need("input_len")),
        demand__out_tokens_p95=max(1.0, row.number("output_len") or 1.0),
        model__planned_concurrency=row.number("batch") or 1.0,
    )
    unit = GIB if row.text["unit"] == "GiB" else 1e9
    return Prediction(read(values, "flow.device_memory.in_use")[0] * (1.0 / unit))


def fit(row: Row) -> Prediction:
    """Does it fit: 1 or 0; undecided is 0 to 1."""
    device_memory(row)
    values = _nominal_as_named(row, values_of(row))
    values |= stated(
        demand__in_tokens_p95=max(1.0, row.number("input_len") or 1.0),
        demand__out_tokens_p95=max(1.0, row.number("output_len") or 1.0),
        model__planned_concurrency=row.number("batch") or 1.0,
    )
    try:
        fact = derived(values, ("flow.device_memory.fits",))["flow.device_memory.fits"]
    except NotStatableError as error:
        raise NotPredictableError(str(error)) from error
    if fact.value is None:
        raise NotPredictableError(f"{fact.name} is unknown: {fact.why_unknown}")
    if fact.value == "unclear":
        needed, have = read(values, "flow.device_memory.required", "flow.device_memory.capacity")
        return Prediction(Span(1.0 if needed.likely <= have.likely else 0.0, 0.0, 1.0))
    return Prediction(as_span(1.0 if fact.value == "fits" else 0.0))


def _step(row: Row, utilisation: float) -> dict[str, Stated]:
    return stated(
        training__batch_size=row.more("batch_per_accel"), training__sample_bytes=row.more("sample_bytes"),
        training__step_time=row.more("step_compute_s"), training__utilisation_needed=utilisation,
    )  # fmt: skip


def ingest(row: Row) -> Prediction:
    """Read rate for N emulated accelerators at the measured utilisation, MiB/s."""
    values = {**_step(row, row.more("au_measured")), "training.accelerators": row.more("num_accelerators")}
    rate = read(values, "flow.ingest.need")[0].likely / 2.0**20
    return _exact(rate, slack=0.085)


def ingest_max(row: Row) -> Prediction:
    """Largest number of accelerators that one drive feeds."""
    values = {
        **_step(row, row.more("au_target")),
        "training.read_rate": row.more("storage_read_gbs_declared") * 1e9,
    }
    return Prediction(read(values, "flow.ingest.accelerators_fed")[0])


def ckpt(row: Row) -> Prediction:
    """Checkpoint size; the source writes GB and means GiB."""
    size = read({"model.parameters": row.need("params_b") * 1e9}, "flow.checkpoint.bytes")[0]
    return _exact(size.likely / GIB)


_MANY = ("streamer", "tensorizer", "sllm", "serverless", "fastsafetensors", "instanttensor")


def coldstart(row: Row) -> Prediction:
    """Seconds to load weights, or until the engine is ready."""
    readers = row.maybe("concurrency")
    if readers is None and any(word in row.text["engine"].lower() for word in _MANY):
        readers = 16.0
    elif readers is None and "safetensors" in row.text["engine"].lower():
        readers = 1.0
    values = values_of(row)
    values |= stated(
        target__storage_read=row.more("storage_gbs_declared") * 1e9, target__load_streams=readers,
        target__load_cached=True if row.extra.get("scenario") == "cached" else None,
    )  # fmt: skip
    name = "ready_time" if row.text["metric"] == "ready_s" else "load_time"
    return Prediction(read(values, f"flow.cold_start.{name}")[0], is_speed=False)


def offloaded(row: Row) -> Prediction:
    """Decode speed with a share of the layers on the accelerator."""
    values = stated(
        model__device_layers=row.more("ngl"), model__layers=row.more("layers_total"),
        model__device_tokens_per_s=row.more("gpu_only_tok_s"), model__host_tokens_per_s=row.more("cpu_only_tok_s"),
    )  # fmt: skip
    span = read(values, "flow.offload.rate")[0]
    return Prediction(span, None)


def train(row: Row) -> Prediction:
    """Training tokens per second and device."""
    active = (row.number("active_b") or 0.0) * 1e9
    narrower = {"fp8": 2.0, "int8": 2.0, "fp4": 4.0, "nvfp4": 4.0}.get(row.text["peak_dtype"].lower(), 1.0)
    values = stated(
        model__parameters=row.need("params_b") * 1e9, model__active_parameters=active or None,
        machine__accelerators__compute_half=row.need("peak_tflops") * 1e12 / narrower, target__device=row.text["device"] or None,
    )  # fmt: skip
    form = row.text["peak_dtype"].lower()
    values |= stated(
        training__sequence_tokens=row.need("input_len"),
        training__recompute=str(row.extra.get("activation_checkpointing")) == "True",
        training__compute_precision=form if form in {"fp8", "fp4"} else None,
    )
    span = read(values, "flow.training.rate")[0]
    return Prediction(span)


def embed(row: Row) -> Prediction:
    """Sentences per second, order of magnitude."""
    return Prediction(read({"retrieval.embedder_bytes": row.more("model_mb") * 1e6}, "flow.embed.rate")[0])


_ENGINES = (
    "hnswlib", "faiss", "usearch", "pgvector", "qdrant", "milvus", "weaviate", "opensearch", "redis", "lucene", "valkey", "chroma",
    "vespa", "typesense",
)  # fmt: skip


def _index(row: Row) -> dict[str, Stated]:
    name = row.text["engine"].lower() + " " + row.text["device"].lower()
    engine = next(
        (word for word in _ENGINES if word in name), "elasticsearch" if "elastic" in name else "other"
    )
    if engine == "other" and any(word in name for word in ("pinecone", "cloud", "zilliz", "vertex", "azure")):
        engine = "managed"
    return stated(
        retrieval__vectors=row.more("n_vectors"), retrieval__dims=row.more("dim"), retrieval__engine=engine
    )


def vecmem(row: Row) -> Prediction:
    """Memory of a vector index, GB."""
    return Prediction(read(_sized(row), "flow.vector_index.bytes")[0] * 1e-9)


def _sized(row: Row) -> dict[str, Stated]:
    lists = row.maybe("nlist")
    return {**_index(row), **stated(
        retrieval__bytes_per_element=max(0.1, row.more("bits_per_dim") / 8.0), retrieval__index="ivf" if lists else "hnsw",
        retrieval__m=row.maybe("M") or 16.0, retrieval__lists=lists, retrieval__replicas=row.maybe("replicas") or 0.0,
        demand__corpus_growth_12m=1.0,
    )}  # fmt: skip


def vecfit(row: Row) -> Prediction:
    """Does the index fit into the memory of its nodes."""
    size = read(_sized(row), "flow.vector_index.bytes")[0]
    room = row.more("graph_memory_gb_per_node") * 1e9 * row.more("nodes")
    return Prediction(as_span(1.0 if size.likely <= room else 0.0))


def closedloop(row: Row) -> Prediction:
    """Queries per second at N clients, the saturated rate being measured."""
    values = stated(
        retrieval__clients=row.more("concurrency"), retrieval__search_p50=row.more("single_client_latency_s"),
        retrieval__search_rate_max=row.more("qps_max"),
    )  # fmt: skip
    return Prediction(read(values, "flow.search.closed_loop_rate")[0])


def littles(row: Row) -> Prediction:
    """Mean latency of a closed loop by Little's law."""
    values = stated(retrieval__clients=row.more("concurrency"), retrieval__search_rate_max=row.more("qps"))
    return Prediction(read(values, "flow.search.saturated_time")[0])


def reindex(row: Row) -> Prediction:
    """Seconds to load and index."""
    effort = row.maybe("ef_construction", "efConstruction", "ef_construct")
    bits = row.maybe("bits_per_dim")
    values = {**_index(row), **stated(
        retrieval__bytes_per_element=bits / 8.0 if bits else None,
        retrieval__index="hnsw", retrieval__cores=row.maybe("cores"), retrieval__ef_construction=effort,
        retrieval__m=row.maybe("M", "m", "maxConnections"), retrieval__build_memory=row.maybe("build_memory_bytes"),
    )}  # fmt: skip
    return Prediction(read(values, "flow.reindex.build_time")[0], is_speed=False)


def closedform(row: Row) -> Prediction:
    """Textbook results on tails and queues, by the functions that the latency facts call."""
    metric = row.text["metric"]
    if metric == "prob_any_slow":
        slow = row.more("p_slow")
        return _exact(
            slowest_of(Spread((0.0, 1.0), (1.0 - slow, slow)), row.more("fanout")).weights[-1], slack=0.06
        )
    rate, service = row.more("lambda_per_h") / 3600.0, 3600.0 / row.more("mu_per_h")
    wait = {c: queueing.mean_wait(rate, service, c) for c in (1, 2)}
    if metric == "wait_ratio":
        return _exact(wait[1] / wait[2], slack=0.06)
    digits = [c for c in str(row.extra.get("model")) if c.isdigit()]
    servers = int(digits[-1]) if digits else 1
    if metric == "mean_queue":
        waits = wait.get(servers, queueing.mean_wait(rate, service, servers))
        return _exact(queueing.little(rate, waits), slack=0.06)
    return _exact(wait.get(servers, queueing.mean_wait(rate, service, servers)), slack=0.06)


SIZES: dict[str, Callable[[Row], Prediction]] = {
    "kvcap": kvcap, "mem": mem, "fit": fit, "ingest": ingest, "ingest_max": ingest_max,
    "ckpt": ckpt, "coldstart": coldstart, "offload": offloaded, "train": train, "embed": embed, "vecmem": vecmem,
    "vecfit": vecfit, "closedloop": closedloop, "littles": littles, "reindex": reindex, "closedform": closedform,
}  # fmt: skip
