"""One scan -> findings by severity, each counted once, and what a report without findings does not prove."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.scanners.scan_facts import SEVERITIES
from poc_gate.model.observation import Origin

_PAIR = re.compile(r"(version|ended|scope)\s*=\s*([^,;]+)")


class ScanReport(Struct, frozen=True):
    """What a report says; what it does not say stays empty."""

    tool: str
    version: str = ""
    ended: str = ""
    scope: str = ""
    """What was looked at: an image, a folder, a repository."""
    looked: int | None = None
    """Packages, files or targets that were looked at; None where the report does not say."""
    findings: tuple[tuple[str, str], ...] = ()
    """Severity in small letters, and what makes a finding one: rule, package, place."""
    set_aside: int = 0
    """Findings that somebody suppressed or ignored."""
    of_packages: bool = False
    """Whether packages were held against a list of known vulnerabilities; a scan of code says nothing about those."""
    failed: str = ""
    """Why the scan did not end as it should."""
    style: int = 0
    """Results of a linter that say nothing about security."""


def conclude(scan: ScanReport, finds: Finds) -> None:
    """Add to the finds what a scan shows; one that failed, or does not say what it looked at, states no counts."""
    said = {name: value.strip() for name, value in _PAIR.findall(finds.option)}
    scope = scan.scope or said.get("scope", "")
    finds.origin = Origin(
        scan.tool, scan.version or said.get("version", ""), scan.ended or said.get("ended", ""), scope
    )
    distinct = {identity: severity for severity, identity in scan.findings}
    finds.samples = scan.looked if scan.looked is not None else len(distinct)
    finds.details["findings"] = _table(distinct.values())
    if scan.set_aside:
        finds.must_not(f"{scan.set_aside:,} findings were suppressed or ignored, and are in no count")
    if _proves_nothing(scan, bool(distinct), scope, finds):
        return
    unknown = sum(severity not in SEVERITIES for severity in distinct.values())
    if unknown:
        finds.must_not(f"{unknown:,} findings have no severity, and are in no count")
    samples = max(1, finds.samples)
    for severity in SEVERITIES:
        many = sum(one == severity for one in distinct.values())
        finds.observe(
            f"scan.findings_{severity}", many, samples=samples, method="findings, each counted once"
        )
    finds.observe(
        "scan.of_packages", scan.of_packages, samples=samples, method="by the tool and by what it lists"
    )
    if not scan.of_packages:
        finds.must_not(
            "the scan looked at code or settings: it says nothing about known vulnerabilities of packages and images"
        )
    finds.observe("scan.tool", " ".join(filter(None, (scan.tool, finds.origin.version))), samples=samples)
    if scope:
        finds.observe("scan.scope", scope, samples=samples)
    if finds.origin.observed_at[:10]:
        finds.observe("scan.scanned_on", finds.origin.observed_at[:10], samples=samples)
    lacking = [one for one in finds.origin.lacking() if one != "the tool"]
    if lacking:
        step = "give it in the option of the import: `version=..., ended=2026-11-28, scope=...`"
        finds.ask(
            f"the report does not give {', '.join(lacking)}, so it counts as imported, not as measured",
            step,
        )


def _table(severities: Iterable[str]) -> dict[str, int]:
    table: dict[str, int] = {}
    for severity in severities:
        table[severity or "unknown"] = table.get(severity or "unknown", 0) + 1
    return dict(sorted(table.items()))


def _proves_nothing(scan: ScanReport, found: bool, scope: str, finds: Finds) -> bool:
    """Tell whether a scan states no counts, and say why."""
    if scan.style:
        finds.must_not(
            f"{scan.style:,} results of {scan.tool} are about style or correctness, not security, and are in no count"
        )
        if not found:
            return True
    if scan.failed:
        finds.must_not(
            f"the scan did not end as it should ({scan.failed}): what it did not reach is not clean"
        )
        return True
    if not found and not scope:
        finds.must_not(
            "the report contains no finding and does not say what was scanned: it proves nothing",
            next_step="scan again with a format that names the target, or say `scope=...` in the option of the import",
        )
        return True
    if not found and scan.looked == 0:
        finds.must_not(
            f"the scanner recognised nothing in {scope[:120]}: no lock file, package or manifest; clean it is not"
        )
        return True
    return False
