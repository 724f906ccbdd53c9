"""Result -> CSV, one finding per row, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from math import isfinite

from poc_gate.model.finding import Finding, State
from poc_gate.model.verdict import Result
from poc_gate.report.interface import Format, RenderOptions
from poc_gate.report.lines.bounded_findings import bounded
from poc_gate.report.lines.sheet_cells import cell
from poc_gate.report.report_view import worst_first
from poc_gate.report.state_words import StateWords
from poc_gate.words.shown_values import show_value

STATES = StateWords(
    {
        State.PASS: "pass",
        State.FAIL: "fail",
        State.UNKNOWN: "unknown",
        State.NOT_APPLICABLE: "not-applicable",
        State.WAIVED: "waived",
        State.ERROR: "error",
    },
    due="the state, and the date in its own column",
)

COLUMNS = (
    "rule", "pack", "subject", "state", "severity", "dimension", "message", "value", "limit", "margin", "required",
    "held", "file", "line", "column", "owner", "effort", "cost", "fix", "resolve", "due", "waiver", "fingerprint",
)  # fmt: skip


def render_csv(result: Result, options: RenderOptions) -> bytes:
    """Return UTF-8 with a byte-order mark, which spreadsheets need to read it as such, and CRLF (RFC 4180)."""
    del options

    def sheet_of(findings: list[Finding]) -> bytes:
        sheet = io.StringIO(newline="")
        writer = csv.writer(sheet, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for finding in findings:
            writer.writerow([cell(text) for text in _row(finding, result.currency)])
        return sheet.getvalue().encode("utf-8-sig", errors="replace")

    return bounded(worst_first(result.findings), sheet_of)


def _row(finding: Finding, currency: str) -> list[str]:
    place = finding.place
    return [
        finding.rule, finding.pack, finding.subject, finding.state.value, finding.severity.value, finding.dimension,
        finding.message,
        "" if finding.value is None else show_value(finding.value, currency),
        "" if finding.limit is None else show_value(finding.limit, currency),
        "" if finding.margin is None or not isfinite(finding.margin) else repr(round(finding.margin, 6)),
        finding.required.value, finding.held.value if finding.held else "",
        place.file, str(place.line or ""), str(place.column or ""),
        finding.owner, finding.effort, finding.cost, finding.fix, "; ".join(finding.resolve), finding.due,
        finding.waiver, finding.fingerprint,
    ]  # fmt: skip


FORMAT = Format(
    "csv",
    "one finding per row, for spreadsheets",
    ".csv",
    render_csv,
    shows_ways=False,
    mark=rb'\A(?:\xef\xbb\xbf)?"rule","pack","subject","state",',
    states=STATES,
)
