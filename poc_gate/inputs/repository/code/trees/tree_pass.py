"""One pass over a syntax tree of TypeScript, Java, Go or C# -> named values, look-ups, annotations, calls."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from poc_gate.inputs.repository.code.named_values import note_named, note_option
from poc_gate.inputs.repository.code.trees.calls.tree_calls import STANDS_IN, TEMPLATE, CallPass
from poc_gate.inputs.repository.code.trees.calls.tree_cdk import note_construct
from poc_gate.inputs.repository.code.trees.calls.tree_makers import note_maker
from poc_gate.inputs.repository.code.trees.calls.tree_parameters import (
    is_of_a_record,
    is_one_of_a_list,
    note_parameter,
    note_part,
)
from poc_gate.inputs.repository.code.trees.calls.tree_pieces import is_of_ollama, note_of_ollama
from poc_gate.inputs.repository.code.trees.calls.tree_sdk import model_behind
from poc_gate.inputs.repository.code.trees.calls.tree_states import note_state
from poc_gate.inputs.repository.code.trees.syntax.tree_cases import is_in_section_off
from poc_gate.inputs.repository.code.trees.syntax.tree_nodes import BY_SETTING, named, plain_of, text_of
from poc_gate.inputs.repository.code.trees.syntax.tree_query import (
    ANNOTATIONS,
    CALLS,
    LOOKS,
    NAMED,
    PARAMETERS,
)
from poc_gate.inputs.repository.code.trees.syntax.tree_schemas import default_of, is_a_setting
from poc_gate.inputs.repository.code.trees.syntax.tree_surroundings import (
    in_defaults,
    is_changed,
    is_of_web_search,
    is_of_words_search,
    is_switched_off,
    is_watched,
    method_around,
    owner_of,
)
from poc_gate.inputs.repository.code.trees.tools.declared_tools import (
    SCHEMAS,
    note_described_tool,
    note_listed_tool,
    note_tool_method,
    note_tool_of_class,
    note_tool_of_heir,
)
from poc_gate.inputs.repository.code.trees.tools.given_tools import (
    note_client_tools,
    note_tools_array,
    note_tools_object,
)
from poc_gate.inputs.repository.code.trees.tools.go_tools import GoTool, note_go_description, note_go_tool
from poc_gate.inputs.repository.code.trees.tools.named_tools import note_tool_at_hand, note_tool_by_key
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.noting.signals import Ref
from poc_gate.inputs.repository.tables.models import (
    names_a_model,
    read_model_name,
    role_of_key,
    role_of_name,
)
from poc_gate.model.claim import Place

_ENVIRONMENT = re.compile(
    r"^(?:process\.env\.(\w+)|process\.env\[[\"'](\w+)[\"']\]|import\.meta\.env\.(\w+))$"
)
_OF_CLIENT = re.compile(r"new\s*(?:System\.)?(?:Uri)?\(\s*\"(https?://[\w.-]+)")
"""The address of a client of HTTP in C#: `BaseAddress = new Uri("https://...")`."""
_FETCHED = re.compile(r"(?i)\bfetch_?k\b")
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
_BARE = frozenset({"Model", "ModelName", "ModelId", "model", "modelName", "modelId"})
_ENTRIES = frozenset({"pair", "keyed_element"})
_NAMES_OF_MODELS = frozenset({"name", "id", "modelId", "Name"})
_DECLARATIONS = frozenset(
    {"variable_declarator", "const_spec", "public_field_definition", "field_declaration", "var_spec"}
)


