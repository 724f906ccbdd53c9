"""Tree -> checked closures: every name, type and unit is checked here, before anything is evaluated."""

from __future__ import annotations

import difflib
import operator
from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from poc_gate.judge.expression import operations
from poc_gate.judge.expression.operations import Run
from poc_gate.judge.expression.syntax import Node
from poc_gate.judge.expression.values import (
    ANY,
    DATE,
    FLAG,
    NUMBER,
    TEXT,
    ExpressionError,
    Unknown,
    ValueType,
    list_of,
)
from poc_gate.model.quantity import DIMENSIONLESS, divide_units, multiply_units, unit_powers

MACROS = ("all", "exists", "filter", "map")
FUNCTIONS = ("age", "has", "max", "min", "size", "sum")
_EQUAL = ("number", "date", "text", "flag", "any")
_OPERANDS = {"==": _EQUAL, "!=": _EQUAL, **dict.fromkeys(operations.ARITHMETIC, ("number",))}
LOOP_DEPTH_CAP = 2
"""Loops inside loops: pairs of items are enough for a rule, and 60^5 turns are never started."""


class Built(Struct, frozen=True):
    """A checked part: its type, what computes it, and how many nodes one run visits."""

    type: ValueType
    run: Run
    cost: int
    node: Node
    sides: tuple[tuple[Run, Run], ...] = ()
    """Both sides of each comparison of quantities in it, for flip points; loops are left out."""


