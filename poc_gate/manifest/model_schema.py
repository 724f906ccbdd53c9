"""The manifest's sections on what answers: the model, its agent loop, its index, its training."""

# No postponed annotations here: evaluating them as text costs each start 30 ms.
from typing import Annotated, Literal

from poc_gate.manifest.schema_types import (
    CountRate,
    DataRate,
    File,
    Money,
    Number,
    RequestRate,
    Section,
    Share,
    Size,
    Time,
    TokenRate,
    Tokens,
    leads_to,
    said,
    wanted,
)


class Model(Section):
    """The model that answers."""

    name: Annotated[str, said("Name of the model")] | None = None
    artifact: (
        Annotated[str, said("Folder or registry reference of the weights", tier=1, example="model/")] | None
    ) = None
    config: (
        Annotated[
            File, leads_to("The model's config.json", imports="model-config", example="model/config.json")
        ]
        | None
    ) = None
    weights_index: (
        Annotated[
            File,
            leads_to(
                "The safetensors index or a weight file",
                imports="weights-index",
                example="model/model.safetensors.index.json",
            ),
        ]
        | None
    ) = None
    bom: (
        Annotated[File, leads_to("CycloneDX ML-BOM", imports="ml-bom", example="model/bom.cdx.json")] | None
    ) = None
    digest: Annotated[str, said("Digest of the weights")] | None = None
    version: Annotated[str, said("Exact version, no floating alias")] | None = None
    prompt_version: (
        Annotated[str, said("Exact version of prompts and templates, such as a commit")] | None
    ) = None
    hosting: (
        Annotated[
            Literal["self", "hosted", "none"], said("Who runs the model; none = no model server", tier=1)
        ]
        | None
    ) = None
    kind: (
        Annotated[Literal["llm", "embedding", "vision", "tabular", "other"], said("Kind of model")] | None
    ) = None
    engine: (
        Annotated[
            Literal[
                "vllm",
                "tensorrt-llm",
                "tgi",
                "sglang",
                "llama.cpp",
                "transformers",
                "onnxruntime",
                "cpu",
                "mlx",
                "other",
            ],
            said("Engine that serves the model"),
        ]
        | None
    ) = None
    parameters: Annotated[Number, said("Parameters of the model, such as 7.6e9", low=0, high=1e14)] | None = (
        None
    )
    active_parameters: (
        Annotated[Number, said("Parameters that one token uses; for mixtures of experts", low=0, high=1e14)]
        | None
    ) = None
    experts: Annotated[Number, said("Routed experts per layer", low=1, high=1e5)] | None = None
    experts_per_token: (
        Annotated[Number, said("Routed experts that one token uses", low=1, high=1e5)] | None
    ) = None
    weight_bytes: Annotated[Size, said("Bytes of the weight files", low=0)] | None = None
    weight_bits: Annotated[Number, said("Effective bits per weight as served", low=0.5, high=64)] | None = (
        None
    )
    precision: Annotated[str, said("Precision as served, such as bf16, fp8, int8, q4_k_m")] | None = None
    quality_kept: (
        Annotated[Share, said("Quality at the served precision over the reference precision", low=0, high=2)]
        | None
    ) = None
    layers: Annotated[Number, said("Layers", low=1, high=1e4)] | None = None
    attention_layers: (
        Annotated[Number, said("Layers that keep a full KV cache; for hybrid models", low=0, high=1e4)] | None
    ) = None
    hidden_size: Annotated[Number, said("Hidden size", low=1, high=1e6)] | None = None
    heads: Annotated[Number, said("Attention heads", low=1, high=1e5)] | None = None
    kv_heads: Annotated[Number, said("Key-value heads", low=1, high=1e5)] | None = None
    head_dim: Annotated[Number, said("Dimension of one head", low=1, high=1e5)] | None = None
    kv_bits: Annotated[Number, said("Bits per KV cache element", low=2, high=64)] | None = None
    kv_bytes_per_token: (
        Annotated[Size, said("Bytes of KV cache per token, as the engine reports it", low=0)] | None
    ) = None
    sliding_window: Annotated[Tokens, said("Window of the layers with windowed attention", low=1)] | None = (
        None
    )
    windowed_layers: Annotated[Number, said("Layers with windowed attention", low=0, high=1e4)] | None = None
    max_context: Annotated[Tokens, wanted("Longest context that is admitted", low=1, high=1e8)] | None = None
    context_enforced: (
        Annotated[bool, said("An admission limit enforces the longest context and concurrency")] | None
    ) = None
    planned_concurrency: (
        Annotated[
            Number,
            wanted("Requests in flight that one replica must hold", tier=1, low=0, high=1e7, example="8"),
        ]
        | None
    ) = None
    max_concurrency: (
        Annotated[Number, wanted("Admission limit of requests in flight", low=0, high=1e7)] | None
    ) = None
    tensor_parallel: Annotated[Number, said("Devices that share each layer", low=1, high=1024)] | None = None
    activation_bytes: Annotated[Size, said("Activation peak and runtime, measured", low=0)] | None = None
    kv_utilisation: (
        Annotated[Share, wanted("Share of device memory that the engine may use", low=0, high=1)] | None
    ) = None
    declared_tokens_per_s: (
        Annotated[TokenRate, said("Benchmark figure that the team relies on, one stream", low=0)] | None
    ) = None
    time_per_call: (
        Annotated[
            Time, said("Median time of one call to the model, for hosted or classic models", low=0, high=1e5)
        ]
        | None
    ) = None
    time_per_call_p99: Annotated[Time, said("99th percentile of that time", low=0, high=1e5)] | None = None
    quota_requests: (
        Annotated[RequestRate, said("Contracted request quota of the provider", low=0, example="600 req/min")]
        | None
    ) = None
    quota_tokens: (
        Annotated[TokenRate, said("Contracted token quota of the provider", low=0, example="400000 tok/min")]
        | None
    ) = None
    provider_terms_reviewed: (
        Annotated[bool, said("Terms, change notice, exit and liability were reviewed")] | None
    ) = None
    alias_floating: Annotated[bool, said("The model is addressed by an alias that can move")] | None = None
    safe_format: Annotated[bool, said("Weights are in a format that cannot run code")] | None = None


