"""GGUF metadata -> the same shape under the names of a Hugging Face configuration, so that one table reads both."""

from __future__ import annotations

from poc_gate.text.lazy_pattern import lazily

_FIELDS = (
    ("num_hidden_layers", "block_count"),
    ("hidden_size", "embedding_length"),
    ("num_attention_heads", "attention.head_count"),
    ("num_key_value_heads", "attention.head_count_kv"),
    ("head_dim", "attention.key_length"),
    ("v_head_dim", "attention.value_length"),
    ("swa_head_dim", "attention.key_length_swa"),
    ("swa_v_head_dim", "attention.value_length_swa"),
    ("kv_lora_rank", "attention.kv_lora_rank"),
    ("index_head_dim", "attention.indexer.key_length"),
    ("num_kv_shared_layers", "attention.shared_kv_layers"),
    ("full_attention_interval", "full_attention_interval"),
    ("ssm_state_size", "ssm.state_size"),
    ("kda_head_dim", "kda.head_dim"),
    ("rwkv_head_size", "wkv.head_size"),
    ("num_experts", "expert_count"),
    ("num_experts_per_tok", "expert_used_count"),
    ("max_position_embeddings", "context_length"),
)
"""Names of a configuration and the keys of llama.cpp that say the same (its gguf constants)."""
_SAID_OTHERWISE = lazily(
    r"rope\.|expert|ssm\.|tokenizer|vocab|feed_forward|embedding_length|pooling|wkv\.|time_mix|token_shift|rescale|residual|logit|vision|audio|clip"
    r"|leading_dense|nextn|altup|laurel|activation|decoder_|convnext|posnet|wavenext|classifier|swin|dense_|block_count|context_length"
    r"|attention\.(?:head_count(?:_kv)?|max_alibi_bias|clamp_kqv|(?:key|value)_length(?:_mla|_swa)?|\w*epsilon|group_norm_groups|causal|\w*lora_rank"
    r"|relative_buckets_count|sliding_window(?:_pattern)?|\w*scale|temperature_length|shared_kv_layers|indexer\.\w+)$"
)
"""Keys that say nothing on which layers keep what, or that are read under another name."""
_BOTH = {"falcon-h1": "falcon_h1", "rwkv6qwen2": "rwkv6", "arwkv7": "rwkv7"}
"""Architectures whose model type is written otherwise."""
_IGNORE_WINDOWS = {
    "llama", "mistral3", "mistral4", "phi3", "phimoe", "qwen2", "qwen2moe", "qwen2vl", "qwen3", "qwen3moe", "qwen3vl",
    "qwen3vlmoe", "starcoder2", "minicpm", "granite", "granitemoe", "dots1", "internlm2", "deepseek2",
}  # fmt: skip
"""Architectures for which llama.cpp keeps every token, whatever window the file names."""
_AS_OLMO3 = "olmo2"
"""OLMo 3 is stored as this architecture; a window tells the two apart."""


def as_config(metadata: dict[str, object]) -> tuple[dict[str, object], list[str]]:
    """Return the metadata under the names of a Hugging Face configuration, and the keys that were taken."""
    architecture = str(metadata.get("general.architecture", ""))
    kind = _BOTH.get(architecture, architecture.replace("-", "_"))
    config: dict[str, object] = {"model_type": kind}
    used = ["general.architecture"]

    def take(key: str) -> object:
        value = metadata.get(f"{architecture}.{key}")
        if value is not None:
            used.append(f"{architecture}.{key}")
        return value

    config |= {name: value for name, key in _FIELDS if (value := take(key)) is not None}
    for key, value in metadata.items():
        name = key.removeprefix(f"{architecture}.")
        if name != key and key not in used and not _SAID_OTHERWISE.match(name):
            # `attention.compress_ratios` becomes `compress_ratios`: what is not known is looked at as a pattern.
            config.setdefault(name.removeprefix("attention.").replace(".", "_"), value)
    _latent(config, metadata, architecture, used)
    _windows(config, architecture, take("attention.sliding_window"), take("attention.sliding_window_pattern"))
    _leave_next_token_layers(config, take("nextn_predict_layers"))
    heads = config.get("num_attention_heads")
    if isinstance(heads, list) and heads:
        config["num_attention_heads"] = max((head for head in heads if isinstance(head, int)), default=0)
    return config, used


def _latent(
    config: dict[str, object], metadata: dict[str, object], architecture: str, used: list[str]
) -> None:
    """Say whether latents are cached, and which rotary width goes with them."""
    if "kv_lora_rank" in config and not _keeps_latents(metadata, architecture):
        # Files from before llama.cpp kept latents: keys and values of every head are unpacked into the cache.
        del config["kv_lora_rank"]
    elif "kv_lora_rank" in config or config.get("v_head_dim") == config.get("head_dim"):
        config.pop("v_head_dim", None)
    rope = metadata.get(f"{architecture}.rope.dimension_count")
    if "kv_lora_rank" in config and rope is not None:
        config["qk_rope_head_dim"] = rope
        used.append(f"{architecture}.rope.dimension_count")


def _windows(config: dict[str, object], architecture: str, window: object, pattern: object) -> None:
    """Hand on the window and which layers have it: a flag for each layer, a period, or the family's own pattern."""
    if not window or (pattern is None and architecture in _IGNORE_WINDOWS):
        return
    config["sliding_window"] = window
    if architecture == _AS_OLMO3:
        config["model_type"] = "olmo3"
    if isinstance(pattern, list) and pattern and all(isinstance(flag, int) for flag in pattern):
        layers = config.get("num_hidden_layers")
        length = layers if isinstance(layers, int) and 0 < layers <= 10_000 else len(pattern)
        flags = [pattern[at % len(pattern)] for at in range(length)]
        config["layer_types"] = ["sliding_attention" if flag else "full_attention" for flag in flags]
    elif isinstance(pattern, int) and pattern > 0:
        config["sliding_window_pattern"] = pattern


def _leave_next_token_layers(config: dict[str, object], further: object) -> None:
    """Leave out the last blocks when they only predict further tokens: they keep no cache unless that is switched on."""
    layers = config.get("num_hidden_layers")
    if not isinstance(layers, int) or not isinstance(further, int) or not 0 < further < layers:
        return
    config["num_hidden_layers"] = layers - further
    for key in ("num_key_value_heads", "num_attention_heads", "layer_types"):
        listed = config.get(key)
        if isinstance(listed, list) and len(listed) == layers:
            config[key] = listed[: layers - further]


def _keeps_latents(metadata: dict[str, object], architecture: str) -> bool:
    """Say whether the file is of the form for which llama.cpp caches the compressed vector: one key head of its width."""
    if f"{architecture}.attention.key_length_mla" in metadata:
        return True
    names = ("attention.key_length", "attention.kv_lora_rank", "rope.dimension_count")
    width, rank, rope = (metadata.get(f"{architecture}.{name}") for name in names)
    return isinstance(width, int) and isinstance(rank, int) and isinstance(rope, int) and width == rank + rope
