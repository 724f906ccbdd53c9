"""Scores -> how sure the answer is, as bars with the mark that each must reach."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.model.finding import State
from poc_gate.model.rule import CLASS_RANK, EvidenceClass
from poc_gate.model.verdict import DimensionScore, Result
from poc_gate.words.judged.must_haves import must_haves
from poc_gate.words.shown_values import show_percent, show_score

_KINDS = (
    (EvidenceClass.MEASURED, "measured"),
    (EvidenceClass.ARTIFACT, "from files"),
    (EvidenceClass.DECLARED, "on trust"),
)


class SureBar(Struct, frozen=True):
    """A share with the mark it must reach; positions in percent."""

    name: str
    shown: str
    width: float
    needed: float | None
    beside: str
    spoken: str


class AreaBar(Struct, frozen=True):
    """One area: what is proven, what is possible, and what is needed."""

    title: str
    low: float
    width: float
    needed: float | None
    shown: str
    spoken: str
    is_short: bool


class MixPart(Struct, frozen=True):
    """Must-haves that pass, by what shows them; positions in percent."""

    kind: str
    name: str
    number: int
    start: float
    width: float


class Certainty(Struct, frozen=True):
    """How sure the answer is."""

    bars: tuple[SureBar, ...]
    mix: tuple[MixPart, ...]
    mix_words: str


def certainty_of(result: Result) -> Certainty:
    """Return what was answered and what was proven, and by what."""
    verdict, needed = result.verdict, result.verdict.needed
    return Certainty(
        (
            _share("answered", verdict.coverage, needed.checked if needed else None),
            _share("proven", verdict.confidence, needed.proven if needed else None),
        ),
        mix := evidence_mix(result),
        _mix_words(mix),
    )


def evidence_mix(result: Result) -> tuple[MixPart, ...]:
    """Return how many must-haves pass by a measurement, by a file, and by what somebody said.

    Each counts once, by the weakest of what its findings rest on, so that the parts add up to those that are met or
    unproven; one whose findings were all accepted in the ledger rests on nothing and is left out.
    """
    counted = must_haves(result.findings)
    pass_ = {*counted.met, *counted.unproven}
    weakest: dict[str, EvidenceClass] = {}
    for finding in result.findings:
        if finding.rule in pass_ and finding.state is State.PASS and finding.held is not None:
            known = weakest.get(finding.rule, finding.held)
            weakest[finding.rule] = min(known, finding.held, key=lambda kind: CLASS_RANK[kind])
    held = list(weakest.values())
    counts = [(kind.value, name, held.count(kind)) for kind, name in _KINDS]
    total = sum(number for _, _, number in counts) or 1
    parts: list[MixPart] = []
    start = 0.0
    for kind, name, number in counts:
        if number:
            parts.append(MixPart(kind, name, number, round(start, 2), round(number / total * 100, 2)))
            start += number / total * 100
    return tuple(parts)


def _mix_words(mix: tuple[MixPart, ...]) -> str:
    total = sum(part.number for part in mix)
    if not total:
        return "no must-have passes yet"
    told = ", ".join(f"{part.number} {part.name}" for part in mix)
    return f"1 must-have passes: {told}" if total == 1 else f"{total} must-haves pass: {told}"


def areas_of(result: Result) -> tuple[AreaBar, ...]:
    """Return the areas, the one with the least proven first; those that no rule asks about come last."""
    needed = result.verdict.needed
    mark = needed.area if needed is not None and needed.area > 0 else None
    scores = sorted(
        result.verdict.dimensions, key=lambda one: (one.low is None, one.low or 0.0, one.high or 0.0)
    )
    return tuple(_area(score, mark) for score in scores)


def _share(name: str, value: float | None, needed: float | None) -> SureBar:
    mark = None if not needed else round(needed * 100, 1)
    beside = "" if mark is None else f"{mark:g} % needed"
    shown = show_percent(value) if value is not None else "nothing"
    return SureBar(
        name,
        shown,
        round((value or 0.0) * 100, 1),
        mark,
        beside,
        f"{name} {shown}{f', {beside}' if beside else ''}",
    )


def _area(score: DimensionScore, mark: float | None) -> AreaBar:
    low, high = score.low, score.high
    if low is None or high is None:
        return AreaBar(
            score.title, 0.0, 0.0, None, "not asked", f"{score.title}: no question applies", is_short=False
        )
    same = show_score(low) == show_score(high)
    shown = show_score(low) if same else f"{show_score(low)} to {show_score(high)}"
    needs = "" if mark is None else f", {mark:g} needed"
    spoken = f"{score.title}: {show_score(low)} of 100 proven, at most {show_score(high)}{needs}"
    counts = mark if score.speaks else None
    return AreaBar(
        score.title, round(low, 1), round(max(high - low, 0.0), 1), counts, shown, spoken,
        is_short=counts is not None and low < counts,
    )  # fmt: skip
