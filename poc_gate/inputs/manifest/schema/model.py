"""The manifest's sections on what answers: the model and its agent loop."""

# No postponed annotations here: evaluating them as text costs each start 30 ms.
from typing import Annotated, Literal

from poc_gate.inputs.manifest.schema.field_types import (
    Date,
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
    matching,
    one_of,
    said,
    wanted,
)
from poc_gate.model.engines.serving_engines import STATED_ENGINES

MODEL_ID = r"^[A-Za-z0-9][A-Za-z0-9 ._-]{0,79}$"


class Model(Section):
    """The model that answers."""

    name: Annotated[str | None, said("Name of the model")] = None
    artifact: Annotated[
        str | None, said("Folder or registry reference of the weights", tier=1, example="model/")
    ] = None
    config: Annotated[
        File | None, leads_to("The model's config.json", imports="model-config", example="model/config.json")
    ] = None
    weights_index: Annotated[
        File | None,
        leads_to(
            "The safetensors index or a weight file",
            imports="weights-index",
            example="model/model.safetensors.index.json",
        ),
    ] = None
    bom: Annotated[
        File | None, leads_to("CycloneDX ML-BOM", imports="ml-bom", example="model/bom.cdx.json")
    ] = None
    digest: Annotated[str | None, said("Digest of the weights")] = None
    version: Annotated[str | None, said("Exact version, no floating alias")] = None
    prompt_version: Annotated[
        str | None, said("Exact version of prompts and templates, such as a commit")
    ] = None
    hosting: Annotated[
        Literal["self", "hosted", "none"] | None, said("Who runs the model; none = no model server", tier=1)
    ] = None
    kind: Annotated[
        Literal["llm", "embedding", "vision", "tabular", "other"] | None, said("Kind of model")
    ] = None
    engine: Annotated[str | None, one_of("Engine that serves the model", choices=STATED_ENGINES)] = None
    engine_version: Annotated[
        str | None,
        said(
            "Version of that engine, or the year and month it was built; of llama.cpp also what drives a card without CUDA (b6500 Vulkan)",
            example="0.10.0",
        ),
    ] = None
    attention: Annotated[
        Literal["full", "grouped", "latent", "hybrid"] | None,
        said("Kind of attention; latent = one compressed cache for all heads, held whole on every device"),
    ] = None
    parameters: Annotated[Number | None, said("Parameters of the model, such as 7.6e9", low=0, high=1e14)] = (
        None
    )
    active_parameters: Annotated[
        Number | None, said("Parameters that one token uses; for mixtures of experts", low=0, high=1e14)
    ] = None
    lookup_parameters: Annotated[
        Number | None,
        said(
            "Parameters of tables from which a token takes its row, such as the per-layer embeddings of Gemma 3n",
            low=0,
            high=1e14,
        ),
    ] = None
    experts: Annotated[Number | None, said("Routed experts per layer", low=1, high=1e5)] = None
    experts_per_token: Annotated[
        Number | None, said("Routed experts that one token uses", low=1, high=1e5)
    ] = None
    weight_bytes: Annotated[Size | None, said("Bytes of the weight files", low=0)] = None
    weight_bits: Annotated[Number | None, said("Effective bits per weight as served", low=0.5, high=64)] = (
        None
    )
    precision: Annotated[str | None, said("Precision as served, such as bf16, fp8, int8, q4_k_m")] = None
    quantised_by: Annotated[
        str | None,
        said(
            "Method that quantised the weights, as quant_method in config.json names it", example="fbgemm_fp8"
        ),
    ] = None
    eager: Annotated[
        bool | None,
        said("The server launches kernels one by one, without graphs, as under vLLM's --enforce-eager"),
    ] = None
    guessed_tokens: Annotated[
        Number | None,
        said(
            "Tokens that a draft guesses ahead of each step of the model: speculative decoding, multi-token prediction",
            low=0,
            high=256,
        ),
    ] = None
    quality_kept: Annotated[
        Share | None, said("Quality at the served precision over the reference precision", low=0, high=2)
    ] = None
    layers: Annotated[Number | None, said("Layers", low=1, high=1e4)] = None
    attention_layers: Annotated[
        Number | None, said("Layers that keep a full KV cache; for hybrid models", low=0, high=1e4)
    ] = None
    hidden_size: Annotated[Number | None, said("Hidden size", low=1, high=1e6)] = None
    heads: Annotated[Number | None, said("Attention heads", low=1, high=1e5)] = None
    kv_heads: Annotated[Number | None, said("Key-value heads", low=1, high=1e5)] = None
    head_dim: Annotated[Number | None, said("Dimension of one head", low=1, high=1e5)] = None
    kv_bits: Annotated[Number | None, said("Bits per KV cache element", low=2, high=64)] = None
    kv_bytes_per_token: Annotated[
        Size | None, said("Bytes of KV cache per token, as the engine reports it", low=0)
    ] = None
    sliding_window: Annotated[Tokens | None, said("Window of the layers with windowed attention", low=1)] = (
        None
    )
    windowed_layers: Annotated[Number | None, said("Layers with windowed attention", low=0, high=1e4)] = None
    max_context: Annotated[Tokens | None, wanted("Longest context that is admitted", low=1, high=1e8)] = None
    context_enforced: Annotated[
        bool | None, said("An admission limit enforces the longest context and concurrency")
    ] = None
    planned_concurrency: Annotated[
        Number | None,
        wanted("Requests in flight that one replica must hold", tier=1, low=0, high=1e7, example="8"),
    ] = None
    tokens_per_step: Annotated[
        Tokens | None, said("Most tokens that the engine computes in one step", low=1, high=1e7)
    ] = None
    max_concurrency: Annotated[
        Number | None, wanted("Admission limit of requests in flight", low=0, high=1e7)
    ] = None
    tensor_parallel: Annotated[Number | None, said("Devices that share each layer", low=1, high=1024)] = None
    pipeline_parallel: Annotated[
        Number | None, said("Groups of devices that work on successive layers at once", low=1, high=1024)
    ] = None
    activation_bytes: Annotated[Size | None, said("Activation peak and runtime, measured", low=0)] = None
    kv_utilisation: Annotated[
        Share | None, wanted("Share of device memory that the engine may use", low=0, high=1)
    ] = None
    device_layers: Annotated[
        Number | None, said("Layers on the accelerator where the rest stays on the host", low=0, high=1e4)
    ] = None
    device_tokens_per_s: Annotated[
        TokenRate | None, said("Speed of one stream with every layer on the accelerator, measured", low=0)
    ] = None
    host_tokens_per_s: Annotated[
        TokenRate | None, said("Speed of one stream with every layer on the host, measured", low=0)
    ] = None
    declared_tokens_per_s: Annotated[
        TokenRate | None, said("Benchmark figure that the team relies on, one stream", low=0)
    ] = None
    time_per_call: Annotated[
        Time | None,
        said("Median time of one call to the model, for hosted or classic models", low=0, high=1e5),
    ] = None
    time_per_call_p99: Annotated[Time | None, said("99th percentile of that time", low=0, high=1e5)] = None
    quota_requests: Annotated[
        RequestRate | None, said("Contracted request quota of the provider", low=0, example="600 req/min")
    ] = None
    quota_tokens: Annotated[
        TokenRate | None, said("Contracted token quota of the provider", low=0, example="400000 tok/min")
    ] = None
    provider_terms_reviewed: Annotated[
        bool | None, said("Terms, change notice, exit and liability were reviewed")
    ] = None
    alias_floating: Annotated[bool | None, said("The model is addressed by an alias that can move")] = None
    retires_on: Annotated[
        Date | None, said("Last day on which the provider serves this version", example="2027-06-30")
    ] = None
    retirement_checked_on: Annotated[
        Date | None, said("Day on which somebody last looked for an end date on the provider's page")
    ] = None
    change_notice: Annotated[
        Time | None, said("Notice that the provider owes before it changes or ends the model", low=0)
    ] = None
    successor_evaluated: Annotated[
        bool | None, said("Another model passed the same evaluation with the pilot's own prompts")
    ] = None
    fallback: Annotated[
        str | None,
        said(
            "What answers when the provider or its region is down", example="second provider, smaller model"
        ),
    ] = None
    fallback_tested_on: Annotated[
        Date | None, said("Day on which that fallback last took over in a test")
    ] = None
    provider_retention: Annotated[
        Time | None, said("How long the provider keeps prompts and answers", low=0)
    ] = None
    provider_trains: Annotated[bool | None, said("The provider may train on prompts or answers")] = None
    licence: Annotated[str | None, said("Licence of the weights, such as apache-2.0")] = None
    licence_allows: Annotated[bool | None, said("That licence allows this use")] = None
    safe_format: Annotated[bool | None, said("Weights are in a format that cannot run code")] = None


