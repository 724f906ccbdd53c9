"""One pass over a syntax tree of TypeScript, Java, Go or C# -> named values, look-ups, annotations, calls."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from poc_gate.inputs.repository.code.named_values import note_named, note_option
from poc_gate.inputs.repository.code.trees.tree_cdk import note_construct, note_function
from poc_gate.inputs.repository.code.trees.tree_go import (
    GoTool,
    aliases_of,
    note_driver,
    note_go_description,
    note_go_tool,
)
from poc_gate.inputs.repository.code.trees.tree_lookups import looked_up
from poc_gate.inputs.repository.code.trees.tree_models import (
    note_described_tool,
    note_function_tool,
    note_given_tools,
    note_listed_tool,
    note_meaning,
    note_split,
    note_supabase,
    note_tool_method,
    note_tool_of_class,
    note_tools_array,
    note_tools_object,
)
from poc_gate.inputs.repository.code.trees.tree_nodes import (
    BY_SETTING,
    arguments_of,
    callee_of,
    ends_of,
    in_defaults,
    is_of_web_search,
    is_of_words_search,
    method_around,
    named,
    owner_of,
    plain_of,
    text_of,
)
from poc_gate.inputs.repository.code.trees.tree_parameters import (
    dimension_of_index,
    note_parameter,
    option_of_retriever,
    passages_of,
    seconds_of_call,
)
from poc_gate.inputs.repository.code.trees.tree_query import ANNOTATIONS, CALLS, LOOKS, NAMED, PARAMETERS
from poc_gate.inputs.repository.code.trees.tree_records import note_record
from poc_gate.inputs.repository.code.trees.tree_sdk import model_behind, note_gateway_model, note_pipeline
from poc_gate.inputs.repository.code.trees.tree_tools import note_tool_at_hand, note_tool_by_key
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.noting.signals import Ref
from poc_gate.inputs.repository.tables.calls.methods import METHODS
from poc_gate.inputs.repository.tables.models import (
    names_a_model,
    read_model_name,
    role_of_key,
    role_of_name,
)
from poc_gate.inputs.repository.tables.other_calls.table import OTHER_CALLS
from poc_gate.model.claim import Place

_TOKENIZES = re.compile(r"(?i)encod|tokeni[sz]")
"""Calls that split a text as a model would, and ask none."""
_ENVIRONMENT = re.compile(
    r"^(?:process\.env\.(\w+)|process\.env\[[\"'](\w+)[\"']\]|import\.meta\.env\.(\w+))$"
)
_ASKS = re.compile(
    r"(?:^|\.)(?:fetch|axios(?:\.\w+)?|http\.(?:Get|Post)|got|(?:uri|baseUrl|getForObject|postForObject|GetAsync|PostAsync|GetFromJsonAsync|PostAsJsonAsync))$"
)
_LOADS_PAGES = frozenset({"RecursiveUrlLoader", "SitemapLoader", "CheerioWebBaseLoader", "PlaywrightWebBaseLoader", "PuppeteerWebBaseLoader"})  # fmt: skip
_OF_CLIENT = re.compile(r"new\s*(?:System\.)?(?:Uri)?\(\s*\"(https?://[\w.-]+)")
"""The address of a client of HTTP in C#: `BaseAddress = new Uri("https://...")`."""
_OF_A_SCHEDULER = re.compile(r"(?i)quartz|hangfire")
_SORTS = re.compile(r"\b(?:cosineDistance|l2Distance|innerProduct)\(|<=>|<#>")
_FETCHED = re.compile(r"(?i)\bfetch_?k\b")
_TEMPLATE = re.compile(r"`(https?://[\w.-]+)/[^`]*\$\{")
"""A text with parts that are put in, of which the host is plain."""
_METHOD_ENDS = {**METHODS, "chat.completions.stream": METHODS["chat.completions.create"]}
_MEMBER = re.compile(r"[A-Z]\w+\.([A-Z][A-Z0-9_]{2,})")
"""A member of an enumeration, such as `Models.DEFAULT`."""
_CHOOSES = re.compile(
    r"\b(?:ToolCallBehavior|FunctionChoiceBehavior|AutoInvokeKernelFunctions|ChatCompletionAgent|OpenAIAssistantAgent|AzureAIAgent|StepwisePlanner|HandlebarsPlanner|FunctionCallingStepwisePlanner|AddAIAgent|CreateAIAgent)\b"
)
"""What lets a model choose among the functions of a kernel; others are called by the program alone."""
_WITH_DEFAULT = re.compile(
    r"@ConfigProperty\s*\(\s*name\s*=\s*\"([\w.-]+)\"\s*,\s*defaultValue\s*=\s*\"([^\"]+)\""
)
"""A setting of MicroProfile with the value that is taken where none is given."""
_TOOL_MARKS = frozenset({"Tool", "KernelFunction", "DefineKernelFunction", "McpServerTool", "McpTool"})
_TOOL_HOMES = (
    "langchain4j",
    "springframework.ai",
    "SemanticKernel",
    "semantickernel",
    "ModelContextProtocol",
    "quarkiverse",
    "mcp",
)
"""What must be named in a file for an annotation to make a tool of an agent."""


