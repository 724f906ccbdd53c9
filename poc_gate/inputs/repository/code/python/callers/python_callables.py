"""A file of Python -> the functions and classes that can be called, the calls in it, and the names that it speaks of otherwise."""

from __future__ import annotations

import ast
from collections import defaultdict
from typing import NamedTuple

from poc_gate.inputs.repository.code.python.callers.settings_fields import plain_default
from poc_gate.inputs.repository.code.python.values.python_dotted_names import dotted_name

Function = ast.FunctionDef | ast.AsyncFunctionDef
_HARMLESS = frozenset({"staticmethod", "classmethod", "abstractmethod", "override", "retry", "lru_cache", "cache", "wraps", "dataclass", "observe", "traceable", "no_grad", "inference_mode", "final"})  # fmt: skip
"""Decorators after which a function is still only called by its name."""


class Callable(NamedTuple):
    """A function, or a class by which objects are made."""

    path: str
    name: str
    """As it is called: that of the class for one by which objects are made."""
    owner: str
    """The class around a method; empty for others."""
    node: ast.AST
    parameters: dict[str, ast.expr | None]
    """Names with their defaults, in the order in which they are given."""
    by_place: int
    """How many of them can be given without their name."""
    open: bool
    """It takes arguments of any name, or any number of them."""
    kept: bool
    """A decorator hands it to somebody else, who may call it with less."""


class Called(NamedTuple):
    """One call."""

    path: str
    node: ast.Call
    within: tuple[Callable, ...]
    """The functions around it, the nearest first."""


class Written(ast.NodeVisitor):
    """What one file holds."""

    def __init__(self, path: str, tree: ast.Module) -> None:
        """Read a tree."""
        self.path, self.tree = path, tree
        self.made: list[Callable] = []
        self.calls: dict[str, list[Called]] = defaultdict(list)
        self.spoken: set[str] = set()
        """Names that are handed on, renamed or inherited from."""
        self._within: tuple[Callable, ...] = ()
        self._owners: list[ast.ClassDef] = []
        self._body: ast.ClassDef | None = None
        """The class whose body is being read, outside its methods."""
        self.visit(tree)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Take a class of fields, and enter it."""
        self.spoken |= {dotted_name(base).rpartition(".")[2] for base in node.bases}
        marks = {_mark(one) for one in node.decorator_list}
        if "dataclass" in marks:
            fields = {one.target.id: plain_default(one.value) for one in node.body if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)}  # fmt: skip
            self.made.append(Callable(self.path, node.name, "", node, dict(fields), 0 if node.bases else len(fields), open=False, kept=not marks <= _HARMLESS))  # fmt: skip
        before, self._body = self._body, node
        self._owners.append(node)
        for child in (*node.decorator_list, *node.body):
            self.visit(child)
        self._owners.pop()
        self._body = before

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Take a function, and enter it."""
        self._enter(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Take a function, and enter it."""
        self._enter(node)

    def _enter(self, node: Function) -> None:
        found = _callable(self.path, node, self._body)
        self.made.append(found)
        before, body = self._within, self._body
        self._within, self._body = (found, *before), None
        if found.kept:
            self.generic_visit(node.args)  # whoever calls it makes what its parameters take
        for child in (*node.decorator_list, *_defaults(node.args), *node.body):
            self.visit(child)
        self._within, self._body = before, body

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """Enter what is given; the annotation does not use the class that it names."""
        self.visit(node.target)
        if node.value is not None:
            self.visit(node.value)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        """Keep names under which something is taken in that is called otherwise where it is written."""
        self.spoken |= {one.name for one in node.names if one.asname not in {None, one.name}}

    def visit_Call(self, node: ast.Call) -> None:
        """Take a call, and enter its arguments."""
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name == "cls" and self._owners:
            name = self._owners[-1].name
        self.calls[name].append(Called(self.path, node, self._within))
        inner = node.func.value if isinstance(node.func, ast.Attribute) else None
        if inner is not None and not isinstance(inner, ast.Name):
            self.visit(inner)
        elif inner is None and not isinstance(node.func, ast.Name):
            self.visit(node.func)
        for child in (*node.args, *node.keywords):
            self.visit(child)

    def visit_Name(self, node: ast.Name) -> None:
        """Keep a name that is read."""
        if isinstance(node.ctx, ast.Load):
            self.spoken.add(node.id)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        """Keep the name of an attribute that is read."""
        if isinstance(node.ctx, ast.Load):
            self.spoken.add(node.attr)
        if not isinstance(node.value, ast.Name):
            self.visit(node.value)


def _callable(path: str, node: Function, owner: ast.ClassDef | None) -> Callable:
    given = node.args
    marks = {_mark(one) for one in node.decorator_list}
    placed = [*given.posonlyargs, *given.args]
    defaults: list[ast.expr | None] = [*[None] * (len(placed) - len(given.defaults)), *given.defaults]
    pairs = list(zip(placed, defaults, strict=True))
    pairs = pairs[1:] if owner is not None and "staticmethod" not in marks else pairs
    parameters = {one.arg: default for one, default in pairs}
    parameters |= {one.arg: default for one, default in zip(given.kwonlyargs, given.kw_defaults, strict=True)}
    makes = owner is not None and node.name == "__init__"
    name = owner.name if makes and owner is not None else node.name
    kept = not marks <= _HARMLESS or bool(makes and owner is not None and owner.decorator_list)
    return Callable(path, name, "" if makes or owner is None else owner.name, node, parameters, len(pairs), given.kwarg is not None or given.vararg is not None, kept)  # fmt: skip


def _mark(node: ast.expr) -> str:
    return dotted_name(node.func if isinstance(node, ast.Call) else node).rpartition(".")[2]


def _defaults(given: ast.arguments) -> list[ast.expr]:
    return [one for one in (*given.defaults, *given.kw_defaults) if one is not None]
