"""A tool of a library in Python -> the tool, and the name under which lists of tools write it."""

from __future__ import annotations

import ast
import re
from functools import lru_cache

from poc_gate.inputs.repository.code.python.values.python_arguments import text_of
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.calls.call import Call
from poc_gate.inputs.repository.tables.calls.library_tools import tools_of_kit
from poc_gate.model.claim import Place


def note_library_tool(call: Call, node: ast.Call, scopes: Scopes, notes: Notes, place: Place, short: str) -> None:  # fmt: skip
    """Note a tool that a library brings along, unless the pilot's own code calls it."""
    text = notes.file.text
    if not _is_wrapped(short, text):
        given = text_of(node, ("name",), scopes) or call.called or short
        notes.tool(given, call.what, "a tool of the library", place, function=_kept_as(short, text))


_IN_A_SANDBOX = re.compile(r"(?i)sandbox|LocalShellBackend")


def note_library_kit(node: ast.Call, scopes: Scopes, notes: Notes, place: Place, name: str) -> None:
    """Note the tools that an agent of a library has by itself, and the shell of one that works in a sandbox."""
    package, _, rest = name.partition(".")
    path = f"{scopes.imports.get(package, package)}.{rest}".rstrip(".")
    kit = tools_of_kit(path)
    for tool, effect in kit.items():
        notes.tool(tool, effect, "a tool of the library", place)
    if (
        "task" in kit
        and any(one.arg == "backend" for one in node.keywords)
        and notes.file.shows(_IN_A_SANDBOX)
    ):
        notes.tool("execute", "irreversible", "a tool of the library that runs commands", place)


@lru_cache(maxsize=16)
def _is_wrapped(short: str, text: str) -> bool:
    """Say whether a tool of a library is called by the pilot's own code, which makes it a part of another tool."""
    kept = _kept_as(short, text)
    return bool(kept) and bool(re.search(rf"\b{kept}\.(?:a?invoke|a?run|_run)\(", text))


@lru_cache(maxsize=16)
def _kept_as(short: str, text: str) -> str:
    """Return the name that a tool of a library is kept under, which lists of tools write; empty where there is none."""
    made = re.search(rf"(\w+)\s*=\s*(?:\w+\.)*{re.escape(short)}\(", text)
    return made[1] if made else ""
