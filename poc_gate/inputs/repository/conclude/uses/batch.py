"""Evidence -> whether something runs that nobody waits for."""

from __future__ import annotations

from collections.abc import Collection

from poc_gate.inputs.repository.conclude.uses.evidence import RUNS, SUFFICES, Evidence
from poc_gate.inputs.repository.noting.signals import TechniqueSeen


def batch(evidence: Evidence, uses: Collection[str]) -> TechniqueSeen | None:
    """Return what shows a run that a clock, an event or an operator starts.

    With a model that learned: a schedule, a scheduler, a job that scores many rows; steps in a row of which nothing says
    when they run count where no service answers. A job that only its path shows needs a model that is trained here,
    or that no service answers: services gather requests in batches, too. Without one, only a schedule where no service answers: an index that
    is filled at night does not make a chat a batch.
    """
    learned = "classic-ml" in uses or "training" in uses
    serves = evidence.strongest("serves") is not None
    timed = evidence.strongest("scheduled")
    if timed is not None and (learned or not serves):
        return timed
    if not learned:
        return None
    batched = evidence.strongest("batched", least=SUFFICES if "training" in uses or not serves else RUNS)
    return batched or (evidence.strongest("orchestrated") if not serves else None)
