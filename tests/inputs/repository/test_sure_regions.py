"""How sure a region is: what code says is stated, what it takes where a variable is not set or nobody gives another is inferred."""

from __future__ import annotations

from pathlib import Path

import pytest

from poc_gate.inputs.repository.read_repository import read_repository
from poc_gate.inputs.repository.reading import Certainty

_ASKS = "import os\n\nimport boto3\n\n{before}client = boto3.client('bedrock-agent-runtime', region_name={region})\nclient.retrieve(knowledgeBaseId='x', retrievalQuery={{}})\nboto3.client('bedrock-runtime', region_name={region}).converse(modelId='amazon.nova-pro-v1:0', messages=[])\n"


@pytest.mark.parametrize(
    ("region", "before", "sure"),
    [
        ("'eu-west-1'", "", Certainty.STATED),
        ("REGION", "REGION = 'eu-west-1'\n", Certainty.STATED),
        ("os.getenv('AWS_REGION', 'eu-west-1')", "", Certainty.INFERRED),
        ("REGION", "REGION = os.environ.get('AWS_REGION', 'eu-west-1')\n", Certainty.INFERRED),
    ],
)
def test_a_region_for_an_unset_variable_is_inferred(
    region: str, before: str, sure: Certainty, tmp_path: Path
) -> None:
    (tmp_path / "requirements.txt").write_text("boto3\n")
    (tmp_path / "app.py").write_text(_ASKS.format(region=region, before=before))
    found = {one.claim.fact: one for one in read_repository(tmp_path).facts}
    for fact in ("model.region", "sources[bedrock-knowledge-base].region"):
        assert (str(found[fact].claim.value), found[fact].certainty) == ("eu-west-1", sure)
    assert found["sources[bedrock-knowledge-base].system"].certainty is Certainty.STATED
