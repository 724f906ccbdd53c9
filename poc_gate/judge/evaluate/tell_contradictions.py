"""Contradictions between statements -> findings of their own, shown but not scored."""

from __future__ import annotations

from poc_gate.judge.evaluate.messages import show_value
from poc_gate.judge.fingerprint import fingerprint
from poc_gate.model.fact import Contradiction, FactTree
from poc_gate.model.finding import Finding, State
from poc_gate.model.quantity import show_share
from poc_gate.model.rule import EvidenceClass, Severity

CONTRADICTION = "X01-statements-agree"
"""Id of these findings; belongs to no pack and cannot be waived away, since it is not scored."""


def contradiction_findings(tree: FactTree) -> tuple[Finding, ...]:
    """Return one finding for each pair of statements that disagree beyond tolerance."""
    return tuple(_finding(contradiction) for contradiction in tree.contradictions)


def _finding(contradiction: Contradiction) -> Finding:
    off = "" if contradiction.difference is None else f", {show_share(contradiction.difference)} apart"
    message = (
        f"{contradiction.fact} is {show_value(contradiction.stronger)} as {contradiction.stronger_provenance} "
        f"but {show_value(contradiction.weaker)} as {contradiction.weaker_provenance}{off}; "
        f"the {contradiction.stronger_provenance} value was used."
    )
    return Finding(
        rule=CONTRADICTION, pack="", subject=contradiction.fact, state=State.FAIL, severity=Severity.MEDIUM,
        dimension="", what="Statements about one fact agree", message=message,
        required=EvidenceClass.DECLARED, held=None, place=contradiction.weaker_place,
        fix=f"Correct {contradiction.fact} at {contradiction.weaker_place}, or explain the difference there.",
        why="Two numbers for one thing mean that one of them misleads whoever reads it.",
        fingerprint=fingerprint(CONTRADICTION, contradiction.fact, ""),
    )  # fmt: skip
