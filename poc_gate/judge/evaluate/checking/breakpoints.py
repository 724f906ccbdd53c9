"""The value of each input at which a finding flips, the other inputs held."""

from __future__ import annotations

from collections.abc import Iterator

from poc_gate.judge.evaluate.checking.check_expectation import Outcome, check_values, corners
from poc_gate.judge.evaluate.checking.gather_inputs import Gathered
from poc_gate.judge.expression.compile_expression import Expression
from poc_gate.judge.packs.compile_rule import CompiledRule
from poc_gate.model.fact import FactSpec
from poc_gate.model.finding import DECIDED, Breakpoint
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import EvidenceClass

_NUMERIC = {"at_most", "at_least", "between"}
_NUDGE = 1e-9
"""Relative step beyond a root, to see on which side the state is another."""
_POWERS = (*range(1, 21), *range(24, 61, 4))
"""How far a flip is looked for where there is no closed form: by doubling up to a factor of 2^20 either way, in wider steps
up to 2^60, the bytes of an exbibyte."""
_HALVINGS = 40
"""Bisection steps; leaves 1e-12 of the bracket, whose ends are a factor of 16 apart at most."""

Differences = tuple[float, ...]
"""Left minus right of each comparison in the assertion."""


def breakpoints(
    compiled: CompiledRule, gathered: Gathered, outcome: Outcome, *, today: str
) -> tuple[Breakpoint, ...]:
    """Return the flip point of every quantity the finding rests on, where one exists."""
    if outcome.state not in DECIDED or len(outcome.failing) > 1:
        return ()
    finder = _Finder(compiled, gathered, outcome, today)
    found: list[Breakpoint] = []
    for name in sorted(compiled.used & set(compiled.rule.given)):
        current = gathered.values[name]
        fact = gathered.facts[name][0] if name not in compiled.lists else None
        if fact is None or not isinstance(current, float) or not isinstance(fact.value, Quantity):
            continue
        point = finder.flip(name, current)
        if point is not None:
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
        self.values = dict(gathered.values)
        self.held: list[dict[str, object]] = [self.values]
        self.outcome = outcome
        self.today = today

    def flip(self, name: str, current: float) -> float | None:
        """Return the flip point nearest to the current value.

        The assertion can only flip where one of its comparisons changes its sign. Each is taken for a
        straight line first; where it proves to be none, the flip is searched. Where the other inputs are
        intervals and all of them must agree, the flip is where the last of them does.
        """
        self.held = self.others(name)
        points: list[float] = []
        is_curve = False
        for values in self.held:
            self.values = values
            found, bent = self.crossings(name, current)
            points += found
            is_curve |= bent
        if not points and is_curve:
            return self.searched(name, current)
        return min(points, key=lambda x: abs(x - current), default=None)

    def others(self, name: str) -> list[dict[str, object]]:
        """Return what the other inputs can be: one set of values, or the ends of their intervals in all combinations."""
        if self.compiled.rule.requires is not EvidenceClass.MEASURED:
            return [self.gathered.values]
        return corners(self.compiled, self.gathered, besides=name) or [self.gathered.values]

    def crossings(self, name: str, current: float) -> tuple[list[float], bool]:
        """Return where a comparison changes its sign and the state flips, and whether one is not a straight line."""
        step = abs(current) / 4 or 1.0
        points: list[float] = []
        is_curve = False
        rows = zip(self.at(name, current), self.at(name, current + step), strict=True)
        for index, (here, there) in enumerate(rows):
            slope = (there - here) / step
            if slope == 0 or slope != slope:  # noqa: PLR0124 - not a number: it cannot be compared
                is_curve |= slope == 0 and self.compiled.rule.expect.operator in _NUMERIC
                continue
            point = current - here / slope
            if abs(point) <= _NUDGE * abs(current):
                point = 0.0  # what is left of a root at zero is rounding
            is_inside = point >= 0 or current < 0
            x = point if is_inside else current + 3 * step
            off = self.at(name, x)[index] - (here + slope * (x - current))
            if not abs(off) <= _NUDGE * abs(there - here):
                is_curve = True
            elif is_inside and self.flips_at(name, point, current):
                points.append(point)
        return points, is_curve

    def at(self, name: str, x: float) -> Differences:
        """Return every comparison's difference with one input changed; not a number where it has none."""
        values = {**self.values, name: x}
        pairs = [pair for part in self.parts(name) for pair in self.pairs(part, values)]
        return tuple(
            a - b if isinstance(a, float) and isinstance(b, float) else float("nan") for a, b in pairs
        )

    def parts(self, name: str) -> Iterator[Expression | tuple[Expression, Expression]]:
        """Yield what decides: value and bound, or the parts of a statement that use the name."""
        compiled = self.compiled
        if compiled.rule.expect.operator in _NUMERIC:
            assert compiled.value is not None
            for bound in compiled.bounds:
                if name in compiled.value.names | bound.names:
                    yield compiled.value, bound
            return
        for part in compiled.bounds:
            if name in part.names and (not self.outcome.failing or part.source in self.outcome.failing):
                yield part

    def pairs(
        self, part: Expression | tuple[Expression, Expression], values: dict[str, object]
    ) -> tuple[tuple[object, object], ...]:
        if isinstance(part, Expression):
            return part.compared(values, today=self.today)
        value, bound = part
        return ((value.evaluate(values, today=self.today), bound.evaluate(values, today=self.today)),)

    def flips_at(self, name: str, x: float, current: float) -> bool:
        """Whether the state is another one at a point, or just beyond it."""
        beyond = x + (x - current) * _NUDGE + (_NUDGE if x == 0 else 0.0)
        return self.is_flipped(name, beyond) or self.is_flipped(name, x)

    def searched(self, name: str, current: float) -> float | None:
        """Return the flip point by doubling, halving and then bisection; None when nothing flips."""
        for direction in (2.0, 0.5):
            inside = current
            for power in _POWERS:
                outside = (current or 1.0) * direction**power
                if self.is_flipped(name, outside):
                    return self.between(name, inside, outside)
                inside = outside
        return None

    def between(self, name: str, inside: float, outside: float) -> float:
        for _ in range(_HALVINGS):
            middle = (inside + outside) / 2
            if self.is_flipped(name, middle):
                outside = middle
            else:
                inside = middle
        return outside

    def is_flipped(self, name: str, x: float) -> bool:
        """Whether the state is the other one, whatever the other inputs are within their intervals."""
        states = (check_values(self.compiled, {**held, name: x}, self.today).state for held in self.held)
        return all(state in DECIDED and state is not self.outcome.state for state in states)
