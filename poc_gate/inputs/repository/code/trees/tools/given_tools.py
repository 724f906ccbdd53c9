"""Calls and objects that hand tools to a model -> the tools, under the names that it sees."""

from __future__ import annotations

import re
from typing import Any

from poc_gate.inputs.repository.code.effects import effect_of_tool
from poc_gate.inputs.repository.code.trees.syntax.tree_nodes import named, place_of, plain_of, text_of
from poc_gate.inputs.repository.code.trees.tools.declared_tools import SCHEMAS
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.marks import STEPS_ELSEWHERE
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.model.claim import Place

SDK = re.compile(r"from\s+[\"']ai[\"']|require\([\"']ai[\"']\)")
"""How a file takes in the AI SDK."""
_METHOD = re.compile(r"(?:.*\.)?([A-Za-z]\w{1,60})")
_GIVES_BY_NAME = frozenset(
    {"function", "withFunction", "functions", "defaultFunctions", "toolNames", "defaultToolNames"}
)
"""Methods of Spring AI that give a model tools by the names of their beans."""


def note_function_tool(callee: str, arguments: Any, place: Place, notes: Notes) -> None:
    """Note a method that Microsoft.Extensions.AI makes a tool of, by the name it is given or by its own; and beans of Spring."""
    if callee.rpartition(".")[2] in _GIVES_BY_NAME and "springframework.ai" in notes.file.text:
        for bean in (plain_of(argument)[0] for argument in arguments[:60]):
            if isinstance(bean, str) and re.fullmatch(r"[\w-]{2,60}", bean):
                notes.tool(bean, *effect_of_tool(bean), place)
                notes.technique("tools", f"{bean} is given to a model", place)
    _note_made_in_go(callee, arguments, place, notes)
    if callee == "createRetrieverTool" and len(arguments) > 1 and arguments[1].type == "object":
        entries = dict(named(pair) for pair in arguments[1].named_children[:20] if pair.type == "pair")
        given_name = plain_of(entries["name"])[0] if entries.get("name") is not None else None
        if isinstance(given_name, str) and re.fullmatch(r"[\w-]{2,60}", given_name):
            notes.tool(given_name, "reads", "it asks an index", place)
            notes.technique("tools", f"{given_name} is a tool", place)
    if not callee.endswith("AIFunctionFactory.Create"):
        return
    said = [one for one in (plain_of(argument)[0] for argument in arguments[1:]) if isinstance(one, str)]
    given = text_of(arguments[0])[:200] if arguments else ""
    match = None if "=>" in given else _METHOD.fullmatch(re.sub(r"\s|\([^()]*\)", "", given))
    name = next((one for one in said if re.fullmatch(r"[\w-]{2,60}", one)), match[1] if match else "")
    if name:
        name = name.removesuffix("Async")
        effect, why = effect_of_tool(name)
        notes.tool(name, effect, why, place)
        notes.technique("tools", f"{name} is a tool", place)


_MAKES = re.compile(r"(?:^|\.)(?:Must|New|Make|Convert|Register|Define)\w*Tool$")
_SNAKE = re.compile(r"[a-z][a-z0-9]*(?:[_-][a-z0-9]+)+")


def _note_made_in_go(callee: str, arguments: Any, place: Place, notes: Notes) -> None:
    """Note a tool that a function of a Go server makes: its name, what it is for, and the function that answers."""
    if not place.file.endswith(".go") or len(arguments) < _NAME_TEXT_FUNCTION or not _MAKES.search(callee):
        return
    name = plain_of(arguments[0])[0]
    about, function = text_of(arguments[1])[:1], text_of(arguments[2])[:80]
    if isinstance(name, str) and about in {'"', "`"} and _SNAKE.fullmatch(name) and re.fullmatch(r"[\w.]+|func\b[\s\S]*", function):  # fmt: skip
        notes.tool(name, *effect_of_tool(name), place)
        notes.technique("functions", f"{name} is a tool", place)


_NAME_TEXT_FUNCTION = 3


_KITS = {
    "createBashTool": ("bash-tool", ("bash", "readFile", "writeFile")),
    "createDeepAgent": (
        "deepagents",
        ("write_todos", "ls", "read_file", "write_file", "edit_file", "glob", "grep", "task"),
    ),
}
"""Function that makes a set of tools -> its package, and the names under which a model sees them.

Source: README of bash-tool, "AI SDK"; reference of deepagents, `createDeepAgent` (2026).
"""


def note_kit(short: str, file: TextFile, place: Place, notes: Notes) -> None:
    """Note the tools of a package that makes several at once."""
    package, tools = _KITS.get(short, ("", ()))
    if not package or not file.shows(re.compile(rf"[\"']{package}[\"']")):
        return
    for tool in tools:
        notes.tool(tool, *effect_of_tool(tool), place)
        notes.technique("tools", f"{tool} is given to a model", place)


def note_given_tools(arguments: Any, file: str, notes: Notes) -> None:
    """Note the tools and the steps that a call of the AI SDK is given: `tools: { search, book: book(session) }`."""
    options = [one for one in arguments[:2] if one.type == "object"]
    for pair in (pair for one in options for pair in one.named_children):
        key, value = named(pair)
        if key == "tools" and value is not None and value.type == "object":
            for child in value.named_children[:60]:
                _note_given(child, file, notes)
        elif key == "maxSteps" and isinstance(plain_of(value)[0], float):
            notes.number("agent.max_steps", float(plain_of(value)[0] or 0), place_of(pair, file))


def note_steps(given: Any, place: Place, notes: Notes) -> None:
    """Note after how many steps an agent stops; or that a setting of another file says it: `stepCountIs(config.maxSteps)`."""
    steps = plain_of(given)[0]
    if isinstance(steps, float):
        notes.number("agent.max_steps", steps, place)
    elif _SETTING.fullmatch(said := text_of(given)[:80]):
        notes.technique(STEPS_ELSEWHERE, said, place, weight=1)


