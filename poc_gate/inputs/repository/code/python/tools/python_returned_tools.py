"""Functions in Python that define functions and return them in a list -> the tools of the agent that is given the list."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

from poc_gate.inputs.repository.code.effects import effect_of_tool
from poc_gate.inputs.repository.code.python.tools.python_tool_functions import calls_and_texts, is_pure
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.model.claim import Place

_GIVES = re.compile(r"(?i)(?:^|_)tools?(?:_|$)")
_OF_TOOLS = re.compile(r"Tool(?:Union)?\b|ToolUnion")


def note_returned_tools(
    node: ast.FunctionDef | ast.AsyncFunctionDef, place: Callable[[ast.AST], Place], notes: Notes
) -> None:
    """Note the functions that one such as `build_tools` defines and returns together; a decorator notes its own."""
    if not (_GIVES.search(node.name) or (node.returns is not None and _OF_TOOLS.search(ast.unparse(node.returns)))):  # fmt: skip
        return
    inner = {one.name: one for one in node.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and not one.decorator_list}  # fmt: skip
    for statement in node.body if inner else ():
        listed = statement.value if isinstance(statement, ast.Return) else None
        if not isinstance(listed, ast.List):
            continue
        names = [one.id for one in listed.elts if isinstance(one, ast.Name)]
        if len(names) == len(listed.elts) and all(name in inner for name in names):
            for name in names:
                _note(inner[name], place(inner[name]), notes)


def _note(function: ast.FunctionDef | ast.AsyncFunctionDef, place: Place, notes: Notes) -> None:
    effect, why = effect_of_tool(function.name, *calls_and_texts(function))
    if is_pure(function):
        effect, why = "reads", "its code calls nothing"
    notes.tool(function.name, effect, why, place)
    notes.technique("tools", f"{function.name} is given to an agent", place)
