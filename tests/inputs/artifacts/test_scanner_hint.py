"""A report of a scanner of secrets yields no facts; what it is for is said."""

from __future__ import annotations

import json

import pytest

from poc_gate.errors import InvalidInputError
from poc_gate.inputs.artifacts.read_artifact import read_artifact


@pytest.mark.parametrize(
    ("tool", "data"),
    [
        ("gitleaks", [{"RuleID": "aws", "Fingerprint": "a:b:1", "File": "a"}]),
        ("trufflehog", {"DetectorName": "AWS", "SourceMetadata": {"Data": {}}}),
        ("trufflehog", {"stringsFound": ["x"], "commitHash": "a1", "path": "a", "reason": "High Entropy"}),
        ("detect-secrets", {"version": "1.5.0", "plugins_used": [], "results": {}}),
    ],
)
def test_the_place_of_a_report_of_secrets_is_said(tool: str, data: object) -> None:
    with pytest.raises(InvalidInputError) as caught:
        read_artifact(json.dumps(data).encode(), "report.json")
    (fault,) = caught.value.faults
    assert f"is a report of {tool}" in fault.what
    assert "evidence: - {rule: F06-no-secrets, file: report.json}" in fault.next_step
