"""Source text + types of names -> an expression that is checked once and evaluated often."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from poc_gate.expression.build import Builder
from poc_gate.expression.operations import Frame, Run
from poc_gate.expression.syntax import parse
from poc_gate.expression.tokens import read_tokens
from poc_gate.expression.values import BudgetError, ExpressionError, Failure, Unknown, ValueType

STEP_BUDGET = 200_000
"""Nodes that the loops of one evaluation may visit; about 50 ms at worst."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression; `names` are the ones its value rests on."""

    source: str
    type: ValueType
    names: frozenset[str]
    run: Run
    sides: tuple[Run, Run] | None = None
    """Both sides, where the whole is a comparison of quantities."""

    def evaluate(self, values: Mapping[str, object], *, today: str = "") -> object:
        """Return the value, Unknown with the names that are missing, or Failure with the reason.

        Numbers are floats in SI units, lists are tuples. A name without a value is unknown.
        """
        return self._evaluate(self.run, values, today)

    def compared(self, values: Mapping[str, object], *, today: str = "") -> tuple[object, object] | None:
        """Return the values of both sides of a comparison of quantities; None for everything else."""
        if self.sides is None:
            return None
        return self._evaluate(self.sides[0], values, today), self._evaluate(self.sides[1], values, today)

    def _evaluate(self, run: Run, values: Mapping[str, object], today: str) -> object:
        held: dict[str, object] = {}
        for name in self.names:
            value = values.get(name)
            held[name] = Unknown(frozenset({name})) if value is None else value
        try:
            return run(Frame(held, STEP_BUDGET, today))
        except BudgetError:
            return Failure(f"it needs more than {STEP_BUDGET} steps")


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
    return Expression(source, part.type, frozenset(builder.used), part.run, part.sides)


def put_in(source: str, shown: Mapping[str, str]) -> str:
    """Return the source with each name replaced by the text of its value, for `explain`."""
    pieces: list[str] = []
    last = 0
    tokens = read_tokens(source)
    for index, token in enumerate(tokens):
        after_dot = index > 0 and tokens[index - 1].text == "." and tokens[index - 1].kind == "sign"
        if token.kind == "name" and token.text in shown and not after_dot:
            pieces += [source[last : token.offset], shown[token.text]]
            last = token.end
    return "".join(pieces) + source[last:]
