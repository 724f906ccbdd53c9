"""Findings of thousands of items -> a report that its reader can still open: the worst in full, the others counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from poc_gate.model.finding import Finding, State

MOST_BYTES = 5_000_000
"""Bytes of a report for people and code hosts: GitHub takes 10 MB of SARIF, spreadsheets open this at once."""
MOST_FINDINGS = 5_000
"""Findings that are worth rendering at first: GitHub shows so many of a SARIF file."""
_FEWEST = 200
_MOST_STEPS = 60
"""Next steps of one finding; a cell of a sheet holds 32,767 letters."""


def bounded(findings: Sequence[Finding], render: Callable[[list[Finding]], bytes]) -> bytes:
    """Return a report of findings that come the worst first, within `MOST_BYTES`.

    Of each rule the findings that are left out become one of their state that says how many they are, so that
    nothing that failed is ever missing.
    """
    shown = min(len(findings), MOST_FINDINGS)
    while True:
        content = render(_cut(findings, shown))
        if len(content) <= MOST_BYTES or shown <= _FEWEST:
            return content
        shown = max(_FEWEST, int(0.9 * shown * MOST_BYTES / len(content)))


def _cut(findings: Sequence[Finding], shown: int) -> list[Finding]:
    counts: dict[tuple[str, State, str, bool], int] = {}
    firsts: dict[tuple[str, State, str, bool], Finding] = {}
    for finding in findings[shown:]:
        key = (finding.rule, finding.state, finding.waiver, bool(finding.due))
        counts[key] = counts.get(key, 0) + 1
        firsts.setdefault(key, finding)
    return [
        *map(_shortened, findings[:shown]),
        *(_counted(firsts[key], number) for key, number in counts.items()),
    ]


def _shortened(finding: Finding) -> Finding:
    """Return a finding whose next steps name each of thousands of items with only the first of them."""
    rest = len(finding.resolve) - _MOST_STEPS
    if rest <= 1:
        return finding
    return replace(finding, resolve=(*finding.resolve[:_MOST_STEPS], f"and {rest:,} more steps of this kind"))


def _counted(first: Finding, number: int) -> Finding:
    """Return one finding that stands for several; where it is the only one, itself."""
    if number == 1:
        return _shortened(first)
    said = f"{number:,} more of this rule are left out here, state {first.state.value}; `--format json` has each. "
    return replace(
        first, subject=f"{first.subject.partition('[')[0] or 'others'}[left out, {first.state.value}]", message=f"{said}The first: {first.message}",
        value=None, limit=None, margin=None, inputs=(), formula="", resolve=first.resolve[:1],
        fingerprint="",
    )  # fmt: skip
