"""A model that an environment takes from a variable of Terraform is known: nobody is asked which one it is."""

from __future__ import annotations

from pathlib import Path

from poc_gate.inputs.repository.read_repository import read_repository

_ASKS = "import os\n\nimport boto3\n\nboto3.client('bedrock-runtime').invoke_model(modelId=os.environ['MODEL_ID'], body='{}')\n"


def test_a_variable_behind_an_environment_is_followed(tmp_path: Path):
    (tmp_path / "handler.py").write_text(_ASKS)
    (tmp_path / "variables.tf").write_text('variable "chosen" {\n  default = "amazon.nova-pro-v1:0"\n}\n')
    (tmp_path / "main.tf").write_text(
        'resource "aws_lambda_function" "ask" {\n  environment {\n    variables = {\n      MODEL_ID = var.chosen\n    }\n  }\n}\n'
    )
    reading = read_repository(tmp_path)
    assert {(one.role, one.name) for one in reading.models} == {("chat", "amazon.nova-pro-v1:0")}
    assert not [one for one in reading.questions if "MODEL_ID" in one.message]
