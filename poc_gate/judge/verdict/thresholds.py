"""The numbers that a verdict compares with, by stage: data, with where they come from."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.model.rule import Stage


class Thresholds(Struct, frozen=True):
    """The numbers of one stage; shares from 0 to 1, scores from 0 to 100."""

    insufficient_coverage: float
    insufficient_low: float
    """INSUFFICIENT EVIDENCE when the low of a dimension that speaks stays under this."""
    conditional_low: float
    conditional_coverage: float
    conditional_confidence: float


PRODUCTION = Thresholds(0.75, 60, conditional_low=75, conditional_coverage=0.90, conditional_confidence=0.60)
"""poc-gate's own choice, for want of published numbers; docs/verdict.md gives the reasons."""

LIMITED = Thresholds(0.60, 40, conditional_low=55, conditional_coverage=0.75, conditional_confidence=0.40)
"""For a few users who know what they use: gaps may stay open, blockers and highs of the stage may not."""

PILOT = Thresholds(0, 0, conditional_low=0, conditional_coverage=0, conditional_confidence=0)
"""For a sandbox: only what can hurt there is asked, each rule by itself, and no share of the whole."""

BY_STAGE = {Stage.PILOT: PILOT, Stage.LIMITED: LIMITED, Stage.PRODUCTION: PRODUCTION}
