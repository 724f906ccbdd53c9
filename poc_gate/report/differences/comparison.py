"""Two results -> what changed between them: verdict, findings, facts, packs and machine, each apart."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from msgspec import Struct

from poc_gate.model.fact import Fact, intervals_meet
from poc_gate.model.finding import Finding, State
from poc_gate.model.parts.pack_use import PackUse
from poc_gate.model.rule import SEVERITY_RANK
from poc_gate.model.verdict import EXIT_OF_WORD, MachineSummary, Result
from poc_gate.words.shown_values import (
    STATE_WORD,
    show_commit,
    show_margin,
    show_percent,
    show_score,
    show_value,
)

T = TypeVar("T")
_RANK = {
    State.PASS: 4,
    State.NOT_APPLICABLE: 3,
    State.WAIVED: 2,
    State.UNKNOWN: 1,
    State.ERROR: 1,
    State.FAIL: 0,
}
"""How good a state is; only a pass is proof, and unknown is better than fail but never good."""


class Change(Struct, frozen=True):
    """One thing that differs."""

    name: str
    before: str
    after: str
    direction: str
    """`better`, `worse`, `new`, `gone` or `changed`."""
    place: str = ""
    note: str = ""


class Comparison(Struct, frozen=True):
    """All differences between two results, by kind."""

    base: str
    head: str
    verdict: tuple[Change, ...]
    findings: tuple[Change, ...]
    facts: tuple[Change, ...]
    packs: tuple[Change, ...]
    machine: tuple[Change, ...]

    @property
    def kinds(self) -> Mapping[str, tuple[Change, ...]]:
        """The kinds in reading order, each with its changes."""
        return {
            "verdict": self.verdict,
            "findings": self.findings,
            "facts": self.facts,
            "packs": self.packs,
            "machine": self.machine,
        }

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not any(self.kinds.values())


def compare_results(base: Result, head: Result) -> Comparison:
    """Return what changed from `base` to `head`; positions in files are not compared, only what they say."""
    return Comparison(
        base=_named(base),
        head=_named(head),
        verdict=tuple(_verdict_changes(base, head)),
        findings=tuple(_finding_changes(base, head)),
        facts=tuple(_fact_changes(base, head)),
        packs=tuple(_pack_changes(base.packs, head.packs)),
        machine=tuple(_machine_changes(base.machine, head.machine)),
    )


def _named(result: Result) -> str:
    commit = f", commit {show_commit(result.commit)}" if result.commit else ""
    return f"{result.pilot}, {result.assessed_on}{commit}"


def _pairs(
    base: Iterable[T], head: Iterable[T], key: Callable[[T], str]
) -> Iterable[tuple[str, T | None, T | None]]:
    before = {key(item): item for item in base}
    after = {key(item): item for item in head}
    for name in sorted(before.keys() | after.keys()):
        yield name, before.get(name), after.get(name)


def _verdict_changes(base: Result, head: Result) -> Iterable[Change]:
    before, after = base.verdict, head.verdict
    if before.word is not after.word:
        worse = EXIT_OF_WORD[after.word] > EXIT_OF_WORD[before.word]
        yield Change("verdict", before.word.value, after.word.value, "worse" if worse else "better")
    if base.stage != head.stage:
        yield Change("stage", base.stage, head.stage, "changed")
    if before.label != after.label:
        yield Change("label", before.label, after.label, "changed")
    numbers = (
        ("readiness index", before.index, after.index, show_score),
        ("coverage", before.coverage, after.coverage, show_percent),
        ("confidence", before.confidence, after.confidence, show_percent),
    )
    for name, old, new, show in numbers:
        if old != new:
            yield Change(name, show(old), show(new), "better" if (new or 0) > (old or 0) else "worse")
    for score in after.dimensions:
        earlier = next((item for item in before.dimensions if item.key == score.key), None)
        if earlier and (earlier.low, earlier.high) != (score.low, score.high):
            texts = [f"{show_score(item.low)}-{show_score(item.high)}" for item in (earlier, score)]
            better = (score.low or 0, score.high or 0) > (earlier.low or 0, earlier.high or 0)
            yield Change(score.title, texts[0], texts[1], "better" if better else "worse")


def _finding_key(finding: Finding) -> str:
    return f"{finding.rule} {finding.subject}".strip()


def _finding_changes(base: Result, head: Result) -> Iterable[Change]:
    changes = [
        change
        for name, before, after in _pairs(base.findings, head.findings, _finding_key)
        if (change := _finding_change(name, before, after))
    ]
    return sorted(changes, key=lambda change: (change.direction != "worse", change.name))


def _finding_change(name: str, before: Finding | None, after: Finding | None) -> Change | None:
    if before is None or after is None:
        only = after or before
        assert only is not None
        word = STATE_WORD[only.state]
        texts = ("-", word) if after else (word, "-")
        return Change(name, *texts, "new" if after else "gone", str(only.place), only.message)
    place = str(after.place)
    if before.state is not after.state:
        direction = "better" if _RANK[after.state] > _RANK[before.state] else "worse"
        if _RANK[after.state] == _RANK[before.state]:
            direction = "changed"
        return Change(
            name, STATE_WORD[before.state], STATE_WORD[after.state], direction, place, after.message
        )
    return _same_state_change(name, before, after)


def _same_state_change(name: str, before: Finding, after: Finding) -> Change | None:
    """Return what changed in a finding that is in the same state as before."""
    place = str(after.place)
    if before.severity is not after.severity:
        worse = SEVERITY_RANK[after.severity] > SEVERITY_RANK[before.severity]
        texts = (before.severity.value, after.severity.value)
        return Change(name, *texts, "worse" if worse else "better", place, "severity")
    if before.limit != after.limit:
        return Change(name, f"limit {before.limit}", f"limit {after.limit}", "changed", place, after.message)
    if before.miss is not None and after.miss is not None and not math.isclose(before.miss, after.miss):
        texts = (show_margin(before) or str(before.value), show_margin(after) or str(after.value))
        direction = "worse" if after.miss > before.miss else "better"
        return Change(name, *texts, direction, place, after.message)
    if before.held is not after.held:
        texts = (before.held.value if before.held else "-", after.held.value if after.held else "-")
        return Change(name, *texts, "changed", place, "evidence held")
    return None


def _fact_changes(base: Result, head: Result) -> Iterable[Change]:
    for name, before, after in _pairs(base.facts, head.facts, lambda fact: fact.name):
        if before is None or after is None or _differs(before, after):
            yield _fact_change(name, before, after, head.currency)


def _differs(before: Fact, after: Fact) -> bool:
    """Two measurements whose intervals meet are the same within what was measured."""
    if before.provenance is not after.provenance:
        return True
    if before.value == after.value:
        return False
    return before.derived or not intervals_meet(before, after)


def _fact_change(name: str, before: Fact | None, after: Fact | None, currency: str) -> Change:
    texts = ["-" if fact is None else show_value(fact.value, currency, name) for fact in (before, after)]
    if before and after and before.provenance is not after.provenance:
        sources = [fact.provenance.value if fact.provenance else "unknown" for fact in (before, after)]
        texts = [f"{text} ({source})" for text, source in zip(texts, sources, strict=True)]
    known = [fact is not None and fact.value is not None for fact in (before, after)]
    direction = "changed"
    if known[0] is not known[1]:
        direction = "new" if known[1] else "gone"
    place = after.place if after else before.place if before else None
    return Change(name, texts[0], texts[1], direction, str(place) if place else "")


def _pack_changes(base: tuple[PackUse, ...], head: tuple[PackUse, ...]) -> Iterable[Change]:
    for name, before, after in _pairs(base, head, lambda pack: pack.id):
        texts = [_pack_text(pack) for pack in (before, after)]
        if texts[0] != texts[1]:
            direction = "new" if before is None else "gone" if after is None else "changed"
            yield Change(name, texts[0], texts[1], direction)


def _pack_text(pack: PackUse | None) -> str:
    if pack is None:
        return "-"
    return f"{pack.version} {pack.sha256[:12]}, {pack.rules} rules{'' if pack.applied else ', not applied'}"


def _machine_changes(base: MachineSummary | None, head: MachineSummary | None) -> Iterable[Change]:
    for field in ("name", "kind", "fingerprint", "sha256", "source"):
        before = str(getattr(base, field)) if base else "-"
        after = str(getattr(head, field)) if head else "-"
        if before != after:
            yield Change(field, before[:24], after[:24], "changed")