class Tree(CallPass):
    """One pass over one tree, without recursion."""

    def __init__(self, file: TextFile, notes: Notes) -> None:
        """Take the file and where its notes go."""
        super().__init__(file, notes)
        self.tools: dict[str, GoTool] = {}
        self.options: set[str] = set()

    def read(self, nodes: Iterable[Any]) -> None:
        """Note each node that says something; `nodes` are those of `nodes_of`, in the order of the text."""
        is_go = self.file.name.endswith(".go")
        if self.file.name.endswith((".cs", ".java")) and (match := _CHOOSES.search(self.file.text)):
            self.notes.technique("chosen", f"{match[0]} lets the model choose", self.file.at(match.start()))
        for node in nodes:
            self.note(node, is_go=is_go)

    def note(self, node: Any, *, is_go: bool) -> None:
        """Note one node, by its kind."""
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
            note = note_part if kind == "object_assignment_pattern" else note_parameter
            note(node, self.file, self.notes)
        elif kind == "method_declaration":
            if is_go:
                note_go_tool(node, self.tools, self.notes, self.place(node))
        else:
            self.note_known(text_of(node), node, ())

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
            note_maker(name, value, node, self.notes)
            note_state(name, value, self.file, self.notes)
            self.note_made(name, value, node)
            self.note_checked(name, value, node)
            self.note_member(name, value, node)
            return
        name = self.name_in_class(name, node, self.place(at))
        if node.type == "enum_assignment" and isinstance(plain, str):
            self.notes.setting("name", name, plain, self.place(at), weight=2)
        if node.type == "pair" and isinstance(plain, float) and self.file.shows("aws-cdk-lib"):
            note_construct(name, plain, node, self.place(at), self.notes)
        if node.type == "pair" and (is_of_web_search(node, name) or is_of_words_search(node)):
            return
        if name == "type" and plain == "file_search":
            self.notes.technique("retrieval", "a model searches files", self.place(node))
        self.note_description(name, plain, node)
        if isinstance(plain, str) and node.type in _ENTRIES and name in _NAMES_OF_MODELS:
            self.note_listed(plain, self.place(at))
        self.note_value(name, plain, self.place(at), node, value)

    def note_member(self, name: str, value: Any, node: Any) -> None:
        """Note a model that an object is given as a member of an enumeration, which says it elsewhere."""
        member = _MEMBER.fullmatch(text_of(value)[:120]) if node.type == "pair" else None
        if member and names_a_model(name):
            self.notes.model(Ref("name", member[1]), self.place(value), note=f"by {member[0]}")

    def note_value(self, name: str, plain: str | float, place: Place, node: Any, value: Any) -> None:
        """Note a plain value by its name, unless it is of a record that is kept, or one of many to choose from."""
        siblings = frozenset[str]()
        if node.type == "pair":
            siblings = frozenset(named(other)[0] for other in node.parent.named_children[:60])
            if "enabled" in siblings and is_switched_off(node.parent):
                return
        of_model = names_a_model(name)
        if isinstance(plain, str) and is_of_ollama(name, siblings, self.file):
            note_of_ollama(plain, value, self.notes)
            return
        if of_model and (is_of_a_record(siblings) or is_one_of_a_list(node, siblings) or is_watched(node)):
            return
        if name == "limit" and node.type == "argument" and self.file.shows("minRelevanceScore"):
            name = "top_k"  # of a search in memories
        if isinstance(plain, float) and is_changed(node, name, self.file.text):
            return
        constant = node.type in _DECLARATIONS and name.isupper()
        # `store: given.store || "qdrant"` is what a setting is where nobody gives it, wherever that is written.
        usual = node.type == "pair" and re.match(
            rf"[\w.?]+\.{re.escape(name)}\s*(?:\|\||\?\?)", text_of(value)[:160]
        )
        by_setting = BY_SETTING.search(text_of(value)[:120]) or self.file.shows("@ConfigurationProperties")
        note_named(
            f"default_{name}" if of_model and in_defaults(node) else name,
            model_behind(plain, self.file) if of_model and isinstance(plain, str) else plain,
            place,
            self.notes,
            kind="name" if constant else "",
            siblings=siblings,
            local=not constant and usual is None,
            weight=1 if by_setting else 2,
        )

    def note_made(self, name: str, value: Any, node: Any) -> None:
        """Note tools and addresses of a value that is put together: an object, a list, a text with gaps."""
        if node.type == "pair" and name in SCHEMAS:
            note_listed_tool(node.parent, self.place(node), self.notes)
        note_client_tools(name, value, self.file, self.notes)
        if node.type == "variable_declarator":
            note_tools_object(name, value, self.file, self.notes)
            note_tools_array(name, value, self.file, self.notes)
        self.note_address(name, value, node)

    def note_address(self, name: str, value: Any, node: Any) -> None:
        """Note the host that a client is given, or that of a text with gaps, where the file asks what holds it."""
        if name == "BaseAddress" and (base := _OF_CLIENT.match(text_of(value)[:200])):
            self.notes.host(base[1], "a client of HTTP calls it", self.place(value))
        if node.type != "variable_declarator" or self.is_of_a_page(name):
            return
        match = None if "/tools/" in self.file.path else TEMPLATE.match(text_of(value)[:200])
        if match and re.search(
            rf"\b(?:fetch|axios(?:\.\w+)?|got|WebSocket)\(\s*{re.escape(name)}\b", self.file.text
        ):
            self.notes.host(match[1], f"{name} is asked, a fetch calls it", self.place(value))

    def note_checked(self, name: str, value: Any, node: Any) -> None:
        """Note the default of a setting that a schema checks, and the name of a tool that a constant holds."""
        if node.type == "pair" and is_a_setting(name, self.file.path) and (found := default_of(value)):
            upper = name.isupper()
            note_named(name, found[0], self.place(found[1]), self.notes, kind="env" if upper else "", local=not upper)  # fmt: skip
        elif name == "toolName" and node.type == "public_field_definition":
            kept = re.search(
                rf"\b{re.escape(text_of(value)[:80])}\s*=\s*[\"']([\w.-]{{2,60}})[\"']", self.file.text
            )
            if kept:
                note_tool_of_heir(node, kept[1], self.place(node), self.notes)

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
        """Note the tool that the object around a pair, or the class around a field, describes to a model or to a client."""
        place = self.place(node)
        if name == "type" and plain == "function":
            note_described_tool(node.parent, place, self.notes)
        elif node.type == "pair" and name == "name":
            note_listed_tool(node.parent, place, self.notes)
            note_tool_at_hand(node.parent, place, self.notes)
        elif node.type == "pair" and name == "description":
            note_tool_by_key(node.parent, place, self.notes)
        elif node.type == "public_field_definition" and isinstance(plain, str):
            if name == "name":
                note_tool_of_class(node, plain, place, self.notes)
            elif name == "toolName":
                note_tool_of_heir(node, plain, place, self.notes)

    def note_listed(self, text: str, place: Place) -> None:
        """Note a model for indexes that an object of a list names: one of several to choose from."""
        if role_of_name(text) in {"embedding", "reranker"} and read_model_name(text):
            self.notes.model(text, place, weight=1, sure=INFERRED, note="one of a table")

    def note_annotation(self, node: Any) -> None:
        """Note an annotation of a known name, and `@Value("${name:default}")`."""
        name = node.child_by_field_name("name")
        self.note_known(text_of(name) if name is not None else "", node, ())
        match = re.match(r"@Value\s*\(\s*\"\$\{([\w.-]+):([^}\"]+)\}\"", text_of(node)[:200])
        if match and is_in_section_off(match[1], self.file.text):
            return
        if match:
            stands_in = "fallback_" if STANDS_IN.search(method_around(node)) else ""
            note_named(f"{stands_in}{match[1].rpartition('.')[2]}", match[2], self.place(node), self.notes, kind="")  # fmt: skip
        given = _WITH_DEFAULT.match(text_of(node)[:300])
        if given:
            note_named(given[1].replace(".", "_"), given[2], self.place(node), self.notes, kind="")
        if text_of(name) in _TOOL_MARKS and any(map(self.file.shows, _TOOL_HOMES)):
            note_tool_method(node, self.place(node), self.notes)
