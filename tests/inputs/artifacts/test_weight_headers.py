"""Safetensors and GGUF headers: exact sums, and every way a header can lie."""

from __future__ import annotations

import json
import struct

import pytest
from stated_facts import messages, value
from weight_samples import LLAMA_8B_GGUF, gguf, safetensors

from poc_gate.errors import InvalidInputError
from poc_gate.inputs.artifacts.file_reading import ImportResult
from poc_gate.inputs.artifacts.read_artifact import read_artifact
from poc_gate.model.quantity import Quantity


def header(data: object) -> bytes:
    text = json.dumps(data).encode()
    return struct.pack("<Q", len(text)) + text


def kv(result: ImportResult) -> float | None:
    found = [c.value for c in (*result.claims, *result.derived) if c.fact == "model.kv_bytes_per_token"]
    return found[0].value if found and isinstance(found[0], Quantity) else None


def test_the_header_sums_up_exactly() -> None:
    result = read_artifact(safetensors({"a": ("BF16", [1000, 64]), "b": ("F32", [64])}), "model.safetensors")
    assert value(result, "model.weight_bytes") == 1000 * 64 * 2 + 64 * 4
    assert value(result, "model.parameters") == 1000 * 64 + 64
    assert value(result, "model.precision") == "bf16"
    assert value(result, "model.safe_format") is True


def test_packed_weights_do_not_tell_their_number() -> None:
    result = read_artifact(
        safetensors({"q": ("I32", [128, 512]), "s": ("F16", [8, 512])}), "model.safetensors"
    )
    assert value(result, "model.weight_bytes") == 128 * 512 * 4 + 8 * 512 * 2
    assert value(result, "model.parameters") is None
    assert messages(result, "question")


@pytest.mark.parametrize("name", ["model-00001-of-00003.safetensors", "adapter_model.safetensors"])
def test_a_part_is_not_taken_for_the_whole(name: str) -> None:
    result = read_artifact(safetensors({"a": ("BF16", [8, 8])}), name)
    assert value(result, "model.weight_bytes") is None
    assert messages(result, "warning")