class Builder:
    """Checks one tree against the types of the names; `used` collects the names it rests on."""

    def __init__(self, names: Mapping[str, ValueType]) -> None:
        """Take the types of all names that may be used."""
        self.names = names
        self.used: set[str] = set()
        self.has_loops = False
        self._loops: dict[str, ValueType] = {}

    def build(self, node: Node) -> Built:
        """Return the checked part of one node; raises ExpressionError with its place."""
        if node.kind in {"number", "text", "flag"}:
            return Built(ValueType(node.kind, node.unit), lambda _: node.value, 1, node)
        part: Built = getattr(self, "_member" if node.kind == "index" else f"_{node.kind}")(node)
        return part

    def flag(self, node: Node) -> Built:
        """Return the part of a node that must be true or false."""
        return self._as(self.build(node), FLAG)

    def _as(self, part: Built, wanted: ValueType) -> Built:
        """Return the part as the wanted kind; plain data is converted when it is evaluated."""
        if part.type.kind == "any" and wanted.kind != "any":
            run = operations.lift(lambda value: operations.convert(value, wanted), part.run)
            return Built(wanted, run, part.cost + 1, part.node)
        if wanted.kind not in {part.type.kind, "any"}:
            needed = "a list" if wanted.kind == "list" else wanted
            raise ExpressionError(f"{needed} is needed here, not {part.type}", part.node.offset)
        return part

    def _name(self, node: Node) -> Built:
        name = str(node.value)
        found = self._loops.get(name) or self.names.get(name)
        if found is None:
            near = difflib.get_close_matches(name, [*self.names, *self._loops], n=1, cutoff=0.5)
            known = ", ".join(sorted(self.names)) or "none"
            step = f"did you mean {near[0]!r}?" if near else f"known names: {known}; put texts in quotes"
            raise ExpressionError(f"unknown name {name!r}", node.offset, step)
        if name not in self._loops:
            self.used.add(name)
        lost = Unknown(frozenset({name}))
        return Built(found, lambda frame: frame.values.get(name, lost), 1, node)

    def _list(self, node: Node) -> Built:
        parts = [self.build(child) for child in node.children]
        element = None
        for index, part in enumerate(parts):
            parts[0], parts[index] = self._alike(parts[0], part, node.offset) if index else (part, part)
            element = parts[0].type
        runs = tuple(part.run for part in parts)
        cost = 1 + sum(part.cost for part in parts)
        return Built(list_of(element), lambda frame: tuple(run(frame) for run in runs), cost, node)

    def _unary(self, node: Node) -> Built:
        part = self.build(node.children[0])
        part = self._as(part, FLAG if node.value == "!" else _number(part))
        compute = operator.not_ if node.value == "!" else operator.neg
        return Built(part.type, operations.lift(compute, part.run), part.cost + 1, node, part.sides)

    def _binary(self, node: Node) -> Built:
        symbol = str(node.value)
        left, right = (self.build(child) for child in node.children)
        cost = left.cost + right.cost + 1
        if symbol in {"&&", "||"}:
            left, right = self._as(left, FLAG), self._as(right, FLAG)
            run = operations.absorb(left.run, right.run, decisive=symbol == "||")
            return Built(FLAG, run, cost, node, (*left.sides, *right.sides))
        if symbol == "in":
            return self._in(node, left, right)
        if symbol in {"*", "/"}:
            left, right = self._as(left, _number(left)), self._as(right, _number(right))
            unite = multiply_units if symbol == "*" else divide_units
            unit = unite(left.type.unit, right.type.unit)
            return Built(
                ValueType("number", unit), operations.combine(symbol, left.run, right.run), cost, node
            )
        left, right = self._alike(left, right, node.offset)
        if left.type.kind == "any" and symbol not in {"==", "!="}:
            left, right = self._as(left, NUMBER), self._as(right, NUMBER)
        if left.type.kind not in _OPERANDS.get(symbol, ("number", "date")):
            raise ExpressionError(f"{symbol!r} does not work on {left.type}", node.offset)
        run = operations.combine(symbol, left.run, right.run)
        if symbol in operations.ARITHMETIC:
            return Built(left.type, run, cost, node)
        return Built(FLAG, run, cost, node, ((left.run, right.run),) if left.type.kind == "number" else ())

    def _in(self, node: Node, left: Built, right: Built) -> Built:
        right = self._as(right, list_of(ANY) if right.type.kind == "any" else ValueType("list"))
        if right.type.element is not None:
            sample = Built(right.type.element, right.run, 0, right.node)
            left, _ = self._alike(left, sample, node.offset)
        run = operations.lift(operations.contains, left.run, right.run)
        return Built(FLAG, run, left.cost + right.cost + 1, node)

    def _alike(self, left: Built, right: Built, offset: int) -> tuple[Built, Built]:
        """Return both parts with one type: literals and plain data follow the other side."""
        if left.type.kind == "any" or right.type.kind == "any":
            return self._as(left, right.type), self._as(right, left.type)
        if "date" in {left.type.kind, right.type.kind}:
            left, right = _dated(left), _dated(right)
        if left.type.kind != right.type.kind:
            raise ExpressionError(f"{left.type} does not go with {right.type}", offset)
        _check_choice(left, right)
        _check_choice(right, left)
        if left.type.kind == "number" and unit_powers(left.type.unit) != unit_powers(right.type.unit):
            if _is_zero(left) or _is_zero(right):
                other = right.type if _is_zero(left) else left.type
                return Built(other, left.run, 1, left.node), Built(other, right.run, 1, right.node)
            step = "write the limit or number with its unit, such as `30 s`"
            raise ExpressionError(f"units differ: {left.type} and {right.type}", offset, step)
        return left, right

    def _choose(self, node: Node) -> Built:
        condition = self.flag(node.children[0])
        then, other = self._alike(self.build(node.children[1]), self.build(node.children[2]), node.offset)
        cost = condition.cost + then.cost + other.cost + 1
        sides = (*condition.sides, *then.sides, *other.sides)
        return Built(then.type, operations.choose(condition.run, then.run, other.run), cost, node, sides)

    def _member(self, node: Node) -> Built:
        owner = self.build(node.children[0])
        key = self.build(node.children[1] if node.kind == "index" else Node("text", node.offset, node.value))
        if owner.type.kind == "list" and node.kind == "index":
            key, result = self._as(key, NUMBER), owner.type.element or ANY
        elif owner.type.kind == "any":
            result = ANY
        else:
            raise ExpressionError(f"{owner.type} has no parts", node.offset, "only plain data has keys")
        return Built(
            result, operations.lift(operations.member, owner.run, key.run), owner.cost + key.cost + 1, node
        )

    def _call(self, node: Node) -> Built:
        name = str(node.value)
        if name in MACROS:
            return self._macro(node)
        if name not in FUNCTIONS:
            near = difflib.get_close_matches(name, (*MACROS, *FUNCTIONS), n=1, cutoff=0.5)
            step = f"did you mean {near[0]!r}?" if near else f"known: {', '.join((*MACROS, *FUNCTIONS))}"
            raise ExpressionError(f"unknown function {name!r}", node.offset, step)
        parts = [self.build(child) for child in node.children]
        if not parts or (len(parts) > 1 and name not in {"min", "max"}):
            raise ExpressionError(f"{name} takes one argument, not {len(parts)}", node.offset)
        cost = 1 + sum(part.cost for part in parts)
        if name == "has":
            if node.children[0].kind not in {"name", "member", "index"}:
                raise ExpressionError("has asks whether a name or a key is there", node.offset)
            return Built(FLAG, operations.is_known(parts[0].run), cost, node)
        if name == "age":
            return Built(ValueType("number", "s"), operations.age(self._as(parts[0], DATE).run), cost, node)
        if name == "size":
            if parts[0].type.kind not in {"list", "text", "any"}:
                raise ExpressionError(f"{parts[0].type} has no size", node.offset)
            return Built(NUMBER, operations.lift(operations.size, parts[0].run), cost, node)
        return self._fold(name, parts, node)

    def _fold(self, name: str, parts: list[Built], node: Node) -> Built:
        if len(parts) == 1:
            whole = self._as(parts[0], ValueType("list"))
            element = whole.type.element or NUMBER
            if element.kind != "number":
                raise ExpressionError(f"{name} needs a list of numbers, not {whole.type}", node.offset)
            return Built(element, operations.fold(name, (whole.run,)), whole.cost + 1, node)
        units = (part.type for part in parts if part.type.kind == "number" and not _is_zero(part))
        wanted = next(units, NUMBER)
        numbers = [self._as(part, wanted) for part in parts]
        for index, part in enumerate(numbers[1:], start=1):
            numbers[0], numbers[index] = self._alike(numbers[0], part, node.offset)
        runs = tuple(part.run for part in numbers)
        cost = 1 + sum(part.cost for part in numbers)
        return Built(numbers[0].type, operations.fold(name, runs), cost, node)

    def _macro(self, node: Node) -> Built:
        name = str(node.value)
        if len(node.children) != 3 or node.children[1].kind != "name":
            raise ExpressionError(f"write {name}(list, x, expression over x)", node.offset)
        items = self.build(node.children[0])
        items = self._as(items, list_of(ANY) if items.type.kind == "any" else ValueType("list"))
        variable = str(node.children[1].value)
        if variable in self.names or variable in self._loops:
            raise ExpressionError(f"the name {variable!r} is taken", node.children[1].offset)
        if len(self._loops) >= LOOP_DEPTH_CAP:
            raise ExpressionError(f"more than {LOOP_DEPTH_CAP} loops inside each other", node.offset)
        self.has_loops, self._loops[variable] = True, items.type.element or ANY
        body = self.build(node.children[2])
        del self._loops[variable]
        if name != "map":
            body = self._as(body, FLAG)
        run = operations.loop(name, items.run, variable=variable, body=body.run, cost=body.cost)
        result = {"filter": items.type, "map": list_of(body.type)}.get(name, FLAG)
        return Built(result, run, items.cost + body.cost, node)


def _number(part: Built) -> ValueType:
    return part.type if part.type.kind == "number" else NUMBER


def _is_zero(part: Built) -> bool:
    """A literal 0 is zero in every unit."""
    return part.node.kind == "number" and part.node.value == 0 and part.node.unit == DIMENSIONLESS


def _dated(part: Built) -> Built:
    if part.node.kind != "text":
        return part
    try:
        date.fromisoformat(str(part.node.value))
    except ValueError:
        what = f"{part.node.value!r} is not a valid date"
        raise ExpressionError(what, part.node.offset, "write it as 2026-12-01") from None
    return Built(DATE, part.run, part.cost, part.node)


def _check_choice(literal: Built, other: Built) -> None:
    choices = other.type.choices
    if literal.node.kind != "text" or literal.type != TEXT or not choices:
        return
    if literal.node.value not in choices:
        near = difflib.get_close_matches(str(literal.node.value), choices, n=1, cutoff=0.5)
        step = f"did you mean {near[0]!r}?" if near else f"one of {', '.join(choices)}"
        what = f"{literal.node.value!r} is not one of the possible values"
        raise ExpressionError(what, literal.node.offset, step)
