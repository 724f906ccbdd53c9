"""Result -> GitLab's code quality report: one entry a finding that somebody must look at."""

from __future__ import annotations

import hashlib
from typing import Any

from poc_gate.model.finding import Finding, State
from poc_gate.model.verdict import Result
from poc_gate.report.interface import Format, RenderOptions
from poc_gate.report.lines.bounded_findings import bounded
from poc_gate.report.machine.ci_places import region_of
from poc_gate.report.report_view import worst_first
from poc_gate.report.state_words import StateWords, by_severity
from poc_gate.text.documents.canonical_json import canonical_json
from poc_gate.text.inert_text import inert
from poc_gate.words.judged.findings import announced

STATES = StateWords(
    {
        State.PASS: "no entry",
        State.FAIL: by_severity("blocker", "critical", "major", "minor"),
        State.UNKNOWN: by_severity("critical", "major", "minor", "info"),
        State.NOT_APPLICABLE: "no entry",
        State.WAIVED: "info",
        State.ERROR: "critical",
    },
    due="info",
)

_SEVERITIES = ("blocker", "critical", "major", "minor", "info")


def render_gitlab(result: Result, options: RenderOptions) -> bytes:
    """Return the JSON list; an empty one when nothing is open."""
    shown = [one for one in worst_first(result.findings) if STATES.of(one) in _SEVERITIES]

    def list_of(findings: list[Finding]) -> bytes:
        return canonical_json([_entry(finding, result, options) for finding in findings])

    return bounded(shown, list_of)


def _entry(finding: Finding, result: Result, options: RenderOptions) -> dict[str, Any]:
    where = region_of(finding.place, result, options.path_prefix)
    return {
        "check_name": inert(finding.rule),
        "description": inert(announced(finding)),
        "fingerprint": _fingerprint(finding),
        "severity": STATES.of(finding),
        "location": {"path": where.path, "lines": {"begin": where.line, "end": where.end_line}},
        "categories": ["Production readiness"],
    }


def _fingerprint(finding: Finding) -> str:
    """Return an identity without line number: entries of equal fingerprint collapse into one."""
    identity = f"{finding.pack}/{finding.rule}/{finding.subject}/{finding.fingerprint}"
    return hashlib.sha256(identity.encode(errors="replace")).hexdigest()


FORMAT = Format(
    "gitlab",
    "GitLab code quality report",
    ".json",
    render_gitlab,
    shows_ways=False,
    mark=rb'\A\[(?:\]|\s*\{\s*"categories": \[\s*"Production readiness")',
    states=STATES,
)
