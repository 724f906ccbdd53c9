"""The numbers that a verdict compares with, by stage and risk tier: data, with where they come from."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.model.rule import Stage


class Thresholds(Struct, frozen=True):
    """The numbers of one stage; shares from 0 to 1, scores from 0 to 100."""

    no_go_high: float
    """NO-GO when even the best reading of a dimension stays under this.

    Never above `insufficient_low`: else forgetting a failure would turn NO-GO into a pass.
    """
    insufficient_coverage: float
    insufficient_low: float
    """INSUFFICIENT EVIDENCE when a dimension's low stays under this."""
    most_open_highs: int
    """Failed high rules above this are NO-GO; failed or unknown ones are INSUFFICIENT EVIDENCE."""
    plans_required: bool
    """Every open high needs owner, plan and expiry in the waiver ledger."""
    conditional_open_highs: int
    """Open high rules above this allow CONDITIONAL at best."""
    conditional_low: float
    conditional_coverage: float
    conditional_confidence: float


PRODUCTION = Thresholds(60, 0.75, 60, 5, plans_required=True, conditional_open_highs=0, conditional_low=75,
                        conditional_coverage=0.90, conditional_confidence=0.60)  # fmt: skip
"""poc-gate's own choice, for want of published numbers; docs/verdict.md gives the reasons."""

LIMITED = Thresholds(40, 0.60, 40, 10, plans_required=False, conditional_open_highs=2, conditional_low=55,
                     conditional_coverage=0.75, conditional_confidence=0.40)  # fmt: skip
"""For a few users who know what they use: gaps may stay open, blockers of the stage may not."""

PILOT = Thresholds(0, 0.40, 0, 20, plans_required=False, conditional_open_highs=8, conditional_low=25,
                   conditional_coverage=0.60, conditional_confidence=0.20)  # fmt: skip
"""For a sandbox: little must be proven, and what blocks at this stage still blocks."""

BY_STAGE = {Stage.PILOT: PILOT, Stage.LIMITED: LIMITED, Stage.PRODUCTION: PRODUCTION}
_STRICTER = {Stage.PILOT: Stage.LIMITED, Stage.LIMITED: Stage.PRODUCTION, Stage.PRODUCTION: Stage.PRODUCTION}
_MILD_TIERS = frozenset({"minimal", "limited"})


def thresholds_for(stage: Stage, risk_tier: str) -> Thresholds:
    """Return the numbers of a stage; a high or unknown risk tier takes those of the next one."""
    return BY_STAGE[stage if risk_tier in _MILD_TIERS else _STRICTER[stage]]
