"""Contradictions between statements -> findings of their own, shown but not scored."""

from __future__ import annotations

from poc_gate.judge.finding_fingerprint import fingerprint
from poc_gate.model.fact import Catalogue, Contradiction, FactTree
from poc_gate.model.finding import Finding, State
from poc_gate.model.parts.reason import Reason, ReasonKind, Term
from poc_gate.model.rule import EvidenceClass, Severity

CONTRADICTION = "X01-statements-agree"
"""Id of these findings; belongs to no pack and cannot be waived away, since it is not scored."""


def contradiction_findings(tree: FactTree) -> tuple[Finding, ...]:
    """Return one finding for each pair of statements that disagree beyond tolerance."""
    return tuple(_finding(contradiction, tree.catalogue) for contradiction in tree.contradictions)


def _finding(contradiction: Contradiction, catalogue: Catalogue | None) -> Finding:
    spec = catalogue.find(contradiction.fact) if catalogue is not None else None
    meaning = spec.meaning.rstrip(".") if spec is not None else contradiction.fact
    terms = (
        Term(
            contradiction.stronger, contradiction.fact, meaning,
            provenance=contradiction.stronger_provenance, place=contradiction.stronger_place,
        ),
        Term(
            contradiction.weaker, contradiction.fact, meaning,
            provenance=contradiction.weaker_provenance, place=contradiction.weaker_place,
        ),
    )  # fmt: skip
    return Finding(
        rule=CONTRADICTION, pack="", subject=contradiction.fact, state=State.FAIL, severity=Severity.MEDIUM,
        dimension="", what="Statements about one fact agree",
        reason=Reason(ReasonKind.DISAGREE, terms=terms, difference=contradiction.difference),
        required=EvidenceClass.DECLARED, held=None, place=contradiction.weaker_place,
        fix=f"Correct {contradiction.fact} at {contradiction.weaker_place}, or explain the difference there.",
        why="Two numbers for one thing mean that one of them misleads whoever reads it.",
        fingerprint=fingerprint(CONTRADICTION, contradiction.fact, ""),
    )  # fmt: skip