_CAPS = frozenset({"maxTokens", "withMaxTokens", "maxOutputTokens", "maxCompletionTokens"})
_STANDS_IN = re.compile(r"(?i)secondary|fallback|backup")
"""Methods that make the model that answers when another one cannot."""
_BARE = frozenset({"Model", "ModelName", "ModelId", "model", "modelName", "modelId"})


class Tree:
    """One pass over one tree, without recursion."""

    def __init__(self, file: TextFile, notes: Notes) -> None:
        """Take the file and where its notes go."""
        self.file, self.notes = file, notes
        self.tools: dict[str, GoTool] = {}
        self.options: set[str] = set()
        self.aliases = aliases_of(file.text) if file.name.endswith(".go") else {}

    def read(self, nodes: Iterable[Any]) -> None:
        """Note each node that says something; `nodes` are those of `nodes_of`, in the order of the text."""
        is_go = self.file.name.endswith(".go")
        if self.file.name.endswith((".cs", ".java")) and (match := _CHOOSES.search(self.file.text)):
            self.notes.technique("chosen", f"{match[0]} lets the model choose", self.file.at(match.start()))
        for node in nodes:
            kind = node.type
            if kind in CALLS:
                self.note_call(node)
            elif kind in NAMED:
                self.note_named(node)
                if is_go and kind == "keyed_element":
                    note_go_description(node, self.notes, self.file.path)
            elif kind in LOOKS:
                if match := _ENVIRONMENT.match(text_of(node)[:120]):
                    self.note_variable(match[1] or match[2] or match[3], node)
            elif kind in ANNOTATIONS:
                self.note_annotation(node)
            elif kind in PARAMETERS:
                note_parameter(node, self.file, self.notes)
            elif kind == "method_declaration":
                if is_go:
                    note_go_tool(node, self.tools, self.notes, self.place(node))
            else:
                self.note_known(text_of(node), node, ())

    def place(self, node: Any) -> Place:
        """Return the place of a node."""
        row, column = node.start_point
        return Place(self.file.path, row + 1, column + 1)

    def note_named(self, node: Any) -> None:
        """Note a name that is given a plain value, or one that the environment can change."""
        name, value = named(node)
        if not name or value is None:
            return
        if value.type in {"true", "false"} and name not in self.options:
            self.options.add(name)  # what others in the file say is of other choices
            note_option(name, value.type == "true", self.notes)
        plain, at = plain_of(value)
        if plain is None:
            if node.type == "variable_declarator":
                note_tools_object(name, value, self.file, self.notes)
                note_tools_array(name, value, self.file.path, self.notes)
            self.note_address(name, value, node)
            member = (
                _MEMBER.fullmatch(text_of(value)[:120])
                if node.type == "pair" and names_a_model(name)
                else None
            )
            if member:
                self.notes.model(Ref("name", member[1]), self.place(value), note=f"by {member[0]}")
            return
        name = self.name_in_class(name, node, self.place(at))
        if node.type == "enum_assignment" and isinstance(plain, str):
            self.notes.setting("name", name, plain, self.place(at), weight=2)
        if node.type == "pair" and isinstance(plain, float) and self.file.shows("aws-cdk-lib"):
            note_construct(name, plain, self.place(at), self.notes)
        if node.type == "pair" and (is_of_web_search(node, name) or is_of_words_search(node)):
            return
        if name == "type" and plain == "file_search":
            self.notes.technique("retrieval", "a model searches files", self.place(node))
        self.note_description(name, plain, node)
        siblings = (
            frozenset(named(other)[0] for other in node.parent.named_children[:60])
            if node.type == "pair"
            else frozenset()
        )
        if (
            node.type in {"pair", "keyed_element"}
            and name in {"name", "id", "modelId", "Name"}
            and isinstance(plain, str)
        ):
            self.note_listed(plain, self.place(at))
        if name == "limit" and node.type == "argument" and self.file.shows("minRelevanceScore"):
            name = "top_k"  # of a search in memories
        constant = node.type in {
            "variable_declarator",
            "const_spec",
            "public_field_definition",
            "field_declaration",
            "var_spec",
        }
        note_named(
            f"default_{name}" if names_a_model(name) and in_defaults(node) else name,
            model_behind(plain, self.file) if isinstance(plain, str) and names_a_model(name) else plain,
            self.place(at),
            self.notes,
            kind="name" if constant and name.isupper() else "",
            siblings=siblings,
            local=not (constant and name.isupper()),
            weight=1 if BY_SETTING.search(text_of(value)[:120]) else 2,
        )

    def note_address(self, name: str, value: Any, node: Any) -> None:
        """Note the host that a client is given, or of an address with parts to put in where the file asks what holds it: `const url = `https://...``."""
        if name == "BaseAddress" and (base := _OF_CLIENT.match(text_of(value)[:200])):
            self.notes.host(base[1], "a client of HTTP calls it", self.place(value))
        if node.type != "variable_declarator":
            return
        match = None if "/tools/" in self.file.path else _TEMPLATE.match(text_of(value)[:200])
        if match and re.search(rf"\b(?:fetch|axios(?:\.\w+)?|got)\(\s*{re.escape(name)}\b", self.file.text):
            self.notes.host(match[1], f"{name} is asked, a fetch calls it", self.place(value))

    def name_in_class(self, name: str, node: Any, place: Place) -> str:
        """Return a property's name, with that of its class where only this says of what it is: `VisionOptions.Model`."""
        if name in {"topK", "k"} and _FETCHED.search(text_of(node)[len(name) : 80]):
            return "fetchK"  # more than are given on, of which the most different stay
        owner = owner_of(node) if node.type in {"property_declaration", "field_declaration"} else ""
        if not owner:
            return name
        self.notes.signals.owned.append((f"{owner}_{name}", place))
        return f"{owner}_{name}" if name in _BARE and role_of_key(owner.lower()) else name

    def note_description(self, name: str, plain: Any, node: Any) -> None:
        """Note the tool that the object around a pair describes to a model or to a client."""
        if name == "type" and plain == "function":
            note_described_tool(node.parent, self.place(node), self.notes)
        elif name == "name" and node.type == "pair":
            note_listed_tool(node.parent, self.place(node), self.notes)
            note_tool_at_hand(node.parent, self.place(node), self.notes)
        elif name == "description" and node.type == "pair":
            note_tool_by_key(node.parent, self.place(node), self.notes)
        elif name == "name" and node.type == "public_field_definition" and isinstance(plain, str):
            note_tool_of_class(node, plain, self.place(node), self.notes)

    def note_listed(self, text: str, place: Place) -> None:
        """Note a model for indexes that an object of a list names: one of several to choose from."""
        if role_of_name(text) in {"embedding", "reranker"} and read_model_name(text):
            self.notes.model(text, place, weight=1, sure=INFERRED, note="one of a table")

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
        package, dot, rest = callee.partition(".")
        callee = f"{self.aliases.get(package, package)}{dot}{rest}"
        arguments = arguments_of(node)
        short = callee.rpartition(".")[2]
        if (found := looked_up(callee, arguments, self.file)) is not None:
            if found.default is None:
                self.note_variable(found.variable, node)
            else:
                place = self.place(found.at)
                note_named(found.variable, found.default, place, self.notes, kind="env")
            return
        method = next((_METHOD_ENDS[end] for end in ends_of(callee) if end in _METHOD_ENDS), None)
        if (
            method is not None
            and not (
                callee.endswith(("messages.create", "messages.stream")) and not self.file.shows("nthropic")
            )
            and method.kind != "approval"
            and short not in {"interrupt", "converse"}
        ):
            note_meaning(method, node, arguments, short, self.place(node), self.notes)
        elif (
            not self.note_known(".".join(callee.split(".")[-2:]), node, arguments)
            and not self.note_known(short, node, arguments)
            and "." in callee
        ):
            owner = callee.split(".")[-2]
            if owner[:1].isupper() or owner == "pgxpool":
                self.note_known(owner, node, arguments)
        note_function(callee, arguments, self.file, self.notes)
        note_function_tool(callee, arguments, self.place(node), self.notes)
        note_gateway_model(short, arguments, self.file, self.notes)
        note_pipeline(arguments, self.file, self.notes)
        note_driver(callee, arguments, self.place(node), self.notes)
        note_supabase(callee, self.file.path, self.notes)
        note_split(short, arguments, self.place(node), self.notes)
        if short in _LOADS_PAGES and arguments and isinstance(read := plain_of(arguments[0])[0], str):
            self.notes.host(read, f"{short} calls it", self.place(node))
        self.note_limits(callee, short, arguments)
        if short in {"generateText", "streamText"}:
            note_given_tools(arguments, self.file.path, self.notes)
        elif short == "stepCountIs" and arguments and isinstance(plain_of(arguments[0])[0], float):
            self.notes.number("agent.max_steps", float(plain_of(arguments[0])[0] or 0), self.place(node))
        elif _ASKS.search(callee) and arguments and not callee.startswith("window."):  # a browser asks
            match = _TEMPLATE.match(text_of(arguments[0])[:200])
            address = match[1] if match else plain_of(arguments[0])[0]
            if isinstance(address, str) and "://" in address:  # else it is a path of the page's own server
                self.notes.host(address, f"{callee} calls it", self.place(node))
        self.note_given(node, short, arguments)

    def note_given(self, node: Any, short: str, arguments: list[Any]) -> None:
        """Note the single plain value that a setter or a builder is given."""
        if (
            len(arguments) == 1
            and (plain := plain_of(arguments[0]))[0] is not None
            and node.type != "new_expression"
            and not (short in _CAPS and _STANDS_IN.search(method_around(node)))
        ):
            assert plain[0] is not None
            if (names_a_model(short) and not _TOKENIZES.search(callee_of(node)[-120:])) or short in {
                "maxTokens",
                "maxResults",
                "topK",
                "withTopK",
                "WithTopK",
                "similarityTopK",
                "withMaxTokens",
                "WithMaxTokens",
                "chunkSize",
                "dimensions",
                "MaxTokens",
                "withSimilarityThreshold",
                "similarityThreshold",
                "minScore",
                "maxResultSize",
                "temperature",
                "maxRetries",
            }:
                note_named(short, plain[0], self.place(plain[1]), self.notes, kind="")

    def note_limits(self, callee: str, short: str, arguments: list[Any]) -> None:
        """Note what a record is made with, how many passages a search returns, and how long a model may take."""
        note_record(short, arguments, self.file, self.notes)
        if (dims := dimension_of_index(short, arguments)) is not None:
            self.notes.number("retrieval.dims", dims[0], self.place(dims[1]))
        self.note_retrieved(short, arguments)
        if (seconds := seconds_of_call(callee, short, arguments)) is not None:
            place = self.place(arguments[0])
            self.notes.number("path.stages[model].timeout", seconds, place, unit="s")

    def note_retrieved(self, short: str, arguments: list[Any]) -> None:
        """Note how many passages a retriever, or a query that sorts by distance, returns."""
        if (
            found := passages_of(short, arguments, self.file) or option_of_retriever(short, arguments)
        ) is not None:
            self.notes.named_value("top_k", found[0], self.place(found[1]), weight=2)
            return
        wanted = {"asRetriever": 1, "limit": 1, "similaritySearch": 2, "similaritySearchWithScore": 2}.get(
            short
        )
        if wanted is None or len(arguments) != wanted:
            return
        argument = arguments[-1]
        count, at = plain_of(argument)
        if isinstance(count, float) and (short != "limit" or self.file.shows(_SORTS)):
            self.notes.named_value("top_k", count, self.place(at), weight=2)

    def note_annotation(self, node: Any) -> None:
        """Note an annotation of a known name, and `@Value("${name:default}")`."""
        name = node.child_by_field_name("name")
        self.note_known(text_of(name) if name is not None else "", node, ())
        match = re.match(r"@Value\s*\(\s*\"\$\{([\w.-]+):([^}\"]+)\}\"", text_of(node)[:200])
        if match:
            stands_in = "fallback_" if _STANDS_IN.search(method_around(node)) else ""
            note_named(f"{stands_in}{match[1].rpartition('.')[2]}", match[2], self.place(node), self.notes, kind="")  # fmt: skip
        given = _WITH_DEFAULT.match(text_of(node)[:300])
        if given:
            note_named(given[1].replace(".", "_"), given[2], self.place(node), self.notes, kind="")
        if text_of(name) in _TOOL_MARKS and any(map(self.file.shows, _TOOL_HOMES)):
            note_tool_method(node, self.place(node), self.notes)

    def note_known(self, name: str, node: Any, arguments: Any) -> bool:
        """Note a class or function of the table; return whether it is one."""
        if arguments and name.startswith("Use") and _OF_A_SCHEDULER.search(text_of(arguments[0])[:200]):
            return True  # where a scheduler keeps its own records
        row = next((one for one in OTHER_CALLS.get(name, ()) if self.is_meant(one.hints)), None)
        if row is None:
            return False
        note_meaning(row.call, node, arguments, name, self.place(node), self.notes)
        return True

    def is_meant(self, hints: tuple[str, ...]) -> bool:
        """Say whether the file, or its project, names a package that a row is of."""
        return any(map(self.file.shows, hints)) or self.depends_on(hints)

    def depends_on(self, hints: tuple[str, ...]) -> bool:
        """Say whether a C# project depends on a hinted package: its files need not name what is used everywhere."""
        if not self.file.name.endswith(".cs"):
            return False
        small = tuple(hint.lower() for hint in hints)
        return any(
            one.ecosystem == "dotnet" and any(hint in one.name for hint in small)
            for one in self.notes.signals.packages
        )
