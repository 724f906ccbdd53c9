"""A precondition and its values -> whether it holds; nothing is set aside on what two statements dispute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from poc_gate.judge.evaluate.checking.gather_inputs import Context
from poc_gate.judge.expression.compile_expression import Expression
from poc_gate.judge.expression.values import Unknown
from poc_gate.model.claim import Provenance
from poc_gate.model.fact import Fact


def precondition(
    condition: Expression,
    values: Mapping[str, object],
    facts: Mapping[str, Sequence[Fact]],
    context: Context,
) -> object:
    """Return True, False, Unknown or Failure for a condition; `facts` are those behind its names.

    Where it is false only because of a disputed fact it is unknown: `risk_tier: high` in the manifest must
    not fall silent because a record says `minimal`.
    """
    result = condition.evaluate(values, today=context.today)
    if result is not False:
        return result
    disputed = disputed_facts(context)
    if not disputed:
        return False
    lost = {
        name: Unknown(frozenset(fact.name for fact in held if fact.name in disputed))
        for name, held in facts.items()
        if name in condition.names and any(fact.name in disputed for fact in held)
    }
    if not lost or condition.evaluate({**values, **lost}, today=context.today) is False:
        return False
    return Unknown(frozenset().union(*(unknown.names for unknown in lost.values())))


def disputed_facts(context: Context) -> frozenset[str]:
    """Return the names of the facts about which two statements disagree, and neither was seen in the running pilot."""
    found = context.looked.disputed
    if found is None:
        found = context.looked.disputed = frozenset(
            one.fact
            for one in context.tree.contradictions
            if context.tree.get(one.fact).provenance is not Provenance.MEASURED
        )
    return found


def settle_lines(names: Sequence[str]) -> tuple[str, ...]:
    """Return what to do about disputed facts, one line each."""
    return tuple(f"{name}: correct the statement that is wrong (see X01-statements-agree)" for name in names)
