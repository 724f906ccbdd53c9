"""SARIF 2.1.0 of any scanner -> findings by severity.

The severity is the rule's `security-severity` (CVSS from 0 to 10) where it has one, else the result's level: an error is
high, a warning medium, a note low. Suppressed results are set aside. SARIF seldom says what was scanned.
Of a linter only what it says about security counts: its errors are matters of style and correctness.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.interface import Head, Observer
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.plain_values import amount, count, items, mapping, parse_whole, text
from poc_gate.inputs.observe.scanners.conclude_scan import ScanReport, conclude

_FLAW = re.compile(r"\b(?:CVE-\d{4}-\d+|GHSA(?:-[a-z0-9]{4}){3})\b", re.IGNORECASE)
_OF_PACKAGES = re.compile(
    r"trivy|grype|snyk (?:open source|container)|osv-scanner|clair|anchore|docker scout", re.IGNORECASE
)
"""Scanners that hold packages against lists of known vulnerabilities, by the name that they give themselves."""
_LINTERS = re.compile(
    r"ruff|flake8|pylint|pycodestyle|pyflakes|eslint|biome|oxlint|stylelint|tslint|shellcheck|hadolint|clang-tidy|cppcheck"
    r"|golangci-lint|revive|staticcheck|checkstyle|pmd|ktlint|detekt|rubocop|mypy|pyright|markdownlint|yamllint|actionlint"
    r"|clippy|psalm|phpstan|swiftlint|vale|sqlfluff|tflint|ansible-lint",
    re.IGNORECASE,
)
"""Tools that look for faults of style and correctness, by the name that they give themselves."""
_ABOUT_SECURITY = re.compile(
    r"\bS\d{3}\b|\bsecurity\b|\bCWE-\d+|\bCVE-\d{4}|\bG\d{3}\b|\bgosec\b", re.IGNORECASE
)
"""In a linter's rule or its tags: Ruff's and flake8's S rules are those of Bandit, G rules those of gosec."""
_LEVELS = {"error": "high", "warning": "medium", "note": "low", "none": ""}


def _sniff(head: Head) -> bool:
    return (
        head.is_json and head.has("runs") and (head.has("driver") or b"sarif" in head.content[:4000].lower())
    )


def _read(stream: PackedStream, finds: Finds) -> None:
    runs = [mapping(one) for one in items(parse_whole(stream, "SARIF log").get("runs"))]
    runs = [one for one in runs if one]
    if not runs:
        finds.must_not("the log contains no run: nobody looked")
        return
    tools = sorted({text(mapping(one, "tool", "driver").get("name")) for one in runs})
    if len(tools) > 1:
        finds.ask(
            f"the log holds runs of {len(tools)} tools ({', '.join(tools[:5])})",
            "write a log for each of them",
        )
        return
    scans = [_scan(one) for one in runs]
    last = scans[-1]
    looked = [one.looked for one in scans]
    conclude(ScanReport(
        last.tool, last.version, max(one.ended for one in scans), "; ".join(sorted({one.scope for one in scans} - {""}))[:280],
        None if None in looked else sum(many or 0 for many in looked), tuple(found for one in scans for found in one.findings),
        sum(one.set_aside for one in scans), any(one.of_packages for one in scans), next((one.failed for one in scans if one.failed), ""),
        sum(one.style for one in scans),
    ), finds)  # fmt: skip


def _scan(run: Mapping[str, object]) -> ScanReport:
    driver = mapping(run, "tool", "driver")
    rules = [mapping(one) for one in items(driver.get("rules"))]
    named = {text(rule.get("id")): rule for rule in rules}
    findings: list[tuple[str, str]] = []
    aside = style = 0
    linter = bool(_LINTERS.fullmatch(text(driver.get("name"))))
    for result in map(mapping, items(run.get("results"))):
        if result.get("suppressions"):
            aside += 1
            continue
        at = count(result.get("ruleIndex"))
        rule = named.get(text(result.get("ruleId"))) or (
            rules[at] if at is not None and at < len(rules) else {}
        )
        if linter and not _about_security(result, rule):
            style += 1
            continue
        findings.append(
            (
                _severity(result, rule),
                f"{text(result.get('ruleId')) or text(rule.get('id'))}\x00{_place(result)}",
            )
        )
    calls = [mapping(one) for one in items(run.get("invocations"))]
    broken = next((one for one in calls if one.get("executionSuccessful") is False), None)
    ended = max((text(one.get("endTimeUtc")) or text(one.get("startTimeUtc")) for one in calls), default="")
    source = mapping((items(run.get("versionControlProvenance")) or [None])[0])
    commit = text(source.get("revisionId"))[:12]
    scope = " at ".join(filter(None, (text(source.get("repositoryUri")), commit))) or text(
        mapping(run.get("automationDetails")).get("id")
    )
    artifacts = items(run.get("artifacts"))
    version = text(driver.get("semanticVersion")) or text(driver.get("version"))
    return ScanReport(
        text(driver.get("name")), version, ended, scope, len(artifacts) or None, tuple(findings), aside,
        bool(_OF_PACKAGES.search(text(driver.get("name")))) or any(_FLAW.search(identity) for _, identity in findings),
        text(broken.get("exitCodeDescription"))[:80] or "its own log says so" if broken is not None else "",
        style,
    )  # fmt: skip


def _about_security(result: Mapping[str, object], rule: Mapping[str, object]) -> bool:
    """Tell whether a linter's result is about security: by its score, its rule, or the tags of either."""
    properties = [mapping(one.get("properties")) for one in (result, rule)]
    tags = " ".join(text(tag) for one in properties for tag in items(one.get("tags")))
    named = f"{text(result.get('ruleId'))} {text(rule.get('id'))} {text(rule.get('name'))} {tags}"
    return any("security-severity" in one for one in properties) or bool(_ABOUT_SECURITY.search(named))


def _severity(result: Mapping[str, object], rule: Mapping[str, object]) -> str:
    for owner in (result, rule):
        raw = mapping(owner.get("properties")).get("security-severity")
        try:
            score = amount(float(raw)) if isinstance(raw, str | int | float) else None
        except ValueError:
            score = None
        if score is not None and score <= 10:
            return "critical" if score >= 9 else "high" if score >= 7 else "medium" if score >= 4 else "low"
    level = (
        text(result.get("level")) or text(mapping(rule.get("defaultConfiguration")).get("level")) or "warning"
    )
    return _LEVELS.get(level, "")


def _place(result: Mapping[str, object]) -> str:
    where = mapping(mapping((items(result.get("locations")) or [None])[0]).get("physicalLocation"))
    region = mapping(where.get("region"))
    return f"{text(mapping(where.get('artifactLocation')).get('uri'))}:{region.get('startLine')}:{region.get('startColumn')}"


OBSERVER = Observer(
    name="sarif",
    summary="SARIF 2.1.0 of any scanner",
    group="scan",
    sniff=_sniff,
    read=_read,
    patterns=("*.sarif", "*.sarif.json"),
    versions="ruff 0.17.6, bandit 1.9.4",
)
