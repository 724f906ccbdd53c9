"""The changes of one source file that its tests must notice: an operator, a comparison, a number, a condition at a time."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

_ARITHMETIC: dict[type, type] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult, ast.Pow: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
_COMPARED: dict[type, tuple[type, ...]] = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
}  # fmt: skip
_CALLED = {"min": "max", "max": "min", "any": "all", "all": "any", "floor": "ceil", "ceil": "floor"}
_LEFT_OUT_FIELDS = {"annotation", "returns", "decorator_list", "bases", "format_spec"}
_LEFT_OUT_KEYWORDS = {"strict", "maxsize", "frozen"}
_LARGE = 1000
"""Whole numbers from here on change by a tenth, smaller ones by one."""


class Around(NamedTuple):
    """Where in a module a change is made."""

    statement: ast.stmt
    in_function: bool
    names: frozenset[str]
    """What the outermost statement assigns or defines."""


@dataclass
class Change:
    """One change of a tree: what stands where, and what takes its place."""

    parent: ast.AST
    field: str
    index: int | None
    put: ast.AST
    around: Around
    line: int = 0
    words: str = ""

    @property
    def place(self) -> str:
        """Line and column."""
        return f"{self.line}:{getattr(self.put, 'col_offset', 0) + 1}"

    @property
    def lines(self) -> set[int]:
        """The lines of the statement up to the change."""
        return set(range(self.around.statement.lineno, self.line + 1))

    @contextmanager
    def made(self) -> Iterator[None]:
        """Change the tree, and back again."""
        old = self._swap(self.put)
        try:
            yield
        finally:
            self._swap(old)

    def _swap(self, new: Any) -> Any:
        if self.index is None:
            old = getattr(self.parent, self.field)
            setattr(self.parent, self.field, new)
            return old
        place = getattr(self.parent, self.field)
        old, place[self.index] = place[self.index], new
        return old


def changes(tree: ast.Module) -> list[Change]:
    """Return every change of a module, in the order of its text."""
    found = [change for statement in tree.body for change in _of_statement(statement)]
    return sorted(found, key=lambda change: change.line)


def _of_statement(statement: ast.stmt) -> Iterator[Change]:
    named = {n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        named = {statement.name}
    around = Around(statement, in_function=False, names=frozenset(named))
    yield from _inside(ast.Module([statement], []), around)


def _inside(node: ast.AST, around: Around) -> Iterator[Change]:
    is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    for name, value in ast.iter_fields(node):
        if name in _LEFT_OUT_FIELDS:
            continue
        for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(child, ast.AST) or _is_left_out(child):
                continue
            here = around._replace(in_function=around.in_function or (is_function and name == "body"))
            if isinstance(child, ast.stmt):
                here = here._replace(statement=child)
            for put in _puts(child, node, name):
                yield _worded(Change(node, name, index, put, here), child)
            yield from _inside(child, here)


def _is_left_out(child: ast.AST) -> bool:
    if isinstance(child, ast.If):
        return "TYPE_CHECKING" in ast.unparse(child.test)
    if isinstance(child, ast.keyword):
        return child.arg in _LEFT_OUT_KEYWORDS
    return isinstance(child, ast.Import | ast.ImportFrom)


def _worded(change: Change, child: ast.AST) -> Change:
    """Return the change with its line and its words: of an operator the expression around it."""
    itself = isinstance(child, ast.expr | ast.stmt)
    shown = child if itself else change.parent
    before = ast.unparse(shown)
    with change.made():
        after = ast.unparse(change.put if itself else change.parent)
    change.line = shown.end_lineno or shown.lineno  # type: ignore[attr-defined]
    if itself:
        ast.copy_location(change.put, child)
    ast.fix_missing_locations(change.put)
    change.words = f"{before} -> {after}"
    return change


def _puts(child: ast.AST, node: ast.AST, name: str) -> Iterator[ast.AST]:
    if isinstance(child, ast.operator) and type(child) in _ARITHMETIC:
        yield _ARITHMETIC[type(child)]()
    elif isinstance(child, ast.cmpop):
        yield from (other() for other in _COMPARED[type(child)])
    elif isinstance(child, ast.And | ast.Or):
        yield ast.Or() if isinstance(child, ast.And) else ast.And()
    elif isinstance(child, ast.Constant):
        yield from _of_constant(child.value)
    elif isinstance(child, ast.UnaryOp) and isinstance(child.op, ast.Not | ast.USub):
        yield child.operand
    elif isinstance(child, ast.Name | ast.Attribute) and isinstance(node, ast.Call) and name == "func":
        yield from _of_function(child)
    elif isinstance(child, ast.Break | ast.Continue):
        yield ast.Continue() if isinstance(child, ast.Break) else ast.Break()
    if (name in ("test", "ifs")) and isinstance(child, ast.Name | ast.Attribute | ast.Call | ast.NamedExpr):
        yield ast.UnaryOp(ast.Not(), child)


def _of_constant(value: Any) -> Iterator[ast.AST]:
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield ast.Constant(value + 1 if abs(value) < _LARGE else value + value // 10)
    elif isinstance(value, float):
        yield ast.Constant(value * 1.1 if value else 1.0)


def _of_function(child: ast.Name | ast.Attribute) -> Iterator[ast.AST]:
    called = child.id if isinstance(child, ast.Name) else child.attr
    if called not in _CALLED:
        return
    yield (
        ast.Name(_CALLED[called], ast.Load())
        if isinstance(child, ast.Name)
        else ast.Attribute(child.value, _CALLED[called], ast.Load())
    )
