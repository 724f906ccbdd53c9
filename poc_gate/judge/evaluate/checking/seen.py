"""What was observed of the running pilot -> the statements of a rule that it proves false; silence proves nothing."""

from __future__ import annotations

from itertools import product

from poc_gate.judge.evaluate.checking.check_expectation import MOST_CORNERS, Outcome
from poc_gate.judge.evaluate.checking.gather_inputs import Context, Gathered
from poc_gate.judge.evaluate.checking.held_class import class_of
from poc_gate.judge.expression.compile_expression import Expression
from poc_gate.judge.expression.values import Unknown
from poc_gate.judge.packs.compile_rule import CompiledRule
from poc_gate.model.finding import State
from poc_gate.model.rule import CLASS_RANK, EvidenceClass


def seen_broken(compiled: CompiledRule, gathered: Gathered, context: Context) -> Outcome | None:
    """Return the failure that observations alone prove, with the statements that do not hold; None for none.

    A statement counts only where its condition holds and it is false over the whole interval of every observation:
    what was not seen, scattered too much or reaches over the limit leaves the rule to the rest of its assertion.
    """
    failing = tuple(
        that.source for that, when in compiled.seen if _proven_false(that, when, gathered, context.today)
    )
    return Outcome(State.FAIL, failing=failing) if failing else None


def seen_asks(compiled: CompiledRule, gathered: Gathered, context: Context) -> frozenset[str]:
    """Return the names of facts that something observed makes necessary and nobody stated.

    Texts of people on spans ask whether traces are protected; without such texts nothing is asked. A statement that lacks
    an observation as well asks nothing.
    """
    asked: set[str] = set()
    for that, when in compiled.seen:
        values = gathered.values
        if when is not None and when.evaluate(values, today=context.today) is not True:
            continue
        lost = that.evaluate(values, today=context.today)
        if isinstance(lost, Unknown) and all(_can_be_stated(name, context) for name in lost.names):
            asked |= lost.names
    return frozenset(asked)


def _can_be_stated(fact: str, context: Context) -> bool:
    spec = context.packs.catalogue.find(fact)
    return spec is not None and spec.origin == "manifest"


def seen_names(compiled: CompiledRule, outcome: Outcome) -> frozenset[str]:
    """Return the names in the statements that observations prove false."""
    return frozenset[str]().union(
        *(that.names for that, _ in compiled.seen if that.source in outcome.failing)
    )


def seen_class(names: frozenset[str], gathered: Gathered, context: Context) -> EvidenceClass | None:
    """Return the class of the strongest observation behind the statements: it is what proves them false."""
    held = [
        class_of(fact, context)
        for name in names
        for fact in gathered.facts.get(name, ())
        if fact.value is not None
    ]
    return max(held, key=CLASS_RANK.__getitem__, default=None)


def _proven_false(that: Expression, when: Expression | None, gathered: Gathered, today: str) -> bool:
    names = that.names | (when.names if when is not None else frozenset())
    return all(
        (when is None or when.evaluate(values, today=today) is True)
        and that.evaluate(values, today=today) is False
        for values in _corners(names, gathered)
    )


def _corners(names: frozenset[str], gathered: Gathered) -> list[dict[str, object]]:
    """Return the values at both ends of the intervals of what is named, in all combinations, and as they are."""
    ends: dict[str, tuple[float, ...]] = {}
    for name in sorted(names):
        held, likely = gathered.facts.get(name, ()), gathered.values.get(name)
        if len(held) == 1 and isinstance(likely, float):
            low, high = held[0].low, held[0].high
            found = {
                likely if low is None else min(low, likely),
                likely if high is None else max(high, likely),
            }
            ends[name] = tuple(sorted(found))
    varied = [name for name, found in ends.items() if len(found) > 1][:MOST_CORNERS]
    corners = product(*(ends[name] for name in varied))
    return [
        gathered.values,
        *({**gathered.values, **dict(zip(varied, corner, strict=True))} for corner in corners),
    ]
