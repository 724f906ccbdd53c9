"""What an expression works on: types with units, and the two results that are not values."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from poc_gate.model.quantity import DIMENSIONLESS, UNIT_MEANING


class ExpressionError(ValueError):
    """Source text that is refused: what is wrong, at which character, and what to write instead."""

    def __init__(self, what: str, offset: int, next_step: str = "") -> None:
        """Keep the parts apart; `offset` counts characters of the source from 0."""
        super().__init__(what)
        self.what = what
        self.offset = offset
        self.next_step = next_step


class BudgetError(Exception):
    """More steps than an evaluation may take; never absorbed by a logical operator."""


class Unknown(Struct, frozen=True):
    """The value cannot be known because these facts are missing."""

    names: frozenset[str]


class Failure(Struct, frozen=True):
    """The value cannot be computed although everything is known, for example a division by zero."""

    reason: str


SPOILT = (Unknown, Failure)


class ValueType(Struct, frozen=True):
    """The type of a value: `number` with its SI unit, `flag`, `text`, `date`, `list`, or `any`.

    `any` is plain parsed data (the content of an evidence file), checked when evaluated.
    """

    kind: str
    unit: str = DIMENSIONLESS
    element: ValueType | None = None
    """Of a list; None for the empty list, which fits every list."""
    choices: tuple[str, ...] = ()
    """The texts a text can be, where they are known."""

    def __str__(self) -> str:
        """Return the type in words for messages."""
        if self.kind == "number":
            return UNIT_MEANING.get(self.unit, f"a quantity in {self.unit}").split(",")[0]
        if self.kind == "list":
            return f"a list of {self.element.kind}s" if self.element else "an empty list"
        return {"flag": "true or false", "any": "plain data"}.get(self.kind, f"a {self.kind}")


FLAG = ValueType("flag")
TEXT = ValueType("text")
DATE = ValueType("date")
ANY = ValueType("any")
NUMBER = ValueType("number")


def list_of(element: ValueType | None) -> ValueType:
    """Return the type of a list."""
    return ValueType("list", element=element)


def worse(values: Iterable[object]) -> Unknown | Failure | None:
    """Return what spoils an operation: unknown before failure, as in CEL; None when all are values."""
    unknown: Unknown | None = None
    failure: Failure | None = None
    for value in values:
        kind = type(value)
        if kind is Unknown:
            assert isinstance(value, Unknown)
            unknown = value if unknown is None else Unknown(unknown.names | value.names)
        elif kind is Failure and failure is None:
            assert isinstance(value, Failure)
            failure = value
    return unknown or failure
