"""The six states in every format for machines: one table, which the formats read and the docs print."""

from __future__ import annotations

from poc_gate.model.finding import Finding, State
from poc_gate.model.rule import Severity

FORMATS = ("sarif", "junit", "github", "gitlab", "markdown", "csv", "intoto")

BY_SEVERITY = "by severity"

MAPPING: dict[State, dict[str, str]] = {
    State.PASS: {
        "sarif": "no result; the rule is listed",
        "junit": "testcase",
        "github": "no annotation",
        "gitlab": "no entry",
        "markdown": "pass",
        "csv": "pass",
        "intoto": "passedTests",
    },
    State.FAIL: {
        "sarif": BY_SEVERITY,
        "junit": BY_SEVERITY,
        "github": BY_SEVERITY,
        "gitlab": BY_SEVERITY,
        "markdown": "FAIL",
        "csv": "fail",
        "intoto": "failedTests",
    },
    State.UNKNOWN: {
        "sarif": BY_SEVERITY,
        "junit": BY_SEVERITY,
        "github": BY_SEVERITY,
        "gitlab": BY_SEVERITY,
        "markdown": "unknown",
        "csv": "unknown",
        "intoto": "failedTests",
    },
    State.ERROR: {
        "sarif": "error",
        "junit": BY_SEVERITY,
        "github": "error",
        "gitlab": "critical",
        "markdown": "ERROR",
        "csv": "error",
        "intoto": "failedTests",
    },
    State.WAIVED: {
        "sarif": "note, suppressed",
        "junit": "skipped",
        "github": "notice",
        "gitlab": "info",
        "markdown": "waived",
        "csv": "waived",
        "intoto": "warnedTests",
    },
    State.NOT_APPLICABLE: {
        "sarif": "no result; the rule is listed",
        "junit": "skipped",
        "github": "no annotation",
        "gitlab": "no entry",
        "markdown": "n/a",
        "csv": "not-applicable",
        "intoto": "not listed",
    },
}
"""What each state becomes; `by severity` is looked up in SEVERITY_MAPPING."""

_RED_FOR_MUST_HAVES = {
    Severity.BLOCKER: "failure",
    Severity.HIGH: "failure",
    Severity.MEDIUM: "skipped",
    Severity.LOW: "skipped",
}
"""A test is red only for what holds the verdict down, so that a GO has no red test."""

SEVERITY_MAPPING: dict[tuple[State, str], dict[Severity, str]] = {
    (State.FAIL, "sarif"): {
        Severity.BLOCKER: "error",
        Severity.HIGH: "error",
        Severity.MEDIUM: "warning",
        Severity.LOW: "note",
    },
    (State.UNKNOWN, "sarif"): {
        Severity.BLOCKER: "error",
        Severity.HIGH: "warning",
        Severity.MEDIUM: "warning",
        Severity.LOW: "note",
    },
    (State.FAIL, "junit"): _RED_FOR_MUST_HAVES,
    (State.UNKNOWN, "junit"): _RED_FOR_MUST_HAVES,
    (State.ERROR, "junit"): _RED_FOR_MUST_HAVES | {Severity.BLOCKER: "error", Severity.HIGH: "error"},
    (State.FAIL, "github"): {
        Severity.BLOCKER: "error",
        Severity.HIGH: "error",
        Severity.MEDIUM: "warning",
        Severity.LOW: "notice",
    },
    (State.UNKNOWN, "github"): {
        Severity.BLOCKER: "error",
        Severity.HIGH: "warning",
        Severity.MEDIUM: "warning",
        Severity.LOW: "notice",
    },
    (State.FAIL, "gitlab"): {
        Severity.BLOCKER: "blocker",
        Severity.HIGH: "critical",
        Severity.MEDIUM: "major",
        Severity.LOW: "minor",
    },
    (State.UNKNOWN, "gitlab"): {
        Severity.BLOCKER: "critical",
        Severity.HIGH: "major",
        Severity.MEDIUM: "minor",
        Severity.LOW: "info",
    },
}

DUE = {
    "sarif": "note",
    "junit": "skipped",
    "github": "notice",
    "gitlab": "info",
    "markdown": "due",
    "csv": "the state, and the date in its own column",
    "intoto": "warnedTests",
}
"""What an open finding becomes whose duty binds at a later date."""

_OPEN = (State.FAIL, State.UNKNOWN)


def mapped(finding: Finding, format_name: str) -> str:
    """Return what a finding becomes in a format."""
    if finding.due and finding.state in _OPEN:
        return DUE[format_name]
    word = MAPPING[finding.state][format_name]
    if word != BY_SEVERITY:
        return word
    return SEVERITY_MAPPING[finding.state, format_name][finding.severity]


def mapping_table() -> str:
    """Return the mapping as a Markdown table, as `docs/reports.md` prints it."""
    head = ["state", *FORMATS]
    rows = [head, ["---"] * len(head)]
    for state, words in MAPPING.items():
        rows.append([state.value, *(_cell(state, name, words[name]) for name in FORMATS)])
    rows.append(["due later (fail or unknown)", *(DUE[name] for name in FORMATS)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def _cell(state: State, name: str, word: str) -> str:
    if word != BY_SEVERITY:
        return word
    return ", ".join(f"{key.value}: {value}" for key, value in SEVERITY_MAPPING[state, name].items())
