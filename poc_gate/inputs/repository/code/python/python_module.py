"""One module of Python -> what its names, classes, calls and dictionaries say."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from typing import Any

from poc_gate.inputs.repository.code.named_values import note_named
from poc_gate.inputs.repository.code.python.calls.python_calls import note_call, note_reference
from poc_gate.inputs.repository.code.python.calls.python_deployments import note_deployment
from poc_gate.inputs.repository.code.python.models.python_stand_ins import note_standing_in
from poc_gate.inputs.repository.code.python.python_context import PythonContext
from poc_gate.inputs.repository.code.python.python_walk import (
    CHAINS,
    HOSTED_ID,
    SAY_NOTHING,
    SHOWN,
    children_of,
    defaults_of,
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
from poc_gate.inputs.repository.code.python.statements.python_guards import note_guard
from poc_gate.inputs.repository.code.python.statements.python_imports import note_imports
from poc_gate.inputs.repository.code.python.statements.python_makers import note_makers
from poc_gate.inputs.repository.code.python.tools.python_described_tools import (
    note_described_constant,
    note_described_function,
)
from poc_gate.inputs.repository.code.python.tools.python_returned_tools import note_returned_tools
from poc_gate.inputs.repository.code.python.tools.python_tool_classes import (
    note_made_tools,
    note_specified_tool,
    note_tool_class,
)
from poc_gate.inputs.repository.code.python.tools.python_tool_functions import (
    TOOL_HOMES,
    is_own_decorator,
    note_tool_function,
)
from poc_gate.inputs.repository.code.python.tools.python_tools import note_tool_constant
from poc_gate.inputs.repository.code.python.values.python_dotted_names import full_name
from poc_gate.inputs.repository.code.python.values.python_names import names_of
from poc_gate.inputs.repository.code.python.values.python_price_tables import note_price_table
from poc_gate.inputs.repository.code.python.values.python_prices import note_price
from poc_gate.inputs.repository.code.python.values.python_scopes import OfClass
from poc_gate.inputs.repository.code.python.values.python_values import worth
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.noting.signals import DEFAULT_OF_PARAMETER
from poc_gate.inputs.repository.tables.model_versions import is_dated
from poc_gate.inputs.repository.tables.models import names_a_model, read_model_name, role_of_key

_SCORES = re.compile(r"\.predict(?:_proba)?\(|predict_proba|\bproba(?:bilit)|sigmoid|softmax|\bscores?\b")
"""What a file speaks of where a model's answer is held against a threshold."""
_PREDICTS = re.compile(r"(?i)predict|fraud|classif|churn|is_positive|decide")
_WATCHES = re.compile(
    r"(?i)(?:^|[/_])(?:train(?:ing|er)?|validation|drift|overfit\w*|monitoring|feature_selection)(?:[/_.]|$)"
)
"""Files whose thresholds are of learning and of watching, not of an answer."""
_SPEAKS = re.compile(r"[\"'/}](?:api/(?:generate|chat)|chat/completions|v1/messages)[\"']")
"""A file that asks a model over its interface: what it takes by default is asked where nobody says otherwise."""
_FUNCTION_APP = re.compile(r"\.mcp_tool(?:_trigger)?\(")
"""What makes a function of Azure a tool for models."""
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
        self.has_tools = any(path.partition(".")[0] in TOOL_HOMES for path in self.imports.values())
        self.has_tools |= self.notes.file.shows(_FUNCTION_APP)
        self.has_tools |= any(
            (name == "tool" or self.notes.file.shows(f"@{name}.tool"))
            and is_own_decorator(path, self.notes.signals.paths)
            for name, path in self.imports.items()
        )
        note_imports(self.found_imports, self.place, self.notes)
        for statement in self.tree.body:
            self.visit(statement)

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
        if isinstance(target, ast.Name) and node.value is not None and not self.in_function:
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
        note_deployment(node, self.scopes, self.notes)
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
            for child in node.body:
                self.visit(child)
            self.in_branch -= 1
        for child in node.orelse:
            self.visit(child)
        return True

    def note_computed(self, node: ast.BinOp) -> bool:
        """Note a price; both sides are visited next."""
        note_price(node, self.scopes, self.notes)
        return False

    def visit_function(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> bool:
        """Open a scope with the parameters' defaults and the names of the body, and visit it."""
        if not isinstance(node, ast.Lambda):
            note_bindings(node, self.scopes, self.notes, self.place(node))
        if not isinstance(node, ast.Lambda) and self.has_tools:
            note_tool_function(node, self.scopes, self.notes, self.place(node))
            note_made_tools(node, self.notes)
            note_returned_tools(node, self.place, self.notes)
        scope = defaults_of(node.args)
        first, settings = len(self.notes.signals.models), len(self.notes.signals.settings)
        if (
            not isinstance(node, ast.Lambda)
            and "threshold" in scope
            and _PREDICTS.search(node.name)
            and self.notes.file.shows(_SCORES)
            and not _WATCHES.search(self.notes.file.path)
        ):
            value = worth(scope["threshold"], self.scopes).value
            if value is not None:
                self.notes.named_value(
                    "prediction_threshold", value, self.place(scope["threshold"]), weight=1
                )
        for name, default in scope.items():
            if (
                isinstance(default, ast.Constant)
                and isinstance(default.value, str)
                and names_a_model(name)
                and read_model_name(default.value)
                and (is_dated(default.value) or self.notes.file.shows(_SPEAKS))
            ):
                self.notes.model(
                    default.value,
                    self.place(default),
                    role=role_of_key(name) or "chat",
                    weight=3 if is_dated(default.value) else 1,
                    note=DEFAULT_OF_PARAMETER,
                )
            if (
                isinstance(default, ast.Constant)
                and isinstance(default.value, str)
                and default.value.startswith("https://")
            ):
                note_named(name, default.value, self.place(default), self.notes, kind="", local=True)
        self.scopes.defaults |= {id(default) for default in scope.values()}
        self.scopes.stack.append(scope)
        self.in_function += 1
        if not isinstance(node, ast.Lambda):
            self.take_names(node.body)
        before = len(self.notes.signals.models)
        for child in children_of(node):
            self.visit(child)
        if not isinstance(node, ast.Lambda):
            note_standing_in(node.name, self.notes.signals.models, before)
            if _COUNTS.search(node.name) and self.notes.file.shows(_TOKENISER):
                del self.notes.signals.models[first:], self.notes.signals.settings[settings:]
        self.in_function -= 1
        self.scopes.stack.pop()
        return True

    def visit_class(self, node: ast.ClassDef) -> bool:
        """Note base classes of known libraries, and attributes as settings; all of it is visited."""
        for base in node.bases:
            note_reference(full_name(base, self.scopes), self.place(base), self.notes, used=True)
        note_tool_class(node, self.tree, self.scopes, self.notes, self.place(node))
        self.in_class.append(node)
        self.scopes.stack.append(OfClass())
        self.take_names(node.body)
        for child in children_of(node):
            self.visit(child)
        self.scopes.stack.pop()
        self.in_class.pop()
        return True

    def note_dictionary(self, node: ast.Dict) -> bool:
        """Note settings in literal dictionaries; their values are visited next."""
        keys = [key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]  # fmt: skip
        if not 0 < len(keys) <= 200:
            return False
        siblings = frozenset(keys)
        note_makers(node, self.in_class, self.place, self.notes)
        note_described_function(node, keys, self.scopes, self.notes, self.place(node))
        for key, value in zip(node.keys, node.values, strict=True):
            if not (isinstance(key, ast.Constant) and isinstance(key.value, str)):
                continue
            found = worth(value, self.scopes)
            if key.value == "type" and found.value == "file_search":
                self.notes.technique("retrieval", "a model searches files", self.place(value))
            if isinstance(found.value, str) and HOSTED_ID.match(found.value) and not names_a_model(key.value):
                self.notes.model(
                    found.value, self.place(value), weight=1, sure=INFERRED, note="one of a table"
                )
            if key.value == "limit" and siblings == {"query", "limit"} and self.notes.file.shows("/documents/search"):  # fmt: skip
                self.notes.named_value("top_k", str(found.value), self.place(value))
            if key.value == "url" and "description" in siblings and all(one in _OF_A_SERVER or one.startswith("x-") for one in siblings):  # fmt: skip
                continue
            if found.value is not None and isinstance(value, ast.Constant):
                note_named(
                    key.value,
                    found.value,
                    self.place(value),
                    self.notes,
                    siblings=siblings,
                    kind="",
                    local=True,
                    weight=self.weight,
                )
        return False


_OF_A_SERVER = frozenset({"url", "description", "variables"})
"""What OpenAPI tells of a server: the addresses under which the pilot itself answers."""
_COUNTS = re.compile(r"(?i)token")
_TOKENISER = re.compile(r"\b(?:encoding_for_model|get_encoding|count_tokens|token_counter)\(")
"""What counts the tokens of a text: the model that a function called after it names only says by which rules."""
_NOTING: dict[type[ast.AST], Callable[[PythonModule, Any], bool]] = {
    ast.FunctionDef: PythonModule.visit_function, ast.AsyncFunctionDef: PythonModule.visit_function, ast.Lambda: PythonModule.visit_function,
    ast.ClassDef: PythonModule.visit_class, ast.Assign: PythonModule.note_assigned, ast.AnnAssign: PythonModule.note_assigned,
    ast.Call: PythonModule.note_called, ast.Subscript: PythonModule.note_subscript, ast.BinOp: PythonModule.note_computed,
    ast.Dict: PythonModule.note_dictionary, ast.If: PythonModule.visit_branch,
}  # fmt: skip
"""What is done at a kind of node; true where all below it has been visited already. Not kept by the module: that would be a cycle."""
