"""Result -> SARIF 2.1.0 as GitHub code scanning reads it: every rule listed, open and waived findings as results."""

from __future__ import annotations

import hashlib
import re
from typing import Any
from urllib.parse import quote

from poc_gate.model.finding import Finding, State
from poc_gate.model.verdict import Result
from poc_gate.report.interface import Format, RenderOptions
from poc_gate.report.lines.bounded_findings import bounded
from poc_gate.report.lines.markdown_text import markdown_prose
from poc_gate.report.lines.rule_address import rule_address
from poc_gate.report.machine.ci_places import region_of
from poc_gate.report.report_view import worst_first
from poc_gate.report.state_words import StateWords, by_severity
from poc_gate.text.documents.canonical_json import canonical_json
from poc_gate.text.inert_text import inert, inert_lines
from poc_gate.words.judged.findings import announced
from poc_gate.words.shown_values import price_of_fix

STATES = StateWords(
    {
        State.PASS: "no result; the rule is listed",
        State.FAIL: by_severity("error", "error", "warning", "note"),
        State.UNKNOWN: by_severity("error", "warning", "warning", "note"),
        State.NOT_APPLICABLE: "no result; the rule is listed",
        State.WAIVED: "note, suppressed",
        State.ERROR: "error",
    },
    due="note",
)

_SCHEMA = (
    "https://raw.githubusercontent.com/oasis-tcs/sarif-spec/main/sarif-2.1/schema/sarif-schema-2.1.0.json"
)
_LONGEST = 1000
"""GitHub cuts rule texts at 1,024 characters."""
_PLACEHOLDER = re.compile(r"\{(\d+)\}")
_SHOWN = (State.FAIL, State.UNKNOWN, State.ERROR, State.WAIVED)
_RANKS = {"blocker": "very-high", "high": "high", "medium": "medium", "low": "low"}


def render_sarif(result: Result, options: RenderOptions) -> bytes:
    """Return one run; keys sorted, no time stamps, so that the same result gives the same bytes."""
    rules = _rules(result, options.rule_pages)
    order = {rule["id"]: index for index, rule in enumerate(rules)}
    shown = [finding for finding in worst_first(result.findings) if finding.state in _SHOWN]
    return bounded(shown, lambda findings: _log(result, options, findings, (rules, order)))


def _log(
    result: Result,
    options: RenderOptions,
    shown: list[Finding],
    known: tuple[list[dict[str, Any]], dict[str, int]],
) -> bytes:
    rules, order = known
    run = {
        "tool": {
            "driver": {
                "name": "poc-gate",
                "semanticVersion": result.tool_version,
                "rules": rules,
            }
        },
        # Several manifests may be judged for one commit: the category keeps their alerts apart.
        "automationDetails": {"id": f"poc-gate/{inert(result.pilot)}/{inert(result.stage)}/"},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, result, options, order) for finding in shown],
        "properties": {
            "verdict": result.verdict.word.value,
            "label": result.verdict.label,
            **({"commit": inert(result.commit)} if result.commit else {}),
        },
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return canonical_json(log)


def _rules(result: Result, pages: str) -> list[dict[str, Any]]:
    """Return every rule that was judged, fired or not: an alert closes only when its rule is still listed."""
    firsts: dict[str, Finding] = {}
    for finding in sorted(result.findings, key=lambda f: (f.rule, f.subject)):
        firsts.setdefault(finding.rule, finding)
    return [_rule(finding, pages) for finding in firsts.values()]


