"""A rule that fails -> whether it falls short only, which is a condition, or stops, or leaves that open."""

from __future__ import annotations

from poc_gate.judge.evaluate.checking.check_expectation import Outcome
from poc_gate.judge.evaluate.checking.gather_inputs import Gathered
from poc_gate.judge.expression.compile_expression import Expression
from poc_gate.judge.expression.values import Unknown
from poc_gate.model.finding import State


def falls_short(short: Expression, gathered: Gathered, outcome: Outcome, today: str) -> tuple[Outcome, bool]:
    """Return the outcome of a rule that fails, and whether it only falls short.

    Where facts that would tell are missing, the outcome is unknown: a test of 20 minutes of which nobody says whether
    it reached the peak is neither a stop nor a condition yet. Where a bound decided that the rule fails, it is judged
    at the end of the interval nearest to the limit: what is too far there is too far everywhere, and what is not leaves
    the rest of the interval open.
    """
    ends = {name: value for name, _, value in outcome.bounds}
    near = short.evaluate({**gathered.values, **ends}, today=today)
    if near is True and not ends:
        return outcome, True
    if near is True or isinstance(near, Unknown):
        names = near.names if isinstance(near, Unknown) else frozenset(ends)
        return Outcome(State.UNKNOWN, outcome.value, outcome.limit, names=names), False
    return outcome, False
