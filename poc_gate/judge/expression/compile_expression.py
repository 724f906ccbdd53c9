"""Source text + types of names -> an expression that is checked once and evaluated often."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from poc_gate.judge.expression.build import Builder
from poc_gate.judge.expression.operations import Frame, Run
from poc_gate.judge.expression.syntax import parse
from poc_gate.judge.expression.values import BudgetError, ExpressionError, Failure, ValueType

STEP_BUDGET = 200_000
"""Nodes that the loops of one evaluation may visit; about 50 ms at worst."""


_OVER_BUDGET = Failure(f"it needs more than {STEP_BUDGET} steps")


class Expression(Struct, frozen=True):
    """A checked expression; `names` are the ones its value rests on."""

    source: str
    type: ValueType
    names: frozenset[str]
    run: Run
    sides: tuple[tuple[Run, Run], ...] = ()
    """Both sides of each comparison of quantities in it, outside of loops."""
    has_loops: bool = False

    def evaluate(self, values: Mapping[str, object], *, today: str = "") -> object:
        """Return the value, Unknown with the names that are missing, or Failure with the reason.

        Numbers are floats in SI units, lists are tuples. A name that `values` lacks is unknown.
        """
        return self._evaluate(self.run, values, today)

    def compared(self, values: Mapping[str, object], *, today: str = "") -> tuple[tuple[object, object], ...]:
        """Return the values of both sides of each comparison of quantities, in the order of the source."""
        pairs = ((self._evaluate(a, values, today), self._evaluate(b, values, today)) for a, b in self.sides)
        return tuple(pairs)

    def _evaluate(self, run: Run, values: Mapping[str, object], today: str) -> object:
        try:
            return run(Frame(dict(values) if self.has_loops else values, STEP_BUDGET, today))
        except BudgetError:
            return _OVER_BUDGET


def compile_expression(
    source: str, names: Mapping[str, ValueType], *, wanted: ValueType | None = None
) -> Expression:
    """Return the expression; `wanted` is the type that it must have.

    Raises ExpressionError for the first fault: syntax, unknown name, wrong type, mixed units.
    """
    builder = Builder(names)
    part = builder.build(parse(source))
    if wanted is not None and wanted.kind == "flag":
        part = builder.flag(part.node)
    elif wanted is not None and (part.type.kind, part.type.unit) != (wanted.kind, wanted.unit):
        raise ExpressionError(f"{wanted} is needed here, not {part.type}", 0)
    used = frozenset(builder.used)
    return Expression(source, part.type, used, part.run, part.sides, builder.has_loops)