BROKEN = {
    "too short": b"\x01\x02",
    "no header behind the length": struct.pack("<Q", 500) + b"{}",
    "a length beyond the format": struct.pack("<Q", 2**62) + b"{}",
    "no object": header([1, 2]),
    "no JSON": struct.pack("<Q", 4) + b"{{{{",
    "deep": struct.pack("<Q", 200_000) + b"[" * 200_000,
    "unknown dtype": header({"a": {"dtype": "X9", "shape": [1], "data_offsets": [0, 1]}}),
    "no shape": header({"a": {"dtype": "F32", "data_offsets": [0, 4]}}),
    "negative shape": header({"a": {"dtype": "F32", "shape": [-1], "data_offsets": [0, 4]}}),
    "size that does not fit": header({"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 4]}}),
    "overlap": header({n: {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]} for n in "ab"}),
    "backwards": header({"a": {"dtype": "F32", "shape": [1], "data_offsets": [4, 0]}}),
    "tensor is a text": header({"a": "b"}),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_lying_header_is_refused_by_name(name: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        read_artifact(BROKEN[name], "model.safetensors")
    assert caught.value.faults[0].next_step


def test_an_index_without_a_total_is_a_question_and_pickles_are_told() -> None:
    result = read_artifact(
        b'{"metadata": {}, "weight_map": {"a": "pytorch_model-00001.bin"}}', "pytorch_model.bin.index.json"
    )
    assert value(result, "model.weight_bytes") is None
    assert messages(result, "question")
    assert value(result, "model.safe_format") is False


@pytest.mark.parametrize(("version", "order"), [(1, "<"), (2, "<"), (3, "<"), (3, ">")])
def test_gguf_in_every_version_and_byte_order(version: int, order: str) -> None:
    content = gguf(LLAMA_8B_GGUF, [("t", [4096, 32], 12), ("n", [4096], 0)], version=version, order=order)
    result = read_artifact(content, "m.gguf")
    assert kv(result) == 2 * 32 * 8 * 128 * 2
    assert value(result, "model.weight_bytes") == 4096 * 32 // 256 * 144 + 4096 * 4
    assert value(result, "model.precision") == "q4_k_m"
    assert value(result, "model.license") == "apache-2.0"
    assert value(result, "model.context_length") == 131_072


def test_a_table_of_which_each_layer_takes_a_tokens_row_is_no_part_of_what_is_read() -> None:
    """Gemma 3n and Gemma 4 keep 256 numbers a layer for each of their tokens."""
    tensors = [("token_embd.weight", [2048, 64], 8), ("blk.0.ffn_up.weight", [2048, 64], 12)]
    table = ("per_layer_token_embd.weight", [8960, 32], 8)
    for listed, wanted in ((tensors, None), ([*tensors, table], 8960.0 * 32)):
        found = {
            claim.fact: claim.value for claim in read_artifact(gguf(LLAMA_8B_GGUF, listed), "m.gguf").claims
        }
        stated = found.get("model.lookup_parameters")
        assert (stated.value if stated else None) == wanted
        assert found["model.parameters"].value == 2.0 * 2048 * 64 + (wanted or 0.0)


def test_gguf_with_heads_per_layer_and_latent_attention() -> None:
    hybrid = {
        **LLAMA_8B_GGUF,
        "llama.block_count": 4,
        "llama.attention.head_count_kv": [0, 8, 0, 8],
        "llama.ssm.state_size": 16,
    }
    assert kv(read_artifact(gguf(hybrid, []), "m.gguf")) == 2 * 16 * 128 * 2
    latent = {
        "general.architecture": "deepseek2", "deepseek2.block_count": 27, "deepseek2.embedding_length": 2048,
        "deepseek2.attention.head_count": 16, "deepseek2.attention.head_count_kv": 1, "deepseek2.attention.key_length": 576,
        "deepseek2.attention.value_length": 512, "deepseek2.attention.kv_lora_rank": 512, "deepseek2.rope.dimension_count": 64,
    }  # fmt: skip
    assert kv(read_artifact(gguf(latent, []), "m.gguf")) == 27 * 576 * 2


def test_gguf_of_latent_attention_from_before_latents_were_cached() -> None:
    """Files of DeepSeek converted before llama.cpp knew `key_length_mla` unpack the keys and values of every head."""
    old = {
        "general.architecture": "deepseek2", "deepseek2.block_count": 61, "deepseek2.embedding_length": 7168,
        "deepseek2.attention.head_count": 128, "deepseek2.attention.head_count_kv": 128,
        "deepseek2.attention.key_length": 192, "deepseek2.attention.value_length": 128,
        "deepseek2.attention.kv_lora_rank": 512, "deepseek2.rope.dimension_count": 64,
    }  # fmt: skip
    assert kv(read_artifact(gguf(old, []), "m.gguf")) == 61 * 128 * (192 + 128) * 2
    new = {
        **old, "deepseek2.attention.head_count_kv": 1, "deepseek2.attention.key_length": 576,
        "deepseek2.attention.value_length": 512, "deepseek2.attention.key_length_mla": 192,
    }  # fmt: skip
    assert kv(read_artifact(gguf(new, []), "m.gguf")) == 61 * 576 * 2


def test_gguf_says_by_layer_where_the_window_is() -> None:
    pattern = {
        **LLAMA_8B_GGUF, "llama.block_count": 4, "llama.attention.sliding_window": 512,
        "llama.attention.sliding_window_pattern": [True, True, True, False],
    }  # fmt: skip
    result = read_artifact(gguf(pattern, []), "m.gguf")
    assert kv(result) == 4 * 2 * 8 * 128 * 2
    assert value(result, "model.windowed_layers") == 3
    assert value(result, "model.sliding_window") == 512


@pytest.mark.parametrize(
    ("architecture", "kind"), [("nomic-bert-moe", "embedding"), ("clip", None), ("qwen3", "llm")]
)
def test_gguf_of_other_kinds_of_model(architecture: str, kind: str | None) -> None:
    renamed = {key.replace("llama.", f"{architecture}."): one for key, one in LLAMA_8B_GGUF.items()}
    result = read_artifact(gguf({**renamed, "general.architecture": architecture}, []), "m.gguf")
    assert value(result, "model.kind") == kind
    assert (kv(result) == 0) is (kind != "llm")


def test_gguf_that_does_not_say_which_layers_cache_is_a_question() -> None:
    unclear = {**LLAMA_8B_GGUF, "llama.ssm.state_size": 16}
    result = read_artifact(gguf(unclear, []), "m.gguf")
    assert kv(result) is None
    assert messages(result, "question")


@pytest.mark.parametrize("cut", [4, 12, 24, 60, 200])
def test_a_gguf_header_that_is_cut_off_is_refused(cut: int) -> None:
    with pytest.raises(InvalidInputError):
        read_artifact(gguf(LLAMA_8B_GGUF, [])[:cut], "m.gguf")


@pytest.mark.parametrize(
    "content",
    [
        b"GGUF" + struct.pack("<IQQ", 9, 0, 0),
        b"GGUF" + struct.pack("<IQQ", 3, 0, 2**40),
        b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 2**60),
        b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 1) + b"a" + struct.pack("<IIQ", 9, 8, 2**50),
        b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 1) + b"a" + struct.pack("<IIQ", 9, 9, 1),
        b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 1) + b"a" + struct.pack("<IIQ", 9, 12, 2**61),
        b"GGUF" + struct.pack("<IQQ", 3, 1, 0) + struct.pack("<Q", 1) + b"t" + struct.pack("<I", 4_000_000),
    ],
)
def test_a_gguf_header_that_claims_the_impossible_is_refused_at_once(content: bytes) -> None:
    with pytest.raises(InvalidInputError):
        read_artifact(content + b"\0" * 16, "m.gguf")


