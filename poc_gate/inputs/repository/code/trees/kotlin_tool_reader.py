"""Annotated functions in Kotlin -> the tools of an agent or of a server of tools, by marks in the text."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.code.effects import effect_of_tool
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes

_HOMES = re.compile(r"springframework\.ai|langchain4j|quarkiverse|koog|embabel")
"""What must be named in a file for an annotation to make a tool."""
_MARKED = re.compile(
    r"^[ \t]*@(?:Mcp)?Tool\b(?P<said>\s*\(\s*name\s*=\s*\"(?P<name>[\w.-]+)\")?", re.MULTILINE
)
_FUNCTION = re.compile(r"\bfun\s+(?P<name>\w+)\s*\(")
_FAR = 6_000
"""Letters between an annotation with its description and the function below it."""


def _wants(path: str) -> bool:
    return path.endswith(".kt")


def _read(file: TextFile, notes: Notes) -> None:
    if "Tool" not in file.text or not file.shows(_HOMES):
        return
    for match in _MARKED.finditer(file.text):
        below = _FUNCTION.search(file.text, match.end(), match.end() + _FAR)
        name = match["name"] or (below["name"] if below else "")
        if name:
            place = file.at(match.start())
            notes.tool(name, *effect_of_tool(name), place)
            if "@McpTool" not in match[0]:
                notes.technique("tools", f"{name} is a tool", place)


READER = Reader(
    name="kotlin-tool",
    summary="tools in Kotlin: functions that an annotation hands to a model",
    wants=_wants,
    read=_read,
    worst=Standing.EXAMPLE,
)