def _rule(finding: Finding, pages: str) -> dict[str, Any]:
    """Return a rule with all that people need; an address only where one is known that they can open."""
    address = rule_address(pages, finding)
    what = _text(finding.what, finding.rule)
    why = _text(finding.why, finding.what)
    fix = _text(finding.fix, "Run `poc-gate explain` for the inputs and the value that would be enough.")
    tags = ["poc-gate", finding.dimension, f"pack/{inert(finding.pack)}"]
    tags += [f"external/{inert(r.framework)}/{inert(r.clause)}" for r in finding.references[:7]]
    markdown = f"**{markdown_prose(what)}**\n\n{markdown_prose(why)}\n\n**Fix:** {markdown_prose(fix)}"
    return {
        "id": inert(finding.rule),
        "name": _pascal(finding.rule),
        "shortDescription": {"text": what[:_LONGEST]},
        "fullDescription": {"text": why[:_LONGEST]},
        **({"helpUri": address} if address else {}),
        "help": {"text": f"{why}\n\nFix: {fix}", "markdown": markdown},
        "defaultConfiguration": {
            "level": "error" if finding.severity.value in {"blocker", "high"} else "warning"
        },
        "properties": {
            "tags": tags,
            "precision": "very-high",
            "problem.severity": "error" if finding.severity.value in {"blocker", "high"} else "warning",
            "severity": finding.severity.value,
        },
    }


def _text(text: str, instead: str) -> str:
    """Return inert text that is never empty: GitHub refuses empty texts."""
    return "\n".join(inert_lines(text)).strip() or "\n".join(inert_lines(instead)).strip() or "-"


def _pascal(rule: str) -> str:
    letters = "".join(part[:1].upper() + part[1:] for part in rule.replace(".", "-").split("-"))
    return "".join(c for c in letters if c.isalnum()) or "Rule"


def _result(
    finding: Finding, result: Result, options: RenderOptions, order: dict[str, int]
) -> dict[str, Any]:
    where = region_of(finding.place, result, options.path_prefix)
    level = STATES.of(finding).partition(",")[0]
    made: dict[str, Any] = {
        "ruleId": inert(finding.rule),
        "ruleIndex": order[inert(finding.rule)],
        "level": level,
        "message": {"text": _message(finding)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(where.path), "uriBaseId": "%SRCROOT%"},
                    "region": {
                        "startLine": where.line,
                        "startColumn": where.column,
                        "endLine": where.end_line,
                        "endColumn": where.end_column,
                    },
                }
            }
        ],
        "partialFingerprints": {"primaryLocationLineHash": _fingerprint(finding)},
        "rank": {"very-high": 100.0, "high": 75.0, "medium": 50.0, "low": 25.0}[
            _RANKS[finding.severity.value]
        ],
        "properties": {"state": finding.state.value, "severity": finding.severity.value},
    }
    if finding.due:
        made["properties"]["due"] = finding.due
    if finding.state is State.WAIVED:
        made["suppressions"] = [_suppression(finding, result)]
    return made


def _message(finding: Finding) -> str:
    text = _text(announced(finding), finding.rule)
    unknown = finding.state is State.UNKNOWN and finding.resolve
    step = "; ".join(finding.resolve) if unknown else finding.fix
    price = price_of_fix(finding)
    tail = f"\nNext: {inert(step)}{f' ({inert(price)})' if price else ''}" if step else ""
    return _literal(text + tail)


def _literal(text: str) -> str:
    """Return text for a SARIF message: `[words](target)` is a link there and `{0}` a placeholder."""
    return _PLACEHOLDER.sub(r"{{\1}}", text.replace("](", "]\\("))


def _fingerprint(finding: Finding) -> str:
    """Return a stable identity without line numbers; the host compares it over commits."""
    identity = finding.fingerprint or f"{finding.pack}/{finding.rule}/{finding.subject}"
    return f"{hashlib.sha256(identity.encode(errors='replace')).hexdigest()[:32]}:1"


def _suppression(finding: Finding, result: Result) -> dict[str, Any]:
    waiver = next((w for w in result.waivers if w.id == finding.waiver), None)
    if waiver is None:
        return {"kind": "external", "justification": f"waiver {inert(finding.waiver) or 'without id'}"}
    words = f"{waiver.reason} (owner {waiver.owner}, approved by {waiver.approver}, until {waiver.expires})"
    return {"kind": "external", "status": "accepted", "justification": inert(words)}


FORMAT = Format(
    "sarif",
    "SARIF 2.1.0 for code scanning",
    ".sarif",
    render_sarif,
    shows_ways=False,
    mark=rb'(?s)\A\{\s*"\$schema": "[^"]*sarif[^"]*".*"name": "poc-gate"',
    states=STATES,
)
