"""Parameters computed from a configuration, held against the sum over the modules that transformers 5.24 builds from it."""

from __future__ import annotations

import json

import pytest
from stated_facts import value

from poc_gate.inputs.artifacts.read_artifact import read_artifact

_KEYS = (
    "num_hidden_layers", "hidden_size", "intermediate_size", "vocab_size", "num_attention_heads", "num_key_value_heads", "head_dim",
)  # fmt: skip
OLMO2 = (32, 4096, 11008, 50304, 32, 32, None)


@pytest.mark.parametrize(
    ("kind", "sizes", "more", "built"),
    [
        ("gemma2", (26, 2304, 9216, 256000, 8, 4, 256), {}, 2_614_341_888),
        ("gemma3_text", (26, 2304, 9216, 262208, 8, 4, 256), {}, 2_628_658_432),
        ("cohere2", (40, 8192, 22528, 256000, 64, 64, 128), {}, 34_980_831_232),
        ("olmo2", OLMO2, {"tie_word_embeddings": False}, 6_888_624_128),
        ("gpt_oss", (36, 2880, 2880, 201088, 64, 8, 64), {"num_local_experts": 128, "attention_bias": True}, 116_829_156_672),
        ("gpt_oss", (24, 2880, 2880, 201088, 64, 8, 64), {"num_local_experts": 32, "attention_bias": True}, 20_914_757_184),
    ],
)  # fmt: skip
def test_the_sum_is_that_of_the_modules_built(
    kind: str, sizes: tuple[int | None, ...], more: dict[str, object], built: int
) -> None:
    config = {"model_type": kind, "num_experts_per_tok": 4, **dict(zip(_KEYS, sizes, strict=True)), **more}
    result = read_artifact(json.dumps(config).encode(), "config.json")
    assert value(result, "model.parameters") == pytest.approx(built, rel=0.0005)


def test_a_family_whose_layers_are_not_known_states_none() -> None:
    config = {"model_type": "unheard-of", **dict(zip(_KEYS, OLMO2, strict=True))}
    assert value(read_artifact(json.dumps(config).encode(), "config.json"), "model.parameters") is None
