"""Lists, calls and descriptions in Python -> the tools of an agent, their effect, and what a person approves."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.effects import effect_of_tool
from poc_gate.inputs.repository.code.python.tools.python_described_tools import described_tool
from poc_gate.inputs.repository.code.python.tools.python_made_tools import (
    FUNCTIONS,
    MAKERS,
    NO_NAMES,
    OF_SCHEMAS,
    name_given,
    note_made,
    note_schema_tool,
)
from poc_gate.inputs.repository.code.python.tools.python_tool_functions import (
    calls_and_texts,
    effect_in_file,
    is_own_decorator,
    is_pure,
    note_added,
    note_handed,
)
from poc_gate.inputs.repository.code.python.values.python_arguments import written_at
from poc_gate.inputs.repository.code.python.values.python_dotted_names import dotted_name
from poc_gate.inputs.repository.code.python.values.python_lists import texts_of
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes
from poc_gate.inputs.repository.code.python.values.python_values import argument_named, worth
from poc_gate.inputs.repository.noting.marks import CALLED_BY_PROGRAM
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.calls.library_tools import effect_of_library_tool
from poc_gate.model.claim import Place


def may_give_tools(name: str) -> bool:
    """Say whether a call without keywords can still give an agent tools."""
    short = name.rpartition(".")[2]
    return name.endswith(_GIVE_TOOLS) or short in MAKERS or short in OF_SCHEMAS or short == _CALLS_BY_NAME


_GIVE_TOOLS = (
    ".tool",
    ".register",
    ".append",
    ".extend",
    ".from_defaults",
    ".from_function",
    "bind_tools",
    "add_tool",
    "register_tool",
)


_CALLS_BY_NAME = "call_tool"
"""Method of clients of a server of tools."""
_NO_CALLS = re.compile(r"(?:^|\.)(?:Prompt|Resource|ResourceTemplate)\.from_function$")
"""What makes prompts and resources of a server out of functions; people choose those, no model calls them."""


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
    if _is_marked(short, node):
        _note_marked(node, scopes, notes, place)
        return
    if short == "register" and _REGISTER.search(name.rpartition(".")[0]):
        _note_registered(node, scopes, notes, place)
        return
    if _NO_CALLS.search(name):
        return
    _note_by_name(short, node, scopes, notes, place)
    if short in MAKERS or name.endswith((".from_defaults", ".from_function", "CfnAgent.FunctionProperty")):
        note_made(node, scopes, notes, place)
    if short in {"append", "extend"} and node.args and _LISTS.search(name.rpartition(".")[0]):
        _note_appended(short, node.args[0], scopes, notes, place)
        return
    if short == "bind_tools" and node.args and not any(one.arg in _GIVES for one in node.keywords):
        _note_list(node.args[0], scopes, notes, place)
    for keyword in node.keywords:
        if keyword.arg == "tools":
            _note_list(keyword.value, scopes, notes, place)
        elif keyword.arg in _INTERRUPTS and not isinstance(keyword.value, ast.Constant):
            notes.approval(",".join(_stopped_at(keyword.value)) or "*", place)


def _note_by_name(short: str, node: ast.Call, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note what a call by one of two names says: the program calls a tool itself, or a class describes one."""
    if short == _CALLS_BY_NAME:
        _note_called(node, scopes, notes, place)
    elif short in OF_SCHEMAS:
        note_schema_tool(node, scopes, notes, place)
    elif short == "as_tool":
        _note_other_agent(node, scopes, notes, place)


