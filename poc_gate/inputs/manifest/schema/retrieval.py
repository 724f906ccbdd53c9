"""The manifest's sections on what is searched and what is trained: the index and feeding accelerators."""

# No postponed annotations here: evaluating them as text costs each start 30 ms.
from typing import Annotated, Literal

from poc_gate.inputs.manifest.schema.field_types import (
    CountRate,
    DataRate,
    Number,
    RequestRate,
    Section,
    Share,
    Size,
    Time,
    Tokens,
    one_of,
    said,
    wanted,
)
from poc_gate.model.engines.search_engines import STATED_ENGINES

MODEL_ID = r"^[A-Za-z0-9][A-Za-z0-9 ._-]{0,79}$"


class Retrieval(Section):
    """The index that answers are grounded on."""

    vectors: Annotated[Number | None, said("Vectors in the index today", low=0, high=1e13)] = None
    embedder: Annotated[str | None, said("Name of the embedding model", example="BAAI/bge-small-en-v1.5")] = (
        None
    )
    dims: Annotated[Number | None, said("Dimensions of one vector", low=1, high=1e6)] = None
    bytes_per_element: Annotated[
        Number | None, said("Bytes of one vector element; 4 = float32", low=0.1, high=8)
    ] = None
    index: Annotated[Literal["hnsw", "ivf", "flat"] | None, said("Kind of index")] = None
    m: Annotated[Number | None, said("HNSW links per node", low=2, high=1024)] = None
    ef_construction: Annotated[
        Number | None, said("HNSW candidates kept while building", low=1, high=1e5)
    ] = None
    build_memory: Annotated[
        Size | None,
        said("Memory that the engine may build the index in; pgvector: maintenance_work_mem", low=0),
    ] = None
    ef_search: Annotated[Number | None, said("HNSW candidates kept in a search", low=1, high=1e5)] = None
    lists: Annotated[Number | None, said("IVF lists", low=1, high=1e8)] = None
    probes: Annotated[Number | None, said("IVF lists that one search reads", low=1, high=1e6)] = None
    engine: Annotated[str | None, one_of("Engine of the index", choices=STATED_ENGINES)] = None
    cores: Annotated[Number | None, said("Cores that build and search the index", low=0.1, high=1e5)] = None
    clients: Annotated[Number | None, said("Searches in flight at once", low=1, high=1e6)] = None
    search_rate_max: Annotated[RequestRate | None, said("Highest rate of searches measured", low=0)] = None
    embedder_bytes: Annotated[Size | None, said("Bytes of the embedding model's weights", low=0)] = None
    chunk_tokens: Annotated[Tokens | None, said("Tokens of a chunk", low=1, high=1e6)] = None
    version: Annotated[str | None, said("Exact version or build of the index that serves")] = None
    replicas: Annotated[Number | None, said("Replicas in addition to the first copy", low=0, high=1000)] = (
        None
    )
    ram: Annotated[Size | None, said("Memory that the index may use, over all nodes", low=0)] = None
    ram_share: Annotated[
        Share | None, said("Share of that memory that the engine gives to vectors", low=0, high=1)
    ] = None
    chunks: Annotated[Number | None, said("Chunks in the corpus", low=0, high=1e13)] = None
    chunks_changed_per_day: Annotated[
        CountRate | None, said("Chunks that change", low=0, example="20000 chunks/d")
    ] = None
    embed_rate: Annotated[
        CountRate | None, said("Chunks that the embedder handles", low=0, example="500 chunks/s")
    ] = None
    write_rate: Annotated[CountRate | None, said("Chunks that the index takes in", low=0)] = None
    refresh: Annotated[Time | None, wanted("Interval between index refreshes", low=0)] = None
    incremental: Annotated[bool | None, said("The index is refreshed incrementally")] = None
    search_p50: Annotated[Time | None, said("Median time of one search", low=0, high=3600)] = None
    search_p99: Annotated[Time | None, said("99th percentile of one search", low=0, high=3600)] = None
    top_k: Annotated[Number | None, wanted("Chunks returned by one search", low=1, high=1e5)] = None
    bytes_per_chunk: Annotated[Size | None, said("Bytes of one returned chunk", low=0)] = None
    acl_mode: Annotated[Literal["query", "post", "none"] | None, said("Where permissions are enforced")] = (
        None
    )
    acl_denied_tests: Annotated[
        Number | None, said("Queries tried as users who must be denied", low=0, high=1e9)
    ] = None
    acl_leaks: Annotated[Number | None, said("How many of those queries leaked", low=0, high=1e9)] = None
    recall_at_k: Annotated[Share | None, said("Recall at k on the evaluation set", low=0, high=1)] = None
    recall_floor: Annotated[Share | None, wanted("Lowest recall at k that is accepted", low=0, high=1)] = None
    citations_checked: Annotated[
        Number | None, said("Answers whose citations were checked", low=0, high=1e9)
    ] = None
    citations_wrong: Annotated[
        Number | None, said("How many of those answers have a wrong citation", low=0, high=1e9)
    ] = None
    citation_error_max: Annotated[
        Share | None, wanted("Highest share of wrong citations that is accepted", low=0, high=1)
    ] = None


class Training(Section):
    """Feeding accelerators in training or batch scoring."""

    batch_size: Annotated[Number | None, said("Samples of one step and accelerator", low=1, high=1e9)] = None
    sample_bytes: Annotated[Size | None, said("Bytes of one sample", low=0)] = None
    step_time: Annotated[Time | None, said("Compute time of one step", low=0)] = None
    accelerators: Annotated[Number | None, said("Accelerators fed at once", low=1, high=1e6)] = None
    utilisation_needed: Annotated[
        Share | None, wanted("Accelerator utilisation that must be reached", low=0, high=1)
    ] = None
    utilisation: Annotated[
        Share | None,
        said(
            "Share of the time in which accelerators computed; not their share of peak speed", low=0, high=1
        ),
    ] = None
    checkpoint_bytes: Annotated[Size | None, said("Bytes of one checkpoint", low=0)] = None
    sequence_tokens: Annotated[Tokens | None, said("Tokens of one training sequence", low=1, high=1e8)] = None
    recompute: Annotated[
        bool | None, said("Activations are computed again in the backward pass instead of being kept")
    ] = None
    compute_precision: Annotated[
        Literal["fp32", "bf16", "fp16", "fp8", "fp4"] | None, said("Number format of the training's matrices")
    ] = None
    checkpoint_interval: Annotated[Time | None, wanted("Time between checkpoints", low=0)] = None
    write_rate: Annotated[DataRate | None, said("Write rate of the checkpoint store", low=0)] = None
    read_rate: Annotated[DataRate | None, said("Cold read rate of the training store", low=0)] = None
