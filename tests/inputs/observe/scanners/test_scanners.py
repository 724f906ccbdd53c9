"""What reports of scanners show: each finding once, by severity; a clean report that does not say of what proves nothing."""

from __future__ import annotations

import json

import pytest
from seen import FILES, fact, facts, look, said, value, written

from poc_gate.model.claim import Provenance

TRIVY, GRYPE = FILES / "replicas" / "trivy-image.json", FILES / "replicas" / "grype-image.json"
SARIF = FILES / "ruff-0.17.6" / "security.sarif"


def test_trivy_counts_a_vulnerability_of_a_package_once():
    seen = look(TRIVY)
    counts = [value(seen, f"scan.findings_{one}") for one in ("critical", "high", "medium", "low")]
    assert counts == [2, 1, 0, 0]
    assert "1 findings have no severity" in said(seen)
    assert "were filtered out" in said(seen)
    assert value(seen, "scan.scope").startswith(
        "container_image registry.example/writer:1.4 registry.example/writer@sha256:"
    )
    assert fact(seen, "scan.findings_high").provenance is Provenance.MEASURED


def test_grype_says_what_was_ignored_and_when():
    seen = look(GRYPE)
    assert (value(seen, "scan.findings_critical"), value(seen, "scan.findings_low")) == (1, 1)
    assert "1 findings were suppressed or ignored" in said(seen)
    assert (value(seen, "scan.tool"), value(seen, "scan.scanned_on")) == ("grype 0.104.0", "2026-11-20")


def test_a_scan_that_recognised_nothing_is_not_clean(tmp_path):
    data = json.loads(TRIVY.read_text())
    del data["Results"]
    seen = look(written(tmp_path, data))
    assert "recognised nothing in container_image" in said(seen)
    assert not seen.observations


@pytest.mark.parametrize(
    ("path", "held"),
    [(TRIVY, True), (GRYPE, True), (SARIF, False), (FILES / "bandit-1.9.4" / "code.sarif", False)],
)
def test_a_scan_of_code_says_nothing_about_packages(path, held):
    seen = look(path)
    assert value(seen, "scan.of_packages") is held
    assert ("nothing about known vulnerabilities of packages" in said(seen)) is not held


def test_trivy_that_looked_at_settings_alone_is_no_scan_of_packages(tmp_path):
    data = json.loads(TRIVY.read_text())
    wrong = {"ID": "DS002", "Severity": "HIGH", "Status": "FAIL", "CauseMetadata": {"StartLine": 1}}
    data["Results"] = [{"Target": "Dockerfile", "Class": "config", "Misconfigurations": [wrong]}]
    seen = look(written(tmp_path, data))
    assert value(seen, "scan.findings_high") == 1
    assert value(seen, "scan.of_packages") is False


def test_bandit_as_it_writes_sarif():
    seen = look(FILES / "bandit-1.9.4" / "code.sarif", "scope=services/writer")
    results = json.loads((FILES / "bandit-1.9.4" / "code.sarif").read_text())["runs"][0]["results"]
    counted = sum(value(seen, f"scan.findings_{one}") for one in ("critical", "high", "medium", "low"))
    assert counted == len(results) == 4
    assert value(seen, "scan.tool") == "Bandit 1.9.4"
    assert fact(seen, "scan.findings_high").provenance is Provenance.MEASURED


def test_sarif_levels_and_scores():
    seen = look(SARIF)
    results = json.loads(SARIF.read_text())["runs"][0]["results"]
    assert value(seen, "scan.findings_high") == len(results)
    assert seen.origin.version == "0.17.6"


@pytest.mark.parametrize(
    ("score", "severity"), [("9.8", "critical"), ("7.0", "high"), (5.5, "medium"), ("0.1", "low")]
)
def test_a_score_of_the_rule_decides_over_the_level(tmp_path, score, severity):
    data = json.loads(SARIF.read_text())
    run = data["runs"][0]
    run["results"] = run["results"][:1]
    run["results"][0]["properties"] = {"security-severity": score}
    assert value(look(written(tmp_path, data)), f"scan.findings_{severity}") == 1


def test_a_clean_log_that_does_not_say_of_what_proves_nothing(tmp_path):
    data = json.loads(SARIF.read_text())
    data["runs"][0]["results"] = []
    path = written(tmp_path, data)
    assert "does not say what was scanned: it proves nothing" in said(look(path))
    assert not look(path).observations
    named = look(path, "scope=services/writer, ended=2026-11-20")
    assert value(named, "scan.findings_high") == 0


def test_a_scan_that_failed_and_suppressed_findings(tmp_path):
    data = json.loads(SARIF.read_text())
    data["runs"][0]["invocations"] = [{"executionSuccessful": False, "exitCodeDescription": "timed out"}]
    data["runs"][0]["results"][0]["suppressions"] = [{"kind": "inSource"}]
    seen = look(written(tmp_path, data))
    assert "did not end as it should (timed out)" in said(seen)
    assert "1 findings were suppressed" in said(seen)
    assert facts(seen) == set()


def test_grype_that_looked_at_nothing_it_can_name_proves_nothing(tmp_path):
    """Its empty report: source and target `unknown`, the version `[not provided]`."""
    data = {
        "matches": [], "source": {"type": "unknown", "target": "unknown"}, "distro": {"name": "", "version": "", "idLike": None},
        "descriptor": {"name": "grype", "version": "[not provided]", "timestamp": ""},
    }  # fmt: skip
    seen = look(written(tmp_path, data))
    assert facts(seen) == set()
    assert seen.origin.version == ""
    assert "does not say what was scanned: it proves nothing" in said(seen)


def test_of_a_linter_only_what_concerns_security_counts(tmp_path):
    data = json.loads(SARIF.read_text())
    style = {"ruleId": "F401", "level": "error", "message": {"text": "unused import"}, "locations": []}
    security = len(data["runs"][0]["results"])
    data["runs"][0]["results"] += [style] * 3
    seen = look(written(tmp_path, data))
    counts = [value(seen, f"scan.findings_{one}") for one in ("critical", "high", "medium", "low")]
    assert sum(counts) == security
    assert "3 results of ruff are about style or correctness" in said(seen)


def test_a_linter_that_says_nothing_about_security_states_no_counts(tmp_path):
    data = json.loads(SARIF.read_text())
    style = {"ruleId": "F401", "level": "error", "message": {"text": "unused import"}, "locations": []}
    data["runs"][0]["results"] = [style]
    seen = look(written(tmp_path, data))
    assert not seen.observations
    assert "not security" in said(seen)
