"""What quantisation settings say: name and bits of the weights, widths that differ, and the cache's own width.

The settings are those of published models, cut to what decides: openai/gpt-oss-20b, moonshotai/Kimi-K2.5 and Kimi-K3,
nvidia/GLM-5.1-NVFP4, Qwen3.6-27B-NVFP4 and DeepSeek-V3.1-NVFP4, Qwen/Qwen3-30B-A3B-FP8, and of the tools' own examples.
"""

from __future__ import annotations

import json

import pytest
from stated_facts import messages, value

from poc_gate.inputs.artifacts.file_reading import ImportResult
from poc_gate.inputs.artifacts.read_artifact import read_artifact

SHAPE = {
    "model_type": "other", "architectures": ["OtherForCausalLM"], "num_hidden_layers": 4, "hidden_size": 256,
    "num_attention_heads": 4, "torch_dtype": "bfloat16",
}  # fmt: skip


def quantised(settings: dict[str, object], key: str = "quantization_config") -> ImportResult:
    return read_artifact(json.dumps({**SHAPE, key: settings}).encode(), "config.json")


def group(bits: int, **more: object) -> dict[str, object]:
    return {"group_0": {"targets": ["Linear"], "weights": {"num_bits": bits, **more}}}


@pytest.mark.parametrize(
    ("settings", "name", "bits"),
    [
        # compressed-tensors and ModelOpt: 16-bit scale for each group, 8-bit scale for each block of 16 or 32
        ({"quant_method": "compressed-tensors", "format": "pack-quantized",
          "config_groups": group(4, type="int", group_size=32, symmetric=True)}, "int4", 4.5),
        ({"quant_method": "compressed-tensors", "config_groups": group(4, type="int", group_size=128, symmetric=False)},
         "int4", 4 + 20 / 128),
        ({"quant_method": "compressed-tensors", "config_groups": group(8, type="float", strategy="channel")}, "fp8", 8),
        ({"quant_method": "compressed-tensors", "format": "mxfp4-pack-quantized",
          "config_groups": group(4, type="float", group_size=32)}, "mxfp4", 4.25),
        ({"quant_method": "modelopt", "quant_algo": "NVFP4", "config_groups": group(4, type="float", group_size=16)},
         "nvfp4", 4.5),
        ({"quant_method": "modelopt", "quant_algo": "W4A16_AWQ", "group_size": 128}, "awq", 4.125),
        # GPTQ and AWQ keep a scale and a zero point for each group; -1 is one for a whole channel
        ({"quant_method": "gptq", "bits": 4, "group_size": 128}, "gptq", 4 + 20 / 128),
        ({"quant_method": "gptq", "bits": 4, "group_size": -1}, "gptq", 4),
        # bitsandbytes: one fp32 maximum for 64 weights, or 8 bits of it and an fp32 for 256 of them
        ({"quant_method": "bitsandbytes", "load_in_4bit": True, "bnb_4bit_quant_type": "nf4"}, "nf4", 4.5),
        ({"quant_method": "bitsandbytes", "load_in_4bit": True, "bnb_4bit_quant_type": "nf4",
          "bnb_4bit_use_double_quant": True}, "nf4", 4 + 8 / 64 + 32 / 256 / 64),
        ({"quant_method": "bitsandbytes", "load_in_4bit": False, "load_in_8bit": True}, "int8", 8),
        ({"quant_method": "fbgemm_fp8", "activation_scale_ub": 1200.0}, "fp8", 8),
        ({"quant_method": "torchao", "quant_type": {"default": {"_type": "Int4WeightOnlyConfig", "_data": {"group_size": 128}}}},
         "int4", 4.25),
        ({"quant_method": "hqq", "quant_config": {"weight_quant_params": {"nbits": 4, "group_size": 64}}}, "hqq", 4.5),
        ({"quant_method": "quanto", "weights": "int8"}, "int8", 8),
        ({"quant_method": "mxfp4", "modules_to_not_convert": ["lm_head"]}, "mxfp4", 4.25),
    ],
)  # fmt: skip
def test_name_and_bits_of_a_published_form(settings: dict[str, object], name: str, bits: float) -> None:
    result = quantised(settings)
    assert value(result, "model.precision") == name
    assert value(result, "model.weight_bits") == pytest.approx(bits, abs=1e-4)
    assert messages(result, "question") == []


@pytest.mark.parametrize(
    ("settings", "method"),
    [
        ({"quant_method": "fbgemm_fp8", "activation_scale_ub": 1200.0}, "fbgemm_fp8"),
        ({"quant_method": "awq", "bits": 4, "group_size": 128}, "awq"),
        ({"quant_method": "fp8", "weight_block_size": [128, 128]}, "fp8"),
        ({"quant_method": "compressed-tensors", "config_groups": group(8, type="float", strategy="channel")}, "fp8_row"),
        ({"quant_method": "compressed-tensors", "config_groups": group(8, type="float", strategy="tensor")}, "fp8"),
        ({"quant_method": "compressed-tensors", "config_groups": group(4, type="int", group_size=128)}, "compressed-tensors"),
        ({"group_size": 64, "bits": 4}, None),
        ({"quant_method": "fp8", "quant_algo": "MIXED_PRECISION", "moe_quant_algo": "NVFP4"}, None),
    ],
)  # fmt: skip
def test_who_quantised_the_weights(settings: dict[str, object], method: str | None) -> None:
    assert value(quantised(settings), "model.quantised_by") == method


