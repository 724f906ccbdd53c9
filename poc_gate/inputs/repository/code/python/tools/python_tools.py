"""Lists, calls and descriptions in Python -> the tools of an agent, their effect, and what a person approves."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.effects import effect_of_tool
from poc_gate.inputs.repository.code.python.tools.python_tool_functions import (
    calls_and_texts,
    is_pure,
    note_added,
    note_handed,
)
from poc_gate.inputs.repository.code.python.values.python_lists import texts_of
from poc_gate.inputs.repository.code.python.values.python_values import Scopes, dotted_name, worth
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.model.claim import Place

_MAKERS = frozenset(
    {
        "StructuredTool",
        "Tool",
        "FunctionTool",
        "QueryEngineTool",
        "RetrieverTool",
        "ToolMetadata",
        "DynamicTool",
        "AzureFunctionTool",
        "OpenApiTool",
        "create_retriever_tool",
    }
)
_ASKS_INDEX = frozenset({"QueryEngineTool", "RetrieverTool", "create_retriever_tool"})
_FUNCTIONS = re.compile(r"(?i)(?:^|_)(?:functions?|fns?|callables)$")
"""Names of sets of functions that are handed to an agent as its tools."""
_NO_NAMES = frozenset(
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


def may_give_tools(name: str) -> bool:
    """Say whether a call without keywords can still give an agent tools."""
    return name.endswith((".tool", ".register", ".append", ".extend", ".from_defaults", ".from_function", "bind_tools", "add_tool", "register_tool")) or name.rpartition(".")[2] in _MAKERS  # fmt: skip


def is_given_no_tools(node: ast.Call) -> bool:
    """Say whether a call hands over an empty list of tools, and nothing else that could be called."""
    given = {keyword.arg: keyword.value for keyword in node.keywords}
    listed = given.get("tools")
    bare = isinstance(listed, ast.List | ast.Tuple) and not listed.elts
    return bare and not given.keys() & _HANDS_OVER


_HANDS_OVER = frozenset(
    {"sub_agents", "subagents", "handoffs", "agents", "mcp_servers", "toolsets", "plugins"}
)
"""What an agent can be given beside tools."""


def note_tool_lists(node: ast.Call, scopes: Scopes, notes: Notes, place: Place, name: str) -> None:
    """Note the tools that an agent is given in a list, tools that are made by a call, and interrupts before them."""
    short = name.rpartition(".")[2]
    note_handed(short, node, notes, place)
    if short == "add_tool":
        note_added(node, scopes, notes, place)
    if (
        short == "tool"
        and isinstance(node.func, ast.Call)
        and node.args
        and isinstance(node.args[0], ast.Name)
    ):
        given = _name_given(node.func, scopes) or node.args[0].id
        effect, why = effect_of_tool(given)
        notes.tool(given, effect, why, place)
        notes.technique("tools", f"{given} is a tool", place)
        return
    if short == "register" and _REGISTER.search(name.rpartition(".")[0]):
        _note_registered(node, scopes, notes, place)
        return
    if short in _MAKERS or name.endswith((".from_defaults", ".from_function", "CfnAgent.FunctionProperty")):
        _note_made(node, scopes, notes, place)
    if (
        short in {"append", "extend"}
        and node.args
        and name.split(".")[-2:-1] in (["tools"], ["all_tools"], ["agent_tools"])
    ):
        first = node.args[0]
        own = isinstance(first, ast.Name) and (first.id[:1].isupper() or first.id in scopes.functions)
        if short == "extend" or own:
            _note_list(first if short == "extend" else ast.List(elts=[first]), scopes, notes, place)
        return
    if not any(
        keyword.arg in {"tools", "interrupt_before", "interrupt_after", "interrupt_on"}
        for keyword in node.keywords
    ):
        if short == "bind_tools" and node.args:
            _note_list(node.args[0], scopes, notes, place)
        return
    for keyword in node.keywords:
        if keyword.arg == "tools":
            _note_list(keyword.value, scopes, notes, place)
        elif keyword.arg in {"interrupt_before", "interrupt_after", "interrupt_on"} and not isinstance(
            keyword.value, ast.Constant
        ):
            notes.approval("*", place)


_REGISTER = re.compile(r"(?i)(?:^|[._])tools?_?(?:registry|register|box|set)$")
"""Registers of the program's own that hold what a model may call."""