_SETTING = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+|[A-Z][A-Z0-9_]+")
"""A member of a constant, or one in capital letters."""


def _note_given(child: Any, file: str, notes: Notes) -> None:
    """Note one tool of an object, under the key that it is given."""
    tool = text_of(child) if child.type.startswith("shorthand") else named(child)[0]
    key = child.child_by_field_name("key")
    held = text_of(key) if key is not None and key.type == "computed_property_name" else ""
    if tool and not _WORKED_OUT.match(held):
        effect, why = effect_of_tool(tool)
        notes.tool(tool, effect, why, place_of(child, file), function=_kept_as(child))
        notes.held_in(held)
        notes.technique("tools", f"{tool} is given to a model", place_of(child, file))


_WORKED_OUT = re.compile(
    r"\[(?:[a-z_$][\w$]*\.(?:[\w$]+\.)*(?:id|name|key|toolName|tool_name)\]|[^\]]*[(`\[])"
)
"""A key that the program works out while it runs: `[node.tool.id]`."""


def _kept_as(child: Any) -> str:
    """Return what a tool is called where it is made, when it is given under another name: `getWeather: weatherTool`."""
    value = None if child.type.startswith("shorthand") else named(child)[1]
    return text_of(value).removesuffix("Tool") if value is not None and value.type == "identifier" else ""


def note_tools_object(name: str, value: Any, file: TextFile, notes: Notes) -> None:
    """Note the tools in an object that is kept before a model is given it: `const tools = { search: searchTool }`."""
    while (
        value is not None and value.type in {"as_expression", "satisfies_expression"} and value.named_children
    ):
        value = value.named_children[0]
    if name != "tools" or value is None or value.type != "object" or not file.shows(SDK):
        return
    for child in value.named_children[:60]:
        if child.type != "spread_element":
            _note_given(child, file.path, notes)


_MAY_HOLD_CLIENT_TOOLS = re.compile(r"[\"']@elevenlabs/|[\"']@11labs/|ultravox")


def note_client_tools(name: str, value: Any, file: TextFile, notes: Notes) -> None:
    """Note the functions of a page that an agent elsewhere may call: `clientTools: { showMap: async () => ... }`."""
    if name != "clientTools" or value is None or value.type != "object" or not file.shows(_MAY_HOLD_CLIENT_TOOLS):  # fmt: skip
        return
    for child in value.named_children[:60]:
        key = child.child_by_field_name("key") or child.child_by_field_name("name")
        tool = text_of(key if key is not None else child).strip("\"'")
        if child.type != "spread_element" and re.fullmatch(r"[\w-]{2,60}", tool):
            notes.tool(tool, *effect_of_tool(tool), place_of(child, file.path))
            notes.technique("tools", f"{tool} is given to a model", place_of(child, file.path))


_HOLDS_TOOLS = re.compile(
    r"(?i)^(?:\w*_)?(?:\w*[a-z])?tools(?:_?(?:list|definitions?|defs|schemas?|specs))?$"
)
_MOST_LISTED = 100
_ARGUMENTS = frozenset({"parameters", *SCHEMAS})


def note_tools_array(name: str, value: Any, file: TextFile, notes: Notes) -> None:
    """Note the tools that a list describes by name and parameters, before something wraps them for a model."""
    while value is not None and value.type in {"as_expression", "satisfies_expression"} and value.named_children:  # fmt: skip
        value = value.named_children[0]
    if value is not None and value.type == "array" and _HOLDS_TOOLS.match(name):
        bound = re.search(rf"\bbindTools\(\s*{re.escape(name)}\b", file.text) is not None
        _note_listed(value, _ARGUMENTS | {"schema"} if bound else _ARGUMENTS, file.path, notes)


def note_bound_tools(arguments: Any, file: str, notes: Notes) -> None:
    """Note the tools that a model of LangChain.js is bound to by a list in the call; one that it is forced to gives an answer its form."""
    if arguments and arguments[0].type == "array" and not any(map(_FORCED.search, map(text_of, arguments[1:2]))):  # fmt: skip
        _note_listed(arguments[0], _ARGUMENTS | {"schema"}, file, notes)


_FORCED = re.compile(r"\btool_?[cC]hoice\b[\"']?\s*:\s*(?![\"'](?:auto|none|any|required)[\"'])")


def _note_listed(tools: Any, arguments: frozenset[str], file: str, notes: Notes) -> None:
    """Note the tools of a list, each an object with a name and one of the entries that describe arguments."""
    for child in tools.named_children[:_MOST_LISTED]:
        entries = dict(named(pair) for pair in child.named_children[:40] if pair.type == "pair")
        short = {text_of(one) for one in child.named_children[:40] if one.type.startswith("shorthand")}
        tool = plain_of(entries["name"])[0] if entries.get("name") is not None else None
        described = arguments & {*entries, *short}
        if isinstance(tool, str) and described and re.fullmatch(r"[\w-]{2,60}", tool):
            shown = re.compile(rf"\bui\.push\(\s*\{{\s*name:\s*[\"']{re.escape(tool)}[\"']")
            effect = _SHOWS if "schema" in arguments and notes.file.shows(shown) else effect_of_tool(tool)
            notes.tool(tool, *effect, place_of(child, file))
            if "schema" in arguments:
                notes.technique("tools", f"a model is bound to {tool}", place_of(child, file))


_SHOWS = ("unknown", "its call shows a page on which a person goes on")
"""What a tool does for which LangGraph's server pushes a page of the same name to whoever asks."""
