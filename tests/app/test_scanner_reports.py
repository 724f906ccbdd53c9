"""Reports of secret scanners: counted with date, commit and scope, or told what they lack; secrets are never repeated."""

from __future__ import annotations

import pytest

from poc_gate.app.secrets.scanner_reports import count_of, read_report, why_not_measured
from poc_gate.model.claim import Evidence, Place
from poc_gate.model.quantity import Quantity

HEAD = "4f1c2d9aa0b1c2d3e4f5061728394a5b6c7d8e9f"
RAW = "Xk29qLmP7v" + "Rt4sWz"
GITLEAKS = [
    {
        "RuleID": "generic-api-key",
        "File": "a.py",
        "StartLine": 3,
        "Secret": RAW,
        "Match": RAW,
        "Commit": HEAD,
        "Fingerprint": "a.py:generic:3",
    }
]
TRUFFLEHOG = [
    {
        "DetectorName": "Github",
        "Raw": RAW,
        "Verified": False,
        "SourceMetadata": {"Data": {"Git": {"file": "a.py", "line": 3, "commit": HEAD}}},
    }
]
DETECT = {
    "version": "1.5.0", "plugins_used": [], "generated_at": "2026-11-20T10:00:00Z",
    "results": {"a.py": [{"type": "Secret Keyword", "line_number": 3}, {"type": "Secret Keyword", "line_number": 9, "is_secret": False}]},
}  # fmt: skip
SARIF = {
    "version": "2.1.0",
    "runs": [{
        "tool": {"driver": {"name": "gitleaks", "semanticVersion": "8.30.0"}},
        "invocations": [{"endTimeUtc": "2026-11-20T10:00:00Z"}], "versionControlProvenance": [{"revisionId": HEAD, "repositoryUri": "https://e.example/a"}],
        "results": [
            {"ruleId": "generic-api-key", "message": {"text": RAW}, "locations": [{"physicalLocation": {"artifactLocation": {"uri": "a.py"}, "region": {"startLine": 3}}}]},
            {"ruleId": "aws", "suppressions": [{"kind": "external"}], "locations": []},
        ],
    }],
}  # fmt: skip
RECORD = {
    "scan": {
        "tool": "gitleaks",
        "version": "8.30.0",
        "run_on": "2026-11-20",
        "commit": HEAD,
        "scope": ["history"],
        "findings": 0,
        "report": [],
    }
}


def evidence(**more: str) -> Evidence:
    """Return an evidence file of the rule."""
    return Evidence("F06-no-secrets", "scan.json", Place("pilot.yaml", 9), **more)


@pytest.mark.parametrize(
    ("content", "tool", "count", "aside"),
    [
        (GITLEAKS, "gitleaks", 1, 0),
        (TRUFFLEHOG, "trufflehog", 1, 0),
        (DETECT, "detect-secrets", 1, 1),
        (SARIF, "gitleaks", 1, 1),
    ],
)
def test_each_layout_is_read_and_the_secret_is_not(
    content: object, tool: str, count: int, aside: int
) -> None:
    report = read_report(content)
    assert report is not None
    assert (report.tool, len(report.places), report.set_aside) == (tool, count, aside)
    assert report.places[0][:2] == ("a.py", 3)
    assert RAW not in repr(report)


def test_trufflehog_of_before_counts_each_text_once_and_reads_no_diff() -> None:
    row = {
        "branch": "origin/main", "commit": "Settings", "commitHash": "1514a23ecd6893343e586bb82cc31b3b0366dde8",
        "date": "2026-11-28 14:32:04", "diff": f"+k = {RAW}", "path": "a.py", "printDiff": RAW, "reason": "High Entropy",
        "stringsFound": [RAW, RAW, "another"],
    }  # fmt: skip
    report = read_report([row, {**row, "reason": "AWS API Key", "stringsFound": [RAW]}])
    assert report is not None
    assert (report.tool, report.places) == (
        "trufflehog",
        (("a.py", 0, "High Entropy"),) * 2 + (("a.py", 0, "AWS API Key"),),
    )
    assert read_report(row) == read_report([row])
    assert RAW not in repr(report)


@pytest.mark.parametrize(
    "content",
    [
        [],
        {},
        None,
        "x",
        [1],
        {"runs": [{"tool": {"driver": {"name": "ruff"}}}], "version": "2.1.0"},
        {"results": {}},
    ],
)
def test_what_is_no_report_is_none(content: object) -> None:
    assert read_report(content) is None


def test_a_typed_record_without_the_raw_report_is_a_claim_and_no_measurement() -> None:
    assert read_report({"scan": {**RECORD["scan"], "report": None}}) is None
    report = read_report(RECORD)
    assert report is not None
    assert why_not_measured(report, evidence(), today="2026-11-25", head=HEAD) == ""
    measured = count_of(report, evidence(), 0)
    assert measured.value == Quantity(0.0)
    assert all(part in measured.method for part in ("gitleaks 8.30.0", "history", HEAD[:10]))
    assert "2026-11-20" in measured.source


def test_findings_of_a_record_never_say_less_than_its_report() -> None:
    report = read_report({"scan": {**RECORD["scan"], "report": GITLEAKS}})
    assert report is not None
    assert count_of(report, evidence(), 0).value == Quantity(1.0)
    assert count_of(report, evidence(), 2).value == Quantity(3.0)


@pytest.mark.parametrize(
    ("changes", "today", "head", "words"),
    [
        ({}, "2026-12-25", HEAD, "over 30 days old"),
        ({}, "2026-11-19", HEAD, "in the future"),
        ({}, "2026-11-25", "b" * 40, "is checked out"),
        ({"version": ""}, "2026-11-25", HEAD, "does not say version"),
        ({"run_on": ""}, "2026-11-25", HEAD, "does not say date"),
        ({"commit": ""}, "2026-11-25", HEAD, "does not say commit"),
    ],
)
def test_a_report_that_is_old_or_of_another_commit_does_not_decide(
    changes: dict[str, str], today: str, head: str, words: str
) -> None:
    report = read_report({"scan": {**RECORD["scan"], **changes}})
    assert report is not None
    assert words in why_not_measured(report, evidence(), today=today, head=head)


def test_the_commit_that_brought_the_file_in_dates_a_bare_report() -> None:
    report = read_report(GITLEAKS)
    assert report is not None
    assert "date" in why_not_measured(report, evidence(), today="2026-11-25", head=HEAD)
    assert (
        why_not_measured(
            report, evidence(committed_at="2026-11-24T10:00:00+00:00"), today="2026-11-25", head=HEAD
        )
        == ""
    )
