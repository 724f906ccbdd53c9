"""Findings -> a range for each dimension, coverage, confidence and label; unknown never raises a low."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from operator import attrgetter

from msgspec import Struct

from poc_gate.model.finding import UNDECIDED, Finding, State
from poc_gate.model.rule import CLASS_RANK, DIMENSIONS, SEVERITY_WEIGHT, EvidenceClass
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

_ORDER = attrgetter("rule", "subject", "pack")

_PASS, _WAIVED, _NOT_APPLICABLE, _DECLARED = (
    State.PASS,
    State.WAIVED,
    State.NOT_APPLICABLE,
    EvidenceClass.DECLARED,
)
"""Looked up once: before Python 3.12 naming a member of an enumeration costs as much as a call."""

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


def score_dimensions(findings: Iterable[Finding]) -> tuple[DimensionScore, ...]:
    """Return the range of every dimension, in the order of the catalogue.

    A rule over several subjects weighs as much as any other; its subjects share the weight. Low counts
    unknown as 0, high counts unknown and unproven as full.
    """
    scored: dict[str, list[Finding]] = {key: [] for key in DIMENSIONS}
    for finding in findings:
        if is_scored(finding):
            scored[finding.dimension].append(finding)
    return tuple(_dimension(key, title, scored[key]) for key, title in DIMENSIONS.items())


def score_totals(findings: Iterable[Finding]) -> Totals:
    """Return coverage, confidence, the share not applicable, and the label of the evidence used."""
    scored = [finding for finding in findings if is_scored(finding)]
    weighed = _weighed(scored)
    applicable = sum(weight for _, weight in weighed)
    known = [weight for finding, weight in weighed if not is_undecided(finding)]
    shown = sum(weight for finding, weight in weighed if _is_shown(finding))
    ranks = [CLASS_RANK[f.held] for f, _ in weighed if f.state is _PASS and f.held is not None]
    aside = len(scored) - len(weighed)
    return Totals(
        coverage=sum(known) / applicable if applicable else None,
        confidence=shown / applicable if applicable else None,
        not_applicable_share=aside / len(scored) if scored else None,
        label=LABELS[max(ranks, default=0)],
        applicable=len(weighed),
        decided=len(known),
    )


def _weighed(scored: list[Finding]) -> list[tuple[Finding, float]]:
    """Return the applicable findings with their weights, in an order that packs do not change."""
    applicable = [finding for finding in scored if finding.state is not _NOT_APPLICABLE]
    subjects = Counter(finding.rule for finding in applicable)
    ordered = sorted(applicable, key=_ORDER)
    return [(finding, SEVERITY_WEIGHT[finding.severity] / subjects[finding.rule]) for finding in ordered]


def _dimension(key: str, title: str, scored: list[Finding]) -> DimensionScore:
    held = _weighed(scored)
    weight = sum(share for _, share in held)
    low = sum(share * credit(finding) for finding, share in held)
    left = sum(share * (1 - credit(f)) for f, share in held if is_undecided(f) or is_unproven(f))
    states = Counter(state_of(finding) for finding, _ in held)
    return DimensionScore(
        key=key,
        title=title,
        low=100 * low / weight if weight else None,
        high=100 * (low + left) / weight if weight else None,
        rules=len({finding.rule for finding, _ in held}),
        passed=states[State.PASS],
        failed=states[State.FAIL],
        unknown=states[State.UNKNOWN] + states[State.ERROR],
        not_applicable=len(scored) - len(held),
    )


def _is_shown(finding: Finding) -> bool:
    """Whether a pass rests on an artifact or a measurement."""
    held = finding.held
    return finding.state is _PASS and held is not None and held is not _DECLARED
