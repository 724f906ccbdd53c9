"""A name on the list of destinations means the hosts that contain it, and those of any region or account."""

from __future__ import annotations

import pytest

from poc_gate.inputs.repository.reading import Certainty, FoundHost
from poc_gate.model.claim import Place
from poc_gate.text.destination_names import names_destination


@pytest.mark.parametrize(
    ("listed", "host", "means"),
    [
        ("openai", "api.openai.com", True),
        ("api.openai.com", "api.openai.com", True),
        ("aiplatform.googleapis.com", "us-central1-aiplatform.googleapis.com", True),
        ("bedrock-runtime.amazonaws.com", "bedrock-runtime.eu-west-1.amazonaws.com", True),
        ("openai.azure.com", "acme.openai.azure.com", True),
        ("amazonaws.com", "bedrock-runtime.eu-west-1.amazonaws.com", True),
        ("bedrock-runtime.amazonaws.com", "bedrock-agent-runtime.eu-west-1.amazonaws.com", False),
        ("bedrock-runtime.amazonaws.com", "bedrock-runtime.amazonaws.com.evil.org", True),
        ("bedrock-runtime.amazonaws.com", "bedrock-runtime.amazonaws.evil.com", False),
        ("api.acme.com", "api.other.com", False),
        ("", "api.openai.com", False),
    ],
)
def test_a_listed_name_means_a_host(listed: str, host: str, means: bool) -> None:
    assert names_destination(listed, host) is means


@pytest.mark.parametrize("host", ["*-aiplatform.googleapis.com", "bedrock-runtime.*.amazonaws.com", "*.openai.azure.com", "db.acme.com:8443"])  # fmt: skip
def test_what_a_manifest_lists_for_a_host_means_that_host(host: str) -> None:
    found = FoundHost(host, "", Place("a.py"), "python", Certainty.INFERRED)
    assert names_destination(found.name, host.replace("*", "eu-west-1"))
    assert found.shown == (f"{found.name} (any region or account)" if "*" in host else host)