def _note_registered(node: ast.Call, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note a function that the program's own register of tools takes in under a name: `ToolRegistry.register("find", find)`."""
    if len(node.args) != _NAME_AND_FUNCTION or not isinstance(node.args[1], ast.Name):
        return
    name = worth(node.args[0], scopes).value
    function = scopes.functions.get(node.args[1].id)
    if isinstance(name, str) and function is not None and re.fullmatch(r"[\w.-]{2,60}", name):
        effect, why = effect_of_tool(name, *calls_and_texts(function))
        notes.tool(name, effect, why, place, function=function.name)
        notes.technique("functions", f"{name} is a tool", place)


_NAME_AND_FUNCTION = 2


_OF_A_QUEUE = re.compile(r"\bclass WorkerSettings\b|^(?:from|import) (?:arq|saq)\b", re.MULTILINE)
"""Files of workers whose functions a queue calls, and no model picks."""


def note_tool_constant(name: str, value: ast.expr, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note the functions in a constant such as `TOOLS = [search, book]`, or in lists of a dictionary of that name."""
    if name == "functions" and notes.file.shows(_OF_A_QUEUE):
        return
    if _FUNCTIONS.search(name) and isinstance(value, ast.Set | ast.List):
        functions = [scopes.functions.get(item.id) for item in value.elts if isinstance(item, ast.Name)]
        if len(functions) != len(value.elts) or None in functions:
            return
        for item, function in zip(value.elts, functions, strict=True):
            assert function is not None
            place_of_item = Place(place.file, item.lineno, item.col_offset + 1)
            notes.tool(
                function.name, *effect_of_tool(function.name, *calls_and_texts(function)), place_of_item
            )
        return
    if not (name == "tools" or name.endswith(("TOOLS", "_tools"))):
        return
    lists = value.values if isinstance(value, ast.Dict) else [value]
    for one in lists:
        if isinstance(one, ast.List) and one.elts and all(isinstance(item, ast.Name) for item in one.elts):
            for item in one.elts:
                tool = getattr(item, "id", "")
                if (
                    tool.startswith("_")
                    or tool in _NO_NAMES
                    or tool[:1].isupper()
                    or scopes.find(tool) is not None
                ):
                    continue
                function = scopes.functions.get(tool)
                effect, why = effect_of_tool(tool, *calls_and_texts(function)) if function else effect_of_tool(tool)  # fmt: skip
                notes.tool(tool, effect, why, Place(place.file, item.lineno, item.col_offset + 1))


def _note_list(node: ast.expr, scopes: Scopes, notes: Notes, place: Place) -> None:
    for listed, item in texts_of(node, scopes):
        made = scopes.find(listed)
        named = _name_given(made, scopes) if isinstance(made, ast.Call) else ""
        tool = (_described_tool(made, scopes) if isinstance(made, ast.Dict) else "") or listed
        if (
            tool in _NO_NAMES
            or tool.startswith("_")
            or tool.endswith(("placeholder", "interceptor", "middleware"))
        ):
            continue
        if named or isinstance(made, ast.Call | ast.ListComp | ast.IfExp | ast.BoolOp):
            continue  # noted where it is made
        if listed.isupper() and listed in scopes.imports:
            continue  # a description that another file keeps, which says the name
        if isinstance(item, ast.Name) and made is None and not _is_known(listed, scopes, notes):
            continue  # a parameter stands for whatever it is given
        function = scopes.functions.get(tool)
        effect, why = effect_of_tool(tool, *calls_and_texts(function)) if function else effect_of_tool(tool)
        if function is not None and is_pure(function):
            effect, why = "reads", "its code calls nothing"
        at = Place(place.file, getattr(item, "lineno", place.line), getattr(item, "col_offset", 0) + 1)
        notes.tool(tool, effect, why, at)
        notes.technique("tools", f"{tool} is given to an agent", at)


def _is_known(name: str, scopes: Scopes, notes: Notes) -> bool:
    """Say whether a name is defined or imported in the file."""
    given = name in scopes.functions or name in scopes.imports or name in scopes.classes
    return given or notes.file.shows(f"def {name}(")


def note_described_function(
    node: ast.Dict, keys: list[str], scopes: Scopes, notes: Notes, place: Place
) -> None:
    """Note a tool that a dictionary describes to a model: its name, what it is for, and a schema of its arguments.

    A model that is forced to one tool only gives its answer a form.
    """
    schema = next((key for key in ("parameters", "input_schema", "inputSchema") if key in keys), "")
    if not schema or not {"name", "description"} <= set(keys) or is_forced(notes):
        return
    inner = next((value for key, value in zip(node.keys, node.values, strict=True) if getattr(key, "value", "") == schema), None)  # fmt: skip
    of_object = isinstance(inner, ast.Dict) and any(isinstance(value, ast.Constant) and value.value == "object" for value in inner.values)  # fmt: skip
    name = _described_tool(node, scopes)
    if of_object and re.fullmatch(r"[\w.-]{2,60}", name):
        function = scopes.functions.get(name)
        effect, why = effect_of_tool(name, *calls_and_texts(function)) if function else effect_of_tool(name)
        notes.tool(name, effect, why, place)


def note_described_constant(name: str, value: ast.expr, scopes: Scopes, notes: Notes) -> None:
    """Note the name under which a file keeps the description of a tool, which lists in other files write."""
    if not isinstance(value, ast.Dict) or is_forced(notes):
        return
    kind = next((one.value for key, one in zip(value.keys, value.values, strict=True) if getattr(key, "value", "") == "type" and isinstance(one, ast.Constant)), "")  # fmt: skip
    tool = _described_tool(value, scopes) if kind == "function" else ""
    if re.fullmatch(r"[\w.-]{2,60}", tool):
        place = Place(notes.file.path, value.lineno, value.col_offset + 1)
        notes.tool(tool, *effect_of_tool(tool), place, function=name)


def is_forced(notes: Notes) -> bool:
    """Say whether a file forces a model to one tool, which then only gives its answer a form."""
    return notes.file.shows(_FORCED)


_FORCED = re.compile(r"tool_?choice[\"']?\s*[:=]\s*\{|function_call[\"']?\s*[:=]\s*\{")


def _described_tool(node: ast.Dict, scopes: Scopes) -> str:
    """Return the name in a description of a tool: `{"name": ...}`, or the one under `function`."""
    for key, value in zip(node.keys, node.values, strict=True):
        if not isinstance(key, ast.Constant):
            continue
        if key.value == "name":
            found = worth(value, scopes).value
            return found if isinstance(found, str) else ""
        if key.value == "function" and isinstance(value, ast.Dict):
            return _described_tool(value, scopes)
    return ""


def _note_made(node: ast.Call, scopes: Scopes, notes: Notes, place: Place) -> None:
    named = _name_given(node, scopes) or _name_in_place(node, scopes)
    function = next(
        (
            keyword.value
            for keyword in node.keywords
            if keyword.arg in {"fn", "func", "function", "coroutine"}
        ),
        None,
    )
    if function is None and node.args and isinstance(node.args[0], ast.Name):
        function = node.args[0]
    if not named and any(keyword.arg in {"metadata", "tool_metadata"} for keyword in node.keywords):
        return  # its name is in the metadata, and is noted there where it is plain
    unread = any(keyword.arg == "name" for keyword in node.keywords) and not named
    if isinstance(function, ast.Call) or (unread and isinstance(function, ast.Attribute)):
        function = None  # what makes a tool's function does not name it, nor does a field that holds one
    given = named or (dotted_name(function).rpartition(".")[2] if function is not None else "")
    if given in _NO_NAMES or given.startswith("_") or "placeholder" in given:
        return
    if function is not None and not named and _FUNCTIONS.search(given) and given not in scopes.functions:
        notes.technique("tools", f"{given} are tools", place)
        return  # a set of functions, each of which is noted where the set is written
    if given and given.replace("_", "").replace("-", "").replace(" ", "").isalnum():
        effect, why = effect_of_tool(given)
        if dotted_name(node.func).rpartition(".")[2] in _ASKS_INDEX:
            effect, why = "reads", "it asks an index"
        notes.tool(given, effect, why, place)
        notes.technique("tools", f"{given} is a tool", place)


def _name_in_place(node: ast.Call, scopes: Scopes) -> str:
    """Return the name that a tool is given by its place among the arguments: the second for a retriever, else the first."""
    made = dotted_name(node.func).rpartition(".")[2]
    at = {"create_retriever_tool": 1, "Tool": 0}.get(made)
    value = worth(node.args[at], scopes).value if at is not None and len(node.args) > at else None
    return value if isinstance(value, str) else ""


def _name_given(node: ast.Call, scopes: Scopes) -> str:
    for keyword in node.keywords:
        if keyword.arg == "name":
            value = worth(keyword.value, scopes).value
            return value if isinstance(value, str) else ""
    return ""
