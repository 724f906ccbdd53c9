"""Result -> JUnit XML in the dialect that GitLab and Jenkins both show: one test case a finding."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from poc_gate.model.finding import Finding, State
from poc_gate.model.rule import DIMENSIONS
from poc_gate.model.verdict import Result
from poc_gate.report.interface import Format, RenderOptions
from poc_gate.report.lines.bounded_findings import bounded
from poc_gate.report.report_view import worst_first
from poc_gate.report.state_words import StateWords, by_severity
from poc_gate.text.inert_text import inert
from poc_gate.words.shown_values import price_of_fix

STATES = StateWords(
    {
        State.PASS: "testcase",
        State.FAIL: by_severity("failure", "failure", "skipped", "skipped"),
        State.UNKNOWN: by_severity("failure", "failure", "skipped", "skipped"),
        State.NOT_APPLICABLE: "skipped",
        State.WAIVED: "skipped",
        State.ERROR: by_severity("error", "error", "skipped", "skipped"),
    },
    due="skipped",
)
"""A test is red only for what holds the verdict down, so that a GO has no red test."""

_COUNTED = {"failure": "failures", "error": "errors", "skipped": "skipped"}


def render_junit(result: Result, options: RenderOptions) -> bytes:
    """Return one suite per dimension.

    GitLab shows `classname` as the suite and drops later cases of the same name, so `classname` is the
    dimension and `name` the rule with its subject, unique by construction of the findings.
    """
    del options
    return bounded(worst_first(result.findings), lambda findings: _suites(result, findings))


def _suites(result: Result, findings: list[Finding]) -> bytes:
    root = ET.Element("testsuites", {"name": f"poc-gate {inert(result.pilot)} {result.verdict.word.value}"})
    totals = dict.fromkeys(("tests", *_COUNTED.values()), 0)
    for key in _dimension_keys(result):
        found = [finding for finding in findings if finding.dimension == key]
        for name, number in _suite(root, key, found).items():
            totals[name] += number
    for name, number in totals.items():
        if name != "skipped":  # the schemas of Jenkins count skipped cases by suite only
            root.set(name, str(number))
    ET.indent(root)
    body: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'.encode(errors="replace")


def _dimension_keys(result: Result) -> list[str]:
    others = sorted({finding.dimension for finding in result.findings} - set(DIMENSIONS))
    return [key for key in DIMENSIONS if any(f.dimension == key for f in result.findings)] + others


def _suite(root: ET.Element, key: str, found: list[Finding]) -> dict[str, int]:
    suite = ET.SubElement(root, "testsuite", {"name": inert(DIMENSIONS.get(key, key))})
    counts = dict.fromkeys(("tests", *_COUNTED.values()), 0)
    counts["tests"] = len(found)
    for finding in found:
        kind = STATES.of(finding)
        if kind in _COUNTED:
            counts[_COUNTED[kind]] += 1
        _case(suite, finding, kind)
    for name, number in counts.items():
        suite.set(name, str(number))
    suite.set("time", "0")
    return counts


def _case(suite: ET.Element, finding: Finding, kind: str) -> None:
    names = {
        "classname": inert(finding.dimension),
        "name": inert(f"{finding.rule} {finding.subject}".strip()),
        "time": "0",
    }
    case = ET.SubElement(suite, "testcase", names)
    if kind not in _COUNTED:
        return
    said = inert(_headline(finding))
    child = ET.SubElement(case, kind, {"message": said})
    if kind == "skipped":
        return
    child.set("type", finding.state.value)
    child.text = "\n".join(inert(row) for row in _body(finding))


def _headline(finding: Finding) -> str:
    if finding.due and finding.state in (State.FAIL, State.UNKNOWN):
        return f"binds from {finding.due}: {finding.message}"
    if finding.state in (State.FAIL, State.UNKNOWN, State.ERROR) and STATES.of(finding) == "skipped":
        return f"advice at this stage, {finding.state.value}: {finding.message}"
    if finding.state is State.WAIVED:
        return f"waived by {finding.waiver}: {finding.message}"
    return finding.message


def _body(finding: Finding) -> list[str]:
    price = price_of_fix(finding)
    rows = [f"{finding.severity.value}: {finding.message}", finding.what]
    rows += [finding.formula] if finding.formula else []
    rows += [f"next: {step}" for step in finding.resolve]
    rows += [f"fix: {finding.fix}{f' ({price})' if price else ''}"] if finding.fix else []
    return [*rows, f"at {finding.place}"]


FORMAT = Format(
    "junit",
    "JUnit XML for GitLab, Jenkins and others",
    ".xml",
    render_junit,
    shows_ways=False,
    mark=rb'\A<\?xml[^>]*>\s*<testsuites name="poc-gate ',
    states=STATES,
)
