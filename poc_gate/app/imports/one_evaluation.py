"""Several evaluations of quality -> the facts of one of them: two sets of cases do not contradict each other."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from poc_gate.model.claim import Notice, Place
from poc_gate.model.observation import Observed

_COUNT = "evaluation.n"


def of_one_evaluation(observed: Iterable[Observed], report: str) -> tuple[Observed, ...]:
    """Return the results, of which one evaluation at most states facts: the file `report`, else the newest.

    Attacks are not evaluation of quality, and stay. What is set aside keeps its notices and details.
    """
    results = tuple(observed)
    several = [one for one in results if any(seen.fact == _COUNT for seen in one.observations)]
    if len(several) < 2:
        return results
    named = next((one for one in several if report in one.files), None)
    best = named or max(several, key=lambda one: one.origin.observed_at)
    why = "is the one named as the report" if named else "is newer"
    return tuple(_aside(one, best, why) if one in several and one is not best else one for one in results)


def _aside(one: Observed, best: Observed, why: str) -> Observed:
    what = f"the evaluation in {min(best.files)} {why}: the facts are of that one"
    notice = Notice("ignored", what, Place(min(one.files)))
    return replace(one, observations=(), notices=(*one.notices, notice))
