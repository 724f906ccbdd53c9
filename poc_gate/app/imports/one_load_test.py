"""Several results of load tests -> the facts of one of them: two runs at two loads do not contradict each other."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from poc_gate.model.claim import STRENGTH, Notice, Place
from poc_gate.model.observation import Observed
from poc_gate.model.quantity import Quantity

_GROUP = "load-test"


def of_one_load_test(observed: Iterable[Observed]) -> tuple[Observed, ...]:
    """Return the results, of which one load test at most states facts; the others keep their steps and their notices.

    It is the one that covers the planned peak best: the longest at or above it, else the one that came nearest to it; of
    equal ones that which is known best, then the newest.
    """
    results = tuple(observed)
    tests = [one for one in results if one.group == _GROUP and one.observations]
    if len(tests) < 2:
        return results
    best = max(tests, key=_cover)
    return tuple(_aside(one, best) if one in tests and one is not best else one for one in results)


def _cover(one: Observed) -> tuple[float, float, float, str]:
    values = {seen.fact: seen.value for seen in one.observations}
    ratio, duration, whole = (
        value.value if isinstance(value := values.get(name), Quantity) else 0.0
        for name in ("operations.load_test_rate", "operations.load_test_duration", "load_test.duration")
    )
    strength = max(STRENGTH[seen.provenance] for seen in one.observations)
    return (duration if ratio >= 1 else 0.0), ratio or whole / 1e12, strength, one.origin.observed_at


def _aside(one: Observed, best: Observed) -> Observed:
    what = f"the load test in {min(best.files)} covers the planned peak better: the facts are of that one"
    notice = Notice("ignored", what, Place(min(one.files)))
    return replace(one, observations=(), notices=(*one.notices, notice))
