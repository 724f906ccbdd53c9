"""Result -> workflow commands of GitHub Actions: annotations at file and line, worst first."""

from __future__ import annotations

import hashlib

from poc_gate.model.finding import Finding, State
from poc_gate.model.verdict import Result
from poc_gate.report.interface import Format, RenderOptions
from poc_gate.report.lines.terminal_lines import plain
from poc_gate.report.machine.ci_places import region_of
from poc_gate.report.report_view import worst_first
from poc_gate.report.state_words import StateWords, by_severity
from poc_gate.report.terminal.terminal_layout import lay_out
from poc_gate.text.inert_text import inert
from poc_gate.words.judged.findings import announced

STATES = StateWords(
    {
        State.PASS: "no annotation",
        State.FAIL: by_severity("error", "error", "warning", "notice"),
        State.UNKNOWN: by_severity("error", "warning", "warning", "notice"),
        State.NOT_APPLICABLE: "no annotation",
        State.WAIVED: "notice",
        State.ERROR: "error",
    },
    due="notice",
)

_PER_KIND = 10
"""GitHub shows about ten annotations of each kind per step; the worst come first."""
_KINDS = ("error", "warning", "notice")


def render_github(result: Result, options: RenderOptions) -> bytes:
    """Return the terminal report with commands switched off around it, then the annotations.

    Text of a manifest can never start a command: the report stands between `stop-commands` and a token
    that is the digest of the report itself, which no text inside it can contain; annotations escape
    what ends a command or a property.
    """
    report = "\n".join(plain(row) for row in lay_out(result, options))
    token = hashlib.sha256(report.encode(errors="replace")).hexdigest()
    lines = [f"::stop-commands::{token}", report, f"::{token}::", *_annotations(result, options)]
    return ("\n".join(lines) + "\n").encode(errors="replace")


def _annotations(result: Result, options: RenderOptions) -> list[str]:
    found: dict[str, list[Finding]] = {kind: [] for kind in _KINDS}
    for finding in worst_first(result.findings):
        kind = STATES.of(finding)
        if kind in found:
            found[kind].append(finding)
    # The line that tells of the others is an annotation too.
    most = {"error": _PER_KIND, "warning": _PER_KIND, "notice": _PER_KIND - 1}
    left = sum(max(len(findings) - most[kind], 0) for kind, findings in found.items())
    lines = [
        _annotation(kind, finding, result, options)
        for kind, findings in found.items()
        for finding in findings[: most[kind]]
    ]
    if left:
        lines.append(f"::notice title=poc-gate::{left} more findings are in the log and the summary")
    return lines


def _annotation(kind: str, finding: Finding, result: Result, options: RenderOptions) -> str:
    where = region_of(finding.place, result, options.path_prefix)
    title = f"{finding.rule} {finding.subject}".strip()
    places = {"file": where.path, "line": str(where.line), "endLine": str(where.end_line)}
    if where.end_line == where.line:
        # Columns are only read when the region stays on one line.
        places |= {"col": str(where.column), "endColumn": str(where.end_column)}
    properties = ",".join(f"{key}={_property(value)}" for key, value in (places | {"title": title}).items())
    return f"::{kind} {properties}::{_data(announced(finding))}"


def _data(text: str) -> str:
    """Escape a command's message as the runner unescapes it."""
    return inert(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape a command's property as the runner unescapes it."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMAT = Format(
    "github",
    "log and annotations of GitHub Actions",
    ".txt",
    render_github,
    shows_ways=False,
    mark=rb"\A::stop-commands::[0-9a-f]{64}\n",
    states=STATES,
)
