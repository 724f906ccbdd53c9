"""Tools that Python names without making them: those that a server keeps for an agent, those that a maker of its own wraps."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.effects import effect_of_tool
from poc_gate.inputs.repository.code.python.tools.python_tool_functions import TOOL_HOMES, effect_in_file
from poc_gate.inputs.repository.code.python.values.python_arguments import written_at
from poc_gate.inputs.repository.code.python.values.python_dotted_names import dotted_name
from poc_gate.inputs.repository.code.python.values.python_entries import entry_named
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes, resolved
from poc_gate.inputs.repository.code.python.values.python_values import argument_named, worth
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.calls.library_tools import effect_in_a_coding_agent
from poc_gate.model.claim import Place

_NAME = re.compile(r"(?!mcp__)[\w.-]{2,60}")
_CHOOSES = {
    **dict.fromkeys(("MCPTool", "McpTool", "HostedMCPTool", "MCPStreamableHTTPTool", "MCPStdioTool", "MCPWebsocketTool"), "allowed_tools"),
    **dict.fromkeys(("MCPToolset", "McpToolset"), "tool_filter"),
    **dict.fromkeys(("ClaudeAgentOptions", "ClaudeCodeOptions"), "allowed_tools"),
}  # fmt: skip
"""What takes a server's tools in, or starts an agent that brings its own -> the argument that lists those which it may call.

Source: references of Azure AI Projects, the OpenAI Agents SDK, Microsoft's Agent Framework, Google's ADK and the Claude Agent SDK (2026).
"""


def note_registered_for_two(node: ast.Call, scopes: Scopes, notes: Notes, place: Place, name: str) -> None:
    """Note a function that AutoGen is told one agent may ask for and another runs: `register_function(find, caller=desk, executor=member)`."""
    if name.rpartition(".")[2] != "register_function" or argument_named(node, "caller") is None:
        return
    function = argument_named(node, "f") or next(iter(node.args), None)
    given = worth(argument_named(node, "name"), scopes).value
    tool = given if isinstance(given, str) else dotted_name(function).rpartition(".")[2] if function else ""
    if _NAME.fullmatch(tool):
        notes.tool(tool, *effect_in_file(tool, scopes), place)
        notes.technique("tools", f"{tool} is given to an agent", place)


def note_tools_of_servers(node: ast.Call, scopes: Scopes, notes: Notes, name: str) -> None:
    """Note the tools that a call lets an agent have of a server: `MCPTool(server_url=..., allowed_tools=["find"])`."""
    listed = _CHOOSES.get(name.rpartition(".")[2])
    given = argument_named(node, listed) if listed else None
    if given is not None:
        approval = argument_named(node, "require_approval") or argument_named(node, "approval_mode")
        _note_listed(given, approval, scopes, notes)


def note_server_described(node: ast.Dict, keys: list[str], scopes: Scopes, notes: Notes) -> None:
    """Note the same where a dictionary describes the server: `{"type": "mcp", "allowed_tools": ["find"]}`."""
    if "allowed_tools" not in keys or "type" not in keys or worth(entry_named(node, "type"), scopes).value != "mcp":  # fmt: skip
        return
    listed = entry_named(node, "allowed_tools")
    if listed is not None:
        _note_listed(listed, entry_named(node, "require_approval"), scopes, notes)


def _note_listed(listed: ast.expr, approval: ast.expr | None, scopes: Scopes, notes: Notes) -> None:
    asked = worth(approval, scopes).value in {"always", "always_require"}
    held = resolved(listed, scopes)
    for item in held.elts if isinstance(held, ast.List | ast.Tuple | ast.Set) else ():
        said = worth(item, scopes).value
        tool = (
            said.partition("(")[0] if isinstance(said, str) else ""
        )  # `Bash(git status)` is narrowed to that
        if _NAME.fullmatch(tool):
            effect, why = effect_in_a_coding_agent(tool) or effect_of_tool(tool)
            place = written_at(item, notes)
            notes.tool(tool, effect, why, place, approved=asked)
            notes.technique("tools", f"{tool} is given to an agent", place)


_GIVES = re.compile(r"(?:\w+\.)?(?P<kind>StructuredTool|BaseTool|FunctionTool|Tool)")


def wraps_a_tool(name: str, scopes: Scopes) -> bool:
    """Say whether a function of the file gives back a tool of a library under the name that it is told: `def wrap(name, fn) -> StructuredTool`."""
    function = scopes.functions.get(name)
    if function is None or function.returns is None or "name" not in _parameters(function):
        return False
    given = _GIVES.fullmatch(ast.unparse(function.returns).strip("\"'"))
    return given is not None and scopes.imports.get(given["kind"], "").partition(".")[0] in TOOL_HOMES


def note_wrapped(node: ast.Call, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note the tool that such a function is told to wrap: `wrap("find_books", "Find books", find_books)`."""
    maker = dotted_name(node.func)
    if not wraps_a_tool(maker, scopes):
        return
    at = _parameters(scopes.functions[maker]).index("name")
    given = argument_named(node, "name") or next(iter(node.args[at : at + 1]), None)
    tool = worth(given, scopes).value
    if isinstance(tool, str) and _NAME.fullmatch(tool):
        notes.tool(tool, *effect_in_file(tool, scopes), place)
        notes.technique("tools", f"{tool} is a tool", place)


def _parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    return [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