class FurtherModel(Section):
    """One more model besides the one that answers."""

    id: Annotated[
        str, matching("Short name of the model, unique in the file", example="embedder", pattern=MODEL_ID)
    ]
    role: Annotated[
        Literal["chat", "embedding", "reranker", "guardrail", "judge", "fallback", "other"] | None,
        said("What the model is there for"),
    ] = None
    name: Annotated[str | None, said("Name of the model")] = None
    version: Annotated[str | None, said("Exact version, no floating alias")] = None
    hosting: Annotated[Literal["self", "hosted", "none"] | None, said("Who runs the model")] = None
    provider_terms_reviewed: Annotated[
        bool | None, said("Terms, change notice, exit and liability of its provider were reviewed")
    ] = None
    alias_floating: Annotated[bool | None, said("This model is addressed by an alias that can move")] = None
    retires_on: Annotated[
        Date | None, said("Last day on which its provider serves this version", example="2027-06-30")
    ] = None
    successor_evaluated: Annotated[
        bool | None, said("Another model passed the same evaluation in the place of this one")
    ] = None
    region: Annotated[str | None, said("Region in which this model is served")] = None
    provider_trains: Annotated[bool | None, said("Its provider may train on what is sent to it")] = None
    licence_allows: Annotated[bool | None, said("The licence of its weights allows this use")] = None


