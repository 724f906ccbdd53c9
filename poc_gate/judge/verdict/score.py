"""Findings -> a range for each dimension, coverage, confidence and label; unknown never raises a low."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from math import fsum

from msgspec import Struct

from poc_gate.model.finding import UNDECIDED, Finding, State
from poc_gate.model.rule import CLASS_RANK, DIMENSIONS, OFF, SEVERITY_WEIGHT, EvidenceClass, Severity
from poc_gate.model.verdict import DimensionScore

CREDIT: Mapping[tuple[EvidenceClass, EvidenceClass], float] = {
    (EvidenceClass.DECLARED, EvidenceClass.DECLARED): 1.0,
    (EvidenceClass.DECLARED, EvidenceClass.ARTIFACT): 1.0,
    (EvidenceClass.DECLARED, EvidenceClass.MEASURED): 1.0,
    (EvidenceClass.ARTIFACT, EvidenceClass.DECLARED): 0.5,
    (EvidenceClass.ARTIFACT, EvidenceClass.ARTIFACT): 1.0,
    (EvidenceClass.ARTIFACT, EvidenceClass.MEASURED): 1.0,
    (EvidenceClass.MEASURED, EvidenceClass.DECLARED): 0.25,
    (EvidenceClass.MEASURED, EvidenceClass.ARTIFACT): 0.5,
    (EvidenceClass.MEASURED, EvidenceClass.MEASURED): 1.0,
}
"""Credit of a pass by required and held class."""

_PASS, _WAIVED, _NOT_APPLICABLE, _DECLARED = (
    State.PASS,
    State.WAIVED,
    State.NOT_APPLICABLE,
    EvidenceClass.DECLARED,
)
"""Looked up once: before Python 3.12 naming a member of an enumeration costs as much as a call."""

Weights = Mapping[str, float]
"""Rule -> weight of one of its findings; sums are exact, so that the order of packs changes nothing."""

LABELS = {0: "PG-D", 1: "PG-DA", 2: "PG-DAM"}


class Totals(Struct, frozen=True):
    """Numbers over all dimensions; None when no rule applies."""

    coverage: float | None
    confidence: float | None
    not_applicable_share: float | None
    label: str
    applicable: int
    decided: int


def is_scored(finding: Finding) -> bool:
    """Whether a finding counts: contradictions, regressions and duties not yet due are only shown."""
    return finding.dimension in DIMENSIONS and not finding.due


def state_of(finding: Finding) -> State:
    """Return the state that counts: a waiver explains a finding, it does not turn it."""
    state = finding.state
    return finding.waived_from or state if state is _WAIVED else state


def is_undecided(finding: Finding) -> bool:
    """Whether nothing is known: unknown, or an error, which counts as unknown."""
    return state_of(finding) in UNDECIDED


def is_unproven(finding: Finding) -> bool:
    """Whether a pass rests on less than the class its rule requires."""
    return finding.state is _PASS and not finding.proven


def credit(finding: Finding) -> float:
    """Return the credit of a finding, 0 to 1."""
    if finding.state is not _PASS:
        return 0.0
    return CREDIT[finding.required, finding.held or _DECLARED]


class ScorePart(Struct, frozen=True):
    """What the findings of one dimension add up to."""

    dimension: DimensionScore
    weight: float
    """Of what applies; `known`, `shown` are parts of it, `aside` comes on top."""
    known: float
    shown: float
    aside: float
    rank: int
    """Highest class of evidence that a pass rests on."""
    decided: int
    applicable: int


def score_parts(findings: Iterable[Finding]) -> tuple[ScorePart, ...]:
    """Return what the findings of every dimension add up to, in the order of the catalogue."""
    scored: dict[str, list[Finding]] = {key: [] for key in DIMENSIONS}
    for finding in findings:
        if is_scored(finding):
            scored[finding.dimension].append(finding)
    weights = weights_of(finding for held in scored.values() for finding in held)
    return tuple(score_part(key, held, weights) for key, held in scored.items())


def weights_of(scored: Iterable[Finding]) -> Weights:
    """Return the weight of one finding of each rule, by rule.

    A rule over several subjects weighs as much as any other; its subjects share the weight. Rules of one
    cause share the weight of the gravest, so that a cause counts once, however many rules it touches.
    """
    subjects: Counter[str] = Counter()
    gravest: dict[str, int] = {}
    members: dict[str, set[str]] = {}
    group: dict[str, str] = {}
    applicable = [finding for finding in scored if finding.state is not _NOT_APPLICABLE]
    heaviest = _heaviest(applicable)
    for finding in applicable:
        subjects[finding.rule] += 1
        if not heaviest[finding.rule]:
            continue
        key = group[finding.rule] = f"cause {finding.cause}" if finding.cause else finding.rule
        gravest[key] = max(gravest.get(key, 0), heaviest[finding.rule])
        members.setdefault(key, set()).add(finding.rule)
    weights = {rule: gravest[key] / len(members[key]) / subjects[rule] for rule, key in group.items()}
    return {**dict.fromkeys(subjects, 0.0), **weights}


def _heaviest(applicable: Iterable[Finding]) -> dict[str, int]:
    """Return rule -> what its heaviest finding weighs."""
    found: dict[str, int] = {}
    for finding in applicable:
        found[finding.rule] = max(found.get(finding.rule, 0), _weight(finding))
    return found


def _weight(finding: Finding) -> int:
    """Return what a finding weighs: a pass no more than it would if the exposure were known and mild.

    Silence about the exposure makes rules graver; what passes must not gain by it.
    """
    if finding.state is not _PASS or not finding.mildest:
        return SEVERITY_WEIGHT[finding.severity]
    return 0 if finding.mildest == OFF else SEVERITY_WEIGHT[Severity(finding.mildest)]


def score_part(key: str, scored: list[Finding], weights: Weights) -> ScorePart:
    """Return what the scored findings of one dimension add up to.

    Low counts unknown as 0, high counts unknown and unproven as full.
    """
    applicable = [f for f in scored if f.state is not _NOT_APPLICABLE]
    heaviest = _heaviest(applicable)
    held = [(f, weights[f.rule] * _weight(f) / (heaviest[f.rule] or 1)) for f in applicable]
    weight = fsum([share for _, share in held])
    low = fsum([share * credit(finding) for finding, share in held])
    left = fsum([share * (1 - credit(f)) for f, share in held if is_undecided(f) or is_unproven(f)])
    states = Counter([state_of(finding) for finding, _ in held])
    known = [share for finding, share in held if not is_undecided(finding)]
    return ScorePart(
        dimension=DimensionScore(
            key=key,
            title=DIMENSIONS[key],
            low=100 * low / weight if weight else None,
            high=100 * (low + left) / weight if weight else None,
            rules=len({finding.rule for finding, _ in held}),
            passed=states[State.PASS],
            failed=states[State.FAIL],
            unknown=states[State.UNKNOWN] + states[State.ERROR],
            not_applicable=len(scored) - len(held),
        ),
        weight=weight,
        known=fsum(known),
        shown=fsum([share for finding, share in held if _is_shown(finding)]),
        aside=fsum([share for finding, share in _each(scored) if finding.state is _NOT_APPLICABLE]),
        rank=max([CLASS_RANK[f.held] for f, _ in held if f.state is _PASS and f.held is not None], default=0),
        decided=len(known),
        applicable=len(held),
    )


def total(parts: Iterable[ScorePart]) -> Totals:
    """Return coverage, confidence, the share of the weight that does not apply, and the label of the evidence used."""
    every = tuple(parts)
    weight, aside = fsum([part.weight for part in every]), fsum([part.aside for part in every])
    return Totals(
        coverage=fsum([part.known for part in every]) / weight if weight else None,
        confidence=fsum([part.shown for part in every]) / weight if weight else None,
        not_applicable_share=aside / (weight + aside) if weight + aside else None,
        label=LABELS[max([part.rank for part in every], default=0)],
        applicable=sum([part.applicable for part in every]),
        decided=sum([part.decided for part in every]),
    )


def _each(findings: list[Finding]) -> list[tuple[Finding, float]]:
    """Return findings with the weights of their rules, applicable or not, causes apart."""
    subjects = Counter([finding.rule for finding in findings])
    return [(finding, SEVERITY_WEIGHT[finding.severity] / subjects[finding.rule]) for finding in findings]


def _is_shown(finding: Finding) -> bool:
    """Whether a pass rests on an artifact or a measurement."""
    held = finding.held
    return finding.state is _PASS and held is not None and held is not _DECLARED
