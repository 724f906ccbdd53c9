"""A call in Python that makes a tool -> the tool: its name, its function, its effect."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.effects import effect_of_tool
from poc_gate.inputs.repository.code.python.tools.python_described_tools import is_forced
from poc_gate.inputs.repository.code.python.tools.python_tool_hints import by_hint, hinted
from poc_gate.inputs.repository.code.python.values.python_dotted_names import dotted_name
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes
from poc_gate.inputs.repository.code.python.values.python_values import argument_named, worth
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.model.claim import Place

MAKERS = frozenset(
    {
        "StructuredTool",
        "Tool",
        "FunctionTool",
        "function_tool",
        "QueryEngineTool",
        "RetrieverTool",
        "ToolMetadata",
        "DynamicTool",
        "AzureFunctionTool",
        "OpenApiTool",
        "create_retriever_tool",
    }
)
OF_SCHEMAS = frozenset({"get_function_tool", "pydantic_function_tool", "convert_to_openai_tool", "convert_to_openai_function"})  # fmt: skip
"""Makers of tools out of a class that only describes arguments: the class says the name."""
_ASKS_INDEX = frozenset({"QueryEngineTool", "RetrieverTool", "create_retriever_tool"})
_OF_FUNCTIONS = frozenset({"FunctionTool", "function_tool"})
"""Makers of tools whose first argument is the function itself, a method among them."""
FUNCTIONS = re.compile(r"(?i)(?:^|_)(?:functions?|fns?|callables)$")
"""Names of sets of functions that are handed to an agent as its tools."""
NO_NAMES = frozenset(
    {
        "run",
        "invoke",
        "call",
        "func",
        "fn",
        "tool",
        "tools",
        "all_tools",
        "self",
        "ainvoke",
        "tool_fn",
        "impl",
        "wrapper",
        "inner",
        "retriever_tool",
    }
)
"""Methods that stand for a tool whose name is said elsewhere."""


_RUNS = frozenset({"fn", "func", "function", "coroutine"})
"""What a maker of tools is given the function by; `async_fn` names a tool only where nothing else could."""


def note_made(node: ast.Call, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note the tool that a call makes, under the name that it is given or that of its function."""
    if _is_of_another_kind(node, notes):
        return
    named = name_given(node, scopes) or _name_in_place(node, scopes)
    unread = not named and any(keyword.arg == "name" for keyword in node.keywords)
    runs = _RUNS if unread else {*_RUNS, "async_fn"}
    function = next((keyword.value for keyword in node.keywords if keyword.arg in runs), None)
    of_methods = dotted_name(node.func).rpartition(".")[2] in _OF_FUNCTIONS
    if (
        function is None
        and node.args
        and isinstance(node.args[0], (ast.Name, ast.Attribute) if of_methods else ast.Name)
    ):
        function = node.args[0]
    if not named and any(keyword.arg in {"metadata", "tool_metadata"} for keyword in node.keywords):
        return  # its name is in the metadata, and is noted there where it is plain
    if not named and _is_described(node, function, scopes):
        notes.technique("tools", "tools are described to a model", place)
        return
    if isinstance(function, ast.Call) or (unread and isinstance(function, ast.Attribute)):
        function = None  # what makes a tool's function does not name it, nor does a field that holds one
    given = named or (dotted_name(function).rpartition(".")[2] if function is not None else "")
    if given in NO_NAMES or given.startswith("_") or "placeholder" in given:
        return
    if function is not None and not named and FUNCTIONS.search(given) and given not in scopes.functions:
        notes.technique("tools", f"{given} are tools", place)
        return  # a set of functions, each of which is noted where the set is written
    if given and given.replace("_", "").replace("-", "").replace(" ", "").isalnum():
        effect, why = effect_of_tool(given)
        if dotted_name(node.func).rpartition(".")[2] in _ASKS_INDEX:
            effect, why = "reads", "it asks an index"
        effect, why = by_hint(hinted(argument_named(node, "annotations"), scopes), effect, why)
        notes.tool(given, effect, why, place)
        notes.technique("tools", f"{given} is a tool", place)


_HANDS_OVER = (
    r"[^\n]*:\n\s+\"\"\"[^\"]{0,2000}?(?i:\b(?:transfer|hand\w{0,20}\s+(?:off|over))\b[^\"]{0,600}?\bagent)"
)
"""What a class says of itself that describes a tool by which one agent leaves the conversation to another."""


def note_schema_tool(node: ast.Call, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note the tool that a class describes by its fields: `get_function_tool(BookTable)`; a model that is forced to one only gives its answer a form."""
    first = node.args[0] if node.args else None
    name = name_given(node, scopes) or (
        first.id if isinstance(first, ast.Name) and first.id[:1].isupper() else ""
    )
    if name and not is_forced(notes):
        hands_over = re.search(rf"(?m)^class {re.escape(name)}\b{_HANDS_OVER}", notes.file.text)
        effect, why = ("unknown", "it hands over to another agent") if hands_over else effect_of_tool(name)
        notes.tool(name, effect, why, place)
        notes.technique("tools", f"{name} is a tool", place)


def _is_of_another_kind(node: ast.Call, notes: Notes) -> bool:
    """Say whether a call makes an object of a class of the file's own that describes nothing to a model: a program on the disk."""
    made = dotted_name(node.func)
    own = made in MAKERS and notes.file.shows(f"class {made}") and not notes.file.shows(_DESCRIBED)
    return own and re.search(rf"(?m)^class {made}(?:\(|:)", notes.file.text) is not None


_DESCRIBED = re.compile(r"\bdescription\b")


def _is_described(node: ast.Call, function: ast.expr | None, scopes: Scopes) -> bool:
    """Say whether a call hands over the description of a function, which a variable holds: `Tool(type="function", function=schema)`."""
    typed = any(one.arg == "type" and worth(one.value, scopes).value == "function" for one in node.keywords)
    return typed and isinstance(function, ast.Name | ast.Attribute) and dotted_name(function) not in scopes.functions  # fmt: skip


def _name_in_place(node: ast.Call, scopes: Scopes) -> str:
    """Return the name that a tool is given by its place among the arguments: the second for a retriever, else the first."""
    made = dotted_name(node.func).rpartition(".")[2]
    at = {"create_retriever_tool": 1, "Tool": 0}.get(made)
    value = worth(node.args[at], scopes).value if at is not None and len(node.args) > at else None
    return value if isinstance(value, str) else ""


def name_given(node: ast.Call, scopes: Scopes) -> str:
    """Return the name that a call gives a tool by keyword; empty where it gives none."""
    for keyword in node.keywords:
        if keyword.arg == "name":
            value = worth(keyword.value, scopes).value
            return value if isinstance(value, str) else ""
    return ""
