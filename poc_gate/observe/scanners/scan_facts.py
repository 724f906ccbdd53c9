"""The catalogue's entries of what reports of scanners show."""

from __future__ import annotations

from poc_gate.model.fact import FactSpec, Kind

_RESOLVE = "name the scanner's report under `imports:`"
SEVERITIES = ("critical", "high", "medium", "low")


def scan_facts() -> tuple[FactSpec, ...]:
    """Return the facts that a scan shows and nobody types."""
    counts = tuple(
        FactSpec(
            name=f"scan.findings_{severity}", kind=Kind.QUANTITY, unit="1", low=0, high=1e9, origin="observed",
            meaning=f"Findings of severity {severity} that the scan holds", resolve=_RESOLVE,
        )
        for severity in SEVERITIES
    )  # fmt: skip
    return (
        *counts,
        FactSpec(
            name="scan.of_packages", kind=Kind.FLAG, origin="observed", resolve=_RESOLVE,
            meaning="Packages were held against a list of known flaws",
        ),
        FactSpec(name="scan.scope", kind=Kind.TEXT, meaning="What was scanned", origin="observed", resolve=_RESOLVE),
        FactSpec(name="scan.scanned_on", kind=Kind.DATE, meaning="Day of the scan", origin="observed", resolve=_RESOLVE),
        FactSpec(name="scan.tool", kind=Kind.TEXT, meaning="Scanner and its version", origin="observed", resolve=_RESOLVE),
    )  # fmt: skip
