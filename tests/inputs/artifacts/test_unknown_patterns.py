"""A model that spreads its layers in a way that nobody here reads is not sized, in `config.json` and in GGUF alike."""

from __future__ import annotations

import json

import pytest
from weight_samples import gguf

from poc_gate.inputs.artifacts.file_reading import ImportResult
from poc_gate.inputs.artifacts.read_artifact import read_artifact
from poc_gate.model.quantity import Quantity

BASE: dict[str, object] = {
    "model_type": "newthing", "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8, "hidden_size": 4096,
}  # fmt: skip
UNKNOWN: dict[str, object] = {
    "attn_layout": ["full", "local"] * 16,
    "anything_at_all": ["a", "b"] * 16,
    "token_mixer": "hyena",
    "mixer_types": ["a", "m"] * 16,
    "block_pattern": ["rec", "rec", "attn"],
    "cross_layer_kv_sharing": True,
    "yoco_cross_layers": 16,
    "layer_kinds": ["A", "B"] * 16,
    "nsa_compress_block": 32,
    "csa_stride": 4,
    "dilated_attention_rates": [1, 2, 4],
    "streaming_llm_window": 2048,
    "kv_heads_by_stage": [8, 4],
    "hybrid_ratio": "3:1",
    "deltanet_layers": 24,
    "retention_layers": [0, 1, 2],
    "gated_linear_attention": {"every": 4},
    "mixer": "mamba",
    "cca": True,
}
HARMLESS: dict[str, object] = {
    "sliding_window_size": -1,
    "mlp_layer_types": ["dense", "sparse"] * 16,
    "ffn_kinds": ["swiglu", "gelu"] * 16,
    "no_rope_layers": [1, 1, 1, 0] * 8,
    "attention_multiplier": 0.0078,
    "cross_layer_interval": 1,
}


def _read(config: dict[str, object]) -> ImportResult:
    return read_artifact(json.dumps(config).encode(), "config.json")


def _kv(result: ImportResult) -> float | None:
    found = [c.value for c in (*result.claims, *result.derived) if c.fact == "model.kv_bytes_per_token"]
    return found[0].value if found and isinstance(found[0], Quantity) else None


def _asks(result: ImportResult) -> bool:
    return any("cannot size" in notice.message for notice in result.notices)


@pytest.mark.parametrize("key", UNKNOWN)
def test_an_unknown_spread_is_a_question(key: str) -> None:
    assert _asks(_read({**BASE, key: UNKNOWN[key]}))


@pytest.mark.parametrize("key", HARMLESS)
def test_a_key_that_says_nothing_on_the_cache_stops_nothing(key: str) -> None:
    assert _kv(_read({**BASE, key: HARMLESS[key]})) == 131_072


def test_latent_attention_that_is_switched_off_is_sized_by_its_heads() -> None:
    config = {
        **BASE,
        "model_type": "deepseek_v2",
        "use_mla": False,
        "kv_lora_rank": 512,
        "qk_rope_head_dim": 64,
    }
    assert _kv(_read(config)) == 131_072


def _header(architecture: str, fields: dict[str, object]) -> ImportResult:
    metadata = {"general.architecture": architecture} | {
        f"{architecture}.{key}": value for key, value in fields.items()
    }
    return read_artifact(gguf(metadata, [("a", [4], 0)]), "model.gguf")


def test_kv_heads_of_each_layer_win_over_the_rhythm_of_the_family() -> None:
    """Kimi Linear 48B in GGUF: seven of 27 layers keep latents of 512 + 64 elements."""
    heads = [int(at in (4, 8, 12, 16, 20, 24, 27)) for at in range(1, 28)]
    fields: dict[str, object] = {
        "block_count": 27, "embedding_length": 2304, "attention.head_count": 32, "attention.head_count_kv": heads, "kda.head_dim": 128,
        "attention.key_length": 576, "attention.value_length": 512, "attention.kv_lora_rank": 512, "rope.dimension_count": 64,
        "attention.key_length_mla": 192, "attention.value_length_mla": 128,
    }  # fmt: skip
    assert _kv(_header("kimi-linear", fields)) == 7 * 576 * 2


@pytest.mark.parametrize("key", ["attention.compress_ratios", "attention.window_pattern", "layer_kinds"])
def test_an_unknown_key_of_a_header_is_looked_at_as_well(key: str) -> None:
    fields: dict[str, object] = {
        "block_count": 32, "embedding_length": 4096, "attention.head_count": 32, "attention.head_count_kv": 8, key: [4] * 31 + [8],
    }  # fmt: skip
    assert _asks(_header("newarch", fields))


def test_a_plain_header_is_sized() -> None:
    fields: dict[str, object] = {
        "block_count": 32, "embedding_length": 4096, "attention.head_count": 32, "attention.head_count_kv": 8,
        "attention.layer_norm_rms_epsilon": 1e-5, "rope.freq_base": 1e6, "rope.scaling.factor": 4.0, "expert_count": 8,
        "feed_forward_length": 14336, "vocab_size": 128256, "context_length": 131072,
    }  # fmt: skip
    assert _kv(_header("newarch", fields)) == 131_072
