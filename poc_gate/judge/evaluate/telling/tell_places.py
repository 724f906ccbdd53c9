"""Findings on what was counted -> the same findings with the places of what was counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from poc_gate.judge.packs.pack_set import PackSet
from poc_gate.model.finding import Finding
from poc_gate.model.parts.reason import ReasonKind
from poc_gate.model.parts.seen_places import SeenPlaces
from poc_gate.words.judged.places import not_counted

_COUNTING = frozenset({ReasonKind.COMPARED, ReasonKind.DIFFERS, ReasonKind.BROKEN})


def tell_places(
    findings: Sequence[Finding], places: Sequence[SeenPlaces], packs: PackSet
) -> Iterator[Finding]:
    """Yield the findings; those of rules that read a counted fact name its places, and point at the first."""
    seen = {one.fact: one for one in places if one.counted or one.beside}
    for finding in findings:
        rule = packs.find(finding.rule) if seen else None
        read = [seen[fact] for fact in rule.given.values() if fact in seen] if rule is not None else []
        yield _told(finding, read[0]) if read else finding


def _told(finding: Finding, seen: SeenPlaces) -> Finding:
    if seen.beside:
        note = not_counted(seen.why, seen.beside)
        finding = replace(finding, evidence_notes=(*finding.evidence_notes, note))
    if not seen.counted:
        return finding
    reason = finding.reason
    if reason is not None and reason.kind in _COUNTING:
        reason = replace(reason, notes=seen.counted)
    return replace(finding, reason=reason, place=seen.first or finding.place)
