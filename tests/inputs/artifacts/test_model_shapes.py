"""Bytes of KV cache per token: the published truths, and every shape that a naive formula gets wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from poc_gate.inputs.artifacts.file_reading import ImportResult
from poc_gate.inputs.artifacts.read_artifact import read_artifact
from poc_gate.model.claim import Value
from poc_gate.model.quantity import Quantity

HF = Path(__file__).parent / "files" / "hf"
BASE = {
    "model_type": "llama",
    "architectures": ["LlamaForCausalLM"],
    "num_hidden_layers": 32,
    "hidden_size": 4096,
    "num_attention_heads": 32,
    "num_key_value_heads": 8,
    "torch_dtype": "bfloat16",
}


def read(config: dict[str, object]) -> ImportResult:
    return read_artifact(json.dumps(config).encode(), "config.json")


def stated(result: ImportResult, fact: str) -> Value | None:
    return next((claim.value for claim in (*result.claims, *result.derived) if claim.fact == fact), None)


def kv(result: ImportResult) -> float | None:
    value = stated(result, "model.kv_bytes_per_token")
    return value.value if isinstance(value, Quantity) else None


def number(result: ImportResult, fact: str) -> float | None:
    value = stated(result, fact)
    return value.value if isinstance(value, Quantity) else None


@pytest.mark.parametrize(
    ("file", "size", "parameters"),
    [
        ("qwen2.5-7b-instruct.config.json", 57_344, 7_615_616_512),
        ("qwen3-8b.config.json", 147_456, 8_190_735_360),
        ("granite-3b-code-instruct-128k.config.json", 327_680, 6_965_007_360 // 2),
    ],
)
def test_published_models_come_out_exactly(file: str, size: int, parameters: int) -> None:
    result = read_artifact((HF / file).read_bytes(), file)
    assert kv(result) == size
    assert number(result, "model.parameters") == parameters
    assert not [notice for notice in result.notices if notice.kind == "question"]


def test_the_index_tells_the_bytes_of_the_weights() -> None:
    file = "granite-3b-code-instruct-128k.model.safetensors.index.json"
    result = read_artifact((HF / file).read_bytes(), file)
    assert number(result, "model.weight_bytes") == 6_965_007_360
    assert stated(result, "model.safe_format") is True


MLA = {"kv_lora_rank": 512, "qk_rope_head_dim": 64, "qk_nope_head_dim": 128, "v_head_dim": 128}
SHAPES: dict[str, tuple[dict[str, object], float]] = {
    "grouped queries": (BASE, 2 * 32 * 8 * 128 * 2),
    "missing KV heads are all heads": ({**BASE, "num_key_value_heads": None}, 2 * 32 * 32 * 128 * 2),
    "head_dim given wins": ({**BASE, "head_dim": 80}, 2 * 32 * 8 * 80 * 2),
    "text_config": ({"model_type": "vl", "text_config": BASE, "vision_config": {"num_hidden_layers": 24}}, 131_072),
    "old names": ({"model_type": "gpt2", "n_layer": 12, "n_embd": 768, "n_head": 12}, 2 * 12 * 768 * 2),
    "multi-query": ({"model_type": "gpt_bigcode", "n_layer": 40, "n_embd": 6144, "n_head": 48, "multi_query": True}, 2 * 40 * 128 * 2),
    "falcon, old": ({"model_type": "falcon", "num_hidden_layers": 32, "hidden_size": 4544, "num_attention_heads": 71,
                     "multi_query": True, "num_kv_heads": 71, "new_decoder_architecture": False}, 2 * 32 * 64 * 2),
    "falcon, new": ({"model_type": "falcon", "num_hidden_layers": 60, "hidden_size": 8192, "num_attention_heads": 128,
                     "multi_query": True, "num_kv_heads": 8, "new_decoder_architecture": True}, 2 * 60 * 8 * 64 * 2),
    "chatglm": ({"model_type": "chatglm", "num_layers": 28, "hidden_size": 4096, "num_attention_heads": 32, "kv_channels": 128,
                 "multi_query_attention": True, "multi_query_group_num": 2}, 2 * 28 * 2 * 128 * 2),
    "latent attention": ({**BASE, "model_type": "deepseek_v3", "num_hidden_layers": 61, "num_attention_heads": 128,
                          "num_key_value_heads": 128, **MLA}, 61 * 576 * 2),
    "linear hybrid": ({**BASE, "num_hidden_layers": 48, "num_key_value_heads": 2, "head_dim": 256,
                       "layer_types": (["linear_attention"] * 3 + ["full_attention"]) * 12}, 2 * 12 * 2 * 256 * 2),
    "linear hybrid by interval": ({**BASE, "full_attention_interval": 4}, 2 * 8 * 8 * 128 * 2),
    "state-space hybrid": ({**BASE, "hybrid_override_pattern": "M-M-M*-M" * 4}, 2 * 4 * 8 * 128 * 2),
    "period": ({**BASE, "attn_layer_period": 8, "attn_layer_offset": 4}, 2 * 4 * 8 * 128 * 2),
    "indices": ({**BASE, "attn_layer_indices": [9, 18, 27]}, 2 * 3 * 8 * 128 * 2),
    "list of switches": ({**BASE, "attn_type_list": [0, 0, 0, 1] * 8}, 2 * 8 * 8 * 128 * 2),
    "cross-attention": ({**BASE, "cross_attention_layers": [3, 8, 13, 18]}, 2 * 28 * 8 * 128 * 2),
    "no attention at all": ({**BASE, "model_type": "mamba2"}, 0),
    "encoder": ({**BASE, "model_type": "bert", "architectures": ["BertModel"]}, 0),
    "heads per layer": ({**BASE, "num_hidden_layers": 3, "num_key_value_heads": [4, 0, 8]}, 2 * 12 * 128 * 2),
    "blocks": ({**BASE, "num_hidden_layers": 3, "num_key_value_heads": None,
                "block_configs": [{"attention": {"n_heads_in_group": 4}}, {"attention": {"no_op": True}},
                                  {"attention": {"n_heads_in_group": 8}}]}, 2 * (8 + 4) * 128 * 2),
    "windows and full": ({**BASE, "layer_types": ["sliding_attention", "full_attention"] * 16, "sliding_window": 128}, 131_072),
    "values of another width": ({**BASE, "v_head_dim": 64}, 32 * 8 * (128 + 64) * 2),
    "cache at eight bits": ({**BASE, "quantization_config": {"quant_method": "compressed-tensors",
                             "kv_cache_scheme": {"num_bits": 8}, "config_groups": {"g": {"weights": {"num_bits": 8}}}}}, 65_536),
    "float32 weights": ({**BASE, "torch_dtype": "float32"}, 131_072),
    "shared caches": ({**BASE, "num_kv_shared_layers": 12}, 2 * 20 * 8 * 128 * 2),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_bytes_per_token(name: str) -> None:
    config, expected = SHAPES[name]
    assert kv(read(config)) == expected


@pytest.mark.parametrize(
    ("config", "full", "windowed", "window"),
    [
        ({**BASE, "layer_types": ["sliding_attention", "full_attention"] * 16, "sliding_window": 128}, 16, 16, 128),
        ({**BASE, "model_type": "gemma2", "sliding_window": 4096}, 16, 16, 4096),
        ({**BASE, "model_type": "gemma3_text", "sliding_window": 1024, "sliding_window_pattern": 6, "num_hidden_layers": 34}, 5, 29, 1024),
        ({**BASE, "model_type": "mistral", "sliding_window": 4096}, 0, 32, 4096),
        ({**BASE, "model_type": "exaone4", "sliding_window": 4096, "sliding_window_pattern": "LLLG"}, 8, 24, 4096),
        ({**BASE, "model_type": "llama4_text", "attention_chunk_size": 8192, "num_hidden_layers": 48}, 12, 36, 8192),
        ({**BASE, "sliding_window": 4096, "use_sliding_window": True, "max_window_layers": 20}, 20, 12, 4096),
    ],
)  # fmt: skip
def test_windowed_layers_are_told_apart(
    config: dict[str, object], full: int, windowed: int, window: int
) -> None:
    result = read(config)
    assert number(result, "model.attention_layers") == full
    assert number(result, "model.windowed_layers") == windowed
    assert stated(result, "model.sliding_window") == Quantity(window, "tok")


def test_layers_that_differ_are_summed_one_by_one() -> None:
    """`per_layer_config` of transformers 5, as Gemma 4 is saved: the six full layers have heads of 512."""
    kinds = (["sliding_attention"] * 5 + ["full_attention"]) * 6
    wide = {str(at): {"head_dim": 512} for at, kind in enumerate(kinds) if kind == "full_attention"}
    config = {
        **BASE, "num_hidden_layers": 36, "num_key_value_heads": 4, "head_dim": 256, "layer_types": kinds,
        "sliding_window": 512, "per_layer_config": wide,
    }  # fmt: skip
    assert kv(read(config)) == 2 * (6 * 2 * 4 * 512 + 30 * 2 * 4 * 256)
    assert number(read(config), "model.kv_windowed_bytes_per_token") == 2 * 30 * 2 * 4 * 256
    ranks = {"01": {"kv_lora_rank": 1024, "num_key_value_heads": 64}}
    latent = {
        **BASE,
        "num_hidden_layers": 2,
        "kv_lora_rank": 512,
        "qk_rope_head_dim": 64,
        "per_layer_config": ranks,
    }
    assert kv(read(latent)) == 2 * (512 + 64 + 1024 + 64)
    windows = {str(at): {"sliding_window": 64} for at in range(5)}
    asked = read({**config, "per_layer_config": windows}).notices
    assert "windows of different lengths" in asked[0].message


def test_a_list_of_layer_kinds_stands_for_their_number() -> None:
    """NVIDIA-Nemotron-3-Ultra gives no `num_hidden_layers`."""
    kinds = ["mamba", "moe", "mamba", "moe", "mamba", "attention", "moe", "mamba"]
    shape = {"num_hidden_layers": None, "layers_block_type": kinds, "num_key_value_heads": 2, "head_dim": 128}
    result = read({**BASE, **shape})
    assert number(result, "model.layers") == 8
    assert kv(result) == 2 * 1 * 2 * 128 * 2


def test_sparse_attention_with_an_index_keeps_every_token() -> None:
    latent = {"kv_lora_rank": 512, "qk_rope_head_dim": 64, "index_head_dim": 128}
    for kind in ("deepseek_sparse_attention", "indexed_attention"):
        result = read({**BASE, **latent, "layer_types": [kind] * 32})
        assert kv(result) == 32 * (576 + 128) * 2


@pytest.mark.parametrize(
    "change",
    [
        {"model_type": "wav2vec2", "architectures": ["Wav2Vec2ForCTC"]},
        {"model_type": "unheard-of", "architectures": ["UnheardOfForMaskedLM"]},
        {"architectures": ["LlamaForSequenceClassification"]},
        {"model_type": "clip_vision_model", "architectures": None},
        {"model_type": "qwen2_audio_encoder", "architectures": None},
    ],
)
def test_what_answers_in_one_pass_keeps_no_cache(change: dict[str, object]) -> None:
    assert kv(read({**BASE, **change})) == 0
    assert kv(read({**BASE, **change, "is_decoder": True})) == 131_072


def test_both_towers_of_an_encoder_encode() -> None:
    text = {
        "model_type": "clip_text_model",
        "num_hidden_layers": 12,
        "hidden_size": 512,
        "num_attention_heads": 8,
    }
    for kind in ("clip", "owlvit"):
        assert kv(read({"model_type": kind, "text_config": {**text, "model_type": "other"}})) == 0
    assert kv(read(text)) == 0


@pytest.mark.parametrize("kind", ["cohere2_vision", "aya_vision", "granite4_vision"])
def test_a_whole_model_may_be_named_as_its_eyes_are(kind: str) -> None:
    assert kv(read({"model_type": kind, "text_config": BASE})) == 131_072


def test_a_language_part_beside_eyes_states_no_total_of_parameters() -> None:
    inner = {**BASE, "vocab_size": 32000, "intermediate_size": 14336, "tie_word_embeddings": False}
    assert number(read(inner), "model.parameters") is not None
    result = read({"model_type": "llava", "text_config": inner, "vision_config": {"hidden_size": 1024}})
    assert kv(result) == 131_072
    assert number(result, "model.parameters") is None


def test_a_window_that_is_switched_off_is_no_window() -> None:
    result = read({**BASE, "sliding_window": 131072, "use_sliding_window": False, "max_window_layers": 28})
    assert kv(result) == 131_072
    assert stated(result, "model.windowed_layers") is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"num_hidden_layers": None}, "num_hidden_layers"),
        ({"num_key_value_heads": 7}, "do not divide"),
        ({"hidden_size": 4097}, "not a multiple"),
        ({"is_encoder_decoder": True}, "encoder-decoder"),
        ({"is_encoder_decoder": True, "num_hidden_layers": None}, "encoder-decoder"),
        ({"compress_ratios": [0, 0, 4, 128] * 8, "sliding_window": 128}, "compressed"),
        ({"num_loops": 4}, "several times"),
        ({"layer_types": ["full_attention", "quantum_attention"] * 16}, "quantum_attention"),
        ({"layer_types": ["full_attention"] * 8}, "names 8 layers"),
        ({"layer_types": ["sliding_attention"] * 32}, "no window"),
        ({"kv_lora_rank": 512}, "qk_rope_head_dim"),
        ({"num_key_value_heads": "many"}, "not a count"),
        ({"hidden_size": None}, "neither head_dim nor hidden_size"),
    ],
)
def test_an_unknown_shape_is_a_question_and_no_number(change: dict[str, object], reason: str) -> None:
    result = read({**BASE, **change})
    assert kv(result) is None
    asked = [notice.message for notice in result.notices if notice.kind == "question"]
    assert len(asked) == 1
    assert asked[0].startswith("cannot size the KV cache")
    assert reason in asked[0]


@pytest.mark.parametrize(
    ("quantisation", "name", "low", "high"),
    [
        ({"quant_method": "fp8"}, "fp8", 8, 9),
        ({"quant_method": "awq", "bits": 4, "group_size": 128}, "awq", 4.1, 6),
        ({"quant_method": "gptq", "bits": 8, "group_size": 32}, "gptq", 8.7, 9.5),
        ({"quant_method": "mxfp4"}, "mxfp4", 4.2, 6),
        ({"quant_method": "bitsandbytes", "load_in_4bit": True}, "fp4", 4.1, 6),
        ({"quant_method": "modelopt", "quant_algo": "NVFP4"}, "nvfp4", 4.4, 6),
    ],
)
def test_quantised_weights_win_over_the_dtype(
    quantisation: dict[str, object], name: str, low: float, high: float
) -> None:
    sizes = {"vocab_size": 32000, "intermediate_size": 14336, "tie_word_embeddings": False}
    result = read({**BASE, **sizes, "quantization_config": quantisation})
    assert stated(result, "model.precision") == name
    bits = number(result, "model.weight_bits")
    assert bits is not None
    assert low <= bits <= high
    note = next(claim.note for claim in result.claims if claim.fact == "model.precision")
    assert "dtype says bfloat16" in note


def test_experts_and_active_parameters() -> None:
    result = read({
        "model_type": "qwen3_moe", "architectures": ["Qwen3MoeForCausalLM"], "num_hidden_layers": 48, "hidden_size": 2048,
        "num_attention_heads": 32, "num_key_value_heads": 4, "head_dim": 128, "vocab_size": 151936, "intermediate_size": 6144,
        "moe_intermediate_size": 768, "num_experts": 128, "num_experts_per_tok": 8, "tie_word_embeddings": False,
    })  # fmt: skip
    assert number(result, "model.experts") == 128
    assert number(result, "model.experts_per_token") == 8
    assert (
        number(result, "model.parameters") == 30_532_122_624
    )  # the supplier's own count: 30.5 thousand million
    active = number(result, "model.active_parameters")
    assert active is not None
    assert 3.2e9 < active < 3.4e9  # the supplier's own count: 3.3 thousand million


def test_tables_of_rows_for_each_layer_are_counted() -> None:
    tables = {"hidden_size_per_layer_input": 256, "vocab_size_per_layer_input": 262144}
    assert number(read({**BASE, **tables}), "model.lookup_parameters") == 262144 * 256 * 32
    for less in ({**tables, "hidden_size_per_layer_input": 0}, {"hidden_size_per_layer_input": 256}):
        assert stated(read({**BASE, **less}), "model.lookup_parameters") is None


def test_the_longest_trained_context_is_not_the_admitted_one() -> None:
    result = read({**BASE, "max_position_embeddings": 131072})
    assert stated(result, "model.context_length") == Quantity(131072, "tok")
    assert stated(result, "model.max_context") is None


def test_latent_attention_is_told_so_that_its_cache_counts_on_every_device() -> None:
    def attention(config: dict[str, object]) -> list[object]:
        return [c.value for c in read(config).claims if c.fact == "model.attention"]

    assert attention({**BASE, "model_type": "deepseek_v3", "num_key_value_heads": 32, **MLA}) == ["latent"]
    assert attention(BASE) == []


@pytest.mark.parametrize(
    "more",
    [
        {"linear_ratio": 4}, {"kv_compression_ratio": 4}, {"compress_ratio": 16}, {"swa_window": 512}, {"attn_window_size": 512},
        {"local_attention_span": 256}, {"window": 1024},
        {"model_type": "phi4flash", "sliding_window": [512, None] * 16}, {"model_type": "phi4flash", "sliding_window": [None] * 32},
    ],
)  # fmt: skip
def test_a_key_that_shrinks_the_cache_in_a_way_nobody_here_reads_is_no_size(more: dict[str, object]) -> None:
    config = {
        "architectures": ["XForCausalLM"], "model_type": "x", "num_hidden_layers": 32, "hidden_size": 4096,
        "num_attention_heads": 32, "num_key_value_heads": 8,
    } | more  # fmt: skip
    result = read(config)
    assert any(
        one.message.startswith("cannot size the KV cache") for one in result.notices if one.kind == "question"
    )
    assert kv(result) is None
    assert number(result, "model.kv_heads") is None
