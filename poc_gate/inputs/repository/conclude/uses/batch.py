"""Evidence -> whether something runs that nobody waits for."""

from __future__ import annotations

from collections.abc import Collection

from poc_gate.inputs.repository.conclude.uses.evidence import RUNS, SUFFICES, Concluded, Evidence, strongest
from poc_gate.inputs.repository.noting.signals import TechniqueSeen


def batch(evidence: Evidence, uses: Collection[str]) -> Concluded:
    """Return what shows a run that a clock, an event or an operator starts.

    With a model that learned: a schedule, a scheduler, a job that scores many rows; steps in a row of which nothing says
    when they run count where no service answers. A job that only its path shows needs a model that is trained here,
    or that no service answers: services gather requests in batches, too. Without one, only a schedule where no service answers: an index that
    is filled at night does not make a chat a batch. A schedule of the cloud that starts something beside such a model is asked about.
    """
    learned = "classic-ml" in uses or "training" in uses
    serves = evidence.strongest("serves") is not None
    timed = evidence.strongest("scheduled")
    if timed is not None and (learned or not serves):
        return Concluded(timed)
    if not learned:
        return Concluded(None)
    found = evidence.strongest("batched", least=SUFFICES if "training" in uses or not serves else RUNS)
    if found is None and not serves:
        found = evidence.strongest("orchestrated") or _steps(evidence)
    if found is None and not serves:
        found = evidence.in_notebooks("batched")
    clock = evidence.strongest("timed") if found is None else None
    why = f"{clock.why} ({clock.place}), and whether that runs the model is not said" if clock else ""
    return Concluded(found, why)


def _steps(evidence: Evidence) -> TechniqueSeen | None:
    """Return the script of programs that end, one after the other, which a container starts."""
    started = {one.why for one in evidence.of("started")}
    return strongest([one for one in evidence.of("steps") if one.place.file.rpartition("/")[2] in started])