def test_a_tensor_list_beyond_the_bytes_at_hand_is_said() -> None:
    result = read_artifact(gguf(LLAMA_8B_GGUF, [("t", [4096, 32], 12)] * 5)[:-20], "m.gguf")
    assert value(result, "model.weight_bytes") is None
    assert [text for text in messages(result, "warning") if "could not be summed up" in text]
    assert kv(result) == 131_072


def _shape(architecture: str, **more: object) -> bytes:
    """Return a file of 8 blocks, 4 KV heads of 64, with further keys of the architecture; `__` stands for a dot."""
    shape = {"block_count": 8, "embedding_length": 1024, "attention.head_count": 16, "attention.head_count_kv": 4,
             "attention.key_length": 64, "attention.value_length": 64}  # fmt: skip
    keys = {name.replace("__", "."): value for name, value in more.items()}
    metadata = {f"{architecture}.{name}": value for name, value in (shape | keys).items()}
    return gguf({"general.architecture": architecture, **metadata}, [])


@pytest.mark.parametrize(
    ("content", "full", "windowed"),
    [
        (_shape("gemma3n", attention__sliding_window=512, attention__shared_kv_layers=4), 0, 4),
        (_shape("glm4moe", nextn_predict_layers=1), 7, 0),
        (_shape("qwen3next", ssm__state_size=128), 2, 0),
        (_shape("qwen35", ssm__state_size=128, full_attention_interval=2), 4, 0),
        (_shape("falcon-h1", ssm__state_size=128), 8, 0),
        (_shape("exaone4", attention__sliding_window=4096), 2, 6),
        (_shape("olmo2", attention__sliding_window=4096), 2, 6),
        (_shape("llama", attention__sliding_window=4096), 8, 0),
        (_shape("gpt-oss", attention__sliding_window=128), 4, 4),
        (_shape("plamo3", attention__sliding_window=2048, attention__sliding_window_pattern=4), 2, 6),
        (_shape("lfm2", shortconv__l_cache=3, attention__head_count_kv=[0, 0, 4, 0, 0, 4, 0, 4]), 3, 0),
        (
            _shape(
                "mimo2", nextn_predict_layers=2, attention__sliding_window=128,
                attention__sliding_window_pattern=[False, True, True, True, True, False, True, True],
                attention__head_count_kv=[4] * 8,
            ),
            2, 4,
        ),
    ],
)  # fmt: skip
def test_gguf_keeps_the_layers_of_its_family(content: bytes, full: int, windowed: int) -> None:
    """One table says for both formats which layers grow, keep a window, share a cache, or keep none."""
    result = read_artifact(content, "m.gguf")
    each = 2 * 4 * 64 * 2
    assert kv(result) == (full + windowed) * each
    assert (value(result, "model.windowed_layers") or 0) == windowed


def test_gguf_of_linear_layers_without_a_word_on_which_is_a_question() -> None:
    result = read_artifact(_shape("unheard-of", ssm__state_size=128), "m.gguf")
    assert kv(result) is None
    assert any("cannot size" in notice.message for notice in result.notices)