class Agent(Section):
    """Bounds of an agent's loop and tools."""

    max_steps: Annotated[Number | None, wanted("Maximum number of steps of one task", low=1, high=1e6)] = None
    max_time: Annotated[Time | None, wanted("Maximum time of one task", low=0)] = None
    max_cost: Annotated[Money | None, wanted("Maximum cost of one task", low=0)] = None
    max_tool_calls: Annotated[
        Number | None, wanted("Maximum number of tool calls of one task", low=0, high=1e6)
    ] = None
    bounds_enforced: Annotated[bool | None, said("The runtime enforces these limits, not the prompt")] = None
    tools: Annotated[list[str] | None, said("Tools that the agent may call")] = None
    tools_minimal: Annotated[
        bool | None, said("Each tool was reviewed: needed, and with the least rights")
    ] = None
    effects: Annotated[
        dict[str, Literal["read", "reversible", "irreversible"]] | None,
        said("Effect of each tool; what cannot be undone or reaches outsiders is irreversible"),
    ] = None
    high_impact_tools: Annotated[list[str] | None, said("Tools whose effect is hard to undo")] = None
    human_approval: Annotated[list[str] | None, said("Tools that a person approves before each call")] = None
    runs_as_user: Annotated[bool | None, said("Tools run with the rights of the user")] = None
    identity: Annotated[
        Literal["user", "own", "shared"] | None,
        said("Whose rights tools use: the user's, the agent's own scoped ones, or a shared account's"),
    ] = None
    tool_servers: Annotated[
        list[str] | None, said("Servers that offer tools over a protocol such as MCP; an empty list = none")
    ] = None
    tool_servers_pinned: Annotated[
        bool | None, said("Version and tool descriptions of each server are pinned, a change is reviewed")
    ] = None
    tool_servers_authorised: Annotated[
        bool | None, said("Each server checks the rights of the user and the tenant it is called for")
    ] = None
    tool_denied_tests: Annotated[
        Number | None, said("Calls tried by users who must be refused", low=0, high=1e9)
    ] = None
    tool_denied_leaks: Annotated[
        Number | None, said("How many of those calls went through", low=0, high=1e9)
    ] = None
    production_apart: Annotated[
        bool | None, said("During development and testing, the agent cannot reach production data or systems")
    ] = None
    step_success: Annotated[Share | None, said("Share of single steps that succeed", low=0, high=1)] = None
    steps_typical: Annotated[Number | None, said("Steps of a typical task", low=1, high=1e6)] = None
    pass_1: Annotated[Share | None, said("Share of tasks solved in one try", low=0, high=1)] = None
    pass_8: Annotated[Share | None, said("Share of tasks solved in all of eight tries", low=0, high=1)] = None
    reliability_needed: Annotated[
        Share | None, wanted("Share of tasks that must be solved every time", low=0, high=1)
    ] = None
