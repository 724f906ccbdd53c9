"""Functions and objects that are marked as tools, in files without a syntax tree here -> the tools of an agent or of a server."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.code.effects import effect_of_tool
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.calls.library_tools import effect_in_a_coding_agent
from poc_gate.inputs.repository.tables.marks.tool_marks import TOOL_MARKS, ToolMark

_FAR = 6_000
"""Letters between a mark with its description and the function below it."""


def _wants(path: str) -> bool:
    return path.endswith(tuple(TOOL_MARKS)) and not path.endswith(".d.ts")


def _read(file: TextFile, notes: Notes) -> None:
    for row in TOOL_MARKS[f".{file.name.lower().rpartition('.')[2]}"]:
        if row.word in file.text and file.shows(row.home):
            _note(row, file, notes)


def _note(row: ToolMark, file: TextFile, notes: Notes) -> None:
    for match in row.pattern.finditer(file.text):
        if "names" in match.groupdict():
            _note_listed(match, file, notes)
            continue
        name = match.groupdict().get("name", "")
        if not name and row.function is not None:
            below = row.function.search(file.text, match.end(), match.end() + _FAR)
            name = below["name"] if below else ""
        if not name:
            continue
        place = file.at(match.start())
        notes.tool(name, *effect_of_tool(name), place)
        if not row.serves:
            notes.technique("tools", f"{name} is a tool", place)


_REMARK = re.compile(r"(?m)//[^\n]*$")
_LISTED = re.compile(r"[\"'`](?P<name>(?!mcp__)[\w.-]{2,60})(?:\([^\"'`\n]*\))?[\"'`]")


def _note_listed(match: re.Match[str], file: TextFile, notes: Notes) -> None:
    """Note each tool of a list in quotes; what stands in brackets behind one only narrows it: `Bash(git status)`."""
    place = file.at(match.start())
    for one in _LISTED.finditer(_REMARK.sub("", match["names"])):
        name = one["name"]
        notes.tool(name, *(effect_in_a_coding_agent(name) or effect_of_tool(name)), place)
        notes.technique("tools", f"{name} is given to an agent", place)


READER = Reader(
    name="tool-mark",
    summary="tools in Kotlin and Rust, those of a generator from an OpenAPI description, and those built in by type, by marks in the text",
    wants=_wants,
    read=_read,
    worst=Standing.EXAMPLE,
)
