"""Reports of secret scanners -> a measured count: gitleaks, trufflehog, detect-secrets, SARIF, or a record around one.

A report counts as measured when it says which tool in which version looked, and when and at which commit: its own
words, those of a record that names it, or the commit that brought the file in. Otherwise our own scan decides, and
a note says what the report lacks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from poc_gate.model.claim import Evidence
from poc_gate.model.measurement import Measurement
from poc_gate.model.quantity import DIMENSIONLESS, Quantity

FACT = "security.secrets_found"
MOST_DAYS = 30
"""Age from which a report says nothing on the repository of today (the rule's own limit)."""
_MOST_PLACES = 5000
_UNSTATED = "of a version its report does not state"
"""The JSON of gitleaks and trufflehog never names the version; SARIF and a record do."""


class Report(Struct, frozen=True):
    """What a scanner reported."""

    tool: str
    version: str = ""
    on: str = ""
    """ISO 8601 date of the scan."""
    commit: str = ""
    scope: str = ""
    places: tuple[tuple[str, int, str], ...] = ()
    """File, line and kind of each finding; the secrets themselves are never read."""
    set_aside: int = 0
    """Findings that a person marked as none."""
    count: int | None = None
    """Findings as a record counts them, where the report itself is not at hand."""


def read_report(content: object) -> Report | None:
    """Return what parsed data of a scanner's report say; None when they are not such reports."""
    if isinstance(content, Mapping):
        for reader in (_of_record, _of_sarif, _of_detect_secrets):
            if (found := reader(content)) is not None:
                return found
        content = [content]
    if isinstance(content, list):
        rows = [row for row in content if isinstance(row, Mapping)]
        return _of_gitleaks(rows) or _of_trufflehog(rows) or _of_old_trufflehog(rows)
    return None


def _of_record(content: Mapping[str, object]) -> Report | None:
    scan = content.get("scan")
    if not isinstance(scan, Mapping) or not scan.get("tool"):
        return None
    if not isinstance(scan.get("report"), Mapping | list):
        return (
            None  # a typed record without the raw report is a claim, and decided as the rule decides records
        )
    inner = read_report(scan["report"])
    findings, scope = scan.get("findings"), scan.get("scope", "")
    return Report(
        _text(scan, "tool"), _text(scan, "version"), _text(scan, "run_on")[:10], _text(scan, "commit"),
        ", ".join(map(str, scope)) if isinstance(scope, list) else str(scope),
        inner.places if inner else (), inner.set_aside if inner else 0,
        findings if isinstance(findings, int) and not isinstance(findings, bool) else None,
    )  # fmt: skip


def _of_sarif(content: Mapping[str, object]) -> Report | None:
    runs = content.get("runs")
    if not isinstance(runs, list) or "version" not in content:
        return None
    for run in runs[:50]:
        driver = _below(run, "tool", "driver")
        name = _text(driver, "name")
        if not re.search(
            r"(?i)leaks|truffle|secret|kingfisher|ggshield|talisman|whispers|noseyparker|titus", name
        ):
            continue
        results = [row for row in _rows(run, "results") if not _rows(row, "suppressions")]
        places = tuple(_sarif_place(row) for row in results[:_MOST_PLACES])
        invocation = (_rows(run, "invocations") or [{}])[0]
        source = (_rows(run, "versionControlProvenance") or [{}])[0]
        on = _text(invocation, "endTimeUtc") or _text(invocation, "startTimeUtc")
        version = _text(driver, "semanticVersion") or _text(driver, "version")
        return Report(
            name,
            version,
            on[:10],
            _text(source, "revisionId"),
            _text(source, "repositoryUri"),
            places,
            len(_rows(run, "results")) - len(results),
        )
    return None


def _sarif_place(row: Mapping[str, object]) -> tuple[str, int, str]:
    location = _below((_rows(row, "locations") or [{}])[0], "physicalLocation")
    line = _below(location, "region").get("startLine")
    return (
        _text(_below(location, "artifactLocation"), "uri"),
        line if isinstance(line, int) else 0,
        _text(row, "ruleId"),
    )


def _of_detect_secrets(content: Mapping[str, object]) -> Report | None:
    results = content.get("results")
    if not isinstance(results, Mapping) or "plugins_used" not in content:
        return None
    places: list[tuple[str, int, str]] = []
    aside = 0
    for file, rows in results.items():
        for row in rows if isinstance(rows, list) else []:
            if isinstance(row, Mapping) and row.get("is_secret") is False:
                aside += 1
            elif isinstance(row, Mapping):
                line = row.get("line_number")
                places.append((str(file), line if isinstance(line, int) else 0, _text(row, "type")))
    return Report(
        "detect-secrets",
        _text(content, "version"),
        _text(content, "generated_at")[:10],
        places=tuple(places[:_MOST_PLACES]),
        set_aside=aside,
    )


def _of_gitleaks(rows: list[Mapping[str, object]]) -> Report | None:
    if not rows or not all("RuleID" in row and "Fingerprint" in row for row in rows[:50]):
        return None
    places = tuple(
        (_text(row, "File"), _line(row, "StartLine"), _text(row, "RuleID")) for row in rows[:_MOST_PLACES]
    )
    return Report("gitleaks", _UNSTATED, places=places)


def _of_trufflehog(rows: list[Mapping[str, object]]) -> Report | None:
    found = [row for row in rows if "DetectorName" in row and "SourceMetadata" in row]
    if not found:
        return None
    places: list[tuple[str, int, str]] = []
    commits: set[str] = set()
    for row in found[:_MOST_PLACES]:
        data = _below(row, "SourceMetadata", "Data")
        inner = next((value for value in data.values() if isinstance(value, Mapping)), {})
        commits.add(_text(inner, "commit"))
        places.append((_text(inner, "file"), _line(inner, "line"), _text(row, "DetectorName")))
    return Report("trufflehog", _UNSTATED, places=tuple(places))


def _of_old_trufflehog(rows: list[Mapping[str, object]]) -> Report | None:
    """Read what trufflehog 2 writes, and later ones with `--json-legacy`: a row for each commit, file and kind.

    The diff and the texts that were found hold the secrets; only how many there are is looked at.
    """
    found = [row for row in rows if {"stringsFound", "commitHash", "path", "reason"} <= row.keys()]
    if not found:
        return None
    places: list[tuple[str, int, str]] = []
    for row in found[:_MOST_PLACES]:
        strings = row["stringsFound"]
        many = len(set(map(str, strings))) if isinstance(strings, list) else 1
        places += [(_text(row, "path"), 0, _text(row, "reason"))] * max(1, many)
    return Report("trufflehog", _UNSTATED, places=tuple(places[:_MOST_PLACES]))


def _text(row: object, key: str) -> str:
    value = row.get(key) if isinstance(row, Mapping) else None
    return str(value)[:400] if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _line(row: Mapping[str, object], key: str) -> int:
    value = row.get(key)
    return value if isinstance(value, int) and 0 <= value < 10**9 else 0


def _below(row: object, *keys: str) -> Mapping[str, object]:
    for key in keys:
        row = row.get(key) if isinstance(row, Mapping) else None
    return row if isinstance(row, Mapping) else {}


def _rows(row: object, key: str) -> list[Mapping[str, object]]:
    value = row.get(key) if isinstance(row, Mapping) else None
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def why_not_measured(report: Report, evidence: Evidence, *, today: str, head: str) -> str:
    """Return why a report does not count as measured, in words, or an empty text.

    `head` is the commit that is checked out; a report on another one says nothing on this state. Where a report
    names no date or commit of its own, those of the commit that brought the file in stand for them.
    """
    on, commit = _day(report, evidence), report.commit or (head if evidence.committed_at else "")
    missing = [
        word for word, value in (("version", report.version), ("date", on), ("commit", commit)) if not value
    ]
    if missing:
        return f"it does not say {' and '.join(missing)}"
    if not _within(on, today):
        return f"it is of {on}, over {MOST_DAYS} days old or in the future"
    if head and not (head.startswith(commit) or commit.startswith(head)):
        return f"it looked at commit {commit[:10]}, and {head[:10]} is checked out"
    return ""


def _day(report: Report, evidence: Evidence) -> str:
    return (report.on or evidence.committed_at or evidence.observed_at)[:10]


def count_of(report: Report, evidence: Evidence, more: int) -> Measurement:
    """Return a report's count as a measurement; `more` are secrets that were read here beside it."""
    count = float(
        (len(report.places) if report.count is None else max(report.count, len(report.places))) + more
    )
    what = f"{report.tool} {report.version} over {report.scope or 'the repository'} at commit {report.commit[:10] or 'of the report'}"
    aside = f"; {report.set_aside} findings were dismissed by a person" if report.set_aside else ""
    return Measurement(
        FACT, Quantity(count, DIMENSIONLESS), DIMENSIONLESS, samples=(count,), median=count,
        method=what + aside, source=f"report of {report.tool} of {_day(report, evidence)}",
    )  # fmt: skip


def _within(on: str, today: str) -> bool:
    from datetime import date

    try:
        days = (date.fromisoformat(today[:10]) - date.fromisoformat(on)).days
    except ValueError:
        return False
    return 0 <= days <= MOST_DAYS
