"""One module of Python -> what its names, classes, calls and dictionaries say."""

from __future__ import annotations

import ast
import re

from poc_gate.model.claim import Place
from poc_gate.repository.code.effects import effect_of_tool
from poc_gate.repository.code.named_values import note_named
from poc_gate.repository.code.python_calls import full_name, is_loading, note_call, note_reference
from poc_gate.repository.code.python_deployments import note_deployment
from poc_gate.repository.code.python_lists import described_model
from poc_gate.repository.code.python_tools import TOOL_HOMES, calls_and_texts, note_tool_function
from poc_gate.repository.code.python_values import (
    Scopes,
    dotted_name,
    environment_call,
    worth,
)
from poc_gate.repository.code.python_walk import (
    HOSTED_ID,
    children_of,
    is_of_family,
    members_of,
    statements_of,
)
from poc_gate.repository.files.text_file import TextFile
from poc_gate.repository.noting.notes import INFERRED, Notes
from poc_gate.repository.noting.signals import Ref
from poc_gate.repository.tables.frameworks import SCHEDULES, SERVES, TRACES
from poc_gate.repository.tables.models import names_a_model, role_of_key

_ENUM = frozenset({"Enum", "StrEnum", "IntEnum"})


class PythonModule:
    """One pass over one module: names first, then what is used."""

    def __init__(self, tree: ast.Module, file: TextFile, notes: Notes, first_line: int) -> None:
        """Take the tree; `first_line` is added to every line."""
        self.tree, self.file, self.notes, self.first_line = tree, file, notes, first_line
        self.imports: dict[str, str] = {}
        self.scopes = Scopes(self.imports)
        self.has_tools = False
        self.found_imports: list[ast.Import | ast.ImportFrom] = []
        self.in_class: list[ast.ClassDef] = []
        self.in_function = 0
        self.weight = 2

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
        self.note_imports()
        for statement in self.tree.body:
            self.visit(statement)

    def place(self, node: ast.AST) -> Place:
        """Return the place of a node."""
        line = getattr(node, "lineno", 0) + self.first_line
        return Place(self.file.path, line, getattr(node, "col_offset", 0) + 1)

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
        for statement in body:
            if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
                target, value = statement.targets[0], statement.value
            elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
                target, value = statement.target, statement.value
            else:
                continue
            if isinstance(target, ast.Name):
                self.scopes.stack[-1][target.id] = value

    def note_imports(self) -> None:
        """Note techniques that an import alone shows."""
        for node in self.found_imports:
            module = str(node.module) if isinstance(node, ast.ImportFrom) else node.names[0].name
            root = module.partition(".")[0]
            if (
                root in SERVES
                or module in SERVES
                or (root == "ray" and any(a.name == "serve" for a in node.names))
            ):
                self.notes.technique("serves", f"{root} serves requests", self.place(node))
            if root in SCHEDULES:
                self.notes.technique("scheduled", f"{SCHEDULES[root]} runs it", self.place(node))
            if root in TRACES or module.startswith("azure.monitor.opentelemetry"):
                self.notes.technique("traced", TRACES.get(root, "OpenTelemetry"), self.place(node))
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                for alias in node.names:
                    note_reference(f"{module}.{alias.name}", self.place(node), self.notes)

    def visit(self, node: ast.AST) -> None:
        """Note one node, and all below it in its own scope."""
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            self.visit_function(node)
            return
        if isinstance(node, ast.ClassDef):
            self.visit_class(node)
            return
        if isinstance(node, ast.Assign | ast.AnnAssign):
            self.note_assignment(node)
        elif isinstance(node, ast.Call):
            note_call(node, self.scopes, self.notes, self.place(node))
            note_deployment(node, self.scopes, self.notes)
            self.note_lookup(node)
        elif isinstance(node, ast.Subscript):
            self.note_lookup(node)
        elif isinstance(node, ast.Dict):
            self.note_dictionary(node)
        before = self.weight
        if isinstance(node, ast.Assign | ast.AnnAssign) and is_of_family(node):
            self.weight = 1
        for child in children_of(node):
            self.visit(child)
        self.weight = before

    def visit_function(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> None:
        """Open a scope with the parameters' defaults and the names of the body."""
        if not isinstance(node, ast.Lambda) and self.has_tools:
            note_tool_function(node, self.scopes, self.notes, self.place(node))
        scope: dict[str, ast.expr] = {}
        positional = [*node.args.posonlyargs, *node.args.args]
        for argument, default in zip(reversed(positional), reversed(node.args.defaults), strict=False):
            scope[argument.arg] = default
        for argument, keyword_default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True):
            if keyword_default is not None:
                scope[argument.arg] = keyword_default
        self.scopes.stack.append(scope)
        self.in_function += 1
        if not isinstance(node, ast.Lambda):
            self.take_names(node.body)
        for child in children_of(node):
            self.visit(child)
        self.in_function -= 1
        self.scopes.stack.pop()

    def visit_class(self, node: ast.ClassDef) -> None:
        """Note base classes of known libraries, and attributes as settings."""
        for base in node.bases:
            note_reference(self.full_name(base), self.place(base), self.notes, used=True)
        self.note_tool_class(node)
        self.in_class.append(node)
        self.scopes.stack.append({})
        self.take_names(node.body)
        for child in children_of(node):
            self.visit(child)
        self.scopes.stack.pop()
        self.in_class.pop()

    def note_tool_class(self, node: ast.ClassDef) -> None:
        """Note a class that is a tool: it derives from one and says its name."""
        bases = [dotted_name(base).rpartition(".")[2] for base in node.bases]
        if not any(base.endswith("Tool") for base in bases):
            return
        name = worth(members_of(node).get("name"), self.scopes).value
        if isinstance(name, str) and name and not name.startswith(("_", "invalid")):
            effect, why = effect_of_tool(name, *calls_and_texts(node))
            self.notes.tool(name, effect, why, self.place(node))
            self.notes.technique("tools", f"{name} is a tool", self.place(node))

    def full_name(self, node: ast.AST) -> str:
        """Return the dotted name of an expression with imports resolved."""
        return full_name(node, self.scopes)

    def note_assignment(self, node: ast.Assign | ast.AnnAssign) -> None:
        """Note a constant or a setting by its name and value."""
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        if not isinstance(target, ast.Name | ast.Attribute):
            return
        name = target.id if isinstance(target, ast.Name) else target.attr
        if node.value is None:
            self.note_declared_variable(node, name)
            return
        if is_loading(node.value, self.scopes) and re.search(
            r"(?i)model|classifier|regressor|pipeline|estimator", name
        ):
            self.notes.technique("classic-ml", f"{name} is read from a pickle", self.place(node))
            why = "read from a pickle, which can run code"
            self.notes.flag("model.safe_format", self.place(node), value=False, note=why)
        self.note_chosen(name, node.value)
        found = worth(node.value, self.scopes)
        if found.value is None:
            self.note_declared_variable(node, name)
            if found.ref is not None and found.ref.kind == "env" and not self.in_function:
                self.notes.signals.aliases.setdefault(name, found.ref.name)
            return
        member = isinstance(node.value, ast.Attribute) and isinstance(found.node, ast.Constant)
        if environment_call(node.value) or (isinstance(node.value, ast.Name | ast.Attribute) and not member):
            return  # the look-up itself is noted, or the name where it is given
        options = any(isinstance(base, ast.Name | ast.Attribute) and (getattr(base, "id", "") or getattr(base, "attr", "")) in _ENUM for kind in self.in_class[-1:] for base in kind.bases)  # fmt: skip
        local = self.in_function > 0
        siblings = self.siblings()
        note_named(self.owned(name), found.value, self.place(found.node or node), self.notes, siblings=siblings, options=options, local=local)  # fmt: skip

    def note_chosen(self, name: str, value: ast.expr) -> None:
        """Note a constant that holds a described model, a list of them, or a member of an enumeration of models."""
        if not (names_a_model(name) or re.search(r"(?i)models$", name)):
            return
        role = "fallback" if "fallback" in name.lower() else role_of_key(name)
        if isinstance(value, ast.List | ast.Tuple) and re.search(r"(?i)fallback", name):
            for item in value.elts[:12]:
                self.note_described(item, role, default=False)
        elif isinstance(value, ast.Name | ast.Subscript):
            self.note_described(value, role, default=bool(re.search(r"(?i)default|primary|main", name)))
        elif isinstance(value, ast.Attribute) and value.attr.isupper() and isinstance(value.value, ast.Name):
            self.notes.model(
                Ref("name", value.attr),
                self.place(value),
                role=role or "chat",
                default="DEFAULT" in name.upper(),
            )

    def note_described(self, node: ast.expr, role: str, *, default: bool) -> None:
        """Note the model that an object describes, such as `ModelConfig(id="...")`."""
        text = described_model(node, self.scopes)
        if text is not None:
            self.notes.model(text[0], self.place(text[1]), role=role or "chat", default=default)

    def owned(self, name: str) -> str:
        """Return an attribute with its class where the class says what role its model plays, such as `VLMConfig`."""
        owner = self.in_class[-1].name if self.in_class and not self.in_function else ""
        named = names_a_model(name) and not role_of_key(name) and bool(role_of_key(owner))
        return f"{owner}.{name}" if named else name

    def siblings(self) -> frozenset[str]:
        """Return the names that are set beside one of a class."""
        return (
            frozenset(members_of(self.in_class[-1]))
            if self.in_class and not self.in_function
            else frozenset()
        )

    def note_declared_variable(self, node: ast.Assign | ast.AnnAssign, name: str) -> None:
        """Note a setting of a settings class without a default: the environment decides it."""
        in_settings = any("Settings" in ast.unparse(base) for kind in self.in_class for base in kind.bases)
        if in_settings and not self.in_function and isinstance(node, ast.AnnAssign):
            self.notes.need(name.upper(), self.place(node))
            self.notes.signals.aliases.setdefault(name, name.upper())

    def note_lookup(self, node: ast.Call | ast.Subscript) -> None:
        """Note an environment variable, with its default or as one that is needed."""
        looked_up = environment_call(node)
        if looked_up is None:
            return
        variable, default = looked_up
        found = worth(default, self.scopes)
        if found.value in (None, ""):
            self.notes.need(variable, self.place(node))
        else:
            assert found.value is not None
            note_named(variable, found.value, self.place(found.node or node), self.notes, kind="env")

    def note_dictionary(self, node: ast.Dict) -> None:
        """Note settings in literal dictionaries."""
        keys = [
            key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)
        ]
        if not 0 < len(keys) <= 200:
            return
        siblings = frozenset(keys)
        for key, value in zip(node.keys, node.values, strict=True):
            if not (isinstance(key, ast.Constant) and isinstance(key.value, str)):
                continue
            found = worth(value, self.scopes)
            if isinstance(found.value, str) and HOSTED_ID.match(found.value) and not names_a_model(key.value):
                self.notes.model(
                    found.value, self.place(value), weight=1, sure=INFERRED, note="one of a table"
                )
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
