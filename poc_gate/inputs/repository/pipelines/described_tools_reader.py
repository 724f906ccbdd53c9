"""Files of YAML that describe tools beside the code, each with what it is for and the function that answers -> the tools of an agent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from poc_gate.inputs.repository.code.effects import effect_of_tool
from poc_gate.inputs.repository.files.foreign_yaml import Node, read_documents
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes

NAME = "described-tools"
_ANSWERED_BY = ("callable_api", "callable", "function", "func", "handler", "implementation", "entrypoint")
"""Entries that name the function of a tool."""
_FUNCTION = re.compile(r"(?P<file>[\w./-]+\.py|[A-Za-z_][\w.]*):(?P<name>[A-Za-z_]\w*)")
"""A function by its file or its module: `shelves.py:count_pieces`."""
_MOST = 300


def _wants(path: str) -> bool:
    name = path.rpartition("/")[2]
    return name.endswith((".yaml", ".yml")) and "tool" in name


def _read(file: TextFile, notes: Notes) -> None:
    if "description" not in file.text or not any(word in file.text for word in _ANSWERED_BY):
        return
    for document in read_documents(file)[:1]:
        listed = document.at("tools") or document
        for name, node in list(_described(listed))[:_MOST]:
            if function := _answering(node, notes):
                notes.tool(name, *effect_of_tool(name), node.place, function=function)
                notes.technique("tools", f"{name} is a tool", node.place)


def _described(listed: Node) -> Iterator[tuple[str, Node]]:
    """Yield what may be tools, under the keys that they stand under or the names that they have."""
    for name, node in listed.entries().items():
        yield name, node
    for node in listed.items():
        yield node.at("name").text(), node


def _answering(node: Node, notes: Notes) -> str:
    """Return the function that a described tool names, where a file of the checkout can hold it; or an empty text."""
    said = next((text for key in _ANSWERED_BY if (text := node.at(key).text())), "")
    function = _FUNCTION.fullmatch(said)
    if function is None or not node.at("description").text():
        return ""
    module = function["file"].removesuffix(".py").replace(".", "/").strip("/").lower()
    held = any(f"/{path}".endswith(f"/{module}.py") for path in notes.signals.paths)
    return function["name"] if held else ""


READER = Reader(
    name=NAME,
    summary="files of YAML that describe the tools of an agent and name their functions",
    wants=_wants,
    read=_read,
    worst=Standing.EXAMPLE,
)
