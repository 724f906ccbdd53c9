"""A client in Python that is made and not used: it is only asked whether it answers, or its package is not installed."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.noting.notes import Notes

_CHECKS = frozenset({"ping", "close", "aclose", "quit", "disconnect"})
_MADE = re.compile(r"[ \t]*(?P<name>\w+)\s*(?::[^=\n]+)?=\s*(?:await\s+)?[\w.]+\(")
_NEXT = re.compile(r"(?m)^[ \t]*(?:async def|def|class|@)\b")


def is_only_asked_to_answer(node: ast.Call, text: str) -> bool:
    """Say whether all that a function does with a client is to ask whether it answers: `client.ping()`."""
    lines = text.splitlines() if ".ping" in text else []
    if not 0 < node.lineno <= len(lines):
        return False
    made = _MADE.match(lines[node.lineno - 1])
    if made is None or not lines[node.lineno - 1][:1].isspace():
        return False
    rest = "\n".join(lines[node.end_lineno or node.lineno :])
    end = _NEXT.search(rest)
    rest = rest[: end.start()] if end else rest
    uses = re.findall(rf"(?<![\w.]){made['name']}\b(?:\.(\w+))?", rest)
    return "ping" in uses and _CHECKS.issuperset(uses)


_OF_A_PACKAGE = {
    "langgraph.checkpoint.sqlite": "langgraph-checkpoint-sqlite",
    "langgraph.checkpoint.postgres": "langgraph-checkpoint-postgres",
    "langgraph.checkpoint.redis": "langgraph-checkpoint-redis",
    "langgraph.checkpoint.mongodb": "langgraph-checkpoint-mongodb",
    "langgraph.store.postgres": "langgraph-checkpoint-postgres",
    "langgraph.store.redis": "langgraph-checkpoint-redis",
}
"""Modules that a package of their own brings into another one's name; a new one is a row."""


def is_left_out(name: str, notes: Notes) -> bool:
    """Say whether a client is of a package that no list names, where the code goes on without it."""
    module = next((one for one in _OF_A_PACKAGE if name.startswith(f"{one}.")), "")
    listed = {one.name for one in notes.signals.packages if one.ecosystem == "python"}
    if not module or not listed or _OF_A_PACKAGE[module] in listed:
        return False
    return notes.file.shows(re.compile(rf"(?m)^([ \t]*)try:\s*(?:#[^\n]*)?\n(?:\1[ \t]+[^\s][^\n]*\n|[ \t]*\n){{0,20}}?\1[ \t]+from {re.escape(module)}\b"))  # fmt: skip