def test_mlx_keeps_a_scale_and_a_bias_for_each_group() -> None:
    result = quantised({"group_size": 64, "bits": 4}, key="quantization")
    assert value(result, "model.precision") == "int4"
    assert value(result, "model.weight_bits") == 4.5


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({"quant_method": "modelopt", "config_groups": {
            "group_0": {"weights": {"num_bits": 8, "type": "float"}},
            "group_1": {"weights": {"num_bits": 4, "type": "float", "group_size": 16}}}}, "fp8+nvfp4"),
        ({"quant_method": "modelopt", "quant_algo": "MIXED_PRECISION", "quantized_layers": {
            "layers.0.mlp": {"quant_algo": "MXFP8"}, "layers.1.mlp.experts": {"quant_algo": "NVFP4"}}}, "mxfp8+nvfp4"),
        ({"quant_method": "fp8", "quant_algo": "MIXED_PRECISION", "moe_quant_algo": "NVFP4"}, "fp8+nvfp4"),
        ({"group_size": 64, "bits": 4, "lm_head": {"group_size": 64, "bits": 8}}, "int4+int8"),
    ],
)  # fmt: skip
def test_layers_of_different_widths_are_a_question_and_no_number(
    settings: dict[str, object], name: str
) -> None:
    result = quantised(settings)
    assert value(result, "model.precision") == name
    assert value(result, "model.weight_bits") is None
    assert "different widths" in messages(result, "question")[0]


def test_modules_that_stay_unquantised_make_the_bits_a_lower_bound() -> None:
    heavy = {"quant_method": "mxfp4", "modules_to_not_convert": ["model.layers.*.self_attn", "lm_head"]}
    light = {
        "quant_method": "fp8",
        "modules_to_not_convert": ["lm_head", "model.layers.0.input_layernorm", "model.layers.0.mlp.gate"],
    }
    assert "stay unquantised" in messages(quantised(heavy), "warning")[0]
    assert messages(quantised(light), "warning") == []


def test_attention_that_stays_unquantised_is_counted_where_the_family_is_known() -> None:
    """gpt-oss-20b: 13.76 GB of weights over 20.9 thousand million parameters are 5.26 bits."""
    config = {
        "model_type": "gpt_oss", "num_hidden_layers": 24, "hidden_size": 2880, "intermediate_size": 2880, "vocab_size": 201088,
        "num_attention_heads": 64, "num_key_value_heads": 8, "head_dim": 64, "num_local_experts": 32, "attention_bias": True,
        "quantization_config": {
            "quant_method": "mxfp4",
            "modules_to_not_convert": ["model.layers.*.self_attn", "model.layers.*.mlp.router", "model.embed_tokens", "lm_head"],
        },
    }  # fmt: skip
    result = read_artifact(json.dumps(config).encode(), "config.json")
    assert value(result, "model.weight_bits") == pytest.approx(5.26, abs=0.02)
    assert messages(result, "warning") == []


@pytest.mark.parametrize(
    "settings",
    [
        {"quant_method": "modelopt", "quant_algo": "FP8", "kv_cache_scheme": "FP8"},
        {
            "quant_method": "modelopt",
            "quant_algo": "FP8",
            "kv_cache_scheme": {"num_bits": 8, "type": "float"},
        },
        {"quant_method": "modelopt", "quant_algo": "FP8", "kv_cache_quant_algo": "FP8"},
    ],
)
def test_the_cache_may_have_a_width_of_its_own(settings: dict[str, object]) -> None:
    assert value(quantised(settings), "model.kv_bits") == 8
    assert (
        value(quantised({**settings, "kv_cache_scheme": None, "kv_cache_quant_algo": None}), "model.kv_bits")
        is None
    )


def test_the_quantisation_that_stands_in_a_file_of_its_own() -> None:
    """`config.json` of nvidia/DeepSeek-V3.1-NVFP4 says bfloat16 only; the file beside it says how the weights are stored."""
    beside = {
        "producer": {"name": "modelopt", "version": "0.22.1"},
        "quantization": {
            "quant_algo": "NVFP4", "kv_cache_quant_algo": "FP8", "group_size": 16, "exclude_modules": ["lm_head"],
        },
    }  # fmt: skip
    result = read_artifact(json.dumps(beside).encode(), "hf_quant_config.json")
    assert result.kind == "huggingface-config"
    assert value(result, "model.precision") == "nvfp4"
    assert value(result, "model.weight_bits") == 4.5
    assert value(result, "model.kv_bits") == 8
    assert messages(result, "question") == []
    short = {"quantization": {"quant_algo": "FP8", "kv_cache_quant_algo": None}}
    assert (
        value(read_artifact(json.dumps(short).encode(), "hf_quant_config.json"), "model.precision") == "fp8"
    )
