"""TypeScript, JavaScript, Java, Go and C# by tree-sitter -> named values, look-ups of the environment, calls of known libraries."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import Any

from poc_gate.model.claim import Place
from poc_gate.repository.code.effects import effect_of_tool
from poc_gate.repository.code.named_values import note_named
from poc_gate.repository.code.tree_nodes import arguments_of, callee_of, ends_of, named, plain_of, text_of
from poc_gate.repository.files.standing import Standing
from poc_gate.repository.files.text_file import TextFile
from poc_gate.repository.noting.interface import Reader
from poc_gate.repository.noting.notes import INFERRED, Notes
from poc_gate.repository.tables.calls.call import Call
from poc_gate.repository.tables.calls.methods import METHODS
from poc_gate.repository.tables.models import is_hosted, names_a_model, read_model_name
from poc_gate.repository.tables.other_calls import OTHER_CALLS
from poc_gate.repository.tables.settings import IS_ASIDE

_GRAMMARS = {
    ".ts": ("tree_sitter_typescript", "language_typescript"), ".mts": ("tree_sitter_typescript", "language_typescript"), ".tsx": ("tree_sitter_typescript", "language_tsx"),
    ".js": ("tree_sitter_javascript", "language"), ".mjs": ("tree_sitter_javascript", "language"), ".cjs": ("tree_sitter_javascript", "language"), ".jsx": ("tree_sitter_javascript", "language"),
    ".java": ("tree_sitter_java", "language"), ".go": ("tree_sitter_go", "language"), ".cs": ("tree_sitter_c_sharp", "language"),
}  # fmt: skip
_WORTH_PARSING = re.compile(
    "|".join(sorted({re.escape(hint) for row in OTHER_CALLS.values() for hint in row.hints if len(hint) > 5}))
    + r"|process\.env|from [\"']ai[\"']|[Gg]etenv|GetEnvironmentVariable|openai|anthropic|[Mm]odel(?:Name|Id)?\s*[:=(]|MODEL\w*\s*[:=]|chunk|[Tt]opK"
)
_MOST_NODES = 150_000
_CALLS = frozenset(
    {
        "call_expression",
        "new_expression",
        "method_invocation",
        "object_creation_expression",
        "invocation_expression",
    }
)
_NAMED = frozenset(
    {
        "variable_declarator",
        "pair",
        "assignment_expression",
        "public_field_definition",
        "keyed_element",
        "field_declaration",
        "const_spec",
        "short_var_declaration",
        "argument",
        "property_declaration",
        "enum_assignment",
        "var_spec",
    }
)
_ENVIRONMENT = re.compile(
    r"^(?:process\.env\.(\w+)|process\.env\[[\"'](\w+)[\"']\]|import\.meta\.env\.(\w+))$"
)
_LOOKS_UP = frozenset({"getenv", "Getenv", "GetEnvironmentVariable", "LookupEnv", "requireEnv", "getEnv"})
_ASKS = re.compile(r"(?:^|\.)(?:fetch|axios(?:\.\w+)?|http\.(?:Get|Post)|got)$")
_METHOD_ENDS = {**METHODS, "chat.completions.stream": METHODS["chat.completions.create"]}


def _wants(path: str) -> bool:
    return path.endswith(tuple(_GRAMMARS)) and not path.endswith(
        (
            ".d.ts",
            ".min.js",
            ".generated.ts",
            ".pb.go",
            ".designer.cs",
            ".config.js",
            ".config.ts",
            ".config.mjs",
        )
    )


@cache
def _parser(module: str, function: str) -> Any:
    """Return the parser of a language; raises ValueError where the extra is not installed."""
    try:
        from tree_sitter import Language, Parser

        return Parser(Language(getattr(import_module(module), function)()))
    except ImportError:
        raise ValueError(
            "not read: install poc-gate[code] to read TypeScript, JavaScript, Java, Go and C#"
        ) from None


def _read(file: TextFile, notes: Notes) -> None:
    if not _WORTH_PARSING.search(file.text):
        return
    if file.is_minified or "@generated" in file.text[:500] or "DO NOT EDIT" in file.text[:500]:
        raise ValueError("generated or minified")
    module, function = _GRAMMARS[f".{file.name.rpartition('.')[2]}"]
    tree = _parser(module, function).parse(file.text.encode("utf-8", "replace"))
    _Tree(file, notes).read(tree.root_node)


class _Tree:
    """One pass over one tree, without recursion."""

    def __init__(self, file: TextFile, notes: Notes) -> None:
        self.file, self.notes = file, notes

    def read(self, root: Any) -> None:
        """Note every node that says something."""
        pending, budget = [root], _MOST_NODES
        while pending and budget:
            budget -= 1
            node = pending.pop()
            kind = node.type
            if kind in _CALLS:
                self.note_call(node)
            elif kind in _NAMED:
                self.note_named(node)
            elif kind in {"member_expression", "subscript_expression"} and (
                match := _ENVIRONMENT.match(text_of(node)[:120])
            ):
                self.note_variable(match[1] or match[2] or match[3], node)
            elif kind in {"marker_annotation", "annotation"}:
                self.note_annotation(node)
            elif (
                kind in {"type_identifier", "identifier"}
                and node.parent is not None
                and node.parent.type
                in {"superclass", "super_interfaces", "extends_clause", "type_list", "interface_type_list"}
            ):
                self.note_known(text_of(node), node, ())
            pending += reversed(node.named_children)

    def place(self, node: Any) -> Place:
        """Return the place of a node."""
        row, column = node.start_point
        return Place(self.file.path, row + 1, column + 1)

    def note_named(self, node: Any) -> None:
        """Note a name that is given a plain value, or one that the environment can change."""
        name, value = named(node)
        if not name or value is None:
            return
        plain, at = plain_of(value)
        if plain is None:
            return
        siblings = (
            frozenset(named(other)[0] for other in node.parent.named_children[:60])
            if node.type == "pair"
            else frozenset()
        )
        constant = node.type in {
            "variable_declarator",
            "const_spec",
            "public_field_definition",
            "field_declaration",
            "var_spec",
        }
        note_named(
            name,
            plain,
            self.place(at),
            self.notes,
            kind="name" if constant and name.isupper() else "",
            siblings=siblings,
            local=not (constant and name.isupper()),
        )

    def note_variable(self, variable: str, node: Any) -> None:
        """Note an environment variable with the default behind it, or as one that is needed."""
        parent = node.parent
        if parent is not None and parent.type == "binary_expression":
            other = parent.child_by_field_name("right")
            plain, at = plain_of(other) if other is not None and other != node else (None, None)
            if plain is not None:
                note_named(variable, plain, self.place(at), self.notes, kind="env")
                return
        self.notes.need(variable, self.place(node))

    def note_call(self, node: Any) -> None:
        """Note what one call says: by the end of its chain, by its name, by a single plain argument."""
        callee = callee_of(node)
        arguments = arguments_of(node)
        short = callee.rpartition(".")[2]
        if short in _LOOKS_UP and arguments:
            variable = plain_of(arguments[0])[0]
            if isinstance(variable, str):
                self.note_variable(variable, node)
            return
        method = next((_METHOD_ENDS[end] for end in ends_of(callee) if end in _METHOD_ENDS), None)
        if (
            method is not None
            and not (
                callee.endswith(("messages.create", "messages.stream")) and "nthropic" not in self.file.text
            )
            and method.kind != "approval"
            and short not in {"interrupt", "converse"}
        ):
            self.note_meaning(method, node, arguments, short)
        elif not self.note_known(short, node, arguments) and "." in callee:
            owner = callee.split(".")[-2]
            if owner[:1].isupper() or owner == "pgxpool":
                self.note_known(owner, node, arguments)
        if (
            len(arguments) == 1
            and (plain := plain_of(arguments[0]))[0] is not None
            and node.type != "new_expression"
        ):
            assert plain[0] is not None
            if _ASKS.search(callee) and isinstance(plain[0], str):
                self.notes.host(plain[0], f"{callee} calls it", self.place(node))
            elif names_a_model(short) or short in {
                "maxTokens",
                "maxResults",
                "topK",
                "chunkSize",
                "dimensions",
                "MaxTokens",
            }:
                note_named(short, plain[0], self.place(plain[1]), self.notes, kind="")

    def note_annotation(self, node: Any) -> None:
        """Note an annotation of a known name, and `@Value("${name:default}")`."""
        name = node.child_by_field_name("name")
        self.note_known(text_of(name) if name is not None else "", node, ())
        match = re.match(r"@Value\s*\(\s*\"\$\{([\w.-]+):([^}\"]+)\}\"", text_of(node)[:200])
        if match:
            note_named(match[1].rpartition(".")[2], match[2], self.place(node), self.notes, kind="")

    def note_known(self, name: str, node: Any, arguments: Any) -> bool:
        """Note a class or function of the table; return whether it is one."""
        row = OTHER_CALLS.get(name)
        if row is None or not (
            any(hint in self.file.text for hint in row.hints) or self.depends_on(row.hints)
        ):
            return False
        self.note_meaning(row.call, node, arguments, name)
        return True

    def depends_on(self, hints: tuple[str, ...]) -> bool:
        """Say whether a C# project depends on a hinted package: its files need not name what is used everywhere."""
        if not self.file.name.endswith(".cs"):
            return False
        small = tuple(hint.lower() for hint in hints)
        return any(
            one.ecosystem == "dotnet" and any(hint in one.name for hint in small)
            for one in self.notes.signals.packages
        )

    def note_meaning(self, call: Call, node: Any, arguments: Any, short: str) -> None:
        """Note what a call of a known library means."""
        place = self.place(node)
        for technique in call.techniques:
            self.notes.technique(technique, f"calls {short}", place)
        if call.kind == "source":
            self.notes.system(call.what, place, how="used", direction=call.direction, note=f"{short} is made")
        elif call.kind == "approval":
            self.notes.approval("*", place)
        elif call.kind == "tool":
            self.note_tool(node, arguments, place)
        elif call.kind == "model":
            self.note_model(call, arguments, short)
        if call.provider and call.kind in {"host", "model"} and is_hosted(call.provider):
            from poc_gate.repository.noting.signals import HostSeen
            from poc_gate.repository.tables.egress import PROVIDER_HOSTS

            if call.provider in PROVIDER_HOSTS:
                self.notes.signals.hosts.append(
                    HostSeen(
                        PROVIDER_HOSTS[call.provider],
                        f"{short} asks it",
                        place,
                        self.notes.reader,
                        self.notes.standing,
                        INFERRED,
                    )
                )

    def note_model(self, call: Call, arguments: Any, short: str) -> None:
        """Note the model that a call is given: a plain first argument, or `model` among its options."""
        for argument in arguments[:4]:
            plain, at = plain_of(argument)
            if isinstance(plain, str) and read_model_name(plain):
                self.notes.model(
                    plain,
                    self.place(at),
                    role=call.what,
                    provider=call.provider,
                    hosting="hosted"
                    if is_hosted(call.provider)
                    else "self"
                    if call.provider == "ollama"
                    else "",
                    weight=3,
                    note=f"given to {short}",
                )
                return
            for pair in argument.named_children if argument.type == "object" else ():
                name, value = named(pair)
                plain, at = plain_of(value) if value is not None else (None, None)
                if name in {
                    "model",
                    "modelName",
                    "deploymentName",
                    "modelId",
                    "azureOpenAIApiDeploymentName",
                } and isinstance(plain, str):
                    self.notes.model(
                        plain,
                        self.place(at),
                        role=call.what,
                        provider=call.provider,
                        hosting="hosted" if is_hosted(call.provider) else "",
                        weight=3,
                        note=f"given to {short}",
                    )
                elif (
                    name in {"maxTokens", "max_tokens", "maxOutputTokens", "max_completion_tokens"}
                    and isinstance(plain, int | float)
                    and call.what == "chat"
                    and not IS_ASIDE.search(self.file.path)
                ):
                    self.notes.number("security.output_cap", plain, self.place(at), unit="tok", weight=3)

    def note_tool(self, node: Any, arguments: Any, place: Place) -> None:
        """Note a tool by its name: the first text, a `name` among its options, or the key or variable that holds it."""
        name = ""
        for argument in arguments[:3]:
            plain, _ = plain_of(argument)
            if isinstance(plain, str) and re.fullmatch(r"[\w-]{2,60}", plain):
                name = plain
                break
            for pair in argument.named_children if argument.type == "object" else ():
                key, value = named(pair)
                if key in {"name", "id"} and value is not None and isinstance(plain_of(value)[0], str):
                    name = str(plain_of(value)[0])
        if not name and node.parent is not None and node.parent.type in {"variable_declarator", "pair"}:
            name = named(node.parent)[0]
        if name:
            effect, why = effect_of_tool(name)
            self.notes.tool(name, effect, why, place)
            self.notes.technique("tools", f"{name} is a tool", place)


READER = Reader(
    name="tree",
    summary="TypeScript, JavaScript, Java, Go and C# by tree-sitter (extra `code`)",
    wants=_wants,
    read=_read,
    needs="code",
    worst=Standing.EXAMPLE,
)