def _note_other_agent(node: ast.Call, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note an agent or a chain that another agent calls as a tool: `finder.as_tool(tool_name="find_events")`."""
    given = argument_named(node, "tool_name") or argument_named(node, "name")
    name = worth(given, scopes).value if given is not None else None
    if isinstance(name, str) and re.fullmatch(r"[\w.-]{2,60}", name):
        notes.tool(name, "unknown", "another agent answers", place)
        notes.technique("tools", f"{name} is given to an agent", place)


def _note_called(node: ast.Call, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note that the program itself calls a tool of a server by its name: `client.call_tool("find", {...})`."""
    first = (
        argument_named(node, "name")
        or argument_named(node, "tool_name")
        or (node.args[0] if node.args else None)
    )
    name = worth(first, scopes).value if first is not None else None
    if isinstance(name, str):
        notes.technique(CALLED_BY_PROGRAM, name, place, weight=1)


def _stopped_at(value: ast.expr) -> list[str]:
    """Return the tools before which a table says that a person is asked: `{"send_mail": True, "find": False}`."""
    if not isinstance(value, ast.Dict):
        return []
    return [
        key.value
        for key, stops in zip(value.keys, value.values, strict=True)
        if isinstance(key, ast.Constant)
        and isinstance(key.value, str)
        and not (isinstance(stops, ast.Constant) and not stops.value)
    ]


_LISTS = re.compile(r"(?:^|\.)(?:(?:all|agent|built_?in|default|base|extra)_)?tools$")
"""Names of lists to which tools are added one by one."""
_INTERRUPTS = frozenset({"interrupt_before", "interrupt_after", "interrupt_on"})
_GIVES = _INTERRUPTS | {"tools"}


def _is_marked(short: str, node: ast.Call) -> bool:
    """Say whether a decorator is called on a function, which makes it a tool: `server.tool(name="find")(find)`."""
    return short == "tool" and isinstance(node.func, ast.Call) and bool(node.args) and isinstance(node.args[0], ast.Name)  # fmt: skip


def _note_marked(node: ast.Call, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note a function that a decorator makes a tool, under the name that it is given or its own."""
    assert isinstance(node.func, ast.Call)
    first = worth(node.func.args[0], scopes).value if node.func.args else None
    given = name_given(node.func, scopes) or (first if isinstance(first, str) else dotted_name(node.args[0]))
    notes.tool(given, *effect_of_tool(given), place)
    notes.technique("tools", f"{given} is a tool", place)


def _note_appended(short: str, first: ast.expr, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note what is added to a list of tools: a list, or a class or function of the file."""
    if short == "extend":
        _note_list(first, scopes, notes, place)
    elif isinstance(first, ast.Name) and (first.id[:1].isupper() or first.id in scopes.functions or _of_library(first.id, scopes)):  # fmt: skip
        _note_list(ast.List(elts=[first]), scopes, notes, place)


def _of_library(name: str, scopes: Scopes) -> bool:
    """Say whether a name stands for a tool that a library brings along as a function or a module."""
    return effect_of_library_tool(scopes.imports.get(name, "")) is not None


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
    if FUNCTIONS.search(name) and isinstance(value, ast.Set | ast.List):
        _note_functions(value.elts, scopes, notes, place)
        return
    if not (name == "tools" or name.endswith(("TOOLS", "_tools"))):
        return
    if isinstance(value, ast.Dict) and re.search(rf"\b{re.escape(name)}\.values\(\)", notes.file.text):
        value = ast.List(elts=[*value.values])  # an agent is given the functions, whatever the keys are
    for one in value.values if isinstance(value, ast.Dict) else [value]:
        items = one.elts if isinstance(one, ast.List) else []
        named = [item for item in items if isinstance(item, ast.Name)]
        for item in named if len(named) == len(items) else ():
            _note_named(item, scopes, notes, place)


def _note_functions(items: list[ast.expr], scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note the functions of a set, where the file defines all of them."""
    functions = [scopes.functions.get(item.id) for item in items if isinstance(item, ast.Name)]
    known = [function for function in functions if function is not None]
    if len(known) != len(items):
        return
    for item, function in zip(items, known, strict=True):
        effect, why = effect_of_tool(function.name, *calls_and_texts(function))
        notes.tool(function.name, effect, why, Place(place.file, item.lineno, item.col_offset + 1))


_EACH = re.compile(
    r"\b(?:\w*Tool|\w*\.from_defaults|\w*\.from_function|tool|function_tool)\([^()\n]{0,80}\)\s+for\s+\w+\s+in\s+\w*(?:functions|fns|callables)\b"
)


def note_methods_listed(name: str, value: ast.expr, notes: Notes) -> None:
    """Note the methods of a list of which the file makes tools one by one: `[FunctionTool.from_defaults(fn=fn) for fn in fns]`."""
    if not FUNCTIONS.search(name) or not isinstance(value, ast.List) or not notes.file.shows(_EACH):
        return
    for item in value.elts:
        if isinstance(item, ast.Attribute) and not item.attr.startswith("_") and item.attr not in NO_NAMES:
            notes.tool(item.attr, *effect_of_tool(item.attr), written_at(item, notes))


def _note_named(item: ast.Name, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note a tool of a constant by its name, unless it is private, a class, or a value that is read where it stands."""
    tool = item.id
    if tool.startswith("_") or tool in NO_NAMES or tool[:1].isupper() or scopes.find(tool) is not None:
        return
    effect, why = effect_in_file(tool, scopes)
    notes.tool(tool, effect, why, Place(place.file, item.lineno, item.col_offset + 1))


def _note_list(node: ast.expr, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note the tools of a list that an agent is given, other than those that are noted where they are made."""
    for listed, item in texts_of(node, scopes):
        made = scopes.find(listed)
        tool = described_tool(made, scopes) if isinstance(made, ast.Dict) else _method(made) or listed
        brought = effect_of_library_tool(path := scopes.imports.get(listed, ""))
        if brought is not None:
            tool = path.rpartition(".")[2]  # the file may take it in under another name
        if not tool or tool in NO_NAMES or tool.startswith("_") or tool.endswith(_NO_TOOLS):
            continue
        if isinstance(made, ast.Call | ast.ListComp | ast.IfExp | ast.BoolOp):
            continue  # noted where it is made
        if isinstance(item, ast.Attribute) and _holds_an_own_class(listed, scopes, notes):
            continue  # the class says its name
        if listed.isupper() and listed in scopes.imports:
            continue  # a description that another file keeps, which says the name
        if isinstance(item, ast.Name) and made is None and not _is_known(listed, scopes, notes):
            continue  # a parameter stands for whatever it is given
        effect, why = brought or effect_in_file(tool, scopes)
        function = scopes.functions.get(tool)
        if function is not None and is_pure(function):
            effect, why = "reads", "its code calls nothing"
        at = Place(place.file, getattr(item, "lineno", place.line), getattr(item, "col_offset", 0) + 1)
        notes.tool(tool, effect, why, at)
        notes.technique("tools", f"{tool} is given to an agent", at)


def _holds_an_own_class(field: str, scopes: Scopes, notes: Notes) -> bool:
    """Say whether a field holds an object of a class of tools that another file of the program writes."""
    made = re.search(rf"\bself\.{field}\s*=\s*([A-Z]\w*Tool)\(", notes.file.text)
    return made is not None and is_own_decorator(scopes.imports.get(made[1], ""), notes.signals.paths)


def _method(made: ast.expr | None) -> str:
    """Return the method of what a call makes, where a name was given one: `LOOK_UP = Library(REGION).find_books`."""
    return made.attr if isinstance(made, ast.Attribute) and isinstance(made.value, ast.Call) else ""


_NO_TOOLS = ("placeholder", "interceptor", "middleware")
"""How the names of those end that stand among tools without being any."""


def _is_known(name: str, scopes: Scopes, notes: Notes) -> bool:
    """Say whether a name is defined or imported in the file."""
    given = name in scopes.functions or name in scopes.imports or name in scopes.classes
    return given or notes.file.shows(f"def {name}(")
