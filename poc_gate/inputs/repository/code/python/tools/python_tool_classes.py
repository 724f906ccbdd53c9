"""Classes in Python that derive from a library's tool -> the tool of an agent that they say they are."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.effects import effect_of_tool
from poc_gate.inputs.repository.code.python.python_walk import members_of
from poc_gate.inputs.repository.code.python.tools.python_described_tools import is_forced
from poc_gate.inputs.repository.code.python.tools.python_tool_functions import calls_and_texts
from poc_gate.inputs.repository.code.python.values.python_arguments import written_at
from poc_gate.inputs.repository.code.python.values.python_dotted_names import dotted_name
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes
from poc_gate.inputs.repository.code.python.values.python_values import argument_named, worth
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.noting.signals import ToolSeen
from poc_gate.model.claim import Place

_BASE = re.compile(r"Tool(?:Base)?$|^Base\w*Tool")
_UNNAMED = re.compile(r"(?i)(?:name of (?:my|the|your) tool|my_?(?:custom_?)?tool|your_?tool\w*)$")
"""What templates write where a tool's name belongs."""


def note_tool_class(node: ast.ClassDef, tree: ast.Module, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note a class that is a tool: it derives from a library's and says its name, or a decorator of LangChain makes it one."""
    if node.bases and any(_marks_a_tool(one, scopes) for one in node.decorator_list):
        notes.tool(node.name, *_effect_of_fields(node), place)
        notes.technique("functions", f"{node.name} is a tool", place)
        return
    bases = [dotted_name(base).rpartition(".")[2] for base in node.bases]
    if not any(_BASE.search(base) and _is_of_others(base, tree) for base in bases):
        return
    told = _told_to_base(node)
    inherited = _inherited(node, tree) if told is None else None
    name = worth(members_of(node).get("name") or _by_property(node) or inherited, scopes).value
    if name is None and (said := worth(told, scopes).value) and isinstance(said, str) and re.fullmatch(r"[\w.-]{2,60}", said):  # fmt: skip
        effect, why = effect_of_tool(said, *calls_and_texts(node))
        seen = ToolSeen(said, effect, why, place, notes.reader, notes.standing, function=node.name, once_given=True)  # fmt: skip
        notes.signals.tools.append(seen)
    elif (
        isinstance(name, str) and name and not name.startswith(("_", "invalid")) and not _UNNAMED.match(name)
    ):
        effect, why = effect_of_tool(name, *calls_and_texts(node))
        notes.tool(name, effect, why, place)
        notes.technique("tools", f"{name} is a tool", place)


def _marks_a_tool(decorator: ast.expr, scopes: Scopes) -> bool:
    """Say whether a decorator is LangChain's `tool`, which makes tools of classes that only have fields, too."""
    name = dotted_name(decorator.func if isinstance(decorator, ast.Call) else decorator)
    return scopes.imports.get(name, "").startswith("langchain") and scopes.imports[name].endswith(".tool")


def _effect_of_fields(node: ast.ClassDef) -> tuple[str, str]:
    """Return what a class of fields alone does as a tool: nothing, but what its name says the program does with them."""
    return effect_of_tool(node.name, *calls_and_texts(node))


_SPECIFIES = re.compile(r"^(?!Base)\w*(?:Tool|Function)\w*$")
_SCHEMAS = frozenset({"parameters", "input_schema", "inputSchema", "parameters_json_schema"})


def note_specified_tool(node: ast.Call, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note a tool that an object of the program's own class describes: its name, what it is for, and a schema of its arguments."""
    given = {one.arg: one.value for one in node.keywords if one.arg}
    schema = next((given[one] for one in given if one in _SCHEMAS), None)
    if not isinstance(schema, ast.Dict) or "description" not in given or not _SPECIFIES.match(dotted_name(node.func).rpartition(".")[2]):  # fmt: skip
        return
    name = worth(given.get("name"), scopes).value
    of_object = any(isinstance(one, ast.Constant) and one.value == "object" for one in schema.values)
    runs = notes.standing is not Standing.SUPPORT  # beside a service, it describes what others run
    if of_object and runs and isinstance(name, str) and re.fullmatch(r"[\w.-]{2,60}", name) and not is_forced(notes):  # fmt: skip
        notes.tool(name, *effect_of_tool(name), place)
        notes.technique("tools", f"{name} is a tool", place)


_MAKES = re.compile(r"(?i)^_?(?:make|create|build|get|define|setup)_(?:\w+_)?tools$")


def note_made_tools(node: ast.FunctionDef | ast.AsyncFunctionDef, notes: Notes) -> None:
    """Note the functions that a maker of tools writes within itself and returns in a list, each with what it is for."""
    own = {one.name: one for one in node.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)}
    last = node.body[-1]
    if not own or not _MAKES.match(node.name) or not isinstance(last, ast.Return) or not isinstance(last.value, ast.List):  # fmt: skip
        return
    for item in last.value.elts:
        made = own.get(item.id) if isinstance(item, ast.Name) else None
        if made is not None and not made.decorator_list and ast.get_docstring(made):
            at = written_at(made, notes)
            notes.tool(made.name, *effect_of_tool(made.name, *calls_and_texts(made)), at)
            notes.technique("tools", f"{made.name} is a tool", at)


def _by_property(node: ast.ClassDef) -> ast.expr | None:
    """Return what the property `name` of a class returns, where that is all it does."""
    for one in node.body:
        if isinstance(one, ast.FunctionDef) and one.name == "name" and one.decorator_list:
            last = one.body[-1]
            return last.value if isinstance(last, ast.Return) else None
    return None


def _inherited(node: ast.ClassDef, tree: ast.Module) -> ast.expr | None:
    """Return the name that a class of the same file gives those which derive from it, where none of theirs is said."""
    own = {one.name: one for one in tree.body if isinstance(one, ast.ClassDef)}
    pending, seen = [dotted_name(base) for base in node.bases], {node.name}
    while pending:
        base = pending.pop(0)
        if base in own and base not in seen:
            if (said := members_of(own[base]).get("name")) is not None:
                return said
            pending += [dotted_name(one) for one in own[base].bases]
        seen.add(base)
    return None


def _told_to_base(node: ast.ClassDef) -> ast.expr | None:
    """Return the name that a class tells the one it derives from: `super().__init__(name="search", ...)`."""
    made = next((one for one in node.body if isinstance(one, ast.FunctionDef) and one.name == "__init__"), None)  # fmt: skip
    for statement in made.body if made is not None else ():
        call = statement.value if isinstance(statement, ast.Expr) else None
        if isinstance(call, ast.Call) and dotted_name(call.func) == "super.__init__":
            return argument_named(call, "name")
    return None


def _is_of_others(base: str, tree: ast.Module) -> bool:
    """Say whether a base class comes from a library, itself or by the class of this file that derives from one.

    A class of the file's own that only describes what people can choose makes no tool of what derives from it.
    """
    seen: set[str] = set()
    while base not in seen:
        seen.add(base)
        own = next((one for one in tree.body if isinstance(one, ast.ClassDef) and one.name == base), None)
        if own is None:
            return True
        names = (dotted_name(one).rpartition(".")[2] for one in own.bases)
        base = next((name for name in names if _BASE.search(name)), base)
    return False