class Agent(Section):
    """Bounds of an agent's loop and tools."""

    max_steps: Annotated[Number, wanted("Most steps of one task", low=1, high=1e6)] | None = None
    max_time: Annotated[Time, wanted("Longest time of one task", low=0)] | None = None
    max_cost: Annotated[Money, wanted("Highest cost of one task", low=0)] | None = None
    max_tool_calls: Annotated[Number, wanted("Most tool calls of one task", low=0, high=1e6)] | None = None
    bounds_enforced: (
        Annotated[bool, said("The bounds are enforced by the runtime, not by the prompt")] | None
    ) = None
    tools: Annotated[list[str], said("Tools that the agent may call")] | None = None
    tools_minimal: (
        Annotated[bool, said("Each tool was reviewed: needed, and with the least rights")] | None
    ) = None
    high_impact_tools: Annotated[list[str], said("Tools whose effect is hard to undo")] | None = None
    human_approval: Annotated[list[str], said("Tools that a person approves before each call")] | None = None
    runs_as_user: Annotated[bool, said("Tools run with the rights of the user")] | None = None
    step_success: Annotated[Share, said("Share of single steps that succeed", low=0, high=1)] | None = None
    steps_typical: Annotated[Number, said("Steps of a typical task", low=1, high=1e6)] | None = None
    pass_1: Annotated[Share, said("Share of tasks solved in one try", low=0, high=1)] | None = None
    pass_8: Annotated[Share, said("Share of tasks solved in all of eight tries", low=0, high=1)] | None = None
    reliability_needed: (
        Annotated[Share, wanted("Share of tasks that must be solved every time", low=0, high=1)] | None
    ) = None


