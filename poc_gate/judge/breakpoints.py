"""The value of each input at which a finding flips, the other inputs held."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from poc_gate.expression.compile_expression import Expression
from poc_gate.judge.check_expectation import Outcome, check_values
from poc_gate.judge.compile_rule import CompiledRule
from poc_gate.judge.gather_inputs import Gathered
from poc_gate.model.fact import FactSpec
from poc_gate.model.finding import Breakpoint, State
from poc_gate.model.quantity import Quantity

_LINEAR = 1e-9
"""Relative difference of two slopes under which a function counts as a straight line."""
_DOUBLINGS = 24
"""How far a flip is looked for where there is no closed form: a factor of 2^24 either way."""
_HALVINGS = 40
"""Bisection steps; leaves 1e-12 of the bracket."""


def breakpoints(
    compiled: CompiledRule, gathered: Gathered, outcome: Outcome, *, today: str
) -> tuple[Breakpoint, ...]:
    """Return the flip point of every quantity the finding rests on, where one exists in its range."""
    if outcome.state not in {State.PASS, State.FAIL} or len(outcome.failing) > 1:
        return ()
    finder = _Finder(compiled, gathered, outcome, today)
    found: list[Breakpoint] = []
    for name in sorted(compiled.used & set(compiled.rule.given)):
        current = gathered.values[name]
        if not isinstance(current, float):
            continue
        fact = gathered.facts[name][0]
        point = finder.flip(name, current)
        if point is not None and isinstance(fact.value, Quantity):
            found.append(Breakpoint(fact.name, Quantity(point, fact.value.unit), fact.value))
    return tuple(found)


def within(point: float, current: float, spec: FactSpec | None) -> bool:
    """Whether a flip point lies where the fact can lie; a quantity does not change its sign."""
    low = spec.low if spec is not None and spec.low is not None else (0.0 if current >= 0 else None)
    high = spec.high if spec is not None else None
    return (low is None or point >= low) and (high is None or point <= high)


class _Finder:
    def __init__(self, compiled: CompiledRule, gathered: Gathered, outcome: Outcome, today: str) -> None:
        self.compiled = compiled
        self.gathered = gathered
        self.outcome = outcome
        self.today = today

    def flip(self, name: str, current: float) -> float | None:
        """Return the flip point nearest to the current value."""
        points: list[float] = []
        for difference in self.differences(name):
            point = _root(difference, current)
            if point is None:
                point = self.bisected(name, current)
            if point is not None and (point >= 0 or current < 0):
                points.append(point)
        return min(points, key=lambda point: abs(point - current)) if points else None

    def differences(self, name: str) -> Iterator[Callable[[float], float | None]]:
        """Yield what must change its sign, as functions of one input: value minus bound."""
        compiled = self.compiled
        if compiled.rule.expect.operator in {"at_most", "at_least", "between"}:
            assert compiled.value is not None
            for bound in compiled.bounds:
                if name in compiled.value.names | bound.names:
                    yield self.difference(name, compiled.value, bound)
            return
        for part in compiled.bounds:
            decides = not self.outcome.failing or part.source in self.outcome.failing
            if name in part.names and decides:
                yield self.sides(name, part)

    def difference(self, name: str, value: Expression, bound: Expression) -> Callable[[float], float | None]:
        def at(x: float) -> float | None:
            values = {**self.gathered.values, name: x}
            left, right = value.evaluate(values, today=self.today), bound.evaluate(values, today=self.today)
            return left - right if isinstance(left, float) and isinstance(right, float) else None

        return at

    def sides(self, name: str, part: Expression) -> Callable[[float], float | None]:
        def at(x: float) -> float | None:
            pair = part.compared({**self.gathered.values, name: x}, today=self.today)
            if pair is None or not isinstance(pair[0], float) or not isinstance(pair[1], float):
                return None
            return pair[0] - pair[1]

        return at

    def bisected(self, name: str, current: float) -> float | None:
        """Return the flip point by doubling, halving and then bisection; None when nothing flips."""
        for direction in (2.0, 0.5):
            inside, factor = current, 1.0
            for _ in range(_DOUBLINGS):
                factor *= direction
                outside = (current or 1.0) * factor
                if self.flipped(name, outside):
                    return self.between(name, inside, outside)
                inside = outside
        return None

    def between(self, name: str, inside: float, outside: float) -> float:
        for _ in range(_HALVINGS):
            middle = (inside + outside) / 2
            if self.flipped(name, middle):
                outside = middle
            else:
                inside = middle
        return outside

    def flipped(self, name: str, x: float) -> bool:
        state = check_values(self.compiled, {**self.gathered.values, name: x}, self.today).state
        return state in {State.PASS, State.FAIL} and state is not self.outcome.state


def _root(difference: Callable[[float], float | None], current: float) -> float | None:
    """Return where a straight line crosses zero; None when it is none, or is level."""
    step = abs(current) / 4 or 1.0
    here, near, far = difference(current), difference(current + step), difference(current + 3 * step)
    if here is None or near is None or far is None:
        return None
    slope, other = (near - here) / step, (far - here) / (3 * step)
    if slope == 0 or abs(slope - other) > _LINEAR * abs(slope):
        return None
    return current - here / slope
