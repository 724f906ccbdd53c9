"""One rule over gathered values -> true, false, unknown or failure, with value, limit and margin."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from math import inf, isfinite

from msgspec import Struct, structs

from poc_gate.judge.evaluate.checking.bounded import Bounded, UndecidedError, ends_of
from poc_gate.judge.evaluate.checking.gather_inputs import Gathered
from poc_gate.judge.expression.values import SPOILT, Failure, Unknown, worse
from poc_gate.judge.packs.compile_rule import CompiledRule
from poc_gate.model.finding import DECIDED, State
from poc_gate.model.rule import EvidenceClass

_PASS, _FAIL, _MEASURED = State.PASS, State.FAIL, EvidenceClass.MEASURED
"""Looked up once: before Python 3.12 naming a member of an enumeration costs as much as a call."""

MOST_CORNERS = 5
"""Inputs with an interval that are varied together: 2^5 evaluations at most."""


class Outcome(Struct, frozen=True):
    """What the assertion of a rule came to."""

    state: State
    value: float | None = None
    limit: float | None = None
    """The bound that decides: of two the nearer or broken one."""
    failing: tuple[str, ...] = ()
    """Parts of a statement that do not hold."""
    names: frozenset[str] = frozenset()
    """Facts that are missing."""
    reason: str = ""
    """For errors."""
    straddles: bool = False
    """The interval of an input reaches over the limit."""
    by_bound: str = ""
    """`at least` or `at most`: the value is a bound that decides, since the known part alone proves it."""
    bounds: tuple[tuple[str, str, float], ...] = ()
    """Names that were judged by a bound, the word for it and the bound itself."""

    @property
    def margin(self) -> float | None:
        """Value over limit."""
        if self.value is None or self.limit is None or self.limit == 0:
            return None
        return self.value / self.limit


def check(compiled: CompiledRule, gathered: Gathered, today: str) -> Outcome:
    """Return the outcome; the whole interval must agree where a rule requires measurement or a prediction has left its ground."""
    likely = check_values(compiled, gathered.values, today)
    if likely.state is State.UNKNOWN:
        return _by_bound(compiled, gathered, today) or likely
    if likely.state not in DECIDED or not (compiled.rule.requires is _MEASURED or _is_outside(gathered)):
        return likely
    for values in corners(compiled, gathered):
        if check_values(compiled, values, today).state is not likely.state:
            return Outcome(State.UNKNOWN, likely.value, likely.limit, straddles=True)
    return likely


def _is_outside(gathered: Gathered) -> bool:
    return any(fact.outside for held in gathered.facts.values() for fact in held)


def _by_bound(compiled: CompiledRule, gathered: Gathered, today: str) -> Outcome | None:
    """Return the outcome where facts without a value are bounded and all that lies between decides alike; else None.

    What the known part proves of a fact, or the interval of a measurement that scattered, can be enough. What the
    catalogue says that a fact can be at all refutes, too, where something else is known: a share that nobody stated
    is one at most. It proves nothing, so that a rule never passes on what nobody said. The outcome is told at the
    corner nearest to the limit.
    """
    ends = _open_intervals(compiled, gathered)
    if ends:
        decided = _between(compiled, gathered, ends, today)
        if decided is not None:
            return _at_corner(compiled, gathered, ends, decided, today)
    wide = {
        name: ends for name, ends in compiled.ranges.items() if isinstance(gathered.values[name], Unknown)
    }
    if len(wide) == len(compiled.used & compiled.rule.given.keys()) and not ends:
        return None
    decided = _between(compiled, gathered, {**wide, **ends}, today) if wide else None
    if decided is None or decided.state is not _FAIL:
        return None
    bounds = tuple((name, word, end) for name, (low, high) in ends.items() for word, end in _sides(low, high))
    return structs.replace(decided, bounds=bounds)


def _sides(low: float, high: float) -> list[tuple[str, float]]:
    sides = [("at least", low), ("at most", high)]
    return [(word, end) for word, end in sides if isfinite(end)][:1]


def _between(
    compiled: CompiledRule, gathered: Gathered, ends: Mapping[str, tuple[float, ...]], today: str
) -> Outcome | None:
    """Return the outcome that holds for every place within the ends, by interval arithmetic; None where there is none."""
    bounded = {name: Bounded(frozenset({name}), low, high) for name, (low, high) in ends.items()}
    values = {**gathered.values, **bounded}
    try:
        if compiled.rule.expect.operator in {"that", "equals"}:
            found = _statement(compiled, values, today)
            return found if found.state in DECIDED else None
        return None if compiled.rule.expect.operator == "one_of" else _compared_ends(compiled, values, today)
    except UndecidedError:
        return None


def _compared_ends(compiled: CompiledRule, values: Mapping[str, object], today: str) -> Outcome | None:
    """Return the outcome of a comparison that all values between the bounds share, where they lie nearest; or None."""
    assert compiled.value is not None
    operator = compiled.rule.expect.operator
    judged = compiled.value.evaluate(values, today=today)
    bounds = [bound.evaluate(values, today=today) for bound in compiled.bounds]
    if any(isinstance(one, SPOILT) for one in (judged, *bounds)):
        return None
    value, known = ends_of(judged), [ends_of(bound) for bound in bounds]
    every = [_compared(operator, one, list(each)) for one in value for each in product(*known)]
    inside = operator == "between" and value[0] < known[1][1] and value[1] > known[0][0]
    if any(outcome.state is not every[0].state for outcome in every) or (every[0].state is _FAIL and inside):
        return None
    finite = [found for found in every if found.value is not None and isfinite(found.value)]
    finite = [found for found in finite if found.limit is not None and isfinite(found.limit)]
    return min(finite, key=_distance) if finite else None


def _at_corner(
    compiled: CompiledRule,
    gathered: Gathered,
    ends: Mapping[str, tuple[float, ...]],
    decided: Outcome,
    today: str,
) -> Outcome | None:
    """Return the outcome at the corner of the ends nearest to the limit, with the bounds that it stands at."""
    found = []
    for corner in product(*ends.values()):
        bounds = dict(zip(ends, corner, strict=True))
        if all(map(isfinite, bounds.values())):
            found.append((bounds, check_values(compiled, {**gathered.values, **bounds}, today)))
    found = [(bounds, outcome) for bounds, outcome in found if outcome.state is decided.state]
    if not found:
        return None
    bounds, outcome = min(found, key=lambda pair: _distance(pair[1]))
    words = tuple((name, _side(value, ends[name]), value) for name, value in bounds.items())
    judged = next((word for name, word, _ in words if name == compiled.rule.expect.value.strip()), "")
    return structs.replace(outcome, by_bound=judged, bounds=words)


def _open_intervals(compiled: CompiledRule, gathered: Gathered) -> dict[str, tuple[float, ...]]:
    """Return the ends between which facts without a usable value must lie; infinite where one side is open."""
    ends: dict[str, tuple[float, ...]] = {}
    for name in compiled.single:
        (fact,) = gathered.facts[name]
        if (fact.low is not None or fact.high is not None) and (fact.value is None or fact.stable is False):
            ends[name] = (-inf if fact.low is None else fact.low, inf if fact.high is None else fact.high)
    return ends if len(ends) <= MOST_CORNERS else {}


def _distance(outcome: Outcome) -> float:
    """Return how far a value is from its limit; zero where nothing is compared."""
    return (
        abs(outcome.value - outcome.limit) if outcome.value is not None and outcome.limit is not None else 0.0
    )


def _side(value: float, ends: tuple[float, ...]) -> str:
    return "at least" if value == ends[0] else "at most"


def check_values(compiled: CompiledRule, values: Mapping[str, object], today: str) -> Outcome:
    """Return the outcome at the given values."""
    operator = compiled.rule.expect.operator
    if operator in {"that", "equals"}:
        return _statement(compiled, values, today)
    assert compiled.value is not None
    value = compiled.value.evaluate(values, today=today)
    bounds = [bound.evaluate(values, today=today) for bound in compiled.bounds]
    spoilt = worse((value, *bounds))
    if spoilt is not None:
        return _spoilt(spoilt, value)
    if operator == "one_of":
        held = value in compiled.rule.expect.bounds
        return Outcome(_PASS if held else _FAIL)
    assert isinstance(value, float)
    limits = [bound for bound in bounds if isinstance(bound, float)]
    return _compared(operator, value, limits)


def _compared(operator: str, value: float, limits: list[float]) -> Outcome:
    if operator == "between":
        low, high = limits
        held, limit = low <= value <= high, low if value - low < high - value else high
    elif operator == "at_most":
        held, limit = value <= limits[0], limits[0]
    else:
        held, limit = value >= limits[0], limits[0]
    return Outcome(_PASS if held else _FAIL, value, limit)


def _statement(compiled: CompiledRule, values: Mapping[str, object], today: str) -> Outcome:
    results = [part.evaluate(values, today=today) for part in compiled.bounds]
    value = compiled.value.evaluate(values, today=today) if compiled.value is not None else None
    number = value if isinstance(value, float) else None
    failing = [index for index, result in enumerate(results) if result is False]
    if failing:
        return Outcome(_FAIL, number, failing=tuple(compiled.bounds[index].source for index in failing))
    spoilt = worse(results)
    return Outcome(_PASS, number) if spoilt is None else _spoilt(spoilt, value)


def _spoilt(spoilt: Unknown | Failure, value: object) -> Outcome:
    number = value if isinstance(value, float) else None
    if isinstance(spoilt, Unknown):
        return Outcome(State.UNKNOWN, number, names=spoilt.names)
    return Outcome(State.ERROR, number, reason=spoilt.reason)


def corners(compiled: CompiledRule, gathered: Gathered, besides: str = "") -> list[dict[str, object]]:
    """Return the values with each uncertain input but one at either end of its interval, in all combinations."""
    ends: dict[str, tuple[float, float]] = {}
    for name in compiled.single:
        likely = gathered.values[name]
        if name != besides and isinstance(likely, float):
            (fact,) = gathered.facts[name]
            low = likely if fact.low is None else min(fact.low, likely)
            high = likely if fact.high is None else max(fact.high, likely)
            if low < high:
                ends[name] = (low, high)
    # What left its ground comes first, so that it is among those varied.
    varied = sorted(ends, key=lambda name: not gathered.facts[name][0].outside)[:MOST_CORNERS]
    return (
        [
            {**gathered.values, **dict(zip(varied, corner, strict=True))}
            for corner in product(*(ends[name] for name in varied))
        ]
        if ends
        else []
    )