class Retrieval(Section):
    """The index that answers are grounded on."""

    vectors: Annotated[Number, said("Vectors in the index today", low=0, high=1e13)] | None = None
    dims: Annotated[Number, said("Dimensions of one vector", low=1, high=1e6)] | None = None
    bytes_per_element: (
        Annotated[Number, said("Bytes of one vector element; 4 = float32", low=0.1, high=8)] | None
    ) = None
    index: Annotated[Literal["hnsw", "ivf", "flat"], said("Kind of index")] | None = None
    m: Annotated[Number, said("HNSW links per node", low=2, high=1024)] | None = None
    version: Annotated[str, said("Exact version or build of the index that serves")] | None = None
    replicas: Annotated[Number, said("Replicas beside the first copy", low=0, high=1000)] | None = None
    ram: Annotated[Size, said("Memory that the index may use, over all nodes", low=0)] | None = None
    ram_share: (
        Annotated[Share, said("Share of that memory that the engine gives to vectors", low=0, high=1)] | None
    ) = None
    chunks: Annotated[Number, said("Chunks in the corpus", low=0, high=1e13)] | None = None
    chunks_changed_per_day: (
        Annotated[CountRate, said("Chunks that change", low=0, example="20000 chunks/d")] | None
    ) = None
    embed_rate: (
        Annotated[CountRate, said("Chunks that the embedder handles", low=0, example="500 chunks/s")] | None
    ) = None
    write_rate: Annotated[CountRate, said("Chunks that the index takes in", low=0)] | None = None
    refresh: Annotated[Time, wanted("Interval between index refreshes", low=0)] | None = None
    incremental: Annotated[bool, said("The index is refreshed incrementally")] | None = None
    search_p50: Annotated[Time, said("Median time of one search", low=0, high=3600)] | None = None
    search_p99: Annotated[Time, said("99th percentile of one search", low=0, high=3600)] | None = None
    top_k: Annotated[Number, wanted("Chunks returned by one search", low=1, high=1e5)] | None = None
    bytes_per_chunk: Annotated[Size, said("Bytes of one returned chunk", low=0)] | None = None
    acl_mode: Annotated[Literal["query", "post", "none"], said("Where permissions are enforced")] | None = (
        None
    )
    acl_denied_tests: (
        Annotated[Number, said("Denied-user queries that were tried", low=0, high=1e9)] | None
    ) = None
    acl_leaks: Annotated[Number, said("Leaks among them", low=0, high=1e9)] | None = None
    recall_at_k: Annotated[Share, said("Recall at k on the evaluation set", low=0, high=1)] | None = None
    recall_floor: Annotated[Share, wanted("Lowest recall at k that is accepted", low=0, high=1)] | None = None
    citations_checked: (
        Annotated[Number, said("Answers whose citations were checked", low=0, high=1e9)] | None
    ) = None
    citations_wrong: (
        Annotated[Number, said("Answers among them with a wrong citation", low=0, high=1e9)] | None
    ) = None
    citation_error_max: (
        Annotated[Share, wanted("Highest share of wrong citations that is accepted", low=0, high=1)] | None
    ) = None


class Training(Section):
    """Feeding accelerators in training or batch scoring."""

    batch_size: Annotated[Number, said("Samples of one step and accelerator", low=1, high=1e9)] | None = None
    sample_bytes: Annotated[Size, said("Bytes of one sample", low=0)] | None = None
    step_time: Annotated[Time, said("Compute time of one step", low=0)] | None = None
    accelerators: Annotated[Number, said("Accelerators fed at once", low=1, high=1e6)] | None = None
    utilisation_needed: (
        Annotated[Share, wanted("Accelerator utilisation that must be reached", low=0, high=1)] | None
    ) = None
    utilisation: Annotated[Share, said("Accelerator utilisation that was reached", low=0, high=1)] | None = (
        None
    )
    checkpoint_bytes: Annotated[Size, said("Bytes of one checkpoint", low=0)] | None = None
    checkpoint_interval: Annotated[Time, wanted("Time between checkpoints", low=0)] | None = None
    write_rate: Annotated[DataRate, said("Write rate of the checkpoint store", low=0)] | None = None
    read_rate: Annotated[DataRate, said("Cold read rate of the training store", low=0)] | None = None
