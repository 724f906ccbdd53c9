"""The catalogue's entries of what reports of scanners show."""

from __future__ import annotations

from poc_gate.model.fact import FactSpec, Kind
from poc_gate.model.fact_specs import SpecsOf

_FACTS = SpecsOf("observed", "name the scanner's report under `imports:`")
SEVERITIES = ("critical", "high", "medium", "low")


def scan_facts() -> tuple[FactSpec, ...]:
    """Return the facts that a scan shows and nobody types."""
    counts = tuple(
        _FACTS.number(f"scan.findings_{severity}", "1", 1e9, f"Findings of severity {severity} that the scan holds")
        for severity in SEVERITIES
    )  # fmt: skip
    return (
        *counts,
        _FACTS.stated("scan.of_packages", Kind.FLAG, "Packages were compared with a list of known vulnerabilities"),
        _FACTS.stated("scan.scope", Kind.TEXT, "What was scanned"),
        _FACTS.stated("scan.scanned_on", Kind.DATE, "Day of the scan"),
        _FACTS.stated("scan.tool", Kind.TEXT, "Scanner and its version"),
    )  # fmt: skip
