"""One module of Python -> what its names, classes, calls and dictionaries say."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from typing import Any

from poc_gate.inputs.repository.code.python.calls.python_calls import note_call, note_reference
from poc_gate.inputs.repository.code.python.calls.python_deployments import note_deployment
from poc_gate.inputs.repository.code.python.calls.python_modal import note_modal
from poc_gate.inputs.repository.code.python.models.python_requests import opened_clients
from poc_gate.inputs.repository.code.python.models.python_stand_ins import note_standing_in
from poc_gate.inputs.repository.code.python.python_context import PythonContext
from poc_gate.inputs.repository.code.python.python_walk import (
    CHAINS,
    SAY_NOTHING,
    SHOWN,
    children_of,
    defaults_of,
    field_tested_for_none,
    is_for_developers,
    is_for_tests,
    is_of_family,
    members_of,
    statements_of,
    without_examples,
)
from poc_gate.inputs.repository.code.python.statements.python_assignments import (
    note_assignment,
    note_lookup,
    note_option,
)
from poc_gate.inputs.repository.code.python.statements.python_bindings import note_bindings
from poc_gate.inputs.repository.code.python.statements.python_dictionaries import note_dictionary
from poc_gate.inputs.repository.code.python.statements.python_functions import (
    counts_tokens,
    note_defaults,
    note_threshold,
    only_tries_a_key,
)
from poc_gate.inputs.repository.code.python.statements.python_guards import (
    note_early_return,
    note_guard,
    note_turned_on,
    options_before,
)
from poc_gate.inputs.repository.code.python.statements.python_imports import note_imports
from poc_gate.inputs.repository.code.python.statements.python_labels import (
    AS_LABEL,
    AS_NOTHING,
    is_menu,
    labels_in,
)
from poc_gate.inputs.repository.code.python.statements.python_passages import note_passages
from poc_gate.inputs.repository.code.python.tools.python_described_tools import (
    note_described_constant,
)
from poc_gate.inputs.repository.code.python.tools.python_kept_tools import (
    note_gathered_tools,
    note_kept_tool,
)
from poc_gate.inputs.repository.code.python.tools.python_returned_tools import note_returned_tools
from poc_gate.inputs.repository.code.python.tools.python_tool_classes import (
    note_made_tools,
    note_specified_tool,
    note_tool_class,
)
from poc_gate.inputs.repository.code.python.tools.python_tool_functions import (
    TOOL_HOMES,
    is_a_step,
    is_own_decorator,
    is_own_mark,
    note_tool_function,
)
from poc_gate.inputs.repository.code.python.tools.python_tools import note_methods_listed, note_tool_constant
from poc_gate.inputs.repository.code.python.values.python_dotted_names import full_name
from poc_gate.inputs.repository.code.python.values.python_names import names_of
from poc_gate.inputs.repository.code.python.values.python_price_tables import note_price_table
from poc_gate.inputs.repository.code.python.values.python_prices import note_price
from poc_gate.inputs.repository.code.python.values.python_scopes import OfClass
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.notes import Notes

_FUNCTION_APP = re.compile(r"\.mcp_tool(?:_trigger)?\(")
"""What makes a function of Azure a tool for models."""
_DEFINES_A_MARK = re.compile(r"(?m)^def (?P<name>\w+_?tool)\([\s\S]*^@(?P=name)\b")
"""A decorator that the file defines for its own tools."""
_ASSIGNMENTS = frozenset({ast.Assign, ast.AnnAssign})


class PythonModule(PythonContext):
    """One pass over one module: names first, then what is used."""

    def __init__(self, tree: ast.Module, file: TextFile, notes: Notes, first_line: int) -> None:
        """Take the tree; `first_line` is added to every line."""
        super().__init__(file, notes, first_line)
        self.tree = tree
        self.has_tools = False
        self.found_imports: list[ast.Import | ast.ImportFrom] = []

    def read(self) -> None:
        """Collect imports and names first, then note what is used."""
        self.found_imports = [
            node for node in statements_of(self.tree) if isinstance(node, ast.Import | ast.ImportFrom)
        ]
        for node in self.found_imports:
            self.take_import(node)
        self.take_names(self.tree.body)
        for statement in self.tree.body:
            if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
                self.scopes.functions[statement.name] = statement
            if isinstance(statement, ast.ClassDef):
                self.scopes.classes[statement.name] = members_of(statement)
        self.has_tools = self.may_have_tools()
        note_imports(self.found_imports, self.place, self.notes)
        for statement in self.tree.body:
            self.visit(statement)

    def may_have_tools(self) -> bool:
        """Say whether a decorator in the file can make a tool: of a library, of Azure, or of the pilot's own."""
        if any(path.partition(".")[0] in TOOL_HOMES for path in self.imports.values()):
            return True
        own = any(map(self.is_own_mark, self.imports.items()))
        return own or self.notes.file.shows(_FUNCTION_APP) or self.notes.file.shows(_DEFINES_A_MARK)

    def is_own_mark(self, imported: tuple[str, str]) -> bool:
        """Say whether a name that is imported is a decorator of the pilot's own for tools, or holds one."""
        name, path = imported
        if is_own_mark(name, path, self.notes):
            return True
        used = name == "tool" or self.notes.file.shows(f"@{name}.tool")
        return used and is_own_decorator(path, self.notes.signals.paths)

    def take_import(self, node: ast.Import | ast.ImportFrom) -> None:
        """Keep which full name each local name stands for."""
        if isinstance(node, ast.Import):
            for name in node.names:
                short = name.asname or name.name.partition(".")[0]
                self.imports[short] = name.name if name.asname else short
        elif node.module:
            dots = "." * node.level
            for name in node.names:
                self.imports[name.asname or name.name] = f"{dots}{node.module}.{name.name}"

    def take_names(self, body: list[ast.stmt]) -> None:
        """Keep what the names of a block are given; the last one wins, as it does when it runs."""
        self.scopes.stack[-1].update(names_of(body))

    def visit(self, node: ast.AST) -> None:
        """Note one node, and all below it in its own scope."""
        while type(node) in CHAINS:
            node = node.value  # type: ignore[attr-defined]
        kind = type(node)
        if kind in SAY_NOTHING:
            return
        noted = _NOTING.get(kind)
        if noted is not None and noted(self, node):
            return
        before = self.weight
        if kind in _ASSIGNMENTS and is_of_family(node):
            self.weight = 1
        visit = self.visit
        for child in children_of(node):
            visit(child)
        self.weight = before

    def note_assigned(self, node: ast.Assign | ast.AnnAssign) -> bool:
        """Note an assignment; what it assigns is visited next."""
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        if isinstance(target, ast.Name) and target.id in SHOWN:
            return True
        note_assignment(self, node)
        if isinstance(target, ast.Subscript):
            note_kept_tool(target, node.value, self.notes, self.place(node))
        if not isinstance(target, ast.Name) or node.value is None:
            return False
        note_methods_listed(target.id, node.value, self.notes)
        if not self.in_function:
            note_price_table(target.id, node.value, self.scopes, self.notes)
            note_tool_constant(target.id, node.value, self.scopes, self.notes, self.place(node))
            note_described_constant(target.id, node.value, self.scopes, self.notes)
        return False

    def note_called(self, node: ast.Call) -> bool:
        """Note a call; its arguments are visited next."""
        if (plain := without_examples(node)) is not node:
            self.visit(plain)
            return True
        note_call(node, self.scopes, self.notes, self.first_line)
        if id(node) not in self.of_jobs:
            note_deployment(node, self.scopes, self.notes)
        self.weighed |= {id(one): AS_LABEL for one in labels_in(node)}
        if node.keywords and not self.in_function:
            note_specified_tool(node, self.scopes, self.notes, self.place(node))
        if node.args and type(node.args[0]) is ast.Constant:
            note_lookup(self, node)
            note_option(self, node)
        return False

    def note_subscript(self, node: ast.Subscript) -> bool:
        """Note a look-up of the environment; what is looked up in is visited next."""
        note_lookup(self, node)
        return False

    def visit_branch(self, node: ast.If) -> bool:
        """Visit a condition; what holds only while the program is tested is left out."""
        if not (is_for_tests(node.test) or (node.orelse and is_for_developers(node.test))):
            note_guard(node, self.place, self.notes)
            self.visit(node.test)
            self.in_branch += 1
            self.filled_in |= (filled := field_tested_for_none(node.test))
            for child in node.body:
                self.visit(child)
            self.filled_in -= filled
            self.in_branch -= 1
        for child in node.orelse:
            self.visit(child)
        return True

    def note_opened(self, node: ast.With | ast.AsyncWith) -> bool:
        """Keep the clients that a block is opened with; all of it is visited next."""
        self.scopes.stack[-1].update(opened_clients(node))
        return False

    def note_compared(self, node: ast.Compare) -> bool:
        """Note an option that the environment turns on; both sides are visited next."""
        note_turned_on(node, self.notes)
        return False

    def note_computed(self, node: ast.BinOp) -> bool:
        """Note a price; both sides are visited next."""
        note_price(node, self.scopes, self.notes)
        return False

    def visit_function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
        """Note what a function says of itself, and visit it in a scope of its own."""
        self.of_jobs |= note_modal(node, self.notes)
        note_early_return(node, self.place, self.notes)
        note_bindings(node, self.scopes, self.notes, self.place(node))
        if self.has_tools and not is_a_step(node, self.in_class[-1] if self.in_class else None):
            note_tool_function(node, self.scopes, self.notes, self.place(node))
            note_made_tools(node, self.notes)
            note_returned_tools(node, self.place, self.notes)
        note_gathered_tools(node, self.scopes, self.place, self.notes)
        models, settings = self.notes.signals.models, self.notes.signals.settings
        before, settings_before = len(models), len(settings)
        defaults = defaults_of(node.args)
        note_threshold(self, node.name, defaults)
        note_defaults(self, defaults)
        note_passages(self, node.name, defaults)
        of_defaults, weight = len(models), self.weight
        self.weight = AS_NOTHING if is_menu(node.name) else weight
        before_it, self.turned_on = self.turned_on, self.turned_on | options_before(node)
        self.visit_inside(node, defaults, node.body)
        self.weight, self.turned_on = weight, before_it
        note_standing_in(node.name, models, of_defaults)
        if only_tries_a_key(node.name):
            del models[of_defaults:]
        if counts_tokens(self, node.name):
            del models[before:], settings[settings_before:]
        return True

    def visit_lambda(self, node: ast.Lambda) -> bool:
        """Note the defaults of a function without a name, and visit it in a scope of its own."""
        defaults = defaults_of(node.args)
        note_defaults(self, defaults)
        self.visit_inside(node, defaults, [])
        return True

    def visit_inside(self, node: ast.AST, defaults: dict[str, ast.expr], body: list[ast.stmt]) -> None:
        """Visit all of a function in a scope with the defaults of its parameters and the names of its body."""
        self.scopes.defaults |= {id(default) for default in defaults.values()}
        self.scopes.stack.append(defaults)
        self.in_function += 1
        self.take_names(body)
        for child in children_of(node):
            self.visit(child)
        self.in_function -= 1
        self.scopes.stack.pop()

    def visit_class(self, node: ast.ClassDef) -> bool:
        """Note base classes of known libraries, and attributes as settings; all of it is visited."""
        for base in node.bases:
            note_reference(full_name(base, self.scopes), self.place(base), self.notes, used=True)
        note_tool_class(node, self.tree, self.scopes, self.notes, self.place(node))
        self.of_jobs |= note_modal(node, self.notes)
        self.in_class.append(node)
        self.scopes.stack.append(OfClass())
        self.take_names(node.body)
        for child in children_of(node):
            self.visit(child)
        self.scopes.stack.pop()
        self.in_class.pop()
        return True

    def note_dictionary(self, node: ast.Dict) -> bool:
        """Note what a literal dictionary says; its values are visited next."""
        note_dictionary(self, node)
        return False


_NOTING: dict[type[ast.AST], Callable[[PythonModule, Any], bool]] = {
    ast.FunctionDef: PythonModule.visit_function, ast.AsyncFunctionDef: PythonModule.visit_function, ast.Lambda: PythonModule.visit_lambda,
    ast.ClassDef: PythonModule.visit_class, ast.Assign: PythonModule.note_assigned, ast.AnnAssign: PythonModule.note_assigned,
    ast.Call: PythonModule.note_called, ast.Subscript: PythonModule.note_subscript, ast.BinOp: PythonModule.note_computed,
    ast.Dict: PythonModule.note_dictionary, ast.Compare: PythonModule.note_compared, ast.If: PythonModule.visit_branch,
    ast.With: PythonModule.note_opened, ast.AsyncWith: PythonModule.note_opened,
}  # fmt: skip
"""What is done at a kind of node; true where all below it has been visited already. Not kept by the module: that would be a cycle."""
