"""Constants of the AWS CDK are read as the models of Bedrock that they name."""

from __future__ import annotations

import pytest

from poc_gate.inputs.repository.tables.model_constants import model_of_bedrock


@pytest.mark.parametrize(
    ("constant", "model"),
    [
        (
            "ANTHROPIC_CLAUDE_3_5_SONNET_20241022_V2_0",
            "anthropic.claude-3-5-sonnet-20241022-v2:0",
        ),
        ("ANTHROPIC_CLAUDE_HAIKU_V1_0", "anthropic.claude-3-haiku-20240307-v1:0"),
        ("TITAN_EMBED_TEXT_V2_512", "amazon.titan-embed-text-v2:0"),
        ("ANTHROPIC_CLAUDE_9_SONNET_V1_0", ""),
        ("SOMETHING_ELSE", ""),
    ],
)
def test_a_constant_names_its_model(constant: str, model: str) -> None:
    assert model_of_bedrock(constant) == model
